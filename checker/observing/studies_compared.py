"""Studies that a rationale calls clean, held against what the case summary reports of the same study."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from checker.knowledge.lexicon import BodyMention
from checker.language import dates
from checker.model.facts import UNKNOWN, Confidence, Fact, Role
from checker.observing.mentions import Named
from checker.observing.passages import CARRIED
from checker.observing.record_compared import Near

_NAME = "compare.study_clean"
_KIND = "study-of-kind-"
_ANY = "any"
_NERVES = "nerve-study"
_CLEAN, _OF_NOTE, _IN_PART = "study-clean", "study-clean-of-note", "study-clean-in-part"
_TELLS, _PLANNED, _SUPPOSED = "study-tells", "study-only-planned", "study-clean-supposed"
_FINDING, _NERVE_FINDING = "study-finding", "nerve-study-finding"
_NEGATED, _TURNS, _SMALL = "negated", "study-finding-turns", "study-finding-small"

_BEFORE = 30
"""A part of the body belongs to a study at most so many code points before its name: "left knee MRI"."""

_REACH = 160
"""What is told of a study stands at most so many code points behind its name."""

_AHEAD = 12
"""So far before its name a study may be called clean: "a normal MRI", "no abnormality was seen on the MRI"."""


@dataclass(frozen=True, slots=True)
class _Study:
    """A study that a sentence names, with the stretch of the sentence that is about it and no other."""

    kind: str
    start: int
    end: int
    named: Named

    def holds(self, *marks: str) -> list[tuple[int, int]]:
        """Where marks stand in the stretch, behind the name."""
        last = min(self.end, self.start + _REACH)
        return [m for m in self.named.marks(*marks) if self.start <= m[0] < last]

    def text(self) -> str:
        """The words of the stretch, and what stands right before it."""
        return self.named.passage.sentence.text[max(0, self.start - _BEFORE) : self.end]

    def like(self, other: "_Study") -> bool:
        """Whether two studies are of one kind; imaging is of any but that of nerves."""
        kinds = {self.kind, other.kind}
        return len(kinds) == 1 or (_ANY in kinds and _NERVES not in kinds)


def clean_study(request: str, summary: Sequence[Named], rationale: Sequence[Named], near: Near) -> Fact:
    """``compare.study_clean``: whether a study that the rationale calls clean showed something, as the summary has it.

    Only of the same kind of study, of the same part of the body and, where both tell one, of the same day; and not
    where the summary tells of a clean one as well, since that may be the one that is meant.

    Args:
        request: The words of the request, for the part of the body where the rationale names none.
        summary: Sentences of the case summary.
        rationale: Sentences of the item's rationale.
        near: Whether two parts of the body may be of one region.
    """
    said = [s for n in _of_the_case(rationale) for s in _studies(n) if _is_clean(s)]
    if not said:
        return Fact(_NAME, UNKNOWN, derivation="the rationale calls no study clean")
    told = [s for n in summary for s in _studies(n)]
    for study in said:
        parts = near.parts(study.text()) or near.parts(request)
        same = [s for s in told if study.like(s) and near.alike(parts, _parts_of(s, near)) and _same_day(study, s)]
        shown = next((s for s in same if _found(s, of_note=bool(study.named.marks(_OF_NOTE)))), None)
        if shown is not None and not any(_is_clean(s) for s in same):
            told_of = (study.named.whole, shown.named.whole)
            return Fact(_NAME, "found", told_of, Confidence.MEDIUM, "the summary tells what the study showed")
    return Fact(_NAME, "same", (said[0].named.whole,), derivation="the summary tells of nothing that it showed")


def _of_the_case(rationale: Sequence[Named]) -> Iterator[Named]:
    """Sentences that are not the guideline's; until a word says whose they are, a result told is the case's."""
    quoting = False
    for named in rationale:
        sentence = named.passage.sentence
        quoting = sentence.role is Role.GUIDELINE and (quoting or sentence.cue != CARRIED)
        if not quoting:
            yield named


def _studies(named: Named) -> Iterator[_Study]:
    """The studies of a sentence in order; each is spoken of until the next of another kind is named."""
    found = sorted(
        (start, mark.removeprefix(_KIND))
        for mark, places in named.marked.items()
        if mark.startswith(_KIND)
        for start, _ in places
    )
    first = [(at, kind) for n, (at, kind) in enumerate(found) if n == 0 or found[n - 1][1] != kind]
    for n, (at, kind) in enumerate(first):
        yield _Study(kind, at, first[n + 1][0] if n + 1 < len(first) else len(named.passage.folded), named)


def _is_clean(study: _Study) -> bool:
    """Whether a study is said to have shown nothing, without a word that narrows it."""
    named = study.named
    if named.marks(_PLANNED, _SUPPOSED) or study.holds(_IN_PART):
        return False
    return bool(study.holds(_CLEAN, _OF_NOTE)) or any(
        start < study.start <= end + _AHEAD and "," not in named.passage.folded[end : study.start]
        for start, end in named.marks(_CLEAN, _OF_NOTE)
    )


def _found(study: _Study, *, of_note: bool) -> bool:
    """Whether it is told that a study showed something abnormal; no slight thing where nothing of note is claimed."""
    if study.named.marks(_PLANNED):
        return False
    told = next((start for start, _ in study.holds(_TELLS)), None)
    if told is None:
        return False
    marks = (_NERVE_FINDING,) if study.kind == _NERVES else (_FINDING,)
    slight = study.holds(_SMALL) if of_note else []
    turns = study.holds(_TURNS)
    denials = study.holds(_NEGATED)

    def denied(at: int) -> bool:
        return any(start < at and not any(start < turn < at for turn, _ in turns) for start, _ in denials)

    return any(
        start > told and not denied(start) and not any(0 <= start - end <= 1 for _, end in slight)
        for start, _ in study.holds(*marks)
    )


def _parts_of(study: _Study, near: Near) -> Sequence[BodyMention]:
    return near.parts(study.text()) or near.parts(study.named.passage.sentence.text)


def _same_day(one: _Study, other: _Study) -> bool:
    days = [{d.date for d in dates.find(s.text().lower())} for s in (one, other)]
    return not all(days) or not days[0].isdisjoint(days[1])
