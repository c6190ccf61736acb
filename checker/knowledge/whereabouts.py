"""Words that say where in the body a finding lies: ``whereabouts`` of ``rules/lexicon/body-parts.yaml``."""

import re
from collections.abc import Mapping, Sequence

_LONGEST = 2_000
"""So many code points of a text are looked at; a sentence has no more."""


class Whereabouts:
    """Finds sides and halves of the body in folded text.

    Args:
        words: Words by kind: ``left``, ``right``, ``both`` (sides), ``upper``, ``lower`` (halves).
    """

    __slots__ = ("_kinds", "_word")

    def __init__(self, words: Mapping[str, Sequence[str]]) -> None:
        kinds: dict[str, tuple[str, ...]] = {}
        for kind, listed in words.items():
            for word in listed:
                kinds[word] = (*kinds.get(word, ()), kind)
        self._kinds = kinds
        longest_first = sorted(kinds, key=lambda w: (-len(w), w))
        self._word = re.compile(r"(?<![a-z])(?:" + "|".join(map(re.escape, longest_first)) + r")(?![a-z0-9])")

    def find(self, folded: str) -> list[tuple[int, tuple[str, ...]]]:
        """Where such words stand in lower-case text, and the kinds of each."""
        return [(m.start(), self._kinds[m[0]]) for m in self._word.finditer(folded, 0, _LONGEST)]
