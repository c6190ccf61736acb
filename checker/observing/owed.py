"""A step that a rationale says must come first, and says not to have been taken: a test, an evaluation, a trial."""

from collections.abc import Mapping, Sequence

from checker.language.phrases import WORDS, fold
from checker.model.determination import Item
from checker.model.facts import Confidence, Fact, Role
from checker.observing.mentions import Named
from checker.observing.passages import CARRIED

_NAME = "reason.owed"
_DEMANDED, _OUTSTANDING = "step-demanded", "step-outstanding"
_WEIGHED, _COMMON, _PRONOUN = "turned-against", "words-of-any-step", "step-by-pronoun"
_EITHER = "step-or-step"
_STEM, _STEM_FROM = 5, 4
_LONGEST = 500
"""So many code points of a request are looked at."""

_BESIDE = 60
"""The name of a step stands within so many code points of the words that demand it, or find it outstanding."""


def owed_step(item: Item, rationale: Sequence[Named]) -> Fact:
    """``reason.owed``: whether a step that is to come first is said not to have been taken.

    The two sentences share a word that is not of the request itself, which has not been done either, or the second
    stands right behind the first and begins with a pronoun. Not of one of two alternatives, and not where the sentence
    weighs something against it.
    """
    request = _stems(fold(item.request[:_LONGEST]))
    demanded: dict[str, Named] = {}
    before: Named | None = None
    for named in rationale:
        demands = _demanded(named, request)
        for stem in demands if not named.marks(_EITHER) else ():
            demanded.setdefault(stem, named)
        first = _owed_in(named, before, demanded, request)
        if first is not None:
            shown = (first.whole, named.whole) if first is not named else (named.whole,)
            return Fact(_NAME, "owed", shown, Confidence.MEDIUM, "to come first, and not taken")
        before = named if demands and not _names_first(named, item) else None
    return Fact(_NAME, "none", derivation="no step that is to come first is said to be outstanding")


def _names_first(named: Named, item: Item) -> bool:
    """Whether what is to come first is the request itself: "electrodiagnostic tests are to come before surgery"."""
    ends = [m.end for m in named.treatments if m.entry == item.treatment]
    return any(end <= start for end in ends for start, _ in named.marks(_DEMANDED))


def _demanded(named: Named, request: frozenset[str]) -> frozenset[str]:
    """The words of what is to come first, but for those of the request."""
    folded = named.passage.folded
    around = (folded[max(0, start - _BESIDE) : end + _BESIDE] for start, end in named.marks(_DEMANDED))
    return frozenset().union(*(_stems(words) for words in around)) - request


def _owed_in(
    named: Named, before: Named | None, demanded: Mapping[str, Named], request: frozenset[str]
) -> Named | None:
    """The sentence that demands what this one finds outstanding; ``before`` is the last sentence, if that demands."""
    places, sentence, folded = named.marks(_OUTSTANDING), named.passage.sentence, named.passage.folded
    in_guideline = sentence.role is Role.GUIDELINE and sentence.cue != CARRIED
    if not places or in_guideline or named.marks(_WEIGHED):
        return None
    if before is not None and any(start == 0 for start, _ in named.marks(_PRONOUN)):
        return before
    common = {stem for start, end in named.marks(_COMMON) for stem in _stems(folded[start:end])}
    for start, end in places:
        stems = _stems(folded[max(0, start - _BESIDE) : end + _BESIDE]) - request - common
        first = next((demanded[stem] for stem in sorted(stems) if stem in demanded), None)
        if first is not None:
            return first
    return None


def _stems(folded: str) -> frozenset[str]:
    """The beginnings of the longer words, so that "evaluated" and "evaluation" are one."""
    return frozenset(w[:_STEM] for w in WORDS.findall(folded) if len(w) >= _STEM_FROM)
