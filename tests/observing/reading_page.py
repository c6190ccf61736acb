"""The figures of docs/reading.md: ``python -m tests.observing.reading_page`` prints them, ``--write`` puts them there.

The page stands for what was measured at the commit it names. A test fails once what it says is two points off.
"""

import argparse
import re
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from checker.knowledge.idiom import Idiom
from checker.model.facts import Role
from tests.observing import accuracy, numeric
from tests.observing.accuracy import STATUSES, Answer, share
from tests.observing.mutations import MUTATIONS
from tests.observing.regression_set import SEVERAL, FirstTry, RegressionSet, load, the_set
from tests.shipped import the_idiom

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "reading.md"
FRESH = Path(__file__).parent / "fresh"
BEGIN = "<!-- figures: written by `python -m tests.observing.reading_page --write` -->"
END = "<!-- end of figures -->"
SLACK = 2.0
"""Points that a figure on the page may be off before the page is called out of date."""
_ALL_RIGHT = 1.0
_FEW = 3
"""A concept with fewer wrong answers in other words is not told by name: one sentence is chance."""


@dataclass(frozen=True, slots=True)
class Figures:
    """All answers that the page sums up."""

    statements: Sequence[Answer]
    mutated: Sequence[Answer]
    edits: Sequence[Answer]
    roles: Sequence[Answer]
    mutated_roles: Sequence[Answer]
    numbers: Sequence[Answer]
    fresh: Sequence[Answer]
    tries: Sequence[FirstTry]

    def headline(self) -> dict[str, Sequence[Answer]]:
        """The answers behind each line of the first table."""
        return {
            "What a sentence asserts of a concept": self.statements,
            "the same, the sentence in other words (up to three edits)": self.mutated,
            "the same, one edit at a time": self.edits,
            "What a sentence of a rationale does": self.roles,
            "the same, the sentences in other words": self.mutated_roles,
            "Numbers: scores, relief, doses, visits, lengths, dates": self.numbers,
        }


def measured(held: RegressionSet, idiom: Idiom) -> Figures:
    """Read the whole set, as it is written and in other words, and the fresh batches."""
    fresh = load(FRESH, idiom.concepts)
    return Figures(
        accuracy.statuses(held.statements, idiom),
        accuracy.mutated_statuses(held.statements, idiom),
        accuracy.single_mutations(held.statements, idiom),
        accuracy.roles(held.rationales, idiom),
        accuracy.mutated_roles(held.rationales, idiom),
        [Answer("right", "right" if n.right else "wrong", n.kind, n.text, True) for n in numeric.answers()],
        [*accuracy.statuses(fresh.statements, idiom), *accuracy.roles(fresh.rationales, idiom)],
        (*held.first_tries, *fresh.first_tries),
    )


def _table(*rows: Sequence[str]) -> Iterator[str]:
    head, *body = rows
    yield "| " + " | ".join(head) + " |"
    yield "| --- |" + " ---: |" * (len(head) - 1)
    yield from ("| " + " | ".join(row) + " |" for row in body)
    yield ""


def _grouped(answers: Sequence[Answer], key: Callable[[Answer], str]) -> Mapping[str, list[Answer]]:
    groups: dict[str, list[Answer]] = defaultdict(list)
    for answer in answers:
        groups[key(answer)].append(answer)
    return groups


def _percent(answers: Sequence[Answer]) -> str:
    return f"{share(answers):.1%}".replace("%", " %") if answers else "-"


def _by(title: str, order: Sequence[str], plain: Sequence[Answer], other: Sequence[Answer]) -> Iterator[str]:
    """A line a status or role: as written and in other words."""
    first, second = (_grouped(answers, lambda a: a.expected) for answers in (plain, other))
    rows = [
        (name.replace("_", " "), str(len(first[name])), _percent(first[name]), _percent(second.get(name, ())))
        for name in order
        if name in first
    ]
    yield from _table((title, "sentences", "as written", "in other words"), *rows)


def _confusion(answers: Sequence[Answer]) -> Iterator[str]:
    counts = Counter((a.expected, a.told) for a in answers)
    columns = [*STATUSES, SEVERAL]
    rows = [
        (row.replace("_", " "), *(str(counts[row, column] or "") for column in columns))
        for row in STATUSES
    ]  # fmt: skip
    yield from _table(("meant, in other words", *(f"read {name.replace('_', ' ')}" for name in columns)), *rows)


def _concepts(figures: Figures) -> Iterator[str]:
    plain, other = (_grouped(answers, lambda a: a.group) for answers in (figures.statements, figures.edits))
    whole = [name for name in plain if share(plain[name]) == _ALL_RIGHT]
    yield (
        f"Of {len(plain)} concepts {len(whole)} are read without an error as they are written. Those with an error as "
        f"written, or with {_FEW} or more where one edit at a time is made:"
    )
    yield ""
    told = [
        name
        for name in sorted(plain)
        if share(plain[name]) < _ALL_RIGHT or sum(not a.right for a in other.get(name, ())) >= _FEW
    ]
    told.sort(key=lambda name: (share(other.get(name, plain[name])), name))
    rows = [
        (
            name,
            str(len(plain[name])),
            _percent(plain[name]),
            str(len(other.get(name, ()))),
            _percent(other.get(name, ())),
        )
        for name in told
    ]
    yield from _table(("concept", "sentences", "as written", "edited", "in other words"), *rows)


