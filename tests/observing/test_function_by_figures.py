"""Better function read from two figures of an activity in one sentence."""

import pytest

from checker.model.facts import Part
from checker.observing.assertions import observations
from checker.observing.function_by_figures import with_figures
from checker.observing.mentions import name
from checker.observing.passages import Discourse
from checker.observing.statuses import Told
from tests.observing.regression_set import passages_of
from tests.shipped import the_idiom, the_lexicon

IDIOM = the_idiom()
LEXICON = the_lexicon()


def function(text: str) -> tuple[set[str], int]:
    """The statuses of better function in one sentence of a case summary, and how many the figures bring."""
    passage, reading = next(passages_of(text, Part.SUMMARY, Discourse(Part.SUMMARY, IDIOM.grammar), IDIOM))
    named = name((passage,), LEXICON)
    concepts = IDIOM.concepts
    told = [Told(o, named[0], 0, concepts[o.concept].tells_of) for o in observations(passage, IDIOM, reading)]
    more = with_figures(named, told, IDIOM.one_of["function"], LEXICON.measures)
    found = {t.observation.status.value for t in more if t.observation.concept == "functional-improvement"}
    return found, len(more) - len(told)


@pytest.mark.parametrize(
    ("text", "statuses"),
    [
        ("She can stand 10 minutes without and 30 minutes with Norco.", {"documented"}),
        ("Walking tolerance is 15 minutes without medication and 45 with it.", {"documented"}),
        ("Without Norco he walks one block, with it four blocks.", {"documented"}),
        ("He lifts 20 pounds with the medication and 5 pounds without.", {"documented"}),
        ("Sitting is tolerated for 20 minutes before taking Percocet and for 60 minutes after.", {"documented"}),
        (
            "Pain is 8/10 without and 5/10 with Norco, and he walks 2 blocks without and 6 blocks with it.",
            {"documented"},
        ),
        ("With tramadol she drives 2 hours; without it half an hour.", {"documented"}),
        ("He walked 100 feet before the injection and 600 feet afterwards.", {"documented"}),
        ("On the medication she can stand for 40 minutes and without it for 10.", {"documented"}),
        ("Standing tolerance is 10 minutes without and 10 minutes with the medication.", {"denied"}),
    ],
)
def test_two_figures_tell_function(text: str, statuses: set[str]) -> None:
    assert function(text)[0] == statuses


@pytest.mark.parametrize(
    "text",
    [
        "She sleeps 3 hours without and 6 hours with zolpidem.",
        "Relief begins in 30 minutes and lasts 4 hours with Norco, without which he cannot walk.",
        "He can walk 15 minutes and stand 20 minutes with a cane.",
        "He can walk 10 minutes without and 11 minutes with Norco.",
        "He walks 2 blocks with Norco.",
        "He completed 6 visits of therapy before and 12 visits after the surgery.",
    ],
)
def test_figures_of_something_else_tell_none(text: str) -> None:
    assert function(text)[1] == 0
