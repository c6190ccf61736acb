"""The pages of all letters of a run in one file, packed: what is not written as a page is shown from there.

A page lacks only the links to the letters before and after it, which depend on which letters have pages; they are put
in where it is written or shown. The file is Parquet, a row a page in the order in which they were rendered; where a
letter was rendered again, after its neighbours had given it a finding, its last row counts.
"""

import json
from array import array
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import pyarrow as pa
import pyarrow.parquet as pq

from checker.batch.letters import Identity
from checker.batch.tables import storable

ROWS_A_GROUP = 64
"""Pages packed together: what they have in common is stored once, and reading one of them unpacks so many."""
SLOT = b"<!-- way -->"
"""Stands in a page where its links go; text of a letter cannot, since it is escaped."""

_OPENED = 4
_SCHEMA = pa.schema(
    [
        ("place", pa.int32()),
        *((name, pa.string()) for name in ("doc", "sha256", "page")),
        ("key", pa.binary(16)),
        ("html", pa.string()),
    ]
)
_WAYS = b"ways"


@dataclass(frozen=True, slots=True)
class Ways:
    """The links of a page to the letters before and after it, with ``{}`` for the address."""

    before: str
    after: str

    def put_in(self, html: bytes, before: str, after: str) -> bytes:
        """The page with its links.

        Args:
            html: The page without them, in UTF-8.
            before: Address of the letter before from the index, "" where there is none.
            after: That of the letter after.
        """
        links = [link.replace("{}", from_page(to)) for link, to in ((self.before, before), (self.after, after)) if to]
        return html.replace(SLOT, "".join(links).encode("ascii"), 1)


def from_page(address: str) -> str:
    """An address from the index as seen from a page of a letter, "" for ""."""
    return f"../{address.removeprefix('d/')}" if address else ""


class PageStore:
    """Packs pages as they come; memory holds a group of them.

    Args:
        path: The file.
        ways: The links that the pages lack.
    """

    def __init__(self, path: Path, ways: Ways) -> None:
        schema = _SCHEMA.with_metadata({_WAYS: json.dumps([ways.before, ways.after])})
        self._writer = pq.ParquetWriter(
            path,
            schema,
            compression="zstd",
            compression_level=3,
            use_dictionary=False,
            write_statistics=False,
            write_page_checksum=True,
        )
        self._schema = schema
        self._rows: list[tuple[object, ...]] = []

    def add(self, place: int, name: Identity, page: str, key: bytes, html: bytes) -> None:
        """Store a page.

        Args:
            place: Of the letter in the run.
            name: Of the letter.
            page: Address from the index.
            key: Hash of all that the page is made of.
            html: The page in UTF-8 with ``SLOT`` for its links.
        """
        self._rows.append((place, storable(name.doc), name.sha256, page, key, html))
        if len(self._rows) >= ROWS_A_GROUP:
            self._flush()

    def _flush(self) -> None:
        if self._rows:
            columns = [pa.array(c, field.type) for c, field in zip(zip(*self._rows, strict=True), _SCHEMA, strict=True)]
            self._writer.write_table(pa.Table.from_arrays(columns, schema=self._schema))
            self._rows = []

    def close(self) -> None:
        """Write what is left."""
        self._flush()
        self._writer.close()


class StoredPages:
    """Pages of a store, read a group at a time.

    Args:
        path: The file.

    Raises:
        OSError, pyarrow.ArrowException, ValueError: There is none, or it was not completed.
    """

    def __init__(self, path: Path) -> None:
        self._file = pq.ParquetFile(path, page_checksum_verification=True)
        if not self._file.schema_arrow.equals(_SCHEMA):
            self._file.close()
            raise ValueError(f"{path.name} is no store of pages")
        self.ways = Ways(*json.loads(self._file.schema_arrow.metadata[_WAYS]))
        self._groups: OrderedDict[int, pa.Array] = OrderedDict()

    def __enter__(self) -> Self:
        """The store itself."""
        return self

    def __exit__(self, *error: object) -> None:
        """Close the file."""
        self._file.close()

    def keys(self) -> dict[bytes, int]:
        """Row of each page by its key."""
        column = self._file.read(["key"]).column(0)
        return {key: row for row, key in enumerate(column.to_pylist())}

    def last_rows(self, letters: int) -> "array[int]":
        """Row of the page of each letter by its place, the last where it has several; 0 where it has none.

        Args:
            letters: Of the run.
        """
        found = array("L", bytes(array("L").itemsize * letters))
        row = 0
        for batch in self._file.iter_batches(columns=["place"]):
            for place in batch.column(0).to_pylist():
                found[place] = row
                row += 1
        return found

    def rows(self) -> dict[str, int]:
        """Row of each page by its address, in the order of the letters."""
        table = self._file.read(["place", "page"])
        last = dict(zip(table.column(0).to_pylist(), enumerate(table.column(1).to_pylist()), strict=True))
        return {page: row for _, (row, page) in sorted(last.items())}

    def html(self, row: int) -> bytes:
        """The page of a row in UTF-8, without its links.

        Raises:
            OSError: It is damaged.
        """
        group, within = divmod(row, ROWS_A_GROUP)
        pages = self._groups.get(group)
        if pages is None:
            pages = self._groups[group] = self._group(group)
            if len(self._groups) > _OPENED:
                self._groups.popitem(last=False)
        else:
            self._groups.move_to_end(group)
        html: bytes = pages[within].as_buffer().to_pybytes()
        return html

    def _group(self, group: int) -> pa.Array:
        try:
            return self._file.read_row_group(group, ["html"]).column(0).combine_chunks()
        except pa.ArrowException as error:
            raise OSError(f"a group of pages is damaged ({type(error).__name__})") from error


def earlier_pages(path: Path) -> StoredPages | None:
    """The pages of an earlier run, None where there are none or they cannot be read."""
    try:
        return StoredPages(path)
    except (OSError, ValueError, KeyError, TypeError, pa.ArrowException):
        return None
