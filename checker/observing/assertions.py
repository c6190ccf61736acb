"""What a sentence asserts of each concept: the cue table applied by direction, break and precedence."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from checker.knowledge.concepts import ConceptModel
from checker.knowledge.grammar import Grammar
from checker.knowledge.hits import Hit
from checker.knowledge.idiom import Idiom
from checker.model.facts import Assertion, Confidence, Observation, Part, Role
from checker.model.source import ReadingText
from checker.observing.attribution import attributed, voices_of
from checker.observing.borrowed import of_the_case
from checker.observing.certainty import noted_as_absent, plainly
from checker.observing.gaps import Stretch, governs_another, left_open
from checker.observing.passages import Passage
from checker.observing.reach import NAMED, Ends, ends_of, list_ends, part_of, reaches
from checker.observing.undergone import tells_of_it

_TURNS = {"undergone": ("had",), "measured": ("more", "less", "same", "better", "worse")}
"""The cues without which such words say nothing: what was undergone, how what is measured has changed."""

_DOCUMENTED_BY = {"more": ("more", "better"), "less": ("less", "better"), "worse": ("more", "worse")}

_SPOKEN_OF = "spoken_of"
_MEMBERS = "members"
_SEVERAL = 2
_ON_CASE = (Role.CASE, Role.APPLICATION)

_RANK = {
    "ignored": 0,
    "documented": 2,
    "undergone": 3,
    "measured": 3,
    "name": 4,
    "member": 4,
    "sought": 5,
    _SPOKEN_OF: 6,
}
"""Which of two overlapping hits of one concept counts: the lower; 1 for any other status."""

_GIVES_WAY = {"unclear": 1, "denied": 2}
"""Of hits of one rank and length the least sure counts: "no documentation of misuse" is no plain denial."""

_OF_CASE = (Role.CASE, Role.APPLICATION, Role.CONCLUSION)
_NAMED_GUIDELINE = ("presupposed", "ignored")
"""What a sentence on the case says of the guideline too: "given that the guideline does not recommend X, ..."."""
_OF_A_GUIDELINE = ("guideline", "misstatement")
_AUTHORITY = "guideline:authority"

_BESIDE = 25
"""So many code points before it a plain negation is of what is looked for: "did not perform any risk assessment"."""

_ALL_TURNS = frozenset(status for statuses in _TURNS.values() for status in statuses)

_STATUS = {
    "documented": Assertion.DOCUMENTED,
    "denied": Assertion.DENIED,
    "unclear": Assertion.UNCLEAR,
    "not_documented": Assertion.NOT_DOCUMENTED,
}


_ABSENT = frozenset({"denied", "not_documented"})
"""Cues that go together: "the records show neither X nor Y"."""

_UNSAYING = ("denied", "not_documented")
"""Cues in or right before a misstatement by which it is none: "have not been shown to help"."""

_ADVICE = frozenset({"advice"})
"""Spoken of anywhere: "the tablets that utilization review allowed permit a taper" is a word on it."""
_HEARD_IN_SUMMARY = _ADVICE | {"anywhere", "reasoning"}
_HEARD = {
    Role.GUIDELINE: _ADVICE | {"anywhere", "guideline", "misstatement"},
    Role.CASE: _HEARD_IN_SUMMARY | {"record"},
    Role.APPLICATION: _HEARD_IN_SUMMARY | {"record"},
    Role.CONCLUSION: _HEARD_IN_SUMMARY | {"record"},
    Role.DISCLAIMER: _ADVICE | {"anywhere"},
    Role.QUOTATION: _ADVICE,
}


@dataclass(frozen=True, slots=True)
class _Read:
    """A concept hit with the cues that reach it.

    Attributes:
        turn: What happened to what is undergone or measured.
        left_open: The only cue that reached it speaks of a gap, and not in this ("no reason for an injection").
    """

    hit: Hit
    cues: tuple[Hit, ...]
    turn: Hit | None = None
    left_open: bool = False


_ToldOf = tuple[_Read, Assertion | None, str]
"""A hit, what is said of it, and the cue that decided it."""


def observations(passage: Passage, idiom: Idiom, reading: ReadingText) -> Iterator[Observation]:
    """Assertions of one sentence, by place.

    Sentences that restate a guideline, report the claims administrator or disclaim say nothing of the worker; of them
    only concepts that are themselves statements of the reviewer (``says: reasoning``) or of the guideline are read. Of
    other sentences of a rationale, what they say of the guideline counts where the words name it (``presupposed``), and
    in a clause that begins with it: "the MTUS allows it for X, and this patient has ...".
    """
    concepts, says = idiom.concepts, _heard(passage.sentence.role, passage.sentence.part)
    own = passage.sentence.part is Part.RATIONALE and passage.sentence.role in _OF_CASE
    concept_hits = [
        h
        for h in passage.hits.of("concept")
        if (of := concepts[h.entry.id].says) in says
        or (own and of in _OF_A_GUIDELINE and (h.entry.status in _NAMED_GUIDELINE or _in_its_clause(h, passage)))
    ]
    if not concept_hits:
        return
    concept_hits = of_the_case(concept_hits, passage, idiom)
    all_cues = passage.hits.of("cue")
    turns = _longest([h for h in all_cues if h.entry.status in _ALL_TURNS])
    cues = _effective([h for h in all_cues if h.entry.status not in _ALL_TURNS])
    gaps = [c for c in cues if c.entry.status == "not_documented"]
    if gaps:
        concept_hits = [h for h in concept_hits if not _runs_over(h, gaps, passage.folded)]
    ends = ends_of(passage, cues, idiom.grammar)
    turned = _turned(concept_hits, turns, ends, passage.folded, idiom.grammar)
    voices = voices_of(passage.hits)
    stopped = [(cue, ends.of(cue)) for cue in cues]
    chosen = _chosen([h for h in concept_hits if h.entry.status not in _TURNS or h in turned])
    if own:
        chosen += _without_a_turn(concept_hits, turned)
    reads = [_read(hit, turned.get(hit), stopped, passage.folded, idiom.grammar) for hit in chosen]
    stretches = left_open(passage, cues, ends.breaks)
    if stretches:
        reads = [_of_itself(read, concepts[read.hit.entry.id], stretches) for read in reads]
    reads = [
        read
        for read in reads
        if read.hit.entry.status != "undergone"
        or tells_of_it(read.hit, read.cues, passage.folded, idiom.grammar, turned=read.turn is not None)
    ]
    told_of = _with_several_members(
        [(read, *_status(read, concepts[read.hit.entry.id], passage.folded)) for read in reads], concepts
    )
    for read, status, cue in _with_what_is_spoken_of(told_of, passage, concepts):
        hit, concept = read.hit, concepts[read.hit.entry.id]
        span = reading.raw_span(passage.start + hit.start, passage.start + hit.end)
        told = attributed(passage, hit, voices if concept.says == "record" else (), ends.breaks)
        if status is Assertion.DOCUMENTED and _only_named(hit, concept, told.speaker, passage, idiom):
            continue
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
            confidence=_confidence(read, status, passage, idiom.grammar, of_change=concept.of_change),
            experiencer=told.experiencer,
        )


def _runs_over(hit: Hit, gaps: Sequence[Hit], folded: str) -> bool:
    """Whether loose words run from one clause into a gap told in the next: "films were normal, no red flag is told"."""
    return hit.entry.status == "documented" and any(
        hit.start < c.start < hit.end and folded[hit.start : c.start].rstrip().endswith((",", ";")) for c in gaps
    )


def _in_its_clause(hit: Hit, passage: Passage) -> bool:
    """Whether a guideline is named before a hit, and nothing of the case between the two."""
    roles = passage.hits.of("role")
    named = max((r.end for r in roles if r.entry.id == _AUTHORITY and r.start <= hit.start), default=None)
    return named is not None and not any(
        r.entry.status == "case" and not r.entry.weak and named <= r.start < hit.start for r in roles
    )


def _read(hit: Hit, turn: Hit | None, cues: list[tuple[Hit, list[int]]], folded: str, grammar: Grammar) -> _Read:
    """The cues that reach a hit; the "no" of "no change" negates nothing where "no change" is what is said of it."""
    if turn is not None and turn.entry.status == "same":
        cues = [(cue, ends) for cue, ends in cues if not part_of(cue, [turn])]
    near = tuple([cue for cue, ends in cues if reaches(cue, hit, ends, folded, grammar)])
    return _Read(hit, near, turn)


def _of_itself(read: _Read, concept: ConceptModel, stretches: Sequence[Stretch]) -> _Read:
    """What was read without the gaps in the record that are of what governs the hit."""
    if concept.a_reason:
        return read
    kept = tuple([cue for cue in read.cues if not governs_another(cue, read.hit, stretches)])
    # "no reason why a second opioid is added": that it is added is said all the same
    return replace(read, cues=kept, left_open=not kept and bool(read.cues) and concept.says != "reasoning")


def _heard(role: Role, part: Part) -> frozenset[str]:
    """What a sentence may speak of: the values of ``ConceptModel.says``."""
    return _HEARD_IN_SUMMARY if role is Role.CONCLUSION and part is not Part.RATIONALE else _HEARD[role]


def _turned(hits: Sequence[Hit], turns: list[Hit], ends: Ends, folded: str, grammar: Grammar) -> dict[Hit, Hit]:
    """What is undergone or measured, each with the nearest cue that says what became of it."""
    stopped = [(t, list_ends(ends, folded, grammar) if t.entry.heads_list else ends.breaks) for t in turns]
    found: dict[Hit, Hit] = {}
    for hit in hits if turns else ():
        wanted = _TURNS.get(hit.entry.status)
        if wanted is None:
            continue
        near = [
            t
            for t, ending in stopped
            if t.entry.status in wanted
            and reaches(t, hit, ending, folded, grammar)
            and not _of_its_own_clause(t, hit, folded, grammar)
        ]
        if near:
            found[hit] = min(near, key=lambda t: max(hit.start - t.end, t.start - hit.end))
    return found


def _without_a_turn(hits: Sequence[Hit], turned: Mapping[Hit, Hit]) -> list[Hit]:
    """What is undergone and nothing says what became of it, where no other words of its concept take it."""
    bare = [h for h in hits if h.entry.status == "undergone" and h not in turned]
    others = [h for h in hits if h.entry.status != "undergone" or h in turned]
    return _chosen(
        [b for b in bare if not any(h.entry.id == b.entry.id and h.start < b.end and b.start < h.end for h in others)]
    )


def _of_its_own_clause(turn: Hit, hit: Hit, folded: str, grammar: Grammar) -> bool:
    """Whether what is measured has a clause of its own behind a change: "his gait has improved and pain is 7/10"."""
    between = folded[turn.end : hit.start]
    if hit.entry.status != "measured" or turn.entry.scope != "forward" or not between.strip():
        return False
    if grammar.finite_verb.search(between) or between.startswith(grammar.along_with):
        return True  # "flexion is decreased with pain" says nothing of the pain
    joined = "," in between or grammar.joins(between)
    return joined and grammar.finite_verb.match(folded, hit.end + 1) is not None


def _longest(cues: list[Hit]) -> list[Hit]:
    """Cues that are not part of a longer one."""
    if len(cues) < 2:
        return cues
    return [
        c
        for c in cues
        if not any(o.start <= c.start and c.end <= o.end and o.end - o.start > c.end - c.start for o in cues)
    ]


def _effective(cues: list[Hit]) -> list[Hit]:
    """Cues that are not part of a longer one; a trap takes its words and all that touches them, and says nothing."""
    if not cues:
        return []
    kept = _longest(cues)
    traps = [c for c in cues if c.entry.status == "none"]
    if traps:
        kept = [c for c in kept if c in traps or not any(c.start < t.end and t.start < c.end for t in traps)]
    records = [c for c in kept if c.entry.status == "not_documented"]
    return sorted(
        (c for c in kept if c.entry.status != "none" and not _head_of(c, records)), key=lambda c: (c.start, c.end)
    )


def _head_of(cue: Hit, records: list[Hit]) -> bool:
    """The "no" of "no documentation of" is no negation of its own."""
    return (
        bool(records) and cue.entry.status == "denied" and any(cue.start < r.end and r.start < cue.end for r in records)
    )


def _chosen(hits: list[Hit]) -> list[Hit]:
    """Of hits of one concept that overlap, one: what is ignored goes, "no longer helps" beats "helps" beats names."""
    if len(hits) < 2:
        return [h for h in hits if h.entry.status != "ignored"]
    kept: list[Hit] = []
    for hit in sorted(
        hits,
        key=lambda h: (_RANK.get(h.entry.status, 1), h.start - h.end, _GIVES_WAY.get(h.entry.status, 0), h.start),
    ):
        # what is ignored takes its words with all that is ignored beside it
        beside = hit.entry.status != "ignored" and any(
            k.entry.id == hit.entry.id and k.start < hit.end and hit.start < k.end for k in kept
        )
        if not beside:
            kept.append(hit)
    return sorted((k for k in kept if k.entry.status != "ignored"), key=lambda h: (h.start, h.end, h.entry.id))


def _with_several_members(told_of: list[_ToldOf], concepts: Mapping[str, ConceptModel]) -> list[_ToldOf]:
    """With a class denied where two members that speak for it are: "neither constipation nor drowsiness"."""
    denied = [read.hit.entry.id for read, status, _ in told_of if status is None and _member(read)]
    several = {id_ for id_ in denied if denied.count(id_) >= _SEVERAL and concepts[id_].denied_by == "members"}
    if not several:
        return told_of
    return [
        (read, Assertion.DENIED, _MEMBERS) if status is None and _member(read) and read.hit.entry.id in several
        else (read, status, cue)
        for read, status, cue in told_of
    ]  # fmt: skip


def _member(read: _Read) -> bool:
    """Whether a hit is of a member of its concept, and denied."""
    return read.hit.entry.status == "member" and {c.entry.status for c in read.cues} == {"denied"}


def _with_what_is_spoken_of(
    told_of: Sequence[_ToldOf], passage: Passage, concepts: Mapping[str, ConceptModel]
) -> Iterator[tuple[_Read, Assertion, str]]:
    """What is said of each hit; where a rationale on the case names a fact and nothing is understood, it is unclear.

    A rule that takes a criterion for passed over in silence must not rest on words that the program does not know.
    """
    on_case = passage.sentence.part is Part.RATIONALE and passage.sentence.role in _ON_CASE
    said = {read.hit.entry.id for read, status, _ in told_of if status is not None}
    for read, status, cue in told_of:
        id_ = read.hit.entry.id
        if status is not None:
            yield read, status, cue
        elif on_case and id_ not in said and (not read.cues or _member(read)) and concepts[id_].spoken_of:
            said.add(id_)
            yield read, Assertion.UNCLEAR, _SPOKEN_OF


def _status(read: _Read, concept: ConceptModel, folded: str) -> tuple[Assertion | None, str]:
    """Status and the cue that decided it; None where the sentence only names the concept."""
    if read.left_open or read.hit.entry.status in ("presupposed", "sought", _SPOKEN_OF):
        return _whatever_the_cues(read, folded)
    base = _base(read, concept)
    if concept.says == "guideline":
        return base, ""  # what a guideline forbids is stated as well as what it allows
    if concept.says == "misstatement":
        return (None if _unsaid(read) else base), ""
    first: dict[str, str] = {}
    for cue in read.cues:
        first.setdefault(cue.entry.status, cue.entry.id)
    doubted = ("unclear", Assertion.UNCLEAR, ())  # "unclear why he would need it" doubts the reason
    for status, decided, beside in (
        ("not_documented", Assertion.NOT_DOCUMENTED, ()),
        *((doubted,) if concept.a_reason else ()),
        ("hypothetical", None, ("advice", "reasoning")),  # "he should be weaned" is the advice itself
        ("unclear", Assertion.UNCLEAR, ("advice",)),
        ("documented", base or Assertion.DOCUMENTED, ()),  # a double negation
    ):
        if status in first and concept.says not in beside:
            return decided, first[status]
    if "denied" in first:
        return _with_negation(read, concept, base), first["denied"]
    return (Assertion.DOCUMENTED, first["recorded"]) if base is None and "recorded" in first else (base, "")


def _whatever_the_cues(read: _Read, folded: str) -> tuple[Assertion | None, str]:
    """Status of words that cues do not turn."""
    if read.hit.entry.status == "sought" and not read.left_open:
        return _not_looked_for(read, folded)
    return (Assertion.DOCUMENTED if read.hit.entry.status == "presupposed" else None), ""


def _not_looked_for(read: _Read, folded: str) -> tuple[Assertion | None, str]:
    """What was not looked for is not recorded ("no sensory examination"); that it was looked for says nothing."""
    for cue in read.cues:
        if cue.entry.status == "not_documented":
            return Assertion.NOT_DOCUMENTED, cue.entry.id
    at = read.hit.start
    near = [
        c
        for c in read.cues  # "no motor, reflex or sensory change": the reflexes were looked at
        if c.entry.status == "denied" and 0 <= at - c.end <= _BESIDE and "," not in folded[c.end : at]
    ]
    if near and len(near) == len(read.cues):
        return Assertion.NOT_DOCUMENTED, near[0].entry.id
    return None, ""


def _with_negation(read: _Read, concept: ConceptModel, base: Assertion | None) -> Assertion | None:
    """What negated words say: "no fracture" leaves other lesions open, a sign not found was looked for."""
    own = read.hit.entry.status
    if (own == "member" and concept.denied_by != "kind") or (own == "documented" and concept.denied_by == "names"):
        return None
    if concept.denied_by == "wordings" and own in ("name", "documented"):
        return Assertion.DOCUMENTED if own == "documented" else None
    return _negated(read, base)


def _unsaid(read: _Read) -> bool:
    """Whether a negation stands in the wording or before it: "is not a first-line drug" states no such rule."""
    return any(
        c.entry.status in _UNSAYING and c.start < read.hit.end and read.hit.start - c.end <= 1 for c in read.cues
    )


def _base(read: _Read, concept: ConceptModel) -> Assertion | None:
    """What the words say before any negation."""
    own = read.hit.entry.status
    if read.turn is None:
        return _STATUS.get(concept.mention if own in NAMED else own)
    documents = own == "undergone" or read.turn.entry.status in _DOCUMENTED_BY[concept.documented_by]
    return Assertion.DOCUMENTED if documents else Assertion.DENIED


def _negated(read: _Read, base: Assertion | None) -> Assertion:
    """Denied; but "no worsening of function", a negation right before a wording that denies, leaves it open."""
    heads = [read.hit.start] if read.turn is None else [read.hit.start, read.turn.start]
    near = any(c.entry.status == "denied" and 0 <= head - c.end <= 1 for c in read.cues for head in heads)
    return Assertion.UNCLEAR if base is Assertion.DENIED and near else Assertion.DENIED


def _only_named(hit: Hit, concept: ConceptModel, speaker: str, passage: Passage, idiom: Idiom) -> bool:
    """Whether words that seem to document a concept only name it.

    What an examination would have to find, in a complaint of the worker ("she reports weakness of a leg"); or words
    behind the mark that silences the concept, such as a tear in a list of diagnoses where no study is named.
    """
    if speaker == "patient" and hit.entry.status in NAMED and concept.id in idiom.attributions.examined:
        return True
    behind = concept.silent_behind
    if behind is None or behind.mark not in passage.hits.marked or behind.unless in passage.hits.marked:
        return False
    return any(start <= hit.start for start, _ in passage.hits.marked[behind.mark])


def _confidence(read: _Read, status: Assertion, passage: Passage, grammar: Grammar, *, of_change: bool) -> Confidence:
    statuses = {c.entry.status for c in read.cues if not noted_as_absent(c, read.hit, status, passage.folded, grammar)}
    if status is Assertion.UNCLEAR or (len(statuses) > 1 and not statuses <= _ABSENT):
        return Confidence.LOW
    if not plainly(read.hit, read.cues, status, passage.folded, grammar, of_change=of_change):
        return Confidence.LOW
    return Confidence.HIGH if read.hit.entry.status not in NAMED or read.cues else Confidence.MEDIUM
