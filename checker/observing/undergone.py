"""What is undergone (therapy, injections, studies): when a sentence tells of it though nothing says what became of it.

"There is no record of physical therapy" says as much as "there is no record that physical therapy was had". But "no
therapy" may be of what is to come, and where the notes of therapy are missing, it may have been had.
"""

from collections.abc import Sequence

from checker.knowledge.grammar import Grammar
from checker.knowledge.hits import Hit
from checker.model.facts import Assertion
from checker.observing.certainty import plainly


def tells_of_it(hit: Hit, cues: Sequence[Hit], folded: str, grammar: Grammar, *, turned: bool) -> bool:
    """Whether words for what is undergone say anything of it.

    Args:
        hit: The words.
        cues: Those that reach them.
        folded: The sentence.
        grammar: Its small words.
        turned: Something is said of what became of it.
    """
    missing = any(c.entry.status == "not_documented" for c in cues)
    of_its_papers = grammar.belongs.match(folded, hit.end) is not None
    if turned:
        return not (missing and of_its_papers)
    if of_its_papers or not (missing or any(_of_evidence(c, hit, folded, grammar) for c in cues)):
        return False
    status = Assertion.NOT_DOCUMENTED if missing else Assertion.DENIED
    return _itself(hit, cues, folded, grammar) and plainly(hit, cues, status, folded, grammar)


def _of_evidence(cue: Hit, hit: Hit, folded: str, grammar: Grammar) -> bool:
    """Whether a negation is of the evidence for a thing: "there is no sign of any surgery"."""
    between = folded[cue.end : hit.start].split()
    return cue.entry.status == "denied" and not grammar.light_nouns.isdisjoint(between)


def _itself(hit: Hit, cues: Sequence[Hit], folded: str, grammar: Grammar) -> bool:
    """Whether the thing is missing, and not what it led to, what it is for, or what is said of one that is known."""
    reach = (min(hit.start, *(c.start for c in cues)), max(hit.start, *(c.end for c in cues)))
    if grammar.follows_from.search(folded, *reach):
        return False
    if f"{folded[: hit.start].rstrip().rpartition(' ')[2]} " in grammar.definite:
        return False  # "no mention of the visits that he had"
    last = max(c.end for c in cues)
    if last > hit.start:  # the verb stands behind it
        return True
    # "no evidence that physical therapy would not do", "no study of the levels for an injection"
    says_more = grammar.finite_verb.match(folded, hit.end + 1)
    return not (says_more or grammar.leads_on.search(folded, last, hit.start))
