"""Letters for load: as long as published ones, in all layouts, no two alike, the same ones for the same seed.

Run from the checkout::

    python -m benchmarks.generate 1000000 --processes 2 > letters.jsonl
    python -m benchmarks.generate 1000 --to letters --as text
    python -m benchmarks.generate 1000 --to letters --as pdf

What the letters say is put together from the fixtures and from the sentences of ``benchmarks/letters.py``; it need
not make sense beyond a sentence. Case numbers lie beyond all that were ever given out. The letter of a number depends
on the seed and the number alone, so that ``--first`` makes any part of a batch.
"""

import argparse
import json
import multiprocessing
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import BinaryIO

from benchmarks.compose import Composer
from benchmarks.forms import as_pages, as_text, paragraphs
from benchmarks.material import harvest

ROOT = Path(__file__).resolve().parent.parent
FIXTURES = (ROOT / "fixtures/letters", ROOT / "fixtures/across")
_AT_A_TIME = 500
"""Letters a process makes before it hands them over."""


def composer(seed: int = 1) -> Composer:
    """What makes letters out of the fixtures."""
    return Composer(harvest(FIXTURES), seed)


def letter(makes: Composer, number: int) -> tuple[str, str]:
    """Name and text of the letter of a number."""
    draft, chance = makes.draft(number)
    return f"letter-{number:07d}", as_text(paragraphs(draft, chance), chance)


def pdf_letter(makes: Composer, number: int) -> tuple[str, str]:
    """Name and source of the letter of a number as ``fixtures/make_pdf.py`` reads it."""
    draft, chance = makes.draft(number)
    return f"letter-{number:07d}", as_pages(paragraphs(draft, chance))


_MAKES: list[Composer] = []
"""What makes the letters of this process."""


def _lines(numbers: range) -> bytes:
    """So many letters as JSON Lines."""
    made = (letter(_MAKES[0], number) for number in numbers)
    return "".join(json.dumps({"id": name, "text": text}, ensure_ascii=False) + "\n" for name, text in made).encode()


def _texts(folder: Path, numbers: range) -> bytes:
    for name, text in (letter(_MAKES[0], number) for number in numbers):
        _place(folder, name, ".txt").write_text(text, "utf-8", newline="\n")
    return b""


def _pdfs(folder: Path, numbers: range) -> bytes:
    from fixtures.make_pdf import set_text  # noqa: PLC0415 (needs reportlab, a development tool)

    for name, text in (pdf_letter(_MAKES[0], number) for number in numbers):
        set_text(text, _place(folder, name, ".pdf"))
    return b""


def _place(folder: Path, name: str, suffix: str) -> Path:
    """A thousand letters a folder."""
    path = folder / name[:-3] / f"{name}{suffix}"
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def generate(
    numbers: range, seed: int, processes: int, work: Callable[[range], bytes], out: BinaryIO | None = None
) -> None:
    """Make letters in several processes; what they give is written in the order of the numbers.

    Args:
        numbers: Which letters.
        seed: Of the batch.
        processes: How many.
        work: Makes some letters.
        out: Where the bytes go that it returns.
    """
    _MAKES[:] = [composer(seed)]
    parts = (range(at, min(at + _AT_A_TIME, numbers.stop)) for at in range(numbers.start, numbers.stop, _AT_A_TIME))
    for made in _worked(parts, processes, work):
        if out is not None:
            out.write(made)


def _worked(parts: Iterator[range], processes: int, work: Callable[[range], bytes]) -> Iterator[bytes]:
    if processes < 2:
        yield from map(work, parts)
        return
    # Forked, so that the material is read once; a bounded queue, so that a slow reader does not fill the memory.
    context = multiprocessing.get_context("fork")
    with context.Pool(processes) as pool:
        waiting = [pool.apply_async(work, (part,)) for _, part in zip(range(processes * 2), parts, strict=False)]
        while waiting:
            yield waiting.pop(0).get()
            waiting += [pool.apply_async(work, (part,)) for _, part in zip(range(1), parts, strict=False)]


def main() -> None:
    """The command line."""
    options = argparse.ArgumentParser(prog="python -m benchmarks.generate", description="Letters for load.")
    options.add_argument("count", type=int, help="how many")
    options.add_argument("--first", type=int, default=1, help="number of the first")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--processes", type=int, default=1)
    options.add_argument("--as", dest="kind", choices=("jsonl", "text", "pdf"), default="jsonl")
    options.add_argument("--to", type=Path, help="file, or folder for texts and PDFs; left out: standard output")
    given = options.parse_args()
    numbers = range(given.first, given.first + given.count)
    if given.kind != "jsonl":
        if given.to is None:
            options.error("texts and PDFs need a folder: --to")
        work = partial(_texts if given.kind == "text" else _pdfs, given.to)
        generate(numbers, given.seed, given.processes, work)
    elif given.to is None:
        generate(numbers, given.seed, given.processes, _lines, sys.stdout.buffer)
    else:
        with given.to.open("wb") as out:
            generate(numbers, given.seed, given.processes, _lines, out)


if __name__ == "__main__":
    main()
