"""Whether the pages of a citation are pages of the topic that it names."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from checker.knowledge.editions import RECALLED, VERIFIED, Edition, PageRange, Topic
from checker.model.facts import UNKNOWN, Confidence, Evidence, Fact
from checker.observing.cited import CitedLine, MtusRead
from checker.observing.request import Request

_NEIGHBOURING = 1  # a topic may begin or end on the page beside the one that is known


class Fit(IntEnum):
    """How the pages of a citation lie to its topic, the worst last."""

    NONE = 0
    INSIDE = 1
    NEAR = 2
    UNKNOWN = 3
    OUTSIDE = 4
    OUTSIDE_CHAPTER = 5


@dataclass(frozen=True, slots=True)
class _Found:
    """A judgement with its mark, the words at fault and the sentence that explains it."""

    fit: Fit
    mark: str = "none"
    evidence: tuple[Evidence, ...] = ()
    derivation: str = ""


def page_facts(prefix: str, line: CitedLine, request: Request) -> list[Fact]:
    """``page_fit`` and ``page_mark`` of a guideline line.

    Args:
        prefix: ``cite`` for the reviewer's line, ``claims`` for the claims administrator's.
        line: The line, read.
        request: What the item asks for.
    """
    found = [_citation(line, read, request) for read in line.mtus if read.citation.pages]
    if not found:
        return [Fact(f"{prefix}.{name}", "none") for name in ("page_fit", "page_mark", "page_told")]
    worst = max(found, key=lambda one: (one.fit, one.mark == VERIFIED))
    value = UNKNOWN if worst.fit is Fit.UNKNOWN else worst.fit.name.lower()
    mark = worst.mark if worst.fit >= Fit.OUTSIDE else "none"
    sure = Confidence.HIGH if mark == VERIFIED else Confidence.MEDIUM
    return [
        Fact(f"{prefix}.page_fit", value, worst.evidence, sure, worst.derivation),
        Fact(f"{prefix}.page_mark", mark, (), sure, worst.derivation),
        Fact(f"{prefix}.page_told", worst.derivation or "none", derivation=f"{prefix}.page_fit in words"),
    ]


def _citation(line: CitedLine, read: MtusRead, request: Request) -> _Found:
    resolved = read.resolved
    evidence = (line.heading_and_pages(read.citation),)
    edition = resolved.edition
    if edition is None:
        return _Found(Fit.UNKNOWN, evidence=evidence, derivation="the edition is not known")
    ranges = [_written_out(*pages) for pages in read.citation.pages]
    if not edition.paged and edition.last_page is not None:
        return _chapter(edition, ranges, evidence)
    if not resolved.cited:
        return _Found(_without_heading(edition, ranges, request), evidence=evidence, derivation="no topic is named")
    if not resolved.complete or not all(topic.pages for topic in resolved.topics):
        return _Found(Fit.UNKNOWN, evidence=evidence, derivation="the pages of a section named are not known")
    judged = [(_range(edition, resolved.topics, pages, request), pages) for pages in ranges]
    fit, pages = max(judged, key=lambda one: one[0])
    if fit is not Fit.OUTSIDE:
        return _Found(
            fit, evidence=evidence, derivation=_told(edition, [(t, _extent(t.pages)) for t in resolved.topics])
        )
    limits = [(topic, _verified_limit(edition, topic)) for topic in resolved.topics]
    sure = [(topic, limit) for topic, limit in limits if limit is not None and not _touch(pages, limit, 0)]
    places = sure if len(sure) == len(limits) else [(topic, _extent(topic.pages)) for topic in resolved.topics]
    mark = VERIFIED if places is sure else RECALLED
    return _Found(fit, mark, evidence, f"{_told(edition, places)}, not at {_printed(pages)}")


def _written_out(first: int, last: int) -> PageRange:
    """Pages as numbers: "103-4" is 103 to 104; a range that runs backwards is read the right way round."""
    if last < first and len(str(last)) < len(str(first)):
        last = int(str(first)[: -len(str(last))] + str(last))
    return min(first, last), max(first, last)


def _range(edition: Edition, topics: Iterable[Topic], pages: PageRange, request: Request) -> Fit:
    whole = [edition.topics[id_] for topic in topics for id_ in topic.line]
    if any(_touch(pages, own, 0) for topic in topics for own in topic.pages):
        return Fit.INSIDE
    if any(_touch(pages, own, _NEIGHBOURING) for topic in whole for own in topic.pages):
        return Fit.NEAR
    if any(own[0] <= pages[0] and pages[1] <= own[1] for topic in whole for own in topic.also):
        return Fit.NEAR
    if _page_of_the_request(edition, pages, request):
        return Fit.NEAR
    return Fit.OUTSIDE


def _touch(pages: PageRange, own: PageRange, slack: int) -> bool:
    return pages[0] <= own[1] + slack and own[0] - slack <= pages[1]


def _chapter(edition: Edition, ranges: Iterable[PageRange], evidence: tuple[Evidence, ...]) -> _Found:
    """The pages of a clinical chapter, which is short and whose sections overlap: any page of it will do."""
    own = [(edition.first_page, edition.last_page or edition.first_page), *edition.other_pages]
    told = f"{edition.title} ({edition.year}) stands at {_printed(own[0])}"
    wrong = next((pages for pages in ranges if not any(_touch(pages, one, _NEIGHBOURING) for one in own)), None)
    if wrong is None:
        return _Found(Fit.INSIDE, evidence=evidence, derivation=told)
    return _Found(Fit.OUTSIDE_CHAPTER, edition.extent_mark, evidence, f"{told}, not at {_printed(wrong)}")


def _page_of_the_request(edition: Edition, pages: PageRange, request: Request) -> bool:
    """Whether the pages belong to a topic that is not named but treats of what is asked for."""
    return any(
        own[0] <= pages[0] and pages[1] <= own[1] and _treats_of(topic, request)
        for topic in edition.topics.values()
        for own in topic.pages
    )


def _treats_of(topic: Topic, request: Request) -> bool:
    subject = topic.covers
    return not subject.anything and (topic.id in request.topics or subject.meets(request.subject))


def _without_heading(edition: Edition, ranges: Iterable[PageRange], request: Request) -> Fit:
    inside = all(
        any(
            _touch(pages, own, 0) and _treats_of(topic, request)
            for topic in edition.topics.values()
            for own in topic.pages
        )
        for pages in ranges
    )
    return Fit.INSIDE if inside else Fit.UNKNOWN


def _verified_limit(edition: Edition, topic: Topic) -> PageRange | None:
    """Between which pages a topic stands for sure: its own, those of the topic around it, or its bounds."""
    for id_ in topic.line:
        around = edition.topics[id_]
        if around.pages and around.pages_mark == VERIFIED:
            return _extent(around.pages)
    return topic.bounds


def _extent(pages: Iterable[PageRange]) -> PageRange:
    listed = list(pages)
    return min(first for first, _ in listed), max(last for _, last in listed)


def _told(edition: Edition, places: Iterable[tuple[Topic, PageRange]]) -> str:
    told = ", ".join(f"{topic.heading} within {_printed(pages)}" for topic, pages in places)
    return f"the {edition.year} edition has {told}"


def _printed(pages: PageRange) -> str:
    return f"page {pages[0]}" if pages[0] == pages[1] else f"pages {pages[0]} to {pages[1]}"
