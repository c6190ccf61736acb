"""Good inputs to begin with, and pieces that mean something to what reads them."""

import io
import json
import tarfile
import zipfile
from collections.abc import Iterable

import pyarrow as pa
import pyarrow.parquet as pq

from checker.batch.jsonlines import json_line
from tests.fixtures.expected import LETTERS
from tests.reading.pdfs import pdf
from tests.review.statements import statement

_WORDS = (
    "no|not documented|without|denies|pain relief|function|Norco 10/325mg #90|opioids|the patient|left knee|12/3/2014|"
    "7/10|1,111|sixty|since 2010|if|however|;|(|)|\"|'|. . .|:|Upheld|Overturned|is medically necessary|"
    "Decision based on MTUS |Page(s): 99-3 of 1|Section(s): |Decision rationale: |Date of Injury: |CM14-0990113|\n\n"
)
_SIGNS = (
    "\ufeff", "\ufffe", "\u00ad", "\ufb01", "\u2028", "\x85", "\f", "\v", "\r\n", "\r", "\0", "\x1b[31m", "\u202e",
    "\u0130", "\U0001f600", "-\n", "\n\n\n\n", "\t",
)  # fmt: skip
ODD = (
    *(sign.encode() for sign in _SIGNS),
    b"\xff\xfe",
    b"\x80",
    b"\xed\xa0\x80",
    b"%PDF-1.4\n",
    b"PAR1",
    b"PK\x03\x04",
)
FORM = tuple(word.encode() for word in _WORDS.split("|")) + tuple(
    heading.encode()
    for heading in "CLINICAL CASE SUMMARY\n|IMR ISSUES, DECISIONS AND RATIONALES\n|ISSUE AT DISPUTE: 1. |"
    "1) Regarding the request for |DOCUMENTS REVIEWED\n|MEDICAL PROFESSIONAL REVIEW\n|Case Summary:\n|"
    "RATIONALE FOR WHY THE REQUESTED TREATMENT/SERVICE IS/WAS NOT MEDICALLY NECESSARY:\n|MAXIMUS guideline: ".split("|")
)
PROSE = (*FORM[:32], b"\xc4\xb0", b"\xef\xac\x81", b"\xe2\x80\xa8", b"9" * 40, b"99/99/9999", b"#" + b"9" * 30)
PDF = (
    b"endstream",
    b"stream\n",
    b"endobj",
    b"/FlateDecode",
    b"/LZWDecode",
    b"/ObjStm",
    b"/Count 99999999",
    b"xref",
    b"trailer",
    b"<<",
    b">>",
    b"/Kids [4 0 R 4 0 R]",
    b"/Parent 4 0 R",
    b" Tj",
    b"0 0 Td",
    b"%%EOF",
    b"/Length -1",
    b"()",
)
JSON = (
    b"{",
    b"}",
    b"[",
    b'"',
    b":",
    b",",
    b"\n",
    b"null",
    b"NaN",
    b"1e999",
    b"-0",
    b"9" * 5000,
    b"\\ud800",
    b"\\u0000",
    b'"id": ',
    b'"text": ',
    b'"item": -1',
    b'"schema": 2',
    b"[" * 3000,
    b'{"a":' * 2000,
    b"\xff",
    b"\xef\xbb\xbf",
    b"true",
)
YAML = (
    b": ",
    b"- ",
    b"\n",
    b"  ",
    b"{",
    b"}",
    b"[",
    b"]",
    b"&a ",
    b"*a",
    b"!!python/object:os.system ",
    b"<<: *a\n",
    b"|\n",
    b"#",
    b'"',
    b"'",
    b"\t",
    b"?",
    b"%YAML 9.9\n",
    b"---\n",
    b"...\n",
    b"null",
    b"9" * 400,
    b"2009-13-45",
    b"{{ ",
    b" }}",
    b"any:\n",
    b"all: []\n",
    b"\x85",
    b"\xe2\x80\xa8",
    b"[" * 200,
    b"message: ",
    b"flag_when: ",
    b"{" * 60,
)
JINJA = (
    b"{{ ",
    b" }}",
    b"{% if ",
    b" %}",
    b"{% endif %}",
    b"{% for x in because %}",
    b"item.visits",
    b"because",
    b"__class__",
    b"|join(',')",
    b"|replace('a', 'b' * 9)",
    b'parameter("walks.total_max")',
    b".mro()",
    b"['__init__']",
    b"** 99",
    b"~",
    b"{# ",
    b" #}",
    b"{% set x = 1 %}",
    b"{% include 'x' %}",
    b"|upper",
    b"|round",
    b"(",
    b")",
    b"9" * 99,
    b"[::-1]",
    b"(" * 900,
    b"|join('ab')" * 9,
)
MESSAGES = (
    b"{{ item.label }}: {{ item.visits }} visits.",
    b"{% if item.visits > 3 %}More than {{ parameter('walks.total_max') }}{% else %}Few{% endif %}",
    b"{{ because|join(', ')|upper }} {{ item.label|replace('a', 'b') }}",
)


