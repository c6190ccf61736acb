"""How long the disputed drug, or another of its class, has been taken."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from checker.knowledge.concepts import Kind
from checker.knowledge.lexicon import Lexicon
from checker.knowledge.measures import Measures
from checker.knowledge.names import Mention
from checker.language import dates
from checker.language.measuring import NUMBER
from checker.model.determination import Drug, Item
from checker.model.facts import UNKNOWN, Assertion, Confidence, Evidence, Fact, Role
from checker.observing.mentions import About, Named, about
from checker.observing.statuses import Told
from checker.observing.use_on_days import first_given

_LONG_USE: Kind = "long-use"
_LONGEST = 60 * 365
_TIME = frozenset({"time"})
_NOT_TAKEN = frozenset({"off-a-drug", "not-taken-since", "last-taken"})
_STILL = datetime.timedelta(days=120)
"""A time of use that ended at most so long before the request goes on: "from 2012 through November 2015"."""

_RIGHT_BEHIND = 30
"""A drug so many code points behind "to begin" is what is begun."""

_NEXT = 2
"""A drug so few code points behind "off", or behind "no use of", is the one that is not taken."""

_DIRECTED = 31
"""A length of at most so many days, with no word of use before it, is how long the drug is to be taken."""

_LATELY = 60
"""A drug taken for more days than that is not asked for the first time, whatever a sentence calls new."""


@dataclass(frozen=True, slots=True)
class Case:
    """What the length of use is read from.

    Attributes:
        item: The disputed item.
        lexicon: Names of drugs and treatments.
        summary: Sentences of the case summary.
        told: Assertions of the case summary.
        rationale: Sentences of the rationale; only first use is read from them.
        today: The date up to which use is counted; None where the letter gives none.
        injury: Date of injury, None where the letter gives none.
        of_class: Use of another drug of the class counts too.
    """

    item: Item
    lexicon: Lexicon
    summary: Sequence[Named]
    told: Sequence[Told]
    rationale: Sequence[Named]
    today: datetime.date | None
    injury: datetime.date | None
    of_class: bool

    def is_close(self, relation: About) -> bool:
        """Whether a sentence or drug so related is about the use of the item."""
        return relation is About.ITEM or (self.of_class and relation is About.CLASS)


@dataclass(frozen=True, slots=True)
class _Use:
    days: int
    evidence: Evidence
    confidence: Confidence
    derivation: str


def usage_facts(case: Case) -> list[Fact]:
    """``item.use`` (long_term, first, dated, untold), ``item.use_days`` and ``item.supply_most``, of a drug alone."""
    if case.item.drug is None:
        return [Fact("item.use", "untold"), Fact("item.use_days", UNKNOWN), Fact("item.supply_most", UNKNOWN)]
    related = list(_related(case))
    taken = _taken(case, related[: len(case.summary)])
    uses = sorted(_uses(case, taken), key=lambda u: -u.days) or list(_by_days(case, taken))
    days = (
        Fact("item.use_days", uses[0].days, (uses[0].evidence,), uses[0].confidence, uses[0].derivation)
        if uses
        else Fact("item.use_days", UNKNOWN, derivation="no date or duration of use is recorded")
    )
    worded = _worded(case, related)
    if not uses and worded.value == "untold":
        days = _by_reviewer(case, days)
    if uses and (worded.value == "untold" or (worded.value == "first" and uses[0].days > _LATELY)):
        worded = Fact("item.use", "dated", (uses[0].evidence,), uses[0].confidence, uses[0].derivation)
    return [worded, days, _supply_most(case.item.drug)]


def _supply_most(drug: Drug) -> Fact:
    """The days that the quantity lasts at the longest, at one unit a day and with all refills."""
    name = "item.supply_most"
    if not isinstance(drug.quantity, int):
        return Fact(name, UNKNOWN, derivation="no quantity is told")
    return Fact(name, drug.quantity * (1 + (drug.refills or 0)), derivation="at one unit a day")


def _worded(case: Case, related: Sequence[tuple[Named, About]]) -> Fact:
    """Long or first use said in words, without a number."""
    for named, relation in related:
        if named.passage.sentence.role is Role.GUIDELINE:
            continue
        for start, end in named.marks("first-use"):
            if _begun(case, named, (start, end), relation) and not _long_ago(case, named, end):
                return Fact("item.use", "first", (named.evidence(start, end),), Confidence.MEDIUM, "said to be new")
        for start, end in named.marks("none-so-far") if relation >= About.CLASS else ():
            return Fact(
                "item.use", "first", (named.evidence(start, end),), Confidence.MEDIUM, "none of its kind before"
            )
    for t in case.told:
        seen = t.observation
        if _LONG_USE not in t.kinds or seen.status is not Assertion.DOCUMENTED:
            continue
        relation = about(t.named, case.item, case.lexicon)
        counted = any(dates.find(t.named.passage.folded)) or _weeks_only(case, t.named)
        if (relation is About.DRUGS or case.is_close(relation)) and not counted:
            return Fact("item.use", "long_term", (Evidence(seen.part, seen.span),), seen.confidence, "said in words")
    return Fact("item.use", "untold", derivation="neither long nor first use is said in words")


def _weeks_only(case: Case, named: Named) -> bool:
    """Whether the length told is one of weeks, which no word makes long: "on Soma for two weeks"."""
    lengths = [length_in_days(named.passage.folded[a:b], case.lexicon.measures) for a, b in named.marks("use-for")]
    return 0 < max(lengths, default=0) <= _LATELY


def _long_ago(case: Case, named: Named, end: int) -> bool:
    """Whether a day right behind "new" lies far back: "newly prescribed on 3/2/2012"."""
    behind = next(dates.find(named.passage.folded[end : end + _RIGHT_BEHIND]), None)
    return behind is not None and case.today is not None and (case.today - behind.date).days > _LATELY


def _begun(case: Case, named: Named, words: tuple[int, int], relation: About) -> bool:
    """Whether the item is what begins: of several drugs the one in, or right behind, "to begin"."""
    start, end = words
    if len(named.drugs) > 1:
        behind = [m for m in named.drugs if start <= m.start <= end + _RIGHT_BEHIND][:1]
        if behind:
            return _is_close(case, named, behind)
    return case.is_close(relation)


def _related(case: Case) -> Iterator[tuple[Named, About]]:
    """Each sentence, those of the summary first, with what it is about.

    One that names nothing goes on about what was named last.
    """
    last = About.NOBODY
    for named in (*case.summary, *case.rationale):
        relation = about(named, case.item, case.lexicon)
        last = relation if relation is not About.NOBODY else last
        yield named, last


def _uses(case: Case, taken: Sequence[tuple[Named, About]]) -> Iterator[_Use]:
    events = {"use-since-injury": case.injury, "use-since-operation": _operation(case)}
    for named, relation in taken:
        ended = named.marks("use-ended")
        yield from _up_to_now(case, named, ended, relation)
        yield from _started(case, named, relation)
        yield from _begun_on_the_day(case, named, relation)
        for start, end in named.marks("use-since"):
            told = named.drugs or named.marks("use-told", "taken-so-far")  # not "the notes from 2016"
            if told and not any(a < end and start < b for a, b in ended) and _of_item(case, named, start, relation):
                for mention in dates.find(named.passage.folded[start:end]):
                    precise = mention.precision is not dates.Precision.YEAR
                    yield from _since(case, named, mention.date, precise=precise)
        for mark, event in events.items():
            for start, _ in named.marks(mark):
                if event and _of_item(case, named, start, relation):
                    yield from _since(case, named, event, precise=False)
        for start, end in named.marks("use-for"):
            days = length_in_days(named.passage.folded[start:end], case.lexicon.measures)
            if days and _of_item(case, named, start, relation) and not _as_directed(named, start, days):
                yield _Use(days, named.whole, Confidence.MEDIUM, named.passage.folded[start:end])


def _taken(case: Case, summary: Sequence[tuple[Named, About]]) -> list[tuple[Named, About]]:
    """Each sentence of the summary with what it is about, but for those that tell of no use."""
    return [(named, relation) for named, relation in summary if not _not_taken(case, named, relation)]


def _not_taken(case: Case, named: Named, relation: About) -> bool:
    """Whether a sentence tells that the item is no longer taken: "off tramadol since 2014", "none since then"."""
    if named.marked.keys().isdisjoint(_NOT_TAKEN):
        return False
    kept = named.marks("use-hard-to-end", "use-resumed")
    for start, end in named.marks("off-a-drug"):
        behind = [m for m in named.drugs if 0 <= m.start - end <= _NEXT][:1]
        if behind and _is_it(case, named, behind, relation) and not _inside(start, kept):
            return True
    for start, end in named.marks("not-taken-since"):
        if _told_of_item(case, named, (start, end), relation) and not _inside(start, kept):
            return True
    return any(
        _long_ago(case, named, end) and _told_of_item(case, named, (start, end), relation)
        for start, end in named.marks("last-taken")
    )


def _told_of_item(case: Case, named: Named, place: tuple[int, int], relation: About) -> bool:
    """Whether words are of the item: by the drug in them or right behind, else the last before, else by context."""
    start, end = place
    of = [m for m in named.drugs if start <= m.start < end + _NEXT] or [m for m in named.drugs if m.start < start][-1:]
    return _is_it(case, named, of, relation)


def _is_it(case: Case, named: Named, drugs: Sequence[Mention], relation: About) -> bool:
    """Whether drugs are the item, or of its class where the sentence does not name the item itself."""
    if not drugs:
        return case.is_close(relation)
    if relation is About.ITEM:
        return about(Named(named.passage, tuple(drugs), (), {}), case.item, case.lexicon) is About.ITEM
    return _is_close(case, named, drugs)


def _inside(at: int, places: Sequence[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in places)


def _is_close(case: Case, named: Named, drugs: Sequence[Mention]) -> bool:
    return case.is_close(about(Named(named.passage, tuple(drugs), (), {}), case.item, case.lexicon))


def _by_days(case: Case, taken: Sequence[tuple[Named, About]]) -> Iterator[_Use]:
    """Since a visit long ago at which the drug was given, where it was refilled later."""
    close = frozenset(r for r in About if case.is_close(r))
    found = first_given(taken, close, case.injury, case.lexicon)
    if found is not None:
        yield from _since(case, found[1], found[0], precise=False)


def _by_reviewer(case: Case, days: Fact) -> Fact:
    """Days of use by the rationale's own word, where the summary tells nothing of it."""
    uses = (
        use
        for named in case.rationale
        if _tells_own_use(case, named)
        for start, end in named.marks("use-since")
        for mention in dates.find(named.passage.folded[start:end])
        for use in _since(case, named, mention.date, precise=False)
    )
    use = next(uses, None)
    if use is None:
        return days
    return Fact(days.name, use.days, (use.evidence,), use.confidence, "by the word of the rationale")


