"""The summary and the rationales cut into sentences, each with the lexicon's hits and its role."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from checker.knowledge.grammar import Grammar
from checker.knowledge.hits import Hit, Hits
from checker.knowledge.idiom import Idiom
from checker.language import sentences
from checker.language.phrases import fold
from checker.model.determination import Determination
from checker.model.facts import Part, Role, Sentence
from checker.model.source import ReadingText, Span

_RECORD_ROLES = (Role.CASE, Role.APPLICATION)
_OTHERS = (Role.GUIDELINE, Role.QUOTATION)
"""Those whose words a sentence may only begin with."""
_MARKS = ".,;:!?-*•"
REFERRED = "a reference in brackets"
CARRIED = "carried on from the sentence before"
MISSING = "said to be missing from the record"
QUOTED = "inside a quotation"
DENIED = "a denial without a verb"
CONDITION = "a condition"
LISTED = "one of the guideline's list"
TURNS = "case:turns-to-case"
_DAY = "case:date"
_SURE = frozenset({"case:this-worker", TURNS, _DAY})
"""Cues that a reference in brackets does not outweigh."""
_RULE = "guideline:states-a-rule"
"""What is said of nobody, whatever words of the case stand before it: "objective findings need to be present"."""
_GENERAL_VERDICT = "guideline:general-verdict"
"""A verdict on treatment as such: "is not medically necessary unless there is a tumor"."""
_ON_A_TOPIC = "guideline:on-a-topic"
_DENIAL = "quotation:denial-told"
_OTHER_VERDICTS = ("case:another-request", _DENIAL)
"""Verdicts on another request, and utilization review's: premises, not the conclusion."""
GOES_ON = {"quotation:tells-on": tuple(Part), "quotation:runs-on": (Part.SUMMARY,)}
"""Cues of utilization review that count only right behind a sentence of its, and in which parts."""
SAYS_BESIDE = "guideline:says-beside"
"""A clause of the guideline beside one on the case ("as guidelines advise ..."): it leads no sentence."""
_OPENS = re.compile(r'(?:(?<=[\s(\[])|^)"(?=\S)')
_CLOSES = re.compile(r'(?<=[^\s(\[])"(?=[\s.,;:)\]]|$)')
_CLOSED_BEFORE = '" '
"""A quotation mark that stands apart at the head of a sentence closes the one before: 'relief. " The records show'."""
_NEAR = 24
"""So many code points behind the comma the main clause names whom it is of: ", in fact the patient has"."""
_ITEM = re.compile(r"\(?(?:\d{1,2}|[a-h]|[ivx]{1,4})[).]\s|[-*\u2022]\s")
_NONE, _ANNOUNCED, _BEGUN = range(3)
"""Of a list of the guideline: there is none; "any of the following:" was said; an entry without a verb came."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence as it is worked on.

    Attributes:
        sentence: The sentence as the model has it, spans in the raw text.
        start: Where it begins in the reading text.
        end: Where it ends in the reading text.
        folded: Lower-cased text, offsets as in the reading text less ``start``.
        hits: Phrases of the lexicon in it.
        reading: The reading text of the letter.
        grammar: The small words of its language.
    """

    sentence: Sentence
    start: int
    end: int
    folded: str
    hits: Hits
    reading: ReadingText
    grammar: Grammar

    @property
    def tells_the_case(self) -> bool:
        """Whether the sentence states facts of the worker or of the record."""
        return self.sentence.role in _RECORD_ROLES


