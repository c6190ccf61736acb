"""What a rationale concedes: one kind of several, all that is required, a relief too small; and one of rules only."""

import pytest

from checker import Checker
from tests.observing.compared import judged

STOMACH = (
    "The MTUS asks whether the patient is at risk for gastrointestinal events: age over 65 years, a history of peptic "
    "ulcer, GI bleeding or perforation, concurrent use of aspirin, corticosteroids or an anticoagulant, or high dose "
    "or multiple NSAIDs. "
)
OPIOID = (
    "The MTUS asks that pain relief, function, side effects and aberrant behavior be monitored, and that opioids be "
    "continued if the patient has returned to work or has improved functioning and pain. "
)
IMAGE = (
    "ACOEM supports imaging where unequivocal objective findings identify specific nerve compromise, where "
    "treatment brought no response and the patient would consider surgery. "
)
REPEAT = (
    "The MTUS recommends epidural steroid injections where radiculopathy is documented on examination and corroborated "
    "by imaging. Repeat blocks should be based on at least 50% pain relief with reduction of medication use for six to "
    "eight weeks. There is decreased sensation at S1 and the MRI shows S1 root contact. "
)
UPHELD, OVERTURNED = "The request is not medically necessary.", "The request is medically necessary."
TAKES = "The injured worker is a 50 year old male with low back pain who takes naproxen."


def rules_of(checker: Checker, request: str, reasons: str, summary: str = TAKES) -> set[str]:
    outcome = "Upheld" if reasons.endswith(UPHELD) else "Overturned"
    return {f.rule for f in judged(checker, [(request, outcome, reasons)], summary=summary).findings}


ONE_KIND = [
    "The patient is 47 and has never had an ulcer or a bleed. He is on warfarin. The criteria are not met.",
    "She is 71 years old and takes naproxen. There is no history of peptic ulcer, and she takes no anticoagulant.",
    "Although the claimant takes prednisone with her ibuprofen, she is under 65 and has no history of ulcer.",
    "The injured worker uses a baby aspirin daily. However, he is not over 65 and denies any ulcer or GI bleed.",
    "The records show a gastric ulcer in 2009. The patient is 50 years old, however, and is not on anticoagulants.",
]
NO_KIND = [
    "The patient is 47, takes naproxen, and has no history of ulcer or bleeding. He takes no aspirin.",
    "He takes aspirin, but he no longer takes an NSAID. There is no history of ulcer.",
    "He takes aspirin with naproxen and has no ulcer. There is no documentation that an H2 blocker was tried first.",
    "He takes aspirin and there is no ulcer. However, the naproxen is refused and there is no need for a PPI.",
    "Her mother had a bleeding ulcer. The patient has no ulcer history and is 39.",
    "He takes an aspirin. Sixty tablets exceed the guideline. There is no history of ulcer.",
]


@pytest.mark.parametrize(("reasons", "flagged"), [(r, True) for r in ONE_KIND] + [(r, False) for r in NO_KIND])
def test_one_risk_factor_is_enough_whatever_the_others_are(checker: Checker, reasons: str, flagged: bool):
    found = rules_of(checker, "Omeprazole 20mg #30", f"{STOMACH}{reasons} {UPHELD}")
    assert ("DEC004.one-kind" in found) is flagged


GRANTED = [
    "Pain goes from 8 to 4 with Norco. He cooks and walks two miles with it. No side effects. The drug screens "
    "are consistent.",
    "Analgesia is documented, as pain falls from 8 to 3. He resumed gardening with it. Adverse effects: none. "
    "Aberrant behavior: none.",
    "The patient reports 50% relief and better function with Norco, denies side effects, and the urine drug screen was "
    "consistent. Based on the records provided, continued use is not supported at this time.",
    "Pain goes from 8 to 4 with Norco and he can cook with it. There are no side effects and the drug screens are "
    "consistent. However, he has not returned to work.",
]
HELD_AGAINST = [
    "Pain goes from 8 to 4 with Norco. No side effects. There is no documentation of functional improvement.",
    "Pain goes from 8 to 4 with Norco. He can cook with it. No side effects. The drug screen was positive for cocaine.",
    "Pain goes from 8 to 4 with Norco. He can cook with it. He is constipated and sedated by it.",
    "Pain goes from 8 to 4 with Norco. He can cook with it. Screens are consistent. The dose of 200 MED exceeds the "
    "guideline.",
    "Pain goes from 8 to 4 with Norco. He can cook with it. No side effects. However, the guideline does not support "
    "opioids for headaches.",
    "Pain goes from 8 to 4 with Norco and she walks further with it. No side effects. Screens are consistent. She is "
    "not working. However, two refills cannot be given of such a drug.",
    "There are no side effects and the drug screens are consistent. He is not working.",
    "Pain goes from 8 to 4 with Norco and he works full time. No side effects. No drug screen is on record.",
    "Pain goes from 8 to 4 with Norco. He can cook with it. No side effects. Drug screens are consistent. He is 8 "
    "weeks after a fusion and should be weaned by now.",
    "Pain goes from 8 to 4 with Norco. He can cook with it. No side effects. Drug screens are consistent. He also "
    "takes Xanax, which adds to the risk of overdose.",
]


