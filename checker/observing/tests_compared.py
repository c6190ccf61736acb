"""Tests of the examination: what a rationale says of them against what the case summary records of the same ones."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from checker.knowledge.concepts import Kind
from checker.knowledge.idiom import Idiom
from checker.knowledge.lexicon import Lexicon
from checker.language.phrases import fold
from checker.model.facts import UNKNOWN, Assertion, Confidence, Fact
from checker.observing.items_compared import same_parts
from checker.observing.located import Place, place_of_request
from checker.observing.statuses import Told, place_told

_NAME = "compare.tests"
_TEST: Kind = "examination-test"
_NAMED, _PLACE, _GENERAL = "tests-of-", "place-of-", "tests-in-general"
_FOR = "tests-for-a-purpose"
_SAME = "same-test-"
_STEM = 4
"""So many letters tell one test from another: Phalen's, Phalens."""

_MOST = 400
"""So many code points of a request are looked at."""

_AGAINST: Mapping[Assertion, tuple[Assertion, str]] = {
    Assertion.DENIED: (Assertion.DOCUMENTED, "opposite"),
    Assertion.NOT_DOCUMENTED: (Assertion.DOCUMENTED, "recorded"),
    Assertion.DOCUMENTED: (Assertion.DENIED, "opposite"),
}


@dataclass(frozen=True, slots=True)
class _Result:
    """A result with the tests it is of: the family and the beginnings of their names, none where no test is named."""

    told: Told
    tests: frozenset[tuple[str, str]]
    place: Place

    @property
    def status(self) -> Assertion:
        return self.told.observation.status

    @property
    def families(self) -> frozenset[str]:
        return frozenset(family for family, _ in self.tests)


class TestsOfSummary:
    """The results of tests that the case summary names.

    Args:
        summary: Assertions of the case summary.
        lexicon: Words for sides and limbs.
    """

    __test__ = False
    __slots__ = ("_lexicon", "_results")

    def __init__(self, summary: Iterable[Told], lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._results = [r for r in _results(summary, lexicon) if r.tests]

    def fact(self, request: str, rationale: Sequence[Told], idiom: Idiom) -> Fact:
        """``compare.tests`` of one item.

        Args:
            request: The words of the request.
            rationale: Assertions of its rationale.
            idiom: Marks, for the place that the request is for.
        """
        asked = place_of_request(request, self._lexicon)
        said = [r for r in _results(rationale, self._lexicon) if r.status in _AGAINST]
        for result in said:
            wanted, value = _AGAINST[result.status]
            families = frozenset() if result.tests else _families(result.told, request, idiom)
            same = [r for r in self._results if self._of_the_same(result, r, families, asked)]
            if any(r.status is result.status for r in same) and (result.tests or wanted is Assertion.DENIED):
                continue  # of two visits, or of the other side
            other = next((r for r in same if r.status is wanted), None)
            if other is not None and (result.tests or wanted is Assertion.DOCUMENTED):
                evidence = (result.told.named.whole, other.told.named.whole)
                return Fact(_NAME, value, evidence, Confidence.MEDIUM, "the summary has it otherwise")
        if not said:
            return Fact(_NAME, UNKNOWN, derivation="the rationale tells of no test")
        return Fact(_NAME, "same", derivation="the summary says nothing else of these tests")

    def _of_the_same(self, result: _Result, other: _Result, families: frozenset[str], asked: Place) -> bool:
        if not (result.tests & other.tests if result.tests else families & other.families):
            return False
        if result.place.within(asked).elsewhere(other.place):
            return False
        # the family of tests without a name tells the part: "drop arm" is of the shoulder
        return not result.tests or same_parts(result.told.named, other.told.named, self._lexicon)


def _results(told: Iterable[Told], lexicon: Lexicon) -> list[_Result]:
    return [
        _Result(t, _tests(t), place_told(t, lexicon))
        for t in told
        if _TEST in t.kinds and (t.observation.confidence is not Confidence.LOW or t.named.marks(_FOR))
    ]


def _tests(told: Told) -> frozenset[tuple[str, str]]:
    """The tests that an assertion names; the names of one test ("SLR", "Lasegue") are one."""
    folded = told.named.passage.folded
    start, end = told.stretch
    names = {at: mark for mark, places in told.named.marked.items() if mark.startswith(_SAME) for at, _ in places}
    return frozenset(
        (mark.removeprefix(_NAMED), names.get(at) or folded[at : at + _STEM + 1].removeprefix("+")[:_STEM])
        for mark, places in told.named.marked.items()
        if mark.startswith(_NAMED)
        for at, stop in places
        if at < end and start < stop
    )


def _families(told: Told, request: str, idiom: Idiom) -> frozenset[str]:
    """The tests that are meant where none is named: by the place that the sentence names, else by the request."""
    if not told.named.marks(_GENERAL):
        return frozenset()
    here = {m.removeprefix(_PLACE) for m in told.named.marked if m.startswith(_PLACE)}
    if not here:
        here = {
            h.entry.id.removeprefix(_PLACE) for h in idiom.hits(fold(request[:_MOST])) if h.entry.id.startswith(_PLACE)
        }
    return frozenset(here)
