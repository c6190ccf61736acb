"""The batch index: one row a letter, as columns for the script and as a table of the worst letters without it."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from checker.batch.letters import Letter, determination, identity, problems, status
from checker.model.determination import Determination
from checker.model.findings import Judgement, Severity
from checker.reporting.glossary import Glossary
from checker.reporting.reviewindex import ReviewCount
from checker.reporting.visible import folded, shortened

REQUEST_WIDTH = 90
"""Longest request in the index, in characters."""

NO_TOPIC = "no topic"


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


def worst_first(rows: Iterable[IndexRow]) -> list[IndexRow]:
    """Rows by errors, warnings and notes; letters that were not checked come before clean ones; then input order."""
    return sorted(rows, key=lambda r: (*(-n for n in r.counts), not r.why))


class _Words(dict[str, int]):
    """Numbers words, so that each stands in the file once."""

    def __call__(self, word: str) -> int:
        return self.setdefault(word, len(self))


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


def index_script(rows: Iterable[IndexRow], titles: Mapping[str, str]) -> str:
    """The rows as a classic script that sets one global: ``fetch`` and modules do not work on file://.

    Plain ASCII. Columns, with words numbered; an item is three numbers (request, outcome, topic) in one flat list.

    Args:
        rows: In input order.
        titles: Title of each code whose rules have one title in common.
    """
    rows = list(rows)
    requests, outcomes, topics, statuses, specialties, codes, worst = (_Words() for _ in range(7))
    columns = {
        "doc": [r.doc for r in rows],
        "page": [_short(r) for r in rows],
        "status": [statuses(r.status) for r in rows],
        "decided": [r.decided for r in rows],
        "specialty": [specialties(r.specialty) for r in rows],
        "items": [
            [n for i in r.items for n in (requests(i.request), outcomes(i.outcome), topics(i.topic))] for r in rows
        ],
        "error": [r.counts[0] for r in rows],
        "warning": [r.counts[1] for r in rows],
        "note": [r.counts[2] for r in rows],
        "codes": [[codes(code) for code in r.codes] for r in rows],
        "worst": [worst(r.worst) for r in rows],
        "why": {str(n): r.why for n, r in enumerate(rows) if r.why},
    }
    names = {"requests": requests, "outcomes": outcomes, "topics": topics, "statuses": statuses}
    names |= {"specialties": specialties, "codes": codes, "worst": worst}
    words = {name: list(numbered) for name, numbered in names.items()}
    data = {
        "schema": 1,
        "letters": len(rows),
        "columns": columns,
        "words": words,
        "titles": [titles.get(code, "") for code in words["codes"]],
    }
    return "window.IMRCHECK = " + json.dumps(data, separators=(",", ":")) + ";\n"
