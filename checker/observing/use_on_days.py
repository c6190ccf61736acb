"""Use told by visits: a drug given on a day long ago, and refilled or still taken since."""

import datetime
from collections.abc import Sequence

from checker.knowledge.lexicon import Lexicon
from checker.language import dates
from checker.model.facts import Role
from checker.observing.mentions import About, Named

_GIVEN, _ON, _BROKEN = "use-on-day", "use-goes-on", "use-broken-off"
_HARMLESS = frozenset({"visit", "medication"})
"""Categories of treatments whose day is one on which a drug may be given."""

_STATUSES = ("denied", "not_documented", "hypothetical")


def first_given(
    related: Sequence[tuple[Named, About]], close: frozenset[About], injury: datetime.date | None, lexicon: Lexicon
) -> tuple[datetime.date, Named] | None:
    """The first day on which the drug was given or taken, where a later sentence has it go on.

    Args:
        related: The sentences of the summary, each with what it, or the last that names anything, is about.
        close: What counts as the drug.
        injury: The day of the injury, which dates no prescription.
        lexicon: Categories of treatments.

    Returns:
        The day and its sentence; None where the drug was broken off, or nothing tells that it was gone on with.
    """
    own = [at for at, (_, relation) in enumerate(related) if relation in close]
    if any(_breaks_off(related[at][0]) for at in own):
        return None
    further = [at for at in own if related[at][0].marks(_ON)]
    last = max(further, default=-1)
    found = [(day, at) for at in own if at < last and (day := _day(related[at][0], injury, lexicon)) is not None]
    if not found:
        return None
    day, at = min(found)
    return day, related[at][0]


def _breaks_off(named: Named) -> bool:
    """Whether a sentence says that the drug was not taken throughout; "oxycodone, not prescribed" is of a screen."""
    return bool(named.marks(_BROKEN)) and not named.passage.hits.of("test")


def _day(named: Named, injury: datetime.date | None, lexicon: Lexicon) -> datetime.date | None:
    """The one day of a sentence that has the drug given; None where the day may be of something else."""
    passage = named.passage
    if not named.drugs or not named.marks(_GIVEN) or passage.sentence.role is Role.GUIDELINE:
        return None
    others = [m for m in named.treatments if lexicon.treatment(m.entry).category not in _HARMLESS]
    if others or passage.hits.of("test") or ";" in passage.folded:
        return None
    if any(h.entry.status in _STATUSES and h.start < named.drugs[-1].start for h in passage.hits.of("cue")):
        return None
    days = {m.date for m in dates.find(passage.folded)}
    return days.pop() if len(days) == 1 and injury not in days else None
