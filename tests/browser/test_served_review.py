"""Reviewing over ``imrcheck serve``: a verdict is in the file when the page shows it; two reviewers lose none."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from checker.desk.run import Review, finished_run
from checker.desk.server import Desk
from checker.review.blind import Blinding
from checker.review.log import VerdictLog
from checker.review.statements import Statement
from tests.browser.conftest import WATCH
from tests.browser.test_review import introduce
from tests.browser.test_standing import review_of
from tests.desk.desks import run_folder
from tests.reporting.reports import page_of


class Serving:
    """A desk, and pages of it in browsers of their own; each may only talk to the desk."""

    def __init__(self, browser: Browser, desk: Desk, folder: Path) -> None:
        self.browser, self.desk, self.folder = browser, desk, folder
        self.complaints: list[str] = []
        self.pages: list[Page] = []

    def open(self, doc: str, width: int = 1440) -> Page:
        """A page in a browser of its own: that of a letter, or any by its address from the index."""
        context = self.browser.new_context(reduced_motion="reduce", viewport=ViewportSize(width=width, height=900))
        return self.beside(context, doc)

    def beside(self, context: BrowserContext, doc: str) -> Page:
        """The same in another tab of a browser."""
        page = context.new_page()
        page.add_init_script(WATCH)
        page.on(
            "request",
            lambda r: self.complaints.append(r.url) if not r.url.startswith((self.desk.origin, "data:,")) else None,
        )
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda message: self.complaints.append(message.text))
        path = doc if doc.endswith(".html") else page_of(self.folder, doc).relative_to(self.folder).as_posix()
        page.goto(f"{self.desk.origin}/{self.desk.token}/{path}")
        self.pages.append(page)
        return page


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return run_folder(tmp_path_factory.mktemp("served") / "run")


@pytest.fixture
def log(tmp_path: Path) -> VerdictLog:
    return VerdictLog(tmp_path / "verdicts.jsonl")


@pytest.fixture
def serving(browser: Browser, folder: Path, log: VerdictLog) -> Iterator[Serving]:
    yield from at_a_desk(browser, Desk(Review(finished_run(folder), log)), folder)


def at_a_desk(browser: Browser, desk: Desk, folder: Path) -> Iterator[Serving]:
    """A desk that is served while the test goes on."""
    thread = threading.Thread(target=desk.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    served = Serving(browser, desk, folder)
    yield served
    assert served.complaints == []
    for page in served.pages:
        assert page.evaluate("window.violations") == []
    for page in served.pages:
        page.context.close()
    desk.shutdown()
    desk.server_close()
    thread.join()


def test_a_verdict_is_in_the_file_when_the_page_shows_it(serving: Serving, log: VerdictLog) -> None:
    page = serving.open("sample-0001")
    page.keyboard.press("j")
    page.keyboard.press("c")
    introduce(page)
    expect(page.locator("#F1 [data-slot=state]")).to_have_text("Confirmed")
    (said,) = log.read().statements
    assert (said.reviewer, said.role, said.verdict.value, said.doc) == ("A.R.", "QA nurse", "confirmed", "sample-0001")
    expect(page.locator("#export")).to_be_hidden()
    page.keyboard.press("z")
    expect(page.locator("#F1 [data-slot=state]")).to_have_text("Open")
    assert [s.verdict.value for s in log.read().statements] == ["confirmed", "withdrawn"]


def test_the_table_can_be_narrowed_to_the_sample(browser: Browser, folder: Path, log: VerdictLog) -> None:
    run = finished_run(folder)
    units = [{"doc": x.doc, "sha256": x.sha256, "item": 0, "stratum": ""} for x in run.letters if x.doc[-1].isdigit()]
    assert len(units) == 2
    units[1]["double"] = True
    for serving in at_a_desk(browser, Desk(Review(run, log), sample={"units": units}), folder):
        page = serving.open("letters.html")
        choice = page.locator("#facet-sample .choice")
        expect(choice).to_have_text(["In the sample 2", "For double review 1"])
        choice.first.get_by_role("checkbox").check()
        expect(page.locator("#shown")).to_have_text("2 of 5 letters")
        assert page.evaluate("location.hash") == "#sample=in-the-sample"
        page.locator("#facet-finding").get_by_label("Clean").check()
        expect(page.locator("#rows th")).to_have_text([str(units[1]["doc"])])
        expect(choice.first.locator(".count")).to_have_text("1")
        page.reload()
        expect(page.locator("#shown")).to_have_text("1 of 5 letters")
    for serving in at_a_desk(browser, Desk(Review(run, log)), folder):
        expect(serving.open("letters.html").locator("#facet-sample")).to_have_count(0)


def test_two_reviewers_see_each_other(serving: Serving, log: VerdictLog) -> None:
    one, other = serving.open("sample-0001"), serving.open("sample-0001")
    for page, name, key in ((one, "A.R.", "c"), (other, "B.S.", "u")):
        page.keyboard.press("j")
        page.keyboard.press(key)
        introduce(page, name)
    expect(other.locator("#F1 [data-slot=state]")).to_have_text("Disputed")
    one.reload()
    expect(one.locator("#F1 [data-slot=state]")).to_have_text("Disputed")
    assert {s.reviewer for s in log.read().statements} == {"A.R.", "B.S."}


def test_a_missed_finding_is_saved(serving: Serving, log: VerdictLog) -> None:
    page = serving.open("sample-0002")
    page.keyboard.press("m")
    introduce(page)
    dialog = page.get_by_role("dialog", name="Report a missed finding")
    words = " ".join((page.locator(".letter .rationale").first.inner_text()).split()[:4])
    dialog.get_by_label("Words of the letter").fill(words)
    dialog.get_by_role("button", name="Report").click()
    expect(page.locator("#of-letter .said")).to_contain_text(words)
    (said,) = log.read().statements
    assert said.words is not None
    assert said.words.exact == words
    page.locator("#of-letter").get_by_role("button", name="Undo").click()
    expect(page.locator("#of-letter .said li")).to_have_count(0)


def test_a_desk_that_is_gone_is_told(serving: Serving, log: VerdictLog, monkeypatch: pytest.MonkeyPatch) -> None:
    page = serving.open("sample-0001")
    page.keyboard.press("j")
    page.keyboard.press("u")
    introduce(page)
    expect(page.locator("#F1 [data-slot=state]")).to_have_text("Unsure")

    def full(statement: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(serving.desk.review.log, "append", full)
    page.locator("#F2 .note-field").fill("not to be lost")
    page.locator("#F2").focus()
    # the second key is meant for the finding after this one: it must not fall on another
    page.keyboard.press("c")
    page.keyboard.press("c")
    expect(page.locator("#said")).to_have_text("not saved: the verdict was not saved: No space left on device")
    expect(page.locator("#F2 [data-slot=state]")).to_have_text("Open")
    expect(page.locator("#F2 .note-field")).to_have_value("not to be lost")
    expect(page.locator("#F2")).to_be_focused()
    # the browser itself tells of the refused request
    serving.complaints = [told for told in serving.complaints if "507" not in told]


def test_a_key_pressed_while_a_verdict_is_on_its_way_falls_on_the_next_finding(
    serving: Serving, log: VerdictLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = serving.open("sample-0001")
    page.locator("#who-again").click()
    introduce(page)
    append = serving.desk.review.log.append

    def slowly(statement: Statement) -> None:
        time.sleep(0.3)
        append(statement)

    monkeypatch.setattr(serving.desk.review.log, "append", slowly)
    page.keyboard.press("j")
    for key in "cuc":
        page.keyboard.press(key)
    for number, state in ((1, "Confirmed"), (2, "Unsure"), (3, "Confirmed")):
        expect(page.locator(f"#F{number} [data-slot=state]")).to_have_text(state)
    prints = [page.locator(f"#F{number}").get_attribute("data-fingerprint") for number in (1, 2, 3)]
    assert [s.fingerprint for s in log.read().statements] == prints
    expect(page.locator("#F4")).to_be_focused()


def test_summary_and_table_follow_the_verdicts_in_another_tab(serving: Serving) -> None:
    summary = serving.open("index.html")
    table = serving.beside(summary.context, "letters.html")
    expect(summary.locator("#review-now")).to_contain_text("DEC002 in sample-0001")
    page = serving.beside(summary.context, "sample-0001")
    page.keyboard.press("j")
    page.keyboard.press("c")
    introduce(page)
    expect(page.locator("#F1 [data-slot=state]")).to_have_text("Confirmed")
    expect(summary.locator("#review-now")).to_contain_text("Precision: 1 confirmed of 1 decided")
    expect(summary.locator("#review-now")).not_to_contain_text("DEC002 in sample-0001")
    expect(table.locator("#rows")).to_contain_text("1 of 4 done")
    assert review_of(table, "sample-0001") == "1 of 4 done"
    rules = serving.beside(summary.context, "rules.html")
    expect(rules.locator("[data-precision=DEC002]")).to_contain_text("1 / 1")
    code = serving.beside(summary.context, "codes/dec002.html")
    expect(code.locator("[data-precision=DEC002]").first).to_contain_text("1 / 1")
    audit = serving.beside(summary.context, "audit.html")
    expect(audit.locator("#review-news")).to_contain_text("Before it is signed, make it again")
    asked: list[str] = []
    summary.on("request", lambda request: asked.append(request.url))
    summary.wait_for_timeout(700)
    assert asked == [], "the desk is not asked all the time"


def test_the_next_open_finding_leads_through_the_letters(serving: Serving) -> None:
    page = serving.open("letters.html")
    page.keyboard.press("o")
    expect(page.get_by_role("heading", level=1)).to_have_text("sample-0001")
    expect(page.locator("#F1")).to_be_focused()
    page.keyboard.press("c")
    introduce(page)
    for number in (2, 3, 4):
        expect(page.locator(f"#F{number}")).to_be_focused()
        page.keyboard.press("u")
    expect(page.locator("#said")).to_contain_text("all findings of this letter are reviewed")
    page.keyboard.press("o")
    expect(page.get_by_role("heading", level=1)).not_to_have_text("sample-0001")
    expect(page.locator("#F1")).to_be_focused()


def test_a_marked_finding_shows_nothing_of_others_before_the_own_verdict(
    browser: Browser, folder: Path, log: VerdictLog
) -> None:
    run = finished_run(folder)
    marked = Blinding.of_sample({"units": [{"doc": "sample-0001", "item": 0, "double": True}]})
    for serving in at_a_desk(browser, Desk(Review(run, log, marked)), folder):
        one, other = serving.open("sample-0001"), serving.open("sample-0001")
        for page, name in ((one, "A.R."), (other, "B.S.")):
            page.locator("#who-again").click()
            introduce(page, name)
            page.keyboard.press("j")
        one.keyboard.press("c")
        expect(one.locator("#F1 [data-slot=state]")).to_have_text("Confirmed")
        expect(one.locator("#F1 [data-slot=blind]")).to_be_hidden()
        other.reload()
        expect(other.locator("#F1 [data-slot=blind]")).to_be_visible()
        expect(other.locator("#F1 [data-slot=state]")).to_have_text("Open")
        assert "A.R." not in other.content()
        other.keyboard.press("u")
        expect(other.locator("#F1 [data-slot=state]")).to_have_text("Disputed")
        expect(other.locator("#F1 .said")).to_contain_text("A.R.")
    assert [s.blind for s in log.read().statements] == [True, True]
