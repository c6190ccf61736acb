"""What the rationale itself says of the request: its last verdict sentence."""

import re
from collections.abc import Iterable, Sequence

from checker.knowledge.lexicon_files import VerdictsFile
from checker.model.determination import Verdict
from checker.parsing.slices import Range
from checker.parsing.view import View

_SENTENCE_END = re.compile(r"[.!?][\"”')\]]*\s+(?=[\"“'(\[]?[A-Z0-9])|\n")
_ABBREVIATION = re.compile(r"(?:\b(?:Dr|Mr|Mrs|Ms|No|vs|St|Jr|Sr|Inc|etc|e\.g|i\.e|al|approx|Sec|p|pg|pp)|\b[A-Z])\.$")
_CLAUSE_CUT = re.compile(r"[;:]|\b(?:but|however|although|though|because|while|whereas|since|therefore|thus)\b")
_NEXT_CLAUSE = re.compile(r"[;:]|\b(?:but|however|although|though|because|while|whereas|since|which)\b")
_VERB = re.compile(
    r"\b(?:is|are|was|were|be|been|being|am|appears?|appeared|remains?|seems?|deemed|considered|found|determined|isn't|"
    r"it's|that's|they're|aren't|wasn't|weren't|would|will|cannot|becomes?|makes?|renders?|finds?|deems?|considers?|judges?|adjudges?|holds?|"
    r"regards?|believes?|thinks?)\b"
)
_ENDS = re.compile(
    r"(?:\s+(?:and|or)\s+appropriate)?(?:\s+(?:as|at|in|on|for|per|here|under|by)\b[^.,;:!]{0,80})?\s*(?:[.,;:!]|$)"
)
_SHORTEST_CONCLUSION = 2
_WORDS = re.compile(r"[a-z']+")
_NO_LETTER_BEFORE = "(?<![a-z])"
_NEAR = 6
"""Words before "medical necessity" that may decide what is said of it."""
_LONGEST_SENTENCE = 1200
_MOST_CONCLUSIONS = 100
_WEAK_SENTENCES = 8
"""A conclusion in weak words is looked for in this many last sentences."""


class VerdictWords:
    """The words of ``verdicts.yaml``, ready for matching."""

    __slots__ = ("_lists", "glued", "strong", "subjects", "weak")

    def __init__(self, table: VerdictsFile) -> None:
        """Compile the table."""
        self._lists = {name: frozenset(words) for name, words in table if isinstance(words, list)}
        strong = (*table.strong, *table.necessity)
        self.strong = _any_of(strong)
        self.glued = re.compile(self.strong.pattern.removeprefix(_NO_LETTER_BEFORE))
        self.weak = _any_of((*table.weak, *table.against))
        self.subjects = _any_of(table.subjects)

    def has(self, name: str, words: Iterable[str]) -> bool:
        """Whether one of the words is in the list of that name."""
        known = self._lists[name]
        return any(word in known for word in words)

    def purpose(self, text: str) -> bool:
        """Whether the text before a conclusion says that it is none."""
        padded = f" {text} "
        return any(f" {phrase} " in padded for phrase in self._lists["purposes"])


def _any_of(words: Sequence[str]) -> re.Pattern[str]:
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return re.compile(_NO_LETTER_BEFORE + "(?:" + "|".join(re.escape(word) for word in longest_first) + r")(?![a-z])")


def read_verdict(view: View, rationale: Range | None, words: VerdictWords) -> tuple[Verdict, Range | None]:
    """The last verdict of a rationale and its sentence; a hypothetical one counts only where there is no other."""
    if rationale is None:
        return Verdict.NONE, None
    start, end = rationale
    fallback: tuple[Verdict, Range | None] = (Verdict.NONE, None)
    at = view.low.rfind("medical", start, end)
    for _ in range(_MOST_CONCLUSIONS):
        if at < 0:
            break
        core = words.strong.match(view.low, at, end) or _glued(words, view, at, end)
        if core:
            sentence = sentence_around(view, at, start, end)
            verdict, sure = _strong(view, sentence, core.span(), words)
            if verdict is not Verdict.NONE and sure:
                return verdict, sentence
            if verdict is not Verdict.NONE and fallback[1] is None:
                fallback = verdict, sentence
        at = view.low.rfind("medical", start, at)
    weak = _weak(view, start, end, words)
    return weak if weak[1] is not None else fallback


def _glued(words: VerdictWords, view: View, at: int, end: int) -> re.Match[str] | None:
    """The conclusion of "notmedically necessary", as some letters print it."""
    return words.glued.match(view.low, at, end) if view.low[max(0, at - 3) : at] == "not" else None


def sentence_around(view: View, at: int, start: int, end: int) -> Range:
    """The sentence of ``start`` to ``end`` that holds ``at``; of one without end what stands near."""
    start, end = max(start, at - _LONGEST_SENTENCE), min(end, at + _LONGEST_SENTENCE)
    begin = start
    for stop in _SENTENCE_END.finditer(view.text, start, end):
        if _ABBREVIATION.search(view.text, max(start, stop.start() - 8), stop.start() + 1):
            continue
        if stop.end() > at:
            return view.trim(begin, stop.end())
        begin = stop.end()
    return view.trim(begin, end)


