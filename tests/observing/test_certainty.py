"""How directly something is said to be absent: the confidence of a reading."""

import pytest

from checker.model.facts import Confidence, Part
from checker.observing.assertions import observations
from checker.observing.passages import Discourse
from tests.observing.regression_set import passages_of
from tests.shipped import the_idiom

IDIOM = the_idiom()

PLAIN = [
    ("osteoarthritis", "This patient does not have osteoarthritis."),
    ("osteoarthritis", "There is no evidence of osteoarthritis in this worker."),
    ("weakness", "The worker has no weakness of the leg."),
    ("home-exercise", "There is no documentation of a home exercise program."),
    ("home-exercise", "There is no documentation that the patient has taken part in a home exercise program."),
    ("home-exercise", "The file lacks any note indicating the claimant was shown a home exercise program."),
    ("functional-improvement", "The records show neither pain relief nor functional improvement."),
    ("gi-symptoms", "The patient denies reflux, heartburn or dyspepsia."),
    ("home-exercise", "A home exercise program was not documented."),
    ("reflex-change", "No reflex changes were noted."),
    ("gait-abnormal", "No gait impairment was noted."),
    ("provocative-test", "No meniscal signs were noted."),
    ("symptom-change", "There has been no significant change in symptoms since the prior MRI."),
    ("severe-deficit", "There is no progressive motor weakness."),
    ("neurologic-deficit", "There were no neurologic deficits that would support the usage of the scan."),
    ("spasm", "No spasm was documented that would warrant the drug."),
    ("functional-improvement", "It is not stated how many visits were had or what functional improvement resulted."),
    ("functional-improvement", "The notes do not state how often he came or that there was functional improvement."),
]

LOOSE = [
    ("home-exercise", "There is no documentation of a home exercise program that would replace the supervised visits."),
    ("home-exercise", "There is no record of a brace, such as might be worn during a home exercise program."),
    ("home-exercise", "Nothing in the file explains how the patient uses the home exercise program."),
    ("home-exercise", "Home exercise of the spring and massage is not documented."),
    ("weakness", "A worsening of the weakness is not described."),
    ("weakness", "There is no documentation of progressive weakness."),
    ("sensory-loss", "There are no new sensory deficits since the last study."),
    ("reflex-change", "There is no documentation of any additional reflex change."),
    ("spasm", "There is no documentation that the medication reduced the spasm."),
    ("neuropathic-pain", "There is no documentation that the drug has relieved the neuropathic pain."),
    ("neurologic-deficit", "There were no neurologic deficits that would explain the fall."),
    ("reduced-motion", "There is no documented new loss of range of motion."),
]


def sureness(concept: str, text: str) -> set[Confidence]:
    """How sure what is read of a concept in a sentence of a rationale is."""
    discourse = Discourse(Part.RATIONALE, IDIOM.grammar)
    told = [
        seen
        for passage, reading in passages_of(text, Part.RATIONALE, discourse, IDIOM)
        for seen in observations(passage, IDIOM, reading)
    ]
    return {seen.confidence for seen in told if seen.concept == concept}


@pytest.mark.parametrize(("concept", "text"), PLAIN)
def test_what_is_plainly_absent_is_read_with_confidence(concept: str, text: str) -> None:
    read = sureness(concept, text)
    assert read
    assert Confidence.LOW not in read


@pytest.mark.parametrize(("concept", "text"), LOOSE)
def test_what_a_negation_may_not_be_of_is_read_with_low_confidence_or_not_at_all(concept: str, text: str) -> None:
    assert sureness(concept, text) <= {Confidence.LOW}
