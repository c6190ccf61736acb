"""The directions of a prescription, token by token: strength, units at a time, how often, how many are dispensed."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from checker.knowledge.measures import DirectionWords
from checker.language.measuring import NUMBER, Token

MOST_UNITS = 12
"""More tablets are never taken at a time; such a number is dispensed."""

FREE = (1.0, 1.0)
"""One at a time, once a day: what goes without saying."""

_COMBINED = 10.0
"""The parts of a combination ("10-325 mg") lie further apart than the ends of a range ("50-100 mg")."""


@dataclass(slots=True)
class Sig:
    """Directions while they are read.

    Attributes:
        words: The small words of a prescription.
        strength: Milligrams of a unit; of a patch micrograms an hour.
        hourly: The strength is one of micrograms an hour.
        units: Units at a time, lower and upper end.
        rates: Times a day, each as it is told.
        moments: Units at each of the moments of a day that are named.
        cap: Units a day that are not to be passed.
        dispensed: Units dispensed.
        days: Days for which they are to last.
        as_needed: It is taken when needed.
        clash: Two of a kind differ.
        end: Where the last direction ends.
    """

    words: DirectionWords
    strength: float | None = None
    hourly: bool = False
    units: tuple[float, float] | None = None
    rates: list[tuple[float, float]] = field(default_factory=list)
    moments: list[tuple[float, float]] = field(default_factory=list)
    cap: float | None = None
    dispensed: float | None = None
    days: float | None = None
    as_needed: bool = False
    clash: bool = False
    end: int = 0

    def per_day(self) -> tuple[float, float] | None:
        """Units a day; None where it is not told or told twice and differently."""
        if self.clash:
            return None
        units = self.units or FREE
        rates = list(dict.fromkeys(self.rates))
        daily: tuple[float, float] | None = None
        if len(rates) > 1:
            return None
        if rates and not (rates[0] == FREE and len(self.moments) > 1):
            daily = units[0] * rates[0][0], units[1] * rates[0][1]
        elif self.moments:
            daily = sum(m[0] for m in self.moments), sum(m[1] for m in self.moments)
        elif self.dispensed and self.days:
            daily = (self.dispensed / self.days,) * 2
        if self.cap is not None:
            daily = (min(daily[0], self.cap), self.cap) if daily else (0.0, self.cap)
        return daily


def read_directions(tokens: Sequence[Token], sig: Sig) -> None:
    """Notes in ``sig`` what the tokens behind a drug's name say, up to a semicolon, a visit or a relief."""
    at = 0
    while at < len(tokens):
        token = tokens[at]
        ends = token.text == ";" and _kind(tokens, at + 1) != NUMBER  # "50 mg; two in the morning"
        if ends or token.kind in ("visit", "relief"):
            break
        read = _READERS.get(token.kind)
        step = read(tokens, at, sig) if read else 0
        if step:
            sig.end = tokens[at + step - 1].end
        at += max(step, 1)


def _kind(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].kind if 0 <= at < len(tokens) else ""


def _text(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].text if 0 <= at < len(tokens) else ""


def _number(tokens: Sequence[Token], at: int, sig: Sig) -> int:
    for read in (_refills_before, _strength, _rate_in_words, _duration, _a_day, _units):
        step = read(tokens, at, sig)
        if step:
            return step
    return 0


def _refills_before(tokens: Sequence[Token], at: int, sig: Sig) -> int:
    """``2 refills`` are no dose."""
    return 2 if _kind(tokens, at + 1) == "refills" else 0


