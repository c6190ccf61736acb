"""Whether a citation is written for an injury of this age: chronic pain guidelines for an injury of five weeks."""

from collections.abc import Iterator, Sequence

from checker.knowledge.editions import Edition, Guidelines, Phase
from checker.model.determination import Determination
from checker.model.facts import UNKNOWN, Confidence, Evidence, Fact
from checker.observing.cited import CitedLine
from checker.observing.letter import LetterDates

_Misfit = tuple[str, bool, Evidence, str]


def phase_facts(line: CitedLine, days: int | None, guidelines: Guidelines) -> list[Fact]:
    """``cite.phase_fit`` and ``cite.phase_has_duration`` of the reviewer's line.

    Args:
        line: The line, read.
        days: Days from the injury to the request, None where they are unknown.
        guidelines: The guidelines.
    """
    fit, duration = "cite.phase_fit", "cite.phase_has_duration"
    phases = list(_phases(line))
    if not phases:
        return [Fact(fit, "none"), Fact(duration, "no")]
    if days is None or any_phase(line.determination, guidelines):
        return [Fact(fit, UNKNOWN, derivation="the age of the pain is not known"), Fact(duration, "no")]
    misfits = list(_misfits(phases, days))
    if not misfits:
        return [Fact(fit, "fits", derivation=_fitting(phases, days)), Fact(duration, "no")]
    value, names_duration, evidence, told = max(misfits, key=lambda one: one[1])
    return [
        Fact(fit, value, (evidence,), Confidence.HIGH, told),
        Fact(duration, "yes" if names_duration else "no", (), Confidence.HIGH, told),
    ]


def letter_phase_facts(lines: Sequence[CitedLine], dates: LetterDates, guidelines: Guidelines) -> list[Fact]:
    """The same for the whole letter, once: ``letter.citation_phase`` and ``letter.citation_phase_duration``."""
    fit, duration, words = "letter.citation_phase", "letter.citation_phase_duration", "letter.citation_phase_told"
    days = days_since_injury(dates)
    phases = [(phase, evidence, told) for line in lines for phase, evidence, told in _phases(line)]
    if not phases:
        return [Fact(fit, "none"), Fact(duration, "no"), Fact(words, "none")]
    if days is None or any_phase(lines[0].determination, guidelines):
        unknown = Fact(fit, UNKNOWN, derivation="the age of the pain is not known")
        return [unknown, Fact(duration, "no"), Fact(words, "none")]
    misfits = list(_misfits(phases, days))
    if not misfits:
        return [Fact(fit, "fits", derivation=_fitting(phases, days)), Fact(duration, "no"), Fact(words, "none")]
    value, names_duration, evidence, told = max(misfits, key=lambda one: one[1])
    injury = (dates.injury.evidence,) if dates.injury else ()
    return [
        Fact(fit, value, (*injury, evidence), Confidence.HIGH, told),
        Fact(duration, "yes" if names_duration else "no", (), Confidence.HIGH, told),
        Fact(words, told, derivation=f"{fit} in words"),
    ]


def days_since_injury(dates: LetterDates) -> int | None:
    """Days from the injury to the request; None where a date is missing or only a report of the summary is dated."""
    if dates.injury is None or dates.guideline is None or dates.basis == "summary":
        return None
    return (dates.guideline - dates.injury.date).days


def least_days_since_injury(dates: LetterDates) -> int | None:
    """Days that lie at least between injury and request: a record that is dated comes before the request."""
    if dates.injury is None or dates.guideline is None:
        return None
    return (dates.guideline - dates.injury.date).days


def any_phase(determination: Determination, guidelines: Guidelines) -> bool:
    """Whether the case is one in which the date of injury says nothing of the age of the pain."""
    if determination.summary is None:
        return False
    raw = determination.source.raw[determination.summary.start : determination.summary.end]
    return guidelines.wordings["any_phase"].stands_in(raw)


def _phases(line: CitedLine) -> Iterator[tuple[Phase, Evidence, str]]:
    for read in line.mtus:
        edition = read.resolved.edition
        if edition is None:
            continue
        if not read.resolved.cited and edition.phase:
            yield edition.phase, line.words_of(read.citation, read.citation.chapter), _named(edition)
        for cited in read.resolved.cited:
            phase = cited.topic.phase if cited.topic else edition.phase
            if phase:
                heading = f"{_named(edition)}, {cited.topic.heading if cited.topic else cited.text[:40]}"
                yield phase, line.words_of(read.citation, cited.text), heading


def _named(edition: Edition) -> str:
    return f"{edition.title} ({edition.year})"


def _fitting(phases: Sequence[tuple[Phase, Evidence, str]], days: int) -> str:
    return f"{phases[0][2]}, is for {phases[0][0].name} pain; the injury was {days} days old"


def _misfits(phases: Sequence[tuple[Phase, Evidence, str]], days: int) -> Iterator[_Misfit]:
    if days < 0:
        return
    for phase, evidence, told in phases:
        words = f"{told}, is for {phase.name} pain; the injury was {days} days old"
        if phase.from_days is not None and days < phase.from_days:
            yield "too_early", phase.names_duration, evidence, words
        elif phase.to_days is not None and days > phase.to_days:
            yield "too_late", phase.names_duration, evidence, words
