"""How fast the table of letters is in a browser: 100,000 letters from file://, until the first row, and a search.

Run from the checkout: ``python benchmarks/index.py [LETTERS]``; it needs a Chromium. The rows are made up, with as many
different requests, codes and names as a year of letters has. Fails where the page works longer than LIMIT.
"""

import random
import shutil
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from checker.batch.letters import Tally
from checker.batch.versions import Versions
from checker.knowledge.resources import templates_folder
from checker.reporting.index import IndexItem, IndexRow, index_script
from checker.reporting.pages import PageChoice, PagesTold
from checker.reporting.site import desk_script
from checker.reporting.siteparts import report_engine

LIMIT = 1.0
"""Seconds of work of the page until the table can be used; what the machine does beside it does not count."""
_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
_OUTCOMES = ("upheld", "overturned", "partially-overturned")


def rows(count: int) -> list[IndexRow]:
    """Made up letters; the same each time."""
    dice = random.Random(5)  # noqa: S311 (the same rows each time)
    requests = [f"Substance {n} {dice.choice((5, 10, 20))}mg #{dice.choice((30, 60, 90))}" for n in range(20_000)]
    topics = [f"Topic {n}" for n in range(40)]
    codes = [f"CRI-{chr(65 + n // 26)}{chr(65 + n % 26)}-coverage" for n in range(90)]
    specialties = [f"Specialty {n}" for n in range(60)]
    return [_row(dice, number, (requests, topics, codes, specialties)) for number in range(count)]


def _row(dice: random.Random, number: int, words: tuple[list[str], ...]) -> IndexRow:
    requests, topics, codes, specialties = words
    found = tuple(dice.sample(codes, dice.choice((0, 0, 1, 1, 2, 3))))
    doc = f"CM14-0990{number:06}"
    address = f"d/{number % 256:02x}/{doc.lower()}-{number % 256:02x}{number:010x}.html"
    return IndexRow(
        doc=doc,
        address=address,
        page=address if found else "",
        status="ok" if dice.random() < 0.97 else "partial",
        decided=f"201{dice.randrange(4, 7)}-{dice.randrange(1, 13):02}-{dice.randrange(1, 29):02}",
        specialty=dice.choice(specialties),
        items=tuple(
            IndexItem(dice.choice(requests), dice.choice(_OUTCOMES), dice.choice(topics))
            for _ in range(dice.choice((1, 1, 2, 3)))
        ),
        counts=(len(found) // 2, len(found) % 2, 0),
        codes=found,
        worst=f"Title of {found[0]}" if found else "",
        why="" if dice.random() < 0.999 else "no text on pages 1-3, needs OCR",
    )


def written(folder: Path, count: int) -> int:
    """Write the table of so many letters; bytes of its data."""
    made = rows(count)
    engine = report_engine(templates_folder(), Versions("0", "0" * 64, "none"))
    told = PagesTold(PageChoice(), count, count // 2)
    html = engine.get_template("letters.html").render(
        rows=made[:100], tally=Tally(letters=count, judged=count), pages=told, root=""
    )
    (folder / "letters.html").write_text(html, "utf-8")
    shutil.copytree(templates_folder() / "assets", folder / "assets")
    (folder / "data").mkdir()
    (folder / "data" / "desk.js").write_text(desk_script({}), "ascii")
    (folder / "data" / "standing.js").write_text("", "ascii")
    script = "".join(index_script(made, {}))
    (folder / "data" / "index.js").write_text(script, "ascii")
    return len(script)


def seconds(page: Page, do: str) -> float:
    """Seconds of something done on the page, until it has been painted."""
    told: float = page.evaluate(
        f"async () => {{ const start = performance.now(); {do};"
        " await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));"
        " return performance.now() - start; }"
    )
    return told / 1000


_FILL = "const box = document.getElementById('search'); box.value = '{}'; box.dispatchEvent(new Event('input'))"
_STEPS = {
    "search": _FILL.format("substance 19"),
    "search of two words": _FILL.format("20mg specialty"),
    "search cleared": _FILL.format(""),
    "filter": "document.querySelector('#facet-finding input').click()",
    "filter taken away": "document.querySelector('#facet-finding input').click()",
    "sort": "document.querySelector('th[data-sort=decided] button').click()",
    "next page": "document.getElementById('after').click()",
}


def main() -> None:
    """Print the size of the data and a line a step."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    if found is None:
        sys.exit("no chromium found")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        size = written(Path(folder), count)
        print(f"{count:,} letters, {size / 1e6:.1f} MB of data, {size / count:.0f} bytes a letter")
        browser = playwright.chromium.launch(executable_path=found, args=_FLAGS)
        firsts, busy = [], []
        for _ in range(3):
            page = browser.new_page()
            session = page.context.new_cdp_session(page)
            session.send("Performance.enable", {"timeDomain": "threadTicks"})
            start = time.perf_counter()
            page.goto(Path(folder, "letters.html").as_uri(), wait_until="commit")
            page.locator("#filters:not([hidden])").wait_for(state="attached")
            firsts.append(time.perf_counter() - start)
            told = {m["name"]: m["value"] for m in session.send("Performance.getMetrics")["metrics"]}
            busy.append(told["TaskDuration"])
        first = min(firsts)
        print(f"{'first row':22}{1000 * first:7.0f} ms; the page is at work for {1000 * min(busy):.0f} ms of it")
        for name, do in _STEPS.items():
            print(f"{name:22}{1000 * seconds(page, do):7.0f} ms")
        browser.close()
    if min(busy) > LIMIT:
        sys.exit("the table of letters is too slow")


if __name__ == "__main__":
    main()
