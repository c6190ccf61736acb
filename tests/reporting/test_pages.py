"""Which letters get a page, what is said where one has none, and that all of them can be had from the store."""

import json
import re
from pathlib import Path

import pytest

from checker.batch.letters import Identity, Letter
from checker.batch.run import STORE
from checker.knowledge.resources import templates_folder
from checker.reporting.audit import Audit
from checker.reporting.pages import Chooser, PageChoice, Pages
from checker.reporting.pagestore import ROWS_A_GROUP, PageStore, StoredPages, Ways
from checker.review.frame import Of, Only, Plan, sample_of
from tests.reporting import samples
from tests.reporting.reports import VERSIONS, WORDS, page_of, report
from tests.review.statements import statement


def letters(clean: int = 20) -> list[Letter]:
    """Two letters with findings, one of unknown layout, one that cannot be read, and clean ones between them."""
    some = [samples.clean(f"clean-{n:03}") for n in range(clean)]
    return [samples.pain("first"), *some[:9], samples.foreign(), samples.unreadable(), *some[9:], samples.pain("last")]


def audit(folder: Path, choice: PageChoice, of: list[Letter] | None = None) -> dict[str, object]:
    Audit(VERSIONS, WORDS, {}, templates_folder(), pages=choice).write(of or letters(), folder)
    told: dict[str, object] = json.loads((folder / "manifest.json").read_text("utf-8"))["pages"]
    return told


def written(folder: Path) -> list[str]:
    """Names of the letters that have a page."""
    return sorted(page.name.rsplit("-", 1)[0] for page in folder.glob("d/*/*.html"))


def test_a_small_run_has_every_page(tmp_path: Path) -> None:
    told = audit(tmp_path, PageChoice())
    assert told == {"which": "auto", "letters": 23, "written": 23}
    assert len(written(tmp_path)) == 23
    assert "imrcheck serve</code> shows the page" not in (tmp_path / "letters.html").read_text("utf-8")


def test_a_large_run_has_flagged_letters_and_the_sample_that_imrcheck_sample_draws(tmp_path: Path) -> None:
    told = audit(tmp_path, PageChoice(sample=5, seed="2026-Q1", small=10))
    drawn = {"frame": 20, "drawn": 5, "seed": "2026-Q1", "method": "lowest sha256 of seed, name, input hash and item"}
    assert told == {"which": "auto", "letters": 23, "written": 8, "clean_sample": drawn}
    clean = sample_of(tmp_path, Plan(5, "2026-Q1", Of.LETTERS, Only.CLEAN))
    assert written(tmp_path) == sorted(["first", "last", "memo", *(unit.doc for unit in clean.units)])
    other = audit(tmp_path / "other", PageChoice(sample=5, seed="2", small=10))
    assert other["written"] == 8
    assert written(tmp_path / "other") != written(tmp_path)


def test_letters_under_review_always_have_a_page(tmp_path: Path) -> None:
    sha256 = samples.clean("clean-003").facts.determination.source.sha256
    also = PageChoice(sample=0, small=10, also=frozenset({sha256}))
    same = {"clean-003"} if sha256 != samples.clean("clean-004").facts.determination.source.sha256 else None
    audit(tmp_path / "sampled", also)
    assert "clean-003" in written(tmp_path / "sampled")
    assert same is None or "clean-004" not in written(tmp_path / "sampled")
    said = statement(doc="clean-007", sha256=sha256, verdict="clean", reviewer="A.R.")
    folder = report(tmp_path / "said", letters(), Pages.FLAGGED, statements=[said])
    assert written(folder) == ["clean-007", "first", "last", "memo"]


def test_a_letter_that_turns_out_to_be_flagged_leaves_the_frame() -> None:
    chooser = Chooser(PageChoice(sample=2, small=0))
    for name in "abcd":
        chooser.add(Identity(name, name, name * 64), readable=True, worth=False, clean=True)
    before, told = chooser.chosen()
    assert (sum(before), told.clean, told.drawn) == (2, 4, 2)
    first = before.index(1)
    chooser.flagged(first)
    after, told = chooser.chosen()
    assert (sum(after), told.clean, told.drawn) == (3, 3, 2)
    chooser.shown(after.index(0))
    assert sum(chooser.chosen()[0]) == 4
    assert chooser.chosen()[1].clean == 3


