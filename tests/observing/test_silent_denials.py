"""Denials whose sentences about the case hold only what speaks for the request, and neighbours that hold a ground."""

import pytest

from checker import Checker
from tests.observing.compared import judged
from tests.observing.test_concessions import UPHELD, rules_of

RULES = {
    "Left L5-S1 transforaminal epidural steroid injection": (
        "The MTUS supports an epidural injection for radicular pain where radiculopathy is found on "
        "examination and borne out by imaging or nerve studies, where the patient has not responded to "
        "exercises, physical methods, NSAIDs and muscle relaxants, and where fluoroscopy is used."
    ),
    "EMG/NCV of the bilateral upper extremities": (
        "ACOEM states that EMG and nerve conduction studies may show subtle focal neurologic "
        "dysfunction where neck or arm symptoms last more than three or four weeks."
    ),
    "Cymbalta 30mg #30": (
        "The MTUS recommends antidepressants as a first line option for neuropathic pain, and as a "
        "possibility for non-neuropathic pain. Tricyclics are tried first unless they are ineffective, poorly "
        "tolerated, or contraindicated."
    ),
    "MRI of the right knee": (
        "ACOEM states that for most knee complaints special studies are not needed until there has been a "
        "period of conservative care and observation. The knee MRI may be used to confirm a meniscal tear if "
        "surgery is contemplated."
    ),
    "Acupuncture 6 sessions for the low back": (
        "The acupuncture guideline states that needling may be chosen where drugs for pain are reduced or are "
        "not tolerated, or as an adjunct to physical rehabilitation. Three to six treatments are "
        "given to produce functional improvement."
    ),
    "Omeprazole 20mg #30": (
        "The MTUS recommends a proton pump inhibitor with an NSAID for patients at risk: age over 65, a "
        "history of peptic ulcer, GI bleeding or perforation, concurrent aspirin, corticosteroids or "
        "anticoagulants, or high dose or multiple NSAIDs."
    ),
    "Trigger point injections x 3 to the trapezius": (
        "The MTUS recommends trigger point injections for myofascial pain where there are circumscribed "
        "trigger points with a twitch response and referred pain, symptoms have lasted more than three "
        "months, stretching, therapy, NSAIDs and muscle relaxants have failed, and there is no radiculopathy."
    ),
    "Gabapentin 300mg #90": (
        "The MTUS recommends gabapentin for neuropathic pain. After initiation there should be documentation "
        "of pain relief and improvement in function as well as side effects."
    ),
    "Norco 5/325mg #60": ("The MTUS asks that pain relief, function, side effects and aberrant behavior be monitored."),
    "Naproxen 550mg #60": (
        "The MTUS recommends NSAIDs at the lowest dose and for the shortest period where pain is moderate to "
        "severe, and as a second-line treatment after acetaminophen for exacerbations of back pain."
    ),
    "Cyclobenzaprine 7.5mg #15": (
        "The MTUS recommends muscle relaxants with caution, second in line, for a short course "
        "of acute exacerbations of chronic low back pain, for no longer than two to three weeks."
    ),
    "Voltaren gel 1% 100gm": (
        "The MTUS considers topical NSAIDs where oral ones are not tolerated, for osteoarthritis of joints "
        "amenable to it."
    ),
}
SILENT = [
    (
        "Left L5-S1 transforaminal epidural steroid injection",
        (
            "The patient has diminished sensation in the left L5 dermatome with weakness of the great toe. The "
            "MRI agrees, with a herniation that touches the L5 root. Therapy, naproxen and cyclobenzaprine were "
            "tried and the leg pain has not responded. The injection will be done under fluoroscopy. This is the "
            "first injection."
        ),
    ),
    (
        "Left L5-S1 transforaminal epidural steroid injection",
        (
            "On examination the left ankle jerk is absent and straight leg raise is positive. Imaging confirms "
            "nerve root compression at L5-S1. Ten visits of therapy and NSAIDs did not relieve him. One level is "
            "requested with fluoroscopy. No earlier injection was given. Thus medical necessity has not been "
            "established."
        ),
    ),
    (
        "EMG/NCV of the bilateral upper extremities",
        (
            "The worker has had tingling of both hands for seven months. There is decreased sensation over the "
            "thumbs and Phalen's is positive. She has completed therapy and splinting. There has been no earlier "
            "study."
        ),
    ),
    (
        "EMG/NCV of the bilateral upper extremities",
        (
            "He complains of numbness in both arms for three months. Sensation is reduced in the ulnar fingers. "
            "Therapy and naproxen did not help. It is not clear whether the neck or the elbow is the source. No "
            "prior electrodiagnostic test was done. In light of the above, the study is not medically necessary."
        ),
    ),
    (
        "Cymbalta 30mg #30",
        (
            "The claimant has neuropathic pain down the leg. Nortriptyline was tried and was poorly tolerated. "
            "The usual starting dose is requested, and the purpose of the trial is stated."
        ),
    ),
    (
        "Cymbalta 30mg #30",
        (
            "This worker has burning neuropathic pain of the foot. She could not tolerate amitriptyline. It is a "
            "first prescription for thirty days. Based on the above, the request is not medically necessary."
        ),
    ),
    (
        "MRI of the right knee",
        (
            "The patient has had three months of therapy, bracing and ibuprofen without relief. McMurray's is "
            "positive with joint line tenderness, and a meniscal tear is suspected. Arthroscopy is being "
            "considered. No MRI has been done before."
        ),
    ),
    (
        "Acupuncture 6 sessions for the low back",
        (
            "The worker could not tolerate ibuprofen or tramadol. She is taking part in a home exercise program, "
            "and the acupuncture is to go along with it. She has had no acupuncture before. Six visits are within "
            "the initial trial."
        ),
    ),
    (
        "Omeprazole 20mg #30",
        (
            "The patient is 69 years old and takes naproxen twice a day. He had a bleeding ulcer in 2009. The "
            "dose is once daily."
        ),
    ),
    (
        "Trigger point injections x 3 to the trapezius",
        (
            "Examination shows trigger points of the trapezius with a twitch response and referred pain. Symptoms "
            "have lasted for eight months. Stretching, therapy, naproxen and cyclobenzaprine have failed to "
            "control the pain. There are no radicular signs. Three injections are within the number allowed."
        ),
    ),
    (
        "Gabapentin 300mg #90",
        (
            "The patient has neuropathic pain of the left leg. Pain falls from 8 to 4 with gabapentin and she "
            "walks twice as far. She has no side effects."
        ),
    ),
    (
        "Norco 5/325mg #60",
        (
            "With Norco the pain falls from 8 to 4 and he is able to cook and shop. He denies side effects. The "
            "drug screen was consistent and the CURES report showed one prescriber. Therefore Norco is not "
            "medically necessary."
        ),
    ),
    (
        "Cyclobenzaprine 7.5mg #15",
        (
            "The patient has an acute exacerbation of chronic low back pain with spasm. Naproxen was tried first "
            "and was not enough. Fifteen tablets are a short course. She has not taken a muscle relaxant before."
        ),
    ),
]

