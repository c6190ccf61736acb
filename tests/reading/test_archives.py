"""Archives: letters come out of them by name, and nothing that is done to one takes more than it may or goes unsaid."""

import io
import os
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checker.model.source import SourceText, Unreadable
from checker.reading import Limits, read
from tests.reading import pdfs

LETTER = "Dear reader,\n\nthe lumbar MRI is not medically necessary.\n"
SMALL = Limits(archive_ratio=10, archive_slack=10_000)
Pack = Callable[[Path, dict[str, bytes]], Path]


def zipped(folder: Path, members: dict[str, bytes]) -> Path:
    path = folder / "batch.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def tarred(folder: Path, members: dict[str, bytes], name: str = "batch.tar", mode: str = "w") -> Path:
    path = folder / name
    with tarfile.open(path, mode) as archive:  # type: ignore[call-overload]
        for member, data in members.items():
            info = tarfile.TarInfo(member)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return path


def packed_tar(folder: Path, members: dict[str, bytes]) -> Path:
    return tarred(folder, members, "batch.tar.gz", "w:gz")


PACKERS = pytest.mark.parametrize("pack", [zipped, tarred, packed_tar])


def problems(path: Path, limits: Limits | None = None) -> list[tuple[str, str]]:
    return [(x.source.removeprefix(str(path)), x.problem) for x in read([path], limits=limits) if bad(x)]


def bad(letter: object) -> bool:
    return isinstance(letter, Unreadable)


@PACKERS
def test_text_pdf_and_lines_come_out_in_the_order_of_the_archive(tmp_path: Path, pack: Pack) -> None:
    lines = b'{"id": "one", "text": "First."}\n\n{"id": "two", "text": "Second."}\n'
    members = {"b/letter.txt": LETTER.encode(), "a.pdf": pdfs.letter("Third."), "c/many.jsonl": lines}
    path = pack(tmp_path, members)
    letters = list(read([path]))
    assert [x.doc for x in letters] == ["letter", "a", "one", "two"]
    assert [x.source for x in letters] == [
        f"{path}!b/letter.txt",
        f"{path}!a.pdf",
        f"{path}!c/many.jsonl:1",
        f"{path}!c/many.jsonl:3",
    ]
    assert all(isinstance(x, SourceText) for x in letters)
    plain = tmp_path / "letter.txt"
    plain.write_text(LETTER)
    (alone,) = read([plain])
    assert isinstance(letters[0], SourceText)
    assert isinstance(alone, SourceText)
    assert (letters[0].raw, letters[0].sha256) == (alone.raw, alone.sha256)


@PACKERS
def test_what_is_no_letter_is_counted_and_said(tmp_path: Path, pack: Pack) -> None:
    members = {"a.txt": LETTER.encode(), "logo.png": b"x", ".DS_Store": b"x", "__MACOSX/._a.txt": b"x", "README": b"x"}
    said: list[str] = []
    path = pack(tmp_path, members)
    assert [x.doc for x in read([path], note=said.append)] == ["a"]
    assert said == [f"{path}: skipped 4 (not .txt, .pdf, .jsonl): 1 .png, 2 hidden, 1 without suffix"]
    nothing = pack(tmp_path, {"logo.png": b"x"})
    assert problems(nothing) == [("", "holds no letters (looked for .txt, .pdf, .jsonl in it)")]


@PACKERS
def test_names_that_lead_elsewhere_are_but_labels(tmp_path: Path, pack: Pack) -> None:
    members = {"../../out.txt": LETTER.encode(), "/etc/abs.txt": LETTER.encode(), "..\\win.txt": LETTER.encode()}
    before = sorted(tmp_path.rglob("*"))
    path = pack(tmp_path, members)
    assert sorted(x.doc for x in read([path])) == ["abs", "out", "win"]
    assert sorted(tmp_path.rglob("*")) == sorted([*before, path])


@PACKERS
def test_archives_in_archives_and_tables_are_refused(tmp_path: Path, pack: Pack) -> None:
    path = pack(tmp_path, {"in.zip": b"PK", "in.tar.gz": b"x", "t.parquet": b"PAR1", "a.txt": LETTER.encode()})
    assert problems(path) == [
        ("!in.zip", "is an archive in an archive: unpack the outer one first"),
        ("!in.tar.gz", "is an archive in an archive: unpack the outer one first"),
        ("!t.parquet", "is Parquet in an archive: unpack it first"),
    ]


