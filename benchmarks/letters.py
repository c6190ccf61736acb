"""Letters made for measuring: as long as real ones, no two alike, the same ones every time.

A cache that remembers words, sentences or headings must not make a program look faster than it is on letters that it
has not seen. So drugs, doses, dates, numbers, people and the choice, order and joining of sentences all vary. What the
letters say is made up and need not make sense beyond a sentence.
"""

import random
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

SHORTEST, LONGEST = 4_000, 6_500
"""Code points a letter has at least and at most."""

_WIDTH = 96
JOBS = (
    "roofer mason cashier welder machinist janitor nurse baker forklift-operator deputy line-cook electrician plumber "
    "warehouse-picker bus-driver teacher painter framer stocker seamstress gardener dispatcher custodian caregiver"
).split()
PARTS = (
    "lumbar spine|cervical spine|left knee|right knee|left shoulder|right shoulder|right wrist|left elbow|left ankle|"
    "right hip|thoracic spine|both hands|low back|neck|right foot|left hand"
).split("|")
CAUSES = (
    "slipped on a wet dock|lifted a {n}-pound drum|was struck by a falling pallet|fell {m} feet from a scaffold|"
    "twisted on a loose tread|had been keying for {m} years|was rear-ended in a company van|pulled a jammed cart|"
    "caught a patient who was falling|stepped into an uncovered drain|pushed a stalled trolley up a ramp"
).split("|")
DIAGNOSES = (
    "radiculopathy|rotator cuff tear|carpal tunnel syndrome|degenerative disc disease|facet arthropathy|chondromalacia|"
    "myofascial pain|lateral epicondylitis|post-laminectomy syndrome|spinal stenosis|adhesive capsulitis|sacroiliitis|"
    "chronic pain syndrome|major depression|insomnia|medial meniscus tear|plantar fasciitis|ulnar neuropathy"
).split("|")
OPIOIDS = (
    "Norco 10/325mg|Norco 5/325mg|Percocet 10/325mg|Tramadol 50mg|Oxycodone 15mg|MS Contin 30mg|Nucynta 75mg|"
    "Hydrocodone/APAP 7.5/325mg|Butrans 10mcg|Ultram ER 150mg|Tylenol #3|Opana ER 20mg|Morphine sulfate ER 15mg"
).split("|")
DRUGS = (
    "Soma 350mg|Flexeril 7.5mg|Baclofen 10mg|Tizanidine 4mg|Naproxen 550mg|Ibuprofen 800mg|Omeprazole 20mg|"
    "Pantoprazole 20mg|Gabapentin 600mg|Lyrica 75mg|Cymbalta 60mg|Trazodone 50mg|Xanax 0.5mg|Lunesta 2mg|Ambien 10mg|"
    "Celebrex 200mg|Nortriptyline 25mg|Topamax 50mg|Robaxin 750mg|Skelaxin 800mg|Voltaren 1% gel|Lidoderm 5% patch|"
    "Diclofenac XR 100mg|Etodolac 400mg|Zanaflex 2mg|Nabumetone 750mg|Meloxicam 15mg|Terocin patch"
).split("|")
THERAPIES = (
    "Physical therapy|Acupuncture|Chiropractic manipulation|Aquatic therapy|Cognitive behavioral therapy|"
    "Occupational therapy|Biofeedback|Massage therapy"
).split("|")
_TESTS = (
    "MRI of the {part}|X-ray of the {part}|EMG/NCV of the bilateral upper extremities|CT of the {part}|"
    "EMG/NCV of the bilateral lower extremities|Urine drug screen|Functional capacity evaluation|"
    "Lumbar epidural steroid injection at L{level}|TENS unit, 30 day trial|Home H-wave device|Lumbar brace|"
    "Trigger point injections, {part}|Orthopedic consultation|Pain management follow-up visit|Rolling walker|"
    "Right knee arthroscopy with partial meniscectomy|Interferential unit|Medial branch block at L{level}"
).split("|")
_SECTIONS = (
    "Opioids, criteria for use Page(s): 76-80|Muscle relaxants Page(s): 63-66|NSAIDs Page(s): 67-73|"
    "Physical Medicine Page(s): 98-99|Manual therapy & manipulation Page(s): 58-60|Topical Analgesics Page(s): 111-113|"
    "Epidural steroid injections (ESIs) Page(s): 46|Antiepilepsy drugs (AEDs) Page(s): 16-22|"
    "NSAIDs, GI symptoms & cardiovascular risk Page(s): 68-69|Psychological treatment Page(s): 101-102|"
    "TENS, chronic pain Page(s): 114-116|Drug testing Page(s): 43|Weaning of Medications Page(s): 124|"
    "Benzodiazepines Page(s): 24|Carisoprodol (Soma) Page(s): 29|Home health services Page(s): 51"
).split("|")
_CHAPTERS = (
    "Low Back Complaints 2004, Section(s): Special Studies|Knee Complaints 2004, Section(s): Initial Care|"
    "Neck and Upper Back Complaints 2004, Section(s): Physical Methods|Shoulder Complaints 2004, Section(s): Surgery|"
    "Acupuncture Treatment 2007|Elbow Disorders 2007|Forearm, Wrist, and Hand Complaints 2004"
).split("|")
_OUTSIDE = (
    "Official Disability Guidelines (ODG), Pain Chapter|ODG Low Back Chapter|ODG, Mental Illness & Stress, Sleep aids|"
    "Official Disability Guidelines, Neck and Upper Back|ODG Knee & Leg Chapter, Durable medical equipment"
).split("|")
SPECIALTIES = (
    "Occupational Medicine|Physical Medicine & Rehabilitation|Pain Management|Orthopedic Surgery|Internal Medicine|"
    "Family Practice|Anesthesiology|Psychologist|Chiropractor|Neurology"
).split("|")
STATES = "California|Nevada|Texas|Ohio|Arizona|New York|Florida|Oregon|Washington|Illinois".split("|")

