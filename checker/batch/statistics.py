"""Counts over a run, taken letter by letter; they grow with the rules and the kinds of items, not with the letters."""

import datetime
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from checker.batch.letters import Letter, problems, status
from checker.model.determination import Determination, Outcome, Status
from checker.model.findings import Finding, ItemJudgement, Judgement, Result

DISTINCT = 500
"""How many specialties, or reasons why a letter was not checked, are counted by name; others go together."""
OTHERS = "others"

CLEAR, EXCEPTED, UNDECIDED, HIDDEN, FLAGGED = range(5)
"""What became of a rule where it applied; of a code whose rules differ on an item, the highest counts."""

_NUMBER = re.compile(r"\d{1,9}")


@dataclass(frozen=True, slots=True)
class Share:
    """How many of some items have a finding."""

    found: int
    of: int


@dataclass(frozen=True, slots=True)
class Applications:
    """What became of a rule, or of a code, on each disputed item or whole letter that it applied to.

    Attributes:
        letters: How many of those that it applied to are whole letters; the others are disputed items.
        clear: How often it found nothing.
        excepted: How often an exception excused what it found.
        undecided: How often the letter did not hold what decides it.
        hidden: How often the filters of the run left its finding out.
        found: How often there is a finding.
    """

    letters: int
    clear: int
    excepted: int
    undecided: int
    hidden: int
    found: int

    @property
    def of(self) -> int:
        """How often it applied."""
        return self.clear + self.excepted + self.undecided + self.hidden + self.found


_Cells = dict[tuple[str, str], list[int]]
"""How many items with a finding, and of how many, by treatment class and topic."""
_Names = dict[str, list[int]]


class Strata:
    """Items with findings by treatment class, guideline topic and the reviewer's specialty."""

    __slots__ = ("_cells", "_specialties")

    def __init__(self) -> None:
        self._cells: _Cells = {}
        self._specialties: _Names = {}

    def add(self, kind: tuple[str, str], specialty: str, found: int) -> None:
        """Count one item.

        Args:
            kind: Its treatment class and topic.
            specialty: Of the reviewer.
            found: 1 where it has a finding, else 0.
        """
        cell = self._cells.get(kind)
        if cell is None:
            cell = self._cells[kind] = [0, 0]
        cell[0] += found
        cell[1] += 1
        cell = self._specialties.get(specialty)
        if cell is None:
            cell = self._specialties[specialty] = [0, 0]
        cell[0] += found
        cell[1] += 1

    def find(self, kind: tuple[str, str], specialty: str) -> None:
        """A finding on an item that was counted without one."""
        self._cells.setdefault(kind, [0, 0])[0] += 1
        self._specialties.setdefault(specialty, [0, 0])[0] += 1

    def take(self, other: "Strata", specialty: Mapping[str, str]) -> None:
        """Count what was counted elsewhere.

        Args:
            other: What was.
            specialty: How a specialty is called here by how it is called there.
        """
        for kind, (found, of) in other._cells.items():
            cell = self._cells.setdefault(kind, [0, 0])
            cell[0] += found
            cell[1] += of
        for name, (found, of) in other._specialties.items():
            cell = self._specialties.setdefault(specialty.get(name, name), [0, 0])
            cell[0] += found
            cell[1] += of

    def of_all(self, every: "Strata") -> "Strata":
        """The same findings over other items: those counted in ``every``."""
        told = Strata()
        told._cells = {kind: [self._cells.get(kind, (0,))[0], of] for kind, (_, of) in every._cells.items()}
        names = every._specialties.items()
        told._specialties = {name: [self._specialties.get(name, (0,))[0], of] for name, (_, of) in names}
        return told

    @property
    def categories(self) -> dict[str, Share]:
        """By treatment class."""
        return self._by(0)

    @property
    def topics(self) -> dict[str, Share]:
        """By topic; "" for items without one."""
        return self._by(1)

    @property
    def specialties(self) -> dict[str, Share]:
        """By specialty; "" where none is printed."""
        return {name: Share(*cell) for name, cell in sorted(self._specialties.items())}

    def _by(self, place: int) -> dict[str, Share]:
        sums: _Names = {}
        for kind, (found, of) in sorted(self._cells.items()):
            cell = sums.setdefault(kind[place], [0, 0])
            cell[0] += found
            cell[1] += of
        return {name: Share(*cell) for name, cell in sorted(sums.items())}


