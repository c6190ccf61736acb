"""The pages of the rule book: one for each code and topic, as blocks that Markdown and HTML write in their own ways."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from checker.authoring.coverage import CriterionCover, criteria_cover, topics_of
from checker.authoring.material import Material
from checker.knowledge.topics import Topic
from checker.model.rule import Rule
from checker.rulebook.explain import Condition, Example, RuleExplanation, explain
from checker.rulebook.references import cited, pages

_ONCE = {
    "item": "once a disputed item",
    "letter": "once a letter",
    "batch": "once a disputed item beside those of the other letters of a run",
}


@dataclass(frozen=True, slots=True)
class Link:
    """A link to another page of the book."""

    text: str
    page: str


Inline = str | Link
Line = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, of level 2 or 3."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; ``label`` stands before it in bold."""

    line: Line
    label: str = ""


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list; the number is how deep an entry stands."""

    entries: tuple[tuple[int, Line], ...]
    label: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table."""

    head: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]


Block = Heading | Paragraph | Bullets | Table


@dataclass(frozen=True, slots=True)
class Page:
    """One page.

    Attributes:
        name: Name of its file without ending.
        title: Its heading.
        blocks: What stands on it.
    """

    name: str
    title: str
    blocks: tuple[Block, ...] = field(default=())


INDEX = "index"


def topic_page(id_: str) -> str:
    """Name of the page of a topic."""
    return f"topic-{id_}"


def book(material: Material) -> Iterator[Page]:
    """Every page: the index, each code, each topic."""
    codes = sorted({rule.code for rule in material.rules})
    yield _index(material, codes)
    for code in codes:
        yield _code(material, code)
    covers: dict[str, list[CriterionCover]] = {}
    for cover in criteria_cover(material):
        covers.setdefault(cover.topic, []).append(cover)
    for topic in material.rulebook.topics.by_id.values():
        yield _topic(material, topic, covers.get(topic.id, []))


def _index(material: Material, codes: list[str]) -> Page:
    rows = []
    for code in codes:
        rules = material.rulebook.of_code(code)
        titles = list(dict.fromkeys(rule.title for rule in rules))
        worst = max((rule.severity for rule in rules), key=lambda severity: severity.rank).value
        rows.append(((Link(code, code),), (titles[0],), (worst,), (str(len(rules)),)))
    topics = [
        ((Link(topic.title, topic_page(topic.id)),), (topic.code,), (str(len(topic.criteria)),))
        for topic in sorted(material.rulebook.topics.by_id.values(), key=lambda topic: (topic.title, topic.id))
    ]
    what = (
        "What the program looks for, on what authority, and how a finding is answered. Made from the rules themselves."
    )
    return Page(
        INDEX,
        "The rule book",
        (
            Paragraph((what,)),
            Heading(2, "Codes"),
            Table(("code", "for example", "at most", "rules"), tuple(rows)),
            Heading(2, "Topics"),
            Table(("topic", "code", "criteria"), tuple(topics)),
        ),
    )


def _code(material: Material, code: str) -> Page:
    blocks: list[Block] = []
    for told in explain(material.rulebook, code).rules:
        if told.status != "retired":
            blocks += _rule(material, material.rulebook.rule(told.ids[0]), told)
    return Page(code, code, tuple(blocks))


def _rule(material: Material, rule: Rule, told: RuleExplanation) -> Iterator[Block]:
    yield Heading(2, told.title)
    status = "" if told.status == "active" else f", {told.status}"
    once = f"judged {_ONCE[told.scope]}"
    yield Paragraph((f"{told.severity}, confidence at most {told.confidence}, {once}{status}",), "Severity")
    yield Paragraph((told.why,), "Why")
    yield Paragraph((told.source,), "Source")
    if told.note:
        yield Paragraph((told.note,), "Note")
    if told.in_force:
        yield Paragraph((told.in_force,), "In force")
    if told.numbers:
        yield Bullets(tuple((0, (number,)) for number in told.numbers), "Numbers")
    anything = "every letter" if told.scope == "letter" else "every disputed item"
    yield _conditions("Applies to", told.applies_to, anything)
    yield _conditions("Flags when", told.flag_when, "always")
    for excuse in told.exceptions:
        yield Heading(3, f"Unless: {excuse.id}")
        yield Paragraph((excuse.why,))
        yield _conditions("When", excuse.when, "always")
        yield Paragraph((excuse.source,), "Source")
    yield from _example("Flagged, for example", told.flagged)
    yield from _example("Not flagged, for example", told.clean)
    yield Paragraph((told.ask,), "How to answer")
    if rule.history:
        yield Bullets(tuple((0, (f"{change.day.isoformat()}: {change.what}",)) for change in rule.history), "History")
    topics = sorted({topic for id_ in told.ids for topic in topics_of(material.rulebook.rule(id_)) or ()})
    known = material.rulebook.topics.by_id
    if topics:
        links = [Link(known[t].title, topic_page(t)) if t in known else t for t in topics]
        yield Paragraph(_joined(links), "Topics")
    yield Paragraph((f"{', '.join(told.ids)} ({_file(material, told.place)})",), "Rules")


