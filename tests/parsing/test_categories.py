"""What kind of thing a request asks for, and for which part of the body."""

import pytest

from checker.knowledge.lexicon import Lexicon
from tests.parsing.letters import parsed_item

CATEGORIES = {
    "physical-medicine": "Gait training|Pool therapy 2x4|Massage therapy|Shockwave therapy, heel|Electrical "
    "stimulation 6 visits|"
    "Hand therapy|Iontophoresis|Vestibular rehabilitation|Cold laser",
    "manipulation": "Chiropractic care|Osteopathic manipulation|Manual therapy 1x4|Spinal manipulation",
    "acupuncture": "Acupuncture|Electro-acupuncture 6 visits|Initial evaluation and 6 visits of acupuncture",
    "psychological": "Individual psychotherapy|CBT x 6|Biofeedback|Neuropsychological testing|Hypnotherapy",
    "imaging": "MR arthrogram of the hip|CT of the foot|X-rays, left rib|Bone scan|Diagnostic ultrasound, wrist|"
    "Left calf doppler|MRI brain|Referral for a bone scan",
    "electrodiagnostic": "EMG/NCV, both legs|NCS left arm|SSEP|Nerve conduction velocity study",
    "injection": "Caudal epidural steroid injection|L3 medial branch blocks|PRP injection|Botox|Toradol injection|"
    "Cortisone shot|Stellate ganglion block|Orthovisc x 3",
    "surgery": "Right hip arthroscopy|L4-5 laminectomy|Carpal tunnel release|Spinal cord stimulator trial|"
    "Hardware removal|Hernia repair|Manipulation under anesthesia",
    "surgical-adjunct": "Associated surgical service: Walker|Pre-op chest film|Post-op hand therapy "
    "2x4|Assistant surgeon|"
    "Cardiac clearance|Preoperative labs|Postoperative sling",
    "dme": "TENS unit|Walker|Knee brace|Orthotics|Bed|H-wave rental|Reacher|Wheelchair ramp|Gloves",
    "consultation": "Neurology consult|Referral to a podiatrist|Second opinion|Consultation and treatment|"
    "Sleep study consultation|Evaluation by a neurologist|Initial evaluation with a hand surgeon|"
    "Referral for a surgical evaluation",
    "visit": "Follow-up with orthopedics|Re-examination|Physical therapy evaluation|Office visit|Chiropractic "
    "evaluation",
    "lab-test": "Urine drug screen|TSH|Liver function tests|Genetic testing|Testosterone level",
    "program": "Functional restoration program|Work hardening|Gym membership|Inpatient rehabilitation|Weight "
    "loss program",
    "other": "EKG|Sleep study|Functional capacity evaluation|Home health aide|Transportation|Range of motion testing|"
    "Something quite unheard of",
    "medication": "Lyrica|Post-op Norco|Butrans patch|Prednisone taper|Narcan nasal spray",
    "topical": "Lidoderm|Voltaren gel|Pain cream|Diclofenac 3%",
    "compound": "Compound cream|Deprizine|Ketophene|Baclofen 2%, ketamine 5% in cream base",
}


@pytest.mark.parametrize(
    ("category", "heading"),
    [(category, heading) for category in CATEGORIES for heading in CATEGORIES[category].split("|")],
)
def test_category(category: str, heading: str, lexicon: Lexicon) -> None:
    assert parsed_item(heading, lexicon).category == category


@pytest.mark.parametrize(
    ("heading", "parts"),
    [
        ("MRI of the lumbar and thoracic", ("lumbar spine", "thoracic spine")),
        ("Massage, left shoulder, wrist and hip", ("left shoulder", "left wrist", "left hip")),
        ("X-ray right elbow and left knees", ("right elbow", "left knee")),
        ("EMG of both upper extremities", ("bilateral upper extremity",)),
        ("Therapy for the low back and neck", ("low back", "neck")),
        ("Left L4-5 epidural steroid injection", ("lumbar spine",)),
        ("C5-C6 facet block", ("cervical spine",)),
        ("Therapy, left hand, cervical spine", ("left hand", "cervical spine")),
        ("CT of the feet", ("foot",)),
        ("Norco 5/325mg #60", ()),
        ("Return to work visit, back to full duty", ()),
    ],
)
def test_body_parts(heading: str, parts: tuple[str, ...], lexicon: Lexicon) -> None:
    assert parsed_item(heading, lexicon).body_parts == parts
