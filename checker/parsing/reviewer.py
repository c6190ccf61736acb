"""What the letter says of the reviewer: licensure and specialties, from the credentials block or from prose."""

import re

from checker.model.determination import Reviewer
from checker.parsing.view import View

_BLOCK_LABEL = re.compile(r"\s?\(?s?\)?\s?/?\s?(?:Specialt(?:y|ies)\s*)?:", re.IGNORECASE)
_STOP = re.compile(
    r"\n|State\(?s?\)? of Licensure|Certification\(?s?\)?\s?/|\b[A-Z]{4,}(?: [A-Z]{4,})+|The Expert Reviewer\b"
)
_END_OF_NAMES = r"(?=,? (?:and )?(?:has|is|with|who)\b|,? and (?:is|has)\b|[.;]|$)"
_NAMES = re.compile(rf"\s(?P<what>[^.;]{{2,160}}?){_END_OF_NAMES}", re.IGNORECASE)
_CERTIFIED = ("board certified in", "board-certified in")
_SUBSPECIALTY = (
    "has a subspecialty in",
    "has a subspecialty certification in",
    "has a specialty in",
    "with a subspecialty in",
    "with a subspecialty certification in",
    "with added qualifications in",
    "has added qualifications in",
)
_LICENSED_IN = ("licensed to practice in", "licensed to practice medicine in")
_LICENSED_AS = re.compile(
    r"is a (?:licensed )?(?P<what>(?:doctor of )?"
    r"(?:chiropract(?:or|ic)|psychologist|acupuncturist|podiatrist|dentist|optometrist))\b"
)
_STATES = re.compile(r"\s*(?:,|;|\band\b|&)\s*")
_COMMA = re.compile(r"\s*[,;]\s*")
_LONGEST_VALUE = 400


def read_reviewer(view: View) -> Reviewer:
    """The reviewer's licensure and specialties; empty where the letter says nothing."""
    licensure = _block(view, "of licensure", _STATES)
    specialties = _block(view, "certification(s)/specialty", _COMMA) or _block(view, "certification", _COMMA)
    if licensure or specialties:
        return Reviewer(licensure, specialties)
    return Reviewer(_after(view, _LICENSED_IN, _STATES), _specialties(view))


def _block(view: View, label: str, split: re.Pattern[str]) -> tuple[str, ...]:
    """The names after a label of the credentials block, with its colon."""
    at = view.low.find(label)
    colon = _BLOCK_LABEL.match(view.flat, at + len(label)) if at >= 0 else None
    if colon is None:
        return ()
    start = colon.end()
    stop = _STOP.search(view.text, start + 1, start + _LONGEST_VALUE)
    return _names(view.words(start, stop.start() if stop else start + _LONGEST_VALUE), split)


def _after(view: View, openings: tuple[str, ...], split: re.Pattern[str]) -> tuple[str, ...]:
    """The names after the first of the openings that the letter holds."""
    for opening in openings:
        at = view.low.find(opening)
        match = _NAMES.match(view.flat, at + len(opening)) if at >= 0 else None
        if match:
            return _names(match["what"], split)
    return ()


def _specialties(view: View) -> tuple[str, ...]:
    found = [*_after(view, _CERTIFIED, _COMMA), *_after(view, _SUBSPECIALTY, _COMMA)]
    at = view.low.find("reviewer is a ")
    licensed = _LICENSED_AS.search(view.low, at, at + 80) if at >= 0 and not found else None
    if licensed:
        found.append(licensed["what"].title())
    return tuple(dict.fromkeys(found))


def _names(text: str, split: re.Pattern[str]) -> tuple[str, ...]:
    return tuple(name for piece in split.split(" ".join(text.split())) if (name := piece.strip(" .,")))