SUMMARY = """
{He} rates {his} pain {a}/10 with medication and {b}/10 without it
The pain in the {part} is described as {feel}, worse with {doing} and better with {easing}
On the report of {date} {he} could {act} for {n} minutes, where it had been {m}
Examination of {date} revealed tenderness over the {part}, {deg} degrees of flexion and {sign}
{Sign_cap} was found on the {side} and {sign} on the other side
{He} has had {m} visits of {therapy} with {much} relief, and a home exercise program was {taught}
{He} has taken {drug} since {month} {year} and reports {effect}
The urine drug screen of {date} was {consistent} with the prescribed medications
An MRI dated {date} showed a {k} mm protrusion at L{level} with {sign}
{He} denies {denied} and has no history of {history}
Past treatment consisted of {therapy}, {drug} and {m} injections of the {part}
{He} is on modified duty with no lifting above {n} pounds
The physician asked for {drug} #{count} and for {m} further visits of {therapy}
Sleep is {sleep}; {he} wakes {k} times a night because of the {part}
Electrodiagnostic studies of {date} were {normal} for radiculopathy at L{level}
The CURES report listed {k} prescribers and the opioid agreement was signed on {date}
Side effects include {effect}, for which {drug} was added in {month} {year}
{He} underwent surgery of the {part} on {date} and was left with {diag}
The Beck score was {n} and the Oswestry score {deg} percent
Range of motion improved from {deg} to {deg2} degrees after {m} sessions, and {he} went back to work in {month}
Gait is {gait}, straight leg raising is {posneg} at {deg} degrees and reflexes are {reflex}
{He} uses a cane and needs help with {doing}
Medications are {drug}, {drug2} and {drug3}, which bring the pain from {b} down to {a} for about {k} hours
""".strip().splitlines()
GUIDELINE = """
The MTUS recommends {class_} for {diag} as a second-line option only, in short courses of no more than {m} weeks
According to the guidelines, ongoing use calls for documented pain relief, functional status and side effects
The guideline allows {m} visits over {k} weeks, tapering off into a home program
Continuation requires evidence of objective functional improvement, such as a return to work or fewer medications
Imaging is kept for those who would have an operation or whose red flags must be looked into
Official Disability Guidelines do not recommend the device alone, though a {n}-day trial may be considered
A total daily dose above {n} mg of morphine equivalents is not recommended without a specialist's review
If there is no improvement after {k} weeks of conservative care, special studies may be of value
{Class_cap} may be effective in reducing pain and muscle tension, but in most cases they show no benefit beyond NSAIDs
Efficacy appears to diminish over time, and prolonged use may lead to dependence (Chou, {year})
Patients at intermediate risk for gastrointestinal events may take a proton pump inhibitor with an anti-inflammatory
Radiculopathy must be documented by examination and corroborated by imaging or electrodiagnostic testing
The criteria include failure of {class_}, at least {k} months of pain and a treatment plan with specific goals
""".strip().splitlines()
CASE = """
In this case there is no documentation of {missing} with the use of {drug}
The injured worker has had {m} visits of {therapy}, and the records do not show {missing}
The progress report of {date} fails to describe {missing} or {missing2}
{He} has been on {drug} since at least {year}, well beyond the {k} weeks that are allowed
Pain is {b}/10 with the drug and was {b}/10 before it, so that no benefit can be seen
The documentation provided shows {effect} and {missing}, and the urine drug screen was {consistent}
There were no {denied} and no {missing} noted in the file, although {he} returned to work in {month} {year}
The provider did not state why {drug} was chosen over {drug2}
The worker has already tried {drug} and {therapy} without {much} relief
Examination showed {sign} with {deg} degrees of flexion, which supports {diag}
The request does not specify the quantity, the frequency or the part of the body
While {he} reports {effect}, the notes lack {missing} and the dose of {n} mg exceeds what is advised
Given that {he} can {act} for {n} minutes and takes {count} tablets a month, function has {gone}
""".strip().splitlines()
_END = """
Therefore, the request for {what} is {not_}medically necessary
As such, medical necessity has {not_}been established for {what}
The currently requested {what} is {not_}medically necessary
For these reasons {what} is {not_}medically necessary and appropriate
""".strip().splitlines()
PLAIN = """
The employer sent {him} to a clinic in {month} {year}, where films of the {part} were taken and a sling was given
The report of {date} is {n} pages long and in part hard to read
A hinged brace was worn for {k} weeks and then put away
{He} first saw a doctor of {his} own choice on {date}, {m} days after the accident
The onset was gradual, over some {m} weeks of {doing} at work
Records of the years before {year} were sent in late, together with a letter of the {job}'s employer
Height is {k} feet and weight {deg} pounds, blood pressure {deg}/{n}
A second opinion of {date} agreed that {diag} was the likeliest explanation of the complaints
The {side} side had been hurt once before, in a car accident in {month} {year}
{He} lives with {k} relatives in a house with {m} steps and drives {n} minutes to the office of the physician
The condition was declared permanent and stationary on {date}, and future care was left open
The claim was accepted for the {part} and later also for {diag}
The dispute concerns what was asked for on {date}, on one of {k} forms that came together
""".strip().splitlines()
_AFTER = "Opioids and similar drugs taken for {k} months should be weaned, not stopped at once"

