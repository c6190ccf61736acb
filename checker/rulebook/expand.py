"""``for_each``: one file written out as one rule for each criterion, concept or word.

Placeholders stand in any text or key of the rule: ``{criterion}`` is the value itself, ``{criterion.title}`` what is
known of it: title, concept, and what the concept is called inside a sentence; for the criteria of a topic also
section, topic, topic_title, topic_code; for a topic title and code.
"""

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from checker.knowledge.problems import Problems
from checker.knowledge.schema import nearest, validated
from checker.knowledge.topics import Criterion, Topic, Topics
from checker.knowledge.vocabulary import ConceptName
from checker.knowledge.yamlfile import Document, Key, Place, Value
from checker.model.rule import ConceptsOf, CriteriaOf, SourceRef, TopicsOf, Values
from checker.model.written import Strict

_PLACEHOLDER = re.compile(r"(?<!\{)\{([a-z_]{1,40})(?:\.([a-z_]{1,40}))?\}(?!\})")


@dataclass(frozen=True, slots=True)
class Filling:
    """What one placeholder stands for in one written-out rule.

    Attributes:
        value: The text of ``{name}``.
        known: The texts of ``{name.key}``.
        source: Where the criterion stands, None for plain words and concepts.
    """

    value: str
    known: Mapping[str, str]
    source: SourceRef | None = None


Binding = Mapping[str, Filling]
"""Placeholder -> what it stands for."""


class _ForEach(Strict):
    for_each: Mapping[str, Values]


def bindings(document: Document, topics: Topics, concepts: Mapping[str, ConceptName]) -> list[Binding]:
    """Every way to fill in the placeholders of a rule file; one empty way where it has none.

    Raises:
        RuleError: A topic or concept that does not exist.
    """
    rule = document.data.get("rule") if isinstance(document.data, dict) else None
    if not isinstance(rule, dict) or "for_each" not in rule:
        return [{}]
    part = Document(document.path, document.file, {"rule": {"for_each": rule["for_each"]}}, document.root)
    problems = Problems()
    choices: dict[str, list[Filling]] = {}
    for name, values in validated(part, _ForEach, ("rule",)).for_each.items():
        keys = ("rule", "for_each", name)
        lister = _Lister(part, keys, problems)
        if isinstance(values, CriteriaOf):
            choices[name] = list(lister.criteria(values, topics, concepts))
        elif isinstance(values, TopicsOf):
            choices[name] = list(lister.topics(values, topics))
        elif isinstance(values, ConceptsOf):
            choices[name] = list(lister.concepts(values, concepts))
        else:
            choices[name] = [_word(word, concepts) for word in values]
        if not choices[name] and not problems.found:
            problems.add(part.problem(keys, "lists nothing, so the rule stands for nothing"))
    problems.refuse()
    return [dict(zip(choices, chosen, strict=True)) for chosen in itertools.product(*choices.values())]


def _word(word: str, concepts: Mapping[str, ConceptName]) -> Filling:
    known = concepts.get(word)
    if known is None:
        return Filling(word, {"title": word, "concept": word})
    return Filling(word, {"title": known.title, "concept": word, "called": known.called})