GROUND = [
    (
        "Left L5-S1 transforaminal epidural steroid injection",
        (
            "The patient has diminished sensation in the left L5 dermatome. The MRI shows a herniation at L5-S1 "
            "that touches the S1 root. Therapy failed. The level of the findings is not that of the request."
        ),
    ),
    (
        "Left L5-S1 transforaminal epidural steroid injection",
        (
            "The left ankle jerk is absent. Imaging confirms nerve root compression at L5-S1. Therapy and NSAIDs "
            "did not relieve him. The patient takes warfarin."
        ),
    ),
    (
        "Left L5-S1 transforaminal epidural steroid injection",
        (
            "The left ankle jerk is absent. Imaging confirms nerve root compression at L5-S1. Therapy and NSAIDs "
            "did not relieve him. Surgery has been authorized and is set for next week."
        ),
    ),
    (
        "EMG/NCV of the bilateral upper extremities",
        (
            "The worker has had tingling of both hands for seven months. There is decreased sensation over the "
            "thumbs. She has completed therapy. A study of last year confirmed carpal tunnel syndrome."
        ),
    ),
    (
        "EMG/NCV of the bilateral upper extremities",
        (
            "The worker has numbness of the right arm for three months with decreased sensation at C6. The MRI "
            "shows compression of the C6 root. The diagnosis is already plain."
        ),
    ),
    (
        "EMG/NCV of the bilateral upper extremities",
        (
            "The worker has tingling of the right hand for seven months with reduced sensation. There are no "
            "symptoms on the left."
        ),
    ),
    (
        "Cymbalta 30mg #30",
        (
            "The claimant has neuropathic pain down the leg. Nortriptyline was tried and was poorly tolerated. He "
            "already takes venlafaxine, which is of the same class."
        ),
    ),
    (
        "MRI of the right knee",
        (
            "The patient has had six weeks of therapy and ibuprofen without relief. McMurray's is positive and a "
            "meniscal tear is suspected. An arthroscopy was done in March."
        ),
    ),
    (
        "MRI of the right knee",
        (
            "The patient has had three months of therapy without relief. McMurray's is positive and a tear is "
            "suspected. He does not wish for an operation."
        ),
    ),
    (
        "Acupuncture 6 sessions for the low back",
        (
            "The worker could not tolerate ibuprofen. She is in a home exercise program. She has had eighteen "
            "visits since spring."
        ),
    ),
    ("Omeprazole 20mg #30", ("The patient is 69 years old and had a bleeding ulcer. Naproxen was stopped in May.")),
    (
        "Trigger point injections x 3 to the trapezius",
        (
            "Examination shows trigger points with a twitch response and referred pain. Symptoms have lasted for "
            "eight months. Stretching, therapy and naproxen have failed. The same injections were given in March "
            "and the relief lasted four days."
        ),
    ),
    (
        "Gabapentin 300mg #90",
        (
            "The patient has neuropathic pain of the left leg. Pain falls from 8 to 4 with gabapentin and she "
            "walks twice as far. The request is for a year's supply."
        ),
    ),
    (
        "Norco 5/325mg #60",
        (
            "With Norco the pain falls from 8 to 4 and he is able to cook. He denies side effects. The drug "
            "screen was consistent. He also takes Xanax from another physician."
        ),
    ),
    (
        "Naproxen 550mg #60",
        (
            "The worker has moderate to severe back pain. Acetaminophen was tried and did not help. He takes "
            "losartan and his last pressure was 168/100."
        ),
    ),
    (
        "Cyclobenzaprine 7.5mg #15",
        (
            "The patient has an acute exacerbation with spasm. Naproxen was tried first and was not enough. "
            "Cyclobenzaprine has been refilled since January."
        ),
    ),
    (
        "Voltaren gel 1% 100gm",
        (
            "The worker did not tolerate ibuprofen and has osteoarthritis, and the joint to be treated is the "
            "hip, which lies outside the indication."
        ),
    ),
    (
        "Voltaren gel 1% 100gm",
        (
            "The worker did not tolerate ibuprofen and has osteoarthritis of the spine, a site that the gel is "
            "not meant for."
        ),
    ),
    (
        "Voltaren gel 1% 100gm",
        ("The worker did not tolerate ibuprofen and has arthritis, but it is the lumbar spine that would be treated."),
    ),
]