class Discourse:
    """The discourse machine: what a sentence does depends on its cues and on the sentence before it."""

    def __init__(self, part: Part, grammar: Grammar) -> None:
        self._part = part
        self._grammar = grammar
        self._role = Role.CASE if part is Part.SUMMARY else Role.GUIDELINE
        self._reviewed = False
        self._list = _NONE
        self._open = 0

    def next(self, folded: str, hits: Hits) -> tuple[Role, str]:
        """Role of the next sentence and the cue that gave it."""
        if self._open and folded.startswith(_CLOSED_BEFORE):
            self._open -= 1
        roles = [h for h in hits.of("role") if h.entry.id != SAYS_BESIDE and self._may_go_on(h)]
        roles = _without_verbs_of_gaps(roles, hits)
        role, cue = self._decide(folded, [h for h in roles if not h.entry.weak] or roles)
        if cue == CARRIED and self._missing(folded, hits):
            role, cue = Role.CASE, MISSING
        elif cue == CARRIED and role is Role.GUIDELINE and self._denies(folded):
            role, cue = Role.CASE, DENIED
        self._list = self._listing(role, cue, folded)
        if '"' in folded:
            self._open = max(0, self._open + len(_OPENS.findall(folded)) - len(_CLOSES.findall(folded)))
        self._reviewed = role is Role.QUOTATION
        if role not in (Role.CONCLUSION, Role.DISCLAIMER, Role.QUOTATION):
            self._role = role
        applied = role is Role.CASE and self._part is not Part.SUMMARY and self._applies(hits)
        return (Role.APPLICATION if applied else role), cue

    def _missing(self, folded: str, hits: Hits) -> bool:
        """Whether something is said to be missing, and not only on a condition: "if progress is lacking"."""
        missing = [h.start for h in hits.of("cue") if h.entry.status == "not_documented"]
        if not missing or self._role is not Role.GUIDELINE:
            return bool(missing)
        if folded.startswith(self._grammar.commands):
            return False
        asked = (folded[folded.rfind(", ", 0, at) + 1 : at] for at in missing)
        return not all(self._grammar.holds_a_condition(clause) for clause in asked)

    def _denies(self, folded: str) -> bool:
        """Whether a dictated sentence only denies, without a verb, and is no entry of a list: "No trial at home."."""
        return (
            self._list == _NONE
            and self._grammar.denies.match(folded) is not None
            and self._grammar.finite_verb.search(folded) is None
        )

    def _listing(self, role: Role, cue: str, folded: str) -> int:
        """How far a list of the guideline is begun whose entries are sentences of their own."""
        if role is not Role.GUIDELINE:
            return _NONE
        if self._grammar.announces.search(folded):
            return _ANNOUNCED
        bare = cue == CARRIED and self._grammar.finite_verb.search(folded) is None
        return _BEGUN if self._list == _BEGUN or (self._list == _ANNOUNCED and bare) else _NONE

    def _an_entry(self, first: Hit, folded: str, ids: set[str]) -> bool:
        """Whether a sentence is an entry of such a list: "Patient is non-adherent.", but not "The patient is"."""
        if self._list != _BEGUN or ids & {TURNS, "case:date", "case:the-request"}:
            return False
        return (
            first.start == 0 and not folded.startswith(self._grammar.definite) and not any(c.isdigit() for c in folded)
        )

    def _may_go_on(self, hit: Hit) -> bool:
        """A cue that only goes on with what utilization review says needs such a sentence before it."""
        parts = GOES_ON.get(hit.entry.id)
        return parts is None or (self._reviewed and self._part in parts)

    def _decide(self, folded: str, hits: Sequence[Hit]) -> tuple[Role, str]:
        if self._part is Part.SUMMARY:
            return self._of_the_summary(hits)
        ids = {h.entry.id for h in hits}
        if self._open and not self._breaks_off(hits, ids):
            return Role.GUIDELINE, QUOTED
        told = self._verdict(folded, hits, ids)
        if told is not None:
            return told
        first = self._first(hits)
        if first is None or (first.entry.id not in _SURE and self._refers(folded)):
            return self._carried(folded)
        return self._led_by(first, folded, hits, ids)

    @staticmethod
    def _first(hits: Sequence[Hit]) -> Hit | None:
        """The cue that stands first; "the request was denied because" is utilization review, not the request."""
        sure = min((h.start for h in hits if h.entry.id in _SURE), default=None)
        led = [h for h in hits if h.entry.id != _ON_A_TOPIC or sure is None or sure >= h.end]
        first = min(led, key=lambda h: (h.start, -h.end), default=None)
        if first is None or first.entry.status != "case" or first.entry.id in _SURE:
            return first
        return next((h for h in hits if h.entry.id == _DENIAL and h.start < first.end), first)

    def _of_the_summary(self, hits: Sequence[Hit]) -> tuple[Role, str]:
        """The whole summary reports the record; only the claims administrator's view stands apart."""
        told = [h for h in hits if h.entry.status == "quotation"]
        if not told or (all(h.entry.id in GOES_ON for h in told) and self._of_the_worker(hits)):
            return Role.CASE, "summary"
        return Role.QUOTATION, told[0].entry.id

    @staticmethod
    def _of_the_worker(hits: Sequence[Hit]) -> bool:
        """Whether the sentence begins with the worker or a date, not with what was decided or was missing."""
        return min(hits, key=lambda h: (h.start, -h.end)).entry.id in _SURE - {TURNS}

    def _breaks_off(self, hits: Sequence[Hit], ids: set[str]) -> bool:
        """Whether a quotation that was never closed must have ended: the sentence decides, or turns to the case."""
        decides = "conclusion:verdict" in ids and any(h.entry.status == "case" and not h.entry.weak for h in hits)
        if decides or TURNS in ids:
            self._open = 0
        return not self._open

    def _verdict(self, folded: str, hits: Sequence[Hit], ids: set[str]) -> tuple[Role, str] | None:
        """A disclaimer or a conclusion, which hold wherever in the sentence they stand."""
        if folded.startswith(self._grammar.conditions):
            return None
        others = [h for h in hits if h.entry.id in _OTHER_VERDICTS]
        for name, role in (("disclaimer", Role.DISCLAIMER), ("conclusion", Role.CONCLUSION)):
            for hit in hits:
                if hit.entry.status == name and not any(o.start < hit.end and hit.start < o.end for o in others):
                    general = role is Role.CONCLUSION and self._general(folded, hits, ids)
                    return (Role.GUIDELINE, _GENERAL_VERDICT) if general else (role, hit.entry.id)
        return None

    @staticmethod
    def _general(folded: str, hits: Sequence[Hit], ids: set[str]) -> bool:
        """Whether a verdict is said of treatment as such, and of no request; its conditions may name "the patient"."""
        general = next((h.start for h in hits if h.entry.id == _GENERAL_VERDICT), None)
        return general is not None and not any(
            h.entry.status == "case" and not h.entry.weak and (h.start < general or h.entry.id == TURNS) for h in hits
        )

    def _carried(self, folded: str) -> tuple[Role, str]:
        """A sentence without a cue keeps the role of the one before it."""
        return self._role, REFERRED if self._refers(folded) else CARRIED

    def _refers(self, folded: str) -> bool:
        """Whether a sentence after the guideline goes on with it: "success rates were higher (Fritz, 2007)"."""
        return self._role is Role.GUIDELINE and self._grammar.reference.search(folded) is not None

    def _led_by(self, first: Hit, folded: str, hits: Sequence[Hit], ids: set[str]) -> tuple[Role, str]:
        """The cue that stands first decides, unless the sentence turns to the case or states a rule."""
        role = Role(first.entry.status)
        if role in _OTHERS and self._turns(role, first, folded, hits):
            return Role.CASE, TURNS
        if role is Role.CASE and self._an_entry(first, folded, ids):
            return Role.GUIDELINE, LISTED
        rule = self._rule_after_all(folded, ids, sure=role is not Role.CASE or bool(ids & _SURE))
        if rule:
            return Role.GUIDELINE, rule
        if role is Role.CASE and self._grammar.begins_a_condition(folded):
            return self._main_clause(first, folded, hits)
        return role, first.entry.id

    def _turns(self, role: Role, first: Hit, folded: str, hits: Sequence[Hit]) -> bool:
        """Whether a sentence that begins with the words of another turns to the case.

        "While the guideline allows it, here, however, ..."; but "the drug is stopped if there is no documentation of a
        gain" is all rule. "Utilization review found none; however, the note of May shows weakness".
        """
        if on_the_other_hand(folded, first.end, hits, self._grammar):
            return True
        if role is Role.GUIDELINE:
            return any(h.entry.id == TURNS and not folded[: h.start].endswith(self._grammar.conditions) for h in hits)
        at = counters(folded, first.end, self._grammar)
        return bool(at) and any(h.start >= at for h in hits)

    def _rule_after_all(self, folded: str, ids: set[str], *, sure: bool) -> str:
        """Why a sentence is the guideline's, whatever words stand first in it; "" where nothing says so."""
        after_guideline = self._role is Role.GUIDELINE
        if after_guideline and folded.startswith(self._grammar.conditions) and _DAY not in ids:
            return "a condition after the guideline"
        if after_guideline and folded.startswith(self._grammar.commands):
            return "a command after the guideline"
        if sure:
            return ""
        listed = after_guideline and _ITEM.match(folded) is not None
        return _RULE if _RULE in ids else LISTED if listed else ""

    @staticmethod
    def _main_clause(first: Hit, folded: str, hits: Sequence[Hit]) -> tuple[Role, str]:
        """What an if-clause names is no fact; what stands behind it decides."""
        comma = folded.find(",", first.end)
        if comma < 0:
            return Role(first.entry.status), first.entry.id
        behind = [h for h in hits if h.start > comma and h.entry.status != "conclusion"]
        main = min(behind, key=lambda h: (h.start, -h.end), default=None)
        return (Role.GUIDELINE, CONDITION) if main is None else (Role(main.entry.status), main.entry.id)

    @staticmethod
    def _applies(hits: Hits) -> bool:
        """A criterion and a fact of the case meet in one sentence."""
        return any(h.entry.status == "guideline" for h in hits.of("role"))


