"""Where the review of each letter stands, for the table of letters: counts, and what a browser counts anew with."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from checker.across.shelf import Shelf
from checker.batch.letters import Letter, identity
from checker.model.findings import Judgement
from checker.reporting.opinions import Reviewed, shown
from checker.reporting.visible import folded
from checker.review.standing import Standing, State
from checker.review.statements import Statement


@dataclass(frozen=True, slots=True)
class ReviewCount:
    """Where the review of one letter stands.

    Attributes:
        open: Findings without a verdict.
        stale: Findings whose verdicts were all given on another rule or other words; they wait for a review too.
        disputed: Findings on which reviewers differ.
        looked_at: How many said of the letter that something or nothing was missed.
    """

    open: int
    stale: int = 0
    disputed: int = 0
    looked_at: int = 0

    @classmethod
    def of(cls, findings: int, standings: Iterable[Standing], looked_at: int) -> "ReviewCount":
        """Count the findings of a letter; those that are not among the standings are open."""
        states = [standing.state for standing in standings]
        spoken = len(states) - states.count(State.OPEN)
        return cls(findings - spoken, states.count(State.STALE), states.count(State.DISPUTED), looked_at)

    def record(self) -> list[int]:
        """The counts as the script of the table reads them."""
        return [self.open, self.stale, self.disputed, self.looked_at]


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """What the index of the review needs of one letter.

    Attributes:
        name: The letter's, where the table shows it otherwise; else "".
        findings: Fingerprint, hash of the evidence, rule, its hash and item of each finding.
        count: Where the review stands, None where nothing was said of the letter.
        said: Who said what of its findings, as the script of the table reads it; "" where nobody did.
    """

    name: str = ""
    findings: tuple[tuple[str, str, str, str, int], ...] = ()
    count: ReviewCount | None = None
    said: str = ""


def review_row(letter: Letter, reviewed: Reviewed) -> ReviewRow:
    """The row of a letter.

    Args:
        letter: What became of it.
        reviewed: What reviewers have said.
    """
    if not isinstance(letter, Judgement):
        return ReviewRow()
    doc = identity(letter).doc
    name = doc if folded(doc) != doc else ""
    present = reviewed.present(letter)
    findings = tuple((t.fingerprint, t.evidence_hash, t.rule, t.rule_hash, t.item) for t in present)
    if doc not in reviewed.letters:
        return ReviewRow(name, findings)
    standings = reviewed.standings(letter)
    looked_at = len({said.reviewer for said in reviewed.of_letter(doc)})
    count = ReviewCount.of(len(letter.findings), standings.values(), looked_at)
    said = {print_: _said(held) for print_, held in standings.items() if held.held or held.stale}
    return ReviewRow(name, findings, count, json.dumps(said, separators=(",", ":")))


class ReviewIndex:
    """Takes the letters of a run in; what the findings are told by lies on disk until the last is in."""

    def __init__(self) -> None:
        self._rules: dict[tuple[str, str], int] = {}
        self._findings: Shelf[str] = Shelf()
        self._said: dict[int, str] = {}
        self._counts: dict[int, ReviewCount] = {}
        self._names: dict[int, str] = {}

    def take(self, place: int, row: ReviewRow) -> None:
        """Take the next letter in, or anew with all its findings one that was taken.

        Args:
            place: Its place in the run.
            row: What is needed of it.
        """
        told = ",".join(chain.from_iterable(map(self._finding, row.findings)))
        if place == len(self._findings):
            self._findings.append(told)
        else:
            self._findings[place] = told
        if row.name:
            self._names[place] = row.name
        if row.count is not None:
            self._counts[place] = row.count
            self._said[place] = row.said

    def _finding(self, finding: tuple[str, str, str, str, int]) -> tuple[str, ...]:
        fingerprint, evidence, rule, rule_hash, item = finding
        number = self._rules.setdefault((rule, rule_hash), len(self._rules))
        return (f'"{fingerprint}"', f'"{evidence}"', str(number), str(item))

    def count(self, place: int) -> ReviewCount | None:
        """Where the review of a letter stands; None where nothing was said of it."""
        return self._counts.get(place)

    def standing_script(self) -> str:
        """Where the review stands of the letters of which anything was said, as a script that sets one global."""
        told = {str(place): count.record() for place, count in sorted(self._counts.items())}
        return f"window.IMRCHECK_STANDING = {json.dumps(told, separators=(',', ':'))};\n"

    def findings_script(self) -> Iterator[str]:
        """The findings by the place of their letter, for a browser that keeps verdicts of its own; in pieces.

        Of each finding fingerprint, hash of its evidence, number of its rule and item, one behind the other.
        """
        rules = json.dumps(list(self._rules), separators=(",", ":"))
        names = json.dumps({str(place): name for place, name in sorted(self._names.items())}, separators=(",", ":"))
        said = ",".join(f'"{place}":{told}' for place, told in sorted(self._said.items()))
        yield f'window.IMRCHECK_FINDINGS = {{"rules":{rules},"names":{names},"rows":{{'
        between = ""
        for place, told in enumerate(self._findings):
            if told:
                yield f'{between}"{place}":[{told}]'
                between = ","
        yield f'}},"said":{{{said}}}}};\n'

    def close(self) -> None:
        """Let go of the file."""
        self._findings.close()


def _said(standing: Standing) -> dict[str, list[dict[str, object]]]:
    """Who said what of a finding, as the script of the table weighs it against what the browser keeps."""

    def short(statements: Iterable[Statement]) -> list[dict[str, object]]:
        return [{name: shown(said)[name] for name in ("reviewer", "verdict", "at")} for said in statements]

    return {"said": short(standing.held), "stale": short(standing.stale)}
