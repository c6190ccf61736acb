"""From what a page sends to a statement, and from what was said to what a page may see."""

import datetime
from collections.abc import Mapping
from typing import Any

from checker.desk.run import ReviewedRun
from checker.reporting.opinions import shown
from checker.review.standing import Standing
from checker.review.statements import Statement, Verdict, fingerprint_of

_FROM_THE_PAGE = ("verdict", "reason", "note", "reviewer", "role", "words", "code", "item", "doc", "fingerprint")


def statement_of(told: Mapping[str, Any], run: ReviewedRun, at: datetime.datetime) -> Statement:
    """The statement that a page sends; what the run knows of the finding is taken from the run, never from the page.

    Args:
        told: The object sent.
        run: The run.
        at: When.

    Raises:
        LookupError: The finding or letter is not in this run: it was made again since the page was opened.
        pydantic.ValidationError: The object is no statement.
    """
    given = {name: told[name] for name in _FROM_THE_PAGE if told.get(name) is not None}
    given["at"] = at
    if told.get("verdict") in {Verdict.MISSED.value, Verdict.CLEAN.value} or "fingerprint" not in given:
        return _of_letter(given, run)
    found = run.findings.get(str(given["fingerprint"]))
    if found is None:
        return _withdrawn(given, run)
    today = found.today
    given |= {"code": found.code, "rule": today.rule, "doc": today.doc, "item": today.item}
    given |= {"rule_hash": today.rule_hash, "evidence_hash": today.evidence_hash}
    given["sha256"] = run.letter_of(today.fingerprint).sha256
    given.pop("words", None)
    return Statement.model_validate(given)


def _of_letter(given: dict[str, Any], run: ReviewedRun) -> Statement:
    """A missed finding, or a letter found clean."""
    letter = next(iter(run.named.get(str(given.get("doc")), ())), None)
    if letter is None:
        raise LookupError("this run has no such letter; open the report again")
    if given.get("verdict") == Verdict.CLEAN.value:
        for name in ("words", "code", "item"):
            given.pop(name, None)
    words = given.get("words")
    exact = str(words.get("exact", "")) if isinstance(words, Mapping) else ""
    item = given.get("item", 0)
    number = item if isinstance(item, int) else 0
    given["fingerprint"] = fingerprint_of(str(given.get("code", "")), letter.doc, number, exact)
    given["sha256"] = letter.sha256
    return Statement.model_validate(given)


def _withdrawn(given: dict[str, Any], run: ReviewedRun) -> Statement:
    """Taking back a missed finding or a clean letter; the run has no finding of that fingerprint."""
    letter = next(iter(run.named.get(str(given.get("doc")), ())), None)
    if given.get("verdict") != Verdict.WITHDRAWN.value or letter is None:
        raise LookupError("this run has no such finding; open the report again")
    given.pop("words", None)
    return Statement.model_validate({**given, "sha256": letter.sha256})


def standing_record(standing: Standing) -> dict[str, Any]:
    """Where a finding stands, as a page shows it."""
    return {
        "state": standing.state.value,
        "said": [shown(said) for said in standing.held],
        "stale": [shown(said) for said in standing.stale],
    }
