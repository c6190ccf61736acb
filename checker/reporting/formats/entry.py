"""What every format gets to see: a letter as the wire has it, where it stands in its file, and how the run ended."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, Self

from checker.batch.letters import Letter, Tally, identity
from checker.batch.selection import Exit, FailOn, exit_code
from checker.batch.versions import Versions
from checker.knowledge.problems import Problem
from checker.reporting.places import Kind, Layout, Place, layout_of
from checker.reporting.visible import folded
from checker.reporting.wire_check import CheckRecord, FindingRecord

Titles = Mapping[str, str]
"""What a code finds in a few words, by code; a code without words is told by its name."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One letter of a run.

    Attributes:
        record: Its object in the wire format of check.
        layout: Where it stands.
        failed: Whether the program broke on it.
    """

    record: CheckRecord
    layout: Layout
    failed: bool = False

    @classmethod
    def of(cls, letter: Letter, record: CheckRecord, *, failed: bool) -> Self:
        """The entry of a letter that is at hand."""
        return cls(record, layout_of(identity(letter).source, letter), failed)

    @property
    def not_checked(self) -> bool:
        """Whether nothing can be said about it, or only of the letter as a whole: either makes the run red."""
        return self.record["status"] in ("unknown-layout", "unreadable") or self.itemless

    @property
    def itemless(self) -> bool:
        """Whether it was judged, and no disputed item was found in it."""
        return self.record["status"] in ("ok", "partial") and not self.record["items"]

    @property
    def why(self) -> str:
        """Why it was not checked, or what was odd, on one line."""
        told = "; ".join(folded(problem) for problem in self.record["problems"])
        if self.itemless:
            return f"no disputed item was found; {told}".rstrip("; ")
        return told or "no reason is known"

    def place(self, finding: FindingRecord) -> Place:
        """Where the first words of a finding stand; the letter where it has none."""
        evidence = finding["evidence"]
        return self.layout.place(evidence[0]["start"], evidence[0]["end"]) if evidence else self.whole

    @property
    def whole(self) -> Place:
        """The letter, as far as a place is needed that stands for all of it."""
        return Place(self.layout.path, self.layout.row)

    def counting(self) -> Iterator[FindingRecord]:
        """The findings that count."""
        return (finding for finding in self.record["findings"] if "known" not in finding)

    def known(self) -> Iterator[FindingRecord]:
        """The findings that are baselined or suppressed."""
        return (finding for finding in self.record["findings"] if "known" in finding)

    def as_dict(self) -> dict[str, Any]:
        """The entry as it waits on disk."""
        layout = self.layout
        return {
            "record": self.record,
            "layout": [layout.path, layout.kind.value, layout.row, list(layout.starts)],
            "failed": self.failed,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """The entry again."""
        path, kind, row, starts = data["layout"]
        return cls(data["record"], Layout(path, Kind(kind), row, tuple(starts)), data["failed"])


@dataclass(frozen=True, slots=True)
class Ending:
    """How a run ended.

    Attributes:
        tally: Counts.
        fail_on: From which severity on a finding fails the run.
        versions: Of the program and of the rule set.
        titles: Words for the codes.
        problems: Entries of baseline and suppressions that are out of date.
        gated: Whether there is a baseline or a file of suppressions.
    """

    tally: Tally
    fail_on: FailOn
    versions: Versions
    titles: Titles = field(default_factory=dict)
    problems: Sequence[Problem] = ()
    gated: bool = False

    @property
    def exit(self) -> Exit:
        """The exit code."""
        return exit_code(self.tally, self.fail_on)


class Occurrences:
    """Tells apart what bears one name: readers of these formats keep one of each name and drop the others in silence.

    Letters of one name in different folders share it, and with it the fingerprints of the findings they have in common.
    """

    def __init__(self) -> None:
        self._met: Counter[str] = Counter()

    def of(self, name: str) -> int:
        """How often the name was asked for, this time included."""
        self._met[name] += 1
        return self._met[name]


class Sink(Protocol):
    """Writes one format."""

    def entry(self, entry: Entry) -> None:
        """Take the next letter, all its findings with it."""

    def end(self, ending: Ending) -> None:
        """Write what stands at the end; nothing comes after."""


def known_words(finding: FindingRecord) -> str:
    """Why a finding does not count, in a few words; "" for one that counts."""
    known = finding.get("known")
    if known is None:
        return ""
    if known["state"] == "baselined":
        return "baselined"
    return folded(f"suppressed until {known['expires']} by {known['owner']}: {known['reason']}")
