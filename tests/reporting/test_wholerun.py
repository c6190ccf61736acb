"""The pages about a whole run: what they say, against numbers counted by hand."""

import re
from html import unescape
from pathlib import Path

import pytest

from checker.batch.differences import EarlierRun
from checker.model.findings import Severity
from checker.reporting.comparison import Comparing
from checker.reporting.glossary import Glossary
from checker.reporting.listed import Listed
from checker.reporting.wire_check import finding_record
from checker.review.present import today_of
from checker.review.statements import Statement
from tests.batch.test_differences import earlier, finding, letter
from tests.batch.test_differences import manifest as told
from tests.reporting import samples
from tests.reporting.reports import VERSIONS, WORDS, batch, page_of, report
from tests.review.statements import statement

TABS = ["Summary", "Determinations", "Rules", "Differences", "Manifest", "Audit"]
WHOLE = ("index.html", "letters.html", "rules.html", "differences.html", "manifest.html", "audit.html")


def words(path: Path) -> str:
    """The text of a page, one blank between words."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", path.read_text("utf-8"))).split())


def said(**more: object) -> Statement:
    """A statement on the n-th finding of the letter with four findings."""
    pain = samples.pain()
    number = int(str(more.pop("number", 1)))
    found = pain.findings[number - 1]
    record = finding_record(found, pain.facts.determination)
    today = today_of("sample-0001", record, VERSIONS.rule_hashes)
    given = {"fingerprint": today.fingerprint, "rule": today.rule, "code": found.code, "item": today.item}
    hashes = {"rule_hash": today.rule_hash, "evidence_hash": today.evidence_hash}
    return statement(**{"doc": "sample-0001", **given, **hashes, **more})


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return report(tmp_path_factory.mktemp("report"), batch())


@pytest.mark.parametrize("name", WHOLE)
def test_every_page_has_the_same_tabs_and_says_which_one_it_is(folder: Path, name: str) -> None:
    html = (folder / name).read_text("utf-8")
    nav = re.findall(r'<nav class="tabs".*?</nav>', html)[0]
    assert re.findall(r">([A-Z][a-z]+)</a>", nav) == TABS
    assert re.findall(r'href="([a-z.]+)"', nav) == list(WHOLE)
    assert re.findall(r'href="([a-z.]+)"[^>]* aria-current="page"', nav) == [name]


def test_pages_further_down_lead_back_up(folder: Path) -> None:
    for path, root in ((page_of(folder, "sample-0001"), "../../"), (folder / "codes" / "cit001.html", "../")):
        nav = re.findall(r'<nav class="tabs".*?</nav>', path.read_text("utf-8"))[0]
        assert re.findall(r'href="([^"]+)"', nav) == [root + name for name in WHOLE]


def test_the_summary_tells_the_scope_and_what_was_not_read(folder: Path) -> None:
    text = words(folder / "index.html")
    assert "Letters 5 decided from 2014-09-02 to 2015-06-30" in text
    assert "Judged 3 4 disputed items; 1 letter read in part" in text
    assert "Unknown layout 1" in text
    assert "Unreadable 1" in text
    assert "Unreadable: no text on pages n-n, needs OCR 1" in text
    assert "2 letters were not checked: this batch is not clean because of them" in text
    assert "Result findings of severity error; not every letter could be checked (exit code 1)" in text


def test_the_summary_tells_rates_with_denominators_and_intervals(folder: Path) -> None:
    text = words(folder / "index.html")
    # Wilson for 3 of 4: 0.30 to 0.95
    assert (
        "2 of 3 judged letters have a finding (67 %), and 3 of 4 disputed items (75 %, 95 % interval 30 to 95 %)"
        in text
    )
    # CIT001 applied to the hostile item only and found something; Wilson for 1 of 1 begins at 0.2065
    assert "CIT001 No guideline is cited 1 / 1 100 % 21 to 100 %" in text
    assert "medication 2 / 2 100 % 34 to 100 %" in text
    assert "physical medicine 0 / 1 0 % 0 to 79 %" in text
    assert "Opioids for chronic pain 1 / 1" in text
    assert "Occupational Medicine 2 / 2" in text
    assert "all disputed items 3 75 % 0 0 % 1 25 % 0 0 % 4" in text


LIVE = ("data/desk.js", "assets/verdicts.js", "assets/live.js")


def test_charts_name_themselves_and_hold_no_script(folder: Path) -> None:
    html = (folder / "index.html").read_text("utf-8")
    charts = re.findall(r'<svg role="img" aria-labelledby="([^"]+)"', html)
    assert len(charts) == 5
    for names in charts:
        for name in names.split():
            assert f'id="{name}">' in html
    assert re.findall(r"<script([^>]*)>", html) == [f' src="{name}" defer' for name in LIVE]


def test_progress_and_the_next_open_finding(tmp_path: Path) -> None:
    folder = report(
        tmp_path,
        batch(),
        statements=[
            said(number=1, verdict="confirmed", reviewer="A.R."),
            said(number=2, verdict="dismissed", reason="rule_wrong", reviewer="A.R."),
            said(number=3, verdict="confirmed", reviewer="A.R."),
            said(number=3, verdict="unsure", reviewer="B.K."),
            said(number=4, verdict="confirmed", reviewer="A.R.", evidence_hash="00"),
        ],
    )
    text = words(folder / "index.html")
    assert "open 1 confirmed 1 dismissed 1 unsure 0 disputed 1 stale 1" in text
    assert "Precision: 1 confirmed of 2 decided (50 %, 95 % interval 9.5 to 91 %)" in text
    html = (folder / "index.html").read_text("utf-8")
    link = re.findall(r'Next open: <a href="([^"]+)">', html)[0]
    assert link.startswith("d/")
    assert "etc-pass" in link
    assert link.endswith("#F1")
    rules = words(folder / "rules.html")
    assert re.search(r"DEC002 The criteria [^/]*1 / 1 100 % 21 to 100 % 0 0 1 / 1 100 %, 21 to 100 %", rules)
    assert re.search(r"FAC005 Said [^/]*1 / 1 100 % 21 to 100 % 0 0 0 / 1 0 %, 0 to 79 %", rules)


def test_misses_are_told_of_letters_without_findings_that_somebody_looked_at(tmp_path: Path) -> None:
    letters = [samples.clean("one"), samples.clean("two"), samples.clean("three")]
    missed = {"code": "CIT001", "words": {"exact": "four more <b>visits</b>"}}
    statements = [
        statement(doc="one", fingerprint="a" * 16, verdict="clean", reviewer="A.R.", code="", rule="", item=0),
        statement(doc="two", fingerprint="b" * 16, verdict="missed", reviewer="A.R.", rule="", item=1, **missed),
    ]
    folder = report(tmp_path, letters, statements=statements)
    assert "reviewers found something in 1 of 2 letters without a finding that they looked at (50 %" in words(
        folder / "index.html"
    )
    audit = (folder / "audit.html").read_text("utf-8")
    assert "Found by reviewers and by no rule" in audit
    assert "four more &lt;b&gt;visits&lt;/b&gt;" in audit


def test_without_findings_the_summary_says_so(tmp_path: Path) -> None:
    folder = report(tmp_path, [samples.clean()])
    text = words(folder / "index.html")
    assert "There is no finding to review." in text
    assert "There is nothing to draw." in text
    assert not (folder / "codes").exists()
    assert "No rule found anything." in words(folder / "audit.html")


def test_rules_lead_to_the_letters_and_to_a_page_of_their_own(folder: Path) -> None:
    html = (folder / "rules.html").read_text("utf-8")
    assert '<a href="letters.html#code=cit001" aria-label="Letters with CIT001">letters</a>' in html
    assert '<a class="code" href="codes/cit001.html">CIT001</a>' in html
    assert "QUI001" in html
    assert "codes/qui001.html" not in html
    code = words(folder / "codes" / "cit001.html")
    assert "1 of the 1 disputed items that it applied to have a finding: 100 %, 95 % interval 21 to 100 %" in code
    assert "dme 1 / 1" in code


def test_the_manifest_page_holds_the_manifest(tmp_path: Path) -> None:
    more = {
        "verdicts": [{"name": "mine.jsonl", "sha256": "9" * 64, "statements": 3}],
        "against": {"tool": "0.9", "rules": "8" * 64, "inputs": "7" * 64},
    }
    folder = report(tmp_path, batch(), **more)
    text = words(folder / "manifest.html")
    for part in ("imrcheck 1.2.3", "Python 3.11.2", "reference reading (asked for)", "5f0c" * 16, "ab" * 32, "cd" * 32):
        assert part in text, part
    assert "Disputed items 4" in text
    assert "ignore CIT" in text
    assert "across yes" in text
    assert f"findings.jsonl {'ef' * 32}" in text
    assert f"mine.jsonl 3 statements, SHA-256 {'9' * 64}" in text
    assert "imrcheck 0.9" in text
    assert "<b>rule</b>" not in (folder / "manifest.html").read_text("utf-8")


def test_a_run_that_was_not_compared_says_how(folder: Path) -> None:
    assert "was not compared with an earlier one" in words(folder / "differences.html")
    assert "Not compared with an earlier run." in words(folder / "audit.html")


def test_differences_are_counted_first_and_each_has_its_cause(tmp_path: Path) -> None:
    now = tmp_path / "now"
    hostile = finding("FAC001", message="<script>alert(1)</script>")
    earlier(
        now, [letter("sample-0001", finding(), hostile), letter("b", finding(words="new <i>words</i>"), sha256="b")]
    )
    before: EarlierRun = earlier(tmp_path / "was", [letter("sample-0001", finding()), letter("b", finding())])
    comparing = Comparing(before, told())
    comparing.write(now)
    folder = report(
        tmp_path / "report", batch(), comparison=comparing.view(lambda docs: {doc: f"d/aa/{doc}.html" for doc in docs})
    )
    html = (folder / "differences.html").read_text("utf-8")
    text = words(folder / "differences.html")
    assert "new 1 gone 0 changed 1 unchanged 1" in text
    assert "letter changed: 1" in text
    assert "no cause found" in text
    assert 'href="d/aa/sample-0001.html#F2"' in html
    assert "<script>alert" not in html
    assert "earlier words of the letter “no guideline”" in text
    assert "Findings that say something else 1" in words(folder / "audit.html")


def test_the_print_view_tells_each_finding_and_has_places_to_sign(tmp_path: Path) -> None:
    statements = [
        said(number=1, verdict="confirmed", reviewer="A.R.", role="QA nurse"),
        said(number=1, verdict="confirmed", reviewer="B.K."),
        said(number=2, verdict="dismissed", reason="rule_wrong", reviewer="A.R."),
    ]
    folder = report(tmp_path, batch(), statements=statements)
    text = words(folder / "audit.html")
    for heading in (
        *("1. Scope", "2. Sample", "3. Method and limits", "4. Rule set", "5. Findings", "6. Statistics"),
        *("7. Review and agreement", "8. Changes since an earlier run", "9. Sign-off", "10. Manifest"),
    ):
        assert heading in text, heading
    for part in (
        "Criterion A denial needs a ground of its own",
        "Condition The rationale says that the criteria are met",
        "The criteria for going on are largely met in this case.",
        "Reference MTUS Chronic Pain Medical Treatment Guidelines, 2009",
        "Cause What the letter does with the denial: upheld",
        "Effect The text contradicts itself",
        "How to answer Name the ground",
        "A.R. QA nurse confirmed",
        "A.R. and B.K. 1 / 1 100 %",
    ):
        assert part in text, part
    assert text.index("Dismissed on review") < text.index("Said to be missing, but the case summary records it")
    for who in ("Reviewer", "Second reviewer", "Adjudicator"):
        assert f"{who} Name Role Decision accepted accepted with changes not accepted Remarks Date Signature" in text


def test_a_sample_is_told_with_what_draws_it_again(tmp_path: Path) -> None:
    folder = tmp_path
    record = {
        "method": "lowest hash",
        "seed": "<7>",
        "frame": {"units": 40, "sha256": "6" * 64},
        "strata": [{"name": "", "frame": 40, "drawn": 2}],
        "units": [{}, {}],
    }
    text = words(report(folder, batch(), sample=record) / "audit.html")
    assert "2 of 40 units were drawn for review with the seed <7> by the method “lowest hash”" in text
    assert "all 40 2" in text


def test_the_print_view_lists_the_worst_and_counts_the_others() -> None:
    listed = Listed(Glossary(), limit=5)
    for place in range(20):
        listed.add(place, samples.pain(f"letter-{place}"), "", {})
    (first, *others) = listed.rules(dismissed=False)
    assert len(listed) == 5
    assert first.severity == Severity.ERROR
    assert [f.doc for rule in (first, *others) for f in rule.findings if rule.code == "DEC002"] == [
        *("letter-0", "letter-1", "letter-2")
    ]


def test_a_letter_that_is_told_anew_is_listed_once() -> None:
    listed = Listed(WORDS, limit=50)
    for _ in range(2):
        listed.drop(0)
        listed.add(0, samples.pain(), "", {})
    assert len(listed) == 4