@PACKERS
def test_members_beyond_the_limit_of_one_letter_or_of_their_number(tmp_path: Path, pack: Pack) -> None:
    path = pack(tmp_path, {"big.txt": os.urandom(3000), "a.txt": LETTER.encode(), "b.txt": LETTER.encode()})
    limits = Limits(text_bytes=2000)
    assert [source for source, _ in problems(path, limits)] == ["!big.txt"]
    few = list(read([path], limits=Limits(archive_members=2)))
    # The directory of a ZIP tells the number beforehand.
    assert [x.doc for x in few] == (["batch"] if pack is zipped else ["big", "a", "batch"])
    assert isinstance(few[-1], Unreadable)
    assert few[-1].problem == "holds more than 2 members: pack several archives"


@pytest.mark.parametrize("large", [False, True], ids=["zip", "zip64"])
def test_a_large_directory_is_refused_before_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, large: bool
) -> None:
    """Also where it tells fewer members than there are: its bytes are taken in all the same."""
    if large:
        monkeypatch.setattr(zipfile, "ZIP_FILECOUNT_LIMIT", 10)
    path = zipped(tmp_path, {f"{number:04}.txt": b"x" for number in range(40)})
    if not large:
        data = bytearray(path.read_bytes())
        end = data.rindex(b"PK\x05\x06")
        data[end + 8 : end + 12] = b"\x01\x00\x01\x00"
        path.write_bytes(data)
    monkeypatch.setattr(zipfile, "ZipFile", None)
    assert problems(path, Limits(archive_directory=2_000)) == [
        ("", "has a directory of 2.2 kB (limit 2 kB): pack several archives")
    ]
    if large:
        assert problems(path, Limits(archive_members=39)) == [("", "holds more than 39 members: pack several archives")]


@pytest.mark.parametrize("pack", [zipped, packed_tar])
def test_a_bomb_is_refused(tmp_path: Path, pack: Pack) -> None:
    path = pack(tmp_path, {"a.txt": LETTER.encode(), "bomb.jsonl": b'{"text": "' + b"0" * 3_000_000 + b'"}'})
    ((source, problem),) = problems(path, SMALL)
    assert source == ""
    assert problem == "unpacks to more than 10 times its size: a decompression bomb?"


def test_members_that_lie_in_each_other_count_each_time(tmp_path: Path) -> None:
    """Many names for one packed member: each is small, all together are not."""
    path = zipped(tmp_path, {"0.txt": b"0" * 9_000})
    data = path.read_bytes()
    at = data.index(b"PK\x01\x02")
    end = data.index(b"PK\x05\x06")
    entry = data[at:end]
    many = b"".join(entry.replace(b"0.txt", b"%d.txt" % (n % 10)) for n in range(500))
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 500, 500, len(many), at, 0)
    path.write_bytes(data[:at] + many + tail)
    assert problems(path, SMALL) == [("", "unpacks to more than 10 times its size: a decompression bomb?")]


def test_an_encrypted_member_is_named(tmp_path: Path) -> None:
    path = zipped(tmp_path, {"a.txt": LETTER.encode(), "b.txt": LETTER.encode()})
    data = bytearray(path.read_bytes())
    at = data.rindex(b"PK\x01\x02")
    data[at + 8] |= 1
    path.write_bytes(data)
    assert problems(path) == [("!b.txt", "is encrypted: unpack the archive with its password first")]


def test_a_member_packed_otherwise_is_named(tmp_path: Path) -> None:
    path = tmp_path / "batch.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("a.txt", LETTER)
    assert problems(path) == [("!a.txt", "is packed in a way that is not read here: pack it with deflate")]


def test_a_damaged_member_costs_itself(tmp_path: Path) -> None:
    path = zipped(tmp_path, {"a.txt": LETTER.encode() * 9, "b.txt": LETTER.encode()})
    data = bytearray(path.read_bytes())
    data[data.index(zlib.compress(LETTER.encode() * 9, 6)[2:10]) + 20] ^= 0xFF
    path.write_bytes(data)
    letters = list(read([path]))
    assert [x.doc for x in letters] == ["a", "b"]
    assert isinstance(letters[0], Unreadable)
    assert letters[0].problem.startswith("is damaged in the archive (")
    assert isinstance(letters[1], SourceText)


