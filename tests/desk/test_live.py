"""What the desk shows of the review is what an audit made again with the same verdicts shows."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from checker.batch.letters import Letter
from checker.desk.figures import figures
from checker.knowledge.resources import templates_folder
from checker.model.findings import Finding, Judgement
from checker.reporting.audit import Audit, VerdictFile
from checker.review.blind import Blinding
from checker.review.log import VerdictLog
from tests.desk.desks import VERSIONS, Caller, run_folder, serving
from tests.reporting import samples
from tests.reporting.reports import WORDS, batch, page_of


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return run_folder(tmp_path_factory.mktemp("live") / "run")


@pytest.fixture
def log(tmp_path: Path) -> VerdictLog:
    return VerdictLog(tmp_path / "verdicts.jsonl")


@pytest.fixture
def caller(folder: Path, log: VerdictLog) -> Iterator[Caller]:
    yield from serving(folder, log)


def made_again(log: VerdictLog, folder: Path, letters: Sequence[Letter] | None = None) -> Path:
    """A fresh audit of the same letters with the verdicts."""
    said = log.read().statements
    files = [VerdictFile.of(log.path, said)] if said else []
    Audit(VERSIONS, WORDS, {}, templates_folder(), statements=said, verdicts=files).write(letters or batch(), folder)
    return folder


def squeezed(html: str) -> str:
    return re.sub(r"\s+", " ", html).strip()


def summary_of(folder: Path) -> str:
    html = (folder / "index.html").read_text("utf-8")
    found = re.search(r'<div id="review-now">(.*?)</div>\n<p class="lead" id="review-news"', html, re.DOTALL)
    assert found
    return squeezed(found[1])


def precision_of(folder: Path) -> dict[str, str]:
    html = (folder / "rules.html").read_text("utf-8")
    return {code: squeezed(cell) for code, cell in re.findall(r'data-precision="([^"]+)">(.*?)</td>', html, re.DOTALL)}


def standing_of(folder: Path) -> dict[str, list[int]]:
    script = (folder / "data" / "standing.js").read_text("ascii")
    told: dict[str, list[int]] = json.loads(script.removeprefix("window.IMRCHECK_STANDING = ").removesuffix(";\n"))
    return told


def test_after_each_verdict_the_same_numbers_as_a_fresh_audit(caller: Caller, log: VerdictLog, tmp_path: Path) -> None:
    prints = list(caller.desk.review.run.findings)
    clean = {"doc": "sample-0002", "verdict": "clean"}
    missed = {"doc": "sample-0002", "verdict": "missed", "code": "SAF001", "item": 1, "words": {"exact": "wrist"}}
    steps: list[dict[str, Any]] = [
        {},
        {"fingerprint": prints[0], "verdict": "confirmed", "reviewer": "A.R."},
        {"fingerprint": prints[1], "verdict": "dismissed", "reason": "duplicate", "reviewer": "A.R."},
        {"fingerprint": prints[0], "verdict": "unsure", "reviewer": "B.S."},
        {"fingerprint": prints[1], "verdict": "dismissed", "reason": "duplicate", "reviewer": "B.S."},
        {**clean, "reviewer": "A.R."},
        {**missed, "reviewer": "<B.S.>"},
        *[{"fingerprint": print_, "verdict": "confirmed", "reviewer": "A.R."} for print_ in prints[2:]],
        {"fingerprint": prints[1], "verdict": "withdrawn", "reviewer": "A.R."},
    ]
    seen = set()
    for number, step in enumerate(steps):
        if step:
            assert caller.say(**step)[0] == 201
        fresh = made_again(log, tmp_path / f"run-{number}")
        status, body = caller.get("api/review")
        assert status == 200
        told = json.loads(body)
        assert squeezed(told["summary"]) == summary_of(fresh)
        codes = {code: squeezed(cell) for code, cell in told["codes"].items()}
        assert {code: codes.get(code, codes[""]) for code in precision_of(fresh)} == precision_of(fresh)
        assert json.loads(caller.get("api/letters")[1]) == standing_of(fresh)
        seen.add(squeezed(told["summary"]))
    assert len(seen) == len(steps), "every step changed what is shown"


def test_pages_made_with_as_many_other_statements_are_not_fresh(folder: Path, tmp_path: Path) -> None:
    logs = [VerdictLog(tmp_path / f"{number}.jsonl") for number in (1, 2)]
    for log, verdict in zip(logs, ("confirmed", "unsure"), strict=True):
        for caller in serving(folder, log):
            assert json.loads(caller.get("api/review")[1])["fresh"] is True
            caller.say(fingerprint=next(iter(caller.desk.review.run.findings)), verdict=verdict, reviewer="A.R.")
            assert json.loads(caller.get("api/review")[1])["fresh"] is False
    made = made_again(logs[0], tmp_path / "run")
    for log, fresh in zip(logs, (True, False), strict=True):
        for caller in serving(made, log):
            assert json.loads(caller.get("api/review")[1])["fresh"] is fresh


def test_letters_of_one_name_are_all_counted(log: VerdictLog, tmp_path: Path) -> None:
    """The second has the first one's findings, the third none of them; a verdict holds wherever its words stand."""
    first = samples.pain()
    parsed = first.facts.determination

    def elsewhere(folder: str, findings: tuple[Finding, ...]) -> Judgement:
        source = replace(parsed.source, source=f"{folder}/sample-0001.txt", sha256=folder * 64)
        facts = replace(first.facts, determination=replace(parsed, source=source))
        return replace(first, facts=facts, findings=findings)

    letters = [first, elsewhere("a", first.findings), elsewhere("b", ())]
    made = made_again(log, tmp_path / "run", letters)
    for caller in serving(made, log):
        run = caller.desk.review.run
        assert [len(letter.found) for letter in run.letters] == [4, 4, 0]
        assert (len(run.findings), run.namesakes) == (4, 3)
        caller.say(fingerprint=next(iter(run.findings)), verdict="confirmed", reviewer="A.R.")
        fresh = made_again(log, tmp_path / "again", letters)
        assert squeezed(json.loads(caller.get("api/review")[1])["summary"]) == summary_of(fresh)
        assert json.loads(caller.get("api/letters")[1]) == standing_of(fresh)
        told = figures(run, log.read().statements)
        assert (told["findings"], told["states"]["confirmed"]) == (8, 2)


def test_the_next_open_finding_is_on_a_page_that_is_served(caller: Caller, folder: Path) -> None:
    summary = json.loads(caller.get("api/review")[1])["summary"]
    address = re.search(r'href="([^"#]+)#F1"', summary)
    assert address
    assert folder / address[1] == page_of(folder, "sample-0001")
    assert caller.get(address[1])[0] == 200


def test_figures_of_the_blind_tell_nothing_of_others(folder: Path, log: VerdictLog) -> None:
    for caller in serving(folder, log, Blinding(everything=True)):
        before = {path: caller.get(f"{path}?reviewer=B.S.")[1] for path in ("api/review", "api/letters")}
        prints = list(caller.desk.review.run.findings)
        for print_ in prints:
            caller.say(fingerprint=print_, verdict="confirmed", reviewer="A.R.")
        caller.say(doc="sample-0002", verdict="clean", reviewer="A.R.")
        for path, told in before.items():
            assert caller.get(f"{path}?reviewer=B.S.")[1] == told
        assert caller.get("api/letters?reviewer=A.R.")[1] != before["api/letters"]
