"""Strength, quantity and refills of a prescription line, wherever they stand in it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from checker.knowledge.lexicon_files import FormsFile

_DECIMAL = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+"
_NOT_IN_A_WORD = r"(?<![A-Za-z\d.])"
_DATE = re.compile(r"\b\d{1,2}[/-]\d{1,2}[/-]\d{2,4}\b")
_MEASURES = frozenset({"g", "ml", "l", "oz"})
_SMALL_UNITS = ("mg", "mcg", "meq", "iu", "ug", "micro", "milli")
_SINGLE = re.compile(r"[\s,]*(?P<number>\d+(?:\.\d+)?)(?=\s*(?:#|,|;|$|x\b|qty|quantity))", re.IGNORECASE)
_SUPPLY = re.compile(r"\s?-?\s?(?:days?|weeks?|months?)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Strength:
    """A strength as printed at ``text[start:end]``."""

    start: int
    end: int


class PrescriptionPatterns:
    """The patterns, built over the units of ``forms.yaml``."""

    __slots__ = (
        "_bare",
        "_count",
        "_dose",
        "_hash",
        "_measure",
        "_packs",
        "_percent",
        "_refills",
        "_sig_after",
        "_sig_before",
        "_worded",
        "_words",
    )

    def __init__(self, forms: FormsFile) -> None:
        """Build the patterns."""
        self._words: dict[str, int] = forms.numbers
        number = "|".join(sorted(self._words, key=lambda word: (-len(word), word)))
        before, after = forms.directions.before, forms.directions.after
        self._sig_before = re.compile(rf"(?:\b(?:{_any(before)})|\d\s?-)\s*$", re.IGNORECASE)
        self._sig_after = re.compile(rf"\s*(?:\(s\)\s*)?(?:{_any(after)})(?![a-z])", re.IGNORECASE)
        strengths = _any(forms.strength_units)
        quantities = _any(unit for units in forms.quantity_units.values() for unit in units)
        counts = _any(forms.count_units)
        self._packs = {unit: short for short, units in forms.quantity_units.items() for unit in units}
        per = rf"(?:\s?(?:/|per)\s?(?:(?:{_DECIMAL})\s?)?(?:{_any(forms.per_units)}))?"
        self._percent = re.compile(
            rf"{_NOT_IN_A_WORD}(?:{_DECIMAL})\s?%(?:\s?[-/]\s?(?:{_DECIMAL})\s?%)*", re.IGNORECASE
        )
        self._dose = re.compile(
            rf"{_NOT_IN_A_WORD}(?:{_DECIMAL})(?:\s?(?:{strengths})?\s?[-/]\s?(?:{_DECIMAL})){{0,3}}\s?-?\s?(?:{strengths})\b{per}(?![A-Za-z])",
            re.IGNORECASE,
        )
        self._bare = re.compile(
            rf"{_NOT_IN_A_WORD}\d+(?:\.\d+)?(?:\s?[-/]\s?\d+(?:\.\d+)?){{1,2}}(?![\d/.-]|\s?(?:x|times|hours?|hrs?)\b)"
        )
        self._hash = re.compile(
            rf"(?:#|\b(?:qty|quantity|disp|dispense|count|amount)\b\.?\s?(?:of\s)?[:=#]*)\s?(?P<number>{_DECIMAL})\s?-?\s?"
            rf"(?:(?P<unit>{quantities})\b\.?)?",
            re.IGNORECASE,
        )
        self._measure = re.compile(
            rf"{_NOT_IN_A_WORD}(?P<number>{_DECIMAL})\s?-?\s?(?P<unit>{quantities})\b(?!\s?/)", re.IGNORECASE
        )
        self._worded = re.compile(rf"\b(?P<number>{number})\s(?:\(\d+\)\s)?(?P<unit>{quantities})\b", re.IGNORECASE)
        self._count = re.compile(
            rf"(?<![\d.#/-])(?:(?P<number>\d{{1,4}})\s?-?\s?|(?P<word>\b(?:{number}))\s(?:\((?P<digits>\d{{1,4}})\)\s)?)(?:{counts})\b"
            rf"|\bx\s?(?P<times>\d{{1,4}})(?!\s?(?:{_any(forms.not_a_count)})\b|\d|\.\d|\s?[x/%])",
            re.IGNORECASE,
        )
        self._refills = re.compile(
            rf"(?<![#\d.])\b(?P<before>\d{{1,2}}|{number})\s?(?:\(\d{{1,2}}\)\s?)?(?:additional\s|more\s)?(?:refills?|rf)\b|"
            rf"\b(?:refills?|rf)\b\s?(?:x|times|:|=|#|of|-|\()*\s?(?P<after>\d{{1,2}}|{number})\b|"
            rf"\b(?P<none>no)\srefills?\b",
            re.IGNORECASE,
        )

    def strengths(self, text: str) -> list[Strength]:
        """Every strength of the text, in order; what stands side by side is one."""
        dates = [match.span() for match in _DATE.finditer(text)]
        found = sorted(
            match.span()
            for pattern in (self._percent, self._dose)
            for match in pattern.finditer(text)
            if not _inside(match.start(), dates)
        )
        merged: list[Strength] = []
        for start, end in found:
            if merged and start < merged[-1].end:
                continue
            if merged and not text[merged[-1].end : start].strip() and not self.is_weight(text[start:end]):
                merged[-1] = Strength(merged[-1].start, end)
            else:
                merged.append(Strength(start, end))
        return merged

    @staticmethod
    def is_weight(printed: str) -> bool:
        """Whether a number of grams that may be the weight of a tube and no strength: no percentage, no milligrams."""
        printed = printed.lower()
        return "%" not in printed and "/" not in printed and not any(unit in printed for unit in _SMALL_UNITS)

    def bare_strength(self, text: str, at: int, known: frozenset[str]) -> Strength | None:
        """A strength without a unit right after a drug's name: "10/325", or a single number the drug comes in."""
        match = self._bare.search(text, at) or None
        if match and not text[at : match.start()].strip(" ,(-") and not _DATE.match(text, match.start()):
            return Strength(match.start(), match.end())
        single = _SINGLE.match(text, at)
        return Strength(*single.span("number")) if single and single["number"] in known else None

    def refills(self, text: str) -> int | None:
        """The number of refills, None where none is printed."""
        match = self._refills.search(text)
        if match is None:
            return None
        if match["none"]:
            return 0
        return self._number(match["before"] or match["after"])

    def quantity(self, text: str, taken: Sequence[tuple[int, int]], measured: bool) -> int | str | None:
        """The quantity: a count, or text for weight, volume and packs.

        Args:
            text: The request.
            taken: Where its name and strengths stand; a number inside one is no quantity.
            measured: The preparation is one of which weight or volume is the quantity (cream, suspension).
        """
        if measured:
            weight = self._weight(text, taken)
            if weight is not None:
                return weight
        hashed = self._hashed(text, taken)
        return hashed if hashed is not None else self._counted(text, taken, measured)

    def _weight(self, text: str, taken: Sequence[tuple[int, int]]) -> str | None:
        found = None
        for match in self._measure.finditer(text):
            if not _inside(match.start(), taken) and not self._sig_before.search(text[: match.start()]):
                found = self._measured(match["number"], match["unit"])
        return found

    def _hashed(self, text: str, taken: Sequence[tuple[int, int]]) -> int | str | None:
        for match in self._hash.finditer(text):
            supply = _SUPPLY.match(text, match.end()) and "#" not in match.group()
            if supply or _inside(match.start(), taken):
                continue
            if match["unit"]:
                return self._measured(match["number"], match["unit"])
            number = float(match["number"].replace(",", ""))
            return int(number) if number.is_integer() else match["number"]
        return None

    def _counted(self, text: str, taken: Sequence[tuple[int, int]], measured: bool) -> int | str | None:
        for match in self._count.finditer(text):
            if (
                _inside(match.start(), taken)
                or self._sig_before.search(text[: match.start()])
                or self._sig_after.match(text, match.end())
            ):
                continue
            number = match["times"] or match["number"] or match["digits"] or match["word"]
            return self._number(number)
        for pattern in (self._measure, self._worded):
            for match in pattern.finditer(text):
                pack = self._packs[match["unit"].lower()] not in _MEASURES
                if (pack or measured) and not _inside(match.start(), taken):
                    return self._measured(
                        str(self._number(match["number"]) if match["number"].isalpha() else match["number"]),
                        match["unit"],
                    )
        return None

    def _measured(self, number: str, unit: str) -> str:
        """Number and unit in their short form; packs in the plural where there are several."""
        short = self._packs[unit.lower()]
        if short in _MEASURES or number in ("1", "1.0"):
            return f"{number} {short}"
        return f"{number} {short}es" if short.endswith("x") else f"{number} {short}s"

    def _number(self, word: str) -> int:
        return int(word) if word.isdigit() else self._words[word.lower()]


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word)))


def _inside(at: int, ranges: Iterable[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in ranges)
