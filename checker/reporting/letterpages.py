"""The pages of the letters of a run: each is rendered once, packed into the store, and written if it was chosen."""

import hashlib
import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import TypeVar

from jinja2 import Environment
from markupsafe import Markup

from checker.batch.letters import Identity, determination, identity
from checker.batch.run import PAGES, STORE, STORE_BEFORE
from checker.batch.versions import Versions, program_sha256
from checker.model.determination import Determination
from checker.model.findings import Finding, Judgement
from checker.reporting.addresses import page_address
from checker.reporting.glossary import Glossary
from checker.reporting.letterpage import letter_page
from checker.reporting.opinions import Reviewed
from checker.reporting.pagestore import SLOT, PageStore, StoredPages, Ways, earlier_pages, from_page

ROOT = "../../"
"""The way from the page of a letter to the index."""

_Value = TypeVar("_Value")

_SLOT = Markup(SLOT.decode("ascii"))  # noqa: S704 (a constant)


@dataclass(frozen=True, slots=True)
class Page:
    """The page of a letter.

    Attributes:
        place: Of the letter in the run.
        name: Of the letter.
        address: From the index.
        key: Hash of all that the page is made of.
        html: The page in UTF-8 with ``SLOT`` for its links.
        rendered: It was, and not taken from the run before.
    """

    place: int
    name: Identity
    address: str
    key: bytes
    html: bytes
    rendered: bool


class PageMaker:
    """Renders pages. A page of the run before is taken over where all that it is made of is the same.

    Args:
        folder: The run folder.
        engine: Renders the templates.
        glossary: The words of the rule book.
        reviewed: What reviewers have said.
        made_with: Hash of what all pages are made with, see ``made_with``.
    """

    def __init__(
        self, folder: Path, engine: Environment, glossary: Glossary, reviewed: Reviewed, made_with: bytes
    ) -> None:
        self._folder = folder
        self._glossary = glossary
        self._reviewed = reviewed
        self._made_with = made_with
        self._template = engine.get_template("letter.html")
        way = engine.get_template("parts/way.html").make_module()
        self.ways = Ways(str(way.before("{}")), str(way.after("{}")))  # type: ignore[attr-defined]

    @cached_property
    def _before(self) -> StoredPages | None:
        # Not before it is needed, so that each process opens the file for itself.
        return earlier_pages(self._folder / STORE_BEFORE)

    @cached_property
    def _known(self) -> Mapping[bytes, int]:
        return self._before.keys() if self._before else {}

    def close(self) -> None:
        """Close the pages of the run before."""
        if self._before:
            self._before.__exit__()

    def page(self, place: int, letter: Judgement | Determination, address: str, page_of: Callable[[int], str]) -> Page:
        """The page of a letter.

        Args:
            place: Of the letter in the run.
            letter: The letter.
            address: Address of the page.
            page_of: Address of the page of any letter by its place.
        """
        key = self._key(letter, page_of)
        html = self._earlier(key)
        if html is not None:
            return Page(place, identity(letter), address, key, html, rendered=False)
        shown = letter_page(letter, self._glossary, lambda other: from_page(page_of(other)), self._reviewed, _SLOT)
        html = self._template.render(page=shown, root=ROOT).encode("utf-8", "backslashreplace")
        return Page(place, identity(letter), address, key, html, rendered=True)

    def _earlier(self, key: bytes) -> bytes | None:
        """The same page as the run before rendered it."""
        row = self._known.get(key)
        if row is None or self._before is None:
            return None
        try:
            return self._before.html(row)
        except OSError:  # its checksum does not hold
            return None

    def _key(self, letter: Judgement | Determination, page_of: Callable[[int], str]) -> bytes:
        """Hash of all that a page is made of."""
        source = determination(letter).source
        found = letter.findings if isinstance(letter, Judgement) else ()
        parts = (
            *(source.doc, source.source, source.sha256, source.raw, source.reading.text),
            repr((source.reading.anchors, source.reading.raw_anchors, source.problems)),
            repr([_gist(finding, page_of) for finding in found]),
            self._reviewed.told(source.doc),
        )
        digest = hashlib.blake2b(self._made_with, digest_size=16)
        for part in parts:
            held = part.encode("utf-8", "backslashreplace")
            digest.update(len(held).to_bytes(8))
            digest.update(held)
        return digest.digest()


