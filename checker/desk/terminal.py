"""Reviewing in the terminal: one finding at a time, one letter a verdict, every verdict saved at once."""

import datetime
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from checker.desk.answers import statement_of
from checker.desk.run import Found, Review
from checker.review.blind import Blinding
from checker.review.standing import State
from checker.review.statements import REASONS, Reason, Statement, Verdict

HELP = "c confirm, d dismiss, u unsure, n next, p previous, z undo, ? keys, q quit"
_SAYS = {"c": Verdict.CONFIRMED, "d": Verdict.DISMISSED, "u": Verdict.UNSURE}


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Who reviews."""

    name: str
    role: str = ""


class TerminalReview:
    """One sitting.

    Args:
        review: The run and its verdicts.
        reviewer: Who reviews.
        ask: Prints a prompt and reads a line; raises EOFError at the end of input.
        write: Prints a line.
        clock: The time of a statement.
    """

    def __init__(
        self,
        review: Review,
        reviewer: Reviewer,
        ask: Callable[[str], str],
        write: Callable[[str], None],
        clock: Callable[[], datetime.datetime] = lambda: datetime.datetime.now(datetime.UTC),
    ) -> None:
        self._review = review
        self._reviewer = reviewer
        self._ask = ask
        self._write = write
        self._clock = clock
        self._done: list[tuple[Found, Statement | None]] = []

    def sit(self, queue: list[Found]) -> int:
        """Go through some findings; how many verdicts were given when the reviewer stops.

        Raises:
            OSError: A verdict could not be saved.
        """
        place = given = 0
        try:
            while True:
                place, more = self._one(queue, place) if place < len(queue) else self._last(queue)
                given += more
        except (EOFError, _QuitError):
            pass
        return given

    def _one(self, queue: list[Found], place: int) -> tuple[int, int]:
        """Show a finding and take answers until one moves on; the next place and how many verdicts that gave."""
        found = queue[place]
        for line in self._shown(found, place, len(queue)):
            self._write(line)
        while True:
            key, _, note = self._ask("> ").strip().partition(" ")
            if key in _SAYS:
                reason = self._reason() if key == "d" else None
                if key == "d" and reason is None:
                    continue
                self._say(found, _SAYS[key], reason, note)
                return place + 1, 1
            if key == "z":
                if self._done:
                    return queue.index(self._undo()), -1
                self._write("nothing to undo")
            elif key in {"n", ""}:
                return place + 1, 0
            elif key == "p":
                return max(0, place - 1), 0
            elif key == "q":
                raise _QuitError
            else:
                self._write(HELP)

    def _last(self, queue: list[Found]) -> tuple[int, int]:
        """The end of the queue, from which there is a way back."""
        while True:
            key = self._ask("that was the last one; z undo, p previous, q quit> ").strip()
            if key == "z" and self._done:
                return queue.index(self._undo()), -1
            if key == "p":
                return len(queue) - 1, 0
            if key in {"q", ""}:
                raise _QuitError

    def _shown(self, found: Found, place: int, of: int) -> Iterator[str]:
        today = found.today
        yield ""
        where = f"[{place + 1} of {of}] {today.doc}:{today.item}"
        yield f"{where}  {found.code}  {found.severity}  {found.confidence} confidence"
        yield found.message
        for part, quote in found.quotes:
            yield f'  {part}: "{quote}"'
        standing = self._review.view(self._reviewer.name).of(today.fingerprint)
        for said in (*standing.held, *standing.stale):
            old = "  (given on another rule or other words)" if said in standing.stale else ""
            reason = f": {REASONS[said.reason]}" if said.reason else ""
            yield f"  {said.reviewer} {said.verdict.value}{reason}{old}"

    def _reason(self) -> Reason | None:
        reasons = list(REASONS)
        for number, reason in enumerate(reasons, 1):
            self._write(f"  {number} {REASONS[reason]}")
        answer = self._ask("reason> ").strip()
        if answer.isdecimal() and 1 <= int(answer) <= len(reasons):
            return reasons[int(answer) - 1]
        self._write("a dismissal needs one of these numbers; nothing was said")
        return None

    def _say(self, found: Found, verdict: Verdict, reason: Reason | None, note: str) -> None:
        before = self._own(found)
        self._review.say(self._statement(found, verdict, reason, note))
        self._done.append((found, before))

    def _undo(self) -> Found:
        found, before = self._done.pop()
        if before is None:
            self._review.say(self._statement(found, Verdict.WITHDRAWN, None, ""))
        else:
            self._review.say(self._statement(found, before.verdict, before.reason, before.note))
        return found

    def _own(self, found: Found) -> Statement | None:
        held = self._review.view(self._reviewer.name).of(found.today.fingerprint).held
        return next((said for said in held if said.reviewer == self._reviewer.name), None)

    def _statement(self, found: Found, verdict: Verdict, reason: Reason | None, note: str) -> Statement:
        told = {
            "fingerprint": found.today.fingerprint,
            "verdict": verdict.value,
            "reason": reason.value if reason else None,
            "note": note.strip(),
            "reviewer": self._reviewer.name,
            "role": self._reviewer.role,
        }
        return statement_of(told, self._review.run, self._clock())


class _QuitError(Exception):
    pass


def queue(
    review: Review,
    states: Iterable[State],
    codes: Iterable[str] = (),
    reviewer: str = "",
    sample: Blinding | None = None,
) -> list[Found]:
    """The findings of a run that are in one of some states and have one of some codes, in the order of the run.

    Args:
        review: The run and its verdicts.
        states: Such as open and stale, as far as the reviewer may see it.
        codes: Beginnings of codes; all where none is given.
        reviewer: Who asks.
        sample: Only findings of these units.
    """
    wanted, beginnings = set(states), tuple(code.upper() for code in codes)
    view = review.view(reviewer)
    return [
        found
        for fingerprint, found in review.run.findings.items()
        if view.of(fingerprint).state in wanted
        and (not beginnings or found.code.upper().startswith(beginnings))
        and (sample is None or sample.covers(found.today.doc, found.today.item))
    ]
