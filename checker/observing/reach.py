"""How far a cue reaches: to the next break or clause, over the members of a list, and not past its own verb."""

import re
from bisect import bisect_left
from dataclasses import dataclass

from checker.knowledge.grammar import Grammar
from checker.knowledge.hits import Hit
from checker.knowledge.idiom import PREDICATE, SUBJECT
from checker.observing.passages import Passage

_REACH = {
    "not_documented": 45, "denied": 18, "recorded": 18, "documented": 18, "unclear": 10, "hypothetical": 12,
    "had": 8, "more": 4, "less": 4, "same": 6, "better": 5, "worse": 5,
}  # fmt: skip
"""How many words a cue may lie away: a list of what the record lacks runs long, a hypothesis does not."""

_LIST = 60
"""How many words the list behind a cue such as "treatment to date has included" may have."""

NAMED = ("name", "member", "sought")
"""What a negation at the head of a longer name governs."""

_NEAR = 40
"""How far behind a member (code points) the last of a list may begin."""

_SUBJECT = 4
"""How many blanks the words between "and" and the cue of another subject may have."""

_ASIDE = 2
"""So many commas set an aside off."""

_QUOTED = re.compile(r'"[^"]{2,160}"')

_PREPOSITION = 4
"""What two phrases share of so few code points is no verb."""


@dataclass(frozen=True, slots=True)
class Ends:
    """Where the reach of cues ends, ascending.

    Attributes:
        breaks: For every cue: "but", "although", a semicolon.
        clauses: For all but a condition: "if there is no improvement" stays one.
        predicates: For a plain negation: "has no spasm and is back at work".
        subjects: For a cue behind its subject: "the pain is rated 7, and a drug screen is not mentioned".
    """

    breaks: list[int]
    clauses: list[int]
    predicates: list[int]
    subjects: list[int]

    def of(self, cue: Hit) -> list[int]:
        """Those that stop this cue."""
        if cue.entry.status == "hypothetical":
            return self.breaks
        if cue.entry.scope == "backward":
            return self.subjects
        return self.predicates if cue.entry.status == "denied" else self.clauses


def ends_of(passage: Passage, cues: list[Hit], grammar: Grammar) -> Ends:
    """Where the cues of a sentence end."""
    # The "yet" of "has yet to be done" breaks nothing.
    found = [h for h in passage.hits.of("break") if not part_of(h, cues)]
    breaks = [h.start for h in found if not h.entry.id and not _in_passing(h, passage.folded, grammar)]
    if any(h.start == 0 and not h.entry.id for h in found) and "," in passage.folded:
        breaks.append(passage.folded.index(","))  # "while the pain is less, function is not": the main clause begins
    if "," in passage.folded:
        breaks += [m.start() for m in grammar.reason_begins.finditer(passage.folded)]
    if '"' in passage.folded:  # "the drug "does not help" and upsets his stomach"
        quoted = _QUOTED.finditer(passage.folded)
        breaks += [m.end() for m in quoted if any(m.start() < c.start and c.end < m.end() for c in cues)]
    if ";" in passage.folded:
        breaks += [n for n, c in enumerate(passage.folded) if c == ";"]
    breaks.sort()
    clauses = sorted([*breaks, *(c.start for c in cues if c.entry.opens_clause)])
    predicates = sorted([*clauses, *(h.start for h in found if h.entry.id == PREDICATE)])
    subjects = sorted([*predicates, *(h.end for h in found if h.entry.id == SUBJECT)])
    return Ends(breaks, clauses, predicates, subjects)


def _in_passing(hit: Hit, folded: str, grammar: Grammar) -> bool:
    """A break between two commas, or an adverb without any, interrupts nothing: "does not however state"."""
    before = folded[: hit.start].rstrip()
    if before.endswith(","):
        return folded.startswith(",", hit.end)
    adverb = folded[hit.start : hit.end] in grammar.in_passing
    return adverb and before[-1:].isalpha() and not folded.startswith(",", hit.end)


def list_ends(ends: Ends, folded: str, grammar: Grammar) -> list[int]:
    """Where a list ends: at no semicolon of "drugs: ibuprofen; six visits of therapy; a brace", each a member of it."""
    if ";" not in folded:
        return ends.predicates
    return [n for n in ends.predicates if folded[n] != ";" or _opens_clause(folded[n + 1 :].partition(";")[0], grammar)]


def _opens_clause(words: str, grammar: Grammar) -> bool:
    """Whether the words up to the next semicolon say something of their own, or head a list of their own."""
    return ":" in words or grammar.finite_verb.search(words) is not None


def part_of(cue: Hit, others: list[Hit]) -> bool:
    """Whether a cue stands inside one of the others."""
    return any(o.start <= cue.start and cue.end <= o.end for o in others)


