"""The batch index: one row a letter, as columns for the script and as a table of the worst letters without it."""

import heapq
import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import IO, cast

from checker.batch.letters import Letter, determination, identity, problems, status
from checker.model.determination import Determination
from checker.model.findings import Judgement, Severity
from checker.reporting.glossary import Glossary
from checker.reporting.reviewindex import ReviewCount
from checker.reporting.visible import folded, shortened

REQUEST_WIDTH = 90
"""Longest request in the index, in characters."""

NO_TOPIC = "no topic"

_IN_MEMORY = 100_000
"""Characters of a column that are kept in memory; with more, all of it lies in a temporary file."""
_PIECE = 100_000
_REMEMBERED = 100_000
"""So many requests are remembered by their numbers, of which a large run has as many as letters; there are few other
words, and the table filters by them."""


@dataclass(frozen=True, slots=True)
class IndexItem:
    """A disputed item in the index."""

    request: str
    outcome: str
    topic: str


@dataclass(frozen=True, slots=True)
class IndexRow:
    """A letter in the index.

    Attributes:
        doc: Name of the letter.
        address: Address of its page from the index, "" where it can have none.
        page: The same where the page is written, "" otherwise.
        status: How far it was read.
        decided: Date of the decision, ISO, "" where none is known.
        specialty: Of the reviewer, "" where none is printed.
        items: Its disputed items.
        counts: Errors, warnings and notes.
        codes: Codes of its findings, worst first, each once.
        worst: Title of the rule of the worst finding.
        why: Why it was not checked, "" where it was.
        review: Where its review stands, None where nothing was said of it.
    """

    doc: str
    address: str
    page: str
    status: str
    decided: str
    specialty: str
    items: tuple[IndexItem, ...]
    counts: tuple[int, int, int]
    codes: tuple[str, ...]
    worst: str
    why: str
    review: ReviewCount | None = None

    @property
    def reviewed(self) -> tuple[str, str, str]:
        """State of the review as the table shows it, and what else it says of it: kind, words, more words."""
        return review_words(sum(self.counts), self.review)


def index_row(letter: Letter, address: str, glossary: Glossary) -> IndexRow:
    """The row of a letter, whose page is taken for written.

    Args:
        letter: What became of it.
        address: Address of its page, "" where it can have none.
        glossary: Titles of topics and rules.
    """
    parsed = determination(letter) if isinstance(letter, (Judgement, Determination)) else None
    judgement = letter if isinstance(letter, Judgement) else None
    found = sorted(judgement.findings, key=lambda f: -f.severity.rank) if judgement else []
    severities = [f.severity for f in found]
    return IndexRow(
        doc=folded(identity(letter).doc),
        address=address,
        page=address,
        status=status(letter).value,
        decided=parsed.header.decision_date.isoformat() if parsed and parsed.header.decision_date else "",
        specialty=folded(parsed.reviewer.specialties[0]) if parsed and parsed.reviewer.specialties else "",
        items=_items(judgement, glossary) if judgement else (),
        counts=(
            severities.count(Severity.ERROR),
            severities.count(Severity.WARNING),
            severities.count(Severity.NOTE),
        ),
        codes=tuple(dict.fromkeys(f.code for f in found)),
        worst=glossary.rule(found[0].rule).title if found else "",
        why="" if judgement else shortened("; ".join(problems(letter)), 200),
    )


def _items(judgement: Judgement, glossary: Glossary) -> tuple[IndexItem, ...]:
    pairs = zip(judgement.facts.determination.items, judgement.items, strict=True)
    return tuple(
        IndexItem(shortened(item.request, REQUEST_WIDTH), item.outcome.value, glossary.topic(judged.topic) or NO_TOPIC)
        for item, judged in pairs
    )


def review_words(findings: int, count: ReviewCount | None) -> tuple[str, str, str]:
    """How the table tells the state of a review.

    Args:
        findings: How many the letter has.
        count: Where they stand, None where nothing was said of it.

    Returns:
        The kind (open, part, done, none), its words, and what else there is to say.
    """
    count = count or ReviewCount(findings)
    waiting = count.open + count.stale
    more = ", ".join(
        f"{number} {words}" for number, words in ((count.stale, "stale"), (count.disputed, "disputed")) if number
    )
    if not findings:
        return "none", "Looked at" if count.looked_at else "None needed", more
    if not waiting:
        return "done", "Done", more
    if waiting == findings:
        return "open", "Open", more
    return "part", f"{findings - waiting} of {findings} done", more


