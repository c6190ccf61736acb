"""The rulebook: every rule written out, checked, and everything it refers to."""

from collections.abc import Mapping
from dataclasses import dataclass

from checker.knowledge.across import Across
from checker.knowledge.sources import Sources
from checker.knowledge.topics import Topics
from checker.knowledge.vocabulary import Vocabulary
from checker.model.rule import Rule
from checker.rulebook.message import Message
from checker.rulebook.parameters import Parameter

GUIDELINE_DATE = "letter.guideline_date"
"""Name of the fact that picks the value of a parameter and says whether a rule is in force."""

TOPIC = "item.topic"
"""Name of the fact that says under which guideline topic an item is decided; rules are grouped by it."""


@dataclass(frozen=True, slots=True)
class Rulebook:
    """What a rules folder holds, once everything in it was found sound.

    Attributes:
        rules: Every rule, drafts and retired ones too, ``for_each`` written out, in order of their ids.
        vocabulary: The names rules compare.
        parameters: Dated numbers by name.
        sources: Documents by key.
        topics: Guideline topics with their criteria.
        messages: Compiled message of each rule.
        digests: SHA-256 of each rule by id: what decides its results and its sentence, not its tests or comments.
        digest: SHA-256 of all of it; independent of file names, order and comments.
        places: ``file:line`` of each rule by id.
        across: How the items of different letters are compared; None where the folder does not say.
    """

    rules: tuple[Rule, ...]
    vocabulary: Vocabulary
    parameters: Mapping[str, Parameter]
    sources: Sources
    topics: Topics
    messages: Mapping[str, Message]
    digests: Mapping[str, str]
    digest: str
    places: Mapping[str, str]
    across: Across | None = None

    @property
    def active(self) -> tuple[Rule, ...]:
        """The rules that judge."""
        return tuple(rule for rule in self.rules if rule.status == "active")

    def rule(self, id_: str) -> Rule:
        """The rule of that id; KeyError if there is none."""
        for rule in self.rules:
            if rule.id == id_:
                return rule
        raise KeyError(id_)

    def of_code(self, code: str) -> tuple[Rule, ...]:
        """The rules that raise a code, retired ones left out."""
        return tuple(rule for rule in self.rules if rule.code == code and rule.status != "retired")
