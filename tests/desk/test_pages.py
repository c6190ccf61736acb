"""The desk shows the page of every letter, with the bytes that it would have had as a file."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from checker.batch.run import STORE
from checker.desk.pages import RunPages
from checker.desk.run import Review, finished_run
from checker.desk.server import Desk
from checker.knowledge.resources import templates_folder
from checker.reporting.audit import Audit
from checker.reporting.pages import PageChoice, Pages
from checker.review.log import VerdictLog
from tests.desk.desks import VERSIONS, Caller
from tests.reporting.reports import WORDS, batch


def run_of(folder: Path, pages: Pages) -> Path:
    Audit(VERSIONS, WORDS, {}, templates_folder(), pages=PageChoice(pages)).write(batch(), folder)
    return folder


@pytest.fixture(params=[Pages.NONE, Pages.FLAGGED, Pages.ALL])
def caller(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Caller]:
    folder = run_of(tmp_path / "run", request.param)
    desk = Desk(Review(finished_run(folder), VerdictLog(tmp_path / "verdicts.jsonl")))
    thread = threading.Thread(target=desk.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield Caller(desk)
    desk.shutdown()
    thread.join()
    desk.server_close()


def test_every_page_has_the_bytes_of_a_written_one(caller: Caller, tmp_path: Path) -> None:
    whole = run_of(tmp_path / "all", Pages.ALL)
    pages = sorted(whole.glob("d/*/*.html"))
    assert len(pages) == 4
    for page in pages:
        address = page.relative_to(whole).as_posix()
        assert caller.get(address) == (200, page.read_bytes()), address


def test_an_address_is_none_of_the_run_unless_it_is_one_exactly(caller: Caller) -> None:
    for address in ("d/", "d/00/none-000000000000.html", "d/%2e%2e/%2e%2e/etc/passwd", "d//x.html", "d/../../x.html"):
        status, _ = caller.get(address)
        assert status == 404, address


def test_without_a_store_what_was_written_is_shown(tmp_path: Path) -> None:
    folder = run_of(tmp_path / "run", Pages.ALL)
    page = next(folder.glob("d/*/*.html")).relative_to(folder).as_posix()
    assert RunPages(folder)(page) is not None
    (folder / STORE).write_bytes(b"PAR1")
    assert RunPages(folder)(page) is None
    (folder / STORE).unlink()
    desk = Desk(Review(finished_run(folder), VerdictLog(tmp_path / "verdicts.jsonl")))
    thread = threading.Thread(target=desk.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        assert Caller(desk).get(page) == (200, (folder / page).read_bytes())
    finally:
        desk.shutdown()
        thread.join()
        desk.server_close()
