"""The same rationale in several letters: clusters of near-duplicates, found by MinHash and settled word for word."""

import tempfile
from array import array
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, pairwise
from types import TracebackType
from typing import Self

from rensa import RMinHash

from checker.across.case import Case, Misfit, Words
from checker.across.order import order_of
from checker.across.store import Row, Store
from checker.across.words import holds, runs, similarity
from checker.knowledge.across import Twins

_SEED = 1
"""Of the permutations; any number, so long as it is the same for all."""
_IN_MEMORY = 1_000_000
_REMEMBERED = 512


class Signatures:
    """The MinHash signatures of a run, band by band: on disk, one band in memory at a time.

    Args:
        settings: Bands, rows and what counts.
    """

    def __init__(self, settings: Twins) -> None:
        self._settings = settings
        self._file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 (closed on leaving)
        self.rows = array("L")

    def __enter__(self) -> Self:
        """The signatures themselves."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let go of the file."""
        self._file.close()

    def add(self, row: Row, case: Case) -> None:
        """Sign the rationale of a case, where it has words enough."""
        self.put(row, self.sign(case))

    def put(self, row: Row, signature: bytes) -> None:
        """Keep a signature; nothing where it is empty."""
        if signature:
            self.rows.append(row)
            self._file.write(signature)

    def sign(self, case: Case) -> bytes:
        """The signature of a rationale, empty where it has too few words."""
        if sum(sentence.count(" ") + 1 for sentence in case.said if sentence) < self._settings.least_words:
            return b""
        made = RMinHash(num_perm=self._settings.bands * self._settings.rows, seed=_SEED)
        made.update(list(runs(case.said, self._settings.run)))
        digest: list[int] = made.digest()
        rows = self._settings.rows
        return array(
            "Q", (hash(tuple(digest[at : at + rows])) % (1 << 64) for at in range(0, len(digest), rows))
        ).tobytes()

    def band(self, number: int) -> "array[int]":
        """One band of all signatures, in the order of ``rows``; equal numbers are likely equal bands."""
        width = self._settings.bands
        found = array("Q")
        self._file.seek(0)
        chunk = width * 8 * 4096
        while packed := self._file.read(chunk):
            part = array("Q")
            part.frombytes(packed)
            found.extend(part[number::width])
        self._file.seek(0, 2)
        return found


@dataclass(frozen=True, slots=True)
class Twin:
    """A case beside another with nearly the same rationale.

    Attributes:
        row: The other.
        similarity: Share of runs in common.
        misfits: Findings that words of both rationales do not fit the first case.
        fits: The same words fit the other.
        workers: ``different`` or ``same`` where the dates of injury tell, "" where one is not printed.
        unrecorded: What both affirm and only the other case summary records, with the first one's words.
    """

    row: Row
    similarity: float
    misfits: tuple[Misfit, ...]
    fits: bool
    workers: str
    unrecorded: tuple[tuple[str, Words], ...]


