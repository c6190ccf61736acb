"""What an assertion or a sentence weighs: whether it grants a criterion or is held against the request."""

from collections.abc import Mapping, Sequence

from checker.knowledge.concepts import ConceptModel, Kind
from checker.model.facts import Assertion
from checker.observing.mentions import Named
from checker.observing.statuses import Told

LIMIT: Kind = "over-limit"
"""The kind of concept that tells of too large an amount."""

SAYING_NOTHING = ("request-restated", "merely-considered")
EMPTY_MARKS = (*SAYING_NOTHING, "mere-complaint")
UNTELLING_MARKS = (*EMPTY_MARKS, "merely-introduced", "merely-classed")
_NEGATING = ("not_documented", "denied")


def within(told: Told, granted: Sequence[Told]) -> bool:
    """Whether the words of an assertion are part of those that grant a criterion: "therapy tried without relief"."""
    start, end = told.stretch
    return any(
        g.place == told.place and g is not told and (of := g.stretch)[0] <= start and end <= of[1] for g in granted
    )


def over_limit(told: Told) -> bool:
    """Whether an amount is said to be too large."""
    return LIMIT in told.kinds and told.observation.status is Assertion.DOCUMENTED


def inside_limit(told: Told) -> bool:
    """Whether an amount is said to be not too large."""
    return LIMIT in told.kinds and told.observation.status is Assertion.DENIED


def grants(told: Told, concepts: Mapping[str, ConceptModel]) -> bool:
    """Documented, or denied where a denial is the answer wanted ("no side effects", but not "no drug screen")."""
    status = told.observation.status
    answers = concepts[told.observation.concept].answered_by
    return status is Assertion.DOCUMENTED or (
        status is Assertion.DENIED and "denied" in answers and not told.lacks_paper
    )


def speaks_against(told: Told, concepts: Mapping[str, ConceptModel]) -> bool:
    """Missing from the record, or denied where a denial is no answer ("no side effects" is one).

    That no amount is too large, or that nothing calls for more than the usual one, is held against no treatment.
    """
    status = told.observation.status
    if LIMIT in told.kinds:
        return False
    answers = concepts[told.observation.concept].answered_by
    return status is Assertion.NOT_DOCUMENTED or (
        status is Assertion.DENIED and ("denied" not in answers or told.lacks_paper)
    )


def fails(told: Told, concepts: Mapping[str, ConceptModel], inverse: set[str]) -> bool:
    """Whether it speaks against the request; for "short use only" that is long use, not its denial."""
    if told.observation.concept in inverse:
        return told.observation.status is Assertion.DOCUMENTED
    return speaks_against(told, concepts)


def negates(named: Named, granted: Sequence[Told] = ()) -> bool:
    """Whether a sentence negates, other than in words that grant a criterion: "treated without lasting relief"."""
    stretches = [t.stretch for t in granted]
    return any(
        h.entry.status in _NEGATING and not any(start <= h.start and h.end <= end for start, end in stretches)
        for h in named.passage.hits.of("cue")
    )


def bare_verdict(named: Named) -> bool:
    """Whether a sentence only says that the request is refused, with no reason: "MRI is not supported at this time"."""
    verdicts = named.marks("bare-verdict")
    if not verdicts or named.marks("reason-in-verdict"):
        return False
    return all(
        any(start <= h.start and h.end <= end for start, end in verdicts)
        for h in named.passage.hits.of("cue")
        if h.entry.status in _NEGATING
    )
