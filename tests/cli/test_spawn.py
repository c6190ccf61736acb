"""Workers that are started anew, as on systems that do not fork, load everything for themselves and write the same."""

from dataclasses import replace
from pathlib import Path

from checker.cli.opening import CasesOf, versions
from checker.cli.options import Engine
from checker.knowledge.redaction import load_redaction
from checker.knowledge.resources import templates_folder
from checker.pipeline import Checker
from checker.reading import units
from checker.reporting.audit import Audit, redacted
from checker.reporting.glossary import glossary
from checker.reporting.work import Work
from tests.across.letters import FOLDER
from tests.cli.test_audit import contents


def test_workers_that_were_started_anew_write_the_same(tmp_path: Path) -> None:
    checker = Checker(engine="reference")
    book = checker.rulebook
    made_with = versions(checker, Engine.REFERENCE)
    plain = Audit(
        made_with,
        glossary(book),
        book.vocabulary.defaults("item"),
        templates_folder(),
        check=checker.check_source,
        cases=CasesOf(checker),
    )
    for start, jobs in (("spawn", 2), ("", 1)):
        with checker.across() as across:  # type: ignore[union-attr]
            masked = redacted(replace(plain, across=across), load_redaction(checker.folder.path))
            tally = masked.run(units([str(FOLDER)]), tmp_path / f"{jobs}", Work(jobs, start=start))
            assert tally.judged > 10
    assert contents(tmp_path / "1") == contents(tmp_path / "2")
    assert "BAT001" in (tmp_path / "1" / "findings.jsonl").read_text("utf-8")
