"""No sentence of the letters that are kept beside the checkout for measuring may stand in the project.

Compared are sequences of twelve words, case and punctuation ignored, outside the fixed text of the form and outside
the titles of guideline sections.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest

from tests.hygiene.tree import ROOT, project_files

SHARED = ROOT.parent / "shared"
LENGTH = 12
BREAK = "|"
WORD = re.compile(r"[a-z0-9]+")
HEADING = re.compile(r"^\s*(?:- )?heading: (.+)$", re.MULTILINE)

Shingle = tuple[str, ...]


def words(text: str) -> list[str]:
    """Lower-case words of a text; line ends after a hyphen join what they part."""
    return WORD.findall(re.sub(r"(?<=\w)-\s+(?=\w)", "-", text).lower())


def titles() -> Iterator[str]:
    """Titles of guideline sections as the project's own indexes give them; a longer text is no title."""
    for path in sorted((ROOT / "rules/guidelines").glob("*.yaml")):
        for title in HEADING.findall(path.read_text(encoding="utf-8")):
            if 3 <= len(words(title)) <= 24:
                yield title


def form_pattern() -> re.Pattern[str]:
    """Matches each segment of the form and each title, the longest first, in a text of words parted by blanks."""
    lines = (ROOT / "tests/hygiene/form-text.txt").read_text(encoding="utf-8").splitlines()
    fixed = [line for line in lines if line and not line.startswith("#")]
    segments = {" ".join(words(line)) for line in (*fixed, *titles())}
    longest_first = sorted(segments, key=lambda segment: (-len(segment), segment))
    return re.compile(r"\b(?:" + "|".join(map(re.escape, longest_first)) + r")\b")


FORM = form_pattern()


def shingles(text: str) -> set[Shingle]:
    """Every sequence of twelve words that holds nothing of the form."""
    own_words = FORM.sub(BREAK, " ".join(words(text))).split(BREAK)
    found: set[Shingle] = set()
    for stretch in own_words:
        tokens = stretch.split()
        found.update(tuple(tokens[at : at + LENGTH]) for at in range(len(tokens) - LENGTH + 1))
    return found


def pdf_text(path: Path) -> str:
    """Text of a PDF, page after page; none where it is broken, as one of the hostile fixtures is."""
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError:
        return ""
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def text_of(path: Path) -> str:
    """Text of a file as a reader would see it."""
    if path.suffix == ".pdf":
        return pdf_text(path)
    text = path.read_text(encoding="utf-8", errors="replace")
    if path.suffix == ".jsonl":
        return "\n".join(strings(json.loads(line)) for line in text.splitlines() if line.strip().startswith("{"))
    return text


def strings(value: object) -> str:
    """All strings inside a JSON value, parted so that no shingle crosses from one to the next."""
    if isinstance(value, str):
        return value
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return f" {BREAK} ".join(strings(each) for each in inner)


def letters() -> Iterator[Path]:
    for folder in ("seeds", "corpus/dev", "corpus/historic", "corpus/foreign", "gold"):
        yield from sorted(path for path in (SHARED / folder).iterdir() if path.suffix in {".txt", ".pdf", ".jsonl"})


def test_shingles_ignore_case_punctuation_line_ends_and_the_form() -> None:
    ours = "one two three four five six seven eight nine ten eleven twelve"
    assert shingles(ours) == {tuple(ours.split())}
    assert shingles("One, two (three)\nfour five six\n\nSEVEN eight nine ten eleven. Twelve") == shingles(ours)
    assert shingles("one two three four five six\nDecision rationale: seven eight nine ten eleven twelve") == set()


def test_a_copied_sentence_would_be_found() -> None:
    sentence = "The quick worker lifted the heavy box over the tall fence and strained his lower back again."
    assert shingles(f"Before that nothing happened. {sentence}") & shingles(f"{sentence.upper()} After that, rest.")


@pytest.mark.corpus
@pytest.mark.skipif(not SHARED.is_dir(), reason="the letters for measuring are not beside this checkout")
def test_nothing_of_the_letters_for_measuring_stands_in_the_project() -> None:
    theirs: set[Shingle] = set()
    for path in letters():
        theirs |= shingles(text_of(path))
    assert len(theirs) > 50_000, "the letters for measuring could not be read"
    copies = {}
    for path in project_files():
        if common := shingles(text_of(path)) & theirs:
            copies[str(path.relative_to(ROOT))] = " ".join(min(common))
    assert not copies, f"copied, twelve words at least: {copies}"