WORDS: dict[str, Sequence[str]] = {
    "feel": "burning|aching|sharp|stabbing|dull and constant|throbbing".split("|"),
    "doing": "bending|sitting|overhead reach|stairs|gripping|prolonged standing|dressing|driving".split("|"),
    "easing": "rest|heat|ice|lying down|medication|stretching".split("|"),
    "act": "walk|sit|stand|drive|cook|do the dishes|garden|shop".split("|"),
    "sign": (
        "spasm|decreased sensation in the L5 dermatome|a positive Tinel sign|weakness of dorsiflexion|crepitus|"
        "intact sensation|a positive Spurling test|no swelling|trigger points with a twitch response|an antalgic gait"
    ).split("|"),
    "much": "some|little|no lasting|significant|forty percent|temporary|good".split("|"),
    "taught": "taught|not mentioned|continued|begun but given up".split("|"),
    "effect": (
        "constipation|no side effects|drowsiness|heartburn|better sleep|nausea|improved function|no change|"
        "less pain by half|greater tolerance for daily activities"
    ).split("|"),
    "consistent": "consistent|inconsistent|not consistent|in keeping".split("|"),
    "denied": "bowel or bladder loss|numbness|suicidal thoughts|adverse effects|weakness|aberrant behavior".split("|"),
    "history": "ulcer|substance abuse|diabetes|gastrointestinal bleeding|heart disease|prior injury".split("|"),
    "sleep": "poor|fair|broken|improved with medication|unchanged".split("|"),
    "normal": "normal|positive|negative|suggestive|inconclusive".split("|"),
    "gait": "antalgic|normal|slow|guarded|wide-based".split("|"),
    "posneg": "positive|negative|equivocal".split("|"),
    "reflex": "symmetric|absent at the ankle|brisk|2+|diminished on the left".split("|"),
    "class_": "muscle relaxants|opioids|anti-inflammatory drugs|topical agents|antiepileptics|injections".split("|"),
    "missing": (
        "functional improvement|pain relief|a pain contract|objective findings|failure of first-line therapy|"
        "side effects|a treatment plan|neuropathic pain|a home exercise program|red flags|risk assessment|"
        "quantified pain scores|muscle spasm|gastrointestinal risk factors|radiculopathy on examination"
    ).split("|"),
    "gone": "improved|not improved|remained the same|declined".split("|"),
    "side": ("left", "right"),
}  # fmt: skip
_TELLING = 0.2
"""Of what fills a letter up so many sentences say something of a criterion, as many as in real letters."""
_JOINS = (
    ". ",
    ". ",
    ". ",
    ". ",
    ". ",
    ". ",
    ". In addition, ",
    "; ",
    ". It is noted that ",
    ", and ",
    ". On the other hand, ",
)


