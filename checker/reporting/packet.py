"""The report of a run as one file that can be sent: summary and letters one behind the other, readable without script.

It is put together from the pages of the report, so that it says what they say. Each page keeps its links inside the
file; a link to what is not in the file becomes plain words.
"""

import base64
import hashlib
import posixpath
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

from checker.batch.errors import TooManyPagesError

PACKET = "report.html"
"""Name of the file in the folder of the run."""

LARGEST = 500
"""Letters in one file; a browser still opens it at once, and a mail still takes it."""

FIRST = ("index.html",)
_VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "wbr", "col"})
_DROPPED_TAGS = frozenset({"script", "template", "dialog", "fieldset"})
_DROPPED_CLASSES = frozenset({"skip", "way", "tabs", "tools", "views", "choices", "minimap"})
_LANDMARKS = frozenset({"main", "nav", "section", "header", "footer", "aside"})
_OF_LANDMARKS = frozenset({"aria-label", "aria-labelledby", "role", "tabindex"})
_NAMES = frozenset({"id", "for", "aria-labelledby", "aria-describedby", "aria-controls"})


@dataclass(frozen=True, slots=True)
class Part:
    """One page in the file: its address in the report and what its ids begin with."""

    page: str
    mark: str


def parts(pages: Sequence[str]) -> tuple[Part, ...]:
    """The pages of a file in their order.

    Raises:
        TooManyPagesError: There are too many.
    """
    if len(pages) > LARGEST:
        raise TooManyPagesError(f"one file holds at most {LARGEST} letters, and {len(pages)} have a page; see --pages")
    return tuple(Part(page, f"p{number}") for number, page in enumerate((*FIRST, *pages)))


def write_packet(folder: Path, pages: Sequence[str], title: str, path: Path) -> None:
    """Write the file, one page in memory at a time.

    Args:
        folder: The report.
        pages: Addresses of the pages of letters, in their order.
        title: Of the file.
        path: Where it goes.

    Raises:
        TooManyPagesError: There are too many.
        OSError: A page cannot be read, or the file cannot be written.
    """
    held = parts(pages)
    marks = {part.page: part.mark for part in held}
    style = (folder / "assets" / "report.css").read_text("utf-8")
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(_head(title, style))
        for part in held:
            html = (folder / part.page).read_text("utf-8")
            file.write(f'<article class="packet" id="{part.mark}">\n')
            file.writelines(body(html, part, marks))
            file.write("\n</article>\n")
        file.write("</main>\n</body>\n</html>\n")


def _head(title: str, style: str) -> str:
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n<meta name="referrer" content="no-referrer">\n'
        f'<title>{escape(title)}</title>\n<link rel="icon" href="data:,">\n<style>{style}</style>\n'
        "</head>\n<body>\n<main>\n"
    )


def body(html: str, part: Part, marks: Mapping[str, str]) -> Iterator[str]:
    """The body of a page as it stands in the file.

    Args:
        html: A page of the report.
        part: Which it is.
        marks: What the ids of each page in the file begin with, by its address.
    """
    reader = _Reader(part, marks)
    reader.feed(html)
    reader.close()
    return iter(reader.written)


def _told(tag: str) -> str:
    """One file has one main part and many letters: their parts are no landmarks of it."""
    return "div" if tag in _LANDMARKS else tag


class _Reader(HTMLParser):
    """Copies the body of a page; what cannot work in one file, or not without script, is left out."""

    def __init__(self, part: Part, marks: Mapping[str, str]) -> None:
        super().__init__(convert_charrefs=False)
        self.written: list[str] = []
        self._part, self._marks = part, marks
        self._inside = False
        self._dropped: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins."""
        if tag == "body":
            self._inside = True
            return
        classes = set((dict(attrs).get("class") or "").split())
        if self._dropped or tag in _DROPPED_TAGS or classes & _DROPPED_CLASSES:
            if tag not in _VOID:
                self._dropped.append(tag)
            return
        if self._inside:
            kept = [(name, value) for name, value in attrs if tag not in _LANDMARKS or name not in _OF_LANDMARKS]
            self.written.append(f"<{_told(tag)}{''.join(self._attributes(kept))}>")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element without content, as SVG writes them."""
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """An element ends."""
        if tag == "body":
            self._inside = False
        elif self._dropped:
            if self._dropped[-1] == tag:
                self._dropped.pop()
        elif self._inside:
            self.written.append(f"</{_told(tag)}>")

    def handle_data(self, data: str) -> None:
        """Words, as they are written in the page."""
        self._word(data)

    def handle_entityref(self, name: str) -> None:
        """A named character."""
        self._word(f"&{name};")

    def handle_charref(self, name: str) -> None:
        """A numbered character."""
        self._word(f"&#{name};")

    def _word(self, word: str) -> None:
        if self._inside and not self._dropped:
            self.written.append(word)

    def _attributes(self, attrs: list[tuple[str, str | None]]) -> Iterator[str]:
        for name, value in attrs:
            if value is None:
                yield f" {name}"
            elif name == "href":
                target = self._target(value)
                if target:
                    yield f' href="{escape(target)}"'
            elif name in _NAMES:
                marked = " ".join(f"{self._part.mark}-{word}" for word in value.split())
                yield f' {name}="{escape(marked)}"'
            elif not name.startswith("data-"):
                yield f' {name}="{escape(value)}"'

    def _target(self, href: str) -> str:
        """Where a link leads inside the file, "" where that is not in it; a link to the world outside stays."""
        parts_ = urlsplit(href)
        if parts_.scheme:
            return href if parts_.scheme in {"http", "https"} else ""
        page = posixpath.normpath(posixpath.join(posixpath.dirname(self._part.page), parts_.path))
        mark = self._part.mark if not parts_.path else self._marks.get(page, "")
        if not mark:
            return ""
        return f"#{mark}-{parts_.fragment}" if parts_.fragment else f"#{mark}"
