"""Two places of a letter held against each other: what must be told apart, and what must be let pass."""

import pytest

from checker import Checker
from checker.model.findings import Judgement
from tests.observing.compared import ASSISTANT, HEAD, NECK, PLAIN, REPAIR, judged, told
from tests.parsing.letters import item, letter


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("He was first seen at the clinic on 09-02-2016.", "before_injury"),
        ("A progress report dated 01/05/2016 noted a limp.", "before_injury"),
        ("An MRI performed on 8/30/2016 showed a tear.", "before_injury"),
        ("He was seen at the clinic on 09-14-2016.", "after_injury"),
        ("An MRI of 4/2/2016, before the injury, was normal.", "unknown"),
        ("A prior injury was treated; he was seen at the clinic on 06-02-2016.", "unknown"),
        ("He was seen on 06-02-2009 for another matter.", "unknown"),
        ("The injury is a cumulative trauma. He was seen at the clinic on 09-02-2016.", "unknown"),
    ],
)
def test_care_is_dated_before_or_after_the_injury(checker: Checker, sentence: str, value: str) -> None:
    found = judged(checker, [(REPAIR, "Upheld", "The request is not medically necessary.")], f"{PLAIN} {sentence}")
    expected = {"unknown": {"unknown", "after_injury"}}.get(value, {value})
    assert found.facts.letter.value("letter.care_dates") in expected


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("A request for authorization was dated 12-28-2016.", "reversed"),
        ("A request for authorization was dated 12-15-2016.", "in_order"),
        ("Requests for authorization: one dated 12-28-2016.", "unknown"),
        ("A request for authorization of 12-28-2016 asked for six acupuncture visits.", "unknown"),
        ("A request for authorization of 12-28-2016 asked for a left shoulder arthroscopy.", "reversed"),
        ("In an RFA form of 12-28-2016 six sessions of therapy were sought.", "unknown"),
        ("The RFA was signed on 12-14-2016 and another RFA dated 12-28-2016 followed.", "in_order"),
    ],
)
def test_utilization_review_answers_a_request(checker: Checker, sentence: str, value: str) -> None:
    found = judged(checker, [(REPAIR, "Upheld", "The request is not medically necessary.")], f"{PLAIN} {sentence}")
    assert found.facts.letter.value("letter.request_order") == value


REFUSED = "As the surgery is not medically necessary, this service is not medically necessary."
NOT_SHOWN = "Since the operation has not been shown to be medically necessary, neither is this service."
OWN_GROUND = "One pair of hands is enough for this procedure. The request is not medically necessary."
NEEDED = "A second pair of hands is needed. The request is medically necessary."
DONE = "The repair has already been authorized by another review. The request is medically necessary."


@pytest.mark.parametrize(
    ("operation", "outcome", "reasons", "value"),
    [
        ("Upheld", "Overturned", NEEDED, "approved_without"),
        ("Overturned", "Upheld", REFUSED, "refused_despite"),
        ("Overturned", "Upheld", NOT_SHOWN, "refused_despite"),
        ("Upheld", "Upheld", REFUSED, "consistent"),
        ("Overturned", "Overturned", NEEDED, "consistent"),
        ("Overturned", "Upheld", OWN_GROUND, "consistent"),
        ("Upheld", "Overturned", DONE, "unknown"),
    ],
)
def test_a_service_follows_its_operation(
    checker: Checker, operation: str, outcome: str, reasons: str, value: str
) -> None:
    verdict = "medically necessary" if operation == "Overturned" else "not medically necessary"
    found = judged(checker, [(REPAIR, operation, f"The request is {verdict}."), (ASSISTANT, outcome, reasons)])
    assert told(found, "compare.operation", 2) == value
    assert ("DEC007" in {f.code for f in found.findings}) == (value in {"approved_without", "refused_despite"})


def test_a_sling_by_itself_hangs_on_no_operation(checker: Checker) -> None:
    found = judged(
        checker,
        [(REPAIR, "Upheld", "The request is not medically necessary."), ("Walker", "Overturned", "He cannot walk.")],
    )
    assert told(found, "compare.operation", 2) == "none"


