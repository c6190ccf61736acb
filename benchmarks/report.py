"""What the report costs a letter: layout, rendering, the whole run folder; sizes of pages and of the index.

Run from the checkout: ``python benchmarks/report.py [ROUNDS]``. The letters are those of fixtures/letters, judged
before the clock runs; of each step the best round counts.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from checker import Checker
from checker.batch.letters import judged
from checker.batch.versions import Versions, tool_version
from checker.knowledge.resources import templates_folder
from checker.model.findings import Judgement
from checker.reading import read
from checker.reporting.audit import Audit
from checker.reporting.console import DISCLAIMER
from checker.reporting.environment import environment
from checker.reporting.glossary import glossary
from checker.reporting.letterpage import letter_page

LETTERS = Path(__file__).parent.parent / "fixtures" / "letters"
PAGE_LIMIT = 60_000
"""Bytes a page of a normal letter may have."""


def best(step: Callable[[], object], rounds: int) -> float:
    """Seconds of the best round."""
    shortest = float("inf")
    for _ in range(rounds):
        start = time.process_time()
        step()
        shortest = min(shortest, time.process_time() - start)
    return shortest


def main() -> None:
    """Print a line a step, and the sizes."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    checker = Checker(engine="reference")
    letters = list(judged(read([str(LETTERS)]), checker.check_source))
    whole = [letter for letter in letters if isinstance(letter, Judgement)]
    words = glossary(checker.rulebook)
    versions = Versions(tool_version(), checker.rulebook.digest, checker.judge.engine)
    audit = Audit(versions, words, checker.rulebook.vocabulary.defaults("item"), templates_folder())
    engine = environment(templates_folder())
    engine.globals.update(disclaimer=DISCLAIMER, versions=versions)
    template = engine.get_template("letter.html")
    pages = [letter_page(letter, words) for letter in whole]
    with tempfile.TemporaryDirectory() as folder:
        steps = {
            "layout": lambda: [letter_page(letter, words) for letter in whole],
            "rendering": lambda: [template.render(page=page, root="../../") for page in pages],
            "run folder": lambda: audit.write(letters, Path(folder)),
        }
        for name, step in steps.items():
            print(f"{name:12}{1000 * best(step, rounds) / len(letters):8.2f} ms a letter")
        sizes = sorted(path.stat().st_size for path in Path(folder).glob("d/*/*.html"))
        index = (Path(folder) / "data" / "index.js").stat().st_size
    print(f"page        {sizes[len(sizes) // 2] / 1000:8.1f} kB median, {sizes[-1] / 1000:.1f} kB largest")
    print(f"index       {index / len(letters):8.0f} bytes a letter")
    if sizes[len(sizes) // 2] > PAGE_LIMIT:
        sys.exit(f"a page of a normal letter is above {PAGE_LIMIT} bytes")


if __name__ == "__main__":
    main()
