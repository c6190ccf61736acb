"""How directly a sentence says that something is absent: only what is said plainly carries an error.

"There is no documentation of a home exercise program" leaves no doubt. "There is no documentation of an exercise
program that would replace the visits" speaks of something narrower, and a negation that lies clauses away from what it
seems to negate may belong to something else. Such a reading is kept, but with low confidence.
"""

from collections.abc import Sequence

from checker.knowledge.grammar import Grammar
from checker.knowledge.hits import Hit
from checker.model.facts import Assertion

_ABSENT = (Assertion.DENIED, Assertion.NOT_DOCUMENTED)
_BEFORE = 40
"""So many code points before words are looked at for a noun that they belong to."""

_RECORDED = "recorded"
_VERB_NEAR = 30
"""So many code points at most lie between what is negated and its verb."""

_FAR = 14
"""So many blanks at most lie between a plain negation and the words that it negates."""


def plainly(
    hit: Hit, cues: Sequence[Hit], status: Assertion, folded: str, grammar: Grammar, *, of_change: bool = False
) -> bool:
    """Whether words say directly that something is absent; any other status is not looked at.

    Args:
        hit: The words of the concept.
        cues: Those that reach it.
        status: What was read.
        folded: The sentence.
        grammar: Its small words.
        of_change: The words are themselves of something new, so that "new" takes nothing from them.
    """
    if status not in _ABSENT:
        return True
    deciding = [c for c in cues if c.entry.status == status.value]
    if any(_narrowed(folded, end, grammar) for end in {hit.end, *(c.end for c in deciding if c.end > hit.end)}):
        return False
    if not of_change and (
        grammar.since.match(folded, hit.end)
        or grammar.qualifies.search(folded[max(0, hit.start - _BEFORE) : hit.start])
        or grammar.qualified.match(folded, hit.start)
    ):
        return False
    negated_from = min((c.start for c in deciding), default=hit.start)
    if grammar.renews.search(folded, min(negated_from, hit.start), hit.end):
        return False
    if not deciding:  # words that deny by themselves
        return _of_one_clause(grammar.inserted.sub(" ", folded[hit.start : hit.end]), grammar)
    return any(_beside(cue, hit, folded, grammar) for cue in deciding)


def _narrowed(folded: str, at: int, grammar: Grammar) -> bool:
    """Whether what follows makes words speak of less; a clause between two commas says more of them, not less."""
    found = grammar.narrows.match(folded, at)
    if found is None:
        return False
    comma = folded.find(",", at, found.end())
    return comma < 0 or grammar.inserted.match(folded, comma) is None


def noted_as_absent(cue: Hit, hit: Hit, status: Assertion, folded: str, grammar: Grammar) -> bool:
    """Whether a cue is but the verb of what is negated: in "no such change was noted" nothing is noted."""
    return (
        status in _ABSENT
        and cue.entry.status == _RECORDED
        and hit.end <= cue.start <= hit.end + _VERB_NEAR
        and grammar.closes_a_denial.search(folded, hit.end, cue.start) is None
    )


def _of_one_clause(words: str, grammar: Grammar) -> bool:
    """Whether words run through one clause: their commas part but members of a list ("strength, tone and reflexes")."""
    if ";" in words:
        return False
    *before, _ = words.split(",")
    return not any(grammar.finite_verb.search(part, part.find(" ") + 1) for part in before)


def _beside(cue: Hit, hit: Hit, folded: str, grammar: Grammar) -> bool:
    """Whether nothing but light words, or members of one list, lie between a negation and what it negates."""
    forward = cue.end <= hit.start
    start, end = (cue.end, hit.start) if forward else (hit.end, cue.start)
    between = grammar.inserted.sub(" ", folded[start:end]) if start < end else ""
    if forward:
        between = _last_question(between, grammar)
    if between.count(" ") > _FAR or grammar.loosens.search(between):
        return False
    headed = any(found[1] in grammar.light_nouns for found in grammar.noun_of.finditer(folded, 0, hit.start))
    if not forward and not headed and grammar.joins(between) and folded.startswith(grammar.singular_verbs, cue.start):
        return False  # the verb takes the last of two subjects; but "documentation of A and of B is lacking"
    if _of_something_else(between if forward else folded[max(0, hit.start - _BEFORE) : hit.start], grammar):
        return False
    telling = grammar.told_of.search(folded, min(cue.start, start), end)
    if telling:  # "no documentation indicating the patient has had a trial"
        return True
    if not forward and "," not in between and grammar.asked.match(folded, 0, hit.start):
        return True  # "whether a trial was given cannot be told": the whole question is what the verb speaks of
    begins = between.find(" ", 1) if forward else 0  # "does not have": the verb that is negated
    return begins < 0 or grammar.finite_verb.search(between, begins) is None


def _last_question(between: str, grammar: Grammar) -> str:
    """What lies between a gap and words, in the last of the questions it is of: "not told how often or what"."""
    last = 0
    for found in grammar.asks_again.finditer(between):
        last = found.end()
    return between[last:]


def _of_something_else(before: str, grammar: Grammar) -> bool:
    """Whether words stand behind a noun that they belong to: "a flare-up of the pain is not described"."""
    return any(found[1] not in grammar.light_nouns for found in grammar.noun_of.finditer(before))