def _tells_own_use(case: Case, named: Named) -> bool:
    """Whether a sentence of the rationale tells that the item has been taken, and is."""
    own = about(named, case.item, case.lexicon) in (About.ITEM, About.DRUGS) and named.passage.tells_the_case
    return own and bool(named.marks("use-told", "taken-so-far")) and not named.marks("use-ended", "use-broken-off")


def _as_directed(named: Named, start: int, days: int) -> bool:
    """Whether a short length is that of the prescription: "one tablet three times a day for seven days"."""
    return days <= _DIRECTED and not any(at < start for at, _ in named.marks("in-use"))


def _started(case: Case, named: Named, relation: About) -> Iterator[_Use]:
    """Since a day not long ago on which the drug was begun; one begun long ago may have been stopped since.

    Where an earlier day stands beside its name, it was begun again.
    """
    for start, end in named.marks("use-started") if not named.marks("use-given-up") else ():
        day = next(dates.find(named.passage.folded[start:end]), None)
        if day is None or day.precision is dates.Precision.YEAR or not case.today:
            continue
        lately = case.today - day.date <= _STILL and not _named_before(case, day.date)
        if lately and _of_item(case, named, start, relation):
            yield from _since(case, named, day.date, precise=True)


def _begun_on_the_day(case: Case, named: Named, relation: About) -> Iterator[_Use]:
    """Since the one day of a sentence that has the drug begun: "at the 6/9 visit it was given for the first time".

    Where no day is told, but how long ago it was, since then: "begun two weeks ago".
    """
    begun = [place for place in named.marks("drug-begun", "first-use") if _named_beside(case, named, place, relation)]
    if not begun or named.marks("use-given-up"):
        return
    for start, end in named.marks("time-ago"):
        days = length_in_days(named.passage.folded[start:end], case.lexicon.measures)
        if 0 < days <= _STILL.days:
            yield _Use(days, named.whole, Confidence.MEDIUM, named.passage.folded[start:end])
            return
    told = {m.date for m in dates.find(named.passage.folded) if m.precision is dates.Precision.DAY}
    day = told.pop() if len(told) == 1 else None
    if day is None or day == case.injury or not case.today:
        return
    if case.today - day <= _STILL and not _named_before(case, day):
        yield from _since(case, named, day, precise=True)


