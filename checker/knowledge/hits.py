"""What a phrase of the lexicon stands for, and the phrases found in a sentence."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Literal, NamedTuple

Kind = Literal["concept", "cue", "break", "open", "role", "mark", "voice", "test", "result"]
"""What a phrase of the lexicon is; see ``Entry``."""


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """What one phrase of the lexicon stands for; each phrase has one of its own, compared as the object it is.

    Attributes:
        kind: concept, cue, break, open, role, mark, voice, test or result.
        id: Id of the concept, cue, mark, voice, test or set of words; of a role its name with the cue
            ("case:this-record"); of a break "" or ``PREDICATE``;
            of what a gap can govern "of" or "clause".
        status: Of a concept: documented, denied, unclear, not_documented, presupposed, name, member, undergone,
            measured, sought, spoken_of or ignored; of a cue: see ``CueStatus``.
        scope: Of a cue: forward, backward, or around: what stands inside its words.
        to_comma: A cue that reaches no further than the next comma.
        opens_clause: A cue at whose beginning the reach of cues before it ends.
        negates: The phrase itself holds a negation ("nothing suggests misuse").
        supposes: The phrase itself holds a verb that makes a hope of it ("would benefit from").
        weak: Of a role cue: it only speaks where no other does.
        axis: Of a voice: time, speaker or experiencer; its status is a value of that axis, its scope may be clause.
        reach: Of a voice or of a result: how many words it may lie away; the status of a result is result, done,
            undone, shown, missing, other or it, its scope before, after or either.
        heads_list: A cue that reaches every member of the list behind it: "treatment to date has included".
    """

    kind: Kind
    id: str
    status: str = ""
    scope: str = ""
    to_comma: bool = False
    opens_clause: bool = False
    negates: bool = False
    supposes: bool = False
    weak: bool = False
    axis: str = ""
    reach: int = 0
    heads_list: bool = False


class Hit(NamedTuple):
    """One phrase found in a sentence: offsets into the sentence."""

    start: int
    end: int
    entry: Entry


_new_tuple = tuple.__new__


class Hits:
    """The phrases found in one sentence, by number and place of the phrase; those of one kind are looked up."""

    __slots__ = ("_by_kind", "_marked")

    def __init__(self, found: Iterable[tuple[int, int, int]] = (), entries: Sequence[Entry] = ()) -> None:
        """Take (number of the phrase, start, end), in order, and what each phrase stands for."""
        self._by_kind: dict[Kind, list[Hit]] = {}
        self._marked: Mapping[str, list[tuple[int, int]]] | None = None
        kind, hits = None, []
        for number, start, end in found:
            entry = entries[number]
            if entry.kind != kind:  # phrases of one kind stand side by side
                kind = entry.kind
                hits = self._by_kind.setdefault(kind, [])
            hits.append(_new_tuple(Hit, (start, end, entry)))

    def __iter__(self) -> Iterator[Hit]:
        """Every hit, one kind after the other."""
        return chain.from_iterable(self._by_kind.values())

    def of(self, kind: Kind) -> Sequence[Hit]:
        """The hits of one kind, in order."""
        return self._by_kind.get(kind, ())

    @property
    def marked(self) -> Mapping[str, list[tuple[int, int]]]:
        """Where the marks stand, by id."""
        if self._marked is None:
            found: dict[str, list[tuple[int, int]]] = {}
            for hit in self.of("mark"):
                found.setdefault(hit.entry.id, []).append((hit.start, hit.end))
            self._marked = found
        return self._marked
