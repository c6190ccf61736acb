"""What stands in a rules folder and is used by nothing: facts, numbers, documents, concepts, marks, words, entries."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from checker.authoring.advice import Advice, warning
from checker.authoring.material import Material
from checker.authoring.mentions import Mentions, of_the_program
from checker.knowledge.yamlfile import Document, Key
from checker.model.rule import Rule, SourceRef, leaves
from checker.rulebook.check import parameters_of

_SET = re.compile(r"<([a-z-]{1,40})>")
_NUMBER = re.compile(r"""parameter\(\s*["']([^"']{1,100})["']""")
_GENERATED = ("summary", "rationale", "conflict")


def use_advice(material: Material, mentions: Mentions | None = None) -> Iterator[Advice]:
    """Everything that nothing uses; ``mentions`` is what the program itself names."""
    own = mentions or of_the_program()
    yield from _facts(material, own)
    yield from _parameters(material, own)
    yield from _sources(material)
    yield from _concepts(material, own)
    yield from _marks(material, own)
    yield from _words(material)
    yield from _entries(material)


def facts_of_rule(material: Material, rule: Rule) -> frozenset[str]:
    """Names of the facts that a rule compares, shows or prints."""
    compared = {leaf.fact for _, tree in rule.trees() for _, leaf in leaves(tree)}
    return frozenset(compared | set(rule.evidence) | material.rulebook.messages[rule.id].facts)


def _entries_of(material: Material, below: str, key: str) -> Iterator[tuple[Document, Key, Any]]:
    """The entries of a mapping or list of each file, with the key that leads to each."""
    for document in _files(material, below):
        held = document.data.get(key) if isinstance(document.data, dict) else None
        pairs: Iterable[tuple[Any, Any]] = ()
        if isinstance(held, dict):
            pairs = held.items()
        elif isinstance(held, list):
            pairs = enumerate(held)
        yield from ((document, at, entry) for at, entry in pairs)


def _files(material: Material, below: str) -> tuple[Document, ...]:
    root = material.folder.path
    single = (material.document(f"{below}.yaml"),) if (root / f"{below}.yaml").is_file() else ()
    return (*single, *material.documents(below))


def _facts(material: Material, own: Mentions) -> Iterator[Advice]:
    used = {name for rule in material.rules for name in facts_of_rule(material, rule)} | own.read
    across = material.rulebook.across
    used |= {field.fact for field in across.like.key} if across else set()
    for document, name, entry in _entries_of(material, "vocabulary", "facts"):
        keys = ("facts", name)
        if name not in used and not entry.get("no_rule"):
            message, hint = f"no rule compares, shows or prints {name}", "write the rule, or say why in no_rule"
            yield warning("unused-fact", document.problem(keys, message, hint, at_key=True))
        elif name in used and entry.get("no_rule"):
            message, hint = f"{name} says why no rule needs it, and one does", "leave no_rule out"
            yield warning("unneeded-reason", document.problem(keys, message, hint, at_key=True))
        if not own.mentioned(str(name)):
            message, hint = f"nothing gives {name} a value", "it always has its default"
            yield warning("unknown-fact", document.problem(keys, message, hint, at_key=True))


def _parameters(material: Material, own: Mentions) -> Iterator[Advice]:
    used = {name for rule in material.rules for name in parameters_of(rule)}
    used |= {name for rule in material.rules for name in _NUMBER.findall(rule.message)}
    for document, name, _ in _entries_of(material, "parameters", "parameters"):
        if name not in used and not own.mentioned(str(name)):
            message, hint = f"no rule compares with {name}", "write the rule that needs it, or leave it out"
            yield warning("unused-parameter", document.problem(("parameters", name), message, hint, at_key=True))


def _sources(material: Material) -> Iterator[Advice]:
    used = {reference.document for rule in material.rules for reference in _references(rule)}
    book = material.rulebook
    used |= {value.source.document for number in book.parameters.values() for value in number.values.values()}
    used |= {document for topic in book.topics.by_id.values() for document in (*topic.documents, *topic.alike)}
    used |= set(material.guidelines.editions)
    used |= {name for document in _files(material, "redaction") for name in _cited(document.data)}
    for document, key, _ in _entries_of(material, "sources", "sources"):
        if key not in used:
            message = f"nothing rests on {key}"
            hint = "cite it, or leave it out"
            yield warning("unused-source", document.problem(("sources", key), message, hint, at_key=True))


def _cited(value: object) -> Iterator[str]:
    """The documents that a file cites, wherever in it."""
    if isinstance(value, dict):
        for key, below in value.items():
            yield from (str(below),) if key == "document" else _cited(below)
    elif isinstance(value, list):
        for below in value:
            yield from _cited(below)


def _references(rule: Rule) -> Iterator[SourceRef]:
    for source in (rule.source, *(exception.source for exception in rule.unless)):
        if isinstance(source, SourceRef):
            yield from (source, *source.later)


def _concepts(material: Material, own: Mentions) -> Iterator[Advice]:
    topics = material.rulebook.topics.by_id.values()
    used = {criterion.concept_id for topic in topics for criterion in topic.criteria}
    used |= {id_ for topic in topics for id_ in (topic.earlier, *topic.lesions)}
    for rule in material.rules:
        names = {name.partition(".") for name in facts_of_rule(material, rule)}
        if not _for_all_concepts(material, rule):
            used |= {id_ for part, _, id_ in names if part in _GENERATED}
    for document in material.documents("lexicon/concepts"):
        id_ = _id(document)
        if id_ and id_ not in used and not own.mentioned(id_) and not _is_of_a_kind(document):
            message = f"no criterion and no rule asks for {id_}"
            hint = "name it in a topic.yaml or in a rule, or leave it out"
            yield warning("unused-concept", document.problem(("concept", "id"), message, hint))


def _for_all_concepts(material: Material, rule: Rule) -> bool:
    document = material.document(material.rulebook.places[rule.id].rpartition(":")[0])
    held: Any = document.data
    each = held.get("rule", {}).get("for_each", {}) if isinstance(held, dict) else {}
    return any(isinstance(values, dict) and "concepts" in values for values in each.values())


def _id(document: Document) -> str:
    held: Any = document.data
    entry = held.get("concept") if isinstance(held, dict) else None
    return str(entry.get("id", "")) if isinstance(entry, dict) else ""


def _is_of_a_kind(document: Document) -> bool:
    """Whether comparisons ask for it by its kind, or by what it is a demand for."""
    held: Any = document.data
    return bool(held["concept"].get("tells_of") or held["concept"].get("demand"))


def _marks(material: Material, own: Mentions) -> Iterator[Advice]:
    asked = {id_ for document in material.documents("lexicon/concepts") for id_ in _silencing(document)}
    asked.update(material.lexicon.measures.told_lengths)
    asked.update(restated.mark for restated in material.guidelines.framework.restated)
    asked.update(number.of for topic in material.rulebook.topics.by_id.values() for number in topic.numbers)
    for document, n, entry in _entries_of(material, "lexicon/marks", "marks"):
        if str(entry["id"]) not in asked and not own.mentioned(str(entry["id"])):
            message, hint = f"the program does not know the mark {entry['id']}", "see the ids of the other marks"
            yield warning("unused-mark", document.problem(("marks", n, "id"), message, hint))


def _silencing(document: Document) -> Iterator[str]:
    """The marks that the file of a concept names: behind which its words say nothing, and what hints at it."""
    held: Any = document.data
    entry = held.get("concept") if isinstance(held, dict) else None
    behind = entry.get("silent_behind") if isinstance(entry, dict) else None
    yield from map(str, behind.values()) if isinstance(behind, dict) else ()
    yield from map(str, entry.get("hinted_by", ())) if isinstance(entry, dict) else ()


def _words(material: Material) -> Iterator[Advice]:
    text = [value for document in material.documents("lexicon") for value in _texts(document.data)]
    used = {name for value in text for name in _SET.findall(value)}
    for document, name, _ in _entries_of(material, "lexicon/words", "words"):
        if name not in used:
            message, hint = f"no phrase uses <{name}>", "use it, or leave it out"
            yield warning("unused-words", document.problem(("words", name), message, hint, at_key=True))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        if "<" in value:
            yield value
    elif isinstance(value, dict | list):
        for below in value.values() if isinstance(value, dict) else value:
            yield from _texts(below)


def _entries(material: Material) -> Iterator[Advice]:
    """Drugs and treatments of which no name leads to them, because entries before them have all of their names."""
    lexicon = material.lexicon
    found = {
        "drugs": {id_: (d.generic, *d.brands, *d.aliases) for id_, d in lexicon.drugs.items()},
        "treatments": {id_: t.names for id_, t in lexicon.treatments.items()},
    }
    look = {"drugs": lexicon.drugs_in, "treatments": lexicon.treatments_in}
    for kind, names in found.items():
        if not (material.folder.path / f"lexicon/{kind}.yaml").is_file():
            continue
        document = material.document(f"lexicon/{kind}.yaml")
        listed: Any = document.data
        places = {str(entry["id"]): n for n, entry in enumerate(listed[kind])}
        for id_, own in names.items():
            if id_ in places and not any(mention.entry == id_ for name in own for mention in look[kind](name)):
                other = next((m.entry for name in own for m in look[kind](name)), "nothing")
                message = f"{id_} is never found: its names mean {other}"
                yield warning(
                    "unused-entry", document.problem((kind, places[id_], "id"), message, "give it a name of its own")
                )
