"""Time, speaker and experiencer of an assertion, as ``rules/lexicon/attribution`` writes them.

Several files share the folder; each holds ``voices`` (cues), ``concepts`` (what time and experiencer mean for which
concept), or both::

    schema: 1
    voices:
      - id: earlier
        axis: time                 # time, speaker or experiencer
        value: past                # a value of that axis
        scope: forward             # forward, backward or clause (either way)
        reach: 12                  # words it may lie away
        source: general English
        phrases: [previously]
    concepts:
      events: [prior-imaging]      # planned is not had
      states: [spasm]              # the present counts before the past
      of_family: [abuse-risk]      # a relative's counts too
      examined: [sensory-loss]     # a complaint of the worker documents none
"""

from dataclasses import dataclass
from typing import Literal

from pydantic import Field, model_validator

from checker.knowledge.schema import Strict

FOLDER = "attribution"
VALUES = {
    "time": ("past", "present", "planned"),
    "speaker": ("patient", "provider", "utilization-review", "reviewer"),
    "experiencer": ("worker", "another"),
}
"""The values of each axis."""


class VoiceModel(Strict):
    """Phrases that tell one value of one axis."""

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    axis: Literal["time", "speaker", "experiencer"]
    value: str
    scope: Literal["forward", "backward", "clause"]
    reach: int = Field(default=12, ge=0, le=40)
    source: str
    phrases: tuple[str, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _value_of_the_axis(self) -> "VoiceModel":
        if self.value not in VALUES[self.axis]:
            raise ValueError(f"{self.value} is no {self.axis}: it is one of {', '.join(VALUES[self.axis])}")
        return self


class ConceptLists(Strict):
    """Ids of concepts for which time, experiencer or speaker matters."""

    events: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    of_family: tuple[str, ...] = ()
    examined: tuple[str, ...] = ()


class AttributionFile(Strict):
    """One file of the folder."""

    schema_: Literal[1] = Field(alias="schema")
    voices: tuple[VoiceModel, ...] = ()
    concepts: ConceptLists = ConceptLists()


@dataclass(frozen=True, slots=True)
class Attributions:
    """What time, experiencer and speaker mean for a concept; ids of rules/lexicon/concepts.

    Attributes:
        events: Something that was done: a plan neither affirms nor denies it.
        states: How the worker is: what is told of the present counts before what is over.
        of_family: What is told of a relative counts as well.
        examined: What an examination finds: the name of it in a complaint of the worker documents none.
    """

    events: frozenset[str] = frozenset()
    states: frozenset[str] = frozenset()
    of_family: frozenset[str] = frozenset()
    examined: frozenset[str] = frozenset()
