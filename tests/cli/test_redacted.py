"""imrcheck audit --redact, on every letter of fixtures/: nothing that it writes names a letter or a day."""

import datetime
import re
from pathlib import Path

import duckdb
import pytest

from checker.batch.letters import determination
from checker.knowledge.resources import rules_folder
from checker.model.findings import Judgement
from tests.cli.test_check import LETTERS, run
from tests.shipped import the_checker

DAY = re.compile(
    r"\b\d{1,2}[/-]\d{1,2}[/-]\d{2,4}\b|\b\d{4}-\d\d-\d\d\b"
    r"|\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d{1,2}\b"
)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("redacted") / "shared"
    result = run("audit", LETTERS, "--out", out, "--redact", "--single-file")
    assert result.exit_code == 1, result.output
    return out


@pytest.fixture(scope="module")
def written(shared: Path) -> dict[str, str]:
    """The text of every file, tables too; names of files are part of it."""
    texts = {}
    for path in sorted(p for p in shared.rglob("*") if p.is_file()):
        name = path.relative_to(shared).as_posix()
        table = path.suffix == ".parquet"
        told = str(duckdb.read_parquet(str(path)).fetchall()) if table else path.read_text("utf-8")
        texts[name] = f"{name}\n{told}"
    return texts


def days_of(letter: Judgement) -> set[str]:
    """Every day of a letter as it is printed, and as programs write it."""
    of = determination(letter)
    header = (
        getattr(of.header, name) for name in ("date_assigned", "date_of_injury", "decision_date", "ur_denial_date")
    )
    days = {day.isoformat() for day in [*header, *(d for i in of.items for d in i.service_dates)] if day}
    days |= {str(f.value) for f in letter.facts.letter.facts.values() if _is_day(str(f.value))}
    return days | set(DAY.findall(" ".join(of.source.reading.text.split())))


def _is_day(text: str) -> bool:
    try:
        return bool(datetime.date.fromisoformat(text))
    except ValueError:
        return False


def test_no_file_tells_the_name_or_a_day_of_a_letter(written: dict[str, str]) -> None:
    # A day that the rules speak of, such as that of an edition, tells nothing of a letter.
    ours = set(DAY.findall(" ".join(path.read_text("utf-8") for path in sorted(rules_folder().rglob("*.yaml")))))
    told = {day: name for name, text in written.items() for day in DAY.findall(text)}
    whole = "".join(written.values())
    seen = 0
    for letter in the_checker().check([str(LETTERS)]):
        assert isinstance(letter, Judgement)
        days = days_of(letter) - ours
        seen += len(days)
        assert {day: told[day] for day in days & told.keys()} == {}
        assert determination(letter).source.doc not in whole
    assert seen > 150


def test_what_the_findings_are_about_stays(written: dict[str, str]) -> None:
    text = "".join(told for name, told in written.items() if name.startswith("d/"))
    for words in ("Norco 10/325mg #120", "8/10 without", "2014", "lumbar"):
        assert words in text
