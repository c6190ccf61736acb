"""Everything that a rules folder holds, loaded together, with the place of each thing for those who have to mend it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from checker.knowledge.editions import Guidelines
from checker.knowledge.folders import RulesFolder, open_rules
from checker.knowledge.idiom import Idiom
from checker.knowledge.lexicon import Lexicon
from checker.knowledge.problems import Problem
from checker.knowledge.resources import folder_digest
from checker.knowledge.yamlfile import Document, Key, load_yaml
from checker.model.rule import Rule
from checker.pipeline import Checker, loaded
from checker.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Material:
    """A rules folder that loads.

    Attributes:
        folder: The folder and its layers.
        rulebook: Rules, vocabulary, numbers, sources and topics.
        idiom: Concepts, cues, roles and marks.
        lexicon: Drugs, treatments and other words.
        guidelines: Editions.
    """

    folder: RulesFolder
    rulebook: Rulebook
    idiom: Idiom
    lexicon: Lexicon
    guidelines: Guidelines
    _documents: dict[str, Document] = field(default_factory=dict, compare=False)

    def document(self, file: str) -> Document:
        """A YAML file of the folder, by its path as error lines show it or by its path below the folder."""
        if file not in self._documents:
            below = self.folder.path / file
            self._documents[file] = load_yaml(below if below.is_file() else Path(file))
        return self._documents[file]

    def documents(self, below: str) -> tuple[Document, ...]:
        """Every YAML file in a folder below the rules folder, in order of their names."""
        root = self.folder.path
        found = sorted((root / below).rglob("*.yaml"))
        return tuple(self.document(path.relative_to(root).as_posix()) for path in found)

    def at(self, rule: Rule, keys: Sequence[Key], message: str, hint: str = "") -> Problem:
        """A problem at a place of a rule; ``keys`` lead there from ``rule``."""
        file = self.rulebook.places[rule.id].rpartition(":")[0]
        return self.document(file).problem(("rule", *keys), message, hint)

    def layer_of(self, rule: Rule) -> str:
        """Name of the layer that a rule comes from."""
        return self.folder.layer_of(self.rulebook.places[rule.id].rpartition(":")[0])

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that are worked on: all but the retired."""
        return tuple(rule for rule in self.rulebook.rules if rule.status != "retired")


def load_material(given: Sequence[Path] = ()) -> Material:
    """Loads one folder, or several laid over each other.

    Raises:
        RuleError: Every mistake of every file.
    """
    folder = open_rules(given)
    rulebook, knowledge = loaded(folder, folder_digest(folder.path))
    return Material(folder, rulebook, knowledge.idiom, knowledge.lexicon, knowledge.guidelines)


def material_in(checker: Checker) -> Material:
    """What a checker has loaded."""
    knowledge = checker.knowledge
    return Material(checker.folder, checker.rulebook, knowledge.idiom, checker.lexicon, knowledge.guidelines)


def awake(rulebook: Rulebook) -> Rulebook:
    """The rulebook with its drafts active, so that they are judged, checked and tested as the others are."""
    rules = tuple(rule.model_copy(update={"status": "active"}) for rule in rulebook.rules if rule.status != "retired")
    return replace(rulebook, rules=rules)
