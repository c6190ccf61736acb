"""How much of one input is taken in before it is refused."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Upper bounds for one letter; a letter beyond one of them is unreadable, the others go on.

    A determination has 3 to 15 kB of text, 2 to 6 pages and, as a PDF, 20 to 300 kB: the defaults leave room for
    anything that could be one.

    Attributes:
        text_bytes: Size of a text file, and of the text of one row of JSON Lines or Parquet, in bytes.
        pdf_bytes: Size of a PDF file in bytes.
        pdf_pages: Number of pages of a PDF.
        pdf_text: Number of code points in the text of a PDF.
        pdf_memory: Address space in bytes of the process that reads a suspicious PDF (where the system can limit it).
        pdf_seconds: Seconds that process may take.
        parquet_group_bytes: Unpacked size in bytes of the columns of one Parquet row group.
        archive_members: Members of one archive, whatever they are.
        archive_directory: Bytes of the directory of a ZIP archive, which has to be in memory before its first member;
            there it takes some ten times as much.
        archive_ratio: How many times its own size an archive, or a member of one, may unpack to.
        archive_slack: Bytes that it may unpack to beyond that.
    """

    text_bytes: int = 20_000_000
    pdf_bytes: int = 50_000_000
    pdf_pages: int = 500
    pdf_text: int = 2_000_000
    pdf_memory: int = 1_000_000_000
    pdf_seconds: float = 20.0
    parquet_group_bytes: int = 1_000_000_000
    archive_members: int = 5_000_000
    archive_directory: int = 150_000_000
    archive_ratio: int = 100
    archive_slack: int = 10_000_000

    def archive_bytes(self, packed: int) -> int:
        """Bytes that so many packed bytes may unpack to."""
        return packed * self.archive_ratio + self.archive_slack


def size(count: int) -> str:
    """A number of bytes for a person: ``20 MB``, ``1.5 kB``."""
    for unit, name in ((1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "kB")):
        if count >= unit:
            return f"{count / unit:.1f}".removesuffix(".0") + f" {name}"
    return f"{count} bytes"
