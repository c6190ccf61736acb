"""Whether an approval says what a drug did, and whether what is not understood may say it."""

import pytest

from checker import Checker
from tests.observing.compared import judged, told

AED = "Decision based on MTUS Chronic Pain Medical Treatment 2016, Section(s): Anti-epilepsy drugs (AEDs) for pain."
RULE = "The MTUS recommends antiepilepsy drugs for neuropathic pain."
NERVE = "The patient has burning leg pain and sensory loss at L5, which is neuropathic pain."
SINCE = "The injured worker has lumbar radiculopathy. Gabapentin 600 mg has been taken three times a day since 2015."
VERDICT = "Gabapentin 600mg #90 is medically necessary."
CODE = "CRI-AED-coverage"


@pytest.mark.parametrize(
    ("told_of_it", "response"),
    [
        ("", "silent"),
        ("The dose is low.", "silent"),
        ("The electrocardiogram was normal.", "silent"),
        ("The nerve study of last spring bore this out.", "silent"),
        ("His leg pain is cut by half when he takes it.", "told"),
        ("There is no documentation of functional improvement with it.", "told"),
        ("He calls it the one tablet that lets him get to the mailbox.", "hinted"),
        ("The drug has been a real asset to him.", "hinted"),
        ("He is pleased with it.", "hinted"),
        ("He takes it without trouble and keeps at his job.", "hinted"),
        ("She vacuums and goes to her choir.", "told"),
    ],
)
def test_what_a_drug_did_is_told_or_not(checker: Checker, told_of_it: str, response: str) -> None:
    found = judged(
        checker, [("Gabapentin 600mg #90", "Overturned", f"{RULE} {NERVE} {told_of_it} {VERDICT}")], SINCE, AED
    )
    assert told(found, "reason.response") == response or (
        response == "hinted" and told(found, "reason.response") == "told"
    )
    assert any(f.code == CODE for f in found.findings) is (response == "silent")


@pytest.mark.parametrize(
    ("summary", "verdict", "course"),
    [
        (SINCE, VERDICT, "continuation"),
        (
            "She has radiculopathy.",
            "The request to continue gabapentin 600mg #90 is medically necessary.",
            "continuation",
        ),
        ("She has radiculopathy.", "Continued use of gabapentin is medically necessary.", "continuation"),
        ("She has radiculopathy.", "A refill of the gabapentin is medically necessary.", "continuation"),
        ("She has radiculopathy.", VERDICT, "untold"),
        ("She has radiculopathy. Gabapentin was newly prescribed.", VERDICT, "first"),
    ],
)
def test_a_verdict_has_a_drug_go_on(checker: Checker, summary: str, verdict: str, course: str) -> None:
    found = judged(checker, [("Gabapentin 600mg #90", "Overturned", f"{RULE} {NERVE} {verdict}")], summary, AED)
    assert told(found, "item.course") == course


OPI = "Decision based on MTUS Chronic Pain Medical Treatment 2016, Section(s): Opioids, criteria for use."
DOMAINS = "Tramadol brings the pain from 6 down to 3 and he is able to mow the lawn again."


@pytest.mark.parametrize(
    ("left", "unread"),
    [
        ("The thumb is stiff on waking. The grip is that of a child.", 0),
        ("The thumb is stiff on waking. Nothing untoward came of it.", 1),
        ("The thumb is stiff on waking. The pharmacy has one name on file.", 1),
    ],
)
def test_what_is_not_understood_may_answer_what_it_has_a_word_of(checker: Checker, left: str, unread: int) -> None:
    case = f"The patient has thumb pain. {DOMAINS} {left}"
    reasons = f"The MTUS asks that the four domains be monitored. {case} The request is medically necessary."
    found = judged(checker, [("Tramadol 50mg #60", "Overturned", reasons)], "Tramadol has been taken since 2014.", OPI)
    assert told(found, "criteria.unread") == unread
    assert told(found, "criteria.silent") > 0


ESI = "Decision based on MTUS Chronic Pain Medical Treatment 2016, Section(s): Epidural steroid injections (ESIs)."
CORROBORATED = (
    "The MTUS recommends epidural injections where radiculopathy is documented by physical examination and corroborated"
    " by imaging, and is unresponsive to conservative treatment. In this case there is decreased sensation at L5, a"
    " positive straight leg raise, and an MRI with compression of the L5 root."
)
LEG = "The injured worker has low back and leg pain."


@pytest.mark.parametrize(
    ("summary", "more", "flagged"),
    [
        (LEG, "", True),
        (LEG, "Therapy and naproxen have both failed.", False),
        (LEG, "The left foot of the patient drags by evening.", False),
        (f"{LEG} Treatment has included therapy and naproxen without benefit.", "", False),
    ],
)
def test_what_is_restated_and_passed_over(checker: Checker, summary: str, more: str, flagged: bool) -> None:
    reasons = f"{CORROBORATED} {more} The request is medically necessary."
    found = judged(checker, [("Left L4-5 epidural steroid injection", "Overturned", reasons)], summary, ESI)
    assert any(f.rule.endswith("passed-over") for f in found.findings) is flagged
