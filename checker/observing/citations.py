"""Facts about the guideline lines of an item: what reviewer and claims administrator rest their decisions on."""

from checker.knowledge.editions import VERIFIED, Edition, Topic
from checker.knowledge.guidelines import Guidelines
from checker.knowledge.lexicon import Lexicon
from checker.model.determination import Determination, Item
from checker.model.facts import UNKNOWN, Confidence, Fact
from checker.model.source import Span
from checker.observing.cited import CitedLine, read_line, window_of
from checker.observing.cited_editions import edition_facts, form_facts, section_facts, slip_facts
from checker.observing.cited_pages import page_facts
from checker.observing.cited_phases import days_since_injury, least_days_since_injury, letter_phase_facts, phase_facts
from checker.observing.cited_topics import topic_facts
from checker.observing.letter import LetterDates
from checker.observing.request import Request, request_of

_BY_REGION = frozenset({"imaging", "electrodiagnostic", "surgery"})


def citation_facts(
    determination: Determination, item: Item, guidelines: Guidelines, lexicon: Lexicon, dates: LetterDates
) -> list[Fact]:
    """Every ``cite.*`` and ``claims.*`` fact of an item.

    Args:
        determination: The letter.
        item: One of its items.
        guidelines: Editions, topics and pages.
        lexicon: Drugs, treatments and body parts.
        dates: What the letter says of the dates of injury and request; any of them may be missing.

    Returns:
        The facts in a fixed order. Never raises on any letter; what the letter or the tables do not hold is unknown.
    """
    window = window_of(dates, guidelines)
    request = request_of(item, guidelines, lexicon)
    reviewer = read_line(item.reviewer_guideline, determination, guidelines, window)
    claims = read_line(item.claims_guideline, determination, guidelines, window)
    return [
        *_presence(reviewer),
        _documents(reviewer),
        *_accompanies(determination, item, guidelines),
        *page_facts("cite", reviewer, request),
        *topic_facts(reviewer, request, guidelines),
        *edition_facts("cite", reviewer),
        *section_facts("cite", reviewer),
        *slip_facts("cite", reviewer, guidelines),
        *form_facts(reviewer, determination, guidelines),
        *phase_facts(reviewer, days_since_injury(dates), guidelines),
        *_outside(item, reviewer, request, guidelines, least_days_since_injury(dates)),
        *page_facts("claims", claims, request),
        *edition_facts("claims", claims),
        *section_facts("claims", claims),
        *slip_facts("claims", claims, guidelines),
    ]


def citation_letter_facts(determination: Determination, guidelines: Guidelines, dates: LetterDates) -> list[Fact]:
    """Facts about the citations of the whole letter, for rules that speak once a letter."""
    window = window_of(dates, guidelines)
    lines = [read_line(item.reviewer_guideline, determination, guidelines, window) for item in determination.items]
    return letter_phase_facts(lines, dates, guidelines)


def _presence(line: CitedLine) -> list[Fact]:
    there = line.line.span is not None and bool(line.line.raw.strip())
    cites = bool(line.mtus or line.outside)
    value = "yes" if cites else "no" if line.line.none_cited or not there else UNKNOWN
    return [
        Fact("cite.line", "yes" if there else "no", line.whole, derivation="" if there else "no line, or an empty one"),
        Fact("cite.any", value, () if cites else line.whole, Confidence.HIGH, "" if cites else "nothing is cited"),
        Fact(
            "cite.none_statement", "yes" if line.line.none_cited else "no", line.whole if line.line.none_cited else ()
        ),
    ]


def _documents(line: CitedLine) -> Fact:
    """Ids of the documents that a line cites, in order; where an edition is not sure, all that it may be."""
    editions = [edition.id for read in line.mtus for edition in read.resolved.editions]
    outside = [read.meaning.guideline for read in line.outside if read.meaning is not None]
    found = dict.fromkeys([*editions, *outside])
    return Fact("cite.documents", " ".join(found) or "none", line.whole if found else (), derivation="as cited")


