"""Letters are untrusted: characters that hide, reorder or steer a terminal are shown as what they are, "[RLO]"."""

import re
import unicodedata

from markupsafe import Markup, escape

_NAMES = {
    "\u00ad": "SHY",
    "\u061c": "ALM",
    "\u200b": "ZWSP",
    "\u200c": "ZWNJ",
    "\u200d": "ZWJ",
    "\u200e": "LRM",
    "\u200f": "RLM",
    "\u2028": "LSEP",
    "\u2029": "PSEP",
    "\u202a": "LRE",
    "\u202b": "RLE",
    "\u202c": "PDF",
    "\u202d": "LRO",
    "\u202e": "RLO",
    "\u2066": "LRI",
    "\u2067": "RLI",
    "\u2068": "FSI",
    "\u2069": "PDI",
    "\ufeff": "BOM",
    "\x00": "NUL",
    "\x07": "BEL",
    "\x08": "BS",
    "\x1b": "ESC",
    "\x7f": "DEL",
}

# White space that a page break or a table leaves behind (tab, line and form feed, return) stays white space.
_HIDDEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\uffff"
    "\u180e\ud800-\udfff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_CONTROLS = bytes(code for code in range(128) if _HIDDEN.match(chr(code)))
_RUNNERS_COMMAND = re.compile(r"##(?=[a-z]{0,20}\[)", re.IGNORECASE)
_REPLACEMENT = "\ufffd"


def _name(character: str) -> str:
    return _NAMES.get(character) or f"U+{ord(character):04X}"


def _bracketed(match: re.Match[str]) -> str:
    character = match.group()
    return character if character == _REPLACEMENT else f"[{_name(character)}]"


def _all_seen(text: str) -> bool:
    """Whether no character of the text is hidden."""
    if not text.isascii():
        return _HIDDEN.search(text) is None
    held = text.encode("ascii")  # nearly every text of a letter: ten times as fast as looking for them one by one
    return len(held.translate(None, _CONTROLS)) == len(held)


def plain(text: str) -> str:
    """The text with each hidden character as its name in brackets; for terminals, attributes and data files."""
    return text if _all_seen(text) else _HIDDEN.sub(_bracketed, text)


def folded(text: str) -> str:
    """The same on one line: white space of any kind becomes one blank."""
    return " ".join(plain(text).split())


def as_log(line: str) -> str:
    """A line that no runner of a pipeline takes for a command, as a file called ``::stop-commands::x`` would have it.

    GitHub listens to ``::`` at the beginning of a line, after white space too, and to ``##[`` wherever it stands; Azure
    and TeamCity to ``##vso[`` and ``##teamcity[``.
    """
    told = _RUNNERS_COMMAND.sub("## ", line)
    return f"- {told}" if told.lstrip().startswith("::") else told


def shortened(text: str, width: int) -> str:
    """The folded text, cut at a word to at most ``width`` characters; the cut shows as an ellipsis."""
    line = folded(text[: 4 * width])
    if len(line) <= width:  # all of it, or nearly all of its beginning is white space
        line = folded(text)
    if len(line) <= width:
        return line
    head = line[: width - 1]
    at = head.rfind(" ")
    return (head[:at] if at > width // 2 else head).rstrip(" ,;:") + "…"


def markup(text: str) -> Markup:
    """The text escaped for HTML, each hidden character as a small label that assistive technology reads too."""
    if _all_seen(text):
        return escape(text)
    out: list[str] = []
    at = 0
    for match in _HIDDEN.finditer(text):
        out.append(str(escape(text[at : match.start()])))
        character = match.group()
        if character == _REPLACEMENT:
            out.append(character)
        else:
            described = unicodedata.name(character, _name(character)).lower()
            out.append(f'<b class="hidden-character" title="{escape(described)}">[{_name(character)}]</b>')
        at = match.end()
    out.append(str(escape(text[at:])))
    return Markup("".join(out))  # noqa: S704 - every piece above is escaped or a constant