THERAPY = (
    "The worker has completed ten visits of physical therapy. There is no documentation of why a home exercise program "
    "would not be enough after that physical therapy. The request is not medically necessary."
)


@pytest.mark.parametrize(
    ("other", "reasons", "value"),
    [
        ("Biofeedback 4 sessions", THERAPY, "copied"),
        ("Occupational therapy 4 visits", THERAPY, "shared"),
        ("Biofeedback 4 sessions", "The worker has not begun cognitive behavioral therapy at all.", "own"),
        ("Biofeedback 4 sessions", THERAPY.replace("physical therapy", "biofeedback"), "shared"),
    ],
)
def test_a_copied_argument_is_known_by_whom_it_speaks_of(
    checker: Checker, other: str, reasons: str, value: str
) -> None:
    found = judged(checker, [("Physical therapy 6 visits", "Upheld", THERAPY), (other, "Upheld", reasons)])
    assert told(found, "compare.argument", 2) == value


@pytest.mark.parametrize(
    ("reasons", "value"),
    [
        ("The patient has had prior physical therapy. No functional goal is set down for the care.", "shared"),
        ("It was also not explained why she needs supervised visits rather than a home exercise program.", "shared"),
        ("The part of the body to be treated is not named in the request.", "shared"),
        ("Physical therapy brought no gain in function that was measured.", "copied"),
    ],
)
def test_history_and_exercise_alone_are_nobodys_argument(checker: Checker, reasons: str, value: str) -> None:
    copied = f"{reasons} The request is not medically necessary."
    items = [("Physical therapy 6 visits", "Upheld", copied), ("Biofeedback 4 sessions", "Upheld", copied)]
    assert told(judged(checker, items), "compare.argument", 2) == value


@pytest.mark.parametrize(
    ("first", "second", "value"),
    [
        ("The worker has returned to full duty.", "The worker has not returned to work.", "contradict"),
        ("The worker has returned to full duty.", "The worker has returned to modified duty.", "agree"),
        ("Spasm of the left shoulder was found.", "There is no spasm of the right knee.", "agree"),
    ],
)
def test_rationales_of_one_letter_agree_on_the_worker(checker: Checker, first: str, second: str, value: str) -> None:
    found = judged(checker, [("Norco 5/325mg #30", "Upheld", first), ("Soma 350mg #30", "Upheld", second)])
    assert told(found, "compare.other_reasons", 2) == value


@pytest.mark.parametrize(
    ("reasons", "value"),
    [
        ("The Official Disability Guidelines recommend a film first.", "uncited"),
        ("Per the ODG, a film comes first.", "uncited"),
        ("The ACOEM Guidelines recommend a film first.", "cited"),
        ("The MTUS Chronic Pain Medical Treatment Guidelines state that films come first.", "uncited"),
        ("The ODG was not consulted.", "unknown"),
        ("The MTUS and the ODG give no specific advice here.", "unknown"),
        ("The ODG does not separately address this study.", "unknown"),
        ("The ODG gives no advice against films.", "unknown"),
        ("The ODG gives two criteria for a film.", "uncited"),
    ],
)
def test_what_is_argued_from_is_cited(checker: Checker, reasons: str, value: str) -> None:
    found = judged(checker, [("MRI of the cervical spine", "Upheld", reasons)], line=NECK)
    assert told(found, "compare.guideline") == value


