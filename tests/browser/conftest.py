"""A Chromium that may talk to nobody, and a report to look at."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright

from checker.model.findings import Judgement
from checker.reporting.comparison import Comparing
from tests.batch.test_differences import earlier, finding, letter, manifest
from tests.reporting import samples
from tests.reporting.reports import batch, report

expect.set_options(timeout=20_000)  # what is looked for must come; how fast is no matter of these tests

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
    # Parts of a browser's window that no test looks at, two thirds of what opening one takes; then Playwright's own
    # list, because of two such switches the last one counts.
    "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup,PreloadTopChromeWebUI,SpareRendererForSitePerProcess,"
    "AvoidUnnecessaryBeforeUnloadCheckSync,DestroyProfileOnBrowserClose,HttpsUpgrades,HttpsFirstBalancedModeAutoEnable,"
    "LensOverlay,MediaRouter,PaintHolding,ThirdPartyStoragePartitioning,AvoidCorsURLLoaderRestartOnRedirect,"
    "OptimizationHints,NetworkTimeServiceQuerying,AimEnabled,PreconnectToSearch",
]
WATCH = """
window.violations = [];
document.addEventListener('securitypolicyviolation', (e) => window.violations.push(e.violatedDirective));
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        pytest.skip("no chromium found: install Debian's chromium package to test the report in a browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        browser.close()


@dataclass
class Watched:
    """What a page did that it must not do."""

    requests: list[str] = field(default_factory=list)
    console: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)


Open = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Open]:
    """Opens pages of a report; at the end, each must have asked for files only and complained about nothing."""
    opened: list[tuple[Page, Watched, bool]] = []

    def opener(
        path: Path,
        fragment: str = "",
        *,
        width: int = 1440,
        height: int = 900,
        script: bool = True,
        dark: bool = False,
        forced: bool = False,
        downloads: bool = False,
    ) -> Page:
        context = browser.new_context(
            viewport=ViewportSize(width=width, height=height),
            offline=True,
            java_script_enabled=script,
            color_scheme="dark" if dark else "light",
            forced_colors="active" if forced else "none",
            reduced_motion="reduce",
            accept_downloads=downloads,
        )
        context.add_init_script(WATCH)
        page = context.new_page()
        watched = Watched()
        page.on("request", lambda request: watched.requests.append(request.url))
        page.on("console", lambda message: watched.console.append(message.text))
        page.on("pageerror", lambda error: watched.errors.append(str(error)))
        page.on("dialog", lambda dialog: (watched.dialogs.append(dialog.message), dialog.dismiss()))
        page.goto(path.as_uri() + fragment)
        opened.append((page, watched, script))
        return page

    yield opener
    for page, watched, script in opened:
        assert watched.requests
        assert all(url.startswith(("file:", "data:,", "blob:")) for url in watched.requests), watched.requests
        assert (watched.console, watched.errors, watched.dialogs) == ([], [], [])
        if script:
            assert page.evaluate("window.violations") == []
        page.context.close()


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report of one letter of each kind, compared with an earlier run."""
    runs = tmp_path_factory.mktemp("runs")
    then = [letter("sample-0001", finding(), finding("FAC001")), letter("b", finding(words="no guideline <i>old</i>"))]
    now = [
        letter("sample-0001", finding("FAC001"), finding("DEC002")),
        letter("b", finding(words="<i>new</i>"), sha256="b"),
    ]
    comparing = Comparing(earlier(runs / "then", then), manifest())
    earlier(runs / "now", now)
    comparing.write(runs / "now")
    return report(
        tmp_path_factory.mktemp("small"), batch(), comparison=comparing.view(lambda docs: dict.fromkeys(docs, ""))
    )


@pytest.fixture(scope="session")
def grouped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report whose letters come from reviewers of several specialties, one of which finds more than chance allows."""
    sizes = {"Family Practice": 60, "Orthopedic Surgery": 40, "Psychiatry & Neurology": 9, "Dentistry": 2}
    letters = [
        _from(samples.pain() if name == "Orthopedic Surgery" or number % 9 == 0 else samples.clean(), name, number)
        for name, size in sizes.items()
        for number in range(size)
    ]
    return report(tmp_path_factory.mktemp("grouped"), letters)


def _from(judged: Judgement, specialty: str, number: int) -> Judgement:
    parsed = judged.facts.determination
    name = f"{specialty[:4].strip()}-{number:04}"
    source = replace(parsed.source, doc=name, sha256=f"{name}".encode().hex().ljust(64, "0"))
    reviewer = replace(parsed.reviewer, specialties=(specialty,))
    return replace(judged, facts=replace(judged.facts, determination=replace(parsed, source=source, reviewer=reviewer)))


@pytest.fixture(scope="session")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report of 300 letters: every third one with findings."""
    letters = [samples.pain(f"case-{n:04}") if n % 3 == 0 else samples.clean(f"case-{n:04}") for n in range(300)]
    return report(tmp_path_factory.mktemp("large"), [*letters, samples.unreadable()])