class TwinRationales:
    """The clusters of a run.

    Args:
        store: The cases.
        ordered: Its rows in an order that does not depend on the input's.
        signatures: Their signatures.
        settings: What makes two rationales the same.
    """

    def __init__(self, store: Store, ordered: Sequence[Row], signatures: Signatures, settings: Twins) -> None:
        self._store, self._settings = store, settings
        self._rank = array("L", [0]) * len(store)
        for n, row in enumerate(ordered):
            self._rank[row] = n
        self._above = array("L", range(len(store)))
        self._runs = lru_cache(maxsize=_REMEMBERED)(self._runs_of)
        self._link(signatures)
        self._members, self._clusters = self._gathered()
        self._letters: dict[Row, int] = {}

    def _link(self, signatures: Signatures) -> None:
        """Joins rows with an equal band that are alike word for word: each with the first of them, or its neighbour.

        Linear in the number of rows, however many share a band.
        """
        rows = signatures.rows
        ranks = array("L", (self._rank[row] for row in rows))
        for number in range(self._settings.bands):
            band = signatures.band(number)
            for _, equal in groupby(order_of(band, ranks), key=band.__getitem__):
                self._join_all([rows[place] for place in equal])

    def _gathered(self) -> tuple[memoryview, dict[Row, slice]]:
        """The rows cluster by cluster, in the order of the store, and by its root where each cluster lies."""
        roots = array("L", map(self._root, range(len(self._above))))
        members = order_of(roots, self._rank)
        clusters: dict[Row, slice] = {}
        start = 0
        for root, of_root in groupby(members, key=roots.__getitem__):
            end = start + sum(1 for _ in of_root)
            if end > start + 1:
                clusters[root] = slice(start, end)
            start = end
        return memoryview(members), clusters

    def _join_all(self, equal: Sequence[Row]) -> None:
        for before, row in pairwise(equal):
            for other in dict.fromkeys((equal[0], before)):
                if self._root(row) == self._root(other):
                    break
                if self._alike(row, other) >= self._settings.similar:
                    self._join(row, other)
                    break

    def _alike(self, a: Row, b: Row) -> float:
        return similarity(self._runs(a), self._runs(b))

    def _runs_of(self, row: Row) -> frozenset[str]:
        return runs(self._store.case(row).said, self._settings.run)

    def _root(self, row: Row) -> Row:
        above = self._above
        while above[row] != row:
            above[row] = above[above[row]]
            row = above[row]
        return row

    def _join(self, a: Row, b: Row) -> None:
        """The root of a cluster is its first member in the order of the store."""
        first, second = sorted((self._root(a), self._root(b)), key=self._rank.__getitem__)
        self._above[second] = first

    def cluster(self, row: Row) -> Sequence[Row]:
        """The rows whose rationales are chained to this one's, itself among them; none where it is alone."""
        place = self._clusters.get(self._root(row))
        return self._members[place] if place else ()

    def letters(self, row: Row) -> int:
        """How many cases share the rationale, copies of a letter counted once."""
        root = self._root(row)
        if root not in self._letters:
            self._letters[root] = len({self._store.numbers[other] for other in self.cluster(row)})
        return self._letters[root]

    def of(self, row: Row) -> tuple[Twin, ...]:
        """The most telling cases with the same rationale: those of other workers whom its words fit come first."""
        cluster = self.cluster(row)
        if not cluster:
            return ()
        case = self._store.case(row)
        telling = bool(case.misfits or case.affirmed)
        nearest = self._neighbours(cluster, row)[: self._settings.compared if telling else self._settings.shown]
        found = [twin for twin in (self._beside(row, case, other) for other in nearest) if twin]
        found.sort(key=self._telling)
        return tuple(found[: self._settings.shown])

    def _telling(self, twin: Twin) -> tuple[object, ...]:
        told = (twin.workers == "different", bool(twin.misfits), twin.fits, bool(twin.unrecorded))
        return (*(not one for one in told), -twin.similarity, self._rank[twin.row])

    def _neighbours(self, cluster: Sequence[Row], row: Row) -> list[Row]:
        """The members of other cases by how near they stand in the order of the store; one row a letter."""
        at = bisect_left(cluster, self._rank[row], key=self._rank.__getitem__)
        reach = 4 * self._settings.compared
        near = range(max(0, at - reach), min(len(cluster), at + reach + 1))
        by_distance = [cluster[n] for n in sorted(near, key=lambda n: (abs(n - at), n))]
        seen: dict[int, Row] = {}
        for other in by_distance:
            if self._store.numbers[other] != self._store.numbers[row]:
                seen.setdefault(self._store.texts[other], other)
        return list(seen.values())

    def _beside(self, row: Row, case: Case, other: Row) -> Twin | None:
        alike = self._alike(row, other)
        if alike < self._settings.similar:
            return None
        beside = self._store.case(other)
        misfits = tuple(m for m in case.misfits if any(holds(beside.said, quote) for quote in m.said))
        codes = {misfit.code for misfit in beside.misfits}
        unrecorded = tuple((name, words) for name, words in case.affirmed if name in beside.recorded)
        fits = not codes.intersection(m.code for m in misfits)
        return Twin(other, alike, misfits, fits, _workers(case, beside), unrecorded)


def _workers(case: Case, other: Case) -> str:
    if not case.injured or not other.injured:
        return ""
    return "same" if case.injured == other.injured else "different"
