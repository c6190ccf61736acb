"""Precision, misses and agreement over a run, as they are printed."""

import pytest

from checker.desk.figures import figures, lines
from checker.desk.run import Review, finished_run
from checker.review.log import VerdictLog
from checker.review.statements import Statement
from tests.desk.desks import run_folder
from tests.review.statements import statement


@pytest.fixture(scope="module")
def review(tmp_path_factory: pytest.TempPathFactory) -> Review:
    folder = run_folder(tmp_path_factory.mktemp("figures") / "run")
    return Review(finished_run(folder), VerdictLog(folder.parent / "verdicts.jsonl"))


def on(review: Review, number: int, **told: object) -> Statement:
    """A statement on a finding of the run as it is today."""
    today = list(review.run.findings.values())[number].today
    held = {name: getattr(today, name) for name in ("fingerprint", "rule", "doc", "item", "rule_hash", "evidence_hash")}
    return statement(**{**held, **told})


def test_nothing_said_is_not_nought(review: Review) -> None:
    told = figures(review.run, [])
    assert told["missed"]["value"] is None
    assert told["states"]["open"] == told["findings"] == len(review.run.findings)
    text = "\n".join(lines(told, review.run))
    assert "no verdict yet" in text
    assert "none is decided" in text


def test_the_figures(review: Review) -> None:
    said = [
        on(review, 0),
        on(review, 0, reviewer="B.S.", verdict="dismissed", reason="duplicate"),
        on(review, 1),
        on(review, 1, reviewer="B.S."),
        on(review, 2, verdict="dismissed", reason="rule_wrong"),
        on(review, 3, rule_hash="ffff"),
        statement(doc="sample-0002", fingerprint="c" * 16, verdict="clean", code=""),
    ]
    told = figures(review.run, said)
    states = told["states"]
    assert (states["confirmed"], states["dismissed"], states["disputed"], states["stale"]) == (1, 1, 1, 1)
    rule = list(review.run.findings.values())[2].today.rule
    assert told["precision"][rule]["rate"]["value"] in {0.0, 0.5}
    assert (told["missed"]["value"], told["missed"]["of"]) == (0.0, 1)
    (pair,) = told["agreement"]
    assert (pair["reviewers"], pair["percent"]["value"], pair["percent"]["of"]) == (["A.R.", "B.S."], 0.5, 2)
    text = "\n".join(lines(told, review.run))
    assert "A.R. and B.S." in text
    assert "agree on 50 % of 2 (9 % to 91 %)" in text
    assert text.count("they differ on") == 1


def sample(*docs: str, frame: int = 10) -> dict[str, object]:
    """The record of a simple sample of letters."""
    units = [{"doc": doc, "sha256": "", "item": 0, "stratum": ""} for doc in docs]
    return {"units": units, "strata": [{"name": "", "frame": frame, "drawn": len(docs)}]}


def test_a_share_is_projected_when_all_of_the_sample_is_reviewed(review: Review) -> None:
    drawn = sample("sample-0001", "sample-0002")
    own = [n for n, f in enumerate(review.run.findings.values()) if f.today.doc == "sample-0001"]
    said = [on(review, n) for n in own]
    told = figures(review.run, said, drawn)
    assert told["sample"] == {"units": 2, "waiting": 1, "share": None}
    assert "1 of 2 units wait" in "\n".join(lines(told, review.run))
    said.append(statement(doc="sample-0002", fingerprint="c" * 16, verdict="clean", code=""))
    told = figures(review.run, said, drawn)
    assert told["sample"]["share"]["value"] == 0.5
    assert told["sample"]["share"]["of"] == 2
    assert "projected from the sample: 50 % of 2" in "\n".join(lines(told, review.run))


def test_only_sampled_letters_count_for_misses(review: Review) -> None:
    said = [statement(doc="sample-0002", fingerprint="c" * 16, verdict="clean", code="")]
    assert figures(review.run, said, sample("another"))["missed"]["of"] == 0


def test_agreement_is_told_of_the_double_sample_and_apart_from_it_of_the_rest(review: Review) -> None:
    found = [found.today for found in review.run.findings.values()]
    doc, item = found[0].doc, found[0].item
    inside = [n for n, today in enumerate(found) if (today.doc, today.item) == (doc, item)]
    outside = [n for n, today in enumerate(found) if (today.doc, today.item) != (doc, item)]
    drawn = sample(doc, "sample-0002")
    drawn["units"] = [{"doc": doc, "sha256": "", "item": item, "stratum": "", "double": True}]
    said = [
        on(review, inside[0], blind=True),
        on(review, inside[0], reviewer="B.S.", blind=True, verdict="dismissed", reason="duplicate"),
        # having seen the other she gives in; what she said blind is what counts
        on(review, inside[0], reviewer="B.S."),
        on(review, outside[0]),
        on(review, outside[0], reviewer="B.S."),
    ]
    told = figures(review.run, said, drawn)
    double = told["double"]
    assert (double["units"], double["findings"], double["judged_twice"]) == (1, len(inside), 1)
    (pair,) = double["agreement"]
    assert (pair["percent"]["value"], pair["percent"]["of"]) == (0.0, 1)
    assert set(pair["ac1"]) == {"value", "low", "high", "of"}
    assert [(p["percent"]["value"], p["percent"]["of"]) for p in told["agreement"]] == [(1.0, 1)]
    text = "\n".join(lines(told, review.run))
    assert f"1 judged blind by two, {len(inside) - 1} wait" in text
    assert "A.R. and B.S. on the findings marked for double review\n  agree on 0 % of 1" in text
    assert "A.R. and B.S. on the same findings apart from the double review\n  agree on 100 % of 1" in text
    unblind = [s.model_copy(update={"blind": False}) for s in said]
    assert figures(review.run, unblind, drawn)["double"]["not_blind"] == 1


def test_letters_marked_for_double_review_agree_too(review: Review) -> None:
    drawn = sample("sample-0002")
    drawn["units"] = [{"doc": "sample-0002", "sha256": "", "item": 0, "stratum": "", "double": True}]
    told = {"doc": "sample-0002", "fingerprint": "c" * 16, "verdict": "clean", "code": "", "blind": True}
    said = [statement(**told), statement(**told, reviewer="B.S.")]
    (pair,) = figures(review.run, said, drawn)["double"]["letters"]
    assert (pair["percent"]["value"], pair["percent"]["of"]) == (1.0, 1)


def test_misses_rest_on_sampled_letters_without_a_finding(review: Review) -> None:
    said = [
        statement(doc=doc, fingerprint="c" * 16, verdict="clean", code="") for doc in ("sample-0001", "sample-0002")
    ]
    told = figures(review.run, said, sample("sample-0001", "sample-0002"))["missed"]
    assert (told["value"], told["of"], told["waiting"]) == (0.0, 1, 0)
    told = figures(review.run, said[:1], sample("sample-0001", "sample-0002"))["missed"]
    assert (told["value"], told["of"], told["waiting"]) == (None, 0, 1)
