"""From a determination to its facts: lexicon, sentences and their roles, assertions, numbers, comparisons."""

from checker.observing.observe import Knowledge, observe

__all__ = ["Knowledge", "observe"]