class LetterPages:
    """Puts pages into the store of a run, and in the end writes those chosen as files.

    Attributes:
        rendered: How many were, and not taken from the run before.

    Args:
        folder: The run folder.
        maker: Renders them.
    """

    def __init__(self, folder: Path, maker: PageMaker) -> None:
        self._folder = folder
        self._maker = maker
        self._store = PageStore(folder / STORE, maker.ways)
        self._taken: set[int] = set()
        self.rendered = 0

    def claimed(self, addresses: Iterable[str]) -> dict[str, str]:
        """Takes the addresses of the next letters; other ones in place of those that are taken.

        Addresses hold name and hash of a letter, so only copies of a letter that is masked share one.
        """
        wanted = list(addresses)
        others: dict[str, str] = {}
        for address in wanted:
            if _mark(address) in self._taken:
                stem = address.removesuffix(".html")
                numbered = (f"{stem}-{again}.html" for again in itertools.count(2))
                others[address] = next(one for one in numbered if _mark(one) not in self._taken and one not in wanted)
            self._taken.add(_mark(others.get(address, address)))
        return others

    def add(self, page: Page) -> None:
        """Store a page; the last one stored of a letter counts."""
        self.rendered += page.rendered
        self._store.add(page.place, page.name, page.address, page.key, page.html)

    def close(self) -> None:
        """Close the files."""
        self._store.close()
        self._maker.close()

    def write(self, pages: Iterable[tuple[int, str]], letters: int) -> None:
        """Write the pages chosen, each with links to the one before and after it, and take away all others.

        A file that holds what it shall hold is left as it is.

        Args:
            pages: Place and address of each, in the order of the letters.
            letters: Of the run.
        """
        self.close()
        kept: set[int] = set()
        with StoredPages(self._folder / STORE) as stored:
            rows = stored.last_rows(letters)
            around = itertools.chain([(0, "")], pages, [(0, "")])
            for (_, before), (place, page), (_, after) in _threes(around):
                kept.add(_mark(page))
                _replace(self._folder / page, self._maker.ways.put_in(stored.html(rows[place]), before, after))
        _sweep(self._folder, kept)


def _threes(values: Iterable[_Value]) -> Iterator[tuple[_Value, _Value, _Value]]:
    """Each value that has two neighbours, between them."""
    before, at, after = itertools.tee(values, 3)
    return zip(before, itertools.islice(at, 1, None), itertools.islice(after, 2, None), strict=False)


def _mark(address: str) -> int:
    """A short hash of an address: a run keeps one for each letter."""
    return int.from_bytes(hashlib.blake2b(address.encode("utf-8"), digest_size=8).digest())


def address_of(letter: Judgement | Determination, taken: set[str]) -> str:
    """Address of the page of a letter from the index: readable, and safe whatever the letter is called.

    Args:
        letter: The letter.
        taken: Addresses of others; it is added to them.
    """
    name = identity(letter)
    address = first = page_address(name.doc, name.sha256)
    again = 1
    while address in taken:
        again += 1
        address = f"{first.removesuffix('.html')}-{again}.html"
    taken.add(address)
    return address


def _gist(finding: Finding, page_of: Callable[[int], str]) -> tuple[object, ...]:
    """What tells one finding from another on a page; what it holds beside the letter in full."""
    beside = [(other, page_of(other.letter)) for other in finding.beside]
    kept = (finding.code, finding.rule, finding.item, finding.severity, finding.confidence)
    return (*kept, finding.message, finding.fingerprint, finding.evidence, finding.trace if beside else "", beside)


def _replace(path: Path, html: bytes) -> None:
    try:
        if path.read_bytes() == html:
            return
    except OSError:
        path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(html)


def _sweep(folder: Path, pages: Set[int]) -> None:
    """Take away the pages that are not among those given by their marks, and folders that hold none."""
    top = folder / PAGES
    for below in top.iterdir() if top.is_dir() else ():
        kept = False
        for page in below.iterdir():
            if _mark(f"{PAGES}/{below.name}/{page.name}") in pages:
                kept = True
            else:
                page.unlink()
        if not kept:
            below.rmdir()
    if top.is_dir() and not pages:
        top.rmdir()


def made_with(templates: Path, versions: Versions, options: Iterable[object]) -> bytes:
    """Hash of what all pages of a run are made with; whatever changes it changes every page.

    Args:
        templates: The folder of templates.
        versions: Of the program, the rules and the engine.
        options: What else decides how a page looks.
    """
    digest = hashlib.sha256()
    told = (versions.tool, versions.rules, versions.folder, versions.engine, versions.python, program_sha256())
    engine = tuple(version(package) for package in ("jinja2", "markupsafe"))
    digest.update(repr((told, engine, tuple(options), sorted(versions.rule_hashes.items()))).encode("utf-8"))
    digest.update(templates_digest(templates))
    return digest.digest()


def templates_digest(templates: Path) -> bytes:
    """Hash over the templates of a folder."""
    digest = hashlib.sha256()
    for path in sorted(templates.rglob("*.html")):
        digest.update(path.relative_to(templates).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.digest()
