"""What a sample of a run is drawn of: its disputed items or its letters, all or some of them, by stratum."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from checker.model.determination import Outcome
from checker.review.sampling import Allocation, Sample, Unit, draw, marked


class Of(StrEnum):
    """What is drawn."""

    ITEMS = "items"
    LETTERS = "letters"


class Only(StrEnum):
    """Which of them are in the frame."""

    ALL = "all"
    FLAGGED = "flagged"
    CLEAN = "clean"


class By(StrEnum):
    """What the strata are."""

    NONE = "none"
    OUTCOME = "outcome"
    CATEGORY = "category"
    TOPIC = "topic"
    SPECIALTY = "specialty"
    YEAR = "year"


_NO_OUTCOME = "no outcome"
_STRATA: Mapping[By, Callable[[Mapping[str, Any]], str]] = {
    By.NONE: lambda row: "",
    By.OUTCOME: lambda row: _NO_OUTCOME if row["outcome"] == Outcome.NONE else str(row["outcome"]),
    By.CATEGORY: lambda row: str(row["category"] or "no category"),
    By.TOPIC: lambda row: str(row["topic"] or "no topic"),
    By.SPECIALTY: lambda row: str((row["specialties"] or ["no specialty"])[0]),
    By.YEAR: lambda row: str(row["decision_date"].year) if row["decision_date"] else "no decision date",
}
_COLUMNS = [
    *("doc", "sha256", "item", "outcome", "category", "topic", "specialties", "decision_date"),
    *("errors", "warnings", "notes"),
]


@dataclass(frozen=True, slots=True)
class Plan:
    """How a sample is drawn; written down with it, so that anybody can draw it again.

    Attributes:
        size: How many are drawn.
        seed: Any text.
        of: Items or letters; a letter is in the stratum of its first item.
        only: All, those with a finding of any severity, or those without.
        by: What the strata are.
        allocation: How the sample is spread over them.
        double: How many of the units drawn are marked for a blind double review.
    """

    size: int
    seed: str
    of: Of = Of.ITEMS
    only: Only = Only.ALL
    by: By = By.NONE
    allocation: Allocation = Allocation.PROPORTIONAL
    double: int = 0

    @classmethod
    def of_record(cls, record: Mapping[str, Any]) -> "Plan":
        """The plan of a recorded sample.

        Raises:
            KeyError, ValueError, TypeError: It is the record of no sample.
        """
        return cls(
            int(record["size"]),
            str(record["seed"]),
            Of(record["of"]),
            Only(record["only"]),
            By(record["by"]),
            Allocation(record["allocation"]),
            int(record.get("double", 0)),
        )

    def record(self) -> dict[str, Any]:
        """The plan as JSON holds it."""
        told = asdict(self)
        if not self.double:
            del told["double"]
        return told


def sample_of(run: Path, plan: Plan) -> Sample:
    """Draw a sample of a run.

    Args:
        run: Folder of a finished run.
        plan: What is drawn, and how.

    Raises:
        OSError: The run has no table of items, or it cannot be read.
        ValueError: The plan asks for less than nothing.
    """
    rows = _items(run) if plan.of is Of.ITEMS else _letters(run)
    wanted = {Only.ALL: {True, False}, Only.FLAGGED: {True}, Only.CLEAN: {False}}[plan.only]
    stratum = _STRATA[plan.by]
    frame = [Unit(r["doc"], r["sha256"], r["item"], stratum(r)) for r in rows if r["flagged"] in wanted]
    return marked(draw(frame, plan.size, plan.seed, plan.allocation), plan.double)


def sample_record(sample: Sample, plan: Plan) -> dict[str, Any]:
    """The sample with the plan, as JSON holds it."""
    return {**sample.record(), "plan": plan.record()}


def _items(run: Path) -> Iterator[dict[str, Any]]:
    """The disputed items of a run, each letter of one name and content once."""
    from checker.batch.tables import rows_of  # noqa: PLC0415 (pyarrow is slow to import)

    seen: set[tuple[str, str, int]] = set()
    for row in rows_of(run / "items.parquet", _COLUMNS):
        name = (row["doc"], row["sha256"], row["item"])
        if name not in seen:
            seen.add(name)
            yield {**row, "flagged": bool(row["errors"] or row["warnings"] or row["notes"])}


def _letters(run: Path) -> Iterator[dict[str, Any]]:
    """The judged letters of a run, each with the row of its first item; a finding on the whole letter flags it too."""
    from checker.batch.tables import rows_of  # noqa: PLC0415

    flagged = {(row["doc"], row["sha256"]) for row in rows_of(run / "findings.parquet", ["doc", "sha256"])}
    before = ("", "")
    for row in _items(run):
        name = (row["doc"], row["sha256"])
        if name != before:
            yield {**row, "item": 0, "flagged": name in flagged}
        before = name
