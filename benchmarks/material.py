"""What generated letters are made of: sentences and disputed items of the fixture letters, with gaps for what varies.

Dates, ages, measures, quantities, sides, pronouns and the word for the worker become gaps that are filled
anew in every letter; what a guideline says stays as it is, because it stays as it is in real letters, too.
"""

import re
import string
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from benchmarks import letters as written
from checker import Checker
from checker.model.determination import Item, Outcome
from checker.model.facts import Part, Role
from checker.model.findings import Judgement, Severity

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_GAPS = re.compile(
    r"(?P<date>(?<![\d/-])\d{1,2}([/-])\d{1,2}\2\d{2}(?:\d\d)?\b)"
    rf"|(?P<when>\b(?:{_MONTHS})(?: \d{{1,2}},)? \d{{4}}\b)"
    r"|(?P<year>(?<=\bin )\d{4}\b|(?<=\bsince )\d{4}\b)"
    r"|(?P<age>(?<!\d)\d\d(?=[ -]years?[ -]old))"
    r"|(?P<measure>(?<![\d.,/-])\d{1,3}(?= (?:degrees|minutes|feet|pounds|miles|blocks|meters)\b))"
    r"|(?P<worker>\b(?:injured worker|patient|employee|claimant)\b(?!['’]))"
    r"|(?P<side>\b(?:left|right)\b)"
    r"|(?P<he>\b(?:[Hh]e|[Ss]he)\b)"
    r"|(?P<him>\bher(?= (?:about|and|at|back|by|down|for|from|in|into|on|out|that|through|to|up|with)\b))"
    r"|(?P<his>\b(?:[Hh]is|[Hh]er(?= [a-z]))\b)"
    r"|(?P<man>\b(?:fe)?male\b|\b(?:wo)?man\b)"
)
_QUANTITY = re.compile(r"(?<=#)\d+")
_CITED = re.compile(r"(?:Decision )?based on (?:the )?(.+)", re.IGNORECASE)

ERAS = ("2013-03-01", "2015-04-20", "2016-08-05", "2017-11-20")
"""When the editions of the guidelines changed that letters cite: each era lasts up to the day of the next."""
_CLEAN = 4

Pieces = tuple[tuple[str, str, str], ...]
"""Words, then the name of the gap that follows them and what stood in it ("" and "" after the last words)."""


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of a rationale.

    Attributes:
        role: What it does.
        pieces: The sentence.
    """

    role: Role
    pieces: Pieces


@dataclass(frozen=True, slots=True)
class Request:
    """A disputed item of a fixture.

    Attributes:
        heading: What is asked for; its quantity is a gap.
        overturned: How it was decided.
        claims: What the claims administrator cited, "" where nothing.
        reviewer: What the reviewer cited, "" where nothing.
        lines: The rationale, sentence by sentence.
        kind: What sentences may be taken from other items of the same kind: treatment or drug, and outcome.
        follows: It belongs to the item before it.
        planted: The program finds an error in it.
    """

    heading: Pieces
    overturned: bool
    claims: str
    reviewer: str
    lines: tuple[Line, ...]
    kind: tuple[str, bool]
    follows: bool
    planted: bool


@dataclass(frozen=True, slots=True)
class Case:
    """A fixture letter: the sentences of its summary and its disputed items.

    Attributes:
        era: Which edition of the guidelines governed it, by place in ``ERAS``.
        summary: The sentences of its summary but the first, which tells of the accident.
        requests: Its disputed items.
    """

    era: int
    summary: tuple[Pieces, ...]
    requests: tuple[Request, ...]


@dataclass(frozen=True)
class Material:
    """All that letters are made of.

    Attributes:
        cases: The fixtures.
        telling: Sentences of summaries that say something of a criterion, rich in gaps.
        plain: Sentences of summaries that say nothing of one.
        arguing: Sentences of rationales, rich in gaps.
        ruling: What guidelines say.
    """

    cases: tuple[Case, ...]
    telling: tuple[Pieces, ...]
    plain: tuple[Pieces, ...]
    arguing: tuple[Pieces, ...]
    ruling: tuple[Pieces, ...]

    @cached_property
    def single(self) -> tuple[tuple[tuple[Request, Case], ...], ...]:
        """Items that can stand without the others of their letter, by era; those without a planted error often."""
        return tuple(
            tuple(
                (request, case)
                for case in self.cases
                for request in case.requests
                if case.era == era and not request.follows
                for _ in range(1 if request.planted else _CLEAN)
            )
            for era in range(len(ERAS) - 1)
        )

    @cached_property
    def whole(self) -> tuple[tuple[Case, ...], ...]:
        """Letters of more than one item, by era; those without a planted error often."""
        return tuple(
            tuple(
                case
                for case in self.cases
                if case.era == era and len(case.requests) > 1
                for _ in range(1 if any(request.planted for request in case.requests) else _CLEAN)
            )
            for era in range(len(ERAS) - 1)
        )

    @cached_property
    def by_kind(self) -> dict[tuple[tuple[str, bool], Role], tuple[Pieces, ...]]:
        """Sentences of rationales by the kind of their item and their role."""
        found: dict[tuple[tuple[str, bool], Role], list[Pieces]] = {}
        for case in self.cases:
            for request in case.requests:
                for line in request.lines:
                    found.setdefault((request.kind, line.role), []).append(line.pieces)
        return {key: tuple(lines) for key, lines in found.items()}

    @cached_property
    def told(self) -> tuple[Pieces, ...]:
        """Every sentence of every summary but the first of each, which tells of the accident."""
        return tuple(pieces for case in self.cases for pieces in case.summary)


def harvest(folders: Iterable[Path]) -> Material:
    """The material in folders of fixture letters.

    Args:
        folders: Folders of letters; those that are not read whole give nothing.
    """
    letters = [
        letter
        for letter in Checker(engine="reference").check(folders)
        if isinstance(letter, Judgement) and letter.facts.determination.status.value == "ok"
    ]
    return Material(
        tuple(case for case in map(_case, letters) if case.requests),
        tuple(template(f"{text}.") for text in written.SUMMARY),
        tuple(template(f"{text}.") for text in written.PLAIN),
        tuple(template(f"{text}.") for text in written.CASE),
        tuple(template(f"{text}.") for text in written.GUIDELINE if "Official" not in text),
    )


def _case(letter: Judgement) -> Case:
    parsed = letter.facts.determination
    summary = [s.text for s in letter.facts.sentences if s.part is Part.SUMMARY and s.role is Role.CASE]
    planted = {finding.item for finding in letter.findings if finding.severity is Severity.ERROR}
    labelled = parsed.layout in {"4a", "4b"}
    requests = [_request(letter, item, item.number in planted) for item in parsed.items] if labelled else []
    return Case(_era(letter), tuple(map(pieces_of, summary[1:])), tuple(filter(None, requests)))


def _era(letter: Judgement) -> int:
    """The era of the letter's guideline date; a letter that tells none is one of the first."""
    asked = str(letter.facts.letter.value("letter.guideline_date"))
    return sum(asked >= day for day in ERAS[1:-1]) if asked[:1].isdigit() else 0


