"""The cases of a run: on disk what findings show of them, in memory a few numbers each."""

import hashlib
from array import array
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from types import TracebackType
from typing import Self

from checker.across.case import Case
from checker.across.order import order_of
from checker.across.shelf import Shelf

Row = int
"""Place of a case in the store, in input order."""

_REMEMBERED = 512


class Store:
    """Cases as they come in; a million letters take some 100 bytes of memory and 2 kB of disk an item.

    Attributes:
        letters: Place of the letter of each row.
        items: Number of the item.
        numbers: Hash of the case number.
        texts: Hash of the words of the letter.
        keys: Hash of the key, 0 where there is none.
    """

    def __init__(self) -> None:
        self._cases: Shelf[Case] = Shelf()
        self._outcomes = array("B")
        self._outcome_names: dict[str, int] = {}
        self.letters = array("L")
        self.items = array("L")
        self.numbers = array("Q")
        self.texts = array("Q")
        self.keys = array("Q")
        self.case = lru_cache(maxsize=_REMEMBERED)(self._cases.__getitem__)

    def __len__(self) -> int:
        return len(self.letters)

    def __enter__(self) -> Self:
        """The store itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let go of the file."""
        self._cases.close()

    def add(self, case: Case) -> Row:
        """Keep a case."""
        self._cases.append(case)
        self._outcomes.append(self._outcome_names.setdefault(case.outcome, len(self._outcome_names)))
        self.letters.append(case.letter)
        self.items.append(case.item)
        self.numbers.append(number(case.number))
        self.texts.append(number(case.text))
        self.keys.append(number(case.key) if case.key else 0)
        return len(self) - 1

    def outcome(self, row: Row) -> str:
        """The outcome of a row, without its case."""
        return tuple(self._outcome_names)[self._outcomes[row]]

    def ordered(self) -> "array[Row]":
        """All rows in an order that the order of the input has no part in: by case, item and name of the letter."""
        order = array("L")
        for _, copies in groupby(order_of(self.numbers, self.items), key=self._item_of_case):
            first, *others = copies
            order.extend(sorted((first, *others), key=self._name) if others else (first,))
        return order

    def _item_of_case(self, row: Row) -> tuple[int, int]:
        return self.numbers[row], self.items[row]

    def _name(self, row: Row) -> tuple[str, str]:
        case = self.case(row)
        return case.doc, case.source

    def rows_of_letters(self) -> Iterator[tuple[int, Sequence[Row]]]:
        """The rows of each letter that has some, in input order."""
        start = 0
        for row in range(1, len(self) + 1):
            if row == len(self) or self.letters[row] != self.letters[start]:
                yield self.letters[start], range(start, row)
                start = row

    def apart(self, a: Row, b: Row) -> bool:
        """Whether two items are of two letters that may be laid beside each other.

        Items of one letter are not, nor are copies of one letter, nor different items of one case. The same item of one
        case in two letters of different words is: one of them replaces the other.
        """
        if self.texts[a] == self.texts[b]:
            return False
        return self.numbers[a] != self.numbers[b] or self.items[a] == self.items[b]


def number(text: str) -> int:
    """A 64-bit hash of a text, never 0."""
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest) or 1
