"""Gains told by figures alone: "the PHQ-9 was 17 in June" and "10 in October"; flexion of 40 degrees and then of 70."""

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from checker.knowledge.concepts import ConceptModel, Kind
from checker.knowledge.lexicon import Lexicon
from checker.knowledge.measures import Figures
from checker.language import dates
from checker.model.facts import Assertion, Evidence
from checker.observing.by_figures import told_by_figures
from checker.observing.located import Place, place_of
from checker.observing.mentions import Named
from checker.observing.statuses import Told

_FUNCTION: Kind = "function"
_MOTION: Kind = "motion"
_NUMBER = r"(?P<value>\d{1,3}(?:\.\d)?)(?![\d.]?\d)"
_AROUND = 24
"""So many code points beside a figure may say that it is a goal, or of the sound side."""
_AHEAD = 60
"""So many code points may stand between a motion and the word that calls it full."""
_PERCENT_OF = 100.0


@dataclass(frozen=True, slots=True)
class _Words:
    """Patterns of the lexicon's words; a bare angle is a second one without its unit: "40 degrees, up from 25"."""

    score: re.Pattern[str]
    angle: re.Pattern[str]
    bare_angle: re.Pattern[str]
    from_: tuple[str, ...]
    to: re.Pattern[str]
    sides: re.Pattern[str]
    percent: tuple[str, ...]
    scores: re.Pattern[str]
    motions: re.Pattern[str]
    first_was: re.Pattern[str]
    before_that: re.Pattern[str]
    after_that: re.Pattern[str]
    not_of_it: re.Pattern[str]
    whole_motion: re.Pattern[str]
    is_full: re.Pattern[str]
    full_before: re.Pattern[str]
    verb: re.Pattern[str]
    not_full: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Reading:
    """One figure: of what, where, how much, and when."""

    of: str
    part: str
    place: Place
    value: float
    day: datetime.date | None
    at: int
    words: Evidence

    def same(self, other: "_Reading", *, one_part: bool) -> bool:
        """Whether another figure is of the same thing in the same place."""
        parts = self.part == other.part or (one_part and not (self.part and other.part))
        return self.of == other.of and parts and not self.place.elsewhere(other.place)


@dataclass(frozen=True, slots=True)
class _Measured:
    """A sentence that names a measure: its place, its words without dates, and the dates."""

    named: Named
    at: int
    bare: str
    printed: Sequence[dates.DateMention]

    def day_before(self, at: int) -> datetime.date | None:
        """The last date printed before a place."""
        return next((d.date for d in reversed(self.printed) if d.end <= at), None)


def with_gains(
    named: Sequence[Named], told: Sequence[Told], one_of: Mapping[Kind, ConceptModel], lexicon: Lexicon
) -> list[Told]:
    """The assertions of the case summary, with the gains that its figures show.

    Args:
        named: The sentences of the summary.
        told: What their words assert.
        one_of: The concepts that tell of function and of motion, by kind.
        lexicon: The questionnaires and motions, parts of the body and sides.

    Returns:
        The same assertions by place. A figure that did not get better says nothing: what was lost may be the worker's
        course, and is told in words where it matters.
    """
    figures = lexicon.measures.figures
    words = _words(figures)
    found = list(told)
    for kind, least in ((_FUNCTION, _least_points(figures)), (_MOTION, figures.least_degrees)):
        concept = one_of.get(kind)
        if concept is None:
            continue
        readings = list(_readings(named, kind, words, lexicon))
        better = next((later for earlier, later in _pairs(readings) if _gained(earlier, later, least, figures)), None)
        if better is not None and not _told_there(found, concept.id, better.at):
            found.append(told_by_figures(named[better.at], better.at, concept, Assertion.DOCUMENTED, better.words))
    return sorted(found, key=lambda t: t.place)


def _least_points(figures: Figures) -> Mapping[str, float]:
    return {q.id: q.least if q.better == "lower" else -q.least for q in figures.questionnaires}


def _gained(earlier: _Reading, later: _Reading, least: Mapping[str, float] | float, figures: Figures) -> bool:
    if isinstance(least, Mapping):
        points = least[earlier.of]
        fall = earlier.value - later.value
        return fall >= points if points > 0 else fall <= points
    return later.value - earlier.value >= least


def _pairs(readings: Sequence[_Reading]) -> Iterator[tuple[_Reading, _Reading]]:
    """The two figures of one sentence, and the first with the last of a thing."""
    for first, second in pairwise(readings):
        if first.at == second.at and first.same(second, one_part=True):
            yield first, second
    groups: dict[str, list[_Reading]] = {}
    for reading in readings:
        groups.setdefault(reading.of, []).append(reading)
    for group in groups.values():
        one_part = len({r.part for r in group if r.part}) <= 1
        later = group[-1]
        earlier = next(r for r in group if r.same(later, one_part=one_part))
        if earlier.at == later.at:
            continue
        backwards = earlier.day is not None and later.day is not None and later.day < earlier.day
        yield (later, earlier) if backwards else (earlier, later)


