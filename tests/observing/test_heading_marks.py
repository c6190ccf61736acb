"""What a request or a guideline line tells against the reasons: days, kind of current, directions, chapters."""

from pathlib import Path

import pytest

from checker.model.findings import Judgement
from tests.shipped import the_checker

LETTERS = Path(__file__).resolve().parents[2] / "fixtures/letters"


def fact(letter: str, item: int, name: str, *changes: tuple[str, str]) -> object:
    text = " ".join((LETTERS / f"{letter}.txt").read_text("utf-8").split(" "))
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    judged = the_checker().check_text(text, letter)
    assert isinstance(judged, Judgement)
    return judged.facts.items[item - 1].value(name)


@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        ("Oxycodone 15mg #60, one tablet daily for 30 days", "wrong"),
        ("Oxycodone 15mg #60, 1 tablet every 12 hours x 30 days", "plausible"),
        ("Oxycodone 15mg #60, 1 tablet every 6 hours as needed, 30 day supply", "plausible"),
        ("Oxycodone 15mg #120, 1 tab twice a day for 30 days", "wrong"),
        ("Oxycodone 15mg #120", "unknown"),
        ("Oxycodone 15mg #120, one daily", "unknown"),
    ],
)
def test_quantity_against_directions_and_days(request_: str, expected: str) -> None:
    change = ("Oxycodone 15mg #120: Upheld", f"{request_}: Upheld")
    assert fact("oxycodone-denied-clean", 1, "item.request_supply", change) == expected


@pytest.mark.parametrize(
    ("verdict", "expected"),
    [("7 day rental", "same"), ("one week rental", "same"), ("14 day rental", "different"), ("rental", "unknown")],
)
def test_days_of_a_rental(verdict: str, expected: str) -> None:
    change = ("The cold therapy unit, 7 day rental is", f"The cold therapy unit, {verdict} is")
    assert fact("shoulder-operation-chain", 4, "compare.days", change) == expected


@pytest.mark.parametrize(("length", "expected"), [("7 day rental", "yes"), ("rental", "no")])
def test_days_that_a_request_tells(length: str, expected: str) -> None:
    change = ("unit, 7 day rental", f"unit, {length}")
    assert fact("shoulder-operation-chain", 4, "item.days_told", change) == expected


@pytest.mark.parametrize(
    ("called", "expected"),
    [
        ("The 60 tablets asked for are", "different"),
        ("The 120 tablets asked for are", "same"),
        ("The tablets asked for are", "unknown"),
    ],
)
def test_tablets_that_the_reasons_call_the_request(called: str, expected: str) -> None:
    change = ("the record speaks against continuing. The current request for oxycodone 15mg #120 is", f"no. {called}")
    assert fact("oxycodone-denied-clean", 1, "compare.quantity", change) == expected


@pytest.mark.parametrize(
    ("relief", "expected"),
    [
        ("An epidural injection was given in May. He had 40% relief of the pain.", 40),
        ("An epidural injection was given in May. With naproxen he had 40% relief of the pain.", "unknown"),
        ("An epidural injection was given in May.", "unknown"),
    ],
)
def test_relief_told_behind_the_injection(relief: str, expected: object) -> None:
    change = ("No injection has been given before.", relief)
    assert fact("spine-needles", 1, "item.relief_percent_summary", change) == expected


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("NMES is not recommended for chronic pain; a one-month home", "different"),
        ("TENS, unlike NMES, is no primary treatment; a one-month home", "same"),
        ("A one-month home", "unknown"),
    ],
)
def test_the_kind_of_current(rule: str, expected: str) -> None:
    change = ("The MTUS does not recommend TENS as a primary treatment; a one-month home", rule)
    assert fact("currents-and-units", 1, "compare.current", change) == expected


@pytest.mark.parametrize(
    ("opening", "expected"),
    [
        ("The Low Back chapter lists as criteria for imaging", "uncited"),
        ("The chapter on the neck lists as criteria for imaging", "cited"),
        ("The Neck and Upper Back chapter, and not the Shoulder chapter, lists as criteria for imaging", "cited"),
        ("The MTUS lists as criteria for imaging", "unknown"),
    ],
)
def test_the_chapter_argued_from(opening: str, expected: str) -> None:
    change = ("The MTUS lists as criteria for imaging", opening)
    assert fact("neck-imaging-and-arm-nerves", 1, "compare.chapter", change) == expected
