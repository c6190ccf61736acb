"""A second audit into the same folder renders what changed, and leaves the bytes that a new folder would have."""

import os
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from checker.batch.letters import Identity, Letter
from checker.batch.run import STORE, STORE_BEFORE, UNFINISHED
from checker.knowledge.resources import templates_folder
from checker.reporting import letterpage, letterpages
from checker.reporting.audit import Audit
from checker.reporting.letterpage import LetterPage
from checker.reporting.pages import PageChoice, Pages
from checker.reporting.pagestore import PageStore, Ways, earlier_pages
from checker.review.statements import Statement
from tests.reporting import samples
from tests.reporting.reports import VERSIONS, WORDS
from tests.review.statements import statement

AUDIT = Audit(VERSIONS, WORDS, {}, templates_folder(), pages=PageChoice(Pages.ALL))


class Rendered:
    """Names of the letters whose page was laid out."""

    def __init__(self) -> None:
        self.docs: list[str] = []

    def taken(self) -> list[str]:
        docs, self.docs = self.docs, []
        return docs


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> Rendered:
    seen = Rendered()
    real = letterpage.letter_page

    def counted(*given: object, **named: object) -> LetterPage:
        page = real(*given, **named)  # type: ignore[arg-type]
        seen.docs.append(page.raw_doc)
        return page

    monkeypatch.setattr(letterpages, "letter_page", counted)
    return seen


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def letters() -> list[Letter]:
    return [samples.pain("a"), samples.clean("b"), samples.hostile(), samples.foreign("c"), samples.unreadable()]


def same_as_new(folder: Path, of: Iterable[Letter], audit: Audit, new: Path) -> None:
    of = list(of)
    audit.write(of, folder)
    audit.write(of, new)
    first, second = contents(folder), contents(new)
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []


def test_nothing_is_rendered_twice(tmp_path: Path, rendered: Rendered) -> None:
    AUDIT.write(letters(), tmp_path / "run")
    assert len(rendered.taken()) == 4
    page = next((tmp_path / "run" / "d").glob("*/a-*.html"))
    os.utime(page, (0, 0))
    AUDIT.write(letters(), tmp_path / "run")
    assert rendered.taken() == []
    assert page.stat().st_mtime == 0
    same_as_new(tmp_path / "run", letters(), AUDIT, tmp_path / "new")


def test_letters_come_go_and_change(tmp_path: Path, rendered: Rendered) -> None:
    AUDIT.write(letters(), tmp_path / "run")
    rendered.taken()
    _, _, hostile, c, scan = letters()
    a = samples.pain("a")
    changed = replace(a, findings=a.findings[:1])
    now = [samples.clean("new"), changed, c, hostile, scan]
    AUDIT.write(now, tmp_path / "run")
    assert rendered.taken() == ["new", "a"]
    assert not list((tmp_path / "run").glob("d/*/b-*.html"))
    same_as_new(tmp_path / "run", now, AUDIT, tmp_path / "new")


def _said(doc: str, **more: object) -> Statement:
    return statement(doc=doc, verdict="clean", reviewer="A.R.", **more)


@pytest.mark.parametrize(
    ("other", "docs"),
    [
        (replace(AUDIT, versions=replace(VERSIONS, tool="2")), 4),
        (replace(AUDIT, versions=replace(VERSIONS, folder="other")), 4),
        (replace(AUDIT, config={"redacted": True}), 4),
        (replace(AUDIT, rule_book=True), 4),
        (replace(AUDIT, statements=(_said("b"),)), 1),
        (replace(AUDIT, pages=PageChoice(Pages.FLAGGED)), 0),
        (replace(AUDIT, pages=PageChoice(Pages.NONE)), 0),
    ],
)
def test_what_a_page_is_made_with_renders_it_anew(tmp_path: Path, rendered: Rendered, other: Audit, docs: int) -> None:
    AUDIT.write(letters(), tmp_path / "run")
    rendered.taken()
    other.write(letters(), tmp_path / "run")
    assert len(rendered.taken()) == docs
    same_as_new(tmp_path / "run", letters(), other, tmp_path / "new")
    same_as_new(tmp_path / "run", letters(), AUDIT, tmp_path / "back")


