"""Pain relief read from two scores of a sentence."""

import pytest

from checker.model.facts import Part
from checker.observing.assertions import observations
from checker.observing.mentions import name
from checker.observing.pain_scores import pain_told
from checker.observing.passages import Discourse
from checker.observing.relief_by_scores import with_scores
from checker.observing.statuses import Told
from tests.observing.regression_set import passages_of
from tests.shipped import the_idiom, the_lexicon

IDIOM = the_idiom()
LEXICON = the_lexicon()


def relief(text: str) -> set[str]:
    """The statuses of pain relief in one sentence of a case summary."""
    passage, reading = next(passages_of(text, Part.SUMMARY, Discourse(Part.SUMMARY, IDIOM.grammar), IDIOM))
    named = name((passage,), LEXICON)
    concepts = IDIOM.concepts
    told = [Told(o, named[0], 0, concepts[o.concept].tells_of) for o in observations(passage, IDIOM, reading)]
    told = with_scores(named, told, pain_told(named, LEXICON.measures), IDIOM.one_of["relief"])
    return {t.observation.status.value for t in told if t.observation.concept == "analgesia"}


@pytest.mark.parametrize(
    ("text", "statuses"),
    [
        ("He puts it at 9/10 when he has gone without and at 5/10 an hour after a dose.", {"documented"}),
        ("Hip pain 7/10, 3/10 with etodolac.", {"documented"}),
        ("Pain is 6/10 with the tablets and 9/10 without.", {"documented"}),
        ("Pain is 8/10 with the tablets and 8/10 without.", {"denied"}),
        ("Neck pain is 8/10 and back pain is 4/10 with Norco.", set()),
        ("Pain is 8/10 without tablets and 7/10 with tablets.", {"unclear"}),  # a point may be called relief or none
        ("Pain is 6/10.", set()),
    ],
)
def test_two_scores_tell_relief(text: str, statuses: set[str]) -> None:
    assert relief(text) == statuses
