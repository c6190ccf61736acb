"""PDFs written by hand, object by object, so that each holds exactly what a test is about."""

import zlib
from collections.abc import Iterable

A4_WIDTH = 612
Placed = tuple[float, float, str]
"""Left edge and baseline in points, and the words."""


def pdf(
    pages: Iterable[bytes], *, packing: str = "/FlateDecode", extra: Iterable[bytes] = (), trailer: str = ""
) -> bytes:
    """A PDF with the given page descriptions, already packed as ``packing`` says."""
    contents = list(pages)
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(contents)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(contents)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding >>",
    ]
    first_extra = 4 + 2 * len(contents)
    for number, content in enumerate(contents):
        resources = f"<< /Font << /F1 3 0 R >> /XObject << /X {first_extra} 0 R >> >>"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {A4_WIDTH} 792] "
            f"/Contents {5 + 2 * number} 0 R /Resources {resources} >>".encode()
        )
        objects.append(stream(content, f"/Filter {packing}" if packing else ""))
    return _assembled([*objects, *extra], trailer)


def stream(content: bytes, entries: str = "") -> bytes:
    return f"<< {entries} /Length {len(content)} >>\nstream\n".encode() + content + b"\nendstream"


def _assembled(objects: list[bytes], trailer: str) -> bytes:
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


def show(left: float, baseline: float, words: str, size: float = 12) -> bytes:
    escaped = words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT /F1 {size} Tf 1 0 0 1 {left} {baseline} Tm ({escaped}) Tj ET\n".encode("cp1252")


def placed(*words: Placed) -> bytes:
    """A packed page with words at their places, in drawing order."""
    return zlib.compress(b"".join(show(*word) for word in words))


def lines(*texts: str, top: float = 700, pitch: float = 14) -> bytes:
    """A packed page with one line below the other; an empty text leaves a line free."""
    return placed(*((72, top - pitch * number, text) for number, text in enumerate(texts) if text))


def letter(*texts: str) -> bytes:
    """A PDF of one page."""
    return pdf([lines(*texts)])


PICTURE = stream(
    bytes(16), "/Type /XObject /Subtype /Image /Width 4 /Height 4 /ColorSpace /DeviceGray /BitsPerComponent 8"
)
SCAN = zlib.compress(b"q 612 0 0 792 0 0 cm /X Do Q\n")
"""A page that shows /X; give PICTURE as the extra object."""