def reaches(cue: Hit, hit: Hit, breaks: list[int], folded: str, grammar: Grammar) -> bool:
    """Whether a cue governs a hit of a concept; ``breaks`` are the places where its reach ends, ascending."""
    if cue.entry.scope == "around":  # "no gain was noted after the visits": the wording runs on behind the cue
        runs_on = hit.entry.status == "documented" and hit.start < cue.end
        return cue.start < hit.start and (hit.end <= cue.end or runs_on)
    if cue.start < hit.end and hit.start < cue.end:
        return _shares_words(cue, hit, folded, grammar)
    if cue.entry.scope == "backward" and cue.entry.status == "not_documented" and _asked(cue, hit, folded, grammar):
        return True
    before, after = (cue.end, hit.start) if cue.entry.scope == "forward" else (hit.end, cue.start)
    if before > after or bisect_left(breaks, before) < bisect_left(breaks, after):
        return False
    if _another_clause(cue, hit, folded, folded[before:after], grammar):
        return False
    return folded.count(" ", before, after) <= (_LIST if cue.entry.heads_list else _REACH[cue.entry.status])


def _shares_words(cue: Hit, hit: Hit, folded: str, grammar: Grammar) -> bool:
    """Whether a cue governs a hit with which it shares words.

    A negation at the head of a longer name governs it. Words inside an assertive wording belong to it, but for a
    negation that fell into its gap, or behind its verb: "has taken no NSAID since 2012", "was not yet completed".
    A wording that may hold a negation, and here holds none, is negated like any: "no evidence of a trial of X".
    """
    # "were function to improve" takes the verb of "function to improve"; the "in" of "is given in" takes nothing.
    wished = cue.entry.status == "hypothetical" and cue.end - hit.start > _PREPOSITION
    if cue.start < hit.start and (hit.entry.status in NAMED or wished):
        return True
    if cue.entry.status == "hypothetical" and cue.start > hit.start:
        return _supposed(cue, hit, folded, grammar)
    missing = cue.entry.status == "not_documented"  # "a lack of evidence of a trial of X" begins before it
    negated = (missing and cue.start < hit.start and "," not in folded[cue.start : cue.end]) or (
        (missing or cue.entry.status == "denied") and grammar.negation.search(folded, cue.start, cue.end)
    )
    own = hit.entry.negates and (cue.start > hit.start or grammar.negation.search(folded, hit.start, hit.end))
    return bool(negated) and hit.entry.status == "documented" and not own


def _supposed(cue: Hit, hit: Hit, folded: str, grammar: Grammar) -> bool:
    """Whether a verb that makes a hope of it fell into a gap of a wording: "function will improve with the drug"."""
    own_verb = hit.entry.supposes or hit.entry.status != "documented"
    if " " not in folded[cue.start : cue.end]:  # "wrote that he would take him back": a past told by another
        return False
    return not own_verb and grammar.supposes.match(folded, cue.start) is not None


def _another_clause(cue: Hit, hit: Hit, folded: str, between: str, grammar: Grammar) -> bool:
    """Whether the words between a cue and a hit show that the cue belongs to another clause."""
    # "he has had six visits, and care since then is not documented": a clause is not the next one's subject
    asserted = cue.entry.scope != "forward" and hit.entry.status == "documented"
    if ")" in between and "(" not in between:  # "films (no fracture), therapy": said in passing
        return True
    if (cue.entry.to_comma or asserted) and "," in between and not _one_of_a_list(cue, hit, folded, grammar):
        return True
    if cue.entry.scope == "forward":
        return _clause_closed(cue, hit, folded, between, grammar)
    return _had_by_the_worker(cue, hit, folded, between, grammar) or _of_another_subject(
        cue, hit, folded, between, grammar
    )


def _asked(cue: Hit, hit: Hit, folded: str, grammar: Grammar) -> bool:
    """Whether the hit stands in a question that is the subject of the cue behind an aside between two commas.

    "What he can do because of the drug, measured against the time before, is not shown."
    """
    aside = folded[hit.end : cue.start].rstrip()
    apart = aside.endswith(",") and aside.count(",") == _ASIDE and ";" not in aside
    if aside.partition(", ")[2].startswith(grammar.joining):  # "what relief it brought, and for how long, is not said"
        return False
    return apart and grammar.asked.match(folded, 0, hit.start) is not None


def _clause_closed(cue: Hit, hit: Hit, folded: str, between: str, grammar: Grammar) -> bool:
    """Whether the clause that a cue opens ends before the hit: "the signs are not subtle: weakness"."""
    if cue.entry.status == "not_documented" or cue.entry.heads_list:  # but "no history of: ulcer, bleeding"
        return _new_clause(cue, hit, folded, grammar)
    if cue.entry.status != "denied":
        return False
    if grammar.next_thing.search(between) and not grammar.closes_a_list.search(folded, cue.end, hit.end + _NEAR):
        return True  # "no sedation, a report from one prescriber"; but "no fall, a seizure or a stroke"
    if _goes_with(cue, hit, folded, grammar):
        return True
    closed = ":" in between and grammar.closing_colon.search(between) is not None
    return closed or _new_clause(cue, hit, folded, grammar)


