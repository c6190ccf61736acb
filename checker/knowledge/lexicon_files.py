"""The files of ``rules/lexicon`` that hold words, as people write them. What each field means stands in the file."""

import datetime
from typing import Literal

from pydantic import Field

from checker.model.written import Strict

Mark = Literal["verified", "recalled"]
Category = Literal[
    "medication",
    "topical",
    "compound",
    "physical-medicine",
    "manipulation",
    "acupuncture",
    "psychological",
    "imaging",
    "electrodiagnostic",
    "injection",
    "surgery",
    "surgical-adjunct",
    "dme",
    "consultation",
    "visit",
    "lab-test",
    "program",
    "other",
]
Schema = Literal[1]


class StrengthsSpec(Strict):
    """Strengths that a drug comes in."""

    mark: Mark
    values: list[str] = Field(min_length=1)


class DoseBandSpec(Strict):
    """A factor up to a daily dose in milligrams."""

    up_to: float = Field(gt=0)
    factor: float = Field(gt=0)


class DailyMaxSpec(Strict):
    """Most milligrams a day that the label allows an adult, of combinations of the part that ``strengths`` gives."""

    mg: float = Field(gt=0)
    mark: Mark
    source: str


class DrugSpec(Strict):
    """One drug."""

    id: str
    generic: str
    brands: list[str] = Field(default_factory=list)
    aliases: list[str] = Field(default_factory=list)
    ingredients: list[str] = Field(default_factory=list)
    drug_class: str = Field(alias="class")
    route: str = "oral"
    preparation: Literal["", "compound"] = ""
    strengths: StrengthsSpec | None = None
    topics: list[str] = Field(default_factory=list)
    opioid: bool = False
    schedule: str = ""
    needs_taper: bool = False
    mme: dict[str, float] = Field(default_factory=dict)
    mme_by_dose: dict[str, list[DoseBandSpec]] = Field(default_factory=dict)
    daily_max: DailyMaxSpec | None = None
    mark: Mark
    source: str


class TitledSource(Strict):
    """A table of factors."""

    title: str
    used_from: datetime.date
    mark: Mark


class DrugsFile(Strict):
    """``drugs.yaml``."""

    schema_: Schema = Field(alias="schema")
    sources: dict[str, str]
    mme_sources: dict[str, TitledSource]
    mme_notes: dict[str, str]
    drugs: list[DrugSpec] = Field(min_length=1)


class MoreDrugsFile(Strict):
    """A file of ``drugs/``: drugs of one's own, beside those of ``drugs.yaml``."""

    schema_: Schema = Field(alias="schema")
    sources: dict[str, str] = Field(default_factory=dict)
    drugs: list[DrugSpec] = Field(min_length=1)


class TreatmentSpec(Strict):
    """One treatment, test, device or service."""

    id: str
    category: Category
    names: list[str] = Field(min_length=1)
    topics: list[str] = Field(default_factory=list)
    weak: bool = False
    head: bool = False
    counted: bool = False
    apart: bool = False
    accompanies_surgery: bool = False


class TreatmentsFile(Strict):
    """``treatments.yaml``."""

    schema_: Schema = Field(alias="schema")
    topics_mark: Mark
    source: str
    treatments: list[TreatmentSpec] = Field(min_length=1)


class BodyPartSpec(Strict):
    """One body part under one printed name."""

    id: str
    part: str
    names: list[str] = Field(default_factory=list)
    not_before: list[str] = Field(default_factory=list)
    not_after: list[str] = Field(default_factory=list)


class WhereaboutsSpec(Strict):
    """Words that say where a finding lies: its side, or the half of the body."""

    left: list[str] = Field(min_length=1)
    right: list[str] = Field(min_length=1)
    both: list[str] = Field(min_length=1)
    pair: list[str] = Field(default_factory=list)
    """Limbs in the plural, which are both unless a side stands beside them."""
    upper: list[str] = Field(min_length=1)
    lower: list[str] = Field(min_length=1)


class BodyPartsFile(Strict):
    """``body-parts.yaml``."""

    schema_: Schema = Field(alias="schema")
    sides: dict[str, list[str]]
    between: tuple[str, ...] = ()
    """Words that may stand between a side and its part."""
    whereabouts: WhereaboutsSpec
    parts: list[BodyPartSpec] = Field(min_length=1)


class FormsSpec(Strict):
    """Dosage forms by the route they tell."""

    oral: list[str]
    topical: list[str]
    systemic: list[str]


class DirectionsSpec(Strict):
    """Words beside a number that belongs to the directions for use."""

    before: list[str]
    after: list[str]


class AmountsSpec(Strict):
    """Words of numbers of visits."""

    times: list[str]
    per: list[str]
    week: list[str]
    month: list[str]
    day: list[str]
    visit: list[str]
    link: list[str]
    unit: list[str]
    total: list[str]
    rates: dict[str, int]
    weekly: dict[str, float]


class FormsFile(Strict):
    """``forms.yaml``."""

    schema_: Schema = Field(alias="schema")
    forms: FormsSpec
    compound_words: list[str]
    liquid_forms: list[str]
    strength_units: list[str]
    per_units: list[str]
    not_a_count: list[str]
    quantity_units: dict[str, list[str]]
    count_units: list[str]
    numbers: dict[str, int]
    amounts: AmountsSpec
    directions: DirectionsSpec


class LastPageSpec(Strict):
    """The last page of the edition that is cited by page."""

    value: int
    edition: int
    mark: Mark


class ChapterSpec(Strict):
    """One part of the schedule."""

    id: str
    name: str
    number: int | None = None
    regions: list[str] = Field(default_factory=list)
    last_page: LastPageSpec | None = None
    printed: list[str] = Field(min_length=1)


class MisprintSpec(Strict):
    """A misprinted name with what was meant."""

    printed: str
    meant: str


class GuidelineNamesFile(Strict):
    """``guideline-names.yaml``."""

    schema_: Schema = Field(alias="schema")
    source: str
    chapters: list[ChapterSpec] = Field(min_length=1)
    sections: list[str]
    others: list[str]
    slips: list[MisprintSpec]


class VerdictsFile(Strict):
    """``verdicts.yaml``."""

    schema_: Schema = Field(alias="schema")
    source: str
    strong: list[str]
    necessity: list[str]
    weak: list[str]
    against: list[str]
    subjects: list[str]
    reversed_subjects: list[str]
    negations: list[str]
    none_of: list[str]
    chain: list[str]
    reports: list[str]
    noun_of: list[str]
    lacking: list[str]
    holds: list[str]
    suspends: list[str]
    purposes: list[str]
