"""Letters a second for reading, parsing and observing together on one core, beside medspaCy on the same sentences.

Run from the checkout: ``python benchmarks/observing.py [LETTERS [ROUNDS]]``. The letters are made (see letters.py): as
long as real ones and no two alike, so that nothing is fast because it was seen before; each round takes letters that no
round before has seen. The fixtures are timed too. What is timed is processor time of this process, the best round
counts, and ways that are compared take turns: on a busy machine the ratios hold, the letters a second less so.

medspaCy (MIT licence, 1.3.1 of November 2024) is measured where it is installed, which nothing else asks for:
``pip install --group compare``. It is given the summaries and rationales already cut out, so it neither reads nor
parses; and our lexicon as its rules (see medspacy_rules.py), once without the phrases that have gaps, once with.
"""

import importlib.util
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from letters import made_letters
from medspacy_rules import Rules, lexicon_rules

from checker import Checker
from checker.model.determination import Determination, Status
from checker.model.source import SourceText
from checker.parsing import parse
from checker.reading import read
from checker.reading.text import source_from_text

ROOT = Path(__file__).parent.parent
GOAL = 700
"""Letters a second that reading, parsing and observing are to reach."""
COMPARED = 20
"""Letters of a round of the comparison."""


@dataclass(slots=True)
class Best:
    """The best round of each step, in seconds a letter."""

    read: float = float("inf")
    parse: float = float("inf")
    observe: float = float("inf")
    whole: float = float("inf")

    def round(self, texts: Sequence[str], checker: Checker) -> None:
        """Time one round over letters."""
        start = time.process_time()
        sources = [source_from_text(text, "made", "made", "") for text in texts]
        parsed = time.process_time()
        letters = [parse(source, checker.lexicon) for source in sources]
        observed = time.process_time()
        for letter in letters:
            if letter.status is not Status.UNKNOWN_LAYOUT:
                checker.observe(letter)
        end = time.process_time()
        count = len(texts)
        self.read = min(self.read, (parsed - start) / count)
        self.parse = min(self.parse, (observed - parsed) / count)
        self.observe = min(self.observe, (end - observed) / count)
        self.whole = min(self.whole, (end - start) / count)

    def __str__(self) -> str:
        """A line of the table."""
        steps = "  ".join(f"{1e3 * step:6.3f}" for step in (self.read, self.parse, self.observe, self.whole))
        return f"{steps}   {1 / self.whole:6.0f} letters/s   {1 / self.whole / GOAL:4.2f} of the goal of {GOAL}"


def fixture_texts() -> list[str]:
    """The text letters among the fixtures."""
    found = read([str(ROOT / "fixtures" / "letters" / "*.txt")])
    return [source.raw for source in found if isinstance(source, SourceText)]


def rounds_of(texts: Sequence[str], rounds: int) -> Iterator[Sequence[str]]:
    """The letters dealt out to rounds, each letter to one."""
    each = len(texts) // rounds
    for number in range(rounds):
        yield texts[number * each : (number + 1) * each]


def reading_speed(checker: Checker, count: int, rounds: int) -> None:
    """Print what each step costs."""
    texts = made_letters(count * rounds)
    made, fixtures = Best(), Best()
    own = fixture_texts()
    for dealt in rounds_of(texts, rounds):
        made.round(dealt, checker)
        fixtures.round(own, checker)
    print(f"milliseconds a letter, best of {rounds} rounds{'':6}read   parse  observe     all")
    for name, letters, best in (("made, none seen before", texts, made), ("fixtures, seen each round", own, fixtures)):
        size = sum(map(len, letters)) / len(letters)
        print(f"{name:27}{size:6.0f} characters  {best}")


def parts(letters: Iterable[Determination]) -> list[list[str]]:
    """The summary and the rationales of each letter, unfolded."""
    found = []
    for letter in letters:
        reading = letter.source.reading
        spans = [letter.summary, *(item.rationale for item in letter.items)]
        found.append(
            [
                reading.text[reading.reading_offset(s.start) : reading.reading_offset(s.end)]
                for s in spans
                if s is not None
            ]
        )
    return found