def _readings(named: Sequence[Named], kind: Kind, words: _Words, lexicon: Lexicon) -> Iterator[_Reading]:
    pattern = words.scores if kind == _FUNCTION else words.motions
    part = ""
    for at, sentence in enumerate(named):
        folded = sentence.passage.folded
        named_here = pattern.search(folded) or (kind == _MOTION and words.whole_motion.search(folded))
        if not sentence.passage.tells_the_case or not named_here:
            continue
        printed = list(dates.find(folded))
        measured = _Measured(sentence, at, _without(folded, printed), printed)
        if kind == _MOTION:
            yield from _full_readings(measured, part, words, lexicon)
        for match in pattern.finditer(measured.bare):
            for start, end, value in _values(measured.bare, match, kind, words, lexicon):
                words_ = sentence.evidence(match.start(), end)
                named_part = _part_before(sentence, match.start(), lexicon) if kind == _MOTION else ""
                part = named_part or part
                place = place_of(sentence, words_.span, lexicon) if kind == _MOTION else Place()
                of = (_id if kind == _FUNCTION else _motion)(match[0], lexicon.measures.figures)
                yield _Reading(of, named_part, place, value, measured.day_before(start), at, words_)


def _full_readings(measured: _Measured, part_before: str, words: _Words, lexicon: Lexicon) -> Iterator[_Reading]:
    """What a motion that is called full comes to, by the figures of its joint; a full range is full each way.

    Where the sentence names no part of the body, it is the one that was measured last.
    """
    sentence, bare, joints = measured.named, measured.bare, lexicon.measures.figures.full.joints
    for match in (*words.motions.finditer(bare), *words.whole_motion.finditer(bare)):
        end = _called_full(bare, match, words)
        if end is None:
            continue
        part = _part_before(sentence, match.start(), lexicon) or part_before
        motion = _motion(match[0], lexicon.measures.figures)
        whole = words.whole_motion.fullmatch(match[0]) is not None
        degrees = [(m, j.degrees) for j in joints if j.part == part for m in j.motions if whole or m == motion]
        words_ = sentence.evidence(match.start(), end)
        day = measured.day_before(match.start())
        for of, value in degrees:
            yield _Reading(of, part, place_of(sentence, words_.span, lexicon), value, day, measured.at, words_)


def _called_full(bare: str, motion: re.Match[str], words: _Words) -> int | None:
    """Where the words end that call a motion full, before it or behind it; None where none do."""
    behind = words.is_full.match(bare, motion.end())
    ahead = bare[max(0, motion.start() - _AROUND) : motion.start()]
    if behind is not None and words.verb.search(behind["gap"]) is None:
        end = behind.end()
    elif words.full_before.search(ahead) is not None:
        end = motion.end()
    else:
        return None
    around = bare[max(0, motion.start() - _AROUND) : end + _AROUND]
    return end if words.not_full.search(around) is None else None


def _motion(name: str, figures: Figures) -> str:
    for word in figures.same_motion:
        name = name.removeprefix(f"{word} ")
    return name


def _without(folded: str, printed: Sequence[dates.DateMention]) -> str:
    """The sentence with its dates blanked, so that no figure of theirs is taken for a score."""
    out = list(folded)
    for date in printed:
        out[date.start : date.end] = "_" * (date.end - date.start)
    return "".join(out)


def _values(
    bare: str, match: re.Match[str], kind: Kind, words: _Words, lexicon: Lexicon
) -> Iterator[tuple[int, int, float]]:
    """The figure behind a name, and a second one that is compared with it, the earlier first."""
    first = (words.score if kind == _FUNCTION else words.angle).match(bare, match.end())
    if first is None or not _of_this(bare, first, words):
        return
    highest = _highest(match[0], lexicon.measures.figures) if kind == _FUNCTION else None
    value = _scaled(first, highest, words)
    if value is None:
        return
    here = first.start("value"), first.end(), value
    if kind == _FUNCTION:
        second = words.score.match(bare, first.end())
    else:
        second = words.angle.match(bare, first.end()) or words.bare_angle.match(bare, first.end())
    other = _scaled(second, highest, words) if second is not None and _of_this(bare, second, words) else None
    later = _second_is_later(bare, first, second, words) if second is not None and other is not None else None
    if second is None or other is None or later is None:
        yield here
        return
    there = second.start("value"), second.end(), other
    yield from (here, there) if later else (there, here)