def test_another_template_renders_everything_anew(tmp_path: Path, rendered: Rendered) -> None:
    templates = tmp_path / "templates"
    for path in sorted(templates_folder().rglob("*.*")):
        target = templates / path.relative_to(templates_folder())
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    AUDIT.write(letters(), tmp_path / "run")
    rendered.taken()
    quiet = templates / "parts" / "quiet.html"
    quiet.write_text(quiet.read_text("utf-8").replace("Rules by their result", "Rules by result"), "utf-8")
    other = replace(AUDIT, templates=templates)
    other.write(letters(), tmp_path / "run")
    assert len(rendered.taken()) == 4
    same_as_new(tmp_path / "run", letters(), other, tmp_path / "new")


class Killed(BaseException):
    """Ends a run where it stands."""


@pytest.mark.parametrize("after", [0, 2, 5])
@pytest.mark.parametrize("first", [True, False])
def test_a_run_that_was_killed_is_mended_by_the_next(tmp_path: Path, *, after: int, first: bool) -> None:
    folder = tmp_path / "run"
    if not first:
        AUDIT.write(letters(), folder)

    def until() -> Iterable[Letter]:
        yield from letters()[:after]
        raise Killed

    with pytest.raises(Killed):
        AUDIT.write(until(), folder)
    assert (folder / UNFINISHED).is_file()
    same_as_new(folder, letters(), AUDIT, tmp_path / "new")


def test_a_masked_run_that_is_killed_leaves_no_page_of_before(tmp_path: Path) -> None:
    folder = tmp_path / "run"
    AUDIT.write(letters(), folder)

    def none() -> Iterable[Letter]:
        raise Killed
        yield

    with pytest.raises(Killed):
        replace(AUDIT, config={"redacted": True}).write(none(), folder)
    assert {path.name for path in folder.iterdir()} & {"d", STORE_BEFORE} == set()
    assert not any(b"tapering" in held for name, held in contents(folder).items() if not name.startswith("assets"))


def test_damaged_pages_and_stores_are_mended(tmp_path: Path) -> None:
    folder = tmp_path / "run"
    AUDIT.write(letters(), folder)
    first, second, *_ = sorted((folder / "d").glob("*/*.html"))
    first.write_bytes(first.read_bytes()[:1000])
    second.unlink()
    (folder / "d" / "zz").mkdir()
    (folder / "d" / "zz" / "old.html").write_text("old")
    (folder / "d" / "link").symlink_to(tmp_path)
    store = (folder / STORE).read_bytes()
    (folder / STORE).write_bytes(store[:5000] + bytes(20) + store[5020:])
    same_as_new(folder, letters(), AUDIT, tmp_path / "new")
    (folder / STORE).write_bytes(store[:5000])
    same_as_new(folder, letters(), AUDIT, tmp_path / "new")
    (folder / STORE).rename(folder / STORE_BEFORE)
    same_as_new(folder, letters(), AUDIT, tmp_path / "new")


def test_no_page_is_written_through_a_link(tmp_path: Path) -> None:
    folder, outside = tmp_path / "run", tmp_path / "outside"
    AUDIT.write(letters(), folder)
    page = next((folder / "d").glob("*/a-*.html"))
    outside.mkdir()
    (outside / page.name).write_text("mine")
    for name in page.parent.iterdir():
        name.unlink()
    page.parent.rmdir()
    page.parent.symlink_to(outside)
    AUDIT.write(letters(), folder)
    assert not page.parent.is_symlink()
    assert (outside / page.name).read_text() == "mine"


def test_a_store_that_lacks_its_links_is_none(tmp_path: Path) -> None:
    path = tmp_path / STORE
    store = PageStore(path, Ways("a {}", "b {}"))
    store.add(0, Identity("x", "x.txt", "ab"), "d/x.html", bytes(16), b"<p>")
    store.close()
    assert earlier_pages(path) is not None
    pq.write_table(pq.read_table(path).replace_schema_metadata({}), path)
    assert earlier_pages(path) is None
