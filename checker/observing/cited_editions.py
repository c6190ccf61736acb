"""Whether a citation names an edition in force, sections that it has, and is well formed."""

import datetime
import re
from collections.abc import Iterator

from checker.knowledge.citing import CitedTopic, Window
from checker.knowledge.editions import RECALLED, VERIFIED, Edition, Guidelines
from checker.model.determination import Determination
from checker.model.facts import UNKNOWN, Confidence, Evidence, Fact, Part
from checker.model.source import Span
from checker.observing.cited import CitedLine, MtusRead

_PARSED = {
    "page-total": "page_total",
    "page-order": "page_order",
    "page-range": "page_beyond_end",
    "ccr-section": "ccr_section",
}
"""Kinds of slips that the parser marks, by the name of the fact's value."""

_ORDER = ("ccr_section", "page_total", "page_order", "page_beyond_end", "section_number")
_REGULATION = re.compile(r"(?<![\w.])(\d{3,5})\.(\d{1,2})(?:\.\d{1,2})?(?![\d%])")
_MTUS = re.compile(r"(?<!Non-)(?<!Non )\bMTUS\b")
_TOTAL = re.compile(r"\d\s{0,2}of\s{1,2}(\d{1,4})\b")


def edition_facts(prefix: str, line: CitedLine) -> list[Fact]:
    """``edition`` of a guideline line: whether the editions it cites governed the request."""
    name = f"{prefix}.edition"
    if not line.mtus:
        return _with_words(name, "none", "no part of the MTUS is cited")
    told = []
    for read in line.mtus:
        verdict, words = _in_force(read, line.window)
        if verdict == "not_in_force":
            mark = min(edition.in_force_mark for edition in read.resolved.editions)
            sure = Confidence.MEDIUM if mark == RECALLED else Confidence.HIGH
            return _with_words(name, verdict, words, (Evidence(Part.GUIDELINE, read.citation.span),), sure)
        told.append((verdict, words))
    if all(verdict == "in_force" for verdict, _ in told):
        return _with_words(name, "in_force", told[0][1])
    return _with_words(name, UNKNOWN, next(words for verdict, words in told if verdict != "in_force"))


def _with_words(
    name: str, value: str, words: str, evidence: tuple[Evidence, ...] = (), sure: Confidence = Confidence.HIGH
) -> list[Fact]:
    """A fact and the sentence that messages show for it."""
    return [
        Fact(name, value, evidence, sure, words),
        Fact(f"{name}_told", words or "none", derivation=f"{name} in words"),
    ]


def _reign(edition: Edition) -> str:
    until = f" to {edition.last}" if edition.last else " on"
    return f"governs requests from {edition.first}{until}"


def _in_force(read: MtusRead, window: Window) -> tuple[str, str]:
    editions = read.resolved.editions
    if not editions or not read.resolved.year_known:
        return UNKNOWN, "the edition is not known"
    if not window.known:
        return UNKNOWN, "the letter gives no date of the request"
    between = "the request was made " + (
        f"on {window.first}" if window.first == window.last else f"between {window.first} and {window.last}"
    )
    if all(window.apart(edition) for edition in editions):
        edition = editions[0]
        return "not_in_force", f"{edition.title} ({edition.year}) {_reign(edition)}; {between}"
    if len(editions) == 1 and window.inside(editions[0]):
        return "in_force", f"{editions[0].id} governed; {between}"
    return UNKNOWN, f"an edition changed while {between}"


def section_facts(prefix: str, line: CitedLine) -> list[Fact]:
    """``section_exists`` and ``section_mark``: whether the sections cited are sections of the edition cited."""
    exists, mark = f"{prefix}.section_exists", f"{prefix}.section_mark"
    cited = [(read, one) for read in line.mtus for one in read.resolved.cited]
    for read, one in cited:
        missing, how, told = _missing(read, one, line.window)
        if missing:
            sure = Confidence.HIGH if how == VERIFIED else Confidence.MEDIUM
            evidence = (line.words_of(read.citation, one.text),)
            return [
                Fact(exists, "no", evidence, sure, told),
                Fact(mark, how, (), sure, told),
                Fact(f"{prefix}.section_told", told, derivation=f"{exists} in words"),
            ]
    bare = any(read.resolved.bare_numbers for read in line.mtus)
    known = not bare and all(one.topic is not None for _, one in cited)
    value = "none" if not cited and not bare else "yes" if known else UNKNOWN
    how = {"none": "no section is cited", "yes": "every section cited is one of the edition cited"}.get(value, "")
    return [
        Fact(exists, value, derivation=how or "a section cited is not in the tables"),
        Fact(mark, "none"),
        Fact(f"{prefix}.section_told", "none"),
    ]


def _missing(read: MtusRead, one: CitedTopic, window: Window) -> tuple[bool, str, str]:
    edition = read.resolved.edition
    if edition is None or window.apart(edition):  # an edition that did not govern is a finding of its own
        return False, "none", ""
    if one.absent is not None and one.exact:
        return True, one.absent.mark, f"the {edition.year} edition has no {one.absent.heading}: {one.absent.why}"
    if one.wrong_number:
        found = edition.by_number.get(one.wrong_number)
        printed = f"{one.wrong_number} is {found.heading}" if found else f"there is no {one.wrong_number}"
        return True, found.mark if found else VERIFIED, f"{edition.title} ({edition.year}): {printed}"
    return False, "none", ""


