"""What judging costs an item: durable-rules with the reference reading beside it, against the reference reading alone.

Run from the checkout: ``python benchmarks/judging.py [SECONDS]``. The letters are those of fixtures/letters; reading,
parsing and observing are done before the clock runs. The two ways take turns on the same facts in one run, so that the
ratio holds on a busy machine where the milliseconds do not; of each way the best round counts.
"""

import sys
import time
from pathlib import Path

from checker import Checker
from checker.judging import EngineUnavailable, Judge
from checker.model.determination import Status
from checker.model.facts import Facts
from checker.model.source import Unreadable
from checker.parsing import parse
from checker.reading import read
from checker.rulebook import Rulebook, load_rulebook

ROOT = Path(__file__).parent.parent
GOAL = 1.0
"""Milliseconds that judging a set of facts by the whole book may take in durable-rules, agreement checked."""


def observed(checker: Checker) -> list[Facts]:
    """The facts of every fixture letter that can be parsed."""
    found = []
    for source in read([str(ROOT / "fixtures" / "letters")]):
        if not isinstance(source, Unreadable):
            determination = parse(source, checker.lexicon)
            if determination.status is not Status.UNKNOWN_LAYOUT:
                found.append(checker.observe(determination))
    return found


def seconds(judge: Judge, letters: list[Facts]) -> float:
    """Time of judging every letter once."""
    start = time.perf_counter()
    for facts in letters:
        judge.judge(facts)
    return time.perf_counter() - start


def with_traces(judge: Judge, letters: list[Facts]) -> float:
    """Time of judging every letter once and building every trace, as the HTML report does."""
    start = time.perf_counter()
    for facts in letters:
        judgement = judge.judge(facts)
        for judged in (judgement.letter, *judgement.items):
            tuple(judged.traces)
    return time.perf_counter() - start


def judges(rulebook: Rulebook) -> dict[str, Judge]:
    """The ways of judging that this Python has."""
    made = {"reference": Judge(rulebook, "reference")}
    try:
        made["durable-rules"] = Judge(rulebook, "durable-rules")
    except EngineUnavailable as error:
        print(f"without durable-rules: {error}")
    return made


def main(budget: float) -> None:
    """Prints milliseconds an item for each way, and their ratio."""
    start = time.perf_counter()
    rulebook = load_rulebook(ROOT / "rules")
    loading = time.perf_counter() - start
    start = time.perf_counter()
    made = judges(rulebook)
    making = time.perf_counter() - start
    letters = observed(Checker(ROOT / "rules", engine="reference"))
    judged = sum(1 + len(facts.items) for facts in letters)
    print(f"{len(rulebook.active)} active rules, {len(letters)} letters, {judged} sets of facts (letters and items)")
    print(f"loading the rules {loading * 1000:.0f} ms, making the judges {making * 1000:.0f} ms")
    best = dict.fromkeys(made, float("inf"))
    end = time.perf_counter() + budget
    rounds = 0
    while time.perf_counter() < end or rounds < 3:
        rounds += 1
        for name, judge in made.items():
            best[name] = min(best[name], seconds(judge, letters))
    for name, elapsed in best.items():
        print(f"{name:<16}{elapsed / judged * 1000:7.3f} ms a set of facts   (best of {rounds} rounds)")
    traced = min(with_traces(made["reference"], letters) for _ in range(3))
    print(f"{'all traces':<16}{traced / judged * 1000:7.3f} ms a set of facts   (reference, every trace built)")
    if len(best) > 1:
        print(f"ratio {best['durable-rules'] / best['reference']:.2f}, goal {GOAL:.1f} ms a set with durable-rules")


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 10.0)
