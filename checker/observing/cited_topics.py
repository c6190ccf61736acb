"""Whether the sections of a citation are about what the item asks for, and about the right part of the body."""

from collections.abc import Iterable
from dataclasses import dataclass

from checker.knowledge.editions import RECALLED, VERIFIED, Edition, Guidelines, Topic
from checker.knowledge.outside import OutsideCitation
from checker.model.facts import UNKNOWN, Confidence, Evidence, Fact
from checker.observing.cited import CitedLine, MtusRead, OutsideRead
from checker.observing.request import Request

FITS = "fits"
UNRELATED = "unrelated"
UNLIKELY = "unlikely_but_right"
MISMATCH = "mismatch"
BY_ANALOGY = "by_analogy"
NONE = "none"
_IN_WORDS = "cite.topic_fit in words"
_IMAGE = "imaging"


@dataclass(frozen=True, slots=True)
class _Unit:
    """One section or citation: how it fits the subject and the part of the body, and the words it stands in."""

    subject: str
    region: str
    evidence: tuple[Evidence, ...]
    told: str
    mark: str = RECALLED
    weak: bool = False
    specific: bool = False


def topic_facts(line: CitedLine, request: Request, guidelines: Guidelines) -> list[Fact]:
    """Fit of the sections to the subject and the part of the body, for the reviewer's line."""
    units = [unit for read in line.mtus for unit in _mtus(line, read, request, guidelines)]
    units += [_outside(line, read, request) for read in line.outside]
    return [*_subject(units), *_region(units), *_better_home(line, units, request)]


def _subject(units: list[_Unit]) -> list[Fact]:
    right = [unit for unit in units if unit.subject in {FITS, BY_ANALOGY, UNLIKELY} and unit.region != MISMATCH]
    # A chapter for another part of the body is a finding of its own; its sections are not judged on top of that.
    judged = [unit for unit in units if unit.region != MISMATCH]
    wrong = [unit for unit in judged if unit.subject == UNRELATED and not (unit.weak and right)]
    open_ = [unit for unit in units if unit.subject == UNKNOWN]
    if wrong:
        shown = max(wrong, key=lambda unit: (unit.mark == VERIFIED, not unit.weak))
        words = tuple(dict.fromkeys(evidence for unit in (shown, *wrong) for evidence in unit.evidence))
        sure = Confidence.HIGH if shown.mark == VERIFIED else Confidence.MEDIUM
        return [
            Fact("cite.topic_fit", UNRELATED, words, sure, shown.told),
            Fact("cite.topic_mark", shown.mark, (), sure, shown.told),
            Fact("cite.topic_told", shown.told, derivation=_IN_WORDS),
            _beside(right, open_),
        ]
    value, told = NONE, "nothing is cited"
    for kind in (UNLIKELY, FITS, BY_ANALOGY, UNKNOWN):
        of_kind = [unit for unit in units if unit.subject == kind]
        if of_kind:
            value, told = (FITS if kind == BY_ANALOGY else kind), of_kind[0].told
            break
    sure = Confidence.HIGH if any(unit.subject == FITS for unit in units) else Confidence.MEDIUM
    return [
        Fact("cite.topic_fit", value, (), sure, told),
        Fact("cite.topic_mark", NONE),
        Fact("cite.topic_told", told, derivation=_IN_WORDS),
        _beside(right, open_),
    ]


def _beside(right: list[_Unit], open_: list[_Unit]) -> Fact:
    """Whether any citation of the line fits."""
    name = "cite.correct_beside"
    if right:
        return Fact(name, "yes", derivation=right[0].told)
    return Fact(name, UNKNOWN, derivation=open_[0].told) if open_ else Fact(name, "no", derivation="none fits")


def _region(units: list[_Unit]) -> list[Fact]:
    name, told = "cite.body_part_fit", "cite.body_part_told"
    judged = [unit for unit in units if unit.region != NONE]
    fitting = next((unit for unit in judged if unit.region == FITS), None)
    if fitting is not None:
        return [Fact(name, FITS, derivation=fitting.told), Fact(told, NONE)]
    if judged and all(unit.region == MISMATCH for unit in units):
        first = judged[0]
        return [
            Fact(name, MISMATCH, first.evidence, Confidence.HIGH, first.told),
            Fact(told, first.told, derivation=f"{name} in words"),
        ]
    if not judged:
        return [Fact(name, NONE), Fact(told, NONE)]
    return [Fact(name, UNKNOWN, derivation="the part of the body asked for is not known"), Fact(told, NONE)]


def _better_home(line: CitedLine, units: list[_Unit], request: Request) -> list[Fact]:
    """Whether the guideline cited has a section made for the request, and none of that kind is cited."""
    name = "cite.better_home"
    nothing = [Fact(name, "no"), Fact(f"{name}_told", NONE)]
    if any(unit.specific for unit in units) or not any(unit.subject == BY_ANALOGY for unit in units):
        return nothing
    for read in line.mtus:
        edition = read.resolved.edition
        if edition is None or not edition.sectioned or edition.regions:
            continue
        cited = {id_ for topic in read.resolved.topics for id_ in topic.line}
        for topic in edition.topics.values():
            if topic.id not in cited and _made_for(topic, request):
                told = f"{edition.title} ({edition.year}), {topic.heading}"
                evidence = (line.words_of(read.citation, read.resolved.cited[0].text),)
                return [
                    Fact(name, "yes", evidence, Confidence.MEDIUM, told),
                    Fact(f"{name}_told", told, derivation=f"{name} in words"),
                ]
    return nothing


