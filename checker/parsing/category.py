"""What kind of thing a request asks for."""

import re
from dataclasses import dataclass

from checker.knowledge.lexicon import Lexicon, TreatmentEntry
from checker.knowledge.names import Mention

DRUG_CATEGORIES = frozenset({"medication", "topical", "compound"})
_UNCOUNTED = frozenset({"imaging", "electrodiagnostic", "injection", "surgery", "dme", "lab-test"})
_ADJUNCT = re.compile(
    r"\b(?:associated\s+surgical|pre[-\s]?op(?:erative(?:ly)?)?\b|pre[-\s]?surg(?:ical|ery)\b|post[-\s]?op(?:erative(?:ly)?)?\b|"
    r"post[-\s]?surg(?:ical|ery)\b|peri[-\s]?operative\b|intra[-\s]?operative\b|surgical\s+(?:assistant|clearance)\b)",
    re.IGNORECASE,
)
_TESTS = frozenset(
    {"imaging", "electrodiagnostic", "lab-test", "psychological", "consultation", "visit", "surgical-adjunct"}
)
_FAR = 60
_COURSE = re.compile(r"(?:and|plus|&|with|,)\b.*\b(?:visits?|sessions?|treatments?)\b")
_ADJUNCT_CATEGORY = "surgical-adjunct"


@dataclass(frozen=True, slots=True)
class Kind:
    """What a request asks for.

    Attributes:
        category: As reported; "" where only the reading of the drug decides it.
        treatment: Id of the treatment, "" for a drug or where none is recognised.
        drugs: The drugs that make the request, empty for anything that is no drug.
        adjunct: The request says that it goes with an operation.
    """

    category: str
    treatment: str
    drugs: tuple[Mention, ...]
    adjunct: bool


def classify(text: str, lexicon: Lexicon) -> Kind:
    """Decide by what is named first; words that say little count only where nothing else is named.

    An injection of a drug is an injection; a drug named within the name of a treatment ("ketorolac injection",
    "vitamin D level") is no drug of its own.
    """
    adjunct = _ADJUNCT.search(text) is not None
    treatments = lexicon.treatments_in(text)
    drugs = tuple(drug for drug in lexicon.drugs_in(text) if not _covered(drug, treatments, lexicon))
    strong = next((t for t in treatments if not lexicon.treatments[t.entry].weak), None)
    if drugs and (strong is None or drugs[0].start < strong.start) and not _injected(drugs, treatments, lexicon):
        return Kind("", "", drugs, adjunct)
    chosen = _head(text, strong, treatments, lexicon) if strong else (treatments[-1] if treatments else None)
    if chosen is None:
        if drugs:
            return Kind("injection", "", (), adjunct)
        return Kind(_ADJUNCT_CATEGORY if adjunct else "other", "", (), adjunct)
    entry = lexicon.treatments[chosen.entry]
    category = _ADJUNCT_CATEGORY if adjunct and entry.category not in DRUG_CATEGORIES else entry.category
    return Kind(category, entry.id, (), adjunct)


def _covered(drug: Mention, treatments: tuple[Mention, ...], lexicon: Lexicon) -> bool:
    return any(
        treatment.start <= drug.start and drug.end <= treatment.end and not lexicon.treatments[treatment.entry].weak
        for treatment in treatments
    )


def _injected(drugs: tuple[Mention, ...], treatments: tuple[Mention, ...], lexicon: Lexicon) -> bool:
    if lexicon.drugs[drugs[0].entry].route == "injection":
        return True
    return any(lexicon.treatments[treatment.entry].category == "injection" for treatment in treatments)


def _head(text: str, first: Mention, treatments: tuple[Mention, ...], lexicon: Lexicon) -> Mention:
    """The head of the request that begins with ``first``.

    The head of an English compound stands last ("sleep study consultation"), and a first visit that is asked for
    together with a course of treatment goes with it ("evaluation and six visits of acupuncture").
    """
    chosen = first
    for mention in treatments[treatments.index(first) + 1 :]:
        if mention.start - chosen.end > _FAR:
            break
        entry, before = lexicon.treatments[mention.entry], lexicon.treatments[chosen.entry]
        gap = text[chosen.end : mention.start].strip().lower()
        compound = not gap and entry.head and before.category not in _TESTS
        course = before.category == "visit" and entry.counted and entry.category != "visit" and _COURSE.match(gap)
        chosen = mention if compound or course else chosen
    return chosen


def follows_surgery(entry: TreatmentEntry | None, surgery_disputed: bool) -> bool:
    """Whether a service belongs to an operation that the same letter decides, without saying so itself."""
    return entry is not None and entry.accompanies_surgery and surgery_disputed


def counts_visits(kind: Kind, entry: TreatmentEntry | None) -> bool:
    """Whether a number in the request can be a number of visits at all."""
    natural = entry.category if entry else kind.category
    return not kind.drugs and natural not in _UNCOUNTED and natural not in DRUG_CATEGORIES
