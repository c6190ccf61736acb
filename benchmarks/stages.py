"""What each step costs a letter: letters that nobody has seen, the first of a process, and letters seen before.

Run from the checkout: ``python benchmarks/stages.py [ROUNDS [LETTERS]]``. New letters are made (see letters.py), no two
alike; each round takes some that no round before has seen. The first round is told apart: in it words, rows of words
and gaps of phrases are met for the first time, and their expressions compiled. Letters seen before are those of
fixtures/letters, round after round: the program remembers the phrases of sentences for a while, since real letters
repeat what guidelines and forms say. PDF letters stand apart. What is timed is processor time; the best round counts.
A step is timed on what the steps before it gave. Shares hold on a busy machine where letters a second do not.
"""

import gc
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from letters import made_letters

from checker import Checker
from checker.cli.opening import YOUNG
from checker.judging import EngineUnavailable, Judge
from checker.model.determination import Status
from checker.model.source import SourceText
from checker.parsing import parse
from checker.reading import read
from checker.reading.text import source_from_text

LETTERS = Path(__file__).parent.parent / "fixtures" / "letters"
Costs = dict[str, float]
"""Seconds a letter by step."""


def timed(step: Callable[[Any], Any], inputs: Sequence[Any]) -> tuple[float, list[Any]]:
    """Seconds a letter, and what the step gave."""
    start = time.process_time()
    given = [step(one) for one in inputs]
    return (time.process_time() - start) / len(inputs), given


def one_round(texts: Sequence[str], checker: Checker, durable: Judge | None) -> Costs:
    """What the steps cost over some letters."""
    costs: Costs = {}
    costs["unfold text"], sources = timed(lambda text: source_from_text(text, "letter", "letter", ""), texts)
    costs["parse"], parsed = timed(lambda source: parse(source, checker.lexicon), sources)
    letters = [letter for letter in parsed if letter.status is not Status.UNKNOWN_LAYOUT]
    costs["observe"], facts = timed(checker.observe, letters)
    costs["judge, reference reading"], _ = timed(checker.judge.judge, facts)
    if durable is not None:
        both, _ = timed(durable.judge, facts)
        costs["durable-rules beside it"] = max(both - costs["judge, reference reading"], 0.0)
    return costs


def best(rounds: Iterable[Costs]) -> Costs:
    """The best round of each step."""
    found: Costs = {}
    for costs in rounds:
        for step, seconds in costs.items():
            found[step] = min(found.get(step, float("inf")), seconds)
    return found


def show(title: str, costs: Costs) -> None:
    """Print one table."""
    total = sum(costs.values())
    reading = sum(costs[step] for step in ("unfold text", "parse", "observe"))
    print(f"\n{title}")
    for step, seconds in (*costs.items(), ("read, parse and observe", reading), ("all of it", total)):
        each, share = 1e3 * seconds, 100 * seconds / total
        print(f"{step:26} {each:8.3f} ms a letter  {share:5.1f} %  {1 / max(seconds, 1e-9):9.0f} letters/s")


def main() -> None:
    """Print the tables."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 60
    start = time.process_time()
    checker = Checker(engine="reference")
    print(f"loading the rules {time.process_time() - start:.2f} s")
    try:
        durable = Judge(checker.rulebook, "durable-rules")
    except EngineUnavailable as error:
        durable = None
        print(error)
    gc.freeze()  # this and the next as the commands do
    gc.set_threshold(YOUNG)
    made = made_letters(count * (rounds + 1))
    texts = [s.raw for s in read([str(LETTERS / "*.txt")]) if isinstance(s, SourceText)]
    new = [one_round(made[n * count : (n + 1) * count], checker, durable) for n in range(rounds + 1)]
    seen = [one_round(texts, checker, durable) for _ in range(rounds + 1)]
    size, fixture_size = (sum(map(len, letters)) / len(letters) for letters in (made, texts))
    show(f"the first {count} letters of a process, {size:.0f} characters each", new[0])
    show(f"letters not seen before, {size:.0f} characters each, best of {rounds} rounds of {count}", best(new[1:]))
    show(
        f"{len(texts)} fixtures seen before, {fixture_size:.0f} characters each, best of {rounds} rounds",
        best(seen[1:]),
    )
    pdfs = sorted(LETTERS.glob("*.pdf"))
    pages = min(timed(lambda path: list(read([str(path)])), pdfs)[0] for _ in range(rounds))
    print(f"\n{'extract a PDF (apart)':26} {1e3 * pages:8.3f} ms a letter          {1 / pages:9.0f} letters/s")


if __name__ == "__main__":
    main()