@pytest.mark.parametrize(("request_", "case", "flagged"), [(*s, True) for s in SILENT] + [(*g, False) for g in GROUND])
def test_a_denial_that_tells_only_what_speaks_for_it(checker: Checker, request_: str, case: str, flagged: bool):
    found = rules_of(checker, request_, f"{RULES[request_]} {case} {UPHELD}")
    assert ("DEC002.conceded" in found) is flagged


STOMACH = "Proton pump inhibitors protect the stomach of patients who take anti-inflammatory drugs. "
FOR_THE_DRUG = [
    "The patient takes naproxen twice a day, and a daily capsule is a sensible precaution.",
    "He has been on an NSAID since spring. The dose is usual.",
    "She takes ibuprofen daily, so that the stomach should be covered.",
]
FOR_THE_STOMACH = [
    "The patient takes naproxen twice a day and has heartburn.",
    "He has been on an NSAID since spring and had a bleeding ulcer in 2009.",
]


@pytest.mark.parametrize(("case", "flagged"), [(c, True) for c in FOR_THE_DRUG] + [(c, False) for c in FOR_THE_STOMACH])
def test_protection_from_a_refused_drug(checker: Checker, case: str, flagged: bool):
    reasons = f"{STOMACH}{case} The request is medically necessary."
    items = [
        ("Naproxen 550mg #60", "Upheld", f"Pain is unchanged after six months of naproxen. {UPHELD}"),
        ("Omeprazole 20mg #30", "Overturned", reasons),
    ]
    found = {f.rule for f in judged(checker, items).findings}
    assert ("DEC007.companion" in found) is flagged


def test_protection_from_an_approved_drug(checker: Checker):
    items = [
        ("Naproxen 550mg #60", "Overturned", "Pain falls from 7 to 3 with naproxen. It is medically necessary."),
        ("Omeprazole 20mg #30", "Overturned", f"{STOMACH}{FOR_THE_DRUG[0]} The request is medically necessary."),
    ]
    assert "DEC007.companion" not in {f.rule for f in judged(checker, items).findings}
