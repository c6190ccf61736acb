"""The lexicon: drugs, treatments, body parts and the other words that the parser and the observer look up.

Everything in it is read from ``rules/lexicon/*.yaml``; Python knows only the shape of the entries. A lexicon is built
once and shared by all letters; every lookup is pure and linear in the text.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import yaml

from checker.knowledge.names import Mention, Names, normalise

FOLDER = "lexicon"
_Entry = TypeVar("_Entry", "DrugEntry", "TreatmentEntry")


class LexiconError(ValueError):
    """A file of the lexicon that cannot be read; the message names file and entry and says what is wrong."""


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
        accompanies_surgery: It is often asked for only because of an operation.
    """

    id: str
    category: str
    names: tuple[str, ...]
    topics: tuple[str, ...]
    weak: bool
    head: bool
    counted: bool
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
        tables: The smaller tables, by file name without ending, as their readers need them.
    """

    drugs: Mapping[str, DrugEntry]
    treatments: Mapping[str, TreatmentEntry]
    tables: Mapping[str, Any]
    _drug_names: Names
    _treatment_names: Names
    _body: "BodyTable"
    _by_active: Mapping[str, str] = field(default_factory=dict)

    def drugs_in(self, text: str) -> tuple[Mention, ...]:
        """Every drug named in the text, in order, without overlap; ``entry`` is a key of ``drugs``."""
        return self._drug_names.find(text)

    def treatments_in(self, text: str) -> tuple[Mention, ...]:
        """Every treatment named in the text, in order, without overlap; ``entry`` is a key of ``treatments``."""
        return self._treatment_names.find(text)

    def body_parts_in(self, text: str) -> tuple[BodyMention, ...]:
        """Every body part named in the text, in order, without overlap, with its own side only."""
        return self._body.find(text)

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


@dataclass(frozen=True, slots=True)
class BodyRow:
    """One row of body-parts.yaml; see there."""

    id: str
    part: str
    names: tuple[str, ...]
    not_before: tuple[str, ...]
    not_after: tuple[str, ...]


class BodyTable:
    """The body parts and the words for sides."""

    __slots__ = ("_names", "_rows", "_sides")

    def __init__(self, rows: Iterable[BodyRow], sides: Mapping[str, str]) -> None:
        """Take the rows of the table and the words for sides with what they stand for."""
        self._rows = {str(number): row for number, row in enumerate(rows)}
        self._names = Names((name, key) for key, row in self._rows.items() for name in (row.part, *row.names))
        self._sides = dict(sides)

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

    def _is_idiom(self, flat: str, mention: Mention, row: BodyRow) -> bool:
        """Whether the word is no body part here ("back to work", "on the other hand")."""
        after = flat[mention.end : mention.end + 20].split()
        before = flat[max(0, mention.start - 20) : mention.start].split()
        return bool((after and after[0] in row.not_before) or (before and before[-1] in row.not_after))

    def _side_before(self, flat: str, at: int) -> tuple[int, str]:
        """The side named right before ``at`` and where it begins."""
        words = flat[max(0, at - 40) : at].split()
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
        LexiconError: a file that is missing, no YAML, or holds an entry without a required field or with an id twice.
    """
    folder = rules / FOLDER
    drugs = _entries(folder / "drugs.yaml", "drugs", _drug)
    treatments = _entries(folder / "treatments.yaml", "treatments", _treatment)
    tables = {name: _read(folder / f"{name}.yaml") for name in ("forms", "guideline-names", "verdicts")}
    body = _read(folder / "body-parts.yaml")
    return Lexicon(
        drugs=drugs,
        treatments=treatments,
        tables=tables,
        _drug_names=Names(_drug_names(drugs.values())),
        _treatment_names=Names((name, t.id) for t in treatments.values() for name in t.names),
        _body=_body_table(folder / "body-parts.yaml", body),
        _by_active={d.generic: d.id for d in reversed(tuple(drugs.values())) if len(d.ingredients) == 1},
    )


