"""Find PDFs that could unpack to far more than their size, before PDFium unpacks them.

PDFium cannot be stopped or limited from within: a few kilobytes of packed page description can take gigabytes. A PDF
is *suspicious* when a stream in it, or all of them together, unpack to more than a letter needs, when streams are
packed in a way that is not followed here, or when drawings draw other drawings. Suspicious does not mean bad: large
scans are, too.
"""

import base64
import re
import zlib
from collections.abc import Iterator

_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_UNUSUAL = re.compile(
    rb"/LZW|/RunLength|/RL\b|/Crypt\b|/Fl(?:ateDecode)?[ \r\n\t]*/Fl|/Filter[ \r\n\t]*\d|/(?:F#|Fi#|Fil#|Fl#)"
)
_DRAWS = re.compile(rb"/[^\s/]{1,64}\s+Do\b")
_DICTIONARY = 1024
"""Bytes before a stream in which its dictionary is looked for."""
_MOST_STREAMS = 20_000
_DEFLATE_RATIO = 1032
"""Deflate cannot pack better than this."""
_STREAM_BYTES = 4_000_000
_TOTAL_BYTES = 64_000_000
_CHUNK = 65_536


def is_suspicious(data: bytes) -> bool:
    """Whether a PDF should be read in a process of its own, with limited memory and time."""
    if _UNUSUAL.search(data):
        return True
    total = 0
    everything = len(data) * _DEFLATE_RATIO > _TOTAL_BYTES
    for number, (dictionary, packed) in enumerate(_streams(data)):
        drawing = b"/Form" in dictionary or b"#" in dictionary
        if not (everything or drawing or len(packed) * _DEFLATE_RATIO > _STREAM_BYTES):
            continue
        unpacked = _unpack(dictionary, packed)
        total += len(unpacked)
        if number > _MOST_STREAMS or len(unpacked) > _STREAM_BYTES or total > _TOTAL_BYTES:
            return True
        if drawing and _DRAWS.search(unpacked):
            return True
    return False


def _streams(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The dictionary and the packed bytes of each stream; one without an end runs to the end of the file."""
    end = 0
    for match in _STREAM.finditer(data):
        start = match.end()
        if start > end:
            end = data.find(b"endstream", start)
            end = len(data) if end < 0 else end
        before = data[max(0, match.start() - _DICTIONARY) : match.start()]
        yield before[before.rfind(b"obj") + 1 :], data[start:end]


def _unpack(dictionary: bytes, packed: bytes) -> bytes:
    """The content of a stream, cut off soon after the most that one stream may hold."""
    if b"ASCII85" in dictionary or b"/A85" in dictionary:
        try:
            packed = base64.a85decode(packed.strip().removesuffix(b"~>"))
        except ValueError:
            return packed
    inflater = zlib.decompressobj()
    unpacked = bytearray()
    try:
        while packed and not inflater.eof and len(unpacked) <= _STREAM_BYTES:
            unpacked += inflater.decompress(packed, _CHUNK)
            packed = inflater.unconsumed_tail
    except zlib.error:
        # What came before the damage counts, as PDFium uses it; a stream that is not packed counts as it is.
        return bytes(unpacked) or packed
    return bytes(unpacked)
