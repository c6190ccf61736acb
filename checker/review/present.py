"""The findings of a run as the review needs them: with hashes that tell whether rule or words have changed."""

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from checker.review.standing import Today


def present(record: Mapping[str, Any], rule_hashes: Mapping[str, str]) -> Iterator[Today]:
    """The findings of one letter.

    Args:
        record: The letter in the wire format of check.
        rule_hashes: Hash of each rule by its id.
    """
    return (today_of(record["doc"], finding, rule_hashes) for finding in record["findings"])


def today_of(doc: str, finding: Mapping[str, Any], rule_hashes: Mapping[str, str]) -> Today:
    """A finding as the review needs it.

    Args:
        doc: Name of the letter.
        finding: The finding in the wire format of check.
        rule_hashes: Hash of each rule by its id.
    """
    return Today(
        fingerprint=finding["fingerprint"],
        rule=finding["rule"],
        doc=doc,
        item=finding["item"],
        rule_hash=rule_hashes.get(finding["rule"], ""),
        evidence_hash=evidence_hash(finding),
    )


def evidence_hash(finding: Mapping[str, Any]) -> str:
    """Hash of what a reviewer saw of a finding: its sentence and its quotes with the part each stands in.

    Args:
        finding: The finding in the wire format of check.
    """
    seen = [finding["message"], *(f"{words['part']}: {words['quote']}" for words in finding["evidence"])]
    return hashlib.sha256("\n".join(seen).encode("utf-8", "backslashreplace")).hexdigest()[:16]