def _named_beside(case: Case, named: Named, place: tuple[int, int], relation: About) -> bool:
    """Whether the drug stands right beside words that have something begun; a sentence without one goes on about it."""
    start, end = place
    near = [m for m in named.drugs if m.start <= end + _RIGHT_BEHIND and start <= m.end + _RIGHT_BEHIND]
    return _is_close(case, named, near) if near else not named.drugs and case.is_close(relation)


def _up_to_now(case: Case, named: Named, ended: Sequence[tuple[int, int]], relation: About) -> Iterator[_Use]:
    """Times of use with a last day that lies right before the request."""
    for start, end in ended if named.marks("use-told") else ():
        days = [m.date for m in dates.find(named.passage.folded[start:end])]
        if len(days) > 1 and case.today and case.today - days[-1] <= _STILL and _of_item(case, named, start, relation):
            yield from _since(case, named, days[0], precise=False)


def _named_before(case: Case, day: datetime.date) -> bool:
    """Whether a sentence that names the drug gives it a day more than a month before."""
    close = (n for n in case.summary if n.drugs and case.is_close(about(n, case.item, case.lexicon)))
    return any(
        (day - m.date).days > _DIRECTED and _of_item(case, n, m.start, About.NOBODY)
        for n in close
        for m in dates.find(n.passage.folded)
    )