def rival(rules: Rules | None, targets: Rules) -> Callable[[Sequence[Sequence[str]]], int]:
    """Set up medspaCy's sentence splitter, target matcher and ConText; what comes back counts the targets it finds.

    Args:
        rules: Cues as ConText rules, None for medspaCy's own.
        targets: Concepts as target rules.
    """
    import medspacy  # noqa: PLC0415  an extra that most machines do not have
    from loguru import logger  # noqa: PLC0415
    from medspacy.context import ConTextRule  # noqa: PLC0415
    from medspacy.ner import TargetRule  # noqa: PLC0415

    logger.remove()  # its sentence splitter logs every token
    wanted = ["medspacy_pyrush", "medspacy_target_matcher", "medspacy_context"]
    pipeline: Any = medspacy.load(medspacy_enable=wanted, load_rules=rules is None)
    pipeline.get_pipe("medspacy_target_matcher").add(
        [
            TargetRule(said, id_) if isinstance(said, str) else TargetRule(id_, id_, pattern=said)
            for said, id_ in targets.targets
        ]
    )
    if rules is not None:
        pipeline.get_pipe("medspacy_context").add(
            [
                ConTextRule(said, status, direction=way, max_scope=reach)
                if isinstance(said, str)
                else ConTextRule(status, status, pattern=said, direction=way, max_scope=reach)
                for said, status, way, reach in rules.cues
            ]
        )

    def run(letters: Sequence[Sequence[str]]) -> int:
        return sum(len(pipeline(text).ents) for letter in letters for text in letter)

    return run


def comparison(checker: Checker, rounds: int) -> None:
    """Print what medspaCy costs on the same parts of the same letters."""
    if importlib.util.find_spec("medspacy") is None:
        print("medspaCy is not installed, so it was not measured: pip install --group compare")
        return
    short, long = (lexicon_rules(ROOT / "rules", gaps=gaps) for gaps in (False, True))
    ways = {
        "own ConText rules": rival(None, short),
        "our rules without gaps": rival(short, short),
        "our rules": rival(long, long),
    }
    left = {"own ConText rules": short, "our rules without gaps": short, "our rules": long}
    ours, whole = float("inf"), float("inf")
    best, found = dict.fromkeys(ways, float("inf")), dict.fromkeys(ways, 0)
    told = 0
    for texts in rounds_of(made_letters(COMPARED * rounds, seed=2), rounds):
        start = time.process_time()
        letters = [parse(source_from_text(text, "made", "made", ""), checker.lexicon) for text in texts]
        cut = time.process_time()
        told = sum(len(checker.observe(letter).observations) for letter in letters)
        end = time.process_time()
        ours, whole = min(ours, (end - cut) / len(texts)), min(whole, (end - start) / len(texts))
        cut_out = parts(letters)
        for name, run in ways.items():
            start = time.process_time()
            found[name] = run(cut_out)
            best[name] = min(best[name], (time.process_time() - start) / len(texts))
    title = f"the same {COMPARED} letters a round, best of {rounds} rounds"
    print(f"\n{title:55}ms a letter   against ours   found a letter")
    print(f"{'imrcheck, observe':55}{1e3 * ours:9.2f}{1:14.1f}{told / COMPARED:16.1f} assertions")
    print(f"{'imrcheck, read, parse and observe':55}{1e3 * whole:9.2f}{whole / ours:14.1f}")
    for name, seconds in best.items():
        said = f"medspaCy, {name} ({left[name].phrases - left[name].unsaid} of {left[name].phrases} phrases)"
        print(f"{said:55}{1e3 * seconds:9.2f}{seconds / ours:14.1f}{found[name] / COMPARED:16.1f} targets")


def main() -> None:
    """Print both tables."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    checker = Checker(engine="reference")
    reading_speed(checker, count, rounds)
    comparison(checker, min(rounds, 3))


if __name__ == "__main__":
    main()
