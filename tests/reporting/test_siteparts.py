"""Counts that are added up from parts are those of letters counted one after the other, whatever is counted."""

from collections.abc import Sequence
from typing import Any

import pytest

from checker.batch.letters import Letter, Tally
from checker.batch.statistics import Statistics
from checker.reporting.gathered import Gathered
from checker.reporting.siteparts import SitePart, SitePartMaker
from checker.review.progress import Progress
from checker.review.standing import State
from tests.reporting import samples
from tests.reporting.reports import WORDS, site_maker
from tests.review.statements import statement


def values(of: object) -> Any:
    """All that an object holds, however deep, so that no count can be forgotten."""
    if isinstance(of, dict):
        return {repr(key): values(held) for key, held in of.items()}
    if isinstance(of, (list, tuple)):
        return [values(held) for held in of]
    slots = getattr(type(of), "__slots__", None)
    if type(of).__module__.startswith("checker.") and (slots or hasattr(of, "__dict__")):
        return {name: values(getattr(of, name)) for name in slots or vars(of)}
    return repr(of)


def letters() -> list[Letter]:
    return [
        samples.pain("a"),
        samples.clean("b"),
        samples.unreadable(),
        samples.foreign("c"),
        samples.hostile("d"),
        samples.pain("e"),
        samples.clean("f"),
        samples.unreadable(),
    ]


@pytest.mark.parametrize("cuts", [(3,), (1, 2, 5), range(1, 8)])
def test_statistics_are_the_same(cuts: Sequence[int]) -> None:
    whole, parts = Statistics(), Statistics()
    for letter in letters():
        whole.add(letter)
    for first, last in zip((0, *cuts), (*cuts, 8), strict=True):
        part = Statistics()
        for letter in letters()[first:last]:
            part.add(letter)
        parts.take(part)
    assert values(parts) == values(whole)


def test_reasons_beyond_those_counted_by_name_go_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("checker.batch.statistics.DISTINCT", 2)
    test_statistics_are_the_same((1, 2, 3, 4, 5, 6, 7))


@pytest.mark.parametrize("cut", range(1, 8))
def test_what_a_report_gathers_is_the_same(cut: int) -> None:
    missed = {"exact": "low back pain", "prefix": "", "suffix": "", "start": 0, "end": 13}
    said = [statement(doc="a", verdict="missed", words=missed), statement(doc="b", verdict="clean")]
    maker = site_maker(said)
    whole, parts = Gathered(WORDS, maker.reviewed), Gathered(WORDS, maker.reviewed)
    whole.take(made(letters(), 0, maker).gathered)
    for some, start in ((letters()[:cut], 0), (letters()[cut:], cut)):
        parts.take(made(some, start, maker).gathered)
    assert values(parts.part()) == values(whole.part())
    one_by_one = Gathered(WORDS, maker.reviewed)
    for place, (letter, row) in enumerate(zip(letters(), made(letters(), 0, maker).rows, strict=True)):
        one_by_one.add(place, letter, row.address)
    assert values(whole.part()) == values(one_by_one.part())


def made(some: Sequence[Letter], start: int, maker: Any) -> SitePart:
    part = SitePartMaker(maker, start)
    for letter in some:
        part.add(letter)
    return part.part()


def test_tallies_and_progress_add_up() -> None:
    whole, parts = Tally(), Tally()
    progress, taken = Progress(), Progress()
    for number, letter in enumerate(letters()):
        part, of_part = Tally(hidden=number, baselined=1, unchanged=2), Progress()
        for tally in (whole, part):
            tally.add(letter)
        for one in (progress, of_part):
            one.add(f"C{number % 2}", f"R{number % 3}", list(State)[number % 3])
        whole.hidden += number
        whole.baselined += 1
        whole.unchanged += 2
        parts.take(part)
        taken.take(of_part)
    assert parts == whole
    assert values(taken) == values(progress)


def test_copies_of_a_letter_have_pages_of_their_own() -> None:
    maker = site_maker()
    first = made([samples.pain("a"), samples.pain("a")], 0, maker)
    addresses = [row.address for row in first.rows]
    assert len(set(addresses)) == 2
    renamed = first.renamed({addresses[0]: "d/x.html"})
    assert [row.page for row in renamed.rows] == ["d/x.html", addresses[1]]
    assert [page.address for page in renamed.pages] == ["d/x.html", addresses[1]]
    told = {found.place: found.address.partition("#")[0] for found in renamed.gathered.listed}
    assert told == {0: "d/x.html", 1: addresses[1]}
    assert renamed.gathered.following is not None
    assert renamed.gathered.following[3].startswith("d/x.html#")