def _goes_with(cue: Hit, hit: Hit, folded: str, grammar: Grammar) -> bool:
    """Whether a hit goes with what is denied, and is there: "no swelling with a positive Tinel sign".

    But "no evidence of a knee with limited motion", "no examination with positive signs".
    """
    found = grammar.accompanies.search(folded, cue.end, hit.start + _NEAR)
    if found is None or found.start() + 2 > hit.end:
        return False
    return grammar.light_nouns.isdisjoint(folded[cue.start : found.start() + 1].replace(",", " ").split())


def _of_another_subject(cue: Hit, hit: Hit, folded: str, between: str, grammar: Grammar) -> bool:
    """Whether a verb takes the last subject alone: "the pain is six, and the urine test is not mentioned"."""
    if _verb_and_subject(hit, folded, between, grammar):
        return True
    another = grammar.new_subject.search(between) if folded.startswith(grammar.singular_verbs, cue.start) else None
    # but "a trial of an antidepressant and an anticonvulsant is not recorded" is one subject
    return another is not None and not (another.start() <= 1 and grammar.governs(folded[hit.start : hit.end]))


def _verb_and_subject(hit: Hit, folded: str, between: str, grammar: Grammar) -> bool:
    """Whether the hit has its verb, and a short subject of its own stands before the cue behind "and".

    "The brace had to be stopped for a rash and splinting is not tolerated": the rash and the brace are.
    """
    if hit.entry.status != "documented" or "," in between or grammar.embeds.search(folded, 0, hit.end):
        return False
    *_, last = (None, *grammar.joint.finditer(between))
    joint, subject = (between[: last.start()], between[last.end() :]) if last else ("", between)
    if not subject.strip() or subject.count(" ") > _SUBJECT or grammar.embeds.search(joint):
        return False
    return grammar.finite_verb.search(folded, hit.start, hit.end) is not None


def _had_by_the_worker(cue: Hit, hit: Hit, folded: str, between: str, grammar: Grammar) -> bool:
    """Whether the hit is what the worker has, and the cue the verb of another subject behind it.

    "The worker had a normal examination and trials of other drugs were not recorded."
    """
    if cue.entry.status != "not_documented" or not grammar.joins(between):
        return False
    has = grammar.worker_has.search(folded, 0, hit.start)
    return has is not None and not grammar.joins(folded[has.end() : hit.start])


def _new_clause(cue: Hit, hit: Hit, folded: str, grammar: Grammar) -> bool:
    """Whether the clause of a negation is complete, and another verb behind it has a subject of its own.

    "There was no spasm, straight leg raise was normal and strength was full"; but "no spasm, tenderness or swelling was
    found": one clause.
    """
    fronted = grammar.fronted.match(folded)
    leads = fronted is not None and cue.start < fronted.end()
    for joint in grammar.clause_begins.finditer(folded, cue.end, hit.start):
        if folded[joint.start()] == "," and grammar.denies_itself.match(folded, joint.end()):
            return True  # "nothing shows that he is ill, and an ache in one who walks is not an illness"
        own = grammar.subject_and_verb.match(folded, joint.end())
        if own is None or grammar.embeds.search(folded, cue.end, joint.start()):
            continue
        if folded[joint.start()] == "," and (leads or _joined(cue, joint, folded)):
            return True
        begun = max(folded.rfind(mark, 0, cue.start) for mark in ",;:") + 1
        if not folded[begun : cue.start].strip() and joint[0].strip(", "):
            begun = 0  # "there is no fever, no plan for surgery, and sensation is normal": its verb is before the list
        if grammar.finite_verb.search(folded, begun, joint.start()):
            return True
    return False


def _joined(cue: Hit, joint: re.Match[str], folded: str) -> bool:
    """Whether a clause follows with ", and" what a plain negation denies: "no nausea, and the screen was expected".

    But "no swelling, warmth, and redness was seen" is one list.
    """
    return bool(joint[0].strip(", ")) and cue.entry.status == "denied" and "," not in folded[cue.end : joint.start()]


def _one_of_a_list(cue: Hit, hit: Hit, folded: str, grammar: Grammar) -> bool:
    """Whether both stand in one list, such as one that ends in "or": "without locking, catching or giving way"."""
    listed = grammar.rest_of_a_list.match(folded, cue.end) if cue.entry.scope == "forward" else None
    return listed is not None and hit.start <= listed.end()
