"""``rules/lexicon/measures.yaml``: the words around numbers, and the stages of an injury in days."""

import datetime
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from checker.language.amounts import AmountWords
from checker.language.measuring import NUMBER, WordTable
from checker.language.phrases import number_value
from checker.model.rule import Mark, Text
from checker.model.written import Strict

Words = tuple[str, ...]

BEFORE, AFTER = 1, 2
"""Values of a cue of visits: it speaks of the number behind it, of the one before it, or of both (the sum)."""


_VERTEBRA = r"([clts])[ ]?(\d{1,2})"


class _Span(Strict):
    days: float = Field(gt=0)
    words: Words = Field(min_length=1)


class _Mass(Strict):
    mg: float = Field(gt=0)
    words: Words = Field(min_length=1)


class _Rate(Strict):
    a_day: float = Field(gt=0)
    words: Words = Field(min_length=1)


class _Cues(Strict):
    before: Words
    after: Words


class _VisitCues(Strict):
    had: _Cues
    authorized: _Cues
    asked: _Cues
    not_had: _Cues


class _Levels(Strict):
    worst: Words
    least: Words
    average: Words
    current: Words
    rest: Words
    activity: Words


class _Source(Strict):
    document: Text
    section: str = ""


class PhaseLimits(Strict):
    """Stages of an injury from a day on: how many days after it the acute and the subacute stage end.

    ``None``: the guideline in force gives no number.
    """

    from_: datetime.date = Field(alias="from")
    acute_max_days: int | None
    subacute_max_days: int | None
    source: _Source
    mark: Mark
    note: str = ""


class _Signs(Strict):
    scores: Words
    visits: Words
    relief: Words


class Questionnaire(Strict):
    """A score that tells how a worker does.

    Attributes:
        id: Its id.
        names: What letters call it.
        highest: The most points it has.
        better: Whether fewer points are better, or more.
        least: The smallest change that counts.
        source: Who says so.
        mark: Whether that was seen.
    """

    id: str
    names: Words = Field(min_length=1)
    highest: float = Field(gt=0)
    better: Literal["lower", "higher"]
    least: float = Field(gt=0)
    source: Text
    mark: Mark


class JointMotion(Strict):
    """How many degrees motions of a part of the body come to where they are full."""

    part: str
    motions: Words = Field(min_length=1)
    degrees: float = Field(gt=0)


class FullMotion(Strict):
    """How far a joint moves that moves fully, and the words that call a motion full.

    Attributes:
        joints: Degrees of the full motions.
        source: Who says so.
        mark: Whether that was seen.
        motion: The whole motion of a joint, whichever way it goes.
        is_: The verb between a motion and the word that calls it full.
        words: What calls it full.
        between: What may stand between such a word and the motion behind it.
        not_full: What takes it back, or says that it is of another motion or side.
    """

    joints: tuple[JointMotion, ...] = Field(min_length=1)
    source: Text
    mark: Mark
    motion: Words = Field(min_length=1)
    is_: Words = Field(min_length=1, alias="is")
    words: Words = Field(min_length=1)
    between: Words
    not_full: Words


class _HowOften(Strict):
    each: Words = Field(min_length=1)
    span: Words = Field(min_length=1)


class _ToldLimits(Strict):
    counted: Words = Field(min_length=1)
    how_often: _HowOften
    length: Words = Field(min_length=1)
    of_months: Words = Field(min_length=1)


class DirectionWords(Strict):
    """The small words of a prescription, each as a token.

    Attributes:
        by: Between a strength and the time it is for.
        lasting: Before the time that what is dispensed lasts.
        whole_rates: Rates that a bare number may stand before.
        of_a_form: Between a number and tablets.
        between: Between "quantity" and its number.
        not_counted: Forms that do not part a number from what stands before it.
    """

    by: Words = Field(min_length=1)
    lasting: Words = Field(min_length=1)
    whole_rates: Words = Field(min_length=1)
    of_a_form: Words = Field(min_length=1)
    between: Words = Field(min_length=1)
    not_counted: Words = Field(min_length=1)


