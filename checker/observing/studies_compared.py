"""Studies that a rationale tells of: clean against what the summary reports, done already, or of something else."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from checker.knowledge.idiom import Idiom
from checker.knowledge.lexicon import BodyMention, Lexicon
from checker.language import dates
from checker.language.phrases import fold
from checker.model.determination import Item
from checker.model.facts import UNKNOWN, Confidence, Fact, Role
from checker.observing.letter import Dated
from checker.observing.mentions import NEGATED, THERE, Named, denied_at
from checker.observing.passages import CARRIED
from checker.observing.record_compared import Near

_NAME = "compare.study_clean"
_KIND = "study-of-kind-"
_ANY = "any"
_NERVES = "nerve-study"
_CLEAN, _OF_NOTE, _IN_PART = "study-clean", "study-clean-of-note", "study-clean-in-part"
_TELLS, _PLANNED, _SUPPOSED = "study-tells", "study-only-planned", "study-clean-supposed"
_FINDING, _NERVE_FINDING = "study-finding", "nerve-study-finding"
_SMALL = "study-finding-small"

_DONE, _AGAIN, _NO_FURTHER = "study-done", "study-again", "no-further-test"

_LOOKING = frozenset({"imaging", "electrodiagnostic", "lab-test"})
"""Categories of wire.md of treatments that only look."""

_MOST = 400
"""So many code points of a request are looked at."""

_BEFORE = 30
"""A part of the body belongs to a study at most so many code points before its name: "left knee MRI"."""

_REACH = 160
"""What is told of a study stands at most so many code points behind its name."""

_ONE_NAME = 30
"""Names of one kind that begin so near each other are one: "nerve conduction electrodiagnostic studies"."""

_AHEAD = 12
"""So far before its name a study may be called clean: "a normal MRI", "no abnormality was seen on the MRI"."""


@dataclass(frozen=True, slots=True)
class Study:
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

    def like(self, other: "Study") -> bool:
        """Whether two studies are of one kind; imaging is of any but that of nerves."""
        kinds = {self.kind, other.kind}
        return len(kinds) == 1 or (_ANY in kinds and _NERVES not in kinds)


def clean_study(summary: Sequence[Named], rationale: Sequence[Named], near: Near) -> Fact:
    """``compare.study_clean``: whether a study that the rationale calls clean showed something, as the summary has it.

    Only of the same kind of study, of the same part of the body and, where both tell one, of the same day; and not
    where the summary tells of a clean one as well, since that may be the one that is meant.

    Args:
        summary: Sentences of the case summary.
        rationale: Sentences of the item's rationale.
        near: Whether two parts of the body may be of one region, and those of the request.
    """
    said = [s for n in of_the_case(rationale) for s in studies(n) if _is_clean(s)]
    if not said:
        return Fact(_NAME, UNKNOWN, derivation="the rationale calls no study clean")
    told = [s for n in summary for s in studies(n)]
    for study in said:
        parts = near.parts(study.text()) or near.asked
        same = [s for s in told if study.like(s) and near.alike(parts, parts_of(s, near)) and same_day(study, s)]
        shown = next((s for s in same if _found(s, of_note=bool(study.named.marks(_OF_NOTE)))), None)
        if shown is not None and not any(_is_clean(s) for s in same):
            told_of = (study.named.whole, shown.named.whole)
            return Fact(_NAME, "found", told_of, Confidence.MEDIUM, "the summary tells what the study showed")
    return Fact(_NAME, "same", (said[0].named.whole,), derivation="the summary tells of nothing that it showed")


def later_study(item: Item, requests: Sequence[Dated], rationale: Sequence[Named], lexicon: Lexicon) -> Fact:
    """``compare.study_day``: whether a study held against the request as done already is later than the request.

    Such a study may be the disputed one. Where the summary dates several requests, it has to be later than all.

    Args:
        item: The disputed item.
        requests: Dated requests for authorization of the summary.
        rationale: Sentences of the item's rationale.
        lexicon: Names of treatments.
    """
    name = "compare.study_day"
    done = [n for n in of_the_case(rationale) if n.marks(_DONE) and _of_the_request(n, item, lexicon)]
    found = [(n, d.date) for n in done for d in dates.find(n.passage.folded) if d.precision is dates.Precision.DAY]
    if not requests or not found or not any(n.marks(_AGAIN) for n in rationale):
        return Fact(name, UNKNOWN, derivation="no study with its day is held against a dated request")
    last = max(requests, key=lambda r: r.date)
    for named, day in found:
        if day > last.date:
            return Fact(name, "later", (named.whole, last.evidence), Confidence.MEDIUM, "done after it was asked for")
    return Fact(name, "earlier", (found[0][0].whole,), derivation="done before it was asked for")


def _of_the_request(named: Named, item: Item, lexicon: Lexicon) -> bool:
    """Whether a sentence names the treatment asked for, or none: "such testing"."""
    tests = {m.entry for m in named.treatments if lexicon.treatment(m.entry).category in _LOOKING}
    return not tests or item.treatment in tests


def other_test(request: str, rationale: Sequence[Named], idiom: Idiom, near: Near) -> Fact:
    """``compare.other_test``: whether an image is refused because another test was done.

    ``nerves``: a study of nerves; ``another_part``: an image of another part of the body.

    Args:
        request: The words of the request.
        rationale: Sentences of the item's rationale.
        idiom: Marks, for the kind of study that is asked for.
        near: Whether two parts of the body may be of one region, and those of the request.
    """
    name = "compare.other_test"
    asked = {h.entry.id.removeprefix(_KIND) for h in idiom.hits(fold(request[:_MOST])) if h.entry.id.startswith(_KIND)}
    cases = list(of_the_case(rationale))
    for number, named in enumerate(cases if asked - {_NERVES} else ()):
        if not named.marks(_NO_FURTHER):
            continue
        for other in cases[max(0, number - 1) : number + 1]:
            for study in studies(other) if other.marks(_DONE) else ():
                elsewhere = near.parts(study.text())
                if study.kind == _NERVES or not near.alike(near.asked, elsewhere):
                    value = "nerves" if study.kind == _NERVES else "another_part"
                    shown = tuple(dict.fromkeys((other.whole, named.whole)))
                    return Fact(name, value, shown, Confidence.MEDIUM, "another test is held against the request")
    return Fact(name, "none", derivation="no other test is held against the request")


def of_the_case(rationale: Sequence[Named]) -> Iterator[Named]:
    """Sentences that are not the guideline's; until a word says whose they are, a result told is the case's."""
    quoting = False
    for named in rationale:
        sentence = named.passage.sentence
        quoting = sentence.role is Role.GUIDELINE and (quoting or sentence.cue != CARRIED)
        if not quoting:
            yield named


def studies(named: Named) -> Iterator[Study]:
    """The studies of a sentence in order; each is spoken of until the next is named."""
    found = sorted(
        (start, mark.removeprefix(_KIND))
        for mark, places in named.marked.items()
        if mark.startswith(_KIND)
        for start, _ in places
    )
    first = [
        (at, kind)
        for n, (at, kind) in enumerate(found)
        if n == 0 or found[n - 1][1] != kind or at - found[n - 1][0] > _ONE_NAME
    ]
    for n, (at, kind) in enumerate(first):
        yield Study(kind, at, first[n + 1][0] if n + 1 < len(first) else len(named.passage.folded), named)


def _is_clean(study: Study) -> bool:
    """Whether a study is said to have shown nothing, without a word that narrows it."""
    named = study.named
    if named.marks(_PLANNED, _SUPPOSED) or study.holds(_IN_PART):
        return False
    return bool(study.holds(_CLEAN, _OF_NOTE)) or any(
        start < study.start <= end + _AHEAD and "," not in named.passage.folded[end : study.start]
        for start, end in named.marks(_CLEAN, _OF_NOTE)
    )


def _found(study: Study, *, of_note: bool) -> bool:
    """Whether it is told that a study showed something abnormal; no slight thing where nothing of note is claimed."""
    if study.named.marks(_PLANNED):
        return False
    told = next((start for start, _ in study.holds(_TELLS)), None)
    if told is None:
        return False
    marks = (_NERVE_FINDING,) if study.kind == _NERVES else (_FINDING,)
    slight = study.holds(_SMALL) if of_note else []
    denials, turns = study.holds(NEGATED), study.holds(THERE)
    return any(
        start > told and not denied_at(start, denials, turns) and not any(0 <= start - end <= 1 for _, end in slight)
        for start, _ in study.holds(*marks)
    )


def parts_of(study: Study, near: Near) -> Sequence[BodyMention]:
    """The parts of the body that a study is of, by its own words or by those of its sentence."""
    return near.parts(study.text()) or near.parts(study.named.passage.sentence.text)


def same_day(one: Study, other: Study) -> bool:
    """Whether two studies may be of one day: they are unless both tell another."""
    first, second = (list(dates.find(s.text().lower())) for s in (one, other))
    return not first or not second or any(_may_be_one(a, b) for a in first for b in second)


def _may_be_one(one: dates.DateMention, other: dates.DateMention) -> bool:
    """Whether two dates may be of one day: "February 2014" and 02/06/2014 may."""
    precisions = {one.precision, other.precision}
    if dates.Precision.YEAR in precisions:
        return one.date.year == other.date.year
    if dates.Precision.MONTH in precisions:
        return (one.date.year, one.date.month) == (other.date.year, other.date.month)
    return one.date == other.date
