"""Reviewing over ``imrcheck serve``: a verdict is in the file when the page shows it; two reviewers lose none."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from checker.desk.run import Review, finished_run
from checker.desk.server import Desk
from checker.review.log import VerdictLog
from tests.browser.conftest import WATCH
from tests.browser.test_review import introduce
from tests.desk.desks import run_folder
from tests.reporting.reports import page_of


class Serving:
    """A desk, and pages of it in browsers of their own; each may only talk to the desk."""

    def __init__(self, browser: Browser, desk: Desk, folder: Path) -> None:
        self.browser, self.desk, self.folder = browser, desk, folder
        self.complaints: list[str] = []
        self.pages: list[Page] = []

    def open(self, doc: str) -> Page:
        page = self.browser.new_context(reduced_motion="reduce").new_page()
        page.add_init_script(WATCH)
        page.on(
            "request",
            lambda r: self.complaints.append(r.url) if not r.url.startswith((self.desk.origin, "data:,")) else None,
        )
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        path = page_of(self.folder, doc).relative_to(self.folder).as_posix()
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
    desk = Desk(Review(finished_run(folder), log))
    thread = threading.Thread(target=desk.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    served = Serving(browser, desk, folder)
    yield served
    assert served.complaints == []
    for page in served.pages:
        assert page.evaluate("window.violations") == []
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
    page.keyboard.press("c")
    expect(page.locator("#said")).to_have_text("not saved: the verdict was not saved: No space left on device")
    expect(page.locator("#F2 [data-slot=state]")).to_have_text("Open")