def _edits(figures: Figures) -> Iterator[str]:
    groups = _grouped(figures.edits, lambda a: a.by)
    rows = [(name, str(len(groups[name])), _percent(groups[name])) for name in MUTATIONS if name in groups]
    yield from _table(("edit", "sentences", "still right"), *rows)


def _numbers(figures: Figures) -> Iterator[str]:
    groups = _grouped(figures.numbers, lambda a: a.group)
    rows = [(name, str(len(held)), _percent(held)) for name, held in sorted(groups.items())]
    yield from _table(("numbers", "expressions", "share"), *rows)


def _told(figure: str) -> str:
    """``69 of 98`` with its share; a batch without rationales has none."""
    right, _, count = figure.partition(" of ")
    if not int(count):
        return "-"
    return f"{figure}, {100 * int(right) / int(count):.0f} %"


def _fresh(figures: Figures) -> Iterator[str]:
    """Of what is not read right, what is passed over and what is taken for something else."""
    roles = frozenset(Role)
    rows = []
    for name, held in (
        ("what they assert", [a for a in figures.fresh if a.expected not in roles]),
        ("what they do", [a for a in figures.fresh if a.expected in roles]),
    ):
        wrong = [a for a in held if not a.right]
        over = sum(a.told == "silent" for a in wrong)
        rows.append((name, str(len(held)), _percent(held), str(over), str(len(wrong) - over)))
    tried = [(told.file.removesuffix(".yaml"), _told(told.statuses), _told(told.roles)) for told in figures.tries]
    yield from _table(("batch, read at first sight", "what they assert", "what they do"), *tried)
    yield "The batch that nothing was mended with, by what became of its sentences:"
    yield ""
    yield from _table(("fresh sentences", "sentences", "right now", "passed over", "taken for another"), *rows)


def lines(figures: Figures, commit: str) -> Iterator[str]:
    """The figures as Markdown."""
    yield BEGIN
    yield ""
    yield f"Measured at commit {commit}, with the rules and the sentences of that commit."
    yield ""
    rows = [(name, str(len(answers)), _percent(answers)) for name, answers in figures.headline().items()]
    yield from _table(("read as a person reads it", "sentences", "share"), *rows)
    yield from _by("status", STATUSES, figures.statements, figures.mutated)
    yield from _by("role", tuple(Role), figures.roles, figures.mutated_roles)
    yield from _confusion(figures.mutated)
    yield from _concepts(figures)
    yield from _edits(figures)
    yield from _numbers(figures)
    yield from _fresh(figures)
    yield END


def headline_of(page: str) -> dict[str, tuple[int, float]]:
    """The lines of the page's first table: sentences and percent.

    Raises:
        ValueError: The page has no such table.
    """
    if BEGIN not in page or END not in page:
        raise ValueError("the page has lost the marks between which its figures stand")
    block = page.partition(BEGIN)[2].partition(END)[0]
    found = re.findall(r"^\| ([^|]+) \| (\d+) \| ([\d.]+) % \|$", block.split("| status |")[0], re.MULTILINE)
    if not found:
        raise ValueError("the page's first table is empty")
    return {name: (int(count), float(percent)) for name, count, percent in found}


def out_of_date(page: str, figures: Figures) -> list[str]:
    """What the page says otherwise than what is measured now, by more than ``SLACK`` points."""
    said = headline_of(page)
    wrong = [f"the page lacks: {name}" for name in figures.headline() if name not in said]
    for name, answers in figures.headline().items():
        now = share(answers) * 100
        if name in said and abs(said[name][1] - now) > SLACK:
            wrong.append(f"{name}: {said[name][1]} % on the page, {now:.1f} % now")
    return wrong


def _commit() -> str:
    run = subprocess.run(
        ["git", "rev-parse", "--short=10", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return run.stdout.strip()


def main() -> None:
    """Print the figures, or write them into the page."""
    options = argparse.ArgumentParser(prog="python -m tests.observing.reading_page", description=__doc__)
    options.add_argument("--write", action="store_true", help="put the figures into docs/reading.md")
    asked = options.parse_args()
    block = "\n".join(lines(measured(the_set(), the_idiom()), _commit()))
    if not asked.write:
        sys.stdout.write(block + "\n")
        return
    page = PAGE.read_text("utf-8")
    headline_of(page)
    before, after = page.partition(BEGIN)[0], page.partition(END)[2]
    PAGE.write_text(f"{before}{block}{after}", "utf-8", newline="\n")


if __name__ == "__main__":
    main()
