"""Sifts the findings of a run: those that count, those that are known, the entries that have outlived their sense."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from checker.batch.letters import Identity
from checker.gate.baseline import Baseline, Entry, entry_of
from checker.gate.letter import place_of
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
        self._docs: set[str] = set()
        self._places: set[str] = set()
        self._hashes: set[str] = set()
        self._accepting: dict[str, list[int]] = {}
        for number, (accepted, _) in enumerate(self._baseline.entries):
            self._accepting.setdefault(accepted.fingerprint, []).append(number)
        self._taken: dict[int, Identity] = {}
        self._of_doc: dict[str, list[int]] = {}
        for number, entry in enumerate(suppressions.entries):
            self._of_doc.setdefault(entry.doc, []).append(number)
        self._used: dict[int, dict[str, str]] = {}
        self._written: dict[tuple[str, str, str], Entry] = {}
        self._renewed: set[int] = set()

    def judged(self, letter: Identity) -> None:
        """Note that a letter was judged: only then can an entry about it be out of date."""
        self._docs.add(letter.doc)
        self._places.add(place_of(letter.source))
        self._hashes.add(letter.sha256)

    def meet(self, letter: Identity, findings: Iterable[Finding]) -> None:
        """Note findings that are there, whether or not the filters of the run show them."""
        for finding in findings:
            self._accepted(letter, finding)
            for number in self._covering(letter, finding):
                # One letter under two names is one letter: its bytes tell.
                self._used.setdefault(number, {}).setdefault(letter.sha256, place_of(letter.source))

    def sift(self, letter: Identity, findings: Iterable[Finding]) -> Sifted:
        """Tell the findings of a letter that count from those that are known; no two of them share a fingerprint."""
        counting = []
        marks: dict[str, Mark] = {}
        for finding in findings:
            mark = self._mark(letter, finding)
            if mark is None:
                counting.append(finding)
            else:
                marks[finding.fingerprint] = mark
        return Sifted(tuple(counting), marks)

    def _accepted(self, letter: Identity, finding: Finding) -> int | None:
        """The entry of the baseline that accepts a finding of a letter, if there is one.

        It is about the letter at this place, else about one of the same bytes; an entry that another letter has taken
        is used up, so that a letter which only shares its name does not pass on it.
        """
        place = place_of(letter.source)
        found = []
        for number in self._accepting.get(finding.fingerprint, ()):
            entry = self._baseline.entries[number][0]
            about = (entry.source == place, entry.sha256 == letter.sha256)
            if any(about) and self._taken.get(number, letter) == letter:
                found.append((about, -number))
        if not found:
            return None
        number = -max(found)[1]
        self._taken[number] = letter
        return number

    def _covering(self, letter: Identity, finding: Finding) -> Iterator[int]:
        entries = self._suppressions.entries
        return (number for number in self._of_doc.get(letter.doc, ()) if entries[number].covers(letter, finding))

    def _mark(self, letter: Identity, finding: Finding) -> Mark | None:
        for number in self._covering(letter, finding):
            entry = self._suppressions.entries[number]
            if entry.expires >= self._today:
                place = f"{self._suppressions.file}:{self._suppressions.places[number][0]}"
                return Mark(Known.SUPPRESSED, place, entry.reason, entry.owner, entry.expires)
        accepted = self._accepted(letter, finding)
        if self._writing:
            made = entry_of(letter, finding)
            self._written[made.key] = made
            self._renewed |= set() if accepted is None else {accepted}
            return Mark(Known.BASELINED)
        if accepted is None:
            return None
        return Mark(Known.BASELINED, f"{self._baseline.file}:{self._baseline.entries[accepted][1]}")

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
        old = (
            entry
            for number, (entry, _) in enumerate(self._baseline.entries)
            if number not in self._renewed and (number in self._taken or not self._could_be_met(entry, across=across))
        )
        return (*old, *self._written.values())

    def _of_baseline(self, *, across: bool) -> Iterator[Problem]:
        for number, (entry, line) in enumerate(self._baseline.entries):
            if number not in self._taken and self._could_be_met(entry, across=across):
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
                if entry.sha256 and entry.sha256 not in self._hashes:
                    hint = "the letter has other bytes than its sha256 says: look at the finding again"
            elif len(letters := self._used.get(number, {})) > 1:
                named = ", ".join(letters.values())
                message = f"the suppression of {what} covers {len(letters)} letters of that name: {named}"
                hint = "say which one is meant: source, sha256"
            else:
                continue
            yield Problem(self._suppressions.file, line, col, "", message, hint)

    def _could_be_met(self, entry: Entry | Suppression, *, across: bool) -> bool:
        if not across and entry.code.upper().startswith("BAT"):
            return False
        if isinstance(entry, Entry):
            return (entry.source in self._places or entry.sha256 in self._hashes) and self._docs.issuperset(
                (entry.doc, *entry.beside)
            )
        return entry.doc in self._docs and (entry.place is None or entry.place in self._places)