def worst_first(rows: Iterable[IndexRow], most: int) -> list[IndexRow]:
    """Rows by errors, warnings and notes; letters that were not checked come before clean ones; then input order.

    Args:
        rows: In input order.
        most: So many at most.
    """
    return heapq.nsmallest(most, rows, key=lambda r: (*(-n for n in r.counts), not r.why))


class _Column:
    """A list of JSON values, on disk while the rows pass."""

    def __init__(self) -> None:
        file = tempfile.SpooledTemporaryFile(_IN_MEMORY, "w+", encoding="ascii")  # noqa: SIM115 (closed when read)
        self._file = cast(IO[str], file)
        self._before = ""

    def add(self, value: object, *, key: str = "") -> None:
        """The next value; with a key, where the whole is an object."""
        told = json.dumps(value, separators=(",", ":"))
        self._file.write(f"{self._before}{json.dumps(key)}:{told}" if key else self._before + told)
        self._before = ","

    def parts(self) -> Iterator[str]:
        """All values with commas between them, in pieces; they are forgotten after that."""
        self._file.seek(0)
        yield from iter(lambda: self._file.read(_PIECE), "")
        self._file.close()


class _Words:
    """Numbers words.

    Attributes:
        column: The words by their numbers.

    Args:
        most: So many are remembered; each of those that come after them stands in the column as often as it comes.
    """

    def __init__(self, most: float = float("inf")) -> None:
        self._numbers: dict[str, int] = {}
        self._most = most
        self._count = 0
        self.column = _Column()

    @property
    def known(self) -> Iterable[str]:
        """Those that are remembered, by number."""
        return self._numbers

    def __call__(self, word: str) -> int:
        number = self._numbers.get(word)
        if number is None:
            number, self._count = self._count, self._count + 1
            self.column.add(word)
            if len(self._numbers) < self._most:
                self._numbers[word] = number
        return number


def _short(row: IndexRow) -> str:
    """The address of a page: only its end, "-<hash>", where the letter's name in lower case gives the rest.

    One that is not written begins with "~".
    """
    address = row.address.removeprefix("d/").removesuffix(".html")
    folder, _, stem = address.partition("/")
    name = row.doc.lower()
    end = stem.removeprefix(name)
    short = end if name.isascii() and end != stem and end.startswith(f"-{folder}") else address
    return short if row.page else f"~{short}" * bool(short)


def index_script(rows: Iterable[IndexRow], titles: Mapping[str, str]) -> Iterator[str]:
    """The rows as a classic script that sets one global: ``fetch`` and modules do not work on file://.

    Plain ASCII, in pieces: memory holds none of the columns. Words are numbered; an item is three numbers (request,
    outcome, topic) in one flat list.

    Args:
        rows: In input order.
        titles: Title of each code whose rules have one title in common.
    """
    words = {name: _Words() for name in _KINDS} | {"requests": _Words(_REMEMBERED)}
    columns = {name: _Column() for name in _COLUMNS}
    why, of_codes = _Column(), _Column()
    letters = 0
    for row in rows:
        for column, value in zip(columns.values(), _values(row, words), strict=True):
            column.add(value)
        if row.why:
            why.add(row.why, key=str(letters))
        letters += 1
    for code in words["codes"].known:
        of_codes.add(titles.get(code, ""))
    yield f'window.IMRCHECK = {{"schema":1,"letters":{letters},"columns":{{'
    for name, column in columns.items():
        yield from (f'"{name}":[', *column.parts(), "],")
    yield from ('"why":{', *why.parts(), '}},"words":{')
    for number, (name, held) in enumerate(words.items()):
        yield from (f'{"," * bool(number)}"{name}":[', *held.column.parts(), "]")
    yield from ('},"titles":[', *of_codes.parts(), "]};\n")


_COLUMNS = ("doc", "page", "status", "decided", "specialty", "items", "error", "warning", "note", "codes", "worst")
_KINDS = ("requests", "outcomes", "topics", "statuses", "specialties", "codes", "worst")


def _values(row: IndexRow, words: Mapping[str, _Words]) -> tuple[object, ...]:
    """The values of a row, a column each."""
    requests, outcomes, topics, statuses, specialties, codes, worst = words.values()
    items = [n for i in row.items for n in (requests(i.request), outcomes(i.outcome), topics(i.topic))]
    named = (statuses(row.status), row.decided, specialties(row.specialty))
    return (row.doc, _short(row), *named, items, *row.counts, [codes(code) for code in row.codes], worst(row.worst))
