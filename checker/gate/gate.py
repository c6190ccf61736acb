"""Sifts the findings of a run: those that count, those that are known, the entries that have outlived their sense."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from checker.gate.baseline import Baseline, Entry, entry_of
from checker.gate.mark import Known, Mark
from checker.gate.suppressions import Suppression, Suppressions
from checker.knowledge.problems import Problem
from checker.model.findings import Finding


@dataclass(frozen=True, slots=True)
class Sifted:
    """The findings of a letter.

    Attributes:
        counting: Those that count, in their order.
        marks: Why each of the others does not, by its fingerprint.
    """

    counting: tuple[Finding, ...]
    marks: dict[str, Mark] = field(default_factory=dict)


class Gate:
    """What is known already, and what of it was met in a run.

    Args:
        baseline: Accepted findings; None: none.
        suppressions: Suppressed ones.
        today: The day that decides which suppressions hold.
        writing: Whether a baseline is being written: every finding that is not suppressed is then accepted.
    """

    def __init__(
        self, baseline: Baseline | None, suppressions: Suppressions, today: datetime.date, *, writing: bool = False
    ) -> None:
        self._baseline = baseline or Baseline("")
        self._suppressions = suppressions
        self._today = today
        self._writing = writing
        self._judged: set[str] = set()
        self._met: set[str] = set()
        self._used: set[int] = set()
        self._of_doc: dict[str, list[int]] = {}
        for number, entry in enumerate(suppressions.entries):
            self._of_doc.setdefault(entry.doc, []).append(number)
        self._written: dict[str, Entry] = {}

    def judged(self, doc: str) -> None:
        """Note that a letter was judged: only then can an entry about it be out of date."""
        self._judged.add(doc)

    def meet(self, doc: str, findings: Iterable[Finding]) -> None:
        """Note findings that are there, whether or not the filters of the run show them."""
        for finding in findings:
            if finding.fingerprint in self._baseline.entries:
                self._met.add(finding.fingerprint)
            self._used.update(self._covering(doc, finding))

    def sift(self, doc: str, findings: Iterable[Finding]) -> Sifted:
        """Tell the findings of a letter that count from those that are known."""
        counting = []
        marks: dict[str, Mark] = {}
        for finding in findings:
            mark = self._mark(doc, finding)
            if mark is None:
                counting.append(finding)
            else:
                marks[finding.fingerprint] = mark
        return Sifted(tuple(counting), marks)

    def _covering(self, doc: str, finding: Finding) -> Iterator[int]:
        entries = self._suppressions.entries
        return (number for number in self._of_doc.get(doc, ()) if entries[number].covers(finding))

    def _mark(self, doc: str, finding: Finding) -> Mark | None:
        for number in self._covering(doc, finding):
            entry = self._suppressions.entries[number]
            if entry.expires >= self._today:
                place = f"{self._suppressions.file}:{self._suppressions.places[number][0]}"
                return Mark(Known.SUPPRESSED, place, entry.reason, entry.owner, entry.expires)
        if self._writing:
            self._written[finding.fingerprint] = entry_of(doc, finding)
            return Mark(Known.BASELINED)
        accepted = self._baseline.entries.get(finding.fingerprint)
        return Mark(Known.BASELINED, f"{self._baseline.file}:{accepted[1]}") if accepted else None

    def problems(self, *, across: bool) -> tuple[Problem, ...]:
        """Entries that are out of date, in the order of the files; each makes the gate red until it is mended.

        An entry about a letter that this run did not judge is neither right nor wrong.

        Args:
            across: Whether letters were compared with each other, so that a BAT finding could have been met.
        """
        if self._writing:
            return tuple(self._of_suppressions(across=across))
        return (*self._of_baseline(across=across), *self._of_suppressions(across=across))

    def to_keep(self, *, across: bool) -> tuple[Entry, ...]:
        """The entries of the baseline that is being written.

        They are those that this run accepts, and of the old ones those that it could not judge or did not show.

        Args:
            across: As for ``problems``.
        """
        old = {
            fingerprint: entry
            for fingerprint, (entry, _) in self._baseline.entries.items()
            if fingerprint in self._met or not self._could_be_met(entry, across=across)
        }
        return tuple((old | self._written).values())

    def _of_baseline(self, *, across: bool) -> Iterator[Problem]:
        for fingerprint, (entry, line) in self._baseline.entries.items():
            if fingerprint not in self._met and self._could_be_met(entry, across=across):
                yield Problem(
                    self._baseline.file,
                    line,
                    1,
                    "",
                    f"{entry.code} on {entry.doc}:{entry.item} is no longer found",
                    "take the line out, or write the baseline anew",
                )

    def _of_suppressions(self, *, across: bool) -> Iterator[Problem]:
        for number, entry in enumerate(self._suppressions.entries):
            line, col = self._suppressions.places[number]
            what = f"{entry.code} on {entry.doc}{'' if entry.item is None else f':{entry.item}'}"
            if entry.expires < self._today:
                message = f"the suppression of {what} lapsed on {entry.expires.isoformat()}"
                hint = f"answer the finding, or have {entry.owner} renew it"
            elif number not in self._used and self._could_be_met(entry, across=across):
                message, hint = f"the suppression of {what} suppresses nothing", "take it out"
            else:
                continue
            yield Problem(self._suppressions.file, line, col, "", message, hint)

    def _could_be_met(self, entry: Entry | Suppression, *, across: bool) -> bool:
        docs = {entry.doc, *(entry.beside if isinstance(entry, Entry) else ())}
        return docs <= self._judged and (across or not entry.code.upper().startswith("BAT"))

    @property
    def not_in_run(self) -> int:
        """How many entries are about letters that were not judged, so that nothing can be said of them."""
        docs = [entry.doc for entry, _ in self._baseline.entries.values()]
        docs.extend(entry.doc for entry in self._suppressions.entries)
        return sum(doc not in self._judged for doc in docs)
