"""The drug of a request: name, actives, strength, quantity, refills."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from checker.knowledge.lexicon import DrugEntry, Lexicon
from checker.knowledge.names import Mention, Names
from checker.model.determination import Drug
from checker.parsing.prescription import PrescriptionPatterns, Strength
from checker.parsing.slices import Range
from checker.parsing.view import View

_SUFFIX = re.compile(
    r"(?:[\s-]+(?:ER|XR|SR|DR|CR|IR|XL|LA|EC|DS|ES|HP|HCL|HCl|ODT|Hydrochloride|Sodium|Potassium|Citrate|Sulfate|Tartrate|"
    r"Bitartrate|Sod|Na|Er|Xr|Sr|Dr|Hcl)\b)+"
)
_JOINED = re.compile(r"\s*(?:[/+&-]|,|\band\b|\bwith\b)\s*")
_UNKNOWN_NAME = re.compile(
    r"(?:\b(?:retrospective|prescription|request|for|of|post-?op|the|a|medication|refill|retro)\b[\s:,-]*)*",
    re.IGNORECASE,
)
_NAME_END = re.compile(r"[\d#,(:]|\b(?:qty|quantity|x)\b", re.IGNORECASE)
_PERCENT = re.compile(r"\d\s?%")
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Preparation:
    """The drugs of a request as one preparation.

    Attributes:
        entries: The entry of each drug that belongs to it, in order, each once.
        category: medication, topical or compound.
        at: Where its first name stands.
    """

    entries: tuple[DrugEntry, ...]
    category: str
    at: Mention


class DrugReader:
    """Reads the drug of a request with the words of ``forms.yaml``."""

    __slots__ = ("_compound", "_forms", "_lexicon", "_liquid", "_patterns", "_topical")

    def __init__(self, lexicon: Lexicon) -> None:
        """Build the patterns once."""
        forms = lexicon.forms
        self._lexicon = lexicon
        self._patterns = PrescriptionPatterns(forms)
        self._forms = Names((word, route) for route, words in forms.forms for word in words)
        self._topical = Names((word, "topical") for word in forms.forms.topical)
        self._liquid = Names((word, "liquid") for word in forms.liquid_forms)
        self._compound = Names((word, "compound") for word in forms.compound_words)

    def preparation(self, text: str, mentions: Sequence[Mention]) -> Preparation:
        """What the drugs named in a request make together; ``mentions`` holds at least one."""
        entries = tuple(self._lexicon.drugs[mention.entry] for mention in mentions)
        first = entries[0]
        percent = first.route == "oral" and _PERCENT.search(text, mentions[0].end) is not None
        topical = percent or bool(self._topical.find(text)) or first.route == "topical"
        systemic = first.route not in ("oral", "topical", "injection")
        singles = _distinct(entries)
        mixed = topical and len(singles) > 1 and self._mixture(text, mentions, first)
        if mixed or (topical and bool(self._compound.find(text))) or first.preparation == "compound":
            members = singles if mixed else singles[:1]
            return Preparation(members, "compound", mentions[0])
        category = "topical" if topical and not systemic else "medication"
        return Preparation(self._combination(text, mentions, entries), category, mentions[0])

    def _mixture(self, text: str, mentions: Sequence[Mention], first: DrugEntry) -> bool:
        """Whether several actives are mixed: not a brand with its actives in brackets, nor two prescriptions."""
        if len(first.ingredients) > 1 or first.generic not in text[mentions[0].start : mentions[0].end].lower():
            return False
        gap = text[mentions[0].end : mentions[1].start]
        return not gap.lstrip().startswith("(") and "#" not in gap

    def _combination(
        self, text: str, mentions: Sequence[Mention], entries: tuple[DrugEntry, ...]
    ) -> tuple[DrugEntry, ...]:
        """Actives joined by a slash or "with" are one preparation; otherwise the first drug counts."""
        members = [entries[0]]
        for before, after, entry in zip(mentions, mentions[1:], entries[1:], strict=False):
            gap = text[before.end : after.start]
            if "," in gap or not _JOINED.fullmatch(gap) or len(entries[0].ingredients) > 1:
                break
            members.append(entry)
        return _distinct(tuple(members))

    def drug(self, view: View, at: Range, preparation: Preparation) -> Drug:
        """The drug of the request ``flat[at]``."""
        text = view.flat[slice(*at)]
        strengths = self._patterns.strengths(text)
        name = self._name(text, preparation, strengths)
        strength = self._strength(text, preparation, strengths, name)
        measured = preparation.category != "medication" or bool(self._liquid.find(text))
        generic = "/".join(active for entry in preparation.entries for active in _actives(entry))
        return Drug(
            name=" ".join(text[name[0] : name[1]].split()).rstrip(" ,;:-"),
            generic=_once(generic),
            strength=strength,
            quantity=self._patterns.quantity(text, self._taken(text, name, strengths, measured), measured),
            refills=self._patterns.refills(text),
            entry=preparation.entries[0].id if len(preparation.entries) == 1 else "",
            span=view.span(at[0] + name[0], at[0] + name[1]),
        )

    def _taken(self, text: str, name: Range, strengths: Sequence[Strength], measured: bool) -> list[tuple[int, int]]:
        """Where name and strengths stand; the weight of a tube is no strength."""
        weight = self._patterns.is_weight
        return [name, *((s.start, s.end) for s in strengths if not (measured and weight(text[s.start : s.end])))]

    def _name(self, text: str, preparation: Preparation, strengths: Sequence[Strength]) -> Range:
        start, end = preparation.at.start, preparation.at.end
        if preparation.category == "compound" and len(preparation.entries) > 1:
            last = max((s.end for s in strengths if "%" in text[s.start : s.end]), default=end)
            base = max((m.end for m in self._compound.find(text) if m.start >= last - 1), default=last)
            return start, max(base, last, end)
        form = next((m for m in self._forms.find(text[start:end]) if start + m.end == end and m.start), None)
        if form:
            return start, start + form.start
        suffix = _SUFFIX.match(text, end)
        return start, suffix.end() if suffix else end

    def _strength(self, text: str, preparation: Preparation, strengths: Sequence[Strength], name: Range) -> str | None:
        if preparation.category != "medication":
            strengths = [s for s in strengths if not self._patterns.is_weight(text[s.start : s.end])]
        if preparation.category == "compound" and len(preparation.entries) > 1:
            printed = [_squeezed(text, s) for s in strengths]
            return "/".join(printed) or None
        after = [s for s in strengths if s.start >= preparation.at.start] or list(strengths)
        bare = self._patterns.bare_strength(text, name[1], _numbers(preparation.entries[0]))
        if bare and (not after or bare.start < after[0].start):
            return text[bare.start : bare.end].strip()
        return " ".join(text[after[0].start : after[0].end].split()) if after else None

    def unknown(self, view: View, at: Range) -> Drug | None:
        """A drug that the lexicon does not hold: a strength or a count of tablets after a name."""
        text = view.flat[slice(*at)]
        strengths = [s for s in self._patterns.strengths(text) if "%" not in text[s.start : s.end]]
        if not strengths:
            return None
        lead = _UNKNOWN_NAME.match(text)
        start = lead.end() if lead else 0
        stop = _NAME_END.search(text, start)
        end = min(stop.start() if stop else len(text), start + _LONGEST_NAME)
        name = text[start:end].strip(" -,;:")
        if not name or strengths[0].start < start:
            return None
        return Drug(
            name=" ".join(name.split()),
            generic="",
            strength=" ".join(text[strengths[0].start : strengths[0].end].split()),
            quantity=self._patterns.quantity(
                text, [(s.start, s.end) for s in strengths], bool(self._liquid.find(text))
            ),
            refills=self._patterns.refills(text),
            entry="",
            span=view.span(at[0] + start, at[0] + end),
        )

    def is_topical(self, text: str) -> bool:
        """Whether a dosage form that is put on the skin is named."""
        return bool(self._topical.find(text))


def _numbers(entry: DrugEntry) -> frozenset[str]:
    """The numbers of the strengths a drug comes in."""
    return frozenset(strength.split()[0] for strength in entry.strengths)


def _distinct(entries: tuple[DrugEntry, ...]) -> tuple[DrugEntry, ...]:
    return tuple({entry.generic: entry for entry in reversed(entries)}.values())[::-1]


def _actives(entry: DrugEntry) -> tuple[str, ...]:
    return tuple(entry.generic.split("/"))


def _once(generic: str) -> str:
    return "/".join(dict.fromkeys(generic.split("/")))


def _squeezed(text: str, strength: Strength) -> str:
    return "".join(text[strength.start : strength.end].split())
