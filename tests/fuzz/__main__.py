"""The long run: ``python -m tests.fuzz --minutes 60 [--target pdf]``.

Each target in turn gets a share of the time, with inputs that differ from run to run. What does harm is made as small
as it gets and kept in the corpus of its target, so that every later run of the tests tries it. Exit code 1 then.
"""

import argparse
import hashlib
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.fuzz.engine import BY_NAME, inputs, watched
from tests.fuzz.targets import CORPUS, TARGETS, Target

_LAST = Path(tempfile.gettempdir()) / "imrcheck-fuzz-last-input"
"""The input at work, for those that take the whole process with them."""
_AT_A_TIME = 200


class _Kept:
    """The last input that failed; the last one that hypothesis shows is the smallest."""

    data: bytes | None = None


def _round(target: Target, number: int) -> bytes | None:
    """Try some inputs; the smallest that failed, None if none did."""
    kept = _Kept()

    @seed(number)
    @settings(
        max_examples=_AT_A_TIME,
        deadline=None,
        database=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    @given(inputs(target))
    def run(data: bytes) -> None:
        _LAST.write_bytes(data)
        try:
            watched(target.check, data)
        except Exception:
            kept.data = data
            raise

    try:
        run()
    except Exception as error:
        print(f"{target.name}: {type(error).__name__}: {str(error)[:300]}", file=sys.stderr)  # noqa: T201
        return kept.data
    return None


def _keep(target: Target, data: bytes) -> Path:
    path = CORPUS / target.name / f"found-{hashlib.sha256(data).hexdigest()[:12]}"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def run(targets: Sequence[Target], seconds: float) -> int:
    """Fuzz until the time is over; how many targets failed."""
    failed = 0
    for target in targets:
        end = time.monotonic() + seconds / len(targets)
        rounds, found = 0, None
        while time.monotonic() < end and found is None:
            rounds += 1
            found = _round(target, random.SystemRandom().getrandbits(32))
        print(f"{target.name}: {rounds * _AT_A_TIME} inputs", "FAILED" if found is not None else "")  # noqa: T201
        if found is not None:
            failed += 1
            print(f"  kept as {_keep(target, found)}")  # noqa: T201
    return failed


def main() -> int:
    """The command line."""
    options = argparse.ArgumentParser(prog="python -m tests.fuzz")
    options.add_argument("--minutes", type=float, default=10.0)
    options.add_argument("--target", choices=sorted(BY_NAME), action="append")
    given_ = options.parse_args()
    targets = [BY_NAME[name] for name in given_.target] if given_.target else list(TARGETS)
    return min(1, run(targets, given_.minutes * 60))


if __name__ == "__main__":
    sys.exit(main())
