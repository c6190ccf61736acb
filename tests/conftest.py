"""What holds for all tests."""

import os
import shutil
import signal
import tempfile
import threading
from collections.abc import Generator, Iterator

import pytest
from hypothesis import settings

STORED = pytest.StashKey[str]()


def pytest_configure(config: pytest.Config) -> None:
    """What is read of the rules is stored for this run alone, for all its processes; the user's own stays as it was."""
    if not hasattr(config, "workerinput"):
        config.stash[STORED] = os.environ["IMRCHECK_CACHE"] = tempfile.mkdtemp(prefix="imrcheck-tests-")


def pytest_unconfigure(config: pytest.Config) -> None:
    """Nothing of it stays."""
    if STORED in config.stash:
        shutil.rmtree(config.stash[STORED], ignore_errors=True)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where a browser is demanded, a browser test that was skipped has failed: CI must not pass over the report."""
    report = yield
    demanded = os.environ.get("IMRCHECK_REQUIRE_BROWSER") == "1" and item.get_closest_marker("browser")
    if demanded and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped although IMRCHECK_REQUIRE_BROWSER=1: {report.longrepr}"
    return report


@pytest.fixture(scope="session", autouse=True)
def _ctrl_c_is_heard() -> Iterator[None]:
    """A shell starts what it puts in the background deaf to SIGINT, and so would be every program that a test stops."""
    deaf = signal.getsignal(signal.SIGINT) is signal.SIG_IGN and threading.current_thread() is threading.main_thread()
    if deaf:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    if deaf:
        signal.signal(signal.SIGINT, signal.SIG_IGN)


settings.register_profile("imrcheck", deadline=None)  # speed is never a timed assertion
settings.load_profile("imrcheck")
