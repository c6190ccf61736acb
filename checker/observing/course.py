"""Whether a request is the first for its treatment or goes on with it, and whether a thing is bought or rented."""

import datetime
from collections.abc import Mapping, Sequence

from checker.knowledge.idiom import Idiom
from checker.knowledge.lexicon import Lexicon
from checker.knowledge.topics import Topic
from checker.language import dates
from checker.language.phrases import fold
from checker.model.determination import Item
from checker.model.facts import Assertion, Confidence, Evidence, Fact, Part, Role
from checker.observing.mentions import About, Named, about

FIRST, CONTINUATION, UNTOLD, DATED = "first", "continuation", "untold", "dated"
_MARKS = {"course-first": FIRST, "course-again": CONTINUATION}
_TERMS = {"request-purchase": "purchase", "request-rental": "rental"}
_MOST = 400
"""So many code points of a request are looked at."""
_LATELY = datetime.timedelta(days=120)
_JUST_BEGUN = 30
"""What has been taken for no more days may be the first supply itself."""
_NEAR = 40
"""So many code points at most lie between a treatment and the words that it is new."""
_FAR = 120
"""The same where a pronoun stands for the treatment: "Acupuncture was spoken of, but he has not tried it"."""


def course_facts(
    item: Item,
    topic: Topic | None,
    idiom: Idiom,
    record: Mapping[str, Fact],
    *,
    new: Evidence | None = None,
    further: Evidence | None = None,
) -> list[Fact]:
    """``item.course`` and ``item.terms``.

    Args:
        item: The disputed item.
        topic: The topic that decides it; its ``earlier`` names the concept of earlier use.
        idiom: The marks of a request.
        record: By name ``item.visits_had``, ``item.use``, ``item.use_days`` and ``summary.*`` of the item.
        new: What :func:`said_new` finds.
        further: What :func:`said_continued` finds.
    """
    marks = frozenset(h.entry.id for h in idiom.hits(fold(item.request[:_MOST])).of("mark"))
    return [_course(item, topic, marks, record, new=new, further=further), _terms(item, marks)]


def _terms(item: Item, marks: frozenset[str]) -> Fact:
    """Bought or rented, as far as the request says."""
    name, told = "item.terms", [_TERMS[mark] for mark in sorted(marks) if mark in _TERMS]
    if len(told) == 1:
        return Fact(name, told[0], (Evidence(Part.HEADING, item.request_span),), Confidence.HIGH)
    return Fact(name, UNTOLD, derivation="the request names neither purchase nor rental, or both")


def said_new(item: Item, summary: Sequence[Named], lexicon: Lexicon, today: datetime.date | None) -> Evidence | None:
    """Where the summary says of the very kind of treatment that it is new; another kind had before says nothing.

    What was new on a day long before ``today``, the day of the request, may have been had since.
    """
    own = lexicon.treatments.get(item.treatment) if item.drug is None else None
    if own is None:
        return None
    for named in summary:
        if any(today is None or today - m.date > _LATELY for m in dates.find(named.passage.folded)):
            continue
        places = [(m.start, m.end, _is_kind(lexicon, m.entry, item)) for m in named.treatments]
        for start, end in named.marks("treatment-new-behind"):
            before = max((p for p in places if p[1] <= start), key=lambda p: p[1], default=None)
            instead = any(start == end + 1 for start, _ in named.marks("stands-for-treatment"))
            reach = _FAR if instead else _NEAR
            if before and before[2] and start - before[1] <= reach:
                return named.evidence(before[0], end)
        had = named.marks("first-of-those-had")
        for start, end in named.marks("treatment-new-before"):
            if any(first <= start and end <= last for first, last in had):
                continue
            behind = min((p for p in places if p[0] >= end), key=lambda p: p[0], default=None)
            if behind and behind[2] and behind[0] - end <= _NEAR:
                return named.evidence(start, behind[1])
    return None


def said_continued(item: Item, rationale: Sequence[Named], lexicon: Lexicon) -> Evidence | None:
    """Where the verdict on a drug has it go on: "the request for continued gabapentin is necessary"."""
    for named in rationale if item.drug is not None else ():
        if named.passage.sentence.role is Role.CONCLUSION and about(named, item, lexicon) is About.ITEM:
            for start, end in named.marks("drug-continued"):
                behind = min((m for m in named.drugs if m.start >= end), key=lambda m: m.start, default=None)
                if behind and behind.start - end <= _NEAR:
                    return named.evidence(start, behind.end)
    return None


def _is_kind(lexicon: Lexicon, entry: str, item: Item) -> bool:
    """Whether a treatment named in the summary is of the kind asked for: "manipulation" of "chiropractic"."""
    if entry == item.treatment:
        return True
    own, other = lexicon.treatments[item.treatment], lexicon.treatment(entry)
    return own.category == other.category and not (own.apart or other.apart) and bool({*own.topics} & {*other.topics})


def _course(
    item: Item,
    topic: Topic | None,
    marks: frozenset[str],
    record: Mapping[str, Fact],
    *,
    new: Evidence | None,
    further: Evidence | None,
) -> Fact:
    """Told by the request's own words, by use or visits so far, or by what the summary holds."""
    name = "item.course"
    heading = (Evidence(Part.HEADING, item.request_span),)
    marked = {_MARKS[mark] for mark in marks if mark in _MARKS}
    if len(marked) == 1:
        return Fact(name, marked.pop(), heading, Confidence.HIGH, "the request's own words")
    had = record["item.visits_had"]
    if isinstance(had.value, int):
        return Fact(name, CONTINUATION if had.value else FIRST, had.evidence, had.confidence, had.derivation)
    use = record["item.use_days"] if record["item.use"].value in (UNTOLD, DATED) else record["item.use"]
    if use.value in (FIRST, "long_term") or (isinstance(use.value, int) and use.value > _JUST_BEGUN):
        course = FIRST if use.value == FIRST else CONTINUATION
        return Fact(name, course, use.evidence, use.confidence, use.derivation)
    if new is not None:
        return Fact(name, FIRST, (new,), Confidence.MEDIUM, "the summary says that it is new")
    if further is not None:
        return Fact(name, CONTINUATION, (further,), Confidence.MEDIUM, "the verdict has it go on")
    return _by_earlier(name, record.get(f"summary.{topic.earlier}") if topic and topic.earlier else None)


def _by_earlier(name: str, told: Fact | None) -> Fact:
    """By what the summary holds of earlier treatment."""
    if told is not None and told.value == Assertion.DOCUMENTED.value:
        return Fact(name, CONTINUATION, told.evidence, Confidence.MEDIUM, "the summary records earlier treatment")
    if told is not None and told.value == Assertion.DENIED.value:
        return Fact(name, FIRST, told.evidence, Confidence.MEDIUM, "the summary says that there was none before")
    return Fact(name, UNTOLD, derivation="neither the request nor the record tells of earlier treatment")