@pytest.mark.parametrize(
    ("name", "request_", "reasons", "value"),
    [
        (
            "compare.refills",
            "Norco 5/325mg #30 with 1 refill",
            "Norco #30 with 3 refills is not medically necessary.",
            "different",
        ),
        (
            "compare.refills",
            "Norco 5/325mg #30 with 1 refill",
            "Norco #30 with 1 refill is not medically necessary.",
            "same",
        ),
        ("compare.refills", "Norco 5/325mg #30", "Norco #30 with 3 refills is not medically necessary.", "unknown"),
        ("item.strength_known", "Baclofen 30mg #60", "It is not medically necessary.", "no"),
        ("item.strength_known", "Baclofen 10mg #60", "It is not medically necessary.", "yes"),
        ("compare.claimed_use", "Norco 5/325mg #30", "The worker has been taking Norco for two years.", "impossible"),
        (
            "compare.claimed_use",
            "Norco 5/325mg #30",
            "The worker has been taking Norco for several months.",
            "possible",
        ),
        (
            "compare.claimed_use",
            "Norco 5/325mg #30",
            "He has now taken Norco for the best part of a year.",
            "impossible",
        ),
        ("compare.claimed_use", "Norco 5/325mg #30", "He has been on Norco for close to a year.", "impossible"),
        ("compare.claimed_use", "Norco 5/325mg #30", "He has not been taking Norco for a year.", "unknown"),
        ("compare.claimed_use", "Norco 5/325mg #30", "Whether he has been on Norco for a year is not told.", "unknown"),
        ("compare.claimed_use", "Norco 5/325mg #30", "Had he taken Norco for a year, labs would be due.", "unknown"),
        ("compare.claimed_use", "Norco 5/325mg #30", "The MTUS allows Norco for two years.", "unknown"),
        ("compare.injury_age", "Norco 5/325mg #30", "In this case the injury was two weeks ago.", "different"),
        ("compare.injury_age", "Norco 5/325mg #30", "In this case the injury was 3 months ago.", "same"),
        (
            "compare.injury_age",
            "Norco 5/325mg #30",
            "In this case the worker has a strain of less than one month's duration.",
            "different",
        ),
        (
            "compare.injury_age",
            "Norco 5/325mg #30",
            "This patient is now three weeks out from the injury.",
            "different",
        ),
        ("compare.injury_age", "Norco 5/325mg #30", "In this case the injury is more than six weeks old.", "same"),
        ("compare.injury_age", "Norco 5/325mg #30", "In this case the injury is less than a year old.", "same"),
        (
            "compare.injury_age",
            "Norco 5/325mg #30",
            "In this case films were taken 2 days after the injury.",
            "unknown",
        ),
        ("compare.side", "MRI of the left shoulder", "In this case the right shoulder is weak.", "different"),
        ("compare.side", "MRI of the shoulder", "In this case the right shoulder is weak.", "different"),
        ("compare.side", "X-ray of the chest", "In this case the right shoulder is weak.", "different"),
        ("compare.side", "Shoulder brace, left", "In this case the right shoulder is weak.", "different"),
        ("compare.side", "Shoulder brace, left and right", "In this case the right shoulder is weak.", "unknown"),
        (
            "compare.side",
            "MRI of the left shoulder",
            "In this case both shoulders are weak, the left shoulder more.",
            "same",
        ),
        (
            "compare.body_part",
            "MRI of the left shoulder",
            "In this case the patient has pain of the knee.",
            "different",
        ),
        ("compare.body_part", "MRI of the left shoulder", "In this case the patient has a weak shoulder.", "same"),
        ("compare.body_part", "Omeprazole 20mg #30", "In this case the patient has pain of the stomach.", "unknown"),
    ],
)
def test_heading_summary_and_rationale(checker: Checker, name: str, request_: str, reasons: str, value: str) -> None:
    assert told(judged(checker, [(request_, "Upheld", reasons)]), name) == value


@pytest.mark.parametrize(
    ("name", "summary", "value"),
    [
        (
            "letter.drug_strengths",
            "He takes Flexeril 5 mg. Flexeril 10 mg was tried. Flexeril 7.5 mg is asked for.",
            "several",
        ),
        ("letter.drug_strengths", "He takes Flexeril 5 mg. Flexeril 10 mg is asked for.", "few"),
        ("letter.summary_conflict", "He denied numbness. He complained of numbness at night.", "yes"),
        ("letter.summary_conflict", "He denied numbness. On 11-02-2016 he complained of numbness.", "no"),
        ("letter.summary_conflict", "He denied numbness of the hand. He complained of numbness of the foot.", "no"),
    ],
)
def test_the_summary_against_itself(checker: Checker, name: str, summary: str, value: str) -> None:
    found = judged(checker, [(REPAIR, "Upheld", "The request is not medically necessary.")], summary)
    assert found.facts.letter.value(name) == value