class Statistics:
    """Takes in the letters of a run.

    Attributes:
        outcomes: Disputed items by treatment class and outcome.
        strata: Disputed items with a finding of their own by class, topic and specialty.
        overturned: Disputed items with an outcome, those overturned in whole or in part counted as found, likewise.
        layouts: Letters by layout.
        why: Letters that were not checked by status and reason, digits put as "n".
        decided: The first and the last day of decision, None where no letter has one.
    """

    def __init__(self) -> None:
        self.outcomes: dict[str, dict[Outcome, int]] = {}
        self.strata = Strata()
        self.overturned = Strata()
        self.layouts: dict[str, int] = {}
        self.why: dict[tuple[Status, str], int] = {}
        self.decided: tuple[datetime.date, datetime.date] | None = None
        self._items = [0, 0]
        self._letters = [0, 0]
        self._rules: dict[str, list[int]] = {}
        self._codes: dict[str, list[int]] = {}
        self._of_letters: dict[str, int] = {}
        self._across_rules: dict[str, int] = {}
        self._across_codes: dict[str, int] = {}
        self._by_code: dict[str, Strata] = {}
        self._specialties: dict[str, str] = {}

    @property
    def items(self) -> Share:
        """Disputed items with a finding of their own."""
        return Share(*self._items)

    @property
    def letters(self) -> Share:
        """Judged letters with a finding."""
        return Share(*self._letters)

    @property
    def codes(self) -> dict[str, Applications]:
        """What became of each code, where the worst of its rules counts."""
        return self._told(self._codes, self._across_codes)

    @property
    def rules(self) -> dict[str, Applications]:
        """What became of each rule."""
        return self._told(self._rules, self._across_rules)

    def _told(self, counts: Mapping[str, list[int]], across: Mapping[str, int]) -> dict[str, Applications]:
        told = {name: Applications(self._of_letters.get(name, 0), *five) for name, five in counts.items()}
        of = self._items[1]
        told |= {name: Applications(0, of - found, 0, 0, 0, found) for name, found in across.items()}
        return {name: told[name] for name in sorted(told)}

    def by_code(self, code: str) -> Strata:
        """Disputed items with a finding of a code, over those that it applied to."""
        strata = self._by_code.get(code) or Strata()
        return strata.of_all(self.strata) if code in self._across_codes else strata

    def add(self, letter: Letter) -> None:
        """Count one letter with the findings that the filters kept."""
        if not isinstance(letter, Judgement):
            self._not_checked(letter)
            return
        parsed = letter.facts.determination
        self._letter(parsed)
        kept = _kept(letter.findings)
        self._letters[0] += bool(letter.findings)
        self._letters[1] += 1
        codes = self._place(letter.letter, kept.get(0, {}))
        for name in dict.fromkeys((*codes, *(rule for rule, _, _ in letter.letter.applied))):
            self._of_letters[name] = self._of_letters.get(name, 0) + 1
        specialty = self._specialty(parsed)
        for item, judged in zip(parsed.items, letter.items, strict=True):
            of_class = self.outcomes.setdefault(item.category, {})
            of_class[item.outcome] = of_class.get(item.outcome, 0) + 1
            found = kept.get(item.number, {})
            kind = (item.category, judged.topic)
            self._items[0] += bool(found)
            self._items[1] += 1
            self.strata.add(kind, specialty, bool(found))
            if item.outcome is not Outcome.NONE:
                self.overturned.add(kind, specialty, item.outcome is not Outcome.UPHELD)
            for code, worth in self._place(judged, found).items():
                self._strata(code).add(kind, specialty, worth == FLAGGED)

    def take(self, other: "Statistics") -> None:
        """Count letters that were counted elsewhere, fewer than ``DISTINCT`` of them, after those counted so far."""
        called = {name: self._called(key, name) for key, name in other._specialties.items()}
        for category, outcomes in other.outcomes.items():
            _sum(self.outcomes.setdefault(category, {}), outcomes)
        self.strata.take(other.strata, called)
        self.overturned.take(other.overturned, called)
        for code, strata in other._by_code.items():
            self._strata(code).take(strata, called)
        _sum(self.layouts, other.layouts)
        for (of_status, reason), count in other.why.items():
            key = self._reason(of_status, reason)
            self.why[key] = self.why.get(key, 0) + count
        for day in other.decided or ():
            self._decided(day)
        self._items = [a + b for a, b in zip(self._items, other._items, strict=True)]
        self._letters = [a + b for a, b in zip(self._letters, other._letters, strict=True)]
        for mine, theirs in ((self._rules, other._rules), (self._codes, other._codes)):
            for name, counts in theirs.items():
                mine[name] = [a + b for a, b in zip(mine.get(name, _NONE), counts, strict=True)]
        _sum(self._of_letters, other._of_letters)
        _sum(self._across_rules, other._across_rules)
        _sum(self._across_codes, other._across_codes)

    def again(self, letter: Judgement) -> None:
        """Count the findings that a letter has only beside others, after it was counted without them.

        Their rules look at every disputed item of a run.

        Args:
            letter: The letter with all its findings.
        """
        parsed = letter.facts.determination
        specialty = self._specialty(parsed)
        kept = _kept(letter.findings)
        before = bool(kept.get(0))
        after = False
        for item, judged in zip(parsed.items, letter.items, strict=True):
            own = {rule for rule, _, _ in judged.applied}
            found = kept.get(item.number, {})
            more = {rule: code for rule, code in found.items() if rule not in own}
            before |= len(more) < len(found)
            after |= bool(more)
            if more:
                self._more(more, (item.category, judged.topic), specialty, alone=len(more) == len(found))
        self._letters[0] += after and not before

    def _more(self, found: Mapping[str, str], kind: tuple[str, str], specialty: str, *, alone: bool) -> None:
        """Count what one item has beside others; ``alone`` where it has nothing else."""
        for rule in found:
            self._across_rules[rule] = self._across_rules.get(rule, 0) + 1
        for code in dict.fromkeys(found.values()):
            self._across_codes[code] = self._across_codes.get(code, 0) + 1
            self._strata(code).find(kind, specialty)
        if alone:
            self._items[0] += 1
            self.strata.find(kind, specialty)

    def _strata(self, code: str) -> Strata:
        strata = self._by_code.get(code)
        if strata is None:
            strata = self._by_code[code] = Strata()
        return strata

    def _letter(self, parsed: Determination) -> None:
        self.layouts[parsed.layout] = self.layouts.get(parsed.layout, 0) + 1
        day = parsed.header.decision_date
        if day is not None:
            self._decided(day)

    def _decided(self, day: datetime.date) -> None:
        first, last = self.decided or (day, day)
        self.decided = (min(first, day), max(last, day))

    def _reason(self, of_status: Status, reason: str) -> tuple[Status, str]:
        """The key of a reason, which is "others" once there are too many."""
        key = (of_status, reason)
        return key if key in self.why or len(self.why) < DISTINCT else (of_status, OTHERS)

    def _not_checked(self, letter: Letter) -> None:
        key = self._reason(status(letter), _NUMBER.sub("n", next(iter(problems(letter)), "")))
        self.why[key] = self.why.get(key, 0) + 1

    def _specialty(self, parsed: Determination) -> str:
        """The first specialty as it was first spelled; "and" and "&", capitals and white space make no difference."""
        if not parsed.reviewer.specialties:
            return ""
        name = " ".join(parsed.reviewer.specialties[0].split())
        return self._called(name.casefold().replace("&", "and"), name)

    def _called(self, key: str, name: str) -> str:
        if key not in self._specialties and len(self._specialties) >= DISTINCT:
            return OTHERS
        return self._specialties.setdefault(key, name)

    def _place(self, judged: ItemJudgement, found: Mapping[str, str]) -> dict[str, int]:
        """Count the rules that applied to one item, or to a whole letter.

        Args:
            judged: The item.
            found: Its findings: code by rule.

        Returns:
            What became of each code.
        """
        rules = self._rules
        worths: dict[str, int] = {}
        clear = Result.CLEAR
        left = dict(found)
        for rule, code, result in judged.applied:
            worth = CLEAR if result is clear else _worth(result, left.pop(rule, None))
            counts = rules.get(rule)
            if counts is None:
                counts = rules[rule] = [0] * 5
            counts[worth] += 1
            if worths.setdefault(code, worth) < worth:
                worths[code] = worth
        for rule, code in left.items():
            rules.setdefault(rule, [0] * 5)[FLAGGED] += 1
            worths[code] = FLAGGED
        for code, worth in worths.items():
            counts = self._codes.get(code)
            if counts is None:
                counts = self._codes[code] = [0] * 5
            counts[worth] += 1
        return worths


_NONE = [0] * 5
_Key = TypeVar("_Key")


def _sum(counts: dict[_Key, int], more: Mapping[_Key, int]) -> None:
    for name, count in more.items():
        counts[name] = counts.get(name, 0) + count


def _worth(result: Result, code: str | None) -> int:
    if result is Result.FLAGGED:
        return HIDDEN if code is None else FLAGGED
    return EXCEPTED if result is Result.EXCEPTED else UNDECIDED


def _kept(findings: Iterable[Finding]) -> dict[int, dict[str, str]]:
    """The rules whose findings were kept, with their codes, by item; those of findings joined to others too."""
    kept: dict[int, dict[str, str]] = {}
    for finding in findings:
        of_item = kept.setdefault(finding.item, {})
        for trace in (finding.trace, *finding.also):
            of_item[trace.rule] = finding.code
    return kept