def _made_for(topic: Topic, request: Request) -> bool:
    return not topic.covers.treatments.isdisjoint(request.subject.treatments) and topic.mark == VERIFIED


def _mtus(line: CitedLine, read: MtusRead, request: Request, guidelines: Guidelines) -> Iterable[_Unit]:
    edition = read.resolved.edition or (read.resolved.editions[0] if read.resolved.editions else None)
    if edition is None:
        yield _Unit(UNKNOWN, UNKNOWN, line.whole, "the guideline cited is not known")
        return
    if not read.resolved.cited:
        yield _whole_edition(line, read, edition, request, guidelines)
        return
    for cited in read.resolved.cited:
        evidence = (line.words_of(read.citation, cited.text),)
        if cited.topic is None:
            yield _Unit(UNKNOWN, _edition_region(edition, request), evidence, "a section cited is not in the tables")
            continue
        topic = cited.topic
        yield _Unit(
            subject=_topic_subject(edition, topic, request, guidelines),
            region=_topic_region(edition, topic, request),
            evidence=evidence,
            told=f"{edition.title} ({edition.year}), {topic.heading}",
            mark=topic.mark,
            weak=bool(edition.regions),
            specific=_topic_fits(edition, topic, request),
        )


def _whole_edition(
    line: CitedLine, read: MtusRead, edition: Edition, request: Request, guidelines: Guidelines
) -> _Unit:
    """A citation that names a guideline and no section of it."""
    evidence = (Evidence(line.whole[0].part, read.citation.span),) if line.whole else ()
    region = _edition_region(edition, request)
    told = f"{edition.title} ({edition.year})"
    if not edition.covers.known:
        return _Unit(FITS if region == FITS else UNKNOWN, region, evidence, told)
    if edition.covers.meets(request.subject):
        return _Unit(FITS, region, evidence, told, specific=True)
    if not request.known or request.category in guidelines.lenient or (edition.of_one_kind and edition.sectioned):
        return _Unit(UNKNOWN, region, evidence, told)
    return _Unit(UNRELATED, region, evidence, told, mark=VERIFIED if not edition.sectioned else RECALLED)


def _topic_fits(edition: Edition, topic: Topic, request: Request) -> bool:
    if topic.covers.anything:
        return False
    linked = {topic.id, topic.same_as} & request.topics or any(
        topic.id in edition.topics[id_].line for id_ in request.topics if id_ in edition.topics
    )
    return bool(linked) or topic.covers.meets(request.subject)


def _topic_subject(edition: Edition, topic: Topic, request: Request, guidelines: Guidelines) -> str:
    if _topic_fits(edition, topic, request):
        return FITS
    around = [edition.topics.get(id_, topic) for id_ in topic.line]  # a heading may be of the other edition
    if any(t.covers.anything for t in around) or request.category in guidelines.lenient:
        return BY_ANALOGY
    if any(t.covers.meets(request.subject) or t.may_serve.meets(request.subject) for t in around):
        return BY_ANALOGY
    if not request.known or not topic.covers.known:
        return UNKNOWN
    return UNRELATED


def _topic_region(edition: Edition, topic: Topic, request: Request) -> str:
    if not topic.regions:
        return _edition_region(edition, request)
    if not request.regions:
        return UNKNOWN
    return MISMATCH if topic.regions.isdisjoint(request.regions) else FITS


def _edition_region(edition: Edition, request: Request) -> str:
    if not edition.regions:
        return NONE
    shared = edition.shared_regions
    if request.category == _IMAGE:  # the neck may be cited for what it sends into the arm, not for a picture of that
        shared -= edition.imaged_elsewhere
    return _region_of(edition.regions | shared, request)


def _region_of(regions: frozenset[str], request: Request) -> str:
    if not request.regions:
        return UNKNOWN
    return MISMATCH if regions.isdisjoint(request.regions) else FITS


def _outside(line: CitedLine, read: OutsideRead, request: Request) -> _Unit:
    meaning = read.meaning
    told = "a source outside the MTUS" if meaning is None else f"a chapter of {meaning.guideline}"
    if meaning is None:
        return _Unit(UNKNOWN, UNKNOWN, (), told)
    mistaken = next((home for home in meaning.homes if home.not_words.find(request.text)), None)
    if mistaken is not None and mistaken.covers.meets(request.subject):
        return _Unit(UNRELATED, NONE, line.words_outside(read), f"the entry on {mistaken.what}", mistaken.mark)
    if meaning.chapter is not None and meaning.chapter.elsewhere.meets(request.subject):
        # told as far as it is remembered
        return _Unit(UNRELATED, NONE, line.words_outside(read), f"{told} that is for no part of the body", RECALLED)
    if meaning.chapter is None or meaning.chapter.general:
        return _Unit(UNKNOWN, NONE, (), told)
    shared = meaning.chapter.shared_regions
    if request.category == _IMAGE:
        shared -= meaning.chapter.imaged_elsewhere
    region = _region_of(meaning.chapter.regions | shared, request)
    if region == FITS or _at_home(meaning, request):
        return _Unit(FITS, FITS, (), told) if region == FITS else _Unit(UNLIKELY, NONE, (), told)
    return _Unit(UNKNOWN, region, line.words_outside(read) if region == MISMATCH else (), told)


def _at_home(meaning: OutsideCitation, request: Request) -> bool:
    """Whether the guideline keeps the subject in that chapter although it is named after another part of the body."""
    chapter = meaning.chapter
    named = any(chapter and chapter.id in home.chapters for home in meaning.homes)
    return named or any(
        chapter and chapter.id in home.chapters and home.covers.meets(request.subject)
        for home in meaning.guideline_homes
    )
