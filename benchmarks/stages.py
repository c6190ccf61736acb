"""What each step costs a letter, and how much of it is durable-rules.

Run from the checkout: ``python benchmarks/stages.py [ROUNDS]``. The letters are those of fixtures/letters, text letters
and PDF letters apart; of each step the best round counts. A step is timed on what the steps before it gave, made before
the clock ran. The shares hold on a busy machine where the letters a second do not.
"""

import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from checker import Checker
from checker.judging import EngineUnavailable, Judge
from checker.model.determination import Status
from checker.model.source import SourceText
from checker.parsing import parse
from checker.reading import read
from checker.reading.text import source_from_text

LETTERS = Path(__file__).parent.parent / "fixtures" / "letters"


def best(step: Callable[[Any], Any], inputs: Sequence[Any], rounds: int) -> tuple[float, list[Any]]:
    """Seconds a letter in the best round, and what the step gave."""
    shortest, given = float("inf"), []
    for _ in range(rounds):
        start = time.perf_counter()
        given = [step(one) for one in inputs]
        shortest = min(shortest, (time.perf_counter() - start) / len(inputs))
    return shortest, given


def main() -> None:
    """Print a table of the steps."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    checker = Checker(engine="reference")
    texts = [s for s in read([str(LETTERS / "*.txt")]) if isinstance(s, SourceText)]
    pdfs = sorted(LETTERS.glob("*.pdf"))
    reading, sources = best(lambda s: source_from_text(s.raw, s.doc, s.source, s.sha256), texts, rounds)
    parsing, parsed = best(lambda s: parse(s, checker.lexicon), sources, rounds)
    letters = [d for d in parsed if d.status is not Status.UNKNOWN_LAYOUT]
    observing, facts = best(checker.observe, letters, rounds)
    reference, _ = best(checker.judge.judge, facts, rounds)
    steps = {"unfold text": reading, "parse": parsing, "observe": observing, "judge, reference reading": reference}
    try:
        both, _ = best(Judge(checker.rulebook, "durable-rules").judge, facts, rounds)
        steps["durable-rules beside it"] = max(both - reference, 0.0)
    except EngineUnavailable as error:
        print(error)
    extracting, _ = best(lambda p: list(read([str(p)])), pdfs, rounds)
    total = sum(steps.values())
    size = sum(len(s.raw) for s in texts) / len(texts)
    print(f"{len(texts)} text letters, {size:.0f} characters each; {len(pdfs)} PDF letters; best of {rounds} rounds")
    for name, seconds in steps.items():
        print(
            f"{name:26} {1e3 * seconds:8.3f} ms a letter  {100 * seconds / total:5.1f} %  {1 / seconds:9.0f} letters/s"
        )
    print(f"{'all of it':26} {1e3 * total:8.3f} ms a letter  100.0 %  {1 / total:9.0f} letters/s")
    print(f"{'extract a PDF (apart)':26} {1e3 * extracting:8.3f} ms a letter          {1 / extracting:9.0f} letters/s")


if __name__ == "__main__":
    main()
