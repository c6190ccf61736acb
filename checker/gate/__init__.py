"""What a gate lets pass and why: findings accepted in a baseline or suppressed by name, and what has changed."""

from checker.gate.baseline import Baseline, Entry, baseline_text, load_baseline
from checker.gate.gate import Gate, Sifted
from checker.gate.mark import Known, Mark
from checker.gate.suppressions import MOST_DAYS, Suppression, Suppressions, load_suppressions

__all__ = [
    "MOST_DAYS",
    "Baseline",
    "Entry",
    "Gate",
    "Known",
    "Mark",
    "Sifted",
    "Suppression",
    "Suppressions",
    "baseline_text",
    "load_baseline",
    "load_suppressions",
]
