"""Relief that a named drug gave, or did not give, is that drug's, though the disputed class is named beside it."""

import pytest

from checker import Checker
from tests.observing.compared import PLAIN, judged, told

LINE = "Decision based on MTUS Chronic Pain Medical Treatment 2016, Section(s): Muscle relaxants (for pain)."


@pytest.mark.parametrize(
    ("reasons", "analgesia"),
    [
        ("Tylenol did not help, but that does not make a muscle relaxant the next choice.", "silent"),
        ("Ibuprofen gave no relief, yet a muscle relaxant is not the answer for a shoulder.", "silent"),
        ("Naproxen has not helped and muscle relaxants are no substitute for it.", "silent"),
        ("Robaxin did not help, and another muscle relaxant would be no better.", "denied"),
        ("The muscle relaxant gave no relief of pain.", "denied"),
    ],
)
def test_relief_of_another(checker: Checker, reasons: str, analgesia: str) -> None:
    rule, end = "MTUS recommends muscle relaxants for short courses.", "The request is not medically necessary."
    found = judged(checker, [("Robaxin 750mg #60", "Upheld", f"{rule} In this case, {reasons} {end}")], PLAIN, LINE)
    assert told(found, "rationale.analgesia") == analgesia
