"""Why a finding does not count, though it is still listed."""

import datetime
from dataclasses import dataclass
from enum import StrEnum


class Known(StrEnum):
    """How a finding is known to those who keep the gate."""

    BASELINED = "baselined"
    SUPPRESSED = "suppressed"


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands beside a finding that does not count.

    Attributes:
        known: Accepted in the baseline, or suppressed by name.
        place: ``file:line`` of the entry, "" where the baseline is being written.
        reason: Why it is suppressed; "" in a baseline.
        owner: Who answers for the suppression; "" in a baseline.
        expires: The last day of the suppression; None in a baseline.
    """

    known: Known
    place: str = ""
    reason: str = ""
    owner: str = ""
    expires: datetime.date | None = None

    @property
    def words(self) -> str:
        """The mark in a few words: "suppressed until 2027-01-31 by QA: answered by letter"."""
        if self.known is Known.BASELINED or self.expires is None:
            return self.known.value
        return f"suppressed until {self.expires.isoformat()} by {self.owner}: {self.reason}"
