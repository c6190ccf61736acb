"""A statement: what one reviewer says of one finding, of a finding that is missing, or of a whole letter."""

import datetime
import hashlib
import unicodedata
from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from checker.batch.jsonlines import json_line

SCHEMA: Literal[1] = 1

NOTE_LENGTH = 4_000
"""Code points of a note at most; a statement has to stay one short line."""

ADJUDICATOR = "adjudicator"
"""The role whose last statement on a finding decides, whatever others say."""


class Verdict(StrEnum):
    """What a reviewer says; ``withdrawn`` takes the reviewer's earlier statement back."""

    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"
    UNSURE = "unsure"
    MISSED = "missed"
    CLEAN = "clean"
    WITHDRAWN = "withdrawn"


class Reason(StrEnum):
    """Why a finding is dismissed."""

    RULE_WRONG = "rule_wrong"
    PARSE_ERROR = "parse_error"
    EVIDENCE_MISREAD = "evidence_misread"
    CRITERION_MET_ELSEWHERE = "criterion_met_elsewhere"
    GUIDELINE_EDITION = "guideline_edition"
    DUPLICATE = "duplicate"
    ACCEPTED_DEVIATION = "accepted_deviation"


REASONS = {
    Reason.RULE_WRONG: "The rule is wrong",
    Reason.PARSE_ERROR: "The letter was taken apart wrongly",
    Reason.EVIDENCE_MISREAD: "The words mean something else",
    Reason.CRITERION_MET_ELSEWHERE: "The criterion is met elsewhere in the letter",
    Reason.GUIDELINE_EDITION: "Another edition of the guideline applies",
    Reason.DUPLICATE: "Another finding says the same",
    Reason.ACCEPTED_DEVIATION: "True, and acceptable here",
}
"""What each reason is called where people choose one."""

_Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{0,64}$")]
_Name = Annotated[str, Field(max_length=200)]


class Words(BaseModel):
    """Words of a letter as W3C web annotations select them: by place and by quote.

    ``start`` and ``end`` are code points of the extracted raw text; ``prefix`` and ``suffix`` are what stands beside.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    exact: Annotated[str, Field(min_length=1, max_length=2_000)]
    prefix: Annotated[str, Field(max_length=64)] = ""
    suffix: Annotated[str, Field(max_length=64)] = ""
    start: Annotated[int, Field(ge=0)] | None = None
    end: Annotated[int, Field(ge=0)] | None = None


class Statement(BaseModel):
    """One line of the file of verdicts.

    Attributes:
        fingerprint: Of the finding; of a missed one or a clean letter, made by ``fingerprint_of``.
        code: Code of the catalogue; "" for a clean letter.
        rule: Id of the rule; "" where the reviewer names only a code.
        rule_hash: Hash of the rule when the verdict was given.
        evidence_hash: Hash of the evidence when the verdict was given.
        doc: Name of the letter.
        item: Number of the disputed item, 0 for the whole letter.
        sha256: Hash of the input bytes.
        verdict: What the reviewer says.
        reason: Why a finding is dismissed; None otherwise.
        note: Free words of the reviewer.
        words: Where a missed finding is.
        reviewer: Name or initials.
        role: Such as "QA nurse"; "" where not given. The last statement of an "adjudicator" decides.
        at: When, with a time zone.
        blind: Given without sight of another reviewer's verdict.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    schema_: Literal[1] = Field(default=SCHEMA, alias="schema")
    fingerprint: Annotated[str, Field(pattern=r"^[0-9a-f]{8,64}$")]
    code: Annotated[str, Field(max_length=40)] = ""
    rule: _Name = ""
    rule_hash: _Hash = ""
    evidence_hash: _Hash = ""
    doc: _Name
    item: Annotated[int, Field(ge=0, le=10_000)] = 0
    sha256: _Hash = ""
    verdict: Verdict
    reason: Reason | None = None
    note: Annotated[str, Field(max_length=NOTE_LENGTH)] = ""
    words: Words | None = None
    reviewer: Annotated[str, Field(min_length=1, max_length=100)]
    role: Annotated[str, Field(max_length=100)] = ""
    at: datetime.datetime
    blind: bool = False

    @field_validator("at")
    @classmethod
    def _zoned(cls, at: datetime.datetime) -> datetime.datetime:
        if at.tzinfo is None:
            raise ValueError("the time needs a zone, such as 2026-11-22T09:30:00Z")
        return at.astimezone(datetime.UTC)

    @field_validator("reviewer", "role")
    @classmethod
    def _one_line(cls, name: str) -> str:
        """White space folded; a name that shows nothing or turns the direction of the line is refused."""
        folded = " ".join(name.split())
        if any(unicodedata.category(c) in {"Cc", "Cf"} for c in folded):
            raise ValueError("a name holds no control characters")
        return folded

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if not self.reviewer:
            raise ValueError("a statement names its reviewer")
        if (self.verdict is Verdict.DISMISSED) != (self.reason is not None):
            raise ValueError("a dismissal needs a reason, and nothing else has one")
        if self.verdict is Verdict.MISSED and (self.words is None or not self.code):
            raise ValueError("a missed finding needs its words and a code")
        return self

    @property
    def adjudicates(self) -> bool:
        """Whether it decides where other reviewers differ."""
        return self.role.casefold() == ADJUDICATOR

    def record(self) -> dict[str, object]:
        """The statement as JSON holds it; what is empty is left out."""
        told = self.model_dump(mode="json", by_alias=True, exclude_none=True)
        told["at"] = self.at.isoformat(timespec="seconds").replace("+00:00", "Z")
        return {name: value for name, value in told.items() if value not in ("", False) or name == "item"}


def digest(statements: Iterable[Statement]) -> str:
    """Hash of what was said, in its order; white space and broken lines of the file do not matter."""
    told = hashlib.sha256()
    for statement in statements:
        told.update(json_line(statement.record()).encode("utf-8"))
    return told.hexdigest()


def fingerprint_of(code: str, doc: str, item: int, exact: str) -> str:
    """Fingerprint of what no rule gave one: a missed finding by its words, a clean letter by no code and no words.

    White space does not count, so that the same words selected in either view are the same finding.
    """
    words = " ".join(exact.split())
    return hashlib.sha256(f"{code}\n{doc}\n{item}\n{words}".encode("utf-8", "backslashreplace")).hexdigest()[:16]
