"""Statements for the tests of the review."""

import datetime
from typing import Any

from checker.review.statements import Statement

NOON = datetime.datetime(2026, 3, 2, 12, 0, tzinfo=datetime.UTC)


def statement(**told: Any) -> Statement:
    """A confirmed finding of letter A by A.R. unless something else is told."""
    given: dict[str, Any] = {
        "fingerprint": "ab12cd34ef56ab78",
        "code": "DEC001",
        "rule": "DEC001",
        "rule_hash": "aa",
        "evidence_hash": "bb",
        "doc": "A",
        "item": 1,
        "verdict": "confirmed",
        "reviewer": "A.R.",
        "at": NOON,
    }
    return Statement.model_validate({**given, **told})
