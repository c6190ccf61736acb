"""The lexicon: drugs, treatments, body parts and the other words that the parser and the observer look up.

Everything in it is read from ``rules/lexicon/*.yaml``; Python knows only the shape of the entries. A lexicon is built
once and shared by all letters; every lookup is pure and linear in the text.
"""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from checker.knowledge.lexicon_files import (
    BodyPartsFile,
    BodyPartSpec,
    DrugsFile,
    DrugSpec,
    FormsFile,
    GuidelineNamesFile,
    MoreDrugsFile,
    TreatmentsFile,
    TreatmentSpec,
    VerdictsFile,
)
from checker.knowledge.measures import Measures, MeasuresFile, build_measures
from checker.knowledge.names import Mention, Names, normalise
from checker.knowledge.problems import Problem, Problems, RuleError
from checker.knowledge.schema import load_model
from checker.knowledge.whereabouts import Whereabouts
from checker.knowledge.yamlfile import Document

FOLDER = "lexicon"
LexiconError = RuleError
"""What is wrong with a file of the lexicon is told as any mistake in the rules folder is."""
_File = TypeVar("_File", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class DrugEntry:
    """One drug, combination or branded preparation.

    Attributes:
        id: Name of the entry, stable.
        generic: Actives in lower case, joined by "/", without salt and dosage form.
        ingredients: The actives one by one.
        brands: Brand names.
        aliases: Other names and spellings.
        drug_class: opioid, muscle-relaxant, nsaid, ppi, benzodiazepine, ...
        route: oral, topical (acts where it is applied), transdermal (acts through the skin), nasal, injection, ...
        preparation: "" for one that is made ready, "compound" for pharmacy compounds and suspension kits.
        strengths: Strengths it comes in, as printed on labels ("10 mg", "5%").
        strengths_mark: verified or recalled.
        topics: Topics of the 2009 chronic pain guideline that treat of it.
        opioid: It is or holds an opioid.
        schedule: Federal schedule ("CII"), "" where it has none.
        needs_taper: After long use it must not be stopped at once.
        mme: Factor from milligrams (micrograms an hour for patches) to oral morphine, by name of the table.
        mme_by_dose: For a factor that grows with the dose: by name of the table, up to how many milligrams a day each
            factor goes, ascending.
        daily_max: Most milligrams a day by the label, None where the lexicon does not hold it.
        daily_max_mark: verified or recalled.
        mark: verified or recalled: whether drug and names were seen in ``source``.
        source: Key into the sources of the file.
    """

    id: str
    generic: str
    ingredients: tuple[str, ...]
    brands: tuple[str, ...]
    aliases: tuple[str, ...]
    drug_class: str
    route: str
    preparation: str
    strengths: tuple[str, ...]
    strengths_mark: str
    topics: tuple[str, ...]
    opioid: bool
    schedule: str
    needs_taper: bool
    mme: Mapping[str, float]
    mme_by_dose: Mapping[str, tuple[tuple[float, float], ...]]
    daily_max: float | None
    daily_max_mark: str
    mark: str
    source: str


@dataclass(frozen=True, slots=True)
class TreatmentEntry:
    """One treatment, test, device, operation or service that is no drug.

    Attributes:
        id: Name of the entry, stable.
        category: See wire.md: physical-medicine, imaging, surgery, ...
        names: How it is written in requests.
        topics: Topics of the 2009 chronic pain guideline that treat of it.
        weak: The word says little ("evaluation", "therapy"): any other treatment in the same request goes first.
        head: At the end of a compound it decides ("sleep study consultation").
        counted: Requests count it in visits or sessions.
        apart: Another treatment of its category is another treatment: its visits and effects are not of this one.
        accompanies_surgery: It is often asked for only because of an operation.
    """

    id: str
    category: str
    names: tuple[str, ...]
    topics: tuple[str, ...]
    weak: bool
    head: bool
    counted: bool
    apart: bool
    accompanies_surgery: bool


@dataclass(frozen=True, slots=True)
class BodyMention:
    """A body part at ``text[start:end]``, the side before it included.

    Attributes:
        start: Where it begins.
        end: Where it ends.
        part: Lower case, singular ("lumbar spine").
        side: left, right, bilateral or "".
        entry: Id of the part in body-parts.yaml ("lumbar-spine"); one id for all names of a part.
    """

    start: int
    end: int
    part: str
    side: str
    entry: str

    @property
    def name(self) -> str:
        """Side and part: "left knee"."""
        return f"{self.side} {self.part}" if self.side else self.part


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """All tables, with the finders built over them; compared and hashed as the one object that it is.

    Attributes:
        drugs: Entries by id.
        treatments: Entries by id.
        forms: Words of prescriptions and of numbers of visits.
        guideline_names: Names that guideline lines print.
        verdicts: How reviewers word their conclusions.
        measures: The words around numbers.
        morphine_tables: Tables of morphine factors by name, with the day from which each is used, ascending.
    """

    drugs: Mapping[str, DrugEntry]
    treatments: Mapping[str, TreatmentEntry]
    forms: FormsFile
    guideline_names: GuidelineNamesFile
    verdicts: VerdictsFile
    measures: Measures
    morphine_tables: tuple[tuple[str, datetime.date], ...]
    _drug_names: Names
    _treatment_names: Names
    _body: "BodyTable"
    _whereabouts: Whereabouts
    _by_active: Mapping[str, str]

    def drugs_in(self, text: str) -> tuple[Mention, ...]:
        """Every drug named in the text, in order, without overlap; ``entry`` is a key of ``drugs``."""
        return self._drug_names.find(text)

    def treatments_in(self, text: str) -> tuple[Mention, ...]:
        """Every treatment named in the text, in order, without overlap; ``entry`` is a key of ``treatments``."""
        return self._treatment_names.find(text)

    def body_parts_in(self, text: str) -> tuple[BodyMention, ...]:
        """Every body part named in the text, in order, without overlap, with its own side only."""
        return self._body.find(text)

    def whereabouts_in(self, folded: str) -> list[tuple[int, tuple[str, ...]]]:
        """Words for sides and halves of the body in lower-case text: where each stands, and what it stands for."""
        return self._whereabouts.find(folded)

    def drug(self, entry: str) -> DrugEntry:
        """The drug of that id; KeyError where there is none."""
        return self.drugs[entry]

    def treatment(self, entry: str) -> TreatmentEntry:
        """The treatment of that id; KeyError where there is none."""
        return self.treatments[entry]

    def single(self, active: str) -> DrugEntry | None:
        """The entry of an active by itself ("lidocaine"), None where the lexicon does not hold it."""
        entry = self._by_active.get(active)
        return self.drugs[entry] if entry else None


class BodyTable:
    """The body parts and the words for sides."""

    __slots__ = ("_between", "_names", "_rows", "_sides")

    def __init__(self, table: BodyPartsFile) -> None:
        """Take ``body-parts.yaml``."""
        self._rows = {str(number): row for number, row in enumerate(table.parts)}
        self._names = Names((name, key) for key, row in self._rows.items() for name in (row.part, *row.names))
        self._between = sorted((words.split() for words in table.between), key=len, reverse=True)
        self._sides = {word: side for side, words in table.sides.items() for word in words}

    def find(self, text: str) -> tuple[BodyMention, ...]:
        """Every body part of the text, in order."""
        flat = normalise(text)
        found: list[BodyMention] = []
        for mention in self._names.find_normalised(flat):
            row = self._rows[mention.entry]
            if (row.not_before or row.not_after) and self._is_idiom(flat, mention, row):
                continue
            start, side = self._side_before(flat, mention.start)
            found.append(BodyMention(start, mention.end, row.part, side, row.id))
        return tuple(found)

    def _is_idiom(self, flat: str, mention: Mention, row: BodyPartSpec) -> bool:
        """Whether the word is no body part here ("back to work", "on the other hand")."""
        after = flat[mention.end : mention.end + 20].split()
        before = f" {flat[max(0, mention.start - 40) : mention.start].rstrip()}"
        return bool(
            (after and after[0] in row.not_before) or any(before.endswith(f" {words}") for words in row.not_after)
        )

    def _side_before(self, flat: str, at: int) -> tuple[int, str]:
        """The side named right before ``at`` and where it begins."""
        words = flat[max(0, at - 40) : at].split()
        for between in self._between:
            if words[-len(between) :] == between:
                words = words[: -len(between)]
                break
        for count in (2, 1):
            last = " ".join(words[-count:]) if len(words) >= count else ""
            if last in self._sides:
                return flat.rfind(words[-count], 0, at), self._sides[last]
        return at, ""


def load_lexicon(rules: Path) -> Lexicon:
    """Read ``rules/lexicon``.

    Args:
        rules: The folder of the rules.

    Returns:
        The lexicon, ready for lookups.

    Raises:
        RuleError: every mistake of every file: one that is missing, is no YAML, holds an unknown or lacks a required
            key, or holds an id twice.
    """
    folder = rules / FOLDER
    problems = Problems()
    drugs = _loaded(folder / "drugs.yaml", DrugsFile, problems)
    more = [_loaded(path, MoreDrugsFile, problems) for path in sorted((folder / "drugs").glob("*.yaml"))]
    treatments = _loaded(folder / "treatments.yaml", TreatmentsFile, problems)
    body = _loaded(folder / "body-parts.yaml", BodyPartsFile, problems)
    forms = _loaded(folder / "forms.yaml", FormsFile, problems)
    names = _loaded(folder / "guideline-names.yaml", GuidelineNamesFile, problems)
    verdicts = _loaded(folder / "verdicts.yaml", VerdictsFile, problems)
    measures = _loaded(folder / "measures.yaml", MeasuresFile, problems)
    problems.refuse()
    assert drugs and treatments and body and forms and names and verdicts and measures  # noqa: S101, PT018  refused above otherwise
    own = {spec.id: _drug(spec) for file in more if file for spec in file.drugs}
    shipped = {spec.id: _drug(spec) for spec in drugs.drugs if spec.id not in own}
    drug_entries = {**own, **shipped}  # of two entries with one name the first counts
    treatment_entries = {spec.id: _treatment(spec) for spec in treatments.treatments}
    singles = {drug.generic: drug.id for drug in reversed(drug_entries.values()) if len(drug.ingredients) == 1}
    return Lexicon(
        drugs=drug_entries,
        treatments=treatment_entries,
        forms=forms,
        guideline_names=names,
        verdicts=verdicts,
        measures=build_measures(measures),
        morphine_tables=tuple(
            sorted(((n, t.used_from) for n, t in drugs.mme_sources.items()), key=lambda named: named[1])
        ),
        _drug_names=Names(_drug_names(drug_entries.values())),
        _treatment_names=Names((name, entry.id) for entry in treatment_entries.values() for name in entry.names),
        _body=BodyTable(body),
        _whereabouts=Whereabouts(body.whereabouts.model_dump()),
        _by_active=singles,
    )


def _loaded(path: Path, model: type[_File], problems: Problems) -> _File | None:
    """The file as a model; None where it has mistakes, which are noted."""
    with problems.gathered():
        loaded, document = load_model(path, model)
        problems.add(*_ids_taken(document, loaded))
        return loaded
    return None


def _ids_taken(document: Document, loaded: BaseModel) -> Iterable[Problem]:
    """Ids that stand twice in a list of drugs or treatments."""
    for key in ("drugs", "treatments"):
        seen: set[str] = set()
        for number, spec in enumerate(getattr(loaded, key, ())):
            if spec.id in seen:
                yield document.problem((key, number, "id"), f"{spec.id} is the id of an entry before", "choose another")
            seen.add(spec.id)


def _drug(spec: DrugSpec) -> DrugEntry:
    strengths = spec.strengths
    return DrugEntry(
        id=spec.id,
        generic=spec.generic,
        ingredients=tuple(spec.ingredients or spec.generic.split("/")),
        brands=tuple(spec.brands),
        aliases=tuple(spec.aliases),
        drug_class=spec.drug_class,
        route=spec.route,
        preparation=spec.preparation,
        strengths=tuple(strengths.values) if strengths else (),
        strengths_mark=strengths.mark if strengths else "recalled",
        topics=tuple(spec.topics),
        opioid=spec.opioid,
        schedule=spec.schedule,
        needs_taper=spec.needs_taper,
        mme=dict(spec.mme),
        mme_by_dose={table: tuple((b.up_to, b.factor) for b in bands) for table, bands in spec.mme_by_dose.items()},
        daily_max=spec.daily_max.mg if spec.daily_max else None,
        daily_max_mark=spec.daily_max.mark if spec.daily_max else "recalled",
        mark=spec.mark,
        source=spec.source,
    )


def _treatment(spec: TreatmentSpec) -> TreatmentEntry:
    return TreatmentEntry(
        id=spec.id,
        category=spec.category,
        names=tuple(spec.names),
        topics=tuple(spec.topics),
        weak=spec.weak,
        head=spec.head,
        counted=spec.counted,
        apart=spec.apart,
        accompanies_surgery=spec.accompanies_surgery,
    )


def _drug_names(drugs: Iterable[DrugEntry]) -> Iterable[tuple[str, str]]:
    """Brands and aliases before generic names, so that of two entries with one name the more particular counts."""
    entries = tuple(drugs)
    for names in (lambda d: d.brands, lambda d: d.aliases, lambda d: (d.generic,)):
        for drug in entries:
            for name in names(drug):
                yield name, drug.id
