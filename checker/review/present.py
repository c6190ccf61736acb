"""The findings of a run as the review needs them: with hashes that tell whether rule or words have changed."""

import hashlib
from collections.abc import Iterator, Mapping

from checker.model.findings import Finding, Judgement
from checker.review.standing import Today


def present(letter: Judgement, rule_hashes: Mapping[str, str]) -> Iterator[Today]:
    """The findings of one letter.

    Args:
        letter: The letter judged.
        rule_hashes: Hash of each rule by its id.
    """
    for finding in letter.findings:
        yield Today(
            fingerprint=finding.fingerprint,
            rule=finding.rule,
            doc=letter.facts.determination.source.doc,
            item=finding.item,
            rule_hash=rule_hashes.get(finding.rule, ""),
            evidence_hash=evidence_hash(letter, finding),
        )


def evidence_hash(letter: Judgement, finding: Finding) -> str:
    """Hash of what a reviewer saw of a finding: its sentence and its quotes with the part each stands in."""
    quote = letter.facts.determination.quote
    seen = [finding.message, *(f"{e.part.value}: {quote(e.span)}" for e in finding.evidence)]
    return hashlib.sha256("\n".join(seen).encode("utf-8", "backslashreplace")).hexdigest()[:16]