def _second_is_later(bare: str, first: re.Match[str], second: re.Match[str], words: _Words) -> bool | None:
    """Whether the second of two figures is the later one; None where the sentence does not tell."""
    gap, behind = second["gap"], bare[second.end() : second.end() + _AROUND]
    if words.sides.search(gap) or words.sides.search(behind) or words.motions.search(gap) or words.scores.search(gap):
        return None
    if first["gap"].rstrip().endswith(words.from_) and words.to.match(gap):
        return True
    if words.first_was.match(gap.lstrip()):
        return True
    if words.before_that.search(gap):
        return False
    return True if words.after_that.search(gap) or words.after_that.match(behind.lstrip()) else None


def _of_this(bare: str, found: re.Match[str], words: _Words) -> bool:
    """Whether a figure is no goal, no normal value and not of the other side."""
    ahead, behind = bare[max(0, found.start() - _AROUND) : found.end()], bare[found.end() : found.end() + _AROUND]
    around = f"{ahead}{behind}"
    nothing_between = words.motions.search(found["gap"]) is None and words.scores.search(found["gap"]) is None
    return nothing_between and words.not_of_it.search(around) is None


def _scaled(found: re.Match[str], highest: float | None, words: _Words) -> float | None:
    """The figure, on the scale of the questionnaire where it is printed on another; None where it cannot be one."""
    value = float(found["value"])
    if highest is None:
        return value
    if found["of"] is not None and float(found["of"]) > 0:
        value = value * highest / float(found["of"])
    elif found[0].endswith(words.percent):
        value = value * highest / _PERCENT_OF
    return value if value <= highest else None


def _part_before(named: Named, start: int, lexicon: Lexicon) -> str:
    """The part of the body named last before a motion, else the first behind it; a joint before what has none."""
    mentioned = lexicon.body_parts_in(named.passage.sentence.text)
    joints = {j.part for j in lexicon.measures.figures.full.joints}
    parts = [p for p in mentioned if p.entry in joints] or mentioned
    before = [p.entry for p in parts if p.start <= start]
    return before[-1] if before else parts[0].entry if parts else ""


def _id(name: str, figures: Figures) -> str:
    return next(q.id for q in figures.questionnaires if name in q.names)


def _highest(name: str, figures: Figures) -> float:
    return next(q.highest for q in figures.questionnaires if name in q.names)


def _told_there(told: Sequence[Told], concept: str, at: int) -> bool:
    return any(
        t.place == at and t.observation.concept == concept and t.observation.status is Assertion.DOCUMENTED
        for t in told
    )


@lru_cache(maxsize=4)
def _words(figures: Figures) -> _Words:
    def of(words: Sequence[str]) -> re.Pattern[str]:
        longest = sorted(words, key=lambda w: (-len(w), w))
        return re.compile(r"(?<![a-z0-9])(?:" + "|".join(map(re.escape, longest)) + r")(?![a-z0-9])")

    def any_of(*words: str) -> str:
        return "(?:" + "|".join(map(re.escape, sorted(words, key=lambda w: (-len(w), w)))) + ")"

    full = figures.full
    out_of = rf"(?:[ ]?{any_of(*figures.out_of)}[ ]?(?P<of>\d{{1,3}}))?"
    begun = rf"(?:0[ ]?{any_of(*figures.range)}[ ]?)?"
    return _Words(
        score=re.compile(
            rf"(?P<gap>[^0-9;.]{{0,60}}){_NUMBER}{out_of}[ ]?{any_of(*figures.percent, *figures.points)}?"
        ),
        angle=re.compile(rf"(?P<gap>[^0-9;.]{{0,60}}){begun}{_NUMBER}{out_of}[ ]?{any_of(*figures.degrees)}(?![a-z])"),
        bare_angle=re.compile(rf"(?P<gap>[^0-9;.]{{0,24}})(?<![a-z]){begun}{_NUMBER}{out_of}"),
        from_=figures.from_,
        to=re.compile(rf"[ ]?{any_of(*figures.to)}[ ]"),
        sides=of(figures.sides),
        percent=figures.percent,
        scores=of([name for q in figures.questionnaires for name in q.names]),
        motions=of(figures.motions),
        first_was=of(figures.first_was),
        before_that=of(figures.before_that),
        after_that=of(figures.after_that),
        not_of_it=of(figures.not_of_it),
        whole_motion=of(full.motion),
        is_full=re.compile(rf"(?P<gap>[^0-9;.]{{0,{_AHEAD}}}?){of(full.is_).pattern}[ ]{of(full.words).pattern}"),
        full_before=re.compile(rf"{of(full.words).pattern}[ ](?:{of(full.between).pattern}[ ]){{0,3}}$"),
        verb=of(full.is_),
        not_full=of(full.not_full),
    )
