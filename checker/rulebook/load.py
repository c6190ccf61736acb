"""A rules folder becomes a rulebook, or the list of everything that is wrong with it."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from checker.knowledge.across import load_across
from checker.knowledge.problems import Problem, Problems, shown
from checker.knowledge.schema import validated
from checker.knowledge.sources import load_sources
from checker.knowledge.topics import TOPIC_FILE, Topics, load_topics
from checker.knowledge.vocabulary import Vocabulary, load_vocabulary
from checker.knowledge.yamlfile import Document, load_yaml
from checker.model.facts import FactValue
from checker.model.findings import Result
from checker.model.rule import Rule, RuleFile, SourceOfCriterion, SourceRef, leaves
from checker.rulebook.book import GUIDELINE_DATE, Rulebook
from checker.rulebook.check import ON, RuleChecker, fits, parameters_of
from checker.rulebook.expand import Binding, bindings, filled_in
from checker.rulebook.message import Message, MessageError, compiled
from checker.rulebook.parameters import Parameter, load_parameters

FOLDERS = {
    "document": "DOC",
    "citation": "CIT",
    "decision": "DEC",
    "facts": "FAC",
    "safety": "SAF",
    "batch": "BAT",
}
"""Folder of general rules -> what their codes begin with."""

CRITERIA = "criteria"


def load_rulebook(rules: Path) -> Rulebook:
    """Reads and checks everything that judging needs.

    Args:
        rules: The rules folder.

    Returns:
        The rulebook.

    Raises:
        RuleError: Every mistake of every file, in order of file and line. A mistake in the vocabulary or in the sources
            hides those of the rules that use it, because they could not be told apart from it.
    """
    problems = Problems()
    with problems.gathered():
        vocabulary = load_vocabulary(rules)
    with problems.gathered():
        sources = load_sources(rules)
    with problems.gathered():
        topics = load_topics(rules)
    problems.refuse()
    problems.add(*_wrong_topics(topics, vocabulary, set(sources.by_id)))
    with problems.gathered():
        parameters = load_parameters(rules, sources)
    problems.refuse()
    loader = _Loader(rules, RuleChecker(vocabulary, parameters, sources), topics, problems)
    loader.load()
    problems.add(*_undated(rules / "vocabulary.yaml", vocabulary, loader.rules))
    problems.refuse()
    across = load_across(rules, vocabulary, frozenset(rule.code for rule in loader.rules))
    digests = {rule.id: _rule_digest(rule, parameters) for rule in loader.rules}
    whole: dict[str, Any] = {
        "rules": digests,
        "vocabulary": {name: _canonical(fact) for name, fact in vocabulary.facts.items()},
        "parameters": {name: _canonical(parameter) for name, parameter in parameters.items()},
        "sources": {name: _canonical(source) for name, source in sources.by_id.items()},
        "topics": {name: _canonical(topic) for name, topic in topics.by_id.items()},
    }
    if across is not None:
        whole["across"] = _canonical(across)
    return Rulebook(
        rules=tuple(sorted(loader.rules, key=lambda rule: rule.id)),
        vocabulary=vocabulary,
        parameters=parameters,
        sources=sources,
        topics=topics,
        messages=loader.messages,
        digests=digests,
        digest=_sha256(whole),
        places=loader.places,
        across=across,
    )


class _Loader:
    """Reads rule files one after the other and gathers what is wrong with them."""

    def __init__(self, folder: Path, checker: RuleChecker, topics: Topics, problems: Problems) -> None:
        self.folder, self.checker, self.topics, self.problems = folder, checker, topics, problems
        self.rules: list[Rule] = []
        self.messages: dict[str, Message] = {}
        self._compiled: dict[str, Message] = {}
        self.places: dict[str, str] = {}

    def load(self) -> None:
        for folder, prefix in FOLDERS.items():
            for path in sorted((self.folder / folder).rglob("*.yaml")):
                self._file(path, prefix)
        for path in sorted((self.folder / CRITERIA).rglob("*.yaml")):
            if path.name != TOPIC_FILE:
                self._file(path, "")

    def _file(self, path: Path, prefix: str) -> None:
        with self.problems.gathered():
            document = load_yaml(path)
            found = Problems()
            for binding in bindings(document, self.topics, self.checker.vocabulary.concepts):
                with found.gathered():
                    self._rule(filled_in(document, binding, found), binding, prefix, found)
            self.problems.add(*_once(found.found))

    def _rule(self, document: Document, binding: Binding, prefix: str, found: Problems) -> None:
        filled = {name: filling.value for name, filling in binding.items()}
        rule = _with_sources(validated(document, RuleFile).rule, binding, document, found)
        found.add(*self._wrong_code(rule, document, prefix, filled), *self.checker.problems(rule, document, filled))
        own_tests = tuple(test for test in rule.tests if fits(test, filled))
        rule = rule.model_copy(update={"tests": own_tests, "for_each": {}})
        message = self._message(rule, document, found)
        if rule.id in self.places:
            found.add(document.problem(("rule", "id"), f"{rule.id} stands elsewhere too", f"in {self.places[rule.id]}"))
        place = document.place(("rule",))
        self.places[rule.id] = f"{document.file}:{place.key_line}"
        self.rules.append(rule)
        if message:
            self.messages[rule.id] = message

    def _wrong_code(self, rule: Rule, document: Document, prefix: str, filled: Mapping[str, str]) -> Iterator[Problem]:
        keys = ("rule", "code")
        if prefix and not rule.code.startswith(prefix):
            yield document.problem(keys, f"{rule.code} stands in the folder of {prefix} rules")
        # A rule that several topics share stands above their folders and fills in the topic.
        shared = filled.get("topic", "") if document.path.parent.name == CRITERIA else ""
        topic = self.topics.by_id.get(shared or document.path.parent.name)
        if not prefix and rule.code.startswith("CRI-"):
            if topic is None:
                yield document.problem(keys, f"there is no {TOPIC_FILE} beside the rule")
            elif rule.code[4:7] != topic.code:
                yield document.problem(keys, f"{rule.code} is not of this topic", f"its code is {topic.code}")

    def _message(self, rule: Rule, document: Document, found: Problems) -> Message | None:
        """The compiled message, built once for each test that expects a flag."""
        vocabulary, parameters = self.checker.vocabulary, self.checker.parameters
        try:
            message = self._compiled.get(rule.message) or compiled(rule.message, vocabulary, parameters)
        except MessageError as error:
            found.add(document.problem(("rule", "message"), str(error)))
            return None
        self._compiled[rule.message] = message  # half of the rules, those of one ``for_each``, have that of another
        strange = self.checker.out_of_scope(rule, sorted(message.facts))
        if strange:
            found.add(document.problem(("rule", "message"), f"{ON[rule.scope]} has no facts of {strange}"))
            return None
        for test in rule.tests:
            given_names_exist = all(
                name in vocabulary.facts and vocabulary.holds(rule.scope, name) for name in test.given
            )
            if given_names_exist and test.expect.result is Result.FLAGGED:
                facts: dict[str, FactValue] = vocabulary.defaults(rule.scope) | dict(test.given)
                because = test.expect.because or [leaf.fact for _, leaf in leaves(rule.flag_when)]
                try:
                    message.render(facts.__getitem__, lambda name: parameters[name].value_on(None), because)
                except MessageError as error:
                    found.add(document.problem(("rule", "message"), f"with the test '{test.name}': {error}"))
        return message


def _with_sources(rule: Rule, binding: Binding, document: Document, found: Problems) -> Rule:
    """The rule with ``{from: criterion}`` replaced by the source that the topic file gives."""

    def source(given: SourceRef | SourceOfCriterion, keys: tuple[str | int, ...]) -> SourceRef | SourceOfCriterion:
        if isinstance(given, SourceRef):
            return given
        filling = binding.get(given.from_)
        if filling is None or filling.source is None:
            found.add(document.problem(("rule", *keys), f"{given.from_} is no criterion of a topic in for_each"))
            return given
        return filling.source

    unless = tuple(
        exception.model_copy(update={"source": source(exception.source, ("unless", n, "source"))})
        for n, exception in enumerate(rule.unless)
    )
    return rule.model_copy(update={"source": source(rule.source, ("source",)), "unless": unless})


def _once(problems: list[Problem]) -> Iterator[Problem]:
    """One problem a place: a mistake in a rule with ``for_each`` would be told once for each rule written out."""
    seen: set[tuple[int, int, str]] = set()
    for problem in problems:
        kind = (problem.line, problem.col, problem.where)
        if kind not in seen:
            seen.add(kind)
            yield problem


def _wrong_topics(topics: Topics, vocabulary: Vocabulary, documents: set[str]) -> Iterator[Problem]:
    for id_, topic in topics.by_id.items():
        file = topics.files[id_]
        if topic.document not in documents:
            yield file.problem(("topic", "document"), f"{topic.document} is not in sources.yaml")
        for n, lesion in enumerate(topic.lesions):
            if vocabulary.concepts and lesion not in vocabulary.concepts:
                yield file.problem(("topic", "lesions", n), f"{lesion} is no concept of rules/lexicon/concepts")
        for n, criterion in enumerate(topic.criteria):
            if vocabulary.concepts and criterion.concept_id not in vocabulary.concepts:
                key = "concept" if criterion.concept else "id"
                message = f"{criterion.concept_id} is no concept of rules/lexicon/concepts"
                yield file.problem(("topic", "criteria", n, key), message, "give it the key concept")


def _undated(vocabulary_file: Path, vocabulary: Vocabulary, rules: list[Rule]) -> Iterator[Problem]:
    """Rules that depend on a day need the fact that names it."""
    fact = vocabulary.facts.get(GUIDELINE_DATE)
    if fact is not None and fact.scope == "letter" and fact.type == "date":
        return
    for rule in rules:
        if rule.effective.from_ or rule.effective.to or parameters_of(rule):
            message = f"{GUIDELINE_DATE} should be here, a letter fact of type date"
            yield Problem(shown(vocabulary_file), 1, 1, "facts", message, f"{rule.id} depends on it")
            return


def _canonical(model: BaseModel, exclude: set[str] | None = None) -> dict[str, Any]:
    return model.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude=exclude)


def _rule_digest(rule: Rule, parameters: Mapping[str, Parameter]) -> str:
    numbers = {name: _canonical(parameters[name]) for name in parameters_of(rule)}
    return _sha256({"rule": _canonical(rule, {"tests", "history"}), "parameters": numbers})


def _sha256(value: Any) -> str:
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