def _read(path: Path) -> dict[str, Any]:
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
    except OSError as error:
        raise LexiconError(f"{path.name}: cannot be read ({error.strerror}); is the rules folder complete?") from error
    except yaml.YAMLError as error:
        raise LexiconError(f"{path.name}: no YAML: {str(error).splitlines()[0]}") from error
    if not isinstance(data, dict):
        raise LexiconError(f"{path.name}: a mapping is expected at the top")
    return data


def _entries(path: Path, key: str, build: Callable[[dict[str, Any]], _Entry]) -> dict[str, _Entry]:
    """Build the entries under ``key``, by id, in the order of the file."""
    built: dict[str, _Entry] = {}
    for number, row in enumerate(_rows(path, _read(path), key), start=1):
        try:
            entry = build(row)
        except (KeyError, TypeError, ValueError) as error:
            raise LexiconError(f"{path.name}: entry {number} ({row.get('id', 'no id')}): {_what(error)}") from error
        if entry.id in built:
            raise LexiconError(f"{path.name}: entry {number}: the id {entry.id} is already taken")
        built[entry.id] = entry
    return built


def _rows(path: Path, data: dict[str, Any], key: str) -> list[dict[str, Any]]:
    rows = data.get(key)
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise LexiconError(f"{path.name}: a list of entries is expected under '{key}'")
    return rows


def _what(error: Exception) -> str:
    return f"the field {error} is missing" if isinstance(error, KeyError) else str(error)


def _words(row: dict[str, Any], key: str) -> tuple[str, ...]:
    value = row.get(key) or ()
    if isinstance(value, str) or not all(isinstance(word, str) for word in value):
        raise ValueError(f"'{key}' must be a list of words; quote numbers")
    return tuple(value)


def _drug(row: dict[str, Any]) -> DrugEntry:
    generic = str(row["generic"])
    strengths = row.get("strengths") or {}
    return DrugEntry(
        id=str(row["id"]),
        generic=generic,
        ingredients=_words(row, "ingredients") or tuple(generic.split("/")),
        brands=_words(row, "brands"),
        aliases=_words(row, "aliases"),
        drug_class=str(row["class"]),
        route=str(row.get("route", "oral")),
        preparation=str(row.get("preparation", "")),
        strengths=_words(strengths, "values"),
        strengths_mark=str(strengths.get("mark", "recalled")),
        topics=_words(row, "topics"),
        opioid=bool(row.get("opioid", False)),
        schedule=str(row.get("schedule", "")),
        needs_taper=bool(row.get("needs_taper", False)),
        mme={str(table): float(factor) for table, factor in (row.get("mme") or {}).items()},
        mark=str(row["mark"]),
        source=str(row["source"]),
    )


def _treatment(row: dict[str, Any]) -> TreatmentEntry:
    names = _words(row, "names")
    if not names:
        raise KeyError("names")
    return TreatmentEntry(
        id=str(row["id"]),
        category=str(row["category"]),
        names=names,
        topics=_words(row, "topics"),
        weak=bool(row.get("weak", False)),
        head=bool(row.get("head", False)),
        counted=bool(row.get("counted", False)),
        accompanies_surgery=bool(row.get("accompanies_surgery", False)),
    )


def _drug_names(drugs: Iterable[DrugEntry]) -> Iterable[tuple[str, str]]:
    """Brands and aliases before generic names, so that of two entries with one name the more particular counts."""
    entries = tuple(drugs)
    for names in (lambda d: d.brands, lambda d: d.aliases, lambda d: (d.generic,)):
        for drug in entries:
            for name in names(drug):
                yield name, drug.id


def _body_row(row: dict[str, Any]) -> BodyRow:
    words = {key: _words(row, key) for key in ("names", "not_before", "not_after")}
    return BodyRow(id=str(row["id"]), part=str(row["part"]), **words)


def _body_table(path: Path, data: dict[str, Any]) -> BodyTable:
    rows = _rows(path, data, "parts")
    sides = {str(word): str(side) for side, words in (data.get("sides") or {}).items() for word in words}
    try:
        return BodyTable((_body_row(row) for row in rows), sides)
    except (KeyError, ValueError) as error:
        raise LexiconError(f"{path.name}: {_what(error)}") from error