def _without_verbs_of_gaps(roles: list[Hit], hits: Hits) -> list[Hit]:
    """Cues of what a sentence does, but for a rule whose verb is that of a gap: "studies are not on record"."""
    gaps = [h for h in hits.of("cue") if h.entry.status == "not_documented" and h.entry.scope == "backward"]
    if not gaps:
        return roles
    return [
        r
        for r in roles
        if not (r.entry.status == "guideline" and any(r.start < gap.start < r.end < gap.end for gap in gaps))
    ]


def ends_quotation(folded: str) -> bool:
    """Whether a quotation that was begun before is closed in a sentence."""
    return '"' in folded and len(_CLOSES.findall(folded)) > len(_OPENS.findall(folded))


def counters(folded: str, start: int, grammar: Grammar) -> int:
    """Where behind ``start`` the sentence turns against what it told before: "..., but", "; however"; 0 nowhere."""
    turn = grammar.counters.search(folded, start)
    return turn.start() if turn else 0


def on_the_other_hand(folded: str, start: int, hits: Sequence[Hit], grammar: Grammar) -> int:
    """Where behind ``start`` a main clause names the worker; 0 nowhere.

    "Although guidelines advise a trial first, the patient has ...", "while the adjuster found no care, he has had ...".
    """
    comma = folded.find(",", start) if folded.startswith(grammar.joining) else -1
    near = comma >= 0 and any(h.entry.id in _SURE and 0 < h.start - comma <= _NEAR for h in hits)
    return comma if near else 0


def passages(determination: Determination, idiom: Idiom, part: Part, item: int, span: Span) -> Iterator[Passage]:
    """The sentences of one part of a letter, in order.

    Args:
        determination: The letter.
        idiom: The lexicon.
        part: summary or rationale.
        item: 0 for the summary, else the number of the item.
        span: Where the part stands in the raw text.
    """
    reading = determination.source.reading
    text = reading.text
    start, end = reading.reading_offset(span.start), reading.reading_offset(span.end)
    discourse = Discourse(part, idiom.grammar)
    for begin, stop in sentences.split(text, start, end, idiom.grammar.stops):
        printed = text[begin:stop]
        if not printed.strip(_MARKS):
            continue  # a stray full stop is no sentence
        folded = fold(printed)
        hits = idiom.hits(folded)
        role, cue = discourse.next(folded, hits)
        sentence = Sentence(part, item, reading.raw_span(begin, stop), printed, role, cue)
        yield Passage(sentence, begin, stop, folded, hits, reading, idiom.grammar)