def _accompanies(determination: Determination, item: Item, guidelines: Guidelines) -> list[Fact]:
    """Whether the item only accompanies an operation, and how the letter decides that operation."""
    name, decided = "cite.accompanies_surgery", "cite.surgery_decided"
    spec = guidelines.framework.accompanies
    uncited = item.reviewer_guideline.none_cited
    said = uncited and _says(determination, item.rationale, guidelines, "accompanies")
    if item.category not in spec.categories and not said:
        return [Fact(name, "no"), Fact(decided, "none")]
    accompanies = Fact(
        name, "yes", derivation="the rationale says so" if said else f"it is of category {item.category}"
    )
    operations = [other for other in determination.items if other is not item and other.category == "surgery"]
    operations = operations or [
        other for other in determination.items if other is not item and other.category in spec.operations
    ]
    if not operations:
        return [accompanies, Fact(decided, "elsewhere", derivation="no operation is disputed in this letter")]
    alike = any(other.outcome == item.outcome for other in operations)
    told = f"item {operations[0].number} is {operations[0].outcome.value}"
    return [accompanies, Fact(decided, "alike" if alike else "differently", derivation=told)]


def _says(determination: Determination, span: Span | None, guidelines: Guidelines, wording: str) -> bool:
    if span is None:
        return False
    return guidelines.wordings[wording].stands_in(determination.source.raw[span.start : span.end])


def _outside(
    item: Item,
    line: CitedLine,
    request: Request,
    guidelines: Guidelines,
    days: int | None,
) -> list[Fact]:
    """Whether only sources outside the MTUS are cited, and whether the MTUS treats of the request."""
    alone = bool(line.outside) and not line.mtus
    if not alone:
        return [
            Fact("cite.nonmtus_alone", "no"),
            Fact("cite.mtus_addresses", UNKNOWN),
            Fact("cite.mtus_addresses_told", "none"),
            Fact("cite.leaves_mtus", "no"),
        ]
    explained = _says(line.determination, item.rationale, guidelines, "leaves_mtus")
    value, told = _addressed(line, request, guidelines, days)
    return [
        Fact("cite.nonmtus_alone", "yes", line.words_outside(line.outside[0])),
        Fact("cite.mtus_addresses", value, (), Confidence.MEDIUM, told),
        Fact("cite.mtus_addresses_told", told or "none", derivation="cite.mtus_addresses in words"),
        Fact(
            "cite.leaves_mtus", "yes" if explained else "no", derivation="the rationale says why" if explained else ""
        ),
    ]


def _has_its_own(edition: Edition, topic: Topic) -> bool:
    """Whether it was seen, by its pages or in the list of headings, that the edition has the section."""
    return edition.paged or topic.mark == VERIFIED


def _addressed(line: CitedLine, request: Request, guidelines: Guidelines, days: int | None) -> tuple[str, str]:
    """Whether an edition in force has a place made for the request; unknown where that is not sure."""
    in_force = [e for e in guidelines.editions.values() if line.window.known and line.window.inside(e)]
    for edition in in_force:
        own = not edition.regions.isdisjoint(request.regions)
        if own and request.category in _BY_REGION:
            return "yes", f"{edition.title} ({edition.year})"
        if edition.of_one_kind and edition.covers.meets(request.subject):
            return "yes", f"{edition.title} ({edition.year})"
        for topic in edition.topics.values():
            phase = topic.phase
            young = phase is not None and (days is None or (phase.from_days is not None and days < phase.from_days))
            if {topic.id, topic.same_as} & request.topics and _has_its_own(edition, topic) and not young:
                return "yes", f"{edition.title} ({edition.year}), {topic.heading}"
    if in_force and request.regions and request.category in _BY_REGION:
        return "no", "no clinical chapter treats of that part of the body"
    return UNKNOWN, ""