def _request(letter: Judgement, item: Item, planted: bool) -> Request | None:
    told = [s for s in letter.facts.sentences if s.part is Part.RATIONALE and s.item == item.number]
    decided = item.outcome in {Outcome.UPHELD, Outcome.OVERTURNED}
    if not decided or not told or item.heading.casefold().count("request"):
        return None
    overturned = item.outcome is Outcome.OVERTURNED
    quantity = _QUANTITY.search(item.heading)
    return Request(
        heading=_with_quantity(item.heading, quantity),
        overturned=overturned,
        claims=_cited(item.claims_guideline.raw),
        reviewer=_cited(item.reviewer_guideline.raw),
        lines=tuple(Line(s.role, _line(s.text, s.role, quantity)) for s in told),
        kind=(item.treatment or (item.drug.entry if item.drug else "") or item.category, overturned),
        follows=item.number > 1 and (item.heading.startswith("Associated") or _leans(told[-1].text)),
        planted=planted,
    )


def _leans(conclusion: str) -> bool:
    """Whether an item is decided by the one before it."""
    return conclusion.startswith(("As the", "Since the", "Because the"))


def _cited(line: str) -> str:
    found = _CITED.search(line)
    return found[1].rstrip(".") if found else ""


def _line(text: str, role: Role, quantity: re.Match[str] | None) -> Pieces:
    if role is Role.CONCLUSION:
        return _with_quantity(text, quantity)
    return pieces_of(text) if role in {Role.CASE, Role.APPLICATION} else ((text, "", ""),)


def _with_quantity(text: str, quantity: re.Match[str] | None) -> Pieces:
    """The text with a gap where the quantity of the request stands."""
    before, mark, after = text.partition(f"#{quantity[0]}") if quantity else (text, "", "")
    return ((before + "#", "quantity", mark[1:]), (after, "", "")) if mark else ((text, "", ""),)


def pieces_of(text: str) -> Pieces:
    """A sentence of a fixture with its gaps."""
    pieces: list[tuple[str, str, str]] = []
    done = 0
    for gap in _GAPS.finditer(text):
        pieces.append((text[done : gap.start()], gap.lastgroup or "", gap.group()))
        done = gap.end()
    return (*pieces, (text[done:], "", ""))


def template(text: str) -> Pieces:
    """A sentence of the written letters, whose gaps stand in braces."""
    return tuple((words, name or "", name or "") for words, name, _, _ in string.Formatter().parse(text))
