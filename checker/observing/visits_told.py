"""Visits of a treatment: had, authorized and asked for, as sentences tell them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from checker.knowledge.lexicon import Lexicon
from checker.knowledge.measures import AFTER, BEFORE, Measures
from checker.language.measuring import NUMBER, Token
from checker.model.determination import Item
from checker.model.facts import UNKNOWN, Confidence, Evidence, Fact, Role
from checker.observing.mentions import About, Named, about

_CUES = ("had", "authorized", "asked", "not_had")
_KINDS = frozenset(
    ["visit", "visit_kinds", "out_of", "time", "mass", "other_units", "percent", "times", "per", "rate", *_CUES]
)
_MOST = 200
"""More visits than this are never meant."""

_MOST_KINDS = 5
_NEXT = 3
_REACH = 8
"""A cue stands at most so many tokens from the number."""

_BEHIND = 25
"""A treatment right behind the number ("8 sessions of physical therapy") stands within so many code points."""

_CUT = (";", ".")
_ADDED, _DATED = "visits-added", "visits-dated"
_SEVERAL = 2
_WEEK = 7


@dataclass(frozen=True, slots=True)
class Visits:
    """A number of visits at ``folded[start:end]``: ``kind`` is had, authorized, asked or not_had.

    ``whole``: the visits of the course that it is a part of ("6 of 12 visits"), 0 where none are told.
    """

    kind: str
    low: float
    high: float
    start: int
    end: int
    whole: float = 0


@dataclass(frozen=True, slots=True)
class VisitsTold:
    """Visits with the sentence that tells them."""

    named: Named
    visits: Visits

    @property
    def evidence(self) -> Evidence:
        """The words of the number."""
        return self.named.evidence(self.visits.start, self.visits.end)


@dataclass(frozen=True, slots=True)
class _Count:
    first: int
    last: int
    low: float
    high: float
    kind: str = ""
    whole: float = 0


def visits_in(folded: str, measures: Measures) -> list[Visits]:
    """The numbers of visits of a folded sentence that a cue tells to be had, authorized or asked for."""
    tokens = measures.table.read(folded, 0, len(folded), _KINDS)
    counts = _counts(tokens, measures)
    found: list[Visits] = []
    for number, count in enumerate(counts):
        floor = counts[number - 1].last + 1 if number else 0
        ceiling = counts[number + 1].first if number + 1 < len(counts) else len(tokens)
        kind = count.kind or _kind_of(tokens, count, floor, ceiling)
        if kind:
            start, end = tokens[count.first].start, tokens[count.last].end
            found.append(Visits(kind, count.low, count.high, start, end, count.whole))
    return found


def _counts(tokens: Sequence[Token], measures: Measures) -> list[_Count]:
    """Numbers of visits in order; a number without the word counts behind one with it ("12 sessions, 6 completed")."""
    found: list[_Count] = []
    at = 0
    while at < len(tokens):
        count = _count_at(tokens, at, measures, later=bool(found)) if tokens[at].kind in (NUMBER, "rate") else None
        if count is not None and 0 < count.low <= count.high <= _MOST:
            found.append(count)
            at = count.last
        at += 1
    return found


def _count_at(tokens: Sequence[Token], at: int, measures: Measures, *, later: bool) -> _Count | None:
    number = tokens[at]
    if number.kind == "rate":
        return _weeks_of(tokens, at, at, number.low * _WEEK) if number.low < 1 else None
    if at and tokens[at - 1].text in measures.not_visits_behind:
        return None
    return _part_of(tokens, at) or _weekly(tokens, at) or _worded(tokens, at) or _bare(tokens, at, later)


def _worded(tokens: Sequence[Token], at: int) -> _Count | None:
    """``twelve visits``, ``two visits weekly for three weeks``."""
    number, end = tokens[at], _visit_word(tokens, at + 1)
    if end is None:
        return None
    rate = tokens[end + 1] if end + 1 < len(tokens) else None
    if rate is not None and rate.kind == "rate" and rate.low < 1 and number.exact:
        weeks = _weeks_of(tokens, at, end + 1, number.low * rate.low * _WEEK)
        if weeks is not None:
            return weeks
    return _Count(at, end, number.low, number.high)


def _bare(tokens: Sequence[Token], at: int, later: bool) -> _Count | None:
    """A number without the word: ``six of the requested twelve sessions``, and behind one with it ``6 completed``."""
    number = tokens[at]
    shared = [t.kind for t in tokens[at + 1 : at + 4]]
    of_those = len(shared) == 3 and shared[0] == "out_of" and shared[1] in _CUES and shared[2] == NUMBER
    beside = _speaks(tokens, at + 1, AFTER) or (at > 0 and _speaks(tokens, at - 1, BEFORE))
    if of_those or (later and beside and not _measured(tokens, at)):
        return _Count(at, at, number.low, number.high)
    return None


def _speaks(tokens: Sequence[Token], at: int, side: int) -> bool:
    """Whether a cue stands there that speaks of the number on its other side."""
    return at < len(tokens) and tokens[at].kind in _CUES and bool(int(tokens[at].low) & side)


def _measured(tokens: Sequence[Token], at: int) -> bool:
    return at + 1 < len(tokens) and tokens[at + 1].kind in ("time", "mass", "percent", "other_units", "times")


def _visit_word(tokens: Sequence[Token], at: int) -> int | None:
    """Where the word for visits stands behind a number, None where it does not."""
    for n in range(at, min(len(tokens), at + _MOST_KINDS + 1)):
        token = tokens[n]
        if token.kind == "visit":
            return n
        passes = token.kind in ("visit_kinds", "out_of", *_CUES) or token.text == "-"
        if not passes:
            return None
    return None


def _part_of(tokens: Sequence[Token], at: int) -> _Count | None:
    """``6 of 12 sessions``: six were had, where visits are counted."""
    if at + 2 >= len(tokens) or tokens[at + 1].kind != "out_of" or tokens[at + 2].kind != NUMBER:
        return None
    whole, part = tokens[at + 2], tokens[at]
    if not part.exact or not whole.exact or part.high > whole.low:
        return None
    end = _visit_word(tokens, at + 3)
    had = at > 0 and tokens[at - 1].kind == "had"
    if end is None and (not had or tokens[at + 1].text == "/") and _visit_before(tokens, at) is None:
        return None
    last = end or at + 2
    beside = {tokens[n].kind for n in (at - 1, last + 1) if 0 <= n < len(tokens)}
    return _Count(at, last, part.low, part.high, "not_had" if "not_had" in beside else "had", whole.high)


def _visit_before(tokens: Sequence[Token], at: int) -> int | None:
    return next((n for n in range(max(0, at - 4), at) if tokens[n].kind == "visit"), None)


def _weekly(tokens: Sequence[Token], at: int) -> _Count | None:
    """``twice a week for 6 weeks``, ``2 times a week for 6 weeks``, ``2x6``: the product."""
    if at + 2 < len(tokens) and tokens[at + 1].kind == "times" and tokens[at + 2].kind == NUMBER:
        weeks = tokens[at + 2]
        small = tokens[at].high <= 7 and weeks.high <= 26
        mass = at + 3 < len(tokens) and tokens[at + 3].kind in ("mass", "percent", "other_units")
        if small and not mass and tokens[at + 1].text in ("x", "×"):
            return _Count(at, at + 2, tokens[at].low * weeks.low, tokens[at].high * weeks.high)
    rate = at + 1
    if rate + 2 < len(tokens) and tokens[rate].kind == "times" and tokens[rate + 1].kind == "per":
        rate += 2
        if tokens[rate].kind != "time" or tokens[rate].low != _WEEK:
            return None
    elif rate + 1 < len(tokens) and tokens[rate].kind == "times" and tokens[rate + 1].kind == "rate":
        rate += 1
        if not 0 < tokens[rate].low < 1:
            return None
    else:
        return None
    return _weeks_of(tokens, at, rate, tokens[at].low, tokens[at].high)


def _weeks_of(tokens: Sequence[Token], at: int, rate: int, low: float, high: float = 0) -> _Count | None:
    """``for 6 weeks`` behind a weekly rate: the product; of a rate without weeks nothing is told."""
    for n in range(rate + 1, min(rate + 4, len(tokens) - 1)):
        if tokens[n].kind == NUMBER and tokens[n + 1].kind == "time" and tokens[n + 1].low == _WEEK:
            product = round(low * tokens[n].low), round((high or low) * tokens[n].high)
            return _Count(at, n + 1, *product)
    return None


def _kind_of(tokens: Sequence[Token], count: _Count, floor: int, ceiling: int) -> str:
    """What the nearest cue says of a number; a cue among its own words goes first ("12 authorized visits")."""
    inside = [t.kind for t in tokens[count.first + 1 : count.last] if t.kind in _CUES]
    if inside:
        return inside[-1]
    before = _scan(tokens, range(count.first - 1, max(floor, count.first - 1 - _REACH) - 1, -1), BEFORE)
    after = _scan(tokens, range(count.last + 1, min(ceiling, count.last + 1 + _REACH)), AFTER)
    if before and after:
        if (after[1] == "not_had" and after[0] < _NEXT) or (before[1] == "asked" and after[1] != "asked"):
            return after[1]
        return before[1] if before[0] <= after[0] else after[1]
    return (before or after or (0, ""))[1]


def _scan(tokens: Sequence[Token], places: range, side: int) -> tuple[int, str] | None:
    for distance, at in enumerate(places):
        # "for 6 weeks, was ordered": a comma right behind the number may stand before its cue
        if tokens[at].text in _CUT or (tokens[at].text == "," and side == AFTER and distance):
            return None
        if _speaks(tokens, at, side):
            return distance, tokens[at].kind
    return None


def visits_told(sentences: Iterable[Named], measures: Measures) -> list[VisitsTold]:
    """The visits that sentences about the case tell; of what the administrator did, only what was authorized."""
    found: list[VisitsTold] = []
    for named in sentences:
        folded, role = named.passage.folded, named.passage.sentence.role
        told_by_others = role is Role.QUOTATION
        if not (named.passage.tells_the_case or told_by_others):
            continue
        if any(sign in folded for sign in measures.visit_signs) and measures.table.holds_number(folded):
            all_told = (VisitsTold(named, visits) for visits in visits_in(folded, measures))
            found += [t for t in all_told if not told_by_others or t.visits.kind == "authorized"]
    return found


def relation_of(item: Item, lexicon: Lexicon, told: VisitsTold, relation: About) -> About:
    """How visits relate to an item: by the treatment inside their own words, else behind them, else by the sentence.

    Args:
        item: The item.
        lexicon: The treatments.
        told: The visits.
        relation: How their sentence relates to it.
    """
    named, visits = told.named, told.visits
    treatments = [m for m in named.treatments if not lexicon.treatment(m.entry).weak]  # "visits" are of something
    if len({lexicon.treatment(m.entry).category for m in treatments}) < 2:
        return relation
    inside = [m for m in treatments if visits.start <= m.start < visits.end]
    behind = [m for m in treatments if visits.end <= m.start <= visits.end + _BEHIND]
    before = [m for m in treatments if m.end <= visits.start]
    chosen = inside[:1] or behind[:1] or before[-1:]
    return about(Named(named.passage, (), tuple(chosen), {}), item, lexicon) if chosen else relation


def visits_had(
    item: Item, lexicon: Lexicon, sentences: Sequence[tuple[Named, About]], of_summary: Sequence[VisitsTold]
) -> Fact:
    """``item.visits_had``: visits of the disputed kind before the request, the largest number had or authorized.

    Args:
        item: The item; of what is not counted in visits only "no prior" is told.
        lexicon: The treatments.
        sentences: Those of case summary and rationale with how each relates to the item.
        of_summary: The visits that the case summary tells.
    """
    name = "item.visits_had"
    for named, relation in sentences:
        none = named.marks("visits-none") if relation is About.ITEM and named.passage.tells_the_case else []
        if none and _of_late(named, none[0][0]):
            continue
        if none:
            return Fact(name, 0, (named.evidence(*none[0]),), Confidence.MEDIUM, "said to be the first")
    treatment = lexicon.treatments.get(item.treatment)
    if item.drug is not None or (item.visits is None and not (treatment and treatment.counted)):
        return Fact(name, UNKNOWN, derivation="the treatment is not counted in visits")
    near = {id(named): relation for named, relation in sentences}
    of_rationale = visits_told((n for n, _ in sentences if n.passage.sentence.item), lexicon.measures)
    found = [
        (t.visits.high, t.evidence)
        for t in (*of_summary, *of_rationale)
        if t.visits.kind in ("had", "authorized")
        and t.named.passage.tells_the_case  # what the administrator authorized may be a part of this very request
        and t.visits.low == t.visits.high
        and relation_of(item, lexicon, t, near[id(t.named)]) is not About.ANOTHER
    ]
    counted = [n for n, r in sentences if r is not About.ANOTHER and n.passage.tells_the_case]
    found += [together for named in counted if (together := _courses_together(named, item, lexicon))]
    if not found:
        return Fact(name, UNKNOWN, derivation="no number of earlier visits is recorded")
    number, evidence = max(found, key=lambda f: f[0])
    return Fact(name, int(number), (evidence,), Confidence.MEDIUM, "the largest number of earlier visits recorded")


def _courses_together(named: Named, item: Item, lexicon: Lexicon) -> tuple[float, Evidence] | None:
    """Courses of one treatment that one sentence tells one after the other: "6 visits in May and another 5 in June"."""
    added, dated = named.marks(_ADDED), named.marks(_DATED)
    if not added and len(dated) < _SEVERAL:
        return None
    treatments = [lexicon.treatment(m.entry) for m in named.treatments]
    if {t.category for t in treatments if not t.weak} - {item.category}:
        return None
    told = [v for v in visits_in(named.passage.folded, lexicon.measures) if v.low == v.high]
    if any(v.kind in ("asked", "not_had") and any(a <= v.start < b for a, b in dated) for v in told):
        return None
    places = {end: (start, end) for start, end in dated}
    first = [(v.start, v.end) for v in told if v.kind in ("had", "authorized") and added and v.end <= added[0][0]]
    courses = _apart([*places.values(), *added, *first])
    if len(courses) < _SEVERAL:
        return None
    numbers = [_first_number(named.passage.folded[start:end], lexicon.measures) for start, end in courses]
    return sum(numbers), named.evidence(courses[0][0], courses[-1][1])


def _apart(places: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Places in order; of those that overlap the first."""
    kept: list[tuple[int, int]] = []
    for start, end in sorted(places):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept


def _first_number(folded: str, measures: Measures) -> float:
    tokens = measures.table.read(folded, 0, len(folded), frozenset())
    return next((t.low for t in tokens if t.kind == NUMBER and t.low <= _MOST), 0)


def _of_late(named: Named, start: int) -> bool:
    """Whether that none were had is only said of a span of time behind it: "has not had massage since 2014"."""
    return any(at > start for at, _ in named.marks("visits-none-lately"))


def visit_facts(told: Sequence[tuple[VisitsTold, About]]) -> list[Fact]:
    """``item.visits_authorized``: the largest number of visits that the letter says were authorized before."""
    near = [t for t, relation in told if relation in (About.ITEM, About.CLASS)]
    authorized = [t for t in near if t.visits.kind == "authorized"]
    if not authorized:
        return []
    name = "item.visits_authorized"
    values = {t.visits.high for t in authorized if t.visits.low == t.visits.high}
    evidence = tuple(t.evidence for t in authorized[:3])
    if len(values) != 1:
        return [Fact(name, UNKNOWN, evidence, derivation="several numbers of authorized visits")]
    return [Fact(name, int(values.pop()), evidence[:1], Confidence.MEDIUM, "said to be authorized")]