def pdfs() -> Iterable[bytes]:
    """The PDF fixtures, and small ones written by hand."""
    yield from (path.read_bytes() for path in sorted(LETTERS.glob("*.pdf")))
    yield pdf([b"BT /F1 12 Tf 72 700 Td (Norco 10 mg: Upheld) Tj ET"], packing="")


def rows() -> Iterable[bytes]:
    """Lines of JSON."""
    yield (LETTERS / "batch.jsonl").read_bytes()[:6000]
    yield b'{"id": "a", "text": "He fell."}\n{"id": 7, "text": "She fell."}\n\n{"text": "x"}\n'


def tables() -> Iterable[bytes]:
    """Parquet, with and without packing."""
    table = pa.table({"id": ["a", "b", None], "text": ["He fell.", "She fell.", None]})
    for compression in ("none", "snappy", "zstd"):
        out = io.BytesIO()
        pq.write_table(table, out, compression=compression, row_group_size=2)
        yield out.getvalue()


_MEMBERS = {"a.txt": b"He fell.", "b/c.txt": b"She fell.", "d.jsonl": b'{"id": 1, "text": "x y"}\n', "../e.txt": b"no"}


def zips() -> Iterable[bytes]:
    """ZIP archives."""
    for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", method) as archive:
            for name, content in _MEMBERS.items():
                archive.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), content, method)
        yield out.getvalue()


def tars() -> Iterable[bytes]:
    """Tar archives."""
    for kind in (tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT):
        out = io.BytesIO()
        with tarfile.open(fileobj=out, mode="w", format=kind) as archive:
            for name, content in _MEMBERS.items():
                info = tarfile.TarInfo(name)
                info.size = len(content)
                archive.addfile(info, io.BytesIO(content))
        yield out.getvalue()


def statements() -> Iterable[bytes]:
    """A file of verdicts."""
    yield json_line(statement().record()).encode() * 2


def baselines() -> Iterable[bytes]:
    """A baseline."""
    head = {"schema": 1, "program": "imrcheck", "kind": "baseline", "tool": "0.1", "rules": "ab"}
    entry = {"doc": "a", "source": "a.txt", "sha256": "cd" * 32, "item": 1, "code": "DEC001", "rule": "DEC001"}
    entry |= {"severity": "error", "fingerprint": "ab" * 32}
    yield f"{json.dumps(head)}\n{json.dumps(entry)}\n".encode()


def suppressions() -> Iterable[bytes]:
    """A file of suppressions."""
    yield (
        b"schema: 1\nsuppressions:\n  - code: DEC001\n    doc: a\n    reason: It was agreed on.\n    owner: A.R.\n"
        b"    expires: 2027-01-01\n"
    )
