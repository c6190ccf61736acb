"""Sentences of medical prose: abbreviations, decimals, dates, lists, quotations and references in brackets survive."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST = 2_000
"""A sentence is cut here (code points), so that no pattern ever meets an endless line."""

# A run of marks is tried once, at its first: tried at each, a line of dots would take time squared.
_END = re.compile(r"(?<![.!?])[.!?]++[\"'”’)\]]*+(?=\s|$)|(?<=[a-z]{3})(?P<run>\.)(?=[A-Z][a-z]{0,24}[ ,])|\n")
_NEXT = re.compile(r"\s*[\"'“‘(\[]*([^\s\"'“‘(\[])")
_LAST_WORD = re.compile(r"([\w.&'’/-]+)$")
_REFERENCE = re.compile(r"\s*\([^()]{2,80}\d{4}[a-z]?\)")
_CLOSING = re.compile(r"[.\"'”’)\]]*+(?=\s|$)")
_WORD = re.compile(r"[a-z]+")
_LIST_NUMBER = re.compile(r"(?:^|[\s(])(?:\d{1,2}|[a-zA-Z]|[ivx]{1,4})$")


@dataclass(frozen=True, slots=True)
class Stops:
    """Which full stops end a sentence; words in lower case.

    Attributes:
        abbreviations: A full stop behind one of these ends none.
        may_end: Of these, the ones that a capital may follow in a new sentence.
        openers: Words that begin a sentence even in lower case.
    """

    abbreviations: frozenset[str]
    may_end: frozenset[str]
    openers: frozenset[str]


def split(text: str, start: int, end: int, stops: Stops) -> Iterator[tuple[int, int]]:
    """Sentences of ``text[start:end]`` as (start, end), white space at both ends left out."""
    begin = start
    for match in _END.finditer(text, start, end):
        if match.start() < begin or (match.group() != "\n" and not _ends_one(text, begin, match, end, stops)):
            continue
        stop = match.end()
        if text[match.start()] != "\n":
            # A reference in brackets after the full stop belongs to the sentence before it, and so does what it closes.
            while (reference := _REFERENCE.match(text, stop, end)) is not None:
                stop = reference.end()
                if (closing := _CLOSING.match(text, stop, end)) is not None:
                    stop = closing.end()
        yield from _trimmed(text, begin, stop)
        begin = stop
    yield from _trimmed(text, begin, end)


def _ends_one(text: str, begin: int, match: re.Match[str], end: int, stops: Stops) -> bool:
    if match["run"] is None:
        return _closes(text, begin, match, end, stops)
    # "was ordered.On May 3 he returned": run together; but no address of a page
    word = _LAST_WORD.search(text, max(begin, match.start() - 24), match.start())
    return word is not None and word.group(1).isalpha() and word.group(1).lower() not in stops.abbreviations


def _closes(text: str, begin: int, match: re.Match[str], end: int, stops: Stops) -> bool:
    """Whether the mark at ``match`` ends a sentence."""
    if match.group()[0] != ".":
        return True
    following = _NEXT.match(text, match.end(), end)
    if following is None:
        return True
    character = following.group(1)
    before = text[max(begin, match.start() - 24) : match.start()]
    word = _LAST_WORD.search(before)
    last = word.group(1).lower() if word else ""
    if len(match.group()) > 1 and match.group().strip(".") == "" and character.islower():
        return False  # an ellipsis inside a sentence
    if last in stops.abbreviations or (len(last) == 1 and last.isalpha() and last not in "ai"):
        # "5 mg. The patient": an abbreviated unit may end a sentence, a title never does.
        return character.isupper() and last in stops.may_end
    if _LIST_NUMBER.search(before) and len(before.strip()) <= 3:
        return False  # "1. Norco": the number opens an entry
    return not character.islower() or (
        len(last) >= _LONG_WORD and _following_word(text, match.end(), end) in stops.openers
    )


def _following_word(text: str, start: int, end: int) -> str:
    """The next word of ``text[start:end]``."""
    word = _WORD.search(text, start, min(end, start + 24))
    return word.group() if word else ""


_LONG_WORD = 4


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > LONGEST:
        cut = text.rfind(" ", start, start + LONGEST)
        cut = cut if cut > start else start + LONGEST
        yield start, cut
        start = cut
        while start < end and text[start].isspace():
            start += 1
    if end > start:
        yield start, end