def _strength(tokens: Sequence[Token], at: int, sig: Sig) -> int:
    """``10 mg``, ``10/325 mg``, ``10-325``, ``25 mcg/hr``; of a combination the first part."""
    first = tokens[at]
    last = at
    while _text(tokens, last + 1) in ("/", "-") and _kind(tokens, last + 2) == NUMBER:
        last += 2
    if [_kind(tokens, at + n) for n in (1, 3, 4)] == ["mass", NUMBER, "mass"] and _text(tokens, at + 2) in ("/", "-"):
        return _keep_strength(first, tokens[at + 1].low, False, sig) and 5
    mass = tokens[last + 1] if _kind(tokens, last + 1) == "mass" else None
    paired = last > at or (not first.exact and first.high >= 100)
    if mass is None and not paired:
        return 0
    if mass is None and (first.low >= 100 or tokens[last].high < 100):
        return 0
    step = last + (2 if mass else 1) - at
    if not first.exact and first.high < first.low * _COMBINED:
        return step  # "50-100 mg" is no one strength
    hourly = False
    if mass and _text(tokens, at + step) in sig.words.by and _kind(tokens, at + step + 1) == "time":
        hour = tokens[at + step + 1].low < 1
        hourly = hour
        if not hour:  # "60 mg/day" is the whole day's dose
            sig.rates.append(FREE)
        step += 2
    elif mass and _text(tokens, at + step) == "/" and _kind(tokens, at + step + 1) in ("other_units", "mass", "forms"):
        if _kind(tokens, at + step + 1) != "forms":
            sig.clash = True  # a concentration says nothing of the dose
        step += 2
    return _keep_strength(first, mass.low if mass else 1.0, hourly, sig) and step


def _keep_strength(number: Token, mg: float, hourly: bool, sig: Sig) -> int:
    """Notes a strength; a second one that differs makes the directions ambiguous. Always 1."""
    value = number.low * (1.0 if hourly else mg)
    if sig.strength is not None and abs(sig.strength - value) > 1e-9:
        sig.clash = True
    elif sig.strength is None:
        sig.strength, sig.hourly = value, hourly
    return 1


def _rate_in_words(tokens: Sequence[Token], at: int, sig: Sig) -> int:
    """``3 times a day``, ``3x/day``, ``2 x daily``."""
    if _kind(tokens, at + 1) != "times":
        return 0
    number = tokens[at]
    if _kind(tokens, at + 2) == "rate" and tokens[at + 2].low <= 1:
        sig.rates.append((number.low * tokens[at + 2].low, number.high * tokens[at + 2].low))
        return 3
    if _kind(tokens, at + 2) in ("per", "every") and _kind(tokens, at + 3) == "time":
        days = tokens[at + 3].low
        sig.rates.append((number.low / days, number.high / days))
        return 4
    return 0


def _duration(tokens: Sequence[Token], at: int, sig: Sig) -> int:
    """``30 days``, ``a 30 day supply``: how long what is dispensed lasts."""
    dash = 1 if _text(tokens, at + 1) == "-" else 0
    if _kind(tokens, at + 1 + dash) != "time" or tokens[at + 1 + dash].low < 1 or not tokens[at].exact:
        return 0
    supply = _kind(tokens, at + 2 + dash) == "supply"
    if supply or _text(tokens, at - 1) in sig.words.lasting:
        sig.days = tokens[at].low * tokens[at + 1 + dash].low
    return 3 + dash if supply else 2 + dash


def _a_day(tokens: Sequence[Token], at: int, sig: Sig) -> int:
    """``4 a day``, ``4 tablets per day``, ``120 tablets a month``."""
    behind = at + 1 + (_kind(tokens, at + 1) == "forms")
    number = tokens[at]
    if _kind(tokens, behind) == "rate" and _text(tokens, behind) in sig.words.whole_rates:
        days = 1 / tokens[behind].low
        step = behind + 1 - at
    elif _kind(tokens, behind) == "per" and _kind(tokens, behind + 1) == "time" and tokens[behind + 1].low >= 1:
        days = tokens[behind + 1].low
        step = behind + 2 - at
    else:
        return 0
    if number.high > MOST_UNITS and number.exact and days >= 7:
        sig.dispensed, sig.days = number.low, days
    elif number.high > MOST_UNITS and days == 1:
        return 0
    else:
        sig.units = FREE
        sig.rates.append((number.low / days, number.high / days))
    return step


