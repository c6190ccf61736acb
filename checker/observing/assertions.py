"""What a sentence asserts of each concept: the cue table applied by direction, break and precedence."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from checker.knowledge.idiom import ConceptModel, Hit, Idiom
from checker.model.facts import Assertion, Confidence, Observation, Part
from checker.model.source import ReadingText
from checker.observing.attribution import attributed, voices_of
from checker.observing.passages import Passage

_REACH = {"not_documented": 45, "denied": 18, "recorded": 18, "documented": 18, "unclear": 10, "hypothetical": 12}
"""How many words a cue may lie away: a list of what the record lacks runs long, a hypothesis does not."""

_STATUS = {
    "documented": Assertion.DOCUMENTED,
    "denied": Assertion.DENIED,
    "unclear": Assertion.UNCLEAR,
    "not_documented": Assertion.NOT_DOCUMENTED,
}


@dataclass(frozen=True, slots=True)
class _Read:
    """A concept hit with the cues that reach it."""

    hit: Hit
    cues: tuple[Hit, ...]


def observations(passage: Passage, idiom: Idiom, reading: ReadingText) -> Iterator[Observation]:
    """Assertions of one sentence, by place.

    Sentences that restate a guideline, report the claims administrator or disclaim say nothing of the worker; of them
    only concepts that are themselves statements of the reviewer (``says: reasoning``) or of the guideline are read.
    """
    concept_hits = [h for h in passage.hits if h.entry.kind == "concept"]
    if not concept_hits:
        return
    cues = _effective([h for h in passage.hits if h.entry.kind == "cue"])
    breaks = [h.start for h in passage.hits if h.entry.kind == "break" and not _in_passing(h, passage.folded)]
    if ";" in passage.folded:
        breaks += [n for n, c in enumerate(passage.folded) if c == ";"]
    breaks.sort()
    clauses = sorted([*breaks, *(c.start for c in cues if c.entry.opens_clause)])
    voices = voices_of(passage.hits)
    for hit in _chosen(concept_hits):
        concept = idiom.concepts[hit.entry.id]
        if not _told_here(passage, concept.says):
            continue
        read = _Read(hit, tuple(c for c in cues if _reaches(c, hit, _stops(c, breaks, clauses), passage.folded)))
        status, cue = _status(read, concept)
        if status is None:
            continue
        span = reading.raw_span(passage.start + hit.start, passage.start + hit.end)
        told = attributed(passage, hit, voices if concept.says == "record" else (), breaks)
        yield Observation(
            concept=concept.id,
            status=status,
            part=passage.sentence.part,
            item=passage.sentence.item,
            span=span,
            sentence=passage.sentence.span,
            cue=cue,
            speaker=told.speaker,
            time=told.time,
            confidence=_confidence(read, status),
            experiencer=told.experiencer,
        )


def _stops(cue: Hit, breaks: list[int], clauses: list[int]) -> list[int]:
    """Where the reach of a cue ends; "if there is no improvement" stays a condition."""
    return breaks if cue.entry.status == "hypothetical" else clauses


def _in_passing(hit: Hit, folded: str) -> bool:
    """A break between two commas interrupts nothing: "he has not, however, returned"."""
    return folded[: hit.start].endswith(", ") and folded.startswith(",", hit.end)


def _told_here(passage: Passage, says: str) -> bool:
    role = passage.sentence.role.value
    if says == "guideline":
        return role == "guideline"
    if says == "reasoning":
        return role in ("case", "application", "conclusion")
    if says == "advice":
        return role != "quotation"
    return role in ("case", "application") or (role == "conclusion" and passage.sentence.part is Part.RATIONALE)


def _effective(cues: list[Hit]) -> list[Hit]:
    """Cues that are not part of a longer one; a trap takes its words and all that touches them, and says nothing."""
    kept = [
        c
        for c in cues
        if not any(o.start <= c.start and c.end <= o.end and o.end - o.start > c.end - c.start for o in cues)
    ]
    traps = [c for c in cues if c.entry.status == "none"]
    kept = [c for c in kept if c in traps or not any(c.start < t.end and t.start < c.end for t in traps)]
    records = [c for c in kept if c.entry.status == "not_documented"]
    return sorted(
        (c for c in kept if c.entry.status != "none" and not _head_of(c, records)), key=lambda c: (c.start, c.end)
    )


def _head_of(cue: Hit, records: list[Hit]) -> bool:
    """The "no" of "no documentation of" is no negation of its own."""
    return cue.entry.status == "denied" and any(cue.start < r.end and r.start < cue.end for r in records)


def _chosen(hits: list[Hit]) -> list[Hit]:
    """Of hits of one concept that overlap, one: what is ignored goes, "no longer helps" beats "helps" beats names."""
    rank = {"ignored": 0, "documented": 2, "name": 3}
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda h: (rank.get(h.entry.status, 1), h.start - h.end, h.start)):
        if not any(k.entry.id == hit.entry.id and k.start < hit.end and hit.start < k.end for k in kept):
            kept.append(hit)
    return sorted((k for k in kept if k.entry.status != "ignored"), key=lambda h: (h.start, h.end, h.entry.id))


def _reaches(cue: Hit, hit: Hit, breaks: list[int], folded: str) -> bool:
    if cue.entry.scope == "around":
        return cue.start < hit.start and hit.end < cue.end
    if cue.start < hit.end and hit.start < cue.end:
        # A negation at the head of a longer name governs it. Words inside an assertive wording belong to it, but for a
        # negation that fell into its gap: "has taken no NSAID since 2012".
        inside = hit.start <= cue.start and cue.end <= hit.end
        fell_in = inside and cue.entry.status == "denied" and hit.entry.status == "documented" and not hit.entry.negates
        return fell_in or (hit.entry.status == "name" and cue.start < hit.start)
    before, after = (cue.end, hit.start) if cue.entry.scope == "forward" else (hit.end, cue.start)
    if before > after or bisect_left(breaks, before) < bisect_left(breaks, after):
        return False
    if cue.entry.to_comma and "," in folded[before:after]:
        return False
    return folded.count(" ", before, after) <= _REACH[cue.entry.status]


def _status(read: _Read, concept: ConceptModel) -> tuple[Assertion | None, str]:
    """Status and the cue that decided it; None where the sentence only names the concept."""
    own = read.hit.entry.status
    base = _STATUS.get(own if own != "name" else concept.mention)
    if concept.says == "guideline":
        return base, ""  # what a guideline forbids is stated as well as what it allows
    first: dict[str, str] = {}
    for cue in read.cues:
        first.setdefault(cue.entry.status, cue.entry.id)
    for status, decided, beside in (
        ("not_documented", Assertion.NOT_DOCUMENTED, ()),
        ("hypothetical", None, ("advice", "reasoning")),  # "he should be weaned" is the advice itself
        ("unclear", Assertion.UNCLEAR, ("advice",)),
        ("documented", base or Assertion.DOCUMENTED, ()),  # a double negation
    ):
        if status in first and concept.says not in beside:
            return decided, first[status]
    if "denied" in first:
        return _negated(read, base), first["denied"]
    return (Assertion.DOCUMENTED, first["recorded"]) if base is None and "recorded" in first else (base, "")


def _negated(read: _Read, base: Assertion | None) -> Assertion:
    """Denied; but "no worsening of function", a negation right before a wording that denies, leaves it open."""
    near = any(c.entry.status == "denied" and 0 <= read.hit.start - c.end <= 1 for c in read.cues)
    return Assertion.UNCLEAR if base is Assertion.DENIED and near else Assertion.DENIED


def _confidence(read: _Read, status: Assertion) -> Confidence:
    if status is Assertion.UNCLEAR or len({c.entry.status for c in read.cues}) > 1:
        return Confidence.LOW
    return Confidence.HIGH if read.hit.entry.status != "name" or read.cues else Confidence.MEDIUM