def _since(case: Case, named: Named, start: datetime.date, *, precise: bool) -> Iterator[_Use]:
    days = (case.today - start).days if case.today else 0
    if 0 < days < _LONGEST:
        sure = Confidence.HIGH if precise else Confidence.MEDIUM
        yield _Use(days, named.whole, sure, f"since {start.isoformat()}")


def _operation(case: Case) -> datetime.date | None:
    """The date of the only operation that the summary dates; None where it dates none or several, or none is needed."""
    if not any(n.marks("use-since-operation") for n in case.summary):
        return None
    found = {
        mention.date
        for named in case.summary
        if any(case.lexicon.treatment(m.entry).category == "surgery" for m in named.treatments)
        for mention in dates.find(named.passage.folded)
    }
    return found.pop() if len(found) == 1 else None


def _of_item(case: Case, named: Named, at: int, relation: About) -> bool:
    """Whether a duration is of the item: by the drug named last before it, else the first after it, else by context."""
    before = [m for m in named.drugs if m.start < at]
    chosen = before[-1:] or named.drugs[:1]
    if not chosen:
        return case.is_close(relation)
    return _is_close(case, named, chosen)


def length_in_days(words: str, measures: Measures) -> int:
    """Days of "for the past three years", of a range the upper end; 0 where no single length is told.

    Args:
        words: Folded words that tell a length of time.
        measures: The words around numbers.
    """
    tokens = measures.table.read(words, 0, len(words), _TIME)
    found = []
    for n, (before, unit) in enumerate(pairwise(tokens)):
        if unit.kind != "time":
            continue
        if before.kind == NUMBER:
            found.append(before.high * unit.low)
        elif before.text in measures.one:  # "half a year"
            found.append(unit.low * (tokens[n - 1].low if n and tokens[n - 1].text in measures.fractions else 1))
    if len(found) == 1 and tokens[-1].text in measures.fractions:  # "a year and a half"
        found[0] *= 1 + tokens[-1].low
    return int(found[0]) if len(found) == 1 else 0
