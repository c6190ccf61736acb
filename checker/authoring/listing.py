"""``imrcheck rules list``: every rule with what it rests on, when it holds and where it comes from."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace

from checker.authoring.coverage import topics_of
from checker.authoring.material import Material
from checker.model.rule import Rule
from checker.review.measures import Precision


@dataclass(frozen=True, slots=True)
class Row:
    """One rule.

    Attributes:
        id: Its id, ``for_each`` written out.
        code: Code of its findings.
        severity: How bad a finding is.
        status: draft, active or retired.
        scope: item or letter.
        topics: Topics it asks for; none for any.
        editions: Documents it rests on, later editions too.
        mark: verified or recalled.
        in_force: First and last day, "" for always.
        tests: How many tests it has of its own.
        layer: Folder it comes from.
        digest: Hash of what decides its results.
        place: ``file:line``.
        title: What it finds.
        precision: What reviewers said of its findings, None where nobody was asked or nobody said anything.
    """

    id: str
    code: str
    severity: str
    status: str
    scope: str
    topics: tuple[str, ...]
    editions: tuple[str, ...]
    mark: str
    in_force: str
    tests: int
    layer: str
    digest: str
    place: str
    title: str
    precision: Precision | None = None

    def as_dict(self) -> dict[str, object]:
        """For JSON; without the precision where nobody was asked for it."""
        told = asdict(self)
        del told["precision"]
        return told | ({"precision": self.precision.record()} if self.precision else {})


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rules to list; what is empty keeps all.

    Attributes:
        topic: Id of a topic, or the three letters of its codes.
        code: A code or the beginning of codes.
        edition: Key of a document, or a part of it: "2016".
        status: draft, active or retired.
    """

    topic: str = ""
    code: str = ""
    edition: str = ""
    status: str = ""


def rows(material: Material, wanted: Wanted, reviewed: Mapping[str, Precision] | None = None) -> Iterator[Row]:
    """The rules wanted, in order of their ids.

    Args:
        material: The rule folder.
        wanted: Which rules.
        reviewed: What reviewers said of the findings of rules, by id.
    """
    for rule in material.rulebook.rules:
        row = _row(material, rule)
        if _fits(material, row, wanted):
            yield replace(row, precision=(reviewed or {}).get(rule.id))


def _row(material: Material, rule: Rule) -> Row:
    source, book = rule.reference, material.rulebook
    first, last = rule.effective.from_, rule.effective.to
    return Row(
        id=rule.id,
        code=rule.code,
        severity=rule.severity.value,
        status=rule.status,
        scope=rule.scope,
        topics=tuple(sorted(topics_of(rule) or ())),
        editions=tuple(dict.fromkeys(each.document for each in (source, *source.later))),
        mark=source.mark,
        in_force=f"{first or ''}..{last or ''}" if first or last else "",
        tests=len(rule.tests),
        layer=material.layer_of(rule),
        digest=book.digests[rule.id],
        place=book.places[rule.id],
        title=rule.title,
    )


def _fits(material: Material, row: Row, wanted: Wanted) -> bool:
    codes = {material.rulebook.topics.by_id[t].code for t in row.topics if t in material.rulebook.topics.by_id}
    return (
        (not wanted.topic or wanted.topic in row.topics or wanted.topic.upper() in codes)
        and row.code.upper().startswith(wanted.code.upper())
        and (not wanted.edition or any(wanted.edition in edition for edition in row.editions))
        and (not wanted.status or wanted.status == row.status)
    )
