"""Result frames of tests: done or not, what came out, and whether that agrees with what is prescribed."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from checker.knowledge.frames import Frame, Frames
from checker.knowledge.hits import Hit
from checker.knowledge.idiom import Idiom
from checker.model.facts import Assertion, Confidence, Evidence, Fact, Part, Role
from checker.observing.attribution import attributed, voices_of
from checker.observing.mentions import Named
from checker.observing.statuses import Told

_MISSING_WORDS, _ABSENT_WORDS, _LIST_WORDS, _NEXT_WORDS, _SHOWN_WORDS = 12, 6, 6, 3, 3
"""How many words may lie between: a cue of missing records, a negation; names of one list; a result before its name;
"on the lumbar MRI"."""

_PART = re.compile(r"[,;:/&]")
_DONE = ("done", "shown")
_UNDONE = ("undone",)
_MISSING = ("missing",)
_CLOSE = 12
"""Code points between "per" and "the lumbar MRI" it governs."""

_OPEN = 8
"""Code points within which a sentence that goes on about the test before it must say so."""

_BY_SUMMARY = ("yes", "no", "not_documented", "planned")
"""What the record holds anywhere it holds."""

_MOST_EVIDENCE = 3


_Answer = tuple[str, str, Confidence]
"""A value of ``performed``, why, and how sure it is."""


@dataclass(slots=True)
class _Mention:
    """A test named in a sentence, and what is found out about it; positions are in the folded sentence."""

    start: int
    end: int
    frame: Frame
    named: Named
    result_hits: list[Hit] = field(default_factory=list)
    said: dict[str, set[str]] = field(default_factory=dict)
    performed: str = ""
    why: str = ""
    sure: Confidence = Confidence.HIGH
    evidence: list[Evidence] = field(default_factory=list)


def test_facts(part: Part, sentences: Sequence[Named], told: Sequence[Told], idiom: Idiom) -> tuple[Fact, ...]:
    """``summary.test.*`` or ``rationale.test.*`` of one part of a letter; tests nobody speaks of stay silent.

    Args:
        part: summary or rationale.
        sentences: Its sentences.
        told: Its assertions: some results are concepts of their own.
        idiom: The lexicon.
    """
    found: dict[str, list[_Mention]] = {}
    last: tuple[int, _Mention] | None = None
    for place, named in enumerate(sentences):
        tests = named.passage.hits.of("test")
        if not tests:
            if last is not None and last[0] == place - 1:
                _go_on(named, last[1])
            continue
        if not named.passage.tells_the_case:
            continue
        mentions = _read(named, tests, [t for t in told if t.place == place], idiom)
        for mention in mentions:
            found.setdefault(mention.frame.id, []).append(mention)
        last = (place, mentions[-1]) if mentions else None
    return tuple(fact for id_, mentions in sorted(found.items()) for fact in _facts(part, id_, mentions))


def _read(named: Named, tests: Sequence[Hit], told: Sequence[Told], idiom: Idiom) -> list[_Mention]:
    mentions = _names(named, tests, idiom.frames)
    words = named.passage.hits.of("result")
    folded = named.passage.folded
    stops = sorted(
        [h.start for h in words if h.entry.status == "other"] + [n for n, c in enumerate(folded) if c == ";"]
    )
    for hit in words:
        if hit.entry.status == "result":
            owner = _owner(hit, mentions, stops, folded)
            if owner is not None:
                owner.result_hits.append(hit)
    for mention in mentions:
        _fill(mention, told, words)
    chains = list(_chains(mentions, lambda one, two: _joined(one, two, words, stops, idiom.frames)))
    for chain in chains:
        _share(chain, ("result", "agreement"))
    clauses = _Clauses(named, idiom.frames, words)
    kept = [m for m in mentions if clauses.performed(m)]
    for chain in chains:
        _share_performed(chain)
    return [m for m in mentions if m.performed] if any(m not in kept for m in mentions) else kept


def _names(named: Named, tests: Sequence[Hit], frames: Frames) -> list[_Mention]:
    """The tests named, by place; of names that overlap the longer."""
    kept: list[Hit] = []
    for hit in sorted(tests, key=lambda h: (h.start - h.end, h.start)):
        if not any(k.start < hit.end and hit.start < k.end for k in kept):
            kept.append(hit)
    kept.sort(key=lambda h: h.start)
    return [_Mention(h.start, h.end, frames.by_id[h.entry.id], named) for h in kept]


def _blanks(folded: str, start: int, end: int) -> int:
    return folded.count(" ", start, end)


def _owner(hit: Hit, mentions: list[_Mention], stops: list[int], folded: str) -> _Mention | None:
    """The test a result belongs to: the one whose name it touches, the next one right behind it, else the last one."""
    before: _Mention | None = None
    for mention in mentions:
        if mention.start < hit.end and hit.start < mention.end:
            return mention
        if mention.end <= hit.start:
            before = mention
            continue
        near = _leads(hit, mention, folded)
        if near is not None and hit.entry.scope != "after":
            behind = _blanks(folded, before.end, hit.start) if before else near + 1
            if near < behind:
                return mention
        break
    if before is None or hit.entry.scope == "before":
        return None
    return before if bisect_left(stops, before.end) == bisect_left(stops, hit.start) else None


def _leads(hit: Hit, mention: _Mention, folded: str) -> int | None:
    """Words between a result and the name right behind it; None where something stands between them."""
    between = folded[hit.end : mention.start]
    blanks = between.count(" ")
    if blanks > _NEXT_WORDS + 1 or _PART.search(between) or mention.named.passage.grammar.joins(between):
        return None
    return blanks


def _fill(mention: _Mention, told: Sequence[Told], words: Sequence[Hit]) -> None:
    """Result and agreement from the words that belong to a test, and from concepts that stand for its result."""
    by_slot: dict[str, list[tuple[Hit, str]]] = {}
    for hit in mention.result_hits:
        for slot, value in mention.frame.by_words.get(hit.entry.id, ()):
            by_slot.setdefault(slot, []).append((hit, value))
    for slot, found in by_slot.items():
        for hit, value in found:
            if not any(
                o.start <= hit.start and hit.end <= o.end and o.end - o.start > hit.end - hit.start for o, _ in found
            ):
                mention.said.setdefault(slot, set()).add(value)
    for t in told if mention.frame.by_concept else ():
        said = mention.frame.by_concept.get((t.observation.concept, t.observation.status.value))
        if said is not None and _of_the_test(mention, t, words):
            mention.said.setdefault(said[0], set()).add(said[1])


def _of_the_test(mention: _Mention, told: Told, words: Sequence[Hit]) -> bool:
    """Whether a concept is told as the test's finding: its words hold the name, or the test is said to show it."""
    passage, span = mention.named.passage, told.observation.span
    start = passage.reading.reading_offset(span.start) - passage.start
    end = passage.reading.reading_offset(span.end - 1) + 1 - passage.start
    if any(w.entry.status == "result" and w.start < end <= w.end for w in words):
        return False  # "showed no herniation" is told in words
    if start <= mention.start and mention.end <= end:
        return True
    first, last = (mention.end, start) if mention.end <= start else (end, mention.start)
    shown = [w for w in words if w.entry.status in _DONE and first <= w.start and w.end <= last]
    shown += [w for w in words if w.entry.status == "shown" and 0 < mention.start - w.end <= _CLOSE]
    return bool(shown) and ";" not in passage.folded[first:last]


