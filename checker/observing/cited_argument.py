"""Whether a rationale argues from the guideline and the section that the item's guideline line cites."""

from collections.abc import Sequence

from checker.knowledge.editions import Guidelines
from checker.knowledge.headings import tokens
from checker.knowledge.lexicon import Lexicon
from checker.model.determination import Determination, GuidelineLine, Item
from checker.model.facts import UNKNOWN, Confidence, Fact, Role
from checker.observing.cited import CitedLine, read_line, window_of
from checker.observing.letter import LetterDates
from checker.observing.mentions import About, Named, about

_GUIDELINE = "compare.guideline"
_RESTATED = "compare.restated"
_SILENT = "compare.mtus_silent"
_MARK = "argues-from-"
_ACOEM = "acoem"
_LONGEST = 1_000
"""So many code points of section headings are looked at."""

_ARGUING = (Role.GUIDELINE, Role.APPLICATION, Role.CONCLUSION)


def argument_facts(
    determination: Determination,
    item: Item,
    rationale: Sequence[Named],
    *,
    guidelines: Guidelines,
    lexicon: Lexicon,
    dates: LetterDates,
) -> list[Fact]:
    """``compare.guideline``, ``compare.restated`` and ``compare.mtus_silent`` of one item.

    Args:
        determination: The letter.
        item: The disputed item.
        rationale: Sentences of its rationale.
        guidelines: Editions and guidelines outside the MTUS.
        lexicon: Names of drugs and treatments.
        dates: The dates of the letter; they pick the edition of a citation.
    """
    return [
        _guideline(determination, item, rationale, guidelines, dates),
        _restated(item, rationale, guidelines, lexicon),
        _said_silent(rationale),
    ]


def _said_silent(rationale: Sequence[Named]) -> Fact:
    """Whether the rationale says that the MTUS holds nothing on the request."""
    said = next((n for n in rationale if n.marks("mtus-said-silent")), None)
    return Fact(_SILENT, "yes", (said.whole,)) if said else Fact(_SILENT, "no")


def _guideline(
    determination: Determination, item: Item, rationale: Sequence[Named], guidelines: Guidelines, dates: LetterDates
) -> Fact:
    """Whether a guideline that the rationale argues from is one of those that the line cites."""
    argued = [
        (id_.removeprefix(_MARK), named)
        for named in rationale
        if named.passage.sentence.role in _ARGUING
        for id_ in named.marked
        if id_.startswith(_MARK)
    ]
    if not argued:
        return Fact(_GUIDELINE, UNKNOWN, derivation="the rationale names no guideline that it argues from")
    line = read_line(item.reviewer_guideline, determination, guidelines, window_of(dates, guidelines))
    if not _understood(line):
        return Fact(_GUIDELINE, UNKNOWN, derivation="what the line cites is not known")
    cited = {r.resolved.family for r in line.mtus} | {r.meaning.guideline for r in line.outside if r.meaning}
    # "Official Disability Guidelines, Low Back, and ACOEM Chapter 12" is one citation of two guidelines
    cited |= {one.id for one in guidelines.outside for r in line.outside if one.names_itself(r.text[:_LONGEST])}
    for guideline, named in argued:
        if guideline not in cited and not (guideline == _ACOEM and _cites_acoem(cited, guidelines)):
            told = f"{guideline.replace('-', ' ')} is argued from and not cited"
            return Fact(_GUIDELINE, "uncited", (*line.whole, named.whole), Confidence.HIGH, told)
    return Fact(_GUIDELINE, "cited", derivation="what the rationale argues from is cited")


def _understood(line: CitedLine) -> bool:
    """Whether the line cites something, and each of its citations is known."""
    known = all(r.resolved.family for r in line.mtus) and all(r.meaning for r in line.outside)
    return known and bool(line.mtus or line.outside)


def _cites_acoem(cited: set[str], guidelines: Guidelines) -> bool:
    """Whether a chapter of the ACOEM book, or the book itself, is among what is cited."""
    return any(id_.startswith(_ACOEM) for id_ in cited) or not cited.isdisjoint(guidelines.chapters.values())


def _restated(item: Item, rationale: Sequence[Named], guidelines: Guidelines, lexicon: Lexicon) -> Fact:
    """Whether the guideline sentences of a rationale are about the disputed drug or treatment.

    A sentence that names the section cited restates that section, whatever else it names.
    """
    restating = [n for n in rationale if n.passage.sentence.role is Role.GUIDELINE]
    if not restating:
        return Fact(_RESTATED, "nothing", derivation="no sentence restates a guideline")
    own = next((n for n in restating if about(n, item, lexicon) is About.ITEM), None)
    headings = _headings(item.reviewer_guideline, guidelines) if own else frozenset()
    if own is None or any(word in n.passage.folded for n in restating for word in headings):
        return Fact(_RESTATED, "other", derivation="no guideline sentence names it, or they name the section cited")
    return Fact(_RESTATED, "item", (own.whole,), Confidence.HIGH, "the guideline is restated on it")


def _headings(line: GuidelineLine, guidelines: Guidelines) -> frozenset[str]:
    """The words of the sections that a line cites, without the names of guidelines."""
    texts = [section for citation in line.mtus for section in citation.sections]
    for text in line.non_mtus:
        named = next((found for one in guidelines.outside if (found := one.names_itself(text))), None)
        texts.append(text[named.end :] if named else text)
    return tokens(" ".join(texts)[:_LONGEST]) - guidelines.noise
