"""Every flow of a review as a reviewer does it, over file:// and at the desk alike, by keyboard alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from checker.desk.run import Review, finished_run
from checker.desk.server import Desk
from checker.review.log import VerdictLog
from tests.browser.conftest import Open
from tests.browser.test_review import introduce
from tests.browser.test_served_review import at_a_desk
from tests.desk.desks import run_folder
from tests.reporting.reports import page_of


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return run_folder(tmp_path_factory.mktemp("flows") / "run")


@pytest.fixture(params=["file", "serve"])
def page(
    request: pytest.FixtureRequest, browser: Browser, open_page: Open, folder: Path, tmp_path: Path
) -> Iterator[Page]:
    """The letter with four findings; every request of it is to a file or to this machine, and nothing complains."""
    if request.param == "file":
        yield open_page(page_of(folder, "sample-0001"))
    else:
        desk = Desk(Review(finished_run(folder), VerdictLog(tmp_path / "verdicts.jsonl")))
        for serving in at_a_desk(browser, desk, folder):
            yield serving.open("sample-0001")


def stands(page: Page, number: int, state: str) -> None:
    expect(page.locator(f"#F{number} [data-slot=state]")).to_have_text(state)


def focus(page: Page) -> str:
    """What has the focus: the id of the card, or the words of the control; nothing may ever lose it."""
    told: str = page.evaluate(
        """() => { const a = document.activeElement;
          return a.id || a.textContent.trim() || a.className || a.tagName; }"""
    )
    return told


def begin(page: Page) -> None:
    """Choose the first finding and give a first verdict, with a name; the second finding has the focus then."""
    page.keyboard.press("j")
    page.keyboard.press("c")
    introduce(page)
    stands(page, 1, "Confirmed")
    expect(page.locator("#F2")).to_be_focused()


def test_verdicts_reasons_notes_and_undo(page: Page) -> None:
    begin(page)
    page.keyboard.press("t")
    page.keyboard.type("could be read both ways")
    page.keyboard.press("Enter")
    expect(page.locator("#F2")).to_be_focused()
    page.keyboard.press("d")
    page.keyboard.press("Escape")
    expect(page.locator("#F2 .dismissal")).to_be_hidden()
    expect(page.locator("#F2")).to_be_focused()
    page.keyboard.press("d")
    page.keyboard.type("The words")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    stands(page, 2, "Dismissed")
    expect(page.locator("#F2 .said")).to_contain_text("The words mean something else")
    expect(page.locator("#F2 .said-note")).to_have_text("could be read both ways")
    expect(page.locator("#F3")).to_be_focused()
    page.keyboard.press("u")
    stands(page, 3, "Unsure")
    expect(page.locator("#F4")).to_be_focused()
    page.keyboard.press("c")
    stands(page, 4, "Confirmed")
    assert focus(page) == "F4"
    expect(page.locator("#said")).to_contain_text("all findings of this letter are reviewed")
    for number, before in ((4, "Open"), (3, "Open"), (2, "Open"), (1, "Open")):
        page.keyboard.press("z")
        stands(page, number, before)
        expect(page.locator(f"#F{number}")).to_be_focused()
    page.keyboard.press("z")
    expect(page.locator("#said")).to_have_text("Nothing to undo")


def test_a_note_on_a_verdict_that_was_given(page: Page) -> None:
    begin(page)
    page.keyboard.press("k")
    page.keyboard.press("t")
    page.keyboard.type("seen with B.S.")
    page.keyboard.press("Enter")
    expect(page.locator("#F1 .said-note")).to_have_text("seen with B.S.")
    stands(page, 1, "Confirmed")
    page.reload()
    expect(page.locator("#F1 .said-note")).to_have_text("seen with B.S.")


def test_a_note_that_was_begun_is_not_lost(page: Page) -> None:
    page.keyboard.press("j")
    page.keyboard.press("t")
    page.keyboard.type("half a thou")
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    expect(page.get_by_role("heading", level=1)).to_have_text("sample-0002")
    page.wait_for_load_state()  # no key is heard before the scripts are there
    page.keyboard.press("p")
    expect(page.locator("#F1 .note-field")).to_have_value("half a thou")
    page.keyboard.press("j")
    page.keyboard.press("u")
    introduce(page)
    expect(page.locator("#F1 .said-note")).to_have_text("half a thou")
    expect(page.locator("#F1 .note-field")).to_have_value("")


def test_the_next_open_finding_passes_over_those_that_are_done(page: Page) -> None:
    begin(page)
    page.keyboard.press("j")
    page.keyboard.press("u")
    stands(page, 3, "Unsure")
    for card in ("#F2", "#F4", "#F2"):
        page.keyboard.press("o")
        expect(page.locator(card)).to_be_focused()


def test_quotes_one_by_one(page: Page) -> None:
    page.keyboard.press("j")
    page.keyboard.press("e")
    expect(page.locator("#said")).to_contain_text("Quote 1 of")
    lit = page.locator("mark.lit").all_inner_texts()
    quote = page.locator("#F1 .quotes q").first.inner_text()
    assert " ".join("".join(lit).split()) in " ".join(quote.split()) or quote in "".join(lit)


def test_a_missed_finding_typed_and_taken_back_with_z(page: Page) -> None:
    begin(page)
    page.keyboard.press("m")
    dialog = page.get_by_role("dialog", name="Report a missed finding")
    expect(dialog.get_by_label("Words of the letter")).to_be_focused()
    words = " ".join(page.locator(".letter .rationale").first.inner_text().split()[:4])
    page.keyboard.type(words)
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    assert focus(page) == "F2"
    page.keyboard.press("m")
    expect(dialog.get_by_label("Words of the letter")).to_have_value(words)
    page.keyboard.press("Tab")
    page.keyboard.type("SAF001")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("nothing is said of a taper")
    page.keyboard.press("Enter")
    said = page.locator("#of-letter .said")
    expect(said).to_contain_text("reported a missed finding SAF001")
    expect(said).to_contain_text("nothing is said of a taper")
    assert focus(page) == "F2"
    page.keyboard.press("z")
    expect(page.locator("#of-letter .said li")).to_have_count(0)
    stands(page, 1, "Confirmed")
    page.keyboard.press("z")
    stands(page, 1, "Open")


def test_a_missed_finding_in_words_selected_by_mouse(page: Page) -> None:
    begin(page)
    words = page.locator("[id='w4.1']")
    words.scroll_into_view_if_needed()
    box = words.bounding_box()
    assert box
    page.mouse.move(box["x"] + 1, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 1, box["y"] + box["height"] / 2, steps=4)
    page.mouse.up()
    selected = page.evaluate("String(getSelection()).trim()")
    assert selected
    page.keyboard.press("m")
    dialog = page.get_by_role("dialog", name="Report a missed finding")
    expect(dialog.get_by_label("Words of the letter")).to_have_value(selected)
    page.keyboard.press("Tab")
    page.keyboard.type("SAF001")
    page.keyboard.press("Enter")
    dialog.get_by_role("button", name="Report").click()
    expect(page.locator("#of-letter .said q")).to_have_text(selected)


def test_keys_told_and_switched_off_and_search(page: Page) -> None:
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    for _ in range(5):
        if page.evaluate("document.activeElement.id") == "keys-on":
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Escape")
    for key in ("j", "c", "z", "m", "o", "t", "?", "n", "/"):
        page.keyboard.press(key)
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("heading", level=1)).to_have_text("sample-0001")
    stands(page, 1, "Open")
    page.reload()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_role("button", name="Keys").press("Enter")
    page.get_by_label("Single keys are on").press("Space")
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("wrist")
    expect(page.locator("#rows th")).to_have_count(1)


def test_the_keys_speak_of_the_card_that_is_used(page: Page) -> None:
    begin(page)
    page.locator("#F3 .why-fired > summary").click()
    page.keyboard.press("u")
    stands(page, 3, "Unsure")
    stands(page, 2, "Open")
    page.locator("#F2 [data-say=confirmed]").focus()
    page.keyboard.press("Enter")
    stands(page, 2, "Confirmed")


def test_the_table_is_found_again_as_it_was_filtered(page: Page) -> None:
    page.keyboard.press("i")
    expect(page.get_by_role("heading", level=1)).to_have_text("Determinations")
    page.wait_for_load_state()
    page.keyboard.press("/")
    page.keyboard.type("hydrocodone")
    expect(page.locator("#rows th")).to_have_count(1)
    page.keyboard.press("Tab")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("sample-0001")
    page.wait_for_load_state()
    page.keyboard.press("i")
    expect(page.get_by_role("searchbox")).to_have_value("hydrocodone")
    expect(page.locator("#rows th")).to_have_count(1)
