"""Pain scores: with and without medication, before and after treatment, at worst and at best."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from checker.knowledge.measures import Measures
from checker.language.measuring import NUMBER, SCORE, Token
from checker.model.facts import UNKNOWN, Assertion, Confidence, Evidence, Fact
from checker.observing.mentions import About, Named

_DIGIT = re.compile(r"\d")
_KINDS = frozenset(
    (
        "from to down up of_ten with without before after medicine filler scale between pain per percent mass "
        "time other_units visit medicated unmedicated was_before was_after approx level:worst level:least "
        "level:average level:current level:rest level:activity "
    ).split()
)
_UNITS = frozenset({"percent", "mass", "time", "other_units", "visit"})
_DRUG_SIDE = ("with", "without", "before", "after")
_SELF_SAID = {"medicated": "with", "unmedicated": "without", "was_before": "before", "was_after": "after"}
_LEVEL = "level:"
_PAIN = "pain"
_SIGNS_BEHIND = frozenset(",.;)(:")
_HIGHEST = 10.0
_MOST_SCORES = 12
_PAIR = 2
_MOST_FILLERS = 4
_MOST_BETWEEN = 4
_MOST_WORDS = 3
"""So many words that mean nothing here may stand between scores and "before and after" that is of them."""
_JOINED = 2
_OPPOSITES = ({"with", "without"}, {"before", "after"})
_STATED = "stated"
_NAMED = ("with", "without", "before", "after", "worst", "least", "average", "current")
_SKIPPED = (Assertion.NOT_DOCUMENTED.value, "hypothetical")


@dataclass(frozen=True, slots=True)
class Score:
    """A pain score out of ten in a sentence.

    Attributes:
        kind: with, without, before, after, worst, least, average, current, rest, activity; ``stated`` for none of them.
        low: Its lower end.
        high: Its upper end.
        start: Where it begins in the folded sentence.
        end: Where it ends.
    """

    kind: str
    low: float
    high: float
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PainTold:
    """The scores of one sentence with the sentence, and the words for pain itself."""

    named: Named
    scores: tuple[Score, ...]
    pain: Sequence[str] = ()

    def drop(self) -> tuple[float, Evidence] | None:
        """By how many points at least pain falls with medication or after treatment; None where it is not told."""
        for first, second in (("without", "with"), ("before", "after"), ("without", "after"), ("before", "with")):
            high = [s for s in self.scores if s.kind == first]
            low = [s for s in self.scores if s.kind == second]
            if len(high) == len(low) == 1:
                both = (*high, *low)
                at = self.named.evidence(min(s.start for s in both), max(s.end for s in both))
                return high[0].low - low[0].high, at
        return self._drop_beside_one()

    def _drop_beside_one(self) -> tuple[float, Evidence] | None:
        """``knee pain 6/10, 3/10 with naproxen``: of two scores the higher is told of nothing."""
        kinds = sorted(s.kind for s in self.scores)
        if kinds != [_STATED, "with"]:
            return None
        first, second = self.scores
        between = self.named.passage.folded[first.end : second.start]
        (alone,) = (s for s in self.scores if s.kind == _STATED)
        (eased,) = (s for s in self.scores if s.kind == "with")
        of_two_places = ";" in between or any(word in between for word in self.pain)
        if alone.low <= eased.high or of_two_places:
            return None
        return alone.low - eased.high, self.named.evidence(first.start, second.end)


def pain_told(sentences: Iterable[Named], measures: Measures) -> list[PainTold]:
    """Every sentence about the case that gives pain scores."""
    found = []
    for named in sentences:
        if not _may_hold_scores(named, measures.score_signs):
            continue
        scores = tuple(scores_in(named.passage.folded, measures, [(m.start, m.end) for m in named.drugs]))
        if scores:
            found.append(PainTold(named, scores, measures.pain_itself))
    return found


def _may_hold_scores(named: Named, signs: Sequence[str]) -> bool:
    folded = named.passage.folded
    if _DIGIT.search(folded) is None or not any(sign in folded for sign in signs):
        return False
    if not named.passage.tells_the_case:
        return False
    return not any(h.entry.status in _SKIPPED for h in named.passage.hits.of("cue"))


def scores_in(folded: str, measures: Measures, drugs: Sequence[tuple[int, int]] = ()) -> Iterator[Score]:
    """The pain scores of a folded sentence with what each is told of.

    Args:
        folded: The sentence.
        measures: The words around numbers.
        drugs: Where drugs are named; "with Norco" is with medication.
    """
    tokens = measures.table.read(folded, 0, len(folded), _KINDS)
    tokens = _bare_scores(_plain(tokens), measures)
    at = [n for n, t in enumerate(tokens) if t.kind == SCORE]
    if not at:
        return
    kinds = _kinds(tokens, at, drugs, measures)
    for n, kind in zip(at, kinds, strict=True):
        token = tokens[n]
        yield Score(kind, token.low, token.high, token.start, token.end)


def _plain(tokens: Sequence[Token]) -> list[Token]:
    """The tokens without what only rounds a number ("about a 6")."""
    numbers = (NUMBER, SCORE, "approx")
    return [
        t
        for n, t in enumerate(tokens)
        if t.kind != "approx" or n + 1 == len(tokens) or tokens[n + 1].kind not in numbers
    ]


def _bare_scores(tokens: list[Token], measures: Measures) -> list[Token]:
    """Numbers that a scale word, or a fall of pain from one to another, makes scores."""
    out = list(tokens)
    known = {t.kind for t in tokens} | {_PAIN for t in tokens if t.text in measures.pain_itself}
    for n, token in enumerate(tokens):
        if token.kind == NUMBER and _is_bare_score(tokens, n, known, measures):
            out[n] = Token(token.start, token.end, SCORE, token.low, token.high, token.text)
    return out


def _is_bare_score(tokens: Sequence[Token], n: int, known: set[str], measures: Measures) -> bool:
    if tokens[n].high > _HIGHEST or (n + 1 < len(tokens) and tokens[n + 1].kind in _UNITS):
        return False
    behind = tokens[n + 1].text if n + 1 < len(tokens) else ""
    if behind in ("/", "-", "x", "#") or (n and tokens[n - 1].text in ("/", "#")):
        return False
    return (
        _after_scale(tokens, n)
        or _of_ten(tokens, n)
        or _in_fall(tokens, n, known)
        or _beside_medicine(tokens, n, known, measures)
    )


def _beside_medicine(tokens: Sequence[Token], n: int, known: set[str], measures: Measures) -> bool:
    """``pain is 6 with medication and 8 without``: a number right beside medicine, where pain is spoken of."""
    if known.isdisjoint((_PAIN, "scale", SCORE)):
        return False
    if n and tokens[n - 1].kind == "of_ten":
        return False
    behind = tokens[n + 1] if n + 1 < len(tokens) else None
    if behind is not None and _SELF_SAID.get(behind.kind) in ("with", "without"):
        return True
    if behind is not None and behind.kind in ("with", "without"):
        return _medicine_behind(tokens, n + 1, ()) is not None or _ends_here(tokens, n + 1, measures)
    before = tokens[max(0, n - 2 - _MOST_FILLERS) : n]
    if len(before) > 1 and before[-1].kind == "between" and before[-2].text in measures.pain_itself:
        # "without it the pain is 9"
        return not known.isdisjoint(("with", "without"))
    return bool(before) and before[-1].kind == "medicine" and any(t.kind in ("with", "without") for t in before)


def _of_ten(tokens: Sequence[Token], n: int) -> bool:
    """``6 on a scale of 0 to 10``."""
    behind = tokens[n + 1 : n + 3]
    return len(behind) == 2 and behind[0].kind == "of_ten" and behind[1].high == _HIGHEST


def _after_scale(tokens: Sequence[Token], n: int) -> bool:
    """``VAS 6``, ``pain level of 6``."""
    for back in range(n - 1, max(-1, n - 2 - _MOST_BETWEEN), -1):
        if tokens[back].kind == "scale":
            return True
        if tokens[back].kind not in ("between", "filler") and not tokens[back].kind.startswith(_LEVEL):
            return False
    return False


def _in_fall(tokens: Sequence[Token], n: int, known: set[str]) -> bool:
    """``pain went down from 8 to 3``: both ends, where pain is spoken of."""
    if known.isdisjoint((_PAIN, "scale")) or known.isdisjoint(("down", "up")):
        return False
    if SCORE in known and [t.kind for t in tokens[max(0, n - 2) : n]] == ["down", "to"]:
        return True  # "8/10 and comes down to 5 after it"
    for start in (n - 1, n - 3):
        if start < 0 or start + 3 >= len(tokens) or tokens[start].kind != "from" or tokens[start + 2].kind != "to":
            continue
        ends = tokens[start + 1], tokens[start + 3]
        behind = tokens[start + 4].kind if start + 4 < len(tokens) else ""
        if all(e.kind in (NUMBER, SCORE) and e.high <= _HIGHEST for e in ends) and behind not in _UNITS:
            return True
    return False


@dataclass(frozen=True, slots=True)
class _Cue:
    at: int
    last: int
    kind: str


def _kinds(tokens: Sequence[Token], at: list[int], drugs: Sequence[tuple[int, int]], measures: Measures) -> list[str]:
    """What each score is told of: the side of the drug goes before a level of pain."""
    cues = list(_cues(tokens, drugs, measures))
    sides = _beside_scores(tokens, at, [c for c in cues if c.kind in _DRUG_SIDE])
    levels = [c for c in cues if c.kind.startswith(_LEVEL)]
    found: dict[int, str] = {}
    for n, kind in _paired(tokens, at, levels).items():
        found[n] = kind.removeprefix(_LEVEL)
    fall = _fall(tokens, at, sides)
    found.update(fall if fall else _paired(tokens, at, sides))
    return [found.get(n, _STATED) for n in at]


def _beside_scores(tokens: Sequence[Token], at: Sequence[int], sides: list[_Cue]) -> list[_Cue]:
    """The cues without what stands far from any score: "8/10 in May, and no score is given before and after a dose"."""
    if len(at) > _MOST_SCORES or len(sides) > _MOST_SCORES:
        return sides  # nobody could tell which words belong to which score
    apart: set[int] = set()
    for first, second in pairwise(sides):
        if second.at - first.last > _JOINED or {first.kind, second.kind} not in _OPPOSITES:
            continue
        ahead = [n for n in at if n > second.last][:1]
        behind = [n for n in at if n < first.at][-1:]
        words = [_words(tokens[second.last + 1 : n]) for n in ahead] + [
            _words(tokens[n + 1 : first.at]) for n in behind
        ]
        if min(words, default=0) > _MOST_WORDS:
            apart |= {first.at, second.at}
    beside = [c for c in sides if c.at not in apart]
    if len(beside) > len(at):  # "she uses Norco; pain is 8/10 before and 4/10 after a dose"
        near = [c for c in beside if any(not _parted(tokens, c.at, n) for n in at)]
        return near if len(near) >= len(at) else beside
    return beside


def _parted(tokens: Sequence[Token], first: int, second: int) -> bool:
    low, high = sorted((first, second))
    return any(t.text == ";" for t in tokens[low:high])


def _words(tokens: Sequence[Token]) -> int:
    return sum(t.kind == "word" for t in tokens)


def _cues(tokens: Sequence[Token], drugs: Sequence[tuple[int, int]], measures: Measures) -> Iterator[_Cue]:
    known = {t.kind for t in tokens}
    for n, token in enumerate(tokens):
        if token.kind.startswith(_LEVEL):
            yield _Cue(n, n, token.kind)
        elif token.kind in _SELF_SAID:
            yield _Cue(n, n, _SELF_SAID[token.kind])
        elif token.kind in _DRUG_SIDE:
            last = _medicine_behind(tokens, n, drugs)
            if last is not None:
                yield _Cue(n, last, token.kind)
            elif _pairs(token.kind, known) and _ends_here(tokens, n, measures):
                yield _Cue(n, n, token.kind)


def _pairs(kind: str, known: set[str]) -> bool:
    """A bare preposition counts beside its opposite: "8/10 without and 4/10 with", "before 8/10, after 4/10"."""
    opposite = {"with": "without", "without": "with", "before": "after", "after": "before"}[kind]
    return opposite in known


def _ends_here(tokens: Sequence[Token], n: int, measures: Measures) -> bool:
    at = n + 1
    while at < len(tokens) and tokens[at].kind == "filler" and at <= n + _MOST_FILLERS:
        at += 1  # "baseline pain was"
    behind = tokens[at] if at < len(tokens) else None
    if at > n + 1 and behind is not None and behind.kind != "between":
        return False
    ends = behind is None or behind.kind in (SCORE, "between") or behind.text in _SIGNS_BEHIND
    return ends or (behind is not None and behind.text in measures.behind_a_side)


def _medicine_behind(tokens: Sequence[Token], n: int, drugs: Sequence[tuple[int, int]]) -> int | None:
    """The token of the medicine that a preposition takes, None where it takes none."""
    for at in range(n + 1, min(len(tokens), n + 2 + _MOST_FILLERS)):
        token = tokens[at]
        if token.kind == "medicine" or any(start <= token.start < end for start, end in drugs):
            return at
        if token.kind not in ("filler", "between", "approx", "level:current"):
            return None
    return None


def _fall(tokens: Sequence[Token], at: list[int], sides: Sequence[_Cue]) -> dict[int, str]:
    """``from 8 to 3`` and ``8/10, down to 4/10``: the first without or before, the second with or after."""
    for first, second in pairwise(at):
        kinds = [t.kind for t in tokens[first + 1 : second]]
        led = first and tokens[first - 1].kind == "from" and kinds == ["to"]
        down = "down" in kinds and kinds[-1:] == ["to"] and not any(k in _DRUG_SIDE for k in kinds)
        if not led and not down:
            continue
        if len(at) == _PAIR:  # "8/10 and comes down to 5 after it, which is given with another"
            sides = [c for c in sides if c.at == second + 1] or sides
        if len({c.kind for c in sides}) > 1:
            return {}
        names = ("before", "after")
        if any(c.kind == "with" for c in sides):
            names = ("without", "with")
        elif any(c.kind == "without" for c in sides):
            names = ("with", "without")
        return {first: names[0], second: names[1]}
    return {}


def _paired(tokens: Sequence[Token], at: list[int], cues: Sequence[_Cue]) -> dict[int, str]:
    """Cues with the scores they stand beside: in order where there is one each, else the nearest score."""
    if len(cues) == len(at):
        return {n: cue.kind for n, cue in zip(at, cues, strict=True)}
    found: dict[int, str] = {}
    if len(at) > _MOST_SCORES:
        return found  # nobody could tell which word belongs to which score
    for cue in cues[:_MOST_SCORES]:
        free = [n for n in at if n not in found]
        if not free:
            break
        nearest = min(free, key=lambda n: (_distance(tokens, cue, n), n < cue.at))
        found[nearest] = cue.kind
    return found


def _distance(tokens: Sequence[Token], cue: _Cue, n: int) -> int:
    """Tokens between a cue and a score; a comma or a full stop between them counts as four."""
    start, end = (cue.last + 1, n) if n > cue.at else (n + 1, cue.at)
    return sum(4 if t.text in (",", ";", ".") else 1 for t in tokens[start:end])


def pain_facts(part: str, told: Sequence[PainTold]) -> list[Fact]:
    """``pain.<part>_with``, ``_without``, ``_before`` ... and ``pain.<part>_drop`` of one part of the letter.

    A kind of score that the part gives several values is unknown; of several falls the smallest counts, if all are
    falls.
    """
    facts: list[Fact] = []
    for kind in _NAMED:
        found = [(s, t.named.evidence(s.start, s.end)) for t in told for s in t.scores if s.kind == kind]
        if found:
            facts.append(_one_value(f"pain.{part}_{kind}", found))
    stated = [(s, t.named.evidence(s.start, s.end)) for t in told for s in t.scores if s.kind == _STATED]
    if stated:
        facts.append(_one_value(f"pain.{part}_stated", stated))
    drops = [d for t in told if (d := t.drop()) is not None]
    if drops:
        facts.append(_smallest(f"pain.{part}_drop", drops, "the smallest fall of pain recorded"))
    return facts


def _smallest(name: str, drops: Sequence[tuple[float, Evidence]], derivation: str) -> Fact:
    """The smallest fall; unknown where one sentence tells a fall and another tells none, each of its own day."""
    points, evidence = min(drops, key=lambda d: d[0])
    if points <= 0 < max(d[0] for d in drops):
        return Fact(name, UNKNOWN, tuple(e for _, e in drops[:3]), derivation="pain is told to fall, and not to fall")
    return Fact(name, points, (evidence,), Confidence.MEDIUM, derivation)


def _one_value(name: str, found: Sequence[tuple[Score, Evidence]]) -> Fact:
    values = {(s.low, s.high) for s, _ in found}
    if len(values) > 1:
        return Fact(name, UNKNOWN, tuple(e for _, e in found[:3]), derivation="several values are told")
    score, evidence = found[0]
    told = "of a range the upper end" if score.low < score.high else "out of ten"
    return Fact(name, score.high, (evidence,), Confidence.MEDIUM, told)


def drop_of_item(part: str, told: Sequence[tuple[PainTold, About]]) -> list[Fact]:
    """``item.pain_drop_<part>``: the smallest fall that a sentence about the item's drug or treatment gives."""
    near = [t for t, relation in told if relation in (About.ITEM, About.DRUGS)]
    drops = [d for t in near if (d := t.drop()) is not None]
    if not drops:
        return []
    return [_smallest(f"item.pain_drop_{part}", drops, "told of the treatment in dispute")]
