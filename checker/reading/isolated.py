"""Read a PDF here or, when it is suspicious, in a process of its own with limited memory and time."""

import json
import subprocess
import sys

from checker.reading.bombs import is_suspicious
from checker.reading.limits import Limits, size
from checker.reading.pdf import PdfError, open_and_read

_REFUSED = 3


def texts_of_pdf(data: bytes, limits: Limits) -> tuple[list[str], tuple[str, ...]]:
    """The text of each page of a PDF and what was odd about it, one line each.

    Raises:
        PdfError: The PDF cannot be read; the message says in one line why.
    """
    return _apart(data, limits) if is_suspicious(data) else open_and_read(data, limits)


def _apart(data: bytes, limits: Limits) -> tuple[list[str], tuple[str, ...]]:
    settings = json.dumps([limits.pdf_pages, limits.pdf_text, limits.pdf_memory])
    try:
        # -P: nothing is imported from the working folder, which may hold anything.
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-P", "-m", "checker.reading.isolated", settings],
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=limits.pdf_seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise PdfError(
            f"takes more than {limits.pdf_seconds:g} seconds to unpack: damaged or a decompression bomb"
        ) from None
    if done.returncode == 0:
        pages, problems = json.loads(done.stdout)
        return pages, tuple(problems)
    if done.returncode == _REFUSED:
        raise PdfError(done.stdout.decode("utf-8"))
    raise PdfError(f"needs more than {size(limits.pdf_memory)} of memory to unpack: damaged or a decompression bomb")


def _limit_memory(most: int) -> None:
    try:
        import resource  # noqa: PLC0415 (not on Windows)
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> int:
    """Read one PDF from standard input and print pages and problems as JSON; 3 and the reason if it is refused."""
    pages, text, memory = json.loads(sys.argv[1])
    _limit_memory(memory)
    data = sys.stdin.buffer.read()
    try:
        found = open_and_read(data, Limits(pdf_pages=pages, pdf_text=text))
    except PdfError as error:
        sys.stdout.buffer.write(str(error).encode("utf-8"))
        return _REFUSED
    sys.stdout.buffer.write(json.dumps(found).encode("ascii"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
