"""How many planted defects are found, and how often a neutral edit changes a finding.

``python -m tests.planted.measure [CODE]`` prints both rates, each kind that is missed and each change;
``python -m tests.planted.measure --write`` writes the table into docs/planted.md.
"""

import random
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from checker import Checker
from checker.model.findings import Judgement
from tests.planted import by_hand, letter_defects, reason_defects, verdict_defects
from tests.planted.base import Base, Flag, Planted, bases
from tests.planted.neutral import NEUTRAL
from tests.planted.pair_defects import Pair, flags_beside, letters_of_a_batch, pairs
from tests.shipped import the_checker

PAGE = Path(__file__).resolve().parents[2] / "docs/planted.md"
BEGIN, END = "<!-- table: written by `python -m tests.planted.measure --write` -->", "<!-- end of table -->"
PLANTS = (*letter_defects.PLANTS, *reason_defects.PLANTS, *verdict_defects.PLANTS, by_hand.by_hand)

Host = tuple[Base, Planted]
"""A letter and a defect put into it."""


@dataclass(frozen=True)
class Tried:
    """One planted defect with what was found in the letter that was not found before."""

    doc: str
    planted: Planted
    new: frozenset[Flag]

    @property
    def found(self) -> bool:
        """Whether the code, or one that says the same, is flagged on the item."""
        item = self.planted.item
        return any((code, at) in self.new for code in (self.planted.code, *self.planted.like) for at in (item, 0))


@dataclass(frozen=True)
class Changed:
    """What a neutral edit changed in the findings of a letter."""

    doc: str
    edit: str
    gone: frozenset[Flag]
    new: frozenset[Flag]


def _flags(checker: Checker, text: str, doc: str) -> frozenset[Flag]:
    judged = checker.check_text(text, doc)
    return frozenset((f.code, f.item) for f in judged.findings) if isinstance(judged, Judgement) else frozenset()


def planted(letters: Iterable[Base]) -> Iterator[Host]:
    """Every defect that can be planted in a letter that does not have it."""
    for base in letters:
        for plant in PLANTS:
            for defect in plant(base):
                codes = (defect.code, *defect.like)
                if not any((code, at) in base.flags for code in codes for at in (defect.item, 0)):
                    yield base, defect


def sampled(hosts: Iterable[Host], most: int, seed: int = 1) -> list[Host]:
    """No more than so many defects of each code, always the same."""
    by_code = groupby(sorted(hosts, key=lambda host: host[1].code), key=lambda host: host[1].code)
    chosen: list[Host] = []
    for _, group in by_code:
        of_code = list(group)
        chosen += of_code if len(of_code) <= most else random.Random(seed).sample(of_code, most)  # noqa: S311
    return chosen


def detection(checker: Checker, hosts: Iterable[Host], code: str = "") -> list[Tried]:
    """Planted defects, tried."""
    return [
        Tried(base.doc, defect, _flags(checker, defect.text, base.doc) - base.flags)
        for base, defect in hosts
        if defect.code.startswith(code)
    ]


