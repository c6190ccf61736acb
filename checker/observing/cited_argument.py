"""Whether a rationale argues from the guideline and the section that the item's guideline line cites."""

from collections.abc import Iterable, Sequence

from checker.knowledge.editions import Guidelines
from checker.knowledge.headings import tokens
from checker.knowledge.lexicon import Lexicon
from checker.model.determination import Determination, GuidelineLine, Item
from checker.model.facts import UNKNOWN, Confidence, Evidence, Fact, Part, Role
from checker.observing.cited import CitedLine, read_line, window_of
from checker.observing.letter import LetterDates
from checker.observing.mentions import About, Named, about
from checker.observing.restated_sections import section_facts

_GUIDELINE = "compare.guideline"
_RESTATED = "compare.restated"
_SILENT = "compare.mtus_silent"
_MARK = "argues-from-"
_SUBJECT = "names-guideline-"
_AN_ARTICLE = 4
"""Before the name that opens a sentence stands at most "the"."""

_LEFT = "mtus-said-silent"
_ON_A_USE = "mtus-silent-on-use"
_NOT_ARGUED = (_LEFT, "named-in-passing", "guideline-without-a-word")
"""A guideline that is named because it holds nothing, or as the model of another, is not argued from."""

_ACOEM = "acoem"
_CHAPTER = "compare.chapter"
_NEAR = 40
"""The name of a chapter stands in so many code points of the word."""
_BLANKS = 2
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
    """``compare.guideline``, ``.chapter``, ``.section``, ``.restated`` and ``.mtus_silent`` of one item.

    Args:
        determination: The letter.
        item: The disputed item.
        rationale: Sentences of its rationale.
        guidelines: Editions and guidelines outside the MTUS.
        lexicon: Names of drugs and treatments.
        dates: The dates of the letter; they pick the edition of a citation.
    """
    line = read_line(item.reviewer_guideline, determination, guidelines, window_of(dates, guidelines))
    return [
        _guideline(line, item.reviewer_guideline.raw[:_LONGEST], rationale, guidelines),
        _chapter(item, rationale, guidelines),
        _restated(item, rationale, guidelines, lexicon),
        _said_silent(rationale),
        *section_facts(rationale, line, guidelines),
    ]


def _said_silent(rationale: Sequence[Named]) -> Fact:
    """Whether the rationale says that the MTUS holds nothing on the request, whatever it is used for."""
    said = next((n for n in rationale if n.marks(_LEFT) and not n.marks(_ON_A_USE)), None)
    return Fact(_SILENT, "yes", (said.whole,)) if said else Fact(_SILENT, "no")


def _guideline(line: CitedLine, raw: str, rationale: Sequence[Named], guidelines: Guidelines) -> Fact:
    """Whether a guideline that the rationale argues from is one of those that the line cites."""
    argued = [
        (id_.removeprefix(_MARK), named)
        for named in rationale
        if named.passage.sentence.role in _ARGUING and not named.marks(*_NOT_ARGUED)
        for id_ in named.marked
        if id_.startswith(_MARK)
    ]
    argued += [(id_, rationale[0]) for id_ in _opened_by(rationale)]
    if not argued:
        return Fact(_GUIDELINE, UNKNOWN, derivation="the rationale names no guideline that it argues from")
    if not _understood(line):
        return Fact(_GUIDELINE, UNKNOWN, derivation="what the line cites is not known")
    cited = {r.resolved.family for r in line.mtus} | {r.meaning.guideline for r in line.outside if r.meaning}
    # "Official Disability Guidelines, Low Back, and ACOEM Chapter 12" is one citation of two guidelines
    cited |= {one.id for one in guidelines.outside if one.names_itself(raw)}
    for guideline, named in argued:
        if guideline not in cited and not (guideline == _ACOEM and _cites_acoem(cited, guidelines)):
            told = f"{guideline.replace('-', ' ')} is argued from and not cited"
            return Fact(_GUIDELINE, "uncited", (*line.whole, named.whole), Confidence.HIGH, told)
    return Fact(_GUIDELINE, "cited", derivation="what the rationale argues from is cited")


def _opened_by(rationale: Sequence[Named]) -> list[str]:
    """The guideline that is the subject of a rationale's first rule: "ODG, under cryotherapy, has this for a week".

    Where another guideline is named as well, the rationale may argue from that one.
    """
    first = rationale[0] if rationale else None
    if first is None or first.passage.sentence.role is not Role.GUIDELINE or first.marks(*_NOT_ARGUED):
        return []
    spoken = {id_ for named in rationale for id_ in named.marked if id_.startswith(_SUBJECT)}
    if len(spoken) != 1:
        return []
    (subject,) = spoken
    opens = min(first.marks(subject), default=(_LONGEST, 0))[0] <= _AN_ARTICLE
    return [subject.removeprefix(_SUBJECT)] if opens else []


def _chapter(item: Item, rationale: Sequence[Named], guidelines: Guidelines) -> Fact:
    """Whether the chapters on parts of the body that the rationale argues from are among those that the line names."""
    cited = _chapters(item.reviewer_guideline.raw[:_LONGEST], guidelines)
    if not cited:
        return Fact(_CHAPTER, UNKNOWN, derivation="the line names no chapter on a part of the body")
    argued = [
        (chapter, n) for n in rationale if n.passage.sentence.role in _ARGUING for chapter in _argued(n, guidelines)
    ]
    if not argued:
        return Fact(_CHAPTER, UNKNOWN, derivation="the rationale names no chapter that it argues from")
    known = _regions(cited, guidelines)
    strange = [(c, n) for c, n in argued if c not in cited and not _regions([c], guidelines) <= known]
    if not strange or len(strange) < len(argued):
        return Fact(_CHAPTER, "cited", derivation="a chapter that the rationale argues from is cited")
    line = item.reviewer_guideline.span
    evidence = (Evidence(Part.GUIDELINE, line),) if line else ()
    told = f"the chapter {strange[0][0].replace('-', ' ')} is argued from and not cited"
    return Fact(_CHAPTER, "uncited", (*evidence, strange[0][1].whole), Confidence.MEDIUM, told)


def _argued(named: Named, guidelines: Guidelines) -> list[str]:
    """The chapters that a sentence names right before or behind the word."""
    text = named.passage.folded
    found: list[str] = []
    for _, end in named.marks("chapter-before"):
        found += _chapters(text[end : end + _NEAR], guidelines, at_start=True)
    for start, _ in named.marks("chapter-behind"):
        found += _chapters(text[max(0, start - _NEAR) : start], guidelines, at_end=True)
    return list(dict.fromkeys(found))


def _chapters(text: str, guidelines: Guidelines, *, at_start: bool = False, at_end: bool = False) -> list[str]:
    """Chapters on a part of the body that a text names, only those at its start or at its end where so asked."""
    return [
        mention.entry
        for one in guidelines.outside
        for mention in one.chapters_in(text)
        if one.chapters[mention.entry].regions
        and (not at_start or mention.start <= _BLANKS)
        and (not at_end or len(text) - mention.end <= _BLANKS)
    ]


def _regions(chapters: Iterable[str], guidelines: Guidelines) -> frozenset[str]:
    """The regions of the body that chapters are for: the "Hand" is among those of "Forearm, Wrist, and Hand"."""
    wanted = set(chapters)
    return frozenset(
        region
        for one in guidelines.outside
        for id_, of in one.chapters.items()
        if id_ in wanted
        for region in of.regions
    )


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