ELBOW, SHOULDER = "MRI of the right elbow", "MRI of the right shoulder"


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("The patient does not meet the criteria for a shoulder MRI.", "different"),
        ("The record does not support an MRI of the right shoulder.", "different"),
        ("The patient does not meet the criteria for an elbow MRI.", "same"),
        ("The patient does not meet the criteria for MRI of the elbow and shoulder.", "same"),
        ("An earlier MRI of the shoulder was normal.", "unknown"),
        ("The patient does not meet the criteria for a shoulder injection.", "unknown"),
    ],
)
def test_what_is_held_against_criteria_is_of_the_part_asked_for(checker: Checker, sentence: str, value: str) -> None:
    found = judged(checker, [(ELBOW, "Upheld", f"{sentence} The request is not medically necessary.")])
    assert told(found, "compare.decided_part") == value


@pytest.mark.parametrize(
    ("reasons", "value"),
    [
        ("The patient was examined and the lumbar spine is tender.", "yes"),
        ("The patient was examined and the cervical spine is tender.", "no"),
        ("The patient was examined; the lumbar and the cervical spine are tender.", "no"),
        ("The patient was examined and the left arm is numb.", "no"),
        ("The patient was examined.", "unknown"),
    ],
)
def test_reasons_that_speak_only_of_the_part_of_another_item(checker: Checker, reasons: str, value: str) -> None:
    items = [
        ("MRI of the lumbar spine", "Upheld", "The lumbar spine is tender. The request is not medically necessary."),
        ("Physical therapy for the cervical spine", "Upheld", f"{reasons} The request is not medically necessary."),
        ("EMG of the left arm", "Upheld", "The left arm is numb. The request is not medically necessary."),
    ]
    assert told(judged(checker, items), "compare.part_of_item", 2) == value


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("The date of injury was 9/14/2016.", "different"),
        ("The date of injury was 9/12/2016.", "same"),
        ("A previous injury dated 9/14/2009 has healed.", "unknown"),
    ],
)
def test_the_reasons_date_the_injury(checker: Checker, sentence: str, value: str) -> None:
    found = judged(checker, [(REPAIR, "Upheld", f"{sentence} The request is not medically necessary.")])
    assert told(found, "compare.injury_date") == value


@pytest.mark.parametrize(
    "told_so",
    [
        "A prior denial was made on {}.",
        "On {}, the requests were denied by utilization review.",
        "The services were non-certified by the claims administrator on {}.",
    ],
)
def test_a_prior_denial_is_dated_as_the_header_dates_it(checker: Checker, told_so: str) -> None:
    items = [(REPAIR, "Upheld", "The request is not medically necessary.")]
    other = judged(checker, items, f"{PLAIN} {told_so.format('12/21/2016')}")
    same = judged(checker, items, f"{PLAIN} {told_so.format('12/20/2016')}")
    assert [j.facts.letter.value("letter.ur_dates") for j in (other, same)] == ["different", "same"]


ODG_ALONE = "Decision based on Non-MTUS Citation Official Disability Guidelines (ODG) Elbow, MRI."


@pytest.mark.parametrize(
    ("request_", "sentence", "flagged"),
    [
        (ELBOW, "The MTUS is silent on this request.", True),
        (ELBOW, "The MTUS does not specifically address this study.", False),
        ("MRI of the right hip", "The MTUS is silent on this request.", False),
        ("Surgery of the right elbow", "The MTUS is silent on this request.", False),
    ],
)
def test_the_schedule_is_said_to_be_silent(checker: Checker, request_: str, sentence: str, flagged: bool) -> None:
    reasons = f"{sentence} No film has been taken. The request is not medically necessary."
    found = judged(checker, [(request_, "Upheld", reasons)], line=ODG_ALONE)
    assert ("CIT006.said-silent" in {f.rule for f in found.findings}) is flagged