def slip_facts(prefix: str, line: CitedLine, guidelines: Guidelines) -> list[Fact]:
    """``slip`` of a guideline line: the first malformed reference, none where there is none."""
    name = f"{prefix}.slip"
    found = sorted(_slips(line, guidelines), key=lambda one: _ORDER.index(one[0]))
    if not found:
        return _with_words(name, "none", "")
    kind, span, told = found[0]
    return _with_words(name, kind, told, (Evidence(Part.GUIDELINE, span),) if span is not None else line.whole)


def _slips(line: CitedLine, guidelines: Guidelines) -> Iterator[tuple[str, Span | None, str]]:
    for slip in line.line.slips:
        if slip.kind in _PARSED:
            meant = f"; {slip.suggestion} is meant" if slip.suggestion else ""
            yield _PARSED[slip.kind], slip.span, f"{slip.text[:40]}{meant}"
    yield from _regulations(line, guidelines)
    for read in line.mtus:
        yield from _page_slips(line, read)
        for number in read.resolved.bare_numbers:
            yield "section_number", line.words_of(read.citation, number).span, f"{number} is the name of no section"


def _page_slips(line: CitedLine, read: MtusRead) -> Iterator[tuple[str, Span | None, str]]:
    pages, edition = read.citation.pages, read.resolved.edition
    if not pages:
        return
    at = line.pages_of(read.citation).span
    if any(last < first and len(str(last)) == len(str(first)) for first, last in pages):
        yield "page_order", at, "pages run backwards"
    highest = max(max(span) for span in pages)
    raw = line.determination.source.raw
    totals = [int(found.group(1)) for found in _TOTAL.finditer(raw, at.start, min(at.end + 12, len(raw)))]
    last = edition.last_page if edition is not None and edition.paged else None
    if totals and totals[0] < highest:
        yield "page_total", at, f"page {highest} of {totals[0]} pages"
    elif totals and last is not None and totals[0] != last:
        yield "page_total", at, f"page {highest} of {totals[0]} pages; the guideline has {last}"
    if last is not None and highest > last:
        yield "page_beyond_end", at, f"page {highest} of a guideline that ends at page {last}"


def _regulations(line: CitedLine, guidelines: Guidelines) -> Iterator[tuple[str, Span | None, str]]:
    """Numbers of regulations that do not exist: the article's but for a digit, or past its end."""
    if line.line.span is None:
        return
    law = guidelines.framework.regulations
    raw = line.determination.source.raw
    for found in _REGULATION.finditer(raw, line.line.span.start, line.line.span.end):
        article, section = found.group(1), int(found.group(2))
        past = article == law.article and not law.first <= section <= law.last
        near = article != law.article and article not in law.neighbours and _one_digit_off(article, law.article)
        if past or near:
            yield "ccr_section", Span(found.start(), found.end()), f"there is no section {found.group()} of 8 CCR"


def _one_digit_off(printed: str, meant: str) -> bool:
    """Whether a digit was left out, put in, changed, or swapped with its neighbour."""
    if len(printed) == len(meant):
        wrong = [n for n, (a, b) in enumerate(zip(printed, meant, strict=True)) if a != b]
        return len(wrong) == 1 or (len(wrong) == 2 and sorted(printed) == sorted(meant) and wrong[1] - wrong[0] == 1)
    longer, shorter = (meant, printed) if len(meant) > len(printed) else (printed, meant)
    return any(longer[:n] + longer[n + 1 :] == shorter for n in range(len(longer)))


def _bare(line: CitedLine) -> Evidence | None:
    """The word MTUS where a line cites nothing else."""
    span = line.line.span
    if span is None or line.outside or line.line.outside_mtus or line.line.none_cited:
        return None
    found = _MTUS.search(line.determination.source.raw, span.start, span.end)
    return Evidence(Part.GUIDELINE, Span(found.start(), found.end())) if found else None


def form_facts(line: CitedLine, determination: Determination, guidelines: Guidelines) -> list[Fact]:
    """``cite.form`` and ``cite.form_duty``: whether chapter, year and section are named, and whether they had to be."""
    first = guidelines.framework.duty.first
    duty = Fact("cite.form_duty", _duty(line.window, determination, first), derivation=f"the duty began on {first}")
    for read in line.mtus:
        lacking = _lacking(read)
        if lacking:
            evidence = (Evidence(Part.GUIDELINE, read.citation.span),)
            return [Fact("cite.form", lacking, evidence, derivation="chapter, year and section belong in it"), duty]
    if not line.mtus:
        bare = _bare(line)
        if bare is not None:
            return [Fact("cite.form", "no_chapter", (bare,), derivation="the MTUS is named and no part of it"), duty]
        return [Fact("cite.form", "none", derivation="no part of the MTUS is cited"), duty]
    return [Fact("cite.form", "complete", derivation="chapter, year and section are named where there are any"), duty]


def _lacking(read: MtusRead) -> str:
    resolved = read.resolved
    if not resolved.family:
        return "no_chapter"
    if read.citation.year is None and resolved.basis != "sign":
        return "no_year"
    named = read.citation.sections and (resolved.cited or resolved.bare_numbers)
    if not named and any(edition.sectioned for edition in resolved.editions):
        return "no_section"
    return ""


def _duty(window: Window, determination: Determination, first: datetime.date) -> str:
    decided = determination.header.decision_date
    if decided is not None:
        return "yes" if decided >= first else "no"
    if window.first is not None and window.first >= first:
        return "yes"
    return UNKNOWN