class Figures(Strict):
    """Figures that a treatment may better, and the words that tell the earlier from the later."""

    questionnaires: tuple[Questionnaire, ...] = Field(min_length=1)
    motions: Words = Field(min_length=1)
    least_degrees: float = Field(gt=0)
    least_times: float = Field(gt=1)
    source: Text
    mark: Mark
    out_of: Words = Field(min_length=1)
    percent: Words = Field(min_length=1)
    points: Words = Field(min_length=1)
    degrees: Words = Field(min_length=1)
    range: Words = Field(min_length=1)
    from_: Words = Field(min_length=1, alias="from")
    to: Words = Field(min_length=1)
    sides: Words = Field(min_length=1)
    same_motion: Words
    first_was: Words
    before_that: Words
    after_that: Words
    not_of_it: Words
    full: FullMotion


class _Tolerance(Strict):
    morphine_equivalent: float = Field(gt=0, lt=1)


class MeasuresFile(Strict):
    """``measures.yaml``; what each list is for stands in the file."""

    schema_: Literal[1] = Field(alias="schema")
    source: str
    signs: _Signs
    numbers: dict[str, float]
    range: Words
    time: dict[str, _Span]
    mass: dict[str, _Mass]
    other_units: Words
    percent: Words
    forms: Words
    quantity: Words
    refills: Words
    supply: Words
    rates: dict[str, _Rate]
    moments: Words
    times: Words
    every: Words
    per: Words
    at_most: Words
    as_needed: Words
    directions: DirectionWords
    take: Words
    pain_itself: Words = Field(min_length=1)
    behind_a_side: Words
    pain: Words
    scale: Words
    between: Words
    from_: Words = Field(alias="from")
    to: Words
    down: Words
    up: Words
    of_ten: Words
    with_: Words = Field(alias="with")
    without: Words
    before: Words
    after: Words
    was_before: Words
    was_after: Words
    medicated: Words
    unmedicated: Words
    approx: Words
    medicine: Words
    filler: Words
    levels: _Levels
    relief: Words
    not_pain: Words
    less_than: Words
    lasting: Words
    visit: Words
    visit_kinds: Words
    visit_cues: _VisitCues
    out_of: Words
    not_visits_behind: Words
    told_limits: _ToldLimits
    told_lengths: dict[str, int] = Field(min_length=1)
    through: Words = Field(min_length=1)
    one: Words = Field(min_length=1)
    share_of: Words = Field(min_length=1)
    planned: Words
    figures: Figures
    phases: tuple[PhaseLimits, ...] = Field(min_length=1)
    tolerance: _Tolerance


@dataclass(frozen=True, slots=True)
class ToldLimits:
    """The words around a limit that a rationale tells.

    Attributes:
        counted: Beginnings of the words that count visits.
        how_often: How a rate goes on behind its number.
        length: Words that a length of time ends with.
        of_months: Words of a limit in months.
    """

    counted: Words
    how_often: Words
    length: Words
    of_months: Words

    def upper_number(self, words: str) -> int:
        """The largest number before the word that counts visits: "3 to 4 visits over 2 weeks" is 4; 0 for none."""
        best = 0
        for word in words.replace(",", " ").split():
            value = number_value(word.strip("().;:"))
            if value is not None:
                best = max(best, int(value))
            elif best and word.startswith(self.counted):
                break
        return best


@dataclass(frozen=True, slots=True, eq=False)
class Measures:
    """The words around numbers, ready for reading.

    Attributes:
        table: Reads tokens.
        amounts: Reads strengths, counts and visits.
        score_signs: Pieces of words of which one stands wherever a pain score does.
        visit_signs: The same for numbers of visits.
        relief_signs: The same for percent relief.
        figures: Figures that a treatment may better.
        phases: Stages of an injury, the latest first.
        morphine_tolerance: Share by which two daily morphine equivalents may differ and still be one.
        directions: The small words of a prescription.
        limits: The words around a limit that a rationale tells.
        told_lengths: The fewest days of a time that is told without a number, by the mark that reads it.
        pain_itself: Words for pain that tell by themselves what a number is of.
        behind_a_side: Words behind a preposition that takes none.
        not_visits_behind: What stands before a number that counts no visits.
        one: Words for one of a time: "a year".
        fractions: Numerals below one.
        share_of: Words between a time and the relief it brought.
        vertebrae: Finds one vertebra or root, or from one to another.
        joins_a_time: Finds the hyphen before a unit of time: "45-year-old".
    """

    table: WordTable
    amounts: AmountWords
    score_signs: Words
    visit_signs: Words
    relief_signs: Words
    figures: Figures
    phases: tuple[PhaseLimits, ...]
    morphine_tolerance: float
    directions: DirectionWords
    limits: ToldLimits
    told_lengths: Mapping[str, int]
    pain_itself: Words
    behind_a_side: Words
    not_visits_behind: Words
    one: Words
    fractions: Words
    share_of: Words
    vertebrae: re.Pattern[str]
    joins_a_time: re.Pattern[str]

    def phase_limits(self, day: datetime.date) -> PhaseLimits | None:
        """The stages in force on a day, None where none are."""
        return next((p for p in self.phases if p.from_ <= day), None)


