"""Reviewing as a reviewer does it, by keyboard, over file://: the browser keeps verdicts until they are exported."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from checker.review.statements import Statement, fingerprint_of
from tests.browser.conftest import Open
from tests.reporting.reports import batch, page_of, report


def introduce(page: Page, name: str = "A.R.") -> None:
    """Answer who reviews, by keyboard."""
    expect(page.get_by_role("dialog", name="Who reviews?")).to_be_visible()
    page.keyboard.type(name)
    page.keyboard.press("Tab")
    page.keyboard.type("QA nurse")
    page.keyboard.press("Enter")


def exported(page: Page, folder: Path) -> list[Statement]:
    """What the export holds; each line must be a statement."""
    with page.expect_download() as download:
        page.locator("#export").click()
    path = folder / "exported.jsonl"
    download.value.save_as(path)
    return [Statement.model_validate(json.loads(line)) for line in path.read_text("utf-8").splitlines()]


@pytest.fixture
def page(open_page: Open, small: Path) -> Page:
    return open_page(page_of(small, "sample-0001"), downloads=True)


def stand(page: Page, number: int) -> str:
    return page.locator(f"#F{number} [data-slot=state]").inner_text()


def test_a_key_pressed_before_the_answer_has_arrived_waits_for_it(page: Page) -> None:
    """The dialog is closed before it tells so; a busy browser hears the next key between the two."""
    page.keyboard.press("j")
    page.locator("#who-again").click()
    page.locator("#who-name").fill("A.R.")
    page.evaluate(
        """() => { document.querySelector("#who").close("ok");
          document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "c", bubbles: true })); }"""
    )
    expect(page.locator("#F1 [data-slot=state]")).to_have_text("Confirmed")
    expect(page.locator("dialog[open]")).to_have_count(0)


def test_verdicts_by_keyboard_alone(page: Page, tmp_path: Path) -> None:
    page.keyboard.press("j")
    page.keyboard.press("c")
    introduce(page)
    expect(page.locator("#F1 [data-slot=state]")).to_have_text("Confirmed")
    expect(page.locator("#said")).to_have_text("F1 confirmed; 3 of 4 left")
    expect(page.locator("#F2")).to_be_focused()
    page.keyboard.press("d")
    expect(page.locator("#F2 .dismissal select")).to_be_focused()
    page.keyboard.type("The words")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#F2 [data-slot=state]")).to_have_text("Dismissed")
    expect(page.locator("#F2 .said")).to_contain_text("The words mean something else")
    page.keyboard.press("u")
    expect(page.locator("#F3 [data-slot=state]")).to_have_text("Unsure")
    page.keyboard.press("z")
    expect(page.locator("#F3 [data-slot=state]")).to_have_text("Open")
    expect(page.locator("#F3")).to_be_focused()
    said = exported(page, tmp_path)
    assert [s.verdict.value for s in said] == ["confirmed", "dismissed", "unsure", "withdrawn"]
    assert {(s.reviewer, s.role, s.doc) for s in said} == {("A.R.", "QA nurse", "sample-0001")}
    assert said[1].reason is not None
    assert said[1].reason.value == "evidence_misread"


def test_a_dismissal_without_a_reason_is_not_possible(page: Page) -> None:
    page.keyboard.press("j")
    page.keyboard.press("d")
    introduce(page)
    form = page.locator("#F1 .dismissal")
    form.get_by_role("button", name="Dismiss").click()
    expect(form).to_be_visible()
    assert stand(page, 1) == "Open"
    form.get_by_role("button", name="Cancel").click()
    expect(form).to_be_hidden()


def test_verdicts_outlive_the_page_and_change(page: Page) -> None:
    page.locator("#F1").get_by_role("button", name="Confirm").click()
    introduce(page)
    expect(page.locator("#F1 [data-slot=state]")).to_have_text("Confirmed")
    page.reload()
    expect(page.locator("#F1 [data-slot=state]")).to_have_text("Confirmed")
    page.locator("#F1 .note-field").fill("seen again")
    page.locator("#F1").get_by_role("button", name="Unsure").click()
    expect(page.locator("#F1 [data-slot=state]")).to_have_text("Unsure")
    expect(page.locator("#F1 .said")).to_contain_text("seen again")
    page.locator("#F1").get_by_role("button", name="Undo").click()
    expect(page.locator("#F1 [data-slot=state]")).to_have_text("Confirmed")


def test_a_missed_finding_in_the_words_selected(page: Page, tmp_path: Path) -> None:
    page.evaluate(
        """() => {
          const words = document.querySelector('[id="w4.1"]').firstChild;
          const range = document.createRange();
          range.setStart(words, 0);
          range.setEnd(words, 14);
          getSelection().removeAllRanges();
          getSelection().addRange(range);
        }"""
    )
    page.keyboard.press("m")
    introduce(page)
    dialog = page.get_by_role("dialog", name="Report a missed finding")
    words = dialog.get_by_label("Words of the letter").input_value()
    assert words == "cyclobenzaprine"[:14]
    dialog.get_by_label("What they show").select_option("SAF001")
    dialog.get_by_role("button", name="Report").click()
    expect(page.locator("#of-letter .said")).to_contain_text("reported a missed finding SAF001")
    (said,) = exported(page, tmp_path)
    assert said.words is not None
    assert (said.words.exact, said.code) == (words, "SAF001")
    assert said.fingerprint == fingerprint_of("SAF001", "sample-0001", said.item, words)
    page.locator("#of-letter").get_by_role("button", name="Undo").click()
    expect(page.locator("#of-letter .said li")).to_have_count(0)


def test_words_that_the_letter_does_not_hold_are_refused(page: Page) -> None:
    page.get_by_role("button", name="Report a miss").click()
    introduce(page)
    dialog = page.get_by_role("dialog", name="Report a missed finding")
    dialog.get_by_label("Words of the letter").fill("something that nobody wrote")
    dialog.get_by_role("button", name="Report").click()
    expect(dialog.get_by_role("alert")).to_contain_text("does not hold these words")
    dialog.get_by_role("button", name="Cancel").click()
    expect(page.locator("#of-letter .said li")).to_have_count(0)


def test_a_clean_letter_is_reviewed_too(open_page: Open, small: Path, tmp_path: Path) -> None:
    page = open_page(page_of(small, "sample-0002"), downloads=True)
    page.get_by_role("button", name="Nothing was missed").click()
    introduce(page)
    expect(page.locator("#of-letter .said")).to_contain_text("found nothing missed")
    (said,) = exported(page, tmp_path)
    assert (said.verdict.value, said.doc, said.code) == ("clean", "sample-0002", "")
    assert said.fingerprint == fingerprint_of("", "sample-0002", 0, "")


def test_a_report_made_with_verdicts_shows_them_without_script(
    open_page: Open, small: Path, page: Page, tmp_path: Path
) -> None:
    page.keyboard.press("j")
    page.keyboard.press("c")
    introduce(page)
    expect(page.locator("#F1 [data-slot=state]")).to_have_text("Confirmed")
    said = exported(page, tmp_path)
    made = report(tmp_path / "made", batch(), statements=said)
    plain = open_page(page_of(made, "sample-0001"), script=False)
    assert stand(plain, 1) == "Confirmed"
    expect(plain.locator("#F1 .said")).to_contain_text("A.R.")
    assert stand(plain, 2) == "Open"
    stale = report(tmp_path / "stale", batch(), statements=[said[0].model_copy(update={"evidence_hash": "00"})])
    old = open_page(page_of(stale, "sample-0001"))
    assert stand(old, 1) == "Stale"
    expect(old.locator("#F1 .said")).to_contain_text("given on another rule or other words")


def test_switched_off_keys_give_no_verdict(page: Page) -> None:
    page.get_by_role("button", name="Keys").click()
    page.get_by_label("Single keys are on").uncheck()
    page.get_by_role("button", name="Close").click()
    page.keyboard.press("j")
    page.keyboard.press("c")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert stand(page, 1) == "Open"
