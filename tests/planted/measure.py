"""How many planted defects are found, and how often a neutral edit changes a finding.

``python -m tests.planted.measure [CODE]`` prints both rates, each kind that is missed and each change.
"""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from checker import Checker
from checker.model.findings import Judgement
from tests.planted import by_hand, letter_defects, reason_defects
from tests.planted.base import Base, Flag, Planted, bases
from tests.planted.neutral import NEUTRAL


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


def planted(letters: Iterable[Base]) -> Iterator[tuple[Base, Planted]]:
    """Every defect that can be planted in a letter that does not have it."""
    for base in letters:
        for plant in (*letter_defects.PLANTS, *reason_defects.PLANTS, by_hand.by_hand):
            for defect in plant(base):
                codes = (defect.code, *defect.like)
                if not any((code, at) in base.flags for code in codes for at in (defect.item, 0)):
                    yield base, defect


def detection(checker: Checker, letters: Iterable[Base], code: str = "") -> list[Tried]:
    """Every planted defect, tried."""
    return [
        Tried(base.doc, defect, _flags(checker, defect.text, base.doc) - base.flags)
        for base, defect in planted(letters)
        if defect.code.startswith(code)
    ]


def stability(checker: Checker, letters: Iterable[Base]) -> tuple[int, list[Changed]]:
    """How many neutral edits were tried, and those that changed a finding."""
    tried, changed = 0, []
    for base in letters:
        for name, edit in NEUTRAL.items():
            text = edit(base.text)
            if text == base.text:
                continue
            tried += 1
            flags = _flags(checker, text, base.doc)
            if flags != base.flags:
                changed.append(Changed(base.doc, name, base.flags - flags, flags - base.flags))
    return tried, changed


def report(tried: list[Tried], neutral: tuple[int, list[Changed]]) -> str:
    """Both rates, a line a code, then what was missed or changed."""
    lines = ["code               found of planted"]
    of_code = Counter(t.planted.code for t in tried)
    found = Counter(t.planted.code for t in tried if t.found)
    lines += [f"{code:18} {found[code]:4} of {count}" for code, count in sorted(of_code.items())]
    total, hit = len(tried), sum(found.values())
    lines.append(f"planted defects found: {hit} of {total}, {100 * hit / max(total, 1):.1f} %")
    edits, changed = neutral
    lines.append(
        f"neutral edits without effect: {edits - len(changed)} of {edits}, "
        f"{100 - 100 * len(changed) / max(edits, 1):.1f} %"
    )
    lines += [
        f"missed: {t.planted.code} {t.planted.kind}, {t.doc} item {t.planted.item}; new: {sorted(t.new)}"
        for t in tried
        if not t.found
    ]
    lines += [f"changed: {c.edit}, {c.doc}; gone {sorted(c.gone)}, new {sorted(c.new)}" for c in changed]
    return "\n".join(lines)


def main() -> None:
    """Print the report."""
    checker = Checker(engine="reference")
    letters = bases(checker)
    print(report(detection(checker, letters, *sys.argv[1:2]), stability(checker, letters)))  # noqa: T201  it is a command


if __name__ == "__main__":
    main()
