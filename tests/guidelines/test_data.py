"""The tables under rules/guidelines agree with each other, with the lexicon and with the list of sources."""

import datetime
import itertools
from collections.abc import Iterator

import pytest

from checker.knowledge.editions import Edition, Topic
from checker.knowledge.guidelines import Guidelines
from checker.knowledge.lexicon import Lexicon
from checker.knowledge.resources import rules_folder
from checker.knowledge.sources import load_sources
from checker.knowledge.subjects import Subject
from checker.knowledge.yamlfile import load_yaml

PAIN_2009 = "mtus-chronic-pain-2009"


def every_topic(guidelines: Guidelines) -> Iterator[Topic]:
    for edition in guidelines.editions.values():
        yield from edition.topics.values()


def every_subject(guidelines: Guidelines) -> Iterator[tuple[str, Subject]]:
    for edition in guidelines.editions.values():
        yield edition.id, edition.covers
    for topic in every_topic(guidelines):
        yield f"{topic.edition} {topic.id}", topic.covers
        yield f"{topic.edition} {topic.id}", topic.may_serve
    for outside in guidelines.outside:
        for home in outside.homes:
            yield f"{outside.id} {home.what}", home.covers


def test_every_edition_the_letters_cite_is_there(guidelines: Guidelines) -> None:
    wanted = {
        PAIN_2009, "mtus-chronic-pain-2016", "mtus-opioids-2016", "mtus-acupuncture-2007", "mtus-postsurgical-2009",
        "mtus-general-approaches-2004", "mtus-neck-2004", "mtus-shoulder-2004", "mtus-elbow-2007", "mtus-hand-2004",
        "mtus-low-back-2004", "mtus-knee-2004", "mtus-ankle-foot-2004", "mtus-stress-2004", "mtus-eye-2004",
    }  # fmt: skip
    assert set(guidelines.editions) == wanted
    assert {outside.id for outside in guidelines.outside} == {"odg", "acoem-later"}


def test_topics_of_the_lexicon_are_topics_of_the_2009_edition(guidelines: Guidelines, lexicon: Lexicon) -> None:
    linked = {topic for drug in lexicon.drugs.values() for topic in drug.topics}
    linked |= {topic for treatment in lexicon.treatments.values() for topic in treatment.topics}
    assert linked, "the lexicon links no topic"
    assert linked - set(guidelines.editions[PAIN_2009].topics) == set()


def test_what_topics_cover_is_in_the_lexicon(guidelines: Guidelines, lexicon: Lexicon) -> None:
    classes = {drug.drug_class for drug in lexicon.drugs.values()}
    actives = {active for drug in lexicon.drugs.values() for active in drug.ingredients}
    missing = {
        (where, word)
        for where, subject in every_subject(guidelines)
        for word in (subject.classes - classes) | (subject.treatments - set(lexicon.treatments))
    }
    assert missing == set()
    unknown = {active for _, subject in every_subject(guidelines) for active in subject.actives - actives}
    assert unknown <= {"boswellia", "chondroitin"}, "actives that the lexicon does not hold"


def test_regions_are_made_of_parts_of_the_lexicon(guidelines: Guidelines) -> None:
    document = load_yaml(rules_folder() / "lexicon" / "body-parts.yaml")
    assert isinstance(document.data, dict)
    rows = document.data["parts"]
    assert isinstance(rows, list)
    known = {row["id"] for row in rows if isinstance(row, dict)}
    assert set(guidelines.regions) - known == set()
    regions = {region for of in guidelines.regions.values() for region in of}
    for edition in guidelines.editions.values():
        assert edition.regions | edition.shared_regions <= regions, edition.id
        assert all(topic.regions <= regions for topic in edition.topics.values()), edition.id
    for outside in guidelines.outside:
        for chapter in outside.chapters.values():
            assert chapter.regions | chapter.shared_regions <= regions, chapter.id
            assert chapter.general != bool(chapter.regions), f"{chapter.id}: general, or for some regions"


def test_homes_lie_in_chapters_that_exist(guidelines: Guidelines) -> None:
    for outside in guidelines.outside:
        for home in outside.homes:
            assert home.chapters <= set(outside.chapters), home.what


