"""Where the words of a citation stand in a letter."""

import pytest

from checker.model.source import Span
from checker.observing.cited import _locate


@pytest.mark.parametrize(
    ("raw", "text", "found"),
    [
        ("MTUS, Opioids, dosing, page 86", "Opioids, dosing", "Opioids, dosing"),
        ("MTUS, Opioids,\ndosing, page 86", "Opioids, dosing", "Opioids,\ndosing"),
        ("Opioids,\n dosing; Opioids, dosing", "Opioids, dosing", "Opioids,\n dosing"),
        ("Opioids (page 80); Opioids, dosing", "Opioids, dosing", "Opioids, dosing"),
        ("Anti-\nepilepsy drugs; Anti-epilepsy drugs", "Anti-epilepsy drugs", "Anti-\nepilepsy drugs"),
        ("the Anti-epilepsy drugs", "Anti-epilepsy drugs", "Anti-epilepsy drugs"),
        ("opiopioids opioids", "opioids", "opioids"),
        ("- Work Loss Data", "- Work Loss", "- Work Loss"),
        ("Weaning of drugs", "Tapering", None),
        ("Weaning of drugs", " ", None),
    ],
)
def test_words_are_found_where_they_first_stand_whatever_blanks_are_between_them(raw, text, found):
    span = _locate(raw, Span(0, len(raw)), text)
    assert (None if span is None else raw[span.start : span.end]) == found
    assert span is None or span.start == raw.index(found)


def test_words_outside_the_citation_do_not_count():
    assert _locate("Opioids; Opioids", Span(3, 16), "Opioids") == Span(9, 16)
    assert _locate("Opioids; Opioids", Span(3, 15), "Opioids") is None
