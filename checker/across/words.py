"""The words of a rationale that count when two are compared, their runs, and how alike two sets of runs are."""

import re
from collections.abc import Iterable
from functools import lru_cache

_WORD = re.compile(r"[a-z0-9']+")


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """The words of a text, lower case, ligatures taken apart, one blank between them; points and hyphens part words."""
    return " ".join(_WORD.findall(text.replace("’", "'").casefold()))


def runs(sentences: Iterable[str], length: int) -> frozenset[str]:
    """Every run of so many words inside a sentence; a shorter sentence is a run of its own.

    Args:
        sentences: As ``plain`` leaves them.
        length: Words a run.
    """
    found: set[str] = set()
    for sentence in sentences:
        words = sentence.split()
        last = max(1, len(words) - length + 1)
        found.update(" ".join(words[at : at + length]) for at in range(last if words else 0))
    return frozenset(found)


def similarity(a: frozenset[str], b: frozenset[str]) -> float:
    """Share of the runs of both that both have (Jaccard), 0 for two empty sets."""
    both = len(a & b)
    whole = len(a) + len(b) - both
    return both / whole if whole else 0.0


def holds(sentences: Iterable[str], quote: str) -> bool:
    """Whether a quote stands, word for word, in one of the sentences."""
    wanted = f" {quote} "
    return bool(quote) and any(wanted in f" {sentence} " for sentence in sentences)