@pytest.mark.parametrize(("reasons", "flagged"), [(r, True) for r in GRANTED] + [(r, False) for r in HELD_AGAINST])
def test_what_is_granted_of_an_opioid_leaves_no_reason(checker: Checker, reasons: str, flagged: bool):
    found = rules_of(checker, "Norco 10/325mg #90", f"{OPIOID}{reasons} {UPHELD}")
    assert ("DEC002.conceded" in found) is flagged


LIMBS = [
    "The left EHL is weak at 4/5. Three months of therapy and NSAIDs failed. The patient would consider surgery.",
    "There is weakness of the right foot. He has not responded to eight weeks of therapy. Surgery is being considered. "
    "The MRI cannot be certified at this time.",
    "Strength of the left foot is 4/5. She has failed over six weeks of care with NSAIDs and therapy and has been "
    "referred to a spine surgeon. MRI is not warranted at this time.",
]
LIMB_MISSING = [
    "There is weakness of the right foot. He has not responded to eight weeks of therapy. There is no discussion of "
    "surgery.",
    "There is weakness of the right foot. Therapy failed. Surgery is considered. An MRI was done two months ago, and "
    "nothing has changed since.",
    "The ankle reflex is absent. Symptoms persist despite three weeks of therapy, short of the month that is asked. "
    "Surgery is contemplated.",
    "The ankle reflex is absent. Therapy failed. Surgery is contemplated. The same study was certified on December 1.",
    "There is weakness of the right foot. Therapy failed and surgery is considered. MRI is not supported at this time "
    "because plain films have not been obtained.",
]


@pytest.mark.parametrize(("reasons", "flagged"), [(r, True) for r in LIMBS] + [(r, False) for r in LIMB_MISSING])
def test_a_bare_refusal_is_no_reason(checker: Checker, reasons: str, flagged: bool):
    found = rules_of(checker, "MRI of the lumbar spine without contrast", f"{IMAGE}In this case: {reasons} {UPHELD}")
    assert ("DEC002.conceded" in found) is flagged


RELIEF = [
    ("A left L5-S1 epidural steroid injection was given in August. The injection gave 30% relief for two weeks.", True),
    ("He had an L5-S1 ESI in August. The injection took away 40 percent of his leg pain for three weeks.", True),
    ("She had an L5-S1 ESI in August. Following the injection, leg pain improved by 35% for one month.", True),
    ("A left L5-S1 epidural steroid injection was given. The injection gave 70% relief for eight weeks.", False),
    ("He had an L5-S1 ESI. He also had a knee steroid injection. The injection gave 30% relief for two weeks.", False),
    ("He had trigger point injections. The injection gave 30% relief for two weeks.", False),
]


@pytest.mark.parametrize(("summary", "flagged"), RELIEF)
def test_the_injection_is_the_one_named_before(checker: Checker, summary: str, flagged: bool):
    reasons = f"{REPEAT}She did well with the previous injection. {OVERTURNED}"
    found = rules_of(checker, "Left L5-S1 transforaminal epidural steroid injection", reasons, summary)
    assert ("DEC009.epidural-injection-relief" in found) is flagged


NOTHING_OF_THE_CASE = [
    "Zolpidem is widely prescribed for insomnia and is approved for short-term use. It can be habit-forming.",
    "Hypnotics are frequently prescribed by physicians for pain, but are rarely recommended for long-term use.",
    'ODG states, "Zolpidem is a short-acting hypnotic. It has not been shown to be safe for longer."',
    'ODG says, "Do not continue if sleep is normal. The patient has been on it for six weeks."',
]
OF_THE_CASE = [
    "Ambien was prescribed for the first time in December.",
    'ODG states, "Zolpidem is recommended for short-term use." The patient has used it since 2014.',
    'ODG states, "Zolpidem is for short-term use. The patient has used it since 2014 and sleeps badly.',
]


@pytest.mark.parametrize(
    ("reasons", "flagged"), [(r, True) for r in NOTHING_OF_THE_CASE] + [(r, False) for r in OF_THE_CASE]
)
def test_what_is_common_or_quoted_is_no_fact_of_the_case(checker: Checker, reasons: str, flagged: bool):
    rule = "The MTUS recommends treating insomnia by its cause. "
    assert ("DEC006" in rules_of(checker, "Ambien 10mg #30", f"{rule}{reasons} {UPHELD}")) is flagged