def test_every_list_of_letters_says_where_there_is_no_page(tmp_path: Path) -> None:
    audit(tmp_path / "some", PageChoice(sample=5, small=10))
    table = (tmp_path / "some" / "letters.html").read_text("utf-8")
    note = "Pages were written for 8 of 23 letters: those with findings, those read with trouble or under review, and 5"
    assert note in table
    assert "imrcheck audit --pages all</code> writes them all" in table
    assert table.count('<span class="aside">no page</span>') == 15
    assert note in (tmp_path / "some" / "index.html").read_text("utf-8")
    assert "5 of 20" in (tmp_path / "some" / "manifest.html").read_text("utf-8")
    audit(tmp_path / "none", PageChoice(Pages.NONE))
    for page in ("letters.html", "index.html", "codes/dec002.html"):
        html = (tmp_path / "none" / page).read_text("utf-8")
        assert "No pages of letters were written." in html
        assert not re.search(r'href="(?:\.\./)?d/', html), page
    assert (tmp_path / "none" / "codes" / "dec002.html").read_text("utf-8").count("no page</span>") == 2


def test_the_store_holds_each_page_but_for_its_links(tmp_path: Path) -> None:
    audit(tmp_path / "all", PageChoice(Pages.ALL))
    audit(tmp_path / "none", PageChoice(Pages.NONE))
    with StoredPages(tmp_path / "none" / STORE) as stored:
        rows = stored.rows()
        pages = list(rows)
        assert len(pages) == 23
        for place, page in enumerate(pages):
            ends = pages[place - 1] if place else "", pages[place + 1] if place < 22 else ""
            html = stored.ways.put_in(stored.html(rows[page]), *ends)
            assert html == (tmp_path / "all" / page).read_bytes(), page


def test_the_last_row_of_a_letter_counts(tmp_path: Path) -> None:
    path = tmp_path / "pages.parquet"
    store = PageStore(path, Ways("[{}]", "({})"))
    many = ROWS_A_GROUP + 3
    for place in range(many):
        name = Identity(f"n{place}", "", "")
        store.add(place, name, f"d/00/{place}.html", place.to_bytes(16), b"one <!-- way -->")
    store.add(1, Identity("n1", "", ""), "d/00/1.html", b"x" * 16, "zwei ä <!-- way -->".encode())
    store.close()
    with StoredPages(path) as stored:
        rows = stored.rows()
        assert list(rows) == [f"d/00/{place}.html" for place in range(many)]
        assert rows["d/00/1.html"] == many
        html = stored.html(rows["d/00/1.html"])
        assert stored.ways.put_in(html, "d/00/0.html", "d/ab/2.html").decode() == "zwei ä [../00/0.html](../ab/2.html)"
        assert stored.ways.put_in(html, "", "").decode() == "zwei ä "
        assert stored.html(many - 1) == b"one <!-- way -->"
        assert stored.keys()[b"x" * 16] == many


def test_a_letter_cannot_write_the_mark_of_the_links(tmp_path: Path) -> None:
    letter = samples.pain("<!-- way -->")
    folder = report(tmp_path, [letter, samples.clean()])
    html = page_of(folder, "way").read_text("utf-8")
    assert "<!-- way -->" not in html
    assert "&lt;!-- way --&gt;" in html


@pytest.mark.parametrize("seed", ["", "<b>", "Quartal 1"])
def test_any_text_may_be_a_seed(tmp_path: Path, seed: str) -> None:
    told = audit(tmp_path, PageChoice(sample=1, seed=seed, small=1))
    assert isinstance(told["clean_sample"], dict)
    assert told["clean_sample"]["seed"] == seed
    assert "<b>" not in (tmp_path / "letters.html").read_text("utf-8").split("drawn with the seed")[1][:20]