def test_editions_agree_with_the_list_of_sources(guidelines: Guidelines) -> None:
    sources = load_sources(rules_folder()).by_id
    for edition in guidelines.editions.values():
        source = sources[edition.id]
        assert (edition.first, edition.last) == (source.in_force.from_, source.in_force.to), edition.id
        if edition.paged:
            assert edition.last_page == source.pages


def test_editions_of_one_guideline_do_not_overlap(guidelines: Guidelines) -> None:
    for editions in guidelines.families.values():
        for earlier, later in itertools.pairwise(editions):
            assert earlier.last is not None
            assert later.first - earlier.last == datetime.timedelta(days=1), later.id


def test_verified_pages_rest_on_a_source(guidelines: Guidelines) -> None:
    for name, sources in guidelines.sources.items():
        data = load_yaml(rules_folder() / "guidelines" / name).data
        assert isinstance(data, dict)
        for row in _rows(data):
            for mark, source in (("mark", "source"), ("pages_mark", "pages_source")):
                if row.get(mark) == "verified":
                    assert row[source] != "background", f"{name}: {row}"
                    assert row[source] in sources, f"{name}: {row}"
            assert ("seen" in row) == ("seen_in" in row), f"{name}: {row}"


def _rows(value: object) -> Iterator[dict[str, object]]:
    if isinstance(value, dict):
        yield value
        for below in value.values():
            yield from _rows(below)
    elif isinstance(value, list):
        for below in value:
            yield from _rows(below)


def test_pages_lie_in_the_edition_and_parts_in_their_topic(guidelines: Guidelines) -> None:
    for topic in every_topic(guidelines):
        edition = guidelines.editions[topic.edition]
        for low, high in (*topic.pages, *topic.seen, *topic.also):
            assert low <= high
            if edition.last_page is not None:
                assert edition.first_page <= low, f"{topic.edition} {topic.id}"
                assert high <= edition.last_page, f"{topic.edition} {topic.id}"
        for around in topic.line[1:]:
            assert set(topic.pages) <= set(edition.topics[around].pages)


def test_what_was_seen_stands_in_the_order_of_the_alphabet(guidelines: Guidelines) -> None:
    """The order is the reason why a page seen for one topic bounds the others; it must hold for all that was seen."""
    edition = guidelines.editions[PAIN_2009]
    top = [t for t in edition.topics.values() if not t.parent and t.seen and t.id != "introduction"]
    assert len(top) >= 6
    by_page = sorted(top, key=lambda topic: topic.seen[0])
    by_name = sorted(top, key=lambda topic: "".join(c for c in topic.heading.lower() if c.isalnum()))
    assert [t.id for t in by_page] == [t.id for t in by_name]


def test_recalled_pages_lie_between_the_bounds_that_were_seen(guidelines: Guidelines) -> None:
    bounded = [t for t in guidelines.editions[PAIN_2009].topics.values() if t.bounds and t.pages]
    assert len(bounded) > 80
    for topic in bounded:
        assert topic.bounds is not None
        assert topic.bounds[0] <= topic.pages[0][0], topic.id
        assert max(high for _, high in topic.pages) <= topic.bounds[1] + 1, topic.id


@pytest.mark.parametrize(
    ("edition", "day", "in_force"),
    [
        (PAIN_2009, datetime.date(2009, 7, 17), False),
        (PAIN_2009, datetime.date(2009, 7, 18), True),
        (PAIN_2009, datetime.date(2016, 7, 28), True),
        (PAIN_2009, datetime.date(2016, 7, 29), False),
        ("mtus-chronic-pain-2016", datetime.date(2016, 7, 28), False),
        ("mtus-chronic-pain-2016", datetime.date(2016, 7, 29), True),
        ("mtus-chronic-pain-2016", datetime.date(2017, 12, 1), False),
        ("mtus-postsurgical-2009", datetime.date(2020, 1, 1), True),
    ],
)
def test_days_in_force(guidelines: Guidelines, edition: str, day: datetime.date, in_force: bool) -> None:
    found: Edition = guidelines.editions[edition]
    assert found.in_force_on(day) is in_force
