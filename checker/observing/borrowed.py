"""Clauses of a guideline or of utilization review inside a sentence on the case: they name no fact of the worker."""

from collections.abc import Iterator

from checker.knowledge.grammar import Grammar
from checker.knowledge.hits import Hit
from checker.knowledge.idiom import Idiom
from checker.model.facts import Part, Role
from checker.observing.passages import GOES_ON, SAYS_BESIDE, TURNS, Passage, counters, on_the_other_hand

_MIXED = (Role.CASE, Role.APPLICATION, Role.CONCLUSION)
_ON_THE_WORKER = frozenset({"case:this-worker", "case:date", "case:the-request"})
_WORDS_BEFORE = 5
"""So many words may stand between the comma and the cue of the main clause: "however, in her case the records ..."."""


def of_the_case(hits: list[Hit], passage: Passage, idiom: Idiom) -> list[Hit]:
    """The hits of concepts without those of the record, or of the request, that stand in such a clause.

    What the clause itself says of the request stays: "while the guideline does not support it, ...".
    """
    clauses = borrowed(passage, idiom.grammar)
    if not clauses:
        return hits
    rules = [h for h in passage.hits.of("role") if h.entry.status == "guideline" and not h.entry.weak]
    return [h for h in hits if not any(a <= h.start < b for a, b in clauses) or _stays(h, rules, idiom)]


def _stays(hit: Hit, rules: list[Hit], idiom: Idiom) -> bool:
    says = idiom.concepts[hit.entry.id].says
    if says != "reasoning":
        return says != "record"
    return any(r.start < hit.end and hit.start < r.end for r in rules if r.entry.id != SAYS_BESIDE)


def borrowed(passage: Passage, grammar: Grammar) -> tuple[tuple[int, int], ...]:
    """Where such clauses stand in the sentence, as (start, end) in its folded text; most sentences hold none.

    "While the guideline allows imaging to confirm a tear, here, however, no such sign is told": all before "here".
    "No splint is needed, as guidelines state that immobilization is harmful": all from "as".
    """
    sentence = passage.sentence
    if sentence.part is not Part.RATIONALE or sentence.role not in _MIXED:
        return ()
    roles = [h for h in passage.hits.of("role") if h.entry.id not in GOES_ON]
    if not any(h.entry.status in ("guideline", "quotation") for h in roles):
        return ()
    beside = [h for h in roles if h.entry.id == SAYS_BESIDE]
    clauses = [
        *_before_the_turn(passage.folded, roles, grammar),
        *(c for h in beside for c in _beside(passage.folded, h, roles)),
    ]
    return tuple(clauses)


def _before_the_turn(folded: str, roles: list[Hit], grammar: Grammar) -> Iterator[tuple[int, int]]:
    """What stands before the words that turn to the case, where it tells of the guideline and not of the worker."""
    turns = [h.start for h in roles if h.entry.id == TURNS and _begins_a_clause(folded, h.start, grammar)]
    told = [h for h in roles if h.entry.status == "quotation"]
    if told:
        first = min(h.end for h in told)
        clauses = counters(folded, first, grammar), on_the_other_hand(folded, first, roles, grammar)
        turns.extend(at for at in clauses if at)
    if not turns:
        return
    turn = min(turns)
    before = [h for h in roles if h.end <= turn]
    others = any(h.entry.status in ("guideline", "quotation") and not h.entry.weak for h in before)
    if others and (told or not any(h.entry.id in _ON_THE_WORKER for h in before)):
        yield 0, turn


def _begins_a_clause(folded: str, start: int, grammar: Grammar) -> bool:
    return folded.startswith(grammar.joining, start) or folded[:start].rstrip().endswith((",", ";", ":", ")"))


def _beside(folded: str, says: Hit, roles: list[Hit]) -> Iterator[tuple[int, int]]:
    """The clause that begins with ``says``, up to the comma before the main clause or to the end of the sentence.

    Where words of the case stand in it and no comma parts them from it, nothing is sure.
    """
    case = [h for h in roles if h.start > says.end and h.entry.status in ("case", "conclusion") and not h.entry.weak]
    if not case:
        yield says.start, len(folded)
        return
    for hit in sorted(case, key=lambda h: h.start):
        comma = folded.rfind(",", says.end, hit.start)
        if comma >= 0 and folded.count(" ", comma, hit.start) <= _WORDS_BEFORE:
            yield says.start, comma
            return