@pytest.mark.parametrize("cut", [512 + 200, 1024, 1024 + 512, 1024 + 700])
def test_a_tar_that_breaks_off_is_said_to(tmp_path: Path, cut: int) -> None:
    path = tarred(tmp_path, {"a.txt": LETTER.encode(), "b.txt": LETTER.encode()})
    path.write_bytes(path.read_bytes()[:cut])
    letters = list(read([path]))
    assert isinstance(letters[-1], Unreadable)
    assert letters[-1].problem.startswith("is no archive that can be read to its end (")


def test_a_broken_header_in_the_middle_of_a_tar_is_said(tmp_path: Path) -> None:
    path = tarred(tmp_path, {"a.txt": LETTER.encode(), "b.txt": LETTER.encode()})
    data = bytearray(path.read_bytes())
    data[1024 + 5] ^= 0xFF
    path.write_bytes(data)
    letters = list(read([path]))
    assert [x.doc for x in letters] == ["a", "batch"]
    assert isinstance(letters[1], Unreadable)
    assert "a header is damaged" in letters[1].problem


def test_a_link_called_like_a_letter_is_refused_and_never_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "batch.tar"
    with tarfile.open(path, "w") as archive:
        for kind, name in ((tarfile.SYMTYPE, "s.txt"), (tarfile.LNKTYPE, "l.txt"), (tarfile.CHRTYPE, "c.txt")):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
        link = tarfile.TarInfo("latest")
        link.type = tarfile.SYMTYPE
        archive.addfile(link)
    said: list[str] = []
    refused = [x.problem for x in read([path], note=said.append) if isinstance(x, Unreadable)]
    assert refused == ["is no file but a link, a device or sparse: pack the letter itself"] * 3
    assert said == [f"{path}: skipped 1 (not .txt, .pdf, .jsonl): 1 without suffix"]


@pytest.mark.parametrize("kind", [tarfile.XHDTYPE, tarfile.GNUTYPE_LONGNAME])
def test_a_header_of_many_megabytes_is_not_taken_in(tmp_path: Path, kind: bytes) -> None:
    path = tmp_path / "batch.tar"
    info = tarfile.TarInfo("x")
    info.type, info.size = kind, 8_000_000_000
    path.write_bytes(info.tobuf() + b"0" * 10_000)
    assert [problem for _, problem in problems(path)] == [
        "is no archive that can be read to its end (a header is too long): pack it again"
    ]


def test_a_folder_opens_its_archives(tmp_path: Path) -> None:
    zipped(tmp_path, {"a.txt": LETTER.encode()})
    packed_tar(tmp_path, {"a.txt": LETTER.encode()})
    assert [x.doc for x in read([tmp_path])] == ["a", "a~2"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    which=st.sampled_from([zipped, tarred, packed_tar]),
    cut=st.none() | st.integers(0, 4000),
    flips=st.lists(st.tuples(st.integers(0, 20_000), st.integers(1, 255)), max_size=12),
)
def test_no_damage_stops_the_reading(
    tmp_path: Path, which: Pack, cut: int | None, flips: list[tuple[int, int]]
) -> None:
    members = {f"{n}.txt": LETTER.encode() * n for n in range(1, 6)} | {"m.jsonl": b'{"id": "x", "text": "y"}\n' * 3}
    path = which(tmp_path, members)
    data = bytearray(path.read_bytes()[:cut])
    for place, mask in flips:
        if data:
            data[place % len(data)] ^= mask
    path.write_bytes(data)
    letters = list(read([path], limits=SMALL))
    assert letters
    assert all(x.source.startswith(str(path)) for x in letters)
    assert all(x.problem.isprintable() for x in letters if isinstance(x, Unreadable))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.sampled_from(["b.zip", "b.tar", "b.tgz"]), data=st.binary(max_size=600))
def test_no_bytes_stop_the_reading(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    assert [type(x) for x in read([tmp_path / name])] == [Unreadable]
