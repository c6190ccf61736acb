"""Which letters get a page of their own as a file; those of the others are rendered when somebody asks for them."""

from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from checker.across.order import order_of
from checker.batch.letters import Identity
from checker.review.sampling import METHOD, Unit

SMALL = 500
"""Letters of a run that is written whole: as many as one file holds, and a browser, a mail and a copy still take."""
SAMPLE = 50
SEED = "1"
"""Size and seed of a sample as ``imrcheck sample`` has them where none are given."""


class Pages(StrEnum):
    """All letters; those worth a look and a sample of clean ones where there are many; those worth a look; none."""

    AUTO = "auto"
    ALL = "all"
    FLAGGED = "flagged"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class PageChoice:
    """Which letters get a page.

    Attributes:
        which: All of them, some, or none.
        sample: Clean letters among some of a large run.
        seed: Draws them, as ``imrcheck sample --of letters --only clean`` does.
        also: Hashes of letters that are under review and therefore always among some.
        small: Letters up to which a run is written whole where nothing else is asked for.
    """

    which: Pages = Pages.AUTO
    sample: int = SAMPLE
    seed: str = SEED
    also: frozenset[str] = frozenset()
    small: int = SMALL


@dataclass(frozen=True, slots=True)
class PagesTold:
    """What became of the pages of a run.

    Attributes:
        choice: What was asked for.
        letters: Letters that can have a page.
        written: Those that have one.
        clean: Clean letters, of which the sample was drawn; 0 where none was.
        drawn: Its size.
    """

    choice: PageChoice
    letters: int
    written: int
    clean: int = 0
    drawn: int = 0

    @property
    def missing(self) -> int:
        """Letters that can have a page and have none."""
        return self.letters - self.written

    def record(self) -> dict[str, object]:
        """The same as the manifest holds it."""
        told: dict[str, object] = {"which": self.choice.which.value, "letters": self.letters, "written": self.written}
        if self.clean:
            seed, method = self.choice.seed, METHOD
            told["clean_sample"] = {"frame": self.clean, "drawn": self.drawn, "seed": seed, "method": method}
        return told


def surely(choice: PageChoice, *, worth: bool) -> bool:
    """Whether a letter gets a page, whatever else the run holds.

    Args:
        choice: Which letters get one.
        worth: The letter is worth one.
    """
    return choice.which is Pages.ALL or (worth and choice.which is not Pages.NONE)


class Chooser:
    """Chooses the letters that get a page while they pass; a letter costs nine bytes.

    Args:
        choice: Which are wanted.
    """

    def __init__(self, choice: PageChoice) -> None:
        self._choice = choice
        self._kinds = bytearray()
        self._draws = array("Q")

    def __len__(self) -> int:
        """Letters that passed."""
        return len(self._kinds)

    def add(self, name: Identity, *, readable: bool, worth: bool, clean: bool) -> None:
        """Take the next letter in.

        Args:
            name: Of the letter.
            readable: It can have a page.
            worth: It is worth one, for its findings or because it could not be read in full.
            clean: It was judged and has no finding, so that it can be drawn.
        """
        worth = worth or name.sha256 in self._choice.also
        self._kinds.append((readable and _READABLE | (worth and _WORTH) | (clean and _CLEAN)) or 0)
        drawn = readable and clean and self._choice.which is Pages.AUTO
        self._draws.append(int(Unit(name.doc, name.sha256, 0).place(self._choice.seed)[:16], 16) if drawn else 0)

    def flagged(self, place: int) -> None:
        """A letter turned out to have a finding."""
        self._kinds[place] = _READABLE | _WORTH

    def shown(self, place: int) -> None:
        """A letter is shown beside another, which leads to its page."""
        self._kinds[place] |= _WORTH

    def chosen(self) -> tuple[bytes, PagesTold]:
        """For each letter whether it gets a page, and what is told of it."""
        which, kinds = self._choice.which, self._kinds
        readable = sum(kind != 0 for kind in kinds)
        if which is Pages.ALL or (which is Pages.AUTO and len(kinds) <= self._choice.small):
            return bytes(kind != 0 for kind in kinds), PagesTold(self._choice, readable, readable)
        if which is Pages.NONE:
            return bytes(len(kinds)), PagesTold(self._choice, readable, 0)
        mask = bytearray(kind & _WORTH != 0 for kind in kinds)
        if which is Pages.FLAGGED:
            return bytes(mask), PagesTold(self._choice, readable, sum(mask))
        frame = 0
        drawn: list[int] = []
        for place in self._frame():
            frame += 1
            if len(drawn) < self._choice.sample:
                drawn.append(place)
        for place in drawn:
            mask[place] = True
        return bytes(mask), PagesTold(self._choice, readable, sum(mask), frame, len(drawn))

    def _frame(self) -> Iterator[int]:
        """Places of the clean letters in the order of the draw; of letters of one name and content the first."""
        last = -1
        for place in order_of(self._draws):
            if self._kinds[place] & _CLEAN and self._draws[place] != last:
                last = self._draws[place]
                yield place


_READABLE, _WORTH, _CLEAN = 1, 2, 4