def _units(tokens: Sequence[Token], at: int, sig: Sig) -> int:
    """``1-2 tabs``, ``#60``, ``one at bedtime``, ``1 po``."""
    number = tokens[at]
    if _kind(tokens, at - 1) == "quantity" or (
        _kind(tokens, at - 1) in ("take", "between") and _kind(tokens, at - 2) == "quantity"
    ):
        return dispense(number, sig)
    if _kind(tokens, at - 1) == "refills" or (_kind(tokens, at - 1) == "times" and _kind(tokens, at - 2) == "refills"):
        return 1
    article = _text(tokens, at + 1) in sig.words.of_a_form and _kind(tokens, at + 2) == "forms"
    form = 2 if article else int(_kind(tokens, at + 1) == "forms")
    behind = at + 1 + form
    taken = bool(form) or _kind(tokens, at - 1) == "take" or _kind(tokens, behind) in ("rate", "moments", "every")
    if not taken:
        return 0
    if number.high > MOST_UNITS:
        return dispense(number, sig) + form if form else 0
    value = (number.low, number.high)
    if sig.units is not None and sig.units != value and _kind(tokens, behind) != "moments" and not sig.moments:
        sig.clash = True
    sig.units = value
    return 1 + form


def dispense(number: Token, sig: Sig) -> int:
    """Notes what is dispensed; always 1."""
    if number.exact and number.low >= 1:
        if sig.dispensed is not None and sig.dispensed != number.low:
            sig.clash = True
        sig.dispensed = number.low
    return 1


def _rate(tokens: Sequence[Token], at: int, sig: Sig) -> int:
    value = tokens[at].low
    if _kind(tokens, at + 1) == "rate" and value == tokens[at + 1].low == 1:
        return 1
    sig.rates.append((value, value))
    return 1


def _moment(tokens: Sequence[Token], at: int, sig: Sig) -> int:
    sig.moments.append(sig.units or FREE)
    return 1


def _every(tokens: Sequence[Token], at: int, sig: Sig) -> int:
    """``every 4 to 6 hours``, ``q8h``, ``every 3 days``."""
    if _kind(tokens, at + 1) != NUMBER or _kind(tokens, at + 2 + (_text(tokens, at + 2) == "-")) != "time":
        return 0
    dash = _text(tokens, at + 2) == "-"
    number, span = tokens[at + 1], tokens[at + 2 + dash]
    if number.low <= 0:
        return 0
    low, high = 1 / (number.high * span.low), 1 / (number.low * span.low)
    sig.rates.append((round(low, 6), round(high, 6)))
    return 3 + dash


def _at_most(tokens: Sequence[Token], at: int, sig: Sig) -> int:
    """``max 8 a day``, ``not to exceed 6 tablets in 24 hours``; "up to 3 times a day" is a rate."""
    number = at + 1
    while _kind(tokens, number) in ("take", "per", "word") and number < at + 3:
        number += 1
    if _kind(tokens, number) != NUMBER:
        return 0
    if _kind(tokens, number + 1) == "times":
        return number - at + _rate_in_words(tokens, number, sig)
    form = _kind(tokens, number + 1) == "forms"
    if _kind(tokens, number + 1) == "mass":
        return number + 2 - at
    behind = number + 1 + form
    daily = _kind(tokens, behind) in ("rate", "per")
    if tokens[number].high <= MOST_UNITS and (daily or form):
        sig.cap = tokens[number].high
        span = 2 if _kind(tokens, behind) == "per" and _kind(tokens, behind + 1) == "time" else 1
        return behind + (span if daily else 0) - at
    return number + 1 - at


def _as_needed(tokens: Sequence[Token], at: int, sig: Sig) -> int:
    sig.as_needed = True
    return 1


def _quantity(tokens: Sequence[Token], at: int, sig: Sig) -> int:
    number = at + 1
    while _text(tokens, number) in sig.words.between:
        number += 1
    if _kind(tokens, number) != NUMBER:
        return 0
    return number - at + dispense(tokens[number], sig)


def _refills(tokens: Sequence[Token], at: int, sig: Sig) -> int:
    return 2 if _kind(tokens, at + 1) == NUMBER else 1


_READERS = {
    NUMBER: _number,
    "rate": _rate,
    "moments": _moment,
    "every": _every,
    "at_most": _at_most,
    "as_needed": _as_needed,
    "quantity": _quantity,
    "refills": _refills,
}
