"""Whether the section whose text a rationale restates is among those that the item's guideline line cites."""

from collections.abc import Iterable, Sequence

from checker.knowledge.editions import Guidelines, PageRange, Topic
from checker.model.facts import UNKNOWN, Confidence, Fact, Role
from checker.observing.cited import CitedLine, MtusRead
from checker.observing.mentions import Named

_SECTION = "compare.section"
_TOLD = "compare.section_told"
_NONE = Fact(_TOLD, "none")


def section_facts(rationale: Sequence[Named], line: CitedLine, guidelines: Guidelines) -> list[Fact]:
    """``compare.section`` and ``.section_told``: the text of a section is known by words of its own.

    Judged is a line that cites the MTUS alone and is understood as a whole; what other guidelines say may be the same.

    Args:
        rationale: Sentences of the item's rationale.
        line: The reviewer's guideline line.
        guidelines: The editions, and where each known text stands.
    """
    marks = {spec.mark: spec.homes for spec in guidelines.framework.restated}
    restated = [
        (mark, named)
        for named in rationale
        if named.passage.sentence.role is Role.GUIDELINE
        for mark in named.marked
        if mark in marks
    ]
    if not restated:
        return [Fact(_SECTION, UNKNOWN, derivation="no text of a section is recognised"), _NONE]
    if line.outside or not line.mtus or not all(read.resolved.complete and read.resolved.cited for read in line.mtus):
        return [Fact(_SECTION, UNKNOWN, derivation="what the line cites is not sections of the MTUS alone"), _NONE]
    if any(_stands_in(read, home, guidelines) for mark, _ in restated for home in marks[mark] for read in line.mtus):
        return [Fact(_SECTION, "cited", derivation="the section restated is cited"), _NONE]
    mark, named = restated[0]
    told = _heading(marks[mark][0], guidelines)
    return [
        Fact(_SECTION, "uncited", (*line.whole, named.whole), Confidence.MEDIUM, f"the text is that of {told}"),
        Fact(_TOLD, told, derivation=f"{_SECTION} in words"),
    ]


def _stands_in(read: MtusRead, home: str, guidelines: Guidelines) -> bool:
    """Whether a citation may mean the place where a text stands, by its sections or by its pages."""
    edition, _, section = home.partition("/")
    family = guidelines.editions[edition].family
    if not section:
        return read.resolved.family == family
    topic = guidelines.topic(edition, section)
    there = guidelines.editions[edition].topics
    if any(_is_part(cited, topic) or _is_part(there.get(cited.same_as), topic) for cited in read.resolved.topics):
        return True
    of_family = read.resolved.topics if read.resolved.family == family else ()
    if any(cited.edition != edition and cited.covers.meets(topic.covers) for cited in of_family):
        return True  # another edition has sections of its own on the subject
    pages = (*topic.pages, *topic.also)
    if read.resolved.family == family and _overlap(read.citation.pages, pages):
        return True
    # "Carisoprodol (Soma)" speaks of relaxants on pages of its own, and points to theirs
    return any(_overlap(cited.also, topic.pages) or _overlap(topic.also, cited.pages) for cited in _paged(read))


def _paged(read: MtusRead) -> Iterable[Topic]:
    return (topic for topic in read.resolved.topics if topic.pages)


def _is_part(cited: Topic | None, home: Topic) -> bool:
    """Whether one of two topics is the other or a part of it."""
    return cited is not None and (home.id in cited.line or cited.id in home.line)


def _overlap(some: Iterable[PageRange], others: Sequence[PageRange]) -> bool:
    return any(first <= end and begin <= last for first, last in some for begin, end in others)


def _heading(home: str, guidelines: Guidelines) -> str:
    edition, _, section = home.partition("/")
    of = guidelines.editions[edition]
    return f"{of.title} ({of.year}), {of.topics[section].heading}" if section else f"{of.title} ({of.year})"
