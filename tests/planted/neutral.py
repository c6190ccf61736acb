"""Edits that must change nothing: how a text is set, not what it says."""

import random
import re
import textwrap
from collections.abc import Callable, Mapping

_WORKERS = ("patient", "claimant", "applicant", "injured worker")
_SLASHED = re.compile(r"\b(?P<month>0?[1-9]|1[0-2])/(?P<day>0?[1-9]|[12]\d|3[01])/(?P<year>(?:19|20)\d\d)\b")
_LEAST = 60


def _paragraphs(text: str) -> list[str]:
    return text.split("\n\n")


def _is_prose(paragraph: str) -> bool:
    """A paragraph that may be set anew: no heading, no label, no table."""
    folded = " ".join(paragraph.split())
    lines = paragraph.strip().splitlines()
    filled = all(len(line.strip()) > _LEAST for line in lines[:-1])  # a short line stands by itself
    return len(folded) > _LEAST and ":" not in folded and not folded.isupper() and filled


def _is_raw(text: str) -> bool:
    """An extraction that leaves an empty line after each line: its paragraphs are not marked."""
    lines = [len(p.strip().splitlines()) for p in _paragraphs(text) if p.strip()]
    return sum(count == 1 for count in lines) > len(lines) * 2 // 3


def rewrapped(width: int) -> Callable[[str], str]:
    """Prose broken at another width."""

    def edit(text: str) -> str:
        if _is_raw(text):
            return text
        return "\n\n".join(
            "\n".join(textwrap.wrap(" ".join(p.split()), width, break_on_hyphens=False)) if _is_prose(p) else p
            for p in _paragraphs(text)
        )

    return edit


def other_word_for_the_worker(text: str) -> str:
    """The patient becomes the claimant, and the claimant the applicant."""

    def swap(match: re.Match[str]) -> str:
        word = "claimant" if match["word"].lower() != "claimant" else "applicant"
        return f"{match['the']} {word}"

    words = "|".join(_WORKERS)
    return re.sub(rf"\b(?P<the>[Tt]he|[Tt]his)\s+(?P<word>{words})\b", swap, text)


def padded_dates(text: str) -> str:
    """1/2/2015 as 01/02/2015, and the other way round."""

    def swap(match: re.Match[str]) -> str:
        month, day = int(match["month"]), int(match["day"])
        padded = f"{month:02}/{day:02}/{match['year']}"
        return f"{month}/{day}/{match['year']}" if padded == match.group() else padded

    return _SLASHED.sub(swap, text)


def dashed_dates(text: str) -> str:
    """01/02/2015 as 01-02-2015 in prose."""
    return "\n\n".join(
        _SLASHED.sub(lambda m: m.group().replace("/", "-"), p) if _is_prose(p) else p for p in _paragraphs(text)
    )


def curly(text: str) -> str:
    """Typographic apostrophes and quotation marks."""
    return re.sub(r'"([^"\n]*)"', "“\\1”", text.replace("'", "’"))


def hard_blanks(text: str) -> str:
    """No-break blanks between a number and its unit."""
    return re.sub(r"(?<=\d) (?=mg\b|weeks\b|visits\b|sessions\b)", "\u00a0", text)


def double_blanks(text: str) -> str:
    """Two blanks after each full stop."""
    return re.sub(r"\. (?=[A-Z])", ".  ", text)


def page_break(seed: int) -> Callable[[str], str]:
    """A page ends in the middle of a sentence."""

    def edit(text: str) -> str:
        places = [m.start() for m in re.finditer(r"(?<=[a-z]) (?=[a-z])", text)]
        if not places:
            return text
        at = random.Random(seed).choice(places[len(places) // 3 :])  # noqa: S311
        return f"{text[:at]} \n\n\f{text[at + 1 :]}"

    return edit


NEUTRAL: Mapping[str, Callable[[str], str]] = {
    "rewrapped at 60": rewrapped(60),
    "rewrapped at 110": rewrapped(110),
    "another word for the worker": other_word_for_the_worker,
    "dates padded or not": padded_dates,
    "dates with hyphens": dashed_dates,
    "typographic quotes": curly,
    "hard blanks": hard_blanks,
    "two blanks after a full stop": double_blanks,
    "page break, first": page_break(1),
    "page break, second": page_break(2),
}