def beside(checker: Checker, made: Iterable[Pair], code: str = "", most: int | None = None) -> list[Tried]:
    """Defects that show beside another letter, tried; at most so many of each code, evenly drawn."""
    by_code: dict[str, list[Pair]] = {}
    for pair in made:
        if pair.planted.code.startswith(code):
            by_code.setdefault(pair.planted.code, []).append(pair)
    tried = []
    for of_code in by_code.values():
        for pair in of_code[:: max(1, len(of_code) // most) if most else 1]:
            before = flags_beside(checker, pair.first, pair.without)
            if (pair.planted.code, pair.planted.item) not in before:
                new = flags_beside(checker, pair.first, pair.planted.text) - before
                tried.append(Tried(pair.doc, pair.planted, new))
    return tried


def stability(
    checker: Checker, letters: Iterable[Base], edits: Sequence[str] = tuple(NEUTRAL)
) -> tuple[Counter[str], list[Changed]]:
    """How often each neutral edit was tried, and those that changed a finding."""
    tried: Counter[str] = Counter()
    changed = []
    for base in letters:
        for name in edits:
            text = NEUTRAL[name](base.text)
            if text == base.text:
                continue
            tried[name] += 1
            flags = _flags(checker, text, base.doc)
            if flags != base.flags:
                changed.append(Changed(base.doc, name, base.flags - flags, flags - base.flags))
    return tried, changed


def rates(tried: Iterable[Tried]) -> dict[str, tuple[int, int]]:
    """By code, how many were found of how many."""
    found: dict[str, tuple[int, int]] = {}
    for each in tried:
        hit, count = found.get(each.planted.code, (0, 0))
        found[each.planted.code] = (hit + each.found, count + 1)
    return dict(sorted(found.items()))


def _share(hit: int, count: int) -> str:
    return f"{100 * hit / max(count, 1):.1f} %"


def report(tried: list[Tried], neutral: tuple[Counter[str], list[Changed]]) -> str:
    """Both rates, a line a code, then what was missed or changed."""
    lines = ["code               found of planted"]
    lines += [f"{code:18} {hit:4} of {count}" for code, (hit, count) in rates(tried).items()]
    hits, edits = sum(t.found for t in tried), neutral[0].total()
    lines.append(f"planted defects found: {hits} of {len(tried)}, {_share(hits, len(tried))}")
    kept = edits - len(neutral[1])
    lines.append(f"neutral edits without effect: {kept} of {edits}, {_share(kept, edits)}")
    lines += [
        f"missed: {t.planted.code} {t.planted.kind}, {t.doc} item {t.planted.item}; new: {sorted(t.new)}"
        for t in tried
        if not t.found
    ]
    lines += [f"changed: {c.edit}, {c.doc}; gone {sorted(c.gone)}, new {sorted(c.new)}" for c in neutral[1]]
    return "\n".join(lines)


def table(tried: list[Tried], neutral: tuple[Counter[str], list[Changed]]) -> str:
    """The same as Markdown, without the single cases."""
    hits, edits, changed = sum(t.found for t in tried), neutral[0].total(), Counter(c.edit for c in neutral[1])
    lines = [
        f"Of {len(tried)} planted defects {hits} are found, {_share(hits, len(tried))}. Of {edits} neutral edits "
        f"{edits - len(neutral[1])} change no finding, {_share(edits - len(neutral[1]), edits)}.",
        "",
        "| code | planted | found | share |",
        "| --- | ---: | ---: | ---: |",
        *(f"| {code} | {count} | {hit} | {_share(hit, count)} |" for code, (hit, count) in rates(tried).items()),
        "",
        "| neutral edit | letters | unchanged |",
        "| --- | ---: | ---: |",
        *(f"| {name} | {count} | {count - changed[name]} |" for name, count in neutral[0].items()),
    ]
    return "\n".join(lines)


def write(page: Path, told: str) -> None:
    """Put the table between the two marks of a page."""
    before, rest = page.read_text(encoding="utf-8").split(BEGIN)
    after = rest.split(END)[1]
    page.write_text(f"{before}{BEGIN}\n\n{told}\n\n{END}{after}", encoding="utf-8")


def main() -> None:
    """Print the report, or write the page."""
    checker = the_checker()
    letters = bases(checker)
    code = next((word for word in sys.argv[1:] if not word.startswith("-")), "")
    alone = detection(checker, planted(letters), code)
    together = beside(checker, pairs((*letters, *letters_of_a_batch(checker))), code)
    measured = [*alone, *together], stability(checker, () if code else letters)
    print(report(*measured))  # noqa: T201  it is a command
    if "--write" in sys.argv and not code:
        write(PAGE, table(*measured))


if __name__ == "__main__":
    main()
