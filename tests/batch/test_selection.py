from dataclasses import replace

import pytest

from checker.batch.letters import Failed, Letter, Tally
from checker.batch.selection import Exit, FailOn, Selection, exit_code, split_codes
from checker.model.determination import Status
from checker.model.facts import Confidence
from checker.model.findings import Judgement, Severity
from tests.reporting import samples

FAILED = Failed("a", "a", "", "broke")


def tally(*letters: Letter, selection: Selection | None = None) -> Tally:
    counts = Tally()
    for letter in letters:
        kept, hidden = (selection or Selection()).apply(letter)
        counts.add(kept)
        counts.hidden += hidden
    return counts


def cut_off() -> Letter:
    """A letter of which the end is missing, from the first disputed item on."""
    whole = samples.clean()
    assert isinstance(whole, Judgement)
    parsed = replace(whole.facts.determination, items=(), status=Status.PARTIAL)
    return replace(whole, facts=replace(whole.facts, determination=parsed), findings=())


@pytest.mark.parametrize(
    ("letters", "fail_on", "code"),
    [
        ([samples.clean()], FailOn.NOTE, Exit.CLEAN),
        ([samples.pain()], FailOn.ERROR, Exit.FOUND),
        ([samples.pain()], FailOn.NEVER, Exit.CLEAN),
        ([], FailOn.ERROR, Exit.NOTHING),
        ([samples.unreadable()], FailOn.ERROR, Exit.NOTHING),
        ([samples.foreign()], FailOn.ERROR, Exit.NOTHING),
        # Never silently green: one letter among clean ones that could not be read shows in the exit code,
        ([samples.clean(), samples.unreadable()], FailOn.ERROR, Exit.FOUND),
        ([samples.clean(), samples.unreadable()], FailOn.NEVER, Exit.FOUND),
        ([samples.pain(), samples.unreadable()], FailOn.ERROR, Exit.FOUND),
        # one that was cut off before its first item shows as well,
        ([samples.clean(), cut_off()], FailOn.NEVER, Exit.FOUND),
        # and a defect of ours is more than anything.
        ([samples.pain(), samples.unreadable(), FAILED], FailOn.ERROR, Exit.BROKEN),
        ([samples.clean(), FAILED], FailOn.NEVER, Exit.BROKEN),
    ],
)
def test_exit_codes(letters: list[Letter], fail_on: FailOn, code: Exit) -> None:
    assert exit_code(tally(*letters), fail_on) is code


def test_the_threshold_is_the_least_severity_that_fails() -> None:
    only_warnings = tally(samples.pain(), selection=Selection(select=("SAF",)))
    assert exit_code(only_warnings, FailOn.ERROR) is Exit.CLEAN
    assert exit_code(only_warnings, FailOn.WARNING) is Exit.FOUND
    assert exit_code(only_warnings, FailOn.NOTE) is Exit.FOUND


def kept(selection: Selection) -> list[str]:
    letter, hidden = selection.apply(samples.pain())
    assert isinstance(letter, Judgement)
    assert hidden == 4 - len(letter.findings)
    return [f.code for f in letter.findings]


def test_filters() -> None:
    assert kept(Selection()) == ["DEC002", "FAC005", "CIT002", "SAF001"]
    assert kept(Selection(select=("FAC", "cit002"))) == ["FAC005", "CIT002"]
    assert kept(Selection(select=("FAC", "CIT"), ignore=("CIT002",))) == ["FAC005"]
    assert kept(Selection(severity=Severity.WARNING)) == ["DEC002", "FAC005", "SAF001"]
    assert kept(Selection(confidence=Confidence.HIGH)) == ["DEC002", "FAC005"]
    assert kept(Selection(ignore=("DEC", "FAC", "CIT", "SAF"))) == []


def test_filters_leave_letters_that_were_not_judged_alone() -> None:
    letter = samples.unreadable()
    assert Selection(select=("DEC",)).apply(letter) == (letter, 0)


def test_codes_come_one_by_one_or_in_a_list() -> None:
    assert split_codes(["DEC002", "FAC, CIT001", " "]) == ("DEC002", "FAC", "CIT001")


def test_every_letter_is_counted_in_one_place() -> None:
    counts = tally(samples.pain(), samples.clean(), samples.hostile(), samples.foreign(), samples.unreadable(), FAILED)
    assert counts.letters == counts.judged + counts.unknown_layout + counts.unreadable + counts.failed == 6
    assert (counts.partial, counts.items, counts.findings, counts.not_checked) == (1, 4, 5, 3)
