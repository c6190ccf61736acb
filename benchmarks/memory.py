"""What an audit holds in memory: peak of the whole run over batches of growing size, and what a letter adds.

Run from the checkout: ``python benchmarks/memory.py [LETTERS…]``, 1000, 5000 and 20000 if not told otherwise. The
letters are those of fixtures/letters over and over, each under a name of its own; each batch is audited in a process of
its own, as ``imrcheck audit --engine reference`` does it. Fails where a letter adds more than LIMIT.
"""

import json
import subprocess
import sys
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path

LETTERS = Path(__file__).parent.parent / "fixtures" / "letters"
LIMIT = 6_000
"""Bytes that a letter may add: its row in the index, its address, and what comparing the letters keeps of it."""
_AUDIT = """
import resource, sys
from checker.cli import main
sys.argv = ["imrcheck", "audit", sys.argv[1], "--out", sys.argv[2], "--engine", "reference", "--fail-on", "never"]
try:
    main()
except SystemExit:
    pass
print("peak", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)
"""


def batch(folder: Path, size: int) -> Path:
    """Letters as JSON Lines; every one has another name and another case number."""
    texts = [path.read_text("utf-8") for path in sorted(LETTERS.glob("*.txt"))]
    path = folder / f"{size}.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for number, text in enumerate(islice(cycle(texts), size)):
            file.write(json.dumps({"id": f"letter-{number:06}", "text": text}) + "\n")
    return path


def peak(letters: Path, out: Path) -> tuple[int, float]:
    """Bytes at the peak of an audit, and its seconds."""
    start = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", _AUDIT, letters, out], capture_output=True, text=True, check=True)
    return int(done.stdout.rsplit("peak ", 1)[1]), time.perf_counter() - start


def main() -> None:
    """Print a line a batch, and what a letter adds between the last two."""
    sizes = [int(size) for size in sys.argv[1:]] or [1_000, 5_000, 20_000]
    told = []
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            out = Path(folder) / f"run-{size}"
            held, seconds = peak(batch(Path(folder), size), out)
            told.append((size, held))
            index = (out / "data" / "index.js").stat().st_size / size
            store = (out / "pages.parquet").stat().st_size / size
            pages = sum(1 for _ in out.glob("d/*/*.html"))
            print(
                f"{size:7,} letters {held / 1e6:8.1f} MB {seconds:7.1f} s {1000 * seconds / size:6.1f} ms a letter; "
                f"{pages:,} pages, index {index:.0f} and store {store:.0f} bytes a letter",
                flush=True,
            )
    if len(told) > 1:
        (few, least), (many, most) = told[-2:]
        a_letter = (most - least) / (many - few)
        print(f"a letter adds {a_letter:,.0f} bytes (limit {LIMIT:,})")
        if a_letter > LIMIT:
            sys.exit("memory grows with the batch")


if __name__ == "__main__":
    main()
