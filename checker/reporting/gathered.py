"""What the pages about a whole run need of its letters, gathered while they pass."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from checker.batch.letters import Letter
from checker.batch.statistics import Statistics
from checker.model.findings import Finding, Judgement
from checker.reporting.evidence import finding_label
from checker.reporting.glossary import Glossary
from checker.reporting.listed import Listed, ListedFinding
from checker.reporting.opinions import Reviewed, SaidView
from checker.reporting.visible import folded
from checker.review.intervals import Estimate
from checker.review.measures import miss_rate
from checker.review.progress import Progress
from checker.review.standing import WAITING, Standing, State
from checker.review.statements import Statement

_Open = tuple[int, int, int, str, str]
"""Order, place of the letter, number of the finding, address, words."""


@dataclass(frozen=True, slots=True)
class GatheredPart:
    """What was gathered of some letters of a run, as plain values.

    Attributes:
        statistics: Outcomes and rules.
        progress: Where the findings stand.
        listed: The worst findings.
        missed: What reviewers found and no rule did: letter, address of its page, statement.
        clean: Letters without findings that reviewers looked at.
        following: The first of the worst open findings.
    """

    statistics: Statistics
    progress: Progress
    listed: tuple[ListedFinding, ...]
    missed: tuple[tuple[str, str, SaidView], ...]
    clean: frozenset[str]
    following: _Open | None

    def renamed(self, pages: Mapping[str, str]) -> "GatheredPart":
        """The same with other addresses of pages.

        Args:
            pages: The new address by the old one.
        """
        listed = tuple(replace(found, address=_renamed(found.address, pages)) for found in self.listed)
        missed = tuple((doc, _renamed(page, pages), said) for doc, page, said in self.missed)
        following = self.following and (*self.following[:3], _renamed(self.following[3], pages), self.following[4])
        return replace(self, listed=listed, missed=missed, following=following)


def _renamed(address: str, pages: Mapping[str, str]) -> str:
    page, mark, label = address.partition("#")
    return pages.get(page, page) + mark + label


class Gathered:
    """Takes in the letters of a run in input order.

    Attributes:
        statistics: Outcomes and rules.
        progress: Where the findings stand.
        listed: The worst findings.
        missed: What reviewers found and no rule did: letter, address of its page, statement.

    Args:
        glossary: The words of the rule book.
        reviewed: What reviewers have said.
    """

    def __init__(self, glossary: Glossary, reviewed: Reviewed) -> None:
        self.statistics = Statistics()
        self.progress = Progress()
        self.listed = Listed(glossary)
        self.missed: list[tuple[str, str, SaidView]] = []
        self._reviewed = reviewed
        self._clean: set[str] = set()
        self._next: _Open | None = None

    def add(self, place: int, letter: Letter, page: str) -> None:
        """Take one letter in.

        Args:
            place: Its place in the run.
            letter: What became of it, with the findings that the filters kept.
            page: Address of its page, "" where it has none.
        """
        self.statistics.add(letter)
        if not isinstance(letter, Judgement):
            return
        doc = letter.facts.determination.source.doc
        standings = self._reviewed.standings(letter)
        for finding in letter.findings:
            self._count(finding, standings)
        self.listed.add(place, letter, page, standings)
        self._look(place, letter, page, standings)
        if doc in self._reviewed.letters:
            if not letter.findings:
                self._clean.add(doc)
            said = self._reviewed.of_letter(doc)
            self.missed += [(folded(doc), page, one) for one in said if one.words]

    def part(self) -> GatheredPart:
        """What was gathered so far."""
        clean = frozenset(self._clean)
        return GatheredPart(self.statistics, self.progress, self.listed.findings, tuple(self.missed), clean, self._next)

    def take(self, part: GatheredPart) -> None:
        """Take in what was gathered of the letters that follow those taken in so far."""
        self.statistics.take(part.statistics)
        self.progress.take(part.progress)
        self.listed.take(part.listed)
        self.missed += part.missed
        self._clean |= part.clean
        if part.following and (self._next is None or part.following < self._next):
            self._next = part.following

    def again(self, place: int, letter: Judgement, page: str) -> None:
        """Take in anew a letter that has findings only beside others.

        Args:
            place: Its place in the run.
            letter: The letter with all its findings.
            page: Address of its page, "" where it has none.
        """
        own = {(judged.item, rule) for judged in letter.items for rule, _, _ in judged.applied}
        more = [finding for finding in letter.findings if finding.item and (finding.item, finding.rule) not in own]
        if not more:
            return
        self.statistics.again(letter)
        standings = self._reviewed.standings(letter)
        for finding in more:
            self._count(finding, standings)
        self.listed.drop(place)
        self.listed.add(place, letter, page, standings)
        if self._next and self._next[1] == place:
            self._next = None
        self._look(place, letter, page, standings)
        self._clean.discard(letter.facts.determination.source.doc)

    def _count(self, finding: Finding, standings: Mapping[str, Standing]) -> None:
        standing = standings.get(finding.fingerprint)
        self.progress.add(finding.code, finding.rule, standing.state if standing else State.OPEN)

    def _look(self, place: int, letter: Judgement, page: str, standings: Mapping[str, Standing]) -> None:
        """Remember the first of the worst findings that wait for a review."""
        for number, finding in enumerate(letter.findings, 1):
            standing = standings.get(finding.fingerprint)
            if page and (standing is None or standing.state in WAITING):
                doc = folded(letter.facts.determination.source.doc)
                words = f"{finding.code} in {doc}"
                found = (-finding.severity.rank, place, number, f"{page}#{finding_label(number)}", words)
                if self._next is None or found < self._next:
                    self._next = found

    @property
    def next_open(self) -> tuple[str, str] | None:
        """Address and words of the first of the worst findings that wait for a review, None where none does."""
        return self._next[3:] if self._next else None

    def misses(self) -> Estimate:
        """The share of letters without findings, among those a reviewer looked at, in which something was found."""
        return miss_rate(self._reviewed.statements, self._clean)

    @property
    def statements(self) -> tuple[Statement, ...]:
        """What reviewers said, in its order."""
        return self._reviewed.statements