def _joined(parts: list[Inline]) -> Line:
    line: list[Inline] = []
    for part in parts:
        line += [", ", part] if line else [part]
    return tuple(line)


def _file(material: Material, place: str) -> str:
    """A place by its path below the layer it comes from, so that the pages do not tell where they were made."""
    file = Path(place.rpartition(":")[0]).resolve()
    for layer in reversed(material.folder.layers):
        if file.is_relative_to(layer.path.resolve()):
            return file.relative_to(layer.path.resolve()).as_posix()
    return file.name


def _conditions(label: str, conditions: tuple[Condition, ...], otherwise: str) -> Block:
    if not conditions:
        return Paragraph((otherwise,), label)
    return Bullets(tuple((one.depth, (one.text,)) for one in conditions), label)


def _example(label: str, example: Example | None) -> Iterator[Block]:
    if example is None:
        return
    yield Heading(3, f"{label}: {example.name}")
    yield Table(("fact", "value"), tuple(((name,), (str(value),)) for name, value in example.given.items()))
    yield Paragraph((example.message or example.result.value.replace("_", " "),), "Result")


def _topic(material: Material, topic: Topic, covers: list[CriterionCover]) -> Page:
    book_ = material.rulebook
    blocks: list[Block] = [Paragraph((book_.sources.by_id[topic.document].citation,), "Document")]
    later = [cited(book_.sources, reference) for reference in topic.later]
    if later:
        blocks.append(Bullets(tuple((0, (line,)) for line in later), "In later editions"))
    asked = topic.decides
    decided = [
        (kind, getattr(asked, kind)) for kind in ("drugs", "treatments", "classes", "categories", "regions", "within")
    ]
    entries = tuple((0, (f"{kind}: {', '.join(values)}",)) for kind, values in decided if values)
    if entries:
        blocks.append(Bullets(entries, "Decides requests by"))
    if topic.ways:
        titles = {criterion.id: criterion.title for criterion in topic.criteria}
        ways = tuple((0, (" and ".join(titles[id_] for id_ in way),)) for way in topic.ways)
        blocks.append(Bullets(ways, "Each of these is enough"))
    blocks.append(Heading(2, "Criteria"))
    head = ("criterion", "where it stands", "mark", "asked for by")
    codes = {rule.id: rule.code for rule in book_.rules}
    blocks.append(Table(head, tuple(_criterion(topic, cover, codes) for cover in covers)))
    rules = [rule for rule in material.rules if topic.id in (topics_of(rule) or ())]
    if rules:
        blocks.append(Heading(2, "Rules"))
        rows = {(rule.code, rule.title): rule for rule in rules}
        shown = (((Link(code, code),), (title,), (rule.severity.value,)) for (code, title), rule in rows.items())
        blocks.append(Table(("code", "what is found", "severity"), tuple(shown)))
    return Page(topic_page(topic.id), topic.title, tuple(blocks))


def _criterion(topic: Topic, cover: CriterionCover, codes: Mapping[str, str]) -> tuple[Line, ...]:
    criterion = topic.criterion(cover.criterion)
    numbers = pages(criterion.pages)
    where = "; ".join(part for part in (criterion.section, f"p. {numbers}" if numbers else "") if part)
    asking = sorted({codes[id_] for id_ in (*cover.asked_by, *cover.counted_by, *cover.general_by)})
    asked: Line = _joined([Link(code, code) for code in asking]) or (cover.reason or "no rule yet",)
    course = {"first": " (first request)", "continuation": " (continuation)", "not-first": " (not a first request)"}
    return ((criterion.title + course.get(criterion.course, ""),), (where,), (criterion.mark,), asked)