def _strong(view: View, sentence: Range, core: Range, words: VerdictWords) -> tuple[Verdict, bool]:
    """What a conclusion says, and whether it is more than a hypothesis."""
    before = view.low[sentence[0] : core[0]].replace("’", "'")
    sure = not words.purpose(before)
    said = view.low[slice(*core)]
    if said.startswith("medical necessity"):
        return _necessity(before, view.low[core[1] : sentence[1]], words), sure
    if before.endswith("not"):
        return Verdict.NOT_NECESSARY, sure
    if not _VERB.search(before):
        return _without_verb(before, view.low[core[1] : sentence[1]], words), sure
    negated = _negated(before, words)
    if said.startswith(("medically un", "medically inap")):
        negated = not negated
    if negated and words.has("suspends", _WORDS.findall(before)[:1]):
        sure = True  # "Until the course is completed it is not medically necessary"
    return (Verdict.NOT_NECESSARY if negated else Verdict.NECESSARY), sure


def _without_verb(before: str, after: str, words: VerdictWords) -> Verdict:
    """A sentence that is a conclusion only, such as "Not medically necessary"; else an attribute of something."""
    said = _WORDS.findall(before)
    tail = _WORDS.findall(before.rpartition(",")[2])
    if words.has("negations", tail):
        said = tail  # "As submitted, not medically necessary"
    if len(said) > _SHORTEST_CONCLUSION or not _ENDS.match(after):
        return Verdict.NONE
    return Verdict.NOT_NECESSARY if words.has("negations", said) else Verdict.NECESSARY if not said else Verdict.NONE


def _negated(before: str, words: VerdictWords) -> bool:
    """Whether a negation turns round the conclusion that follows ``before``."""
    said = _WORDS.findall(before)
    at = len(said)
    while at and (words.has("chain", said[at - 1 : at]) or words.has("negations", said[at - 1 : at])):
        at -= 1
        if words.has("negations", said[at : at + 1]):
            return True
    clause = _WORDS.findall(_last_clause(before))
    if clause[:1] and words.has("none_of", clause[:1]):
        return True
    return (
        any(
            words.has("negations", clause[place : place + 1]) and words.has("reports", clause[place + 1 : place + 4])
            for place in range(len(clause) - 1)
        )
        or "neither" in clause
    )


def _last_clause(before: str) -> str:
    """What stands before a conclusion, back to the beginning of its clause."""
    start = max((cut.end() for cut in _CLAUSE_CUT.finditer(before) if _VERB.search(before, cut.end())), default=0)
    clause = before[start:]
    comma = clause.find(",")
    return clause[comma + 1 :] if comma >= 0 and _VERB.search(clause, comma) else clause


def _necessity(before: str, after: str, words: VerdictWords) -> Verdict:
    """The noun: what stands before it within its clause, else what is said of it."""
    said = _WORDS.findall(_clause_after(after))
    if words.has("noun_of", said[:1]):
        return Verdict.NONE
    near = _WORDS.findall(_last_clause(before))[-_NEAR:]
    if words.has("negations", near) or words.has("lacking", near):
        return Verdict.NOT_NECESSARY
    if _VERB.search(" ".join(said)) or "has" in said or "have" in said:
        if words.has("negations", said) or words.has("lacking", said):
            return Verdict.NOT_NECESSARY
        if words.has("holds", said):
            return Verdict.NECESSARY
    return Verdict.NECESSARY if words.has("holds", near) or near[-2:] == ["is", "a"] else Verdict.NONE


def _clause_after(after: str) -> str:
    cut = _NEXT_CLAUSE.search(after)
    return after[: cut.start()] if cut else after


def _weak(view: View, start: int, end: int, words: VerdictWords) -> tuple[Verdict, Range | None]:
    """A conclusion in other words in one of the last sentences, the request its subject."""
    at = end
    for _ in range(_WEAK_SENTENCES):
        sentence = sentence_around(view, max(at - 1, start), start, end)
        verdict = _weak_verdict(view.low[sentence[0] : sentence[1]], words)
        if verdict is not Verdict.NONE:
            return verdict, sentence
        at = sentence[0]
        while at > start and view.low[at - 1].isspace():
            at -= 1
        if at <= start:
            break
    return Verdict.NONE, None


def _weak_verdict(sentence: str, words: VerdictWords) -> Verdict:
    for core in reversed(list(words.weak.finditer(sentence))):
        before = sentence[: core.start()]
        subject = words.subjects.search(before)
        if subject is None or words.purpose(before) or not _VERB.search(before, subject.end()):
            continue
        negated = _negated(before, words)
        against = words.has("against", [core.group()])
        if words.has("reversed_subjects", [subject.group()]):
            against = core.group() not in ("overturned", "unsupported", "unwarranted")
        return Verdict.NOT_NECESSARY if negated is not against else Verdict.NECESSARY
    return Verdict.NONE