def test_a_guideline_of_one_kind_of_care_addresses_all_of_that_kind(checker: Checker) -> None:
    line = "Decision based on Non-MTUS Citation Official Disability Guidelines (ODG) Pain, Opioids for chronic pain."
    reasons = "No gain was shown. It is not medically necessary."
    assert told(judged(checker, [("Norco 5/325mg #30", "Upheld", reasons)], line=line), "cite.mtus_addresses") == "yes"


@pytest.mark.parametrize(("injured", "value"), [("09/12/2015", "yes"), ("11/12/2016", "unknown")])
def test_a_section_of_the_later_edition_treats_of_the_request(checker: Checker, injured: str, value: str) -> None:
    line = "Decision based on Non-MTUS Citation Official Disability Guidelines (ODG) Pain, TENS."
    own = [item("TENS unit", "Upheld", reviewer=line, reasons="No trial was had. It is not medically necessary.")]
    head = HEAD.replace("09/12/2016", injured)
    found = checker.check_text(letter(own, summary="The injured worker has pain.", head=head))
    assert isinstance(found, Judgement)
    assert told(found, "cite.mtus_addresses") == value


TWO_PARTS = "two physical therapy sessions for the left knee and eight physical therapy sessions for the right wrist"


@pytest.mark.parametrize(
    ("asked", "verdict", "value"),
    [
        (TWO_PARTS, "The additional two sessions are not medically necessary.", "partial"),
        (TWO_PARTS, "The two sessions and the eight sessions are not medically necessary.", "all"),
        (TWO_PARTS, "The ten sessions are not medically necessary.", "all"),
        (TWO_PARTS, "The request is not medically necessary.", "all"),
        ("eight physical therapy sessions", "The eight sessions are not medically necessary.", "unknown"),
    ],
)
def test_a_request_of_two_numbers_is_decided_whole(checker: Checker, asked: str, verdict: str, value: str) -> None:
    found = judged(checker, [(asked, "Upheld", f"The knee is no better. {verdict}")])
    assert told(found, "compare.visit_parts") == value


@pytest.mark.parametrize(
    ("reasons", "value"),
    [
        ("Opioids need better function. The request for Colace 50mg #90 is not medically necessary.", "different"),
        ("Opioids need better function. The request is not medically necessary.", "same"),
        ("The pain is no better with tramadol. The request for Colace is not medically necessary.", "same"),
        ("As the patient takes Colace, the opioid is not medically necessary.", "same"),
        ("Opioids need better function. The request for Norco is not medically necessary.", "same"),
    ],
)
def test_a_verdict_on_a_drug_of_another_class(checker: Checker, reasons: str, value: str) -> None:
    found = judged(checker, [("Ultram 50mg #90", "Upheld", reasons)])
    assert told(found, "compare.treatment") == value


@pytest.mark.parametrize(
    ("second", "value"),
    [
        ("The same examination records numbness of both legs.", "yes"),
        ("The same examination records no numbness of both legs.", "no"),
        ("The same examination records numbness of the left hand.", "no"),
    ],
)
def test_the_legs_and_both_legs_are_one_part(checker: Checker, second: str, value: str) -> None:
    items = [(REPAIR, "Upheld", "The request is not medically necessary.")]
    found = judged(checker, items, f"{PLAIN} There is no numbness of the legs. {second}")
    assert found.facts.letter.value("letter.summary_conflict") == value


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("The guideline does not recommend shock wave therapy for the low back.", "different"),
        ("The guideline does not recommend shock wave therapy for the shoulder.", "same"),
        ("The guideline does not recommend it for the low back. His shoulder has no calcium.", "same"),
        ("The guideline does not recommend shock wave therapy.", "unknown"),
    ],
)
def test_the_part_that_a_rule_is_for(checker: Checker, sentence: str, value: str) -> None:
    items = [("Shockwave therapy", "Upheld", f"{sentence} The request is not medically necessary.")]
    found = judged(checker, items, summary="A 50 year old man. The left shoulder hurt and was tender.")
    assert told(found, "compare.part_of_rule") == value
