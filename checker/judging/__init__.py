"""Judging: the rules on the facts of a letter, by durable-rules and by a reference reading that must agree with it."""

from checker.judging.errors import (
    EngineDisagreement,
    EngineFailure,
    EngineRefusal,
    EngineUnavailable,
    FactsError,
    JudgingError,
    RuleCrash,
)
from checker.judging.judge import REFERENCE, Judge

__all__ = [
    "REFERENCE",
    "EngineDisagreement",
    "EngineFailure",
    "EngineRefusal",
    "EngineUnavailable",
    "FactsError",
    "Judge",
    "JudgingError",
    "RuleCrash",
]
