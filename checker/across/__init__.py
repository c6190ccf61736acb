"""What only shows when letters lie beside each other: like cases decided differently, one rationale for two workers.

A letter leaves a compact ``Case`` an item; what compares them never sees a letter again, so memory does not grow with
the text of the batch. ``rules/across.yaml`` says what is compared, ``rules/batch`` what of it is a finding.
"""

from checker.across.compare import Across, FoundAcross

__all__ = ["Across", "FoundAcross"]
