"""What holds for all tests."""

import os
from collections.abc import Generator

import pytest
from hypothesis import settings


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where a browser is demanded, a browser test that was skipped has failed: CI must not pass over the report."""
    report = yield
    demanded = os.environ.get("IMRCHECK_REQUIRE_BROWSER") == "1" and item.get_closest_marker("browser")
    if demanded and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped although IMRCHECK_REQUIRE_BROWSER=1: {report.longrepr}"
    return report


settings.register_profile("imrcheck", deadline=None)  # speed is never a timed assertion
settings.load_profile("imrcheck")
