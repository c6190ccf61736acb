"""Sweeping words of a rationale on the record: that it holds no treatment, that one sign alone was found."""

from collections.abc import Iterable, Sequence

from checker.knowledge.lexicon import Lexicon
from checker.model.facts import UNKNOWN, Confidence, Evidence, Fact, Role
from checker.observing.items_compared import same_parts
from checker.observing.mentions import ACTING, Named

_CARE, _OWN_CARE = "compare.care", "compare.care_in_reasons"
_FINDINGS = "compare.findings"
_OF_PART = "compare.part_findings"
_OF_THE_CASE = (Role.CASE, Role.APPLICATION)


def record_facts(summary: Sequence[Named], rationale: Sequence[Named], lexicon: Lexicon) -> list[Fact]:
    """``compare.care``, ``compare.care_in_reasons``, ``.findings`` and ``.part_findings`` of one item.

    Args:
        summary: Sentences of the case summary.
        rationale: Sentences of the item's rationale.
        lexicon: Names of treatments.
    """
    return [
        *_care(summary, rationale, lexicon),
        _findings(summary, rationale, lexicon),
        _part_findings(summary, rationale, lexicon),
    ]


def _said(rationale: Iterable[Named], mark: str) -> Named | None:
    return next((n for n in rationale if n.marks(mark) and n.passage.sentence.role is not Role.GUIDELINE), None)


def _care(summary: Sequence[Named], rationale: Sequence[Named], lexicon: Lexicon) -> list[Fact]:
    """Whether treatment that the rationale finds nowhere in the record is told by the summary, or by itself."""
    said = _said(rationale, "care-missing")
    if said is None:
        return [Fact(name, UNKNOWN, derivation="no word that there was no treatment") for name in (_CARE, _OWN_CARE)]
    own = [n for n in rationale if n is not said and n.passage.sentence.role in _OF_THE_CASE]
    facts = []
    for name, sentences in ((_CARE, summary), (_OWN_CARE, own)):
        alike = (n for n in sentences if same_parts(said, n, lexicon))
        told = next((e for n in alike for e in _care_told(n, lexicon)), None)
        if told is None:
            facts.append(Fact(name, "missing", (said.whole,), derivation="no treatment in use is told"))
        else:
            facts.append(Fact(name, "told", (said.whole, told), Confidence.MEDIUM, "a treatment in use is told"))
    return facts


def _care_told(named: Named, lexicon: Lexicon) -> Iterable[Evidence]:
    """Where a sentence tells that a drug or a treatment that acts on the worker is used, worn or was given."""
    used = named.marks("care-used")
    if not used or named.marks("care-missing", "negated"):
        return
    acting = [m for m in named.treatments if lexicon.treatment(m.entry).category in ACTING]
    if named.drugs or acting:
        yield named.whole


def _findings(summary: Sequence[Named], rationale: Sequence[Named], lexicon: Lexicon) -> Fact:
    """Whether the summary records more of the examination than the one sign that the rationale says is all."""
    said = _said(rationale, "only-sign")
    if said is None:
        return Fact(_FINDINGS, UNKNOWN, derivation="the rationale does not say that one sign is all")
    signs = (n for n in summary if n.marks("sign-beyond-tenderness") and not n.marks("negated"))
    more = next((n for n in signs if same_parts(said, n, lexicon)), None)
    if more is None:
        return Fact(_FINDINGS, "same", derivation="the summary records no other sign")
    return Fact(_FINDINGS, "more_recorded", (said.whole, more.whole), Confidence.MEDIUM, "the summary records more")


def _part_findings(summary: Sequence[Named], rationale: Sequence[Named], lexicon: Lexicon) -> Fact:
    """Whether the summary records a sign or complaint of a part of which the rationale finds none in the record."""
    said = _said(rationale, "part-signs-missing")
    parts = {(m.entry, m.side) for m in lexicon.body_parts_in(said.passage.sentence.text)} if said else set()
    if said is None or not parts:
        return Fact(_OF_PART, UNKNOWN, derivation="the rationale does not say that a part has no sign or complaint")
    signs = (n for n in summary if n.marks("sign-or-complaint") and not n.marks("negated"))
    for named in signs:
        if any((m.entry, m.side) in parts for m in lexicon.body_parts_in(named.passage.sentence.text)):
            told = "the summary records a sign or complaint of that part"
            return Fact(_OF_PART, "told", (said.whole, named.whole), Confidence.MEDIUM, told)
    return Fact(_OF_PART, "missing", (said.whole,), derivation="the summary records none either")