def _chains(mentions: list[_Mention], joined: Callable[[_Mention, _Mention], bool]) -> Iterator[list[_Mention]]:
    """Tests named in one breath: "x-rays, MRI and EMG"."""
    chain: list[_Mention] = []
    for mention in mentions:
        if chain and not joined(chain[-1], mention):
            yield chain
            chain = []
        chain.append(mention)
    if chain:
        yield chain


def _joined(first: _Mention, second: _Mention, words: Sequence[Hit], stops: list[int], frames: Frames) -> bool:
    between = first.named.passage.folded[first.end : second.start]
    if between.count(" ") > _LIST_WORDS + 1 or bisect_left(stops, first.end) != bisect_left(stops, second.start):
        return False
    if any(first.end <= w.start and w.end <= second.start for w in words):
        return False
    return bool(_PART.search(between)) or not frames.joined_by.isdisjoint(between.split())


def _share(chain: list[_Mention], slots: Sequence[str]) -> None:
    """One result for all of a list: what only one of them is told goes for the others."""
    for slot in slots:
        told = [m.said[slot] for m in chain if slot in m.said]
        if len(told) == 1:
            for mention in chain:
                values = told[0] & {
                    value for said in mention.frame.by_words.values() for at, value in said if at == slot
                }
                if values:
                    mention.said.setdefault(slot, set(values))