@dataclass(frozen=True, slots=True)
class _Ask:
    heading: str
    what: str
    upheld: bool


class _Writer:
    """Writes one letter."""

    def __init__(self, random_: random.Random) -> None:
        self._random = random_
        she = random_.random() < 0.5
        self._he, self._his, self._him = ("she", "her", "her") if she else ("he", "his", "him")
        self._sex = "female" if she else "male"
        self._year = random_.randint(2005, 2015)

    def letter(self, number: int) -> str:
        """The raw text of a letter, lines wrapped as an extraction leaves them."""
        asks = [self._ask() for _ in range(self._random.choice((1, 2, 2, 2, 3)))]
        size = self._random.randint(SHORTEST - 100, LONGEST - 1_200)
        parts = [self._head(number), *self._frame()]
        summary, items = self._summary(), [self._item(ask) for ask in asks]
        spare = size - sum(map(len, (*parts, *summary, *(text for item in items for text in item))))
        while spare > 0:
            body, pool = self._random.choice([(summary, SUMMARY), *((item, CASE) for item in items)])
            sentence = self._filled(self._pick(pool if self._random.random() < _TELLING else PLAIN))
            body.insert(-1, sentence)
            spare -= len(sentence) + 4
        paragraphs = [
            *parts,
            self._joined(summary),
            "IMR ISSUES, DECISIONS AND RATIONALES",
            "The Final Determination was based on decisions for the disputed items/services set forth below:",
        ]
        for item in items:
            paragraphs += [*item[:3], "Decision rationale: " + self._joined(item[3:])]
        return self._printed(paragraphs)

    def _printed(self, paragraphs: Sequence[str]) -> str:
        lines = [line for paragraph in paragraphs for line in (*textwrap.wrap(paragraph, _WIDTH), "")]
        if self._random.random() < 0.5:
            return "\n".join(lines)
        return "\n\n".join(f"{line} " for line in lines)  # as the older extraction prints it: every line end doubled

    def _head(self, number: int) -> str:
        injury, ur = self._date(0), self._date(6)
        return (
            f"Case Number: CM{self._random.randint(13, 17)}-{990_000 + number:07d} Date Assigned: {self._date(7)} "
            f"Date of Injury: {injury} Decision Date: {self._date(8)} UR Denial Date: {ur} Priority: Standard "
            f"Application Received: {self._date(7)}"
        )

    def _frame(self) -> Iterator[str]:
        yield "HOW THE IMR FINAL DETERMINATION WAS MADE"
        yield (
            "MAXIMUS Federal Services sent the complete case file to an expert reviewer. He/she has no affiliation "
            "with the employer, employee, providers or the claims administrator. He/she has been in active practice "
            "for more than five years and is currently working at least 24 hours a week in active practice. The expert "
            "reviewer was selected based on his/her clinical experience, education, background, and expertise in the "
            "same or similar specialties that evaluate and/or treat the medical condition and disputed items/services. "
            "He/she is familiar with governing laws and regulations, including the strength of evidence hierarchy that "
            "applies to Independent Medical Review determinations."
        )
        yield (
            "The Expert Reviewer has the following credentials: State(s) of Licensure: "
            f"{', '.join(self._random.sample(STATES, 2))} Certification(s)/Specialty: "
            f"{', '.join(self._random.sample(SPECIALTIES, 2))}"
        )
        yield "CLINICAL CASE SUMMARY"
        yield (
            "The expert reviewer developed the following clinical case summary based on a review of the case file, "
            "including all medical records:"
        )

    def _summary(self) -> list[str]:
        first = (
            f"The injured worker is a {self._random.randint(19, 68)} year old {self._sex} {self._pick(JOBS)} who "
            f"{self._filled(self._pick(CAUSES))} on {self._date(0)} and hurt the {self._pick(PARTS)}"
        )
        second = f"Diagnoses include {', '.join(self._random.sample(DIAGNOSES, 3))}"
        last = f"On {self._date(6)} Utilization Review non-certified the requests"
        return [first, second, *(self._filled(t) for t in self._random.sample(SUMMARY, 2)), last]

    def _ask(self) -> _Ask:
        kind = self._random.random()
        number = self._random.randint(3, 24)
        if kind < 0.3:
            heading = f"{self._pick(OPIOIDS)} #{number * 10}"
        elif kind < 0.6:
            heading = f"{self._pick(DRUGS)} #{number * 10} with {number % 5 + 1} refills"
        elif kind < 0.8:
            heading = f"{self._pick(THERAPIES)}, {number} visits, {self._pick(PARTS)}"
        else:
            heading = self._filled(self._pick(_TESTS))
        return _Ask(heading, heading.split(" #")[0], self._random.random() < 0.85)

    def _item(self, ask: _Ask) -> list[str]:
        end = self._pick(_END)
        not_ = "not " if ask.upheld else ""
        said = self._filled(end.replace("{what}", ask.what).replace("{not_}", not_))
        after = [self._filled(_AFTER)] if self._random.random() < 0.1 else []
        return [
            f"{ask.heading}: {'Upheld' if ask.upheld else 'Overturned'}",
            f"Claims Administrator guideline: {self._cited()}",
            f"MAXIMUS guideline: {self._cited()}",
            *(self._filled(t) for t in self._random.sample(GUIDELINE, 2)),
            *(self._filled(t) for t in self._random.sample(CASE, 1)),
            said,
            *after,
        ]

    def _cited(self) -> str:
        kind = self._random.random()
        if kind < 0.6:
            return f"Decision based on MTUS Chronic Pain Treatment Guidelines {self._pick(_SECTIONS)}."
        if kind < 0.8:
            return f"Decision based on MTUS {self._pick(_CHAPTERS)}."
        return f"Decision based on Non-MTUS Citation {self._pick(_OUTSIDE)}."

    def _joined(self, sentences: Sequence[str]) -> str:
        """Sentences in a row, a few of them joined to the next."""
        text = ""
        for sentence in sentences:
            join = self._pick(_JOINS) if text else ""
            begins = sentence if not text or join == ". " else sentence[0].lower() + sentence[1:]
            text += join + begins
        return text + "."

    def _pick(self, words: Sequence[str]) -> str:
        return self._random.choice(words)

    def _date(self, later: int) -> str:
        """A date up to so many years after the injury's, in one of the ways letters print it."""
        day, month = self._random.randint(1, 28), self._random.randint(1, 12)
        year = min(self._year + later, 2017)
        return self._pick((f"{month}/{day}/{year}", f"{month:02d}/{day:02d}/{year}", f"{month}-{day}-{year}"))

    def _filled(self, template: str) -> str:
        number = self._random.randint
        values: dict[str, object] = {name: self._pick(words) for name, words in WORDS.items()}
        values.update(
            he=self._he, He=self._he.capitalize(), his=self._his, him=self._him, job=self._pick(JOBS),
            a=number(1, 6), b=number(5, 10), n=number(10, 90),
            m=number(2, 24), k=number(2, 9), deg=number(10, 170), deg2=number(10, 170), count=number(2, 24) * 10,
            level=self._pick(("2-3", "3-4", "4-5", "5-S1")), part=self._pick(PARTS), diag=self._pick(DIAGNOSES),
            drug=self._pick(DRUGS), drug2=self._pick(OPIOIDS), drug3=self._pick(DRUGS), date=self._date(5),
            therapy=self._pick(THERAPIES).lower(), month=self._pick(("March", "June", "August", "November", "May")),
            year=min(self._year + number(1, 5), 2017), missing2=self._pick(WORDS["missing"]),
        )  # fmt: skip
        values["Sign_cap"] = str(values["sign"]).capitalize()
        values["Class_cap"] = str(values["class_"]).capitalize()
        return template.format(**values)


def made_letters(count: int, seed: int = 1) -> list[str]:
    """So many letters of layout 4b; the same ones for the same seed.

    Raises:
        ValueError: a letter came out shorter or longer than real ones are, or like another.
    """
    letters = [_Writer(random.Random(f"{seed}-{number}")).letter(number) for number in range(count)]  # noqa: S311
    odd = [len(letter) for letter in letters if not SHORTEST <= len(letter) <= LONGEST]
    if odd:
        raise ValueError(f"{len(odd)} letters of a length that letters do not have, such as {odd[0]}")
    if len(set(letters)) < count:
        raise ValueError("two letters are alike")
    return letters
