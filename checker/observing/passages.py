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
_MARKS = ".,;:!?-*•"
REFERRED = "a reference in brackets"
CARRIED = "carried on from the sentence before"
MISSING = "said to be missing from the record"
QUOTED = "inside a quotation"
_SURE = ("case:this-worker", "case:turns-to-case", "case:date")
"""Cues that a reference in brackets does not outweigh."""
_REFERENCE = re.compile(r"\([a-z][^()]{1,60}(?:19|20)\d\d[a-z]?\)|\bicd-?(?:9|10)\b")


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
    """

    sentence: Sentence
    start: int
    end: int
    folded: str
    hits: Hits
    reading: ReadingText

    @property
    def tells_the_case(self) -> bool:
        """Whether the sentence states facts of the worker or of the record."""
        return self.sentence.role in _RECORD_ROLES


class Discourse:
    """The discourse machine: what a sentence does depends on its cues and on the sentence before it."""

    def __init__(self, part: Part, grammar: Grammar) -> None:
        self._part = part
        self._conditions = grammar.conditions
        self._role = Role.CASE if part is Part.SUMMARY else Role.GUIDELINE
        self._quoted = False

    def next(self, folded: str, hits: Hits) -> tuple[Role, str]:
        """Role of the next sentence and the cue that gave it."""
        roles = hits.of("role")
        role, cue = self._decide(folded, [h for h in roles if not h.entry.weak] or roles)
        if cue == CARRIED and any(h.entry.status == "not_documented" for h in hits.of("cue")):
            role, cue = Role.CASE, MISSING
        if folded.count('"') % 2:
            self._quoted = not self._quoted
        if role not in (Role.CONCLUSION, Role.DISCLAIMER, Role.QUOTATION):
            self._role = role
        return (Role.APPLICATION if role is Role.CASE and self._applies(hits) else role), cue

    def _decide(self, folded: str, hits: Sequence[Hit]) -> tuple[Role, str]:
        first = min(hits, key=lambda h: (h.start, -h.end), default=None)
        by_role = {h.entry.status: h for h in reversed(hits)}
        if self._part is Part.SUMMARY:
            # The whole summary reports the record; only the claims administrator's view stands apart.
            told = by_role.get("quotation")
            return (Role.QUOTATION, told.entry.id) if told else (Role.CASE, "summary")
        if self._quoted:
            return Role.GUIDELINE, QUOTED
        for name, role in (("disclaimer", Role.DISCLAIMER), ("conclusion", Role.CONCLUSION)):
            if name in by_role and not folded.startswith(self._conditions):
                return role, by_role[name].entry.id
        if first is None or (first.entry.id not in _SURE and self._refers(folded)):
            return self._carried(folded)
        return self._led_by(first, folded, hits)

    def _carried(self, folded: str) -> tuple[Role, str]:
        """A sentence without a cue keeps the role of the one before it."""
        return self._role, REFERRED if self._refers(folded) else CARRIED

    def _refers(self, folded: str) -> bool:
        """Whether a sentence after the guideline goes on with it: "success rates were higher (Fritz, 2007)"."""
        return self._role is Role.GUIDELINE and _REFERENCE.search(folded) is not None

    def _led_by(self, first: Hit, folded: str, hits: Sequence[Hit]) -> tuple[Role, str]:
        """The cue that stands first decides, unless the sentence turns to the case or goes on with a condition."""
        role = Role(first.entry.status)
        if role is Role.GUIDELINE and "case:turns-to-case" in {h.entry.id for h in hits}:
            return Role.CASE, "case:turns-to-case"  # "while the guideline allows it, here, however, ..."
        if folded.startswith(self._conditions) and self._role is Role.GUIDELINE:
            return Role.GUIDELINE, "a condition after the guideline"
        return role, first.entry.id

    @staticmethod
    def _applies(hits: Hits) -> bool:
        """A criterion and a fact of the case meet in one sentence."""
        return any(h.entry.status == "guideline" for h in hits.of("role"))


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
        yield Passage(sentence, begin, stop, folded, hits, reading)
