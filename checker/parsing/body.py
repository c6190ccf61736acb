"""Body parts of a request, with the side carried over a list: "left shoulder, wrist and hip"."""

import re

from checker.knowledge.lexicon import BodyMention, Lexicon
from checker.parsing.slices import Range
from checker.parsing.view import View

_LEVEL = re.compile(
    r"\b(?P<region>[CTLS])\s?-?(?P<number>\d{1,2})(?:\s?(?:-|–|/|to|through|and|,)\s?(?:[CTLS]\s?-?)?\d{1,2})*\b"
)
_REGIONS = {"C": "cervical spine", "T": "thoracic spine", "L": "lumbar spine", "S": "lumbar spine"}
_HIGHEST = {"C": 8, "T": 12, "L": 5, "S": 5}
_LIST = re.compile(r"[\s,/&+]*(?:and|or)?[\s,/&+]*")
_SPINAL = frozenset({"cervical-spine", "thoracic-spine", "lumbar-spine", "thoracolumbar-spine", "back", "spine"})


def body_parts(view: View, at: Range, lexicon: Lexicon) -> tuple[str, ...]:
    """The body parts named in the range, in order, each once; spinal levels where no part of the spine is named."""
    text = view.flat[slice(*at)]
    named: list[str] = []
    before: BodyMention | None = None
    side = ""
    mentions = lexicon.body_parts_in(text)
    for mention in mentions:
        joined = before is not None and _LIST.fullmatch(text[before.end : mention.start]) is not None
        side = mention.side or (side if joined and _sided(mention) else "")
        name = f"{side} {mention.part}" if side and _sided(mention) else mention.part
        if name not in named:
            named.append(name)
        before = mention
    if not any(mention.entry in _SPINAL for mention in mentions):
        named.extend(region for region in _levels(text) if region not in named)
    return tuple(named)


def _sided(mention: BodyMention) -> bool:
    return mention.entry not in _SPINAL


def _levels(text: str) -> list[str]:
    """The regions of the spine that levels such as "L4-5" name."""
    regions: list[str] = []
    for match in _LEVEL.finditer(text):
        letter = match["region"]
        if 1 <= int(match["number"]) <= _HIGHEST[letter] and _REGIONS[letter] not in regions:
            regions.append(_REGIONS[letter])
    return regions
