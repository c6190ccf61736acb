"""Where the review of each letter stands, in the table: as made, as this browser keeps it, and on to the next."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from checker.review.statements import Statement, Verdict
from tests.browser.conftest import Open
from tests.browser.test_access import violations
from tests.browser.test_index import choose, docs
from tests.browser.test_review import exported, introduce
from tests.reporting import samples
from tests.reporting.reports import batch, page_of, report


@pytest.fixture(scope="module")
def four(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three letters with findings and a clean one."""
    letters = [samples.pain("case-a"), samples.clean("case-b"), samples.pain("case-c"), samples.pain("case-d")]
    return report(tmp_path_factory.mktemp("four"), letters)


def review_of(page: Page, doc: str) -> str:
    row = page.locator("#rows tr", has=page.get_by_role("link", name=doc))
    return " ".join(row.locator("[data-slot=review]").inner_text().split())


def confirm_all(page: Page) -> None:
    """Confirm every finding of the letter that is open, by keyboard."""
    if not page.locator("[data-finding].current").count():
        page.keyboard.press("o")
    for number in range(1, page.locator("[data-finding]").count() + 1):
        page.keyboard.press("c")
        expect(page.locator(f"#F{number} [data-slot=state]")).to_have_text("Confirmed")


def introduced(page: Page) -> None:
    page.locator("#who-again").click()
    introduce(page)


@pytest.fixture
def table(open_page: Open, four: Path) -> Page:
    return open_page(four / "letters.html", downloads=True)


def test_the_table_follows_what_this_browser_keeps(table: Page, four: Path) -> None:
    assert [review_of(table, doc) for doc in ("case-a", "case-b")] == ["Open", "None needed"]
    count = table.locator("#facet-review .choice", has_text="Open").locator(".count")
    expect(count).to_have_text("3")
    table.goto(page_of(four, "case-c").as_uri())
    introduced(table)
    table.keyboard.press("j")
    table.keyboard.press("c")
    expect(table.locator("#F1 [data-slot=state]")).to_have_text("Confirmed")
    table.keyboard.press("i")
    expect(table.get_by_role("heading", level=1)).to_have_text("Determinations")
    expect(count).to_have_text("2")
    assert review_of(table, "case-c") == "1 of 4 done"
    choose(table, "review", "In part")
    assert docs(table) == ["case-c"]
    assert table.evaluate("location.hash") == "#review=in-part"


def test_the_next_open_finding_respects_the_filter(table: Page, four: Path) -> None:
    table.goto(page_of(four, "case-c").as_uri())
    introduced(table)
    table.keyboard.press("i")
    expect(table.get_by_role("heading", level=1)).to_have_text("Determinations")
    table.wait_for_load_state()
    table.keyboard.press("/")
    table.keyboard.type("case-")
    choose(table, "review", "Open")
    table.locator("th[data-sort=doc]").get_by_role("button").click()
    table.locator("th[data-sort=doc]").get_by_role("button").click()
    assert docs(table) == ["case-d", "case-c", "case-a"]
    table.keyboard.press("o")
    for doc in ("case-d", "case-c", "case-a"):
        expect(table.get_by_role("heading", level=1)).to_have_text(doc)
        expect(table.locator("#F1")).to_be_focused()
        confirm_all(table)
        table.keyboard.press("o")
    expect(table.get_by_role("heading", level=1)).to_have_text("Determinations")
    expect(table.locator("#shown")).to_have_text("No open finding is left in these letters")
    expect(table.get_by_role("searchbox")).to_have_value("case-")
    assert "after" not in table.evaluate("location.hash")
    # back leads to the letter, not into a loop
    table.go_back()
    expect(table.get_by_role("heading", level=1)).to_have_text("case-a")


def test_a_report_made_with_verdicts_tells_where_each_letter_stands(
    open_page: Open, table: Page, four: Path, tmp_path: Path
) -> None:
    table.goto(page_of(four, "case-a").as_uri())
    introduced(table)
    confirm_all(table)
    table.goto(page_of(four, "case-b").as_uri())
    table.get_by_role("button", name="Nothing was missed").click()
    expect(table.locator("#of-letter .said")).to_contain_text("found nothing missed")
    said = exported(table, tmp_path)
    stale = [
        Statement.model_validate({**said[0].record(), "doc": "case-c", "fingerprint": "0" * 16, "evidence_hash": "00"})
    ]
    letters = [samples.pain("case-a"), samples.clean("case-b"), samples.pain("case-c"), samples.pain("case-d")]
    made = report(tmp_path / "made", letters, statements=[*said, *stale])
    for script in (False, True):
        page = open_page(made / "letters.html", script=script)
        told = [review_of(page, doc) for doc in ("case-a", "case-b", "case-c", "case-d")]
        assert told == ["Done", "Looked at", "Open 1 stale", "Open"]
    choose(page, "review", "Stale verdicts")
    assert docs(page) == ["case-c"]
    page.get_by_role("link", name="case-c").click()
    expect(page.locator("#F1 [data-slot=state]")).to_have_text("Stale")
    expect(page.locator("#F1 .said")).to_contain_text("given on another rule or other words")


def test_a_verdict_on_words_that_changed_is_stale_in_page_and_table(open_page: Open, tmp_path: Path) -> None:
    """The browser keeps a verdict, the audit is made again, and the finding has other words and another fingerprint."""
    run = report(tmp_path / "run", batch())
    page = open_page(page_of(run, "sample-0001"), downloads=True)
    introduced(page)
    page.keyboard.press("j")
    page.keyboard.press("c")
    expect(page.locator("#F1 [data-slot=state]")).to_have_text("Confirmed")
    key = page.evaluate("Object.keys(localStorage).find(name => name.startsWith('imrcheck-verdicts'))")
    page.evaluate(
        """key => { const [said] = JSON.parse(localStorage.getItem(key));
          localStorage.setItem(key, JSON.stringify([{ ...said, fingerprint: "0123456789abcdef" }])); }""",
        key,
    )
    page.reload()
    expect(page.locator("#F1 [data-slot=state]")).to_have_text("Stale")
    page.keyboard.press("i")
    expect(page.locator("#rows")).to_contain_text("1 stale")
    assert review_of(page, "sample-0001") == "Open 1 stale"


def test_single_keys_that_are_off_move_nothing(table: Page) -> None:
    table.keyboard.press("?")
    table.get_by_label("Single keys are on").uncheck()
    table.get_by_role("button", name="Close").click()
    table.keyboard.press("o")
    expect(table.get_by_role("heading", level=1)).to_have_text("Determinations")
    table.get_by_role("button", name="Next open finding").click()
    expect(table.get_by_role("heading", level=1)).to_have_text("case-a")


@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing_where_reviewers_have_spoken(
    open_page: Open, small: Path, tmp_path: Path, width: int
) -> None:
    page = open_page(page_of(small, "sample-0001"), downloads=True)
    introduced(page)
    confirm_all(page)
    said = exported(page, tmp_path)
    others = [s.model_copy(update={"reviewer": "B.S.", "verdict": Verdict.UNSURE}) for s in said[:2]]
    stale = [said[3].model_copy(update={"reviewer": "C", "rule_hash": "00"})]
    made = report(tmp_path / "made", batch(), statements=[*said[:3], *others, *stale])
    for name in ("index.html", "letters.html", "audit.html"):
        shown = open_page(made / name, width=width)
        assert violations(shown) == []
        assert shown.evaluate("document.documentElement.scrollWidth") <= width
    expect(open_page(made / "index.html").locator("#review-now")).to_contain_text("A.R. and B.S.")
