"""The figures of a run while it is reviewed: what its pages would say if the audit were made again now."""

from collections import Counter
from typing import Any

from checker.desk.run import ReviewedLetter, ReviewedRun, View
from checker.knowledge.resources import templates_folder
from checker.model.findings import Severity
from checker.reporting.addresses import page_address
from checker.reporting.environment import environment
from checker.reporting.evidence import finding_label
from checker.reporting.reviewindex import ReviewCount
from checker.reporting.reviewview import precision_rate, review_view
from checker.reporting.visible import folded
from checker.review.blind import Blinding
from checker.review.measures import Precision, miss_rate
from checker.review.progress import Progress
from checker.review.standing import WAITING, State
from checker.review.statements import digest


class Live:
    """Counts a run anew from what a reviewer may see.

    Args:
        run: The run.
        blinding: What is reviewed blind.
    """

    def __init__(self, run: ReviewedRun, blinding: Blinding) -> None:
        self._run = run
        self._marked = blinding
        engine = environment(templates_folder())
        self._summary = engine.get_template("live.html")
        self._precision = engine.get_template("parts/rates.html")
        self._times = Counter(found.today.fingerprint for letter in run.letters for found in letter.found)
        self._kinds = Counter((found.code, found.today.rule) for letter in run.letters for found in letter.found)
        self._clean = [letter.doc for letter in run.letters if not letter.found]
        self._worst = sorted(
            (-Severity(found.severity).rank, letter.place, number, letter, found)
            for letter in run.letters
            for number, found in enumerate(letter.found, 1)
        )

    def review(self, view: View) -> dict[str, Any]:
        """What the pages about the whole run show of the review: summary and precision as HTML, by code and rule.

        ``fresh`` tells whether the pages were made with the very same statements.
        """
        progress = self._progress(view)
        shown = review_view(
            progress, miss_rate(view.statements, self._clean), self._next(view), view.statements, self._marked
        )
        cell = self._precision.make_module().precision  # type: ignore[attr-defined]
        names = {name for kind in self._kinds for name in kind}
        told: dict[str, Precision | None] = {name: progress.code(name) or progress.rule(name) for name in names}
        codes = {name: str(cell(precision_rate(held), held.undecided)) for name, held in told.items() if held}
        return {
            "summary": self._summary.render(summary=shown, not_checked=self._run.not_checked),
            "codes": {**codes, "": str(cell(None))},
            "fresh": self._is_fresh(view),
        }

    def _is_fresh(self, view: View) -> bool:
        """Whether the pages were made with these statements; there may be as many others."""
        said = view.statements
        return len(said) == self._run.statements and (not said or digest(said) == self._run.said)

    def _progress(self, view: View) -> Progress:
        """Where all findings stand; only those of which anything was said are looked at."""
        spoken = [(self._kind(one), held.state, self._times[one]) for one, held in view.standings.items()]
        quiet = Counter(self._kinds)
        for kind, _, number in spoken:
            quiet[kind] -= number
        progress = Progress()
        for (code, rule), number in quiet.items():
            progress.add(code, rule, State.OPEN, number)
        for (code, rule), state, number in spoken:
            progress.add(code, rule, state, number)
        return progress

    def _kind(self, fingerprint: str) -> tuple[str, str]:
        found = self._run.findings[fingerprint]
        return found.code, found.today.rule

    def _next(self, view: View) -> tuple[str, str] | None:
        """Address and words of the worst finding that waits for a review."""
        for _, _, number, letter, found in self._worst:
            if view.of(found.today.fingerprint).state in WAITING:
                address = page_address(letter.doc, letter.sha256)
                return f"{address}#{finding_label(number)}", f"{found.code} in {folded(letter.doc)}"
        return None

    def letters(self, view: View) -> dict[str, list[int]]:
        """Where the review stands of each letter of which anything was said, by its place in the run."""
        docs = dict.fromkeys((*(self._doc(f) for f in view.standings), *view.letters))
        spoken = (letter for doc in docs for letter in self._run.named.get(doc, ()))
        return {str(letter.place): self._count(letter, view).record() for letter in spoken}

    def _doc(self, fingerprint: str) -> str:
        return self._run.findings[fingerprint].today.doc

    @staticmethod
    def _count(letter: ReviewedLetter, view: View) -> ReviewCount:
        standings = (view.of(found.today.fingerprint) for found in letter.found)
        looked_at = len({said.reviewer for said in view.letters.get(letter.doc, ())})
        return ReviewCount.of(len(letter.found), standings, looked_at)