def _share_performed(chain: list[_Mention]) -> None:
    for value in ("not_documented", "no", "yes", "planned"):
        giver = next((m for m in chain if m.performed == value), None)
        if giver is None:
            continue
        for mention in chain:
            stated = mention.performed == "yes" and mention.said
            if mention is not giver and not stated and (value in ("not_documented", "no") or not mention.performed):
                mention.performed, mention.why, mention.sure = value, giver.why, giver.sure
        return


class _Clauses:
    """What the cues of one sentence say of whether its tests were done."""

    def __init__(self, named: Named, frames: Frames, words: Sequence[Hit]) -> None:
        self._named, self._frames, self._words = named, frames, words
        passage = named.passage
        self._folded = passage.folded
        self._cues = [h for h in passage.hits.of("cue") if h.entry.status in ("not_documented", "denied")]
        self._breaks = sorted(
            [h.start for h in passage.hits.of("break")] + [n for n, c in enumerate(passage.folded) if c == ";"]
        )
        self._voices = voices_of(passage.hits)

    def performed(self, mention: _Mention) -> bool:
        """Fills in whether the test was done; False where that is not told, or told of somebody else."""
        name = Hit(mention.start, mention.end, next(iter(self._named.passage.hits)).entry)
        told = attributed(self._named.passage, name, self._voices, self._breaks)
        foreign = told.experiencer != "worker" or told.speaker == "utilization-review"
        if foreign or self._of_the_guideline(mention):
            mention.said.clear()
            return False
        answers = self._answers(mention, planned=told.time == "planned", past=told.time == "past")
        value, why, sure = next(answers, ("", "", Confidence.LOW))
        if value != "yes":
            mention.said.clear()
        mention.performed, mention.why, mention.sure = value, why, sure
        return bool(value)

    def _answers(self, mention: _Mention, *, planned: bool, past: bool) -> Iterator[_Answer]:
        """What the sentence says of whether the test was done, the surest first."""
        lacking = self._lacking(mention)
        if lacking is not None:
            yield ("planned", "asked for or intended", Confidence.MEDIUM) if planned else lacking
        if mention.said:
            yield "yes", "its result is told", Confidence.HIGH
        undone = self._worded(mention, _UNDONE, after=True) or self._worded(mention, _UNDONE, after=False)
        if undone is not None:
            yield "no", f"cue {undone.entry.id}", Confidence.HIGH
        if self._worded(mention, _DONE, after=True):
            yield "yes", "said to have been done", Confidence.HIGH
        if planned:
            yield "planned", "asked for or intended", Confidence.HIGH
        if self._worded(mention, _DONE, after=False):
            yield "yes", "said to have been done", Confidence.HIGH
        if past:
            yield "yes", "told of the past", Confidence.MEDIUM

    def _lacking(self, mention: _Mention) -> _Answer | None:
        """Missing from the record or not done; nothing of a test on which something is not seen."""
        shown = not self._frames.shown_by.isdisjoint(self._folded[: mention.start].split()[-_SHOWN_WORDS:])
        for status, reach, value in (
            ("not_documented", _MISSING_WORDS, "not_documented"),
            ("denied", _ABSENT_WORDS, "no"),
        ):
            cue = next((c for c in self._cues if c.entry.status == status and self._reaches(c, mention, reach)), None)
            if cue is not None and not shown:
                return value, f"cue {cue.entry.id}", Confidence.HIGH
        missing = self._worded(mention, _MISSING, after=True)
        return ("not_documented", f"cue {missing.entry.id}", Confidence.HIGH) if missing else None

    def _of_the_guideline(self, mention: _Mention) -> bool:
        """Whether the guideline speaks of the test, in a sentence that goes on to the case only later."""
        sentence = self._named.passage.sentence
        if sentence.role is not Role.APPLICATION or sentence.part is Part.SUMMARY:
            return False
        before = [h for h in self._named.passage.hits.of("role") if h.start < mention.start]
        return bool(before) and max(before, key=lambda h: (h.start, h.end)).entry.status == "guideline"

    def _reaches(self, cue: Hit, mention: _Mention, reach: int) -> bool:
        if cue.entry.scope == "around":
            return cue.start < mention.start and mention.end < cue.end
        if cue.entry.status == "denied" and self._of_the_result(cue, mention):
            return False
        if cue.entry.scope == "forward":
            return cue.start < mention.start and self._free(max(cue.end, 0), mention.start, reach, cue)
        return cue.start >= mention.end and self._free(mention.end, cue.start, reach, cue)

    def _of_the_result(self, cue: Hit, mention: _Mention) -> bool:
        """A negation of the result, "no positive sign", or of what stands before a comma: "no pain, MRI shows"."""
        if any(w.entry.status == "result" and cue.start < w.end and w.start < cue.end for w in self._words):
            return True
        return "," in self._folded[cue.end : mention.start]

    def _free(self, start: int, end: int, reach: int, cue: Hit) -> bool:
        if start > end:
            return cue.start < end
        return bisect_left(self._breaks, start) == bisect_left(self._breaks, end) and (
            _blanks(self._folded, start, end) <= reach
        )

    def _worded(self, mention: _Mention, kinds: tuple[str, ...], *, after: bool) -> Hit | None:
        """A word on that side of the name that says it was done, or was not."""
        for word in self._words:
            if word.entry.status not in kinds or word.entry.scope != ("after" if after else "before"):
                continue
            start, end = (mention.end, word.start) if after else (word.end, mention.start)
            parted = kinds != _MISSING and self._parted(start, end)
            if start <= end and self._free(start, end, word.entry.reach, word) and not parted:
                return word
        return None

    def _parted(self, start: int, end: int) -> bool:
        """Whether another finding, or an aside, begins in between."""
        return "," in self._folded[start:end] or any(
            w.entry.status in ("other", "result") and start <= w.start < end for w in self._words
        )