class _Lister:
    """What one entry of ``for_each`` lists; what does not exist is a problem of that entry."""

    def __init__(self, part: Document, keys: tuple[Key, ...], problems: Problems) -> None:
        self.part, self.keys, self.problems = part, keys, problems

    def concepts(self, values: ConceptsOf, concepts: Mapping[str, ConceptName]) -> Iterator[Filling]:
        for word in sorted(set(values.without) - set(concepts)):
            self._unknown("without", word, "is no concept", concepts)
        yield from (_word(id_, concepts) for id_ in sorted(concepts) if id_ not in values.without)

    def topics(self, values: TopicsOf, topics: Topics) -> Iterator[Filling]:
        listed = tuple(topics.by_id) if values.topics == "all" else values.topics
        for key, words in (("topics", listed), ("without", values.without)):
            for word in sorted(set(words) - set(topics.by_id)):
                self._unknown(key, word, "is no topic with a topic.yaml", topics.by_id)
        chosen = [topics.by_id[id_] for id_ in listed if id_ in topics.by_id and id_ not in values.without]
        yield from (
            Filling(t.id, {"title": t.title, "code": t.code}, t.source_of(t.criteria[0])) for t in chosen if t.criteria
        )

    def criteria(self, values: CriteriaOf, topics: Topics, concepts: Mapping[str, ConceptName]) -> Iterator[Filling]:
        listed: set[str] = set()
        for id_ in values.topics:
            if id_ not in topics.by_id:
                self._unknown("criteria_of", id_, "is no topic with a topic.yaml", topics.by_id)
                continue
            topic = topics.by_id[id_]
            listed |= {criterion.id for criterion in topic.criteria}
            yield from (_of_topic(topic, one, concepts) for one in topic.criteria if values.takes(one.id))
        for key, words in (("only", values.only), ("without", values.without)):
            for word in sorted(set(words) - listed):
                self._unknown(key, word, f"is no criterion of {', '.join(values.topics)}", listed)

    def _unknown(self, key: str, word: str, message: str, known: Iterable[str]) -> None:
        near = nearest(word, known)
        hint = f"did you mean {near}?" if near else ""
        self.problems.add(self.part.problem((*self.keys, key), f"{word} {message}", hint))


def _of_topic(topic: Topic, criterion: Criterion, concepts: Mapping[str, ConceptName]) -> Filling:
    source = topic.source_of(criterion)
    concept = concepts.get(criterion.concept_id)
    known = {
        "title": criterion.title,
        "concept": criterion.concept_id,
        "called": concept.called if concept else criterion.concept_id.replace("-", " "),
        "section": source.section,
        "topic": topic.id,
        "topic_title": topic.title,
        "topic_code": topic.code,
    }
    return Filling(criterion.id, known, source)


def filled_in(document: Document, binding: Binding, problems: Problems) -> Document:
    """The document with every placeholder replaced, places kept; a placeholder that means nothing is a problem."""
    filler = _Filler(document, binding, problems)
    data, root = filler.value(document.data, document.root, ())
    return Document(document.path, document.file, data, root)


class _Filler:
    def __init__(self, document: Document, binding: Binding, problems: Problems) -> None:
        self.document, self.binding, self.problems = document, binding, problems

    def value(self, value: Value, place: Place, keys: tuple[Key, ...]) -> tuple[Value, Place]:
        if isinstance(value, str):
            return self.text(value, keys), place
        if not isinstance(value, dict | list):
            return value, place
        copy = Place(place.line, place.col, place.key_line, place.key_col)
        if isinstance(value, list):
            items: list[Value] = []
            for n, item in enumerate(value):
                below, copy.below[n] = self.value(item, place.below[n], (*keys, n))
                items.append(below)
            return items, copy
        mapping: dict[Key, Value] = {}
        for key, item in value.items():
            name = self.text(key, (*keys, key)) if isinstance(key, str) else key
            if name in mapping:
                self.problems.add(self.document.problem((*keys, key), f"filled in it stands here twice: {name}"))
            mapping[name], copy.below[name] = self.value(item, place.below[key], (*keys, key))
        return mapping, copy

    def text(self, text: str, keys: tuple[Key, ...]) -> str:
        if "{" not in text:
            return text
        return _PLACEHOLDER.sub(lambda match: self.replacement(match, keys), text)

    def replacement(self, match: re.Match[str], keys: tuple[Key, ...]) -> str:
        name, key = match.groups()
        filling = self.binding.get(name)
        found = None if filling is None else filling.value if key is None else filling.known.get(key)
        if found is not None:
            return found
        known = [*self.binding, *(f"{n}.{k}" for n, f in self.binding.items() for k in f.known)]
        hint = f"known here: {', '.join(known)}" if known else "the rule has no for_each"
        self.problems.add(self.document.problem(keys, f"nothing is known of {match[0]}", hint))
        return match[0]
