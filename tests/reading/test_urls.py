"""Inputs by URL: in the order of a folder, within limits, with no secret shown and no word of a server repeated."""

import io
import json
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

import fsspec
import pyarrow as arrow
import pytest
from fsspec.implementations.memory import MemoryFileSystem
from pyarrow import parquet

from checker.model.source import SourceText, Unreadable
from checker.reading import Limits, read, units, urls
from checker.reading.counting import expected
from checker.reading.units import BytesUnit, FileUnit, NoUnit, UrlUnit, in_hand

TEXT = "INDEPENDENT MEDICAL REVIEW\nThe worker lifted a box.\n"


@pytest.fixture
def store() -> Iterator[MemoryFileSystem]:
    system = fsspec.filesystem("memory")
    system.store.clear()
    system.pseudo_dirs[:] = [""]
    yield system
    system.store.clear()


def told(*given: str, limits: Limits | None = None) -> list[tuple[str, str, str]]:
    """Name, place and either the text or what was wrong."""
    notes: list[str] = []
    found = [
        (letter.doc, letter.source, letter.raw if isinstance(letter, SourceText) else letter.problem)
        for letter in read(given, limits=limits, note=notes.append)
    ]
    return [*found, *(("note", "", note) for note in notes)]


def test_a_store_is_read_as_a_folder_is(store: MemoryFileSystem, tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("in-zip.txt", TEXT + "z")
    table = io.BytesIO()
    parquet.write_table(arrow.table({"id": ["row"], "text": [TEXT + "p"]}), table)
    files = {
        "a/one.txt": TEXT.encode(),
        "a.txt": TEXT.encode() + b"2",
        "B.pdf": b"%PDF-1.4 broken",
        "b/lines.jsonl": (json.dumps({"id": "line", "text": TEXT}) + "\n").encode(),
        "c.zip": packed.getvalue(),
        "d.parquet": table.getvalue(),
        "e.csv": b"1,2",
        ".hidden.txt": b"x",
    }
    for name, data in files.items():
        store.pipe(f"/in/{name}", data)
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    there = told("memory://in")
    here = told(str(tmp_path))
    assert [row[0] for row in there] == ["B", "one", "a", "line", "in-zip", "row", "note"]
    assert [(doc, what) for doc, _, what in there[:-1]] == [(doc, what) for doc, _, what in here[:-1]]
    assert there[1][1] == "memory:///in/a/one.txt"
    assert there[4][1] == "memory:///in/c.zip!in-zip.txt"
    assert there[-1][2].endswith(": 1 .csv, 1 hidden")
    assert told("memory://in/*/*.txt") == [("one", "memory:///in/a/one.txt", TEXT)]
    assert expected(["memory://in"]) is None


def test_a_file_url_is_a_path_that_every_machine_has(tmp_path: Path) -> None:
    path = tmp_path / "a letter.txt"
    path.write_text(TEXT)
    (unit,) = units([path.as_uri()])
    assert isinstance(unit, FileUnit)
    assert unit.shared
    assert told(path.as_uri()) == [("a letter", str(path), TEXT)]
    assert expected([tmp_path.as_uri()]) == 1
    assert list(in_hand([unit], Limits())) == [unit]


def test_what_other_machines_cannot_reach_is_sent_along(tmp_path: Path, store: MemoryFileSystem) -> None:
    small = Limits(text_bytes=100)
    store.pipe("/in/m.txt", TEXT.encode())
    for name, text in (("a.txt", TEXT), ("b.txt", "x" * 200)):
        (tmp_path / name).write_text(text)
    given = list(units([str(tmp_path), str(tmp_path / "none.txt"), "memory://in/m.txt", "memory://in/no.txt"]))
    assert [type(unit) for unit in given] == [FileUnit, FileUnit, NoUnit, UrlUnit, UrlUnit]
    (tmp_path / "a.txt").unlink()
    gone = list(in_hand(given[:1], small))
    (tmp_path / "a.txt").write_text(TEXT)
    sent = list(in_hand(given, small))
    assert [type(unit) for unit in sent] == [BytesUnit, NoUnit, NoUnit, BytesUnit, NoUnit]
    assert [unit.read(small) for unit in sent] == [unit.read(small) for unit in given]
    assert [unit.sha256(small) for unit in sent] == [unit.sha256(small) for unit in given]
    assert gone[0].read(small) == Unreadable("a", str(tmp_path / "a.txt"), "does not exist (check the path)")


def test_no_more_is_read_than_a_letter_can_be(store: MemoryFileSystem, monkeypatch: pytest.MonkeyPatch) -> None:
    store.pipe("/in/big.txt", b"x" * 5_000_000)
    taken: list[int] = []
    real = urls._Told.readinto

    def counted(self: urls._Told, buffer: Any) -> int:
        taken.append(real(self, buffer))
        return taken[-1]

    monkeypatch.setattr(urls._Told, "readinto", counted)
    assert told("memory://in/big.txt", limits=Limits(text_bytes=1000))[0][2].startswith("is larger than one letter")
    assert sum(taken) <= 1 << 18


@pytest.mark.parametrize(
    ("url", "shown", "problem"),
    [
        ("memory://in/none.txt", "memory://in/none.txt", "does not exist (check the URL)"),
        ("memory://in/*.txt", "memory://in/*.txt", "matches no file (check the pattern)"),
        ("foo://a/b.txt", "foo://a/b.txt", "is of no kind that fsspec knows (check the URL)"),
        ("simplecache::memory://in/a.txt", "simplecache::memory://in/a.txt", "is a chain of URLs, which is not read"),
        ("https://me:word@host/a.txt?sig=word", "https://host/a.txt", "needs what is not installed here: "),
    ],
)
def test_what_cannot_be_had_is_said(url: str, shown: str, problem: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if url.startswith("https"):
        _without_a_way(monkeypatch)
    (row,) = told(url)
    assert row[1] == shown
    assert row[2].startswith(problem)
    assert "word" not in "".join(row)


def _without_a_way(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is installed here, nothing for the web is."""

    def lacking(url: str) -> None:
        raise ImportError('HTTPFileSystem requires "aiohttp" to be installed')

    monkeypatch.setattr("fsspec.core.url_to_fs", lacking)


class Shaky(MemoryFileSystem):
    """A store that is not well: says what it likes, the first times that a file is opened."""

    protocol = "shaky"
    store: ClassVar[dict[str, Any]] = {}
    pseudo_dirs: ClassVar[list[str]] = [""]
    ill: ClassVar[list[Exception]] = []

    def _open(self, *args: Any, **more: Any) -> Any:
        if self.ill:
            raise self.ill.pop(0)
        return super()._open(*args, **more)

    @classmethod
    def _strip_protocol(cls, path: str) -> str:
        return super()._strip_protocol(path.replace("shaky://", "memory://"))


@pytest.mark.parametrize(
    ("errors", "problem"),
    [
        ([TimeoutError("words of the server")] * 2, ""),
        (
            [RuntimeError("words of the server")] * 3,
            "cannot be fetched (RuntimeError): is the way to it open? try again",
        ),
        ([PermissionError("words")], "must not be read: permission denied (check the credentials)"),
    ],
)
def test_a_store_that_is_not_well_is_asked_again(
    errors: list[Exception], problem: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(urls, "_PAUSE", 0.0)
    fsspec.register_implementation("shaky", Shaky, clobber=True)
    Shaky().pipe("/in/a.txt", TEXT.encode())
    Shaky.ill[:] = errors
    (row,) = told("shaky://in/a.txt")
    assert row[2] == (problem or TEXT)
    assert Shaky.ill == []


def test_a_listing_cannot_lead_elsewhere(store: MemoryFileSystem, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a store lists outside of the folder that was asked for is no part of it."""
    store.pipe("/in/a.txt", TEXT.encode())
    store.pipe("/other/b.txt", TEXT.encode())
    real = MemoryFileSystem.ls
    monkeypatch.setattr(
        MemoryFileSystem, "ls", lambda self, path, detail=True, **more: real(self, "/in") + real(self, "/other")
    )
    assert [row[0] for row in told("memory://in")] == ["a"]


def test_a_server_that_gives_no_parts_is_said(store: MemoryFileSystem, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is read from end to end is read there, too."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        data = io.BytesIO(TEXT.encode())
        header = tarfile.TarInfo("t.txt")
        header.size = len(TEXT)
        archive.addfile(header, data)
    store.pipe("/in/a.zip", b"PK")
    store.pipe("/in/b.parquet", b"PAR1")
    store.pipe("/in/c.tar.gz", packed.getvalue())
    monkeypatch.setattr("fsspec.implementations.memory.MemoryFile.seekable", lambda self: False, raising=False)
    *none, (_, _, text) = told("memory://in")
    assert text == TEXT
    assert {row[2] for row in none} == {"is on a server that gives no parts of a file: load it down first"}


def test_paths_are_no_urls() -> None:
    assert [urls.is_url(given) for given in ("s3://b", "memory://x", "a::s3://b")] == [True] * 3
    assert [urls.is_url(given) for given in ("C:/x", "a::b.txt", "-", "letters/*.txt", "//x", "1://")] == [False] * 6