def _go_on(named: Named, mention: _Mention) -> None:
    """The sentence after the one that names a test may tell its result: "The results were consistent"."""
    words = named.passage.hits.of("result")
    if not words or not any(w.entry.status == "it" and w.start <= _OPEN for w in words):
        return
    if not named.passage.tells_the_case or mention.performed in ("no", "planned"):
        return
    more = _Mention(0, 0, mention.frame, named, [w for w in words if w.entry.status == "result"])
    _fill(more, (), words)
    if more.said:
        for slot, values in more.said.items():
            mention.said.setdefault(slot, set()).update(values)
        mention.performed, mention.why = "yes", "its result is told in the next sentence"
        mention.evidence.append(named.whole)


def _facts(part: Part, id_: str, mentions: list[_Mention]) -> Iterator[Fact]:
    """The facts of one test in one part of a letter."""
    prefix = f"{part.value}.test.{id_}"
    told = {m.performed for m in mentions}
    value = next(v for v in _BY_SUMMARY if v in told)
    if part is Part.RATIONALE and value == "yes" and told & {"no", "not_documented"}:
        yield Fact(
            f"{prefix}.performed", "unclear", _evidence(mentions), Confidence.LOW, "said to be done and to be not"
        )
    else:
        same = [m for m in mentions if m.performed == value]
        sure = max((m.sure for m in same), key=lambda c: c.rank)
        yield Fact(f"{prefix}.performed", value, _evidence(same), sure, same[0].why)
    for slot in ("result", "agreement"):
        telling = [m for m in mentions if m.said.get(slot)]
        values = {v for m in telling for v in m.said[slot]}
        if len(values) == 1:
            yield Fact(f"{prefix}.{slot}", values.pop(), _evidence(telling), derivation="the words of the result")
        elif values:
            both = telling[0].frame.both if slot == "result" else Assertion.UNCLEAR.value
            why = f"told both ways: {', '.join(sorted(values))}"
            yield Fact(f"{prefix}.{slot}", both, _evidence(telling), Confidence.LOW, why)


def _evidence(mentions: Sequence[_Mention]) -> tuple[Evidence, ...]:
    found = (e for m in mentions for e in (m.named.whole, *m.evidence))
    return tuple(dict.fromkeys(found))[:_MOST_EVIDENCE]
