"""A few phrases that say one thing; where none stands, looking for them costs a few substring searches."""

from collections.abc import Iterable

from checker.language.phrase_index import PhraseIndex
from checker.language.phrases import DIGITS, Phrase, compile_phrase, fold, sure_words


class Wording:
    """Phrases by which a letter says a thing, in the notation of rules/lexicon/README.md."""

    __slots__ = ("_index", "_stems")

    def __init__(self, phrases: Iterable[str]) -> None:
        """Compile the phrases.

        Raises:
            PhraseError: A phrase cannot be read.
        """
        compiled = [compile_phrase(phrase) for phrase in phrases]
        self._index = PhraseIndex(compiled)
        stems = {stem for phrase in compiled for stem in _rarest(phrase)}
        # A longer beginning of a word is not needed beside its own beginning.
        self._stems = tuple(sorted(s for s in stems if not any(s != o and s.startswith(o) for o in stems)))

    def stands_in(self, text: str) -> bool:
        """Whether one of the phrases stands in the text, whatever its case and line ends."""
        lowered = text.lower()
        if not any(stem in lowered for stem in self._stems):
            return False
        return bool(self._index.find(fold(" ".join(text.split()))))


def _rarest(phrase: Phrase) -> tuple[str, ...]:
    """Beginnings of words of which one stands wherever the phrase does; "" where no word is sure to stand."""
    groups = [tuple(word.rstrip("*") for word in group) for group in sure_words(phrase.nodes) if DIGITS not in group]
    return max(groups, key=lambda group: min(map(len, group)), default=("",))
