"""Reading ``rules/guidelines``: one file an edition, one a guideline outside the MTUS, and the framework."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from checker.knowledge.editions import (
    RECALLED,
    VERIFIED,
    Absent,
    Edition,
    Guidelines,
    PageRange,
    Phase,
    Topic,
)
from checker.knowledge.guideline_files import (
    EditionFile,
    EditionSpec,
    FrameworkFile,
    FrameworkSpec,
    OutsideFile,
    OutsideSpec,
    PhaseSpec,
    SectionSpec,
    SourceSpec,
    TopicSpec,
)
from checker.knowledge.headings import Heading, HeadingIndex, tokens, words
from checker.knowledge.outside import build_outside
from checker.knowledge.problems import Problem, Problems
from checker.knowledge.schema import load_model
from checker.knowledge.subjects import Subject, subject
from checker.knowledge.wordings import Wording
from checker.knowledge.yamlfile import Document
from checker.language.phrases import PhraseError, compile_phrase

__all__ = ["Absent", "Edition", "Guidelines", "Phase", "Topic", "load_guidelines"]

FOLDER = "guidelines"
FRAMEWORK = "framework.yaml"

_Pages = Callable[[TopicSpec], tuple[PageRange, ...]]
_SOURCE_KEYS = frozenset({"source", "pages_source", "seen_in"})


def load_guidelines(rules: Path) -> Guidelines:
    """Reads ``rules/guidelines``.

    Args:
        rules: The folder of the rules.

    Returns:
        The guidelines, ready for lookups.

    Raises:
        RuleError: Every mistake of every file: unknown keys, a source that the file does not list, a parent or section
            that does not exist, an id that stands twice.
    """
    folder = rules / FOLDER
    problems = Problems()
    framework: FrameworkSpec | None = None
    framed: Document | None = None
    sources: dict[str, Mapping[str, SourceSpec]] = {}
    with problems.gathered():
        file, framed = load_model(folder / FRAMEWORK, FrameworkFile)
        framework, sources[FRAMEWORK] = file.framework, file.sources
        problems.add(*_unknown_sources(framed, file.sources), *_unreadable_phrases(framed, framework))
    editions: dict[str, Edition] = {}
    specs: list[EditionSpec] = []
    outside: list[OutsideSpec] = []
    for path in sorted(folder.glob("*.yaml")):
        if path.name == FRAMEWORK or framework is None:
            continue
        with problems.gathered():
            if path.name.startswith("mtus-"):
                edition_file, document = load_model(path, EditionFile)
                spec = edition_file.guideline
                sources[path.name] = edition_file.sources
                problems.add(*_unknown_sources(document, edition_file.sources), *_mistakes(document, spec, framework))
                editions[spec.id] = _edition(spec, framework)
                specs.append(spec)
            else:
                outside_file, document = load_model(path, OutsideFile)
                sources[path.name] = outside_file.sources
                problems.add(*_unknown_sources(document, outside_file.sources))
                outside.append(outside_file.outside)
    if framework is not None and framed is not None:
        problems.add(*_unknown_homes(framed, framework, editions))
    problems.refuse()
    if framework is None:  # not reached: a framework that cannot be read is a problem
        raise FileNotFoundError(FRAMEWORK)
    return _guidelines(framework, specs, editions, outside, sources)


def _guidelines(
    framework: FrameworkSpec,
    specs: list[EditionSpec],
    editions: Mapping[str, Edition],
    outside: list[OutsideSpec],
    sources: Mapping[str, Mapping[str, SourceSpec]],
) -> Guidelines:
    families: dict[str, list[Edition]] = {}
    cores: dict[frozenset[str], str] = {}
    chapters: dict[str, str] = {}
    generic = ""
    for spec in specs:
        families.setdefault(spec.family.id, []).append(editions[spec.id])
        for core in spec.family.core:
            cores[tokens(" ".join(core))] = spec.family.id
        if spec.family.chapter:
            chapters[spec.family.chapter] = spec.family.id
        if spec.family.generic:
            generic = spec.family.id
    regions: dict[str, set[str]] = {}
    for region in framework.regions:
        for part in region.parts:
            regions.setdefault(part, set()).add(region.id)
    return Guidelines(
        editions=dict(editions),
        families={family: tuple(sorted(of, key=lambda e: e.first)) for family, of in sorted(families.items())},
        cores=tuple(sorted(cores.items(), key=lambda item: (-len(item[0]), sorted(item[0])))),
        chapters=chapters,
        generic=generic,
        outside=tuple(build_outside(spec) for spec in sorted(outside, key=lambda spec: spec.id, reverse=True)),
        framework=framework,
        slack={slack.basis: (slack.before, slack.after) for slack in framework.slack},
        regions={part: frozenset(of) for part, of in sorted(regions.items())},
        lenient=frozenset(framework.lenient.categories),
        noise=frozenset(word for phrase in framework.noise for word in words(phrase)),
        wordings=_wordings(framework),
        sources=dict(sources),
    )


def _wordings(framework: FrameworkSpec) -> dict[str, Wording]:
    return {
        "accompanies": Wording(framework.accompanies.phrases),
        "leaves_mtus": Wording(framework.leaves_mtus.phrases),
        "any_phase": Wording(framework.any_phase.phrases),
    }


def _edition(spec: EditionSpec, framework: FrameworkSpec) -> Edition:
    topics = _topics(spec, framework)
    absent = {f"absent:{n}": Absent(a.heading, a.why, a.mark) for n, a in enumerate(spec.absent)}
    extent = spec.extent
    return Edition(
        id=spec.id,
        family=spec.family.id,
        title=spec.title,
        year=spec.year,
        other_years=tuple(spec.other_years),
        regulation=spec.regulation,
        first=spec.in_force.first,
        last=spec.in_force.last,
        in_force_mark=spec.in_force.mark,
        first_page=extent.first if extent else 1,
        last_page=extent.last if extent else None,
        extent_mark=extent.mark if extent else RECALLED,
        other_pages=extent.other if extent else (),
        paged=spec.paged,
        sectioned=spec.sectioned,
        of_one_kind=spec.of_one_kind,
        numbered=spec.numbered,
        depth=spec.depth,
        signs=tuple(tokens(sign) for sign in spec.signs),
        regions=frozenset(spec.regions),
        shared_regions=frozenset(spec.shared_regions),
        imaged_elsewhere=frozenset(spec.imaged_elsewhere),
        covers=subject(spec.covers),
        phase=_phase(spec.phase),
        topics=topics,
        absent=absent,
        headings=_headings(spec, topics, absent, framework),
        by_number={topic.number: topic for topic in topics.values() if topic.number},
    )


def _headings(
    spec: EditionSpec, topics: Mapping[str, Topic], absent: Mapping[str, Absent], framework: FrameworkSpec
) -> HeadingIndex:
    synonyms: dict[str, tuple[str, ...]] = {t.id: t.synonyms for t in spec.topics}
    for section in framework.sections.get(spec.standard_sections, ()):
        synonyms.setdefault(section.id, section.synonyms)
    headings = [Heading(topic.id, topic.heading) for topic in topics.values()]
    headings += [Heading(key, one.heading) for key, one in absent.items()]
    headings += [Heading(topic, name) for topic, names in synonyms.items() for name in names]
    return HeadingIndex(headings, {topic.id: topic.parent for topic in topics.values()})


def _topics(spec: EditionSpec, framework: FrameworkSpec) -> dict[str, Topic]:
    specs = {t.id: t for t in spec.topics}
    for section in framework.sections.get(spec.standard_sections, ()):
        specs.setdefault(section.id, _as_topic(section, spec))
    children: dict[str, list[TopicSpec]] = {}
    for topic in specs.values():
        children.setdefault(topic.parent, []).append(topic)
    seen = {id_: _all_pages(t, children, lambda one: one.seen) for id_, t in specs.items()}
    bounds = _bounds(spec, specs, seen)
    topics: dict[str, Topic] = {}
    for id_, topic in specs.items():
        line = _line(topic, specs)
        topics[id_] = Topic(
            edition=spec.id,
            id=id_,
            heading=topic.heading,
            number=topic.number,
            parent=topic.parent,
            line=line,
            pages=_all_pages(topic, children, lambda one: one.pages),
            pages_mark=topic.pages_mark,
            also=_all_pages(topic, children, lambda one: one.also),
            seen=seen[id_],
            bounds=None if spec.order and not set(line).isdisjoint(spec.order.except_for) else bounds.get(line[-1]),
            covers=_whole_subject(topic, children),
            may_serve=subject(topic.may_serve),
            regions=frozenset(topic.regions),
            phase=_phase_of(line, specs, spec),
            same_as=topic.same_as or id_,
            mark=topic.mark,
        )
    return topics


def _as_topic(section: SectionSpec, spec: EditionSpec) -> TopicSpec:
    where = next((pages for pages in spec.section_pages if pages.section == section.id), None)
    return TopicSpec(
        id=section.id,
        heading=section.heading,
        synonyms=section.synonyms,
        pages=where.pages if where else (),
        pages_source=where.source if where else "",
        pages_mark=where.mark if where else "recalled",
        covers=section.covers,
        may_serve=section.may_serve,
        mark=section.mark,
        source=section.source,
    )


def _line(topic: TopicSpec, specs: Mapping[str, TopicSpec]) -> tuple[str, ...]:
    line = [topic.id]
    while specs[line[-1]].parent in specs and specs[line[-1]].parent not in line:
        line.append(specs[line[-1]].parent)
    return tuple(line)


def _phase_of(line: tuple[str, ...], specs: Mapping[str, TopicSpec], spec: EditionSpec) -> Phase | None:
    for id_ in line:
        topic = specs[id_]
        if topic.any_phase:
            return None
        if topic.phase:
            return _phase(topic.phase)
    return _phase(spec.phase)


def _phase(spec: PhaseSpec | None) -> Phase | None:
    if spec is None:
        return None
    return Phase(spec.name, spec.from_days, spec.to_days, spec.names_duration, spec.mark)


def _all_pages(topic: TopicSpec, children: Mapping[str, list[TopicSpec]], of: _Pages) -> tuple[PageRange, ...]:
    pages = set(of(topic))
    for child in children.get(topic.id, ()):
        pages.update(_all_pages(child, children, of))
    return tuple(sorted(pages))


def _whole_subject(topic: TopicSpec, children: Mapping[str, list[TopicSpec]]) -> Subject:
    whole = subject(topic.covers)
    for child in children.get(topic.id, ()):
        whole = whole.joined(_whole_subject(child, children))
    return whole


def _bounds(
    spec: EditionSpec, specs: Mapping[str, TopicSpec], seen: Mapping[str, tuple[PageRange, ...]]
) -> dict[str, PageRange]:
    """Between which pages each topic of the first level must stand, where the topics are in alphabetical order."""
    if spec.order is None or spec.order.mark != VERIFIED or spec.extent is None:
        return {}
    top = [t for t in specs.values() if not t.parent and t.id not in spec.order.except_for]
    anchors = sorted((_sort_key(t.heading), *_first_and_last(seen[t.id])) for t in top if seen[t.id])
    bounds = {}
    for topic in top:
        key = _sort_key(topic.heading)
        before = [last for anchor, _, last in anchors if anchor < key]
        after = [first for anchor, first, _ in anchors if anchor > key]
        bounds[topic.id] = (max(before, default=spec.extent.first), min(after, default=spec.extent.last))
    return bounds


def _first_and_last(pages: tuple[PageRange, ...]) -> PageRange:
    return min(first for first, _ in pages), max(last for _, last in pages)


def _sort_key(heading: str) -> str:
    return "".join(character for character in heading.lower() if character.isalnum())


def _unknown_sources(document: Document, sources: Mapping[str, SourceSpec]) -> list[Problem]:
    """Keys of sources that the file uses and does not list."""
    found: list[Problem] = []

    def walk(value: object, keys: tuple[str | int, ...]) -> None:
        if isinstance(value, dict):
            for key, below in value.items():
                if key in _SOURCE_KEYS and isinstance(below, str) and below not in sources:
                    found.append(document.problem((*keys, key), f"{below} is not among the sources of the file"))
                walk(below, (*keys, key))
        elif isinstance(value, list):
            for number, below in enumerate(value):
                walk(below, (*keys, number))

    data = document.data
    if isinstance(data, dict):
        walk({key: value for key, value in data.items() if key != "sources"}, ())
    return found


def _unreadable_phrases(document: Document, framework: FrameworkSpec) -> Iterable[Problem]:
    for name in ("accompanies", "leaves_mtus", "any_phase"):
        phrases: tuple[str, ...] = getattr(framework, name).phrases
        for number, phrase in enumerate(phrases):
            try:
                compile_phrase(phrase)
            except PhraseError as error:
                yield document.problem(("framework", name, "phrases", number), str(error))


def _unknown_homes(document: Document, framework: FrameworkSpec, editions: Mapping[str, Edition]) -> Iterable[Problem]:
    """Homes of a text that is restated which no edition has."""
    for number, restated in enumerate(framework.restated):
        for home in restated.homes:
            edition, _, topic = home.partition("/")
            if edition not in editions or (topic and topic not in editions[edition].topics):
                keys = ("framework", "restated", number, "homes")
                yield document.problem(keys, f"{home} is no edition, and no topic of one")


def _mistakes(document: Document, spec: EditionSpec, framework: FrameworkSpec) -> Iterable[Problem]:
    """What the models cannot see: ids that stand twice, parents that do not exist, pages that run backwards."""
    known = {t.id for t in spec.topics} | {s.id for s in framework.sections.get(spec.standard_sections, ())}
    if spec.standard_sections and spec.standard_sections not in framework.sections:
        yield document.problem(("guideline", "standard_sections"), "is no table of framework.yaml")
    first: dict[str, int] = {}
    for number, topic in enumerate(spec.topics):
        keys = ("guideline", "topics", number)
        if topic.id in first:
            yield document.problem((*keys, "id"), f"{topic.id} stands here twice")
        first.setdefault(topic.id, number)
        if topic.parent and topic.parent not in known:
            yield document.problem((*keys, "parent"), f"{topic.parent} is no topic of the file")
        for key in ("pages", "seen", "also"):
            ranges: tuple[PageRange, ...] = getattr(topic, key)
            if any(low > high for low, high in ranges):
                yield document.problem((*keys, key), "a range runs backwards")
        if topic.pages and not topic.pages_source:
            yield document.problem((*keys, "pages"), "have no source", "add pages_source")
    for number, where in enumerate(spec.section_pages):
        if where.section not in known:
            yield document.problem(("guideline", "section_pages", number, "section"), f"{where.section} is no section")
