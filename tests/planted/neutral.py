"""Edits that must change nothing: how a text is set, not what it says."""

import random
import re
import textwrap
from collections.abc import Callable, Mapping

_WORKERS = ("patient", "claimant", "applicant", "injured worker")
_SLASHED = re.compile(r"\b(?P<month>0?[1-9]|1[0-2])/(?P<day>0?[1-9]|[12]\d|3[01])/(?P<year>(?:19|20)\d\d)\b")
_REASONS = re.compile(r"\s*(?:(?:The Physician Reviewer's d|D)ecision rationale:|Rationale for the Decision:)")
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


def _told(text: str, edit: Callable[[str], str]) -> str:
    """Prose and reasons edited, headings, labels and tables left alone."""
    return "\n\n".join(edit(p) if _is_prose(p) or _REASONS.match(p) else p for p in _paragraphs(text))


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
    return _told(text, lambda p: _SLASHED.sub(lambda m: m.group().replace("/", "-"), p))


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


_NUMBERS = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_COUNTED = r"(?:visits|sessions|treatments|weeks|months|days|years|injections)\b"
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_BRITISH = {
    "behavior": "behaviour", "behaviors": "behaviours", "behavioral": "behavioural", "tumor": "tumour",
    "edema": "oedema", "anemia": "anaemia", "color": "colour", "favorable": "favourable", "program": "programme",
    "programs": "programmes", "center": "centre", "localized": "localised", "recognized": "recognised",
    "authorized": "authorised", "stabilized": "stabilised", "tranquilizer": "tranquilliser", "judgment": "judgement",
    "labor": "labour", "orthopedic": "orthopaedic", "fulfill": "fulfil", "gray": "grey",
}  # fmt: skip


def numbers_as_digits(text: str) -> str:
    """Six visits as 6 visits."""
    words = "|".join(_NUMBERS[1:])
    pattern = re.compile(rf"\b({words})(?=\s+{_COUNTED})", re.IGNORECASE)
    return _told(text, lambda p: pattern.sub(lambda m: str(_NUMBERS.index(m[1].lower())), p))


def numbers_as_words(text: str) -> str:
    """6 visits as six visits."""
    pattern = re.compile(rf"(?<![\d/.:#-])\b([2-9]|1[0-2])(?=\s+{_COUNTED})")
    return _told(text, lambda p: pattern.sub(lambda m: _NUMBERS[int(m[1])], p))


def named_months(text: str) -> str:
    """01/02/2015 as January 2, 2015 in prose."""

    def spelled(match: re.Match[str]) -> str:
        return f"{_MONTHS[int(match['month']) - 1]} {int(match['day'])}, {match['year']}"

    return _told(text, lambda p: _SLASHED.sub(spelled, p))


def _spelled(match: re.Match[str]) -> str:
    new = _BRITISH[match[0].lower()]
    return new.capitalize() if match[0][0].isupper() else new


def british(text: str) -> str:
    """Behavior as behaviour, in the summary and the reasons; titles of guidelines keep their own spelling."""
    pattern = re.compile(r"\b(" + "|".join(_BRITISH) + r")\b", re.IGNORECASE)
    return _told(text, lambda p: pattern.sub(_spelled, p))


def capital_requests(text: str) -> str:
    """The heading of an item in capitals; the outcome keeps its form."""
    return re.sub(
        r"^(?P<request>[^:\n]{4,90}): (?P<outcome>Upheld|Overturned)(?= ?$)",
        lambda m: f"{m['request'].upper()}: {m['outcome']}",
        text,
        flags=re.MULTILINE,
    )


def broken_at_hyphens(text: str) -> str:
    """A line ends behind the hyphen of a compound word."""
    return _told(text, lambda p: re.sub(r"(?<=[a-z]{3})-(?=[a-z]{3})", "-\n", p, count=2))


def long_dashes(text: str) -> str:
    """Ranges of numbers with a long dash, and a dash between clauses."""
    return re.sub(r"(?<=\b\d)-(?=\d{1,2}\b(?![-/]))", "\u2013", text)


def ligatures(text: str) -> str:
    """The signs for ffi, fi and fl that a PDF may hold."""
    return _told(text, lambda p: p.replace("ffi", "\ufb03").replace("fi", "\ufb01").replace("fl", "\ufb02"))


def blanks_at_line_ends(text: str) -> str:
    """A blank before each line end, as extractions leave it."""
    return re.sub(r"(?<=\S)\n", " \n", text)


NEUTRAL: Mapping[str, Callable[[str], str]] = {
    "rewrapped at 60": rewrapped(60),
    "rewrapped at 110": rewrapped(110),
    "another word for the worker": other_word_for_the_worker,
    "dates padded or not": padded_dates,
    "dates with hyphens": dashed_dates,
    "typographic quotes": curly,
    "hard blanks": hard_blanks,
    "two blanks after a full stop": double_blanks,
    "numbers as digits": numbers_as_digits,
    "numbers as words": numbers_as_words,
    "months by name": named_months,
    "British spelling": british,
    "request in capitals": capital_requests,
    "broken at hyphens": broken_at_hyphens,
    "long dashes in ranges": long_dashes,
    "ligatures": ligatures,
    "blanks at line ends": blanks_at_line_ends,
    "page break, first": page_break(1),
    "page break, second": page_break(2),
    "page break, third": page_break(3),
    "rewrapped at 78": rewrapped(78),
}