def _flat(words: Iterable[str], value: float = 0) -> dict[str, float]:
    return dict.fromkeys(words, value)


def build_measures(file: MeasuresFile) -> Measures:
    """The tables that the file describes.

    Raises:
        ValueError: A row of words is longer than a table takes.
    """
    rows: dict[str, Mapping[str, float]] = {
        "time": {word: span.days for span in file.time.values() for word in span.words},
        "mass": {word: mass.mg for mass in file.mass.values() for word in mass.words},
        "rate": {word: rate.a_day for rate in file.rates.values() for word in rate.words},
        "from": _flat(file.from_),
        "with": _flat(file.with_),
    }
    for kind in (
        "other_units percent forms quantity refills supply moments times every per at_most as_needed take "
        "pain scale between to down up of_ten without before after medicine filler was_before was_after "
        "medicated unmedicated approx relief not_pain less_than lasting visit visit_kinds out_of planned "
    ).split():
        rows[kind] = _flat(getattr(file, kind))
    for name in type(file.levels).model_fields:
        rows[f"level:{name}"] = _flat(getattr(file.levels, name))
    for name in type(file.visit_cues).model_fields:
        cues: _Cues = getattr(file.visit_cues, name)
        sides = dict.fromkeys(cues.before, BEFORE) | dict.fromkeys(cues.after, AFTER)
        rows[name] = sides | dict.fromkeys(set(cues.before) & set(cues.after), BEFORE + AFTER)
    return Measures(
        table=WordTable(file.numbers, file.range, rows),
        amounts=AmountWords(file.numbers, file.forms, file.visit, file.visit_kinds),
        score_signs=file.signs.scores,
        visit_signs=file.signs.visits,
        relief_signs=file.signs.relief,
        figures=file.figures,
        phases=tuple(sorted(file.phases, key=lambda p: p.from_, reverse=True)),
        morphine_tolerance=file.tolerance.morphine_equivalent,
        directions=file.directions,
        limits=_told_limits(file.told_limits),
        told_lengths=file.told_lengths,
        pain_itself=file.pain_itself,
        behind_a_side=file.behind_a_side,
        not_visits_behind=file.not_visits_behind,
        one=file.one,
        fractions=tuple(word for word, value in file.numbers.items() if 0 < value < 1),
        share_of=file.share_of,
        vertebrae=re.compile(
            rf"(?<![a-z0-9]){_VERTEBRA}(?:[ ]?(?:[-/–]|{_one_of(file.through)})[ ]?(?:([clts])[ ]?)?(\d{{1,2}}))?"
            r"(?![a-z0-9])"
        ),
        joins_a_time=re.compile(rf"-(?=(?:{_one_of(rows['time'])})\b)"),
    )


def _told_limits(words: _ToldLimits) -> ToldLimits:
    often = words.how_often
    rates = tuple(f"{each} {span}" for each in often.each for span in often.span)
    return ToldLimits(words.counted, (*often.span, *rates), words.length, words.of_months)


def _one_of(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, words))


__all__ = [
    "NUMBER",
    "DirectionWords",
    "Figures",
    "Measures",
    "MeasuresFile",
    "PhaseLimits",
    "Questionnaire",
    "ToldLimits",
    "build_measures",
]
