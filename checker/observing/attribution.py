"""When an assertion holds, who makes it and whom it is about; and which assertions so count as facts of the worker."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from checker.knowledge.hits import Hit, Hits
from checker.knowledge.idiom import Idiom
from checker.model.facts import Assertion, Observation, Part, Role
from checker.observing.passages import Passage
from checker.observing.statuses import Told

_FIRM = (Assertion.DOCUMENTED, Assertion.DENIED)


class Attribution(NamedTuple):
    """Time, speaker and experiencer, as in ``Observation``."""

    time: str
    speaker: str
    experiencer: str


def unmarked(passage: Passage) -> Attribution:
    """What holds where no cue says otherwise: the present, the voice of the part, the worker."""
    if passage.sentence.role is Role.QUOTATION:
        return Attribution("present", "utilization-review", "worker")
    return Attribution("present", "provider" if passage.sentence.part is Part.SUMMARY else "reviewer", "worker")


def voices_of(hits: Hits) -> tuple[Hit, ...]:
    """The cues of attribution in a sentence; one that touches a longer one of its axis is none."""
    voices = hits.of("voice")
    if len(voices) < 2:
        return tuple(voices)
    return tuple(v for v in voices if not any(_touches(v, o) for o in voices))


def _touches(voice: Hit, longer: Hit) -> bool:
    is_longer = longer.end - longer.start > voice.end - voice.start
    return is_longer and longer.start < voice.end and voice.start < longer.end and longer.entry.axis == voice.entry.axis


def attributed(passage: Passage, hit: Hit, voices: Sequence[Hit], breaks: Sequence[int]) -> Attribution:
    """Time, speaker and experiencer of what a concept's words assert.

    Args:
        passage: The sentence.
        hit: The words of the concept.
        voices: The sentence's cues, see ``voices_of``.
        breaks: Where clauses of the sentence begin, ascending.

    Returns:
        On each axis the value of the nearest cue that reaches the words, of two equally near the longer; without one
        what is usual for the part of the letter.
    """
    told = unmarked(passage)
    if not voices:
        return told
    nearest: dict[str, tuple[tuple[int, int], str]] = {}
    for voice in voices:
        distance = _distance(voice, hit, breaks, passage.folded)
        if distance is None:
            continue
        rank, axis = (distance, voice.start - voice.end), voice.entry.axis
        if axis not in nearest or rank < nearest[axis][0]:
            nearest[axis] = (rank, voice.entry.status)
    return told._replace(**{axis: value for axis, (_, value) in nearest.items()}) if nearest else told


def _distance(voice: Hit, hit: Hit, breaks: Sequence[int], folded: str) -> int | None:
    """Code points between a cue and the words it reaches, 0 where they share some; None where it does not reach."""
    entry = voice.entry
    if voice.start < hit.end and hit.start < voice.end:
        return 0
    before = voice.end <= hit.start
    if entry.scope != "clause" and before != (entry.scope == "forward"):
        return None
    start, end = (voice.end, hit.start) if before else (hit.end, voice.start)
    if bisect_left(breaks, start) < bisect_left(breaks, end) or folded.count(" ", start, end) > entry.reach:
        return None
    return end - start


def of_the_record(told: Sequence[Told], idiom: Idiom) -> tuple[Told, ...]:
    """The assertions of one part of a letter that count as facts of the worker, in order.

    A relative's illness is none, nor is what utilization review claims. A plan is no answer to whether a thing was
    done; what the record is said to lack stays so whoever plans it. Of a state that is told both of the past and of the
    present, the present counts.
    """
    marked = [t for t in told if _marked(t.observation)]
    if not marked:
        return tuple(told)
    states = idiom.attributions.states
    present = {t.observation.concept for t in told if t.observation.time == "present" and _counts(t.observation, idiom)}
    left_out = {
        id(t)
        for t in marked
        if not _counts(t.observation, idiom)
        or (t.observation.time == "past" and t.observation.concept in states and t.observation.concept in present)
    }
    return tuple(t for t in told if id(t) not in left_out)


def _marked(seen: Observation) -> bool:
    return seen.time != "present" or seen.experiencer != "worker" or seen.speaker == "utilization-review"


def _counts(seen: Observation, idiom: Idiom) -> bool:
    lists = idiom.attributions
    if seen.experiencer == "another" and seen.concept not in lists.of_family:
        return False
    if seen.speaker == "utilization-review" and idiom.concepts[seen.concept].says == "record":
        return False
    if seen.status is Assertion.DENIED and not seen.cue:
        return True  # "was authorized and has not begun": the words themselves say that a plan was not carried out
    return not (seen.time == "planned" and seen.status in _FIRM and seen.concept in lists.events)
