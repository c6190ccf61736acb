"""Kill an audit again and again, the process itself or one of its workers, and compare what it writes in the end.

    python benchmarks/kills.py --times 20

Each run is resumed until it is complete, and must then hold the bytes of a run that nobody disturbed.
"""

import argparse
import filecmp
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures" / "letters"


def batch(path: Path, letters: int) -> None:
    """A file of letters of our own, no two with one name."""
    texts = [file.read_text("utf-8") for file in sorted(FIXTURES.glob("*.txt"))]
    with path.open("w", encoding="utf-8") as out:
        for number in range(letters):
            text = texts[number % len(texts)].replace("medically necessary", f"medically necessary ({number})", 1)
            out.write(json.dumps({"id": f"L{number:06}", "text": text}) + "\n")


def started(inputs: Path, out: Path, options: list[str]) -> subprocess.Popen[bytes]:
    """An audit."""
    command = [sys.executable, "-c", "from checker.cli import main; main()", "audit", str(inputs), "--out", str(out)]
    return subprocess.Popen([*command, *options, "--resume"], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def workers(pid: int) -> list[int]:
    """The processes that a process has started."""
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def disturbed(run: subprocess.Popen[bytes], seconds: float, rng: random.Random, kills: Counter[str], left: int) -> None:
    """Kill the run, or workers of it, at random moments until it ends or so many kills are done."""
    while left > 0 and run.poll() is None:
        end = time.monotonic() + rng.uniform(0, seconds / 2)  # a run that is resumed takes less
        while run.poll() is None and time.monotonic() < end:
            time.sleep(0.005)
        if run.poll() is not None:
            return
        children = workers(run.pid)
        whole = not children or rng.random() < 0.5
        try:
            os.kill(run.pid if whole else rng.choice(children), signal.SIGKILL)
        except ProcessLookupError:
            continue
        kills["main" if whole else "worker"] += 1
        left -= 1
        if whole:
            run.wait()


def differing(first: Path, second: Path) -> list[str]:
    """Names of files that two folders do not share with the same bytes."""
    names = {str(p.relative_to(f)) for f in (first, second) for p in f.rglob("*") if p.is_file()}
    _, mismatch, errors = filecmp.cmpfiles(first, second, sorted(names), shallow=False)
    return mismatch + errors


def main() -> int:
    """Kill, resume, compare; the exit code is 1 when bytes differ."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--letters", type=int, default=700)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", default="2")
    parser.add_argument("--engine", default="auto")
    given = parser.parse_args()
    options = ["--jobs", given.jobs, "--engine", given.engine, "--fail-on", "never"]
    rng = random.Random(given.seed)  # noqa: S311 (not for secrets)
    kills: Counter[str] = Counter()
    wrong, complete = 0, 0
    with tempfile.TemporaryDirectory() as apart:
        inputs, undisturbed, out = Path(apart) / "batch.jsonl", Path(apart) / "undisturbed", Path(apart) / "killed"
        batch(inputs, given.letters)
        begin = time.monotonic()
        first = started(inputs, undisturbed, options)
        _, said = first.communicate()
        if first.returncode:
            print(said.decode())
            return 2
        seconds = time.monotonic() - begin
        while kills.total() < given.times:
            run = started(inputs, out, options)
            disturbed(run, seconds, rng, kills, given.times - kills.total())
            _, said = run.communicate()
            if run.returncode == -signal.SIGKILL:
                continue
            complete += 1
            found = differing(undisturbed, out)
            wrong += bool(found) or run.returncode != 0
            print(f"complete after {kills.total()} kills: {found or 'the same bytes'}", flush=True)
            if run.returncode:
                print(said.decode())
            shutil.rmtree(out)
        if out.exists():
            run = started(inputs, out, options)
            run.communicate()
            complete += 1
            found = differing(undisturbed, out)
            wrong += bool(found) or run.returncode != 0
            print(f"complete after {kills.total()} kills: {found or 'the same bytes'}", flush=True)
    print(json.dumps({"kills": dict(kills), "complete": complete, "wrong": wrong, "seconds": round(seconds, 1)}))
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
