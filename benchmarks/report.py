"""What the report costs a letter: counting, layout, rendering, the whole run folder; sizes of pages and of the index.

Run from the checkout: ``python -m benchmarks.report [ROUNDS]``. The letters are made by benchmarks/generate.py and
judged before the clock runs; of each step the best round counts. Fails where too many pages are above the limit.
"""

import gc
import hashlib
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from benchmarks.generate import composer, letter
from checker import Checker
from checker.batch.letters import Letter, judged
from checker.batch.statistics import Statistics
from checker.batch.versions import Versions, tool_version
from checker.cli.opening import YOUNG
from checker.knowledge.resources import templates_folder
from checker.model.findings import Judgement
from checker.model.source import SourceText
from checker.reading.text import source_from_text
from checker.reporting.audit import Audit
from checker.reporting.glossary import glossary
from checker.reporting.letterpage import letter_page
from checker.reporting.pages import PageChoice, Pages
from checker.reporting.siteparts import report_engine

LETTERS = 200
PAGE_LIMIT = 60_000
"""Bytes a page of a normal letter may have."""
NORMAL = 0.95
"""Share of letters that are normal; the others are long, or have many items or findings."""


def best(step: Callable[[], object], rounds: int) -> float:
    """Seconds of the best round."""
    shortest = float("inf")
    for _ in range(rounds):
        start = time.process_time()
        step()
        shortest = min(shortest, time.process_time() - start)
    return shortest


def generated() -> Iterator[SourceText]:
    """The letters."""
    makes = composer()
    for number in range(1, LETTERS + 1):
        name, text = letter(makes, number)
        yield source_from_text(text, name, name, hashlib.sha256(text.encode("utf-8")).hexdigest())


def counted(letters: list[Letter]) -> Statistics:
    """What became of every rule."""
    statistics = Statistics()
    for one in letters:
        statistics.add(one)
    return statistics


def new(audit: Audit, letters: list[Letter], folder: Path) -> None:
    """Audit into a new folder."""
    shutil.rmtree(folder, ignore_errors=True)
    audit.write(letters, folder)


def main() -> None:
    """Print a line a step, and the sizes."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    checker = Checker(engine="reference")
    letters = list(judged(generated(), checker.check_source))
    whole = [one for one in letters if isinstance(one, Judgement)]
    words = glossary(checker.rulebook)
    versions = Versions(tool_version(), checker.rulebook.digest, checker.judge.engine)
    gc.freeze()  # what is loaded is never garbage; looking through it would count for the letters
    gc.set_threshold(YOUNG)
    defaults = checker.rulebook.vocabulary.defaults("item")
    audit = Audit(versions, words, defaults, templates_folder(), pages=PageChoice(Pages.ALL))
    some = replace(audit, pages=PageChoice(sample=1, small=0))
    template = report_engine(templates_folder(), versions).get_template("letter.html")
    pages = [letter_page(one, words) for one in whole]
    with tempfile.TemporaryDirectory() as folder:
        steps = {
            "counting": lambda: counted(letters),
            "layout": lambda: [letter_page(one, words) for one in whole],
            "rendering": lambda: [template.render(page=page, root="../../") for page in pages],
            "default": lambda: new(some, letters, Path(folder) / "default"),
            "all pages": lambda: new(audit, letters, Path(folder) / "all"),
            "a second run": lambda: audit.write(letters, Path(folder) / "all"),
        }
        spent = {name: best(step, rounds) / len(letters) for name, step in steps.items()}
        for name, seconds in spent.items():
            print(f"{name:12}{1000 * seconds:8.2f} ms a letter, {seconds / spent['all pages']:5.2f} of all pages")
        pages_of_ten_thousand = 10_000 * (spent["layout"] + spent["rendering"])
        print(f"10,000      {pages_of_ten_thousand:8.0f} s to lay out and render (goal 10)")
        sizes = sorted(path.stat().st_size for path in Path(folder).glob("all/d/*/*.html"))
        store = (Path(folder) / "all" / "pages.parquet").stat().st_size
        index = (Path(folder) / "all" / "data" / "index.js").stat().st_size
        summary = (Path(folder) / "all" / "index.html").stat().st_size
    print(f"page        {sizes[len(sizes) // 2] / 1000:8.1f} kB median, {sizes[-1] / 1000:.1f} kB largest")
    small = sum(size < PAGE_LIMIT for size in sizes) / len(sizes)
    print(f"            {100 * small:8.0f} % below {PAGE_LIMIT / 1000:.0f} kB")
    print(f"store       {store / len(letters):8.0f} bytes a letter")
    print(f"index       {index / len(letters):8.0f} bytes a letter")
    print(f"summary     {summary / 1000:8.1f} kB")
    if small < NORMAL:
        sys.exit(f"{100 * (1 - small):.0f} % of the pages are above {PAGE_LIMIT} bytes")


if __name__ == "__main__":
    main()
