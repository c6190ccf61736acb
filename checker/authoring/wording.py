"""Phrases of the lexicon that stand twice, or for two things that exclude each other."""

from collections.abc import Iterator
from typing import Any

from checker.authoring.advice import Advice, error, warning
from checker.authoring.material import Material
from checker.knowledge.yamlfile import Document, Key

_STATUSES = ("documented", "denied", "unclear", "not_documented")

Phrase = tuple[str, str, Document, tuple[Key, ...]]
"""A phrase, what it stands for, and where."""


def wording_advice(material: Material) -> Iterator[Advice]:
    """Advice on the phrases of cues, marks, roles and of each concept."""
    yield from _repeated(_listed(material, "cues", "cues", "status"))
    yield from _repeated(_listed(material, "marks", "marks", "id"), may_differ=True)
    yield from _repeated(_roles(material))
    for document in material.documents("lexicon/concepts"):
        yield from _repeated(_concept(document))


def _entries(held: Any, key: str) -> list[dict[str, Any]]:
    found = held.get(key, []) if isinstance(held, dict) else []
    return found if isinstance(found, list) else []


def _listed(material: Material, folder: str, key: str, kind: str) -> Iterator[Phrase]:
    for document in material.documents(f"lexicon/{folder}"):
        for n, entry in enumerate(_entries(document.data, key)):
            for m, text in enumerate(entry.get("phrases", ())):
                yield str(text), str(entry.get(kind, "")), document, (key, n, "phrases", m)


def _roles(material: Material) -> Iterator[Phrase]:
    for document in material.documents("lexicon/roles"):
        for n, role in enumerate(_entries(document.data, "roles")):
            for k, cue in enumerate(role.get("cues", ())):
                for m, text in enumerate(cue.get("phrases", ())):
                    yield str(text), str(role.get("role", "")), document, ("roles", n, "cues", k, "phrases", m)


def _concept(document: Document) -> Iterator[Phrase]:
    held: Any = document.data
    concept = held.get("concept", {}) if isinstance(held, dict) else {}
    for status in _STATUSES:
        for n, text in enumerate(concept.get(status, ())):
            yield str(text), status, document, ("concept", status, n)


def _repeated(phrases: Iterator[Phrase], *, may_differ: bool = False) -> Iterator[Advice]:
    seen: dict[str, tuple[str, str]] = {}
    for text, meaning, document, keys in phrases:
        words = " ".join(text.split())
        if words not in seen:
            seen[words] = (meaning, document.position(keys))
            continue
        first, place = seen[words]
        if first == meaning:
            problem = document.problem(keys, f"'{text}' stands here a second time", f"first at {place}")
            yield warning("phrase-twice", problem)
        elif not may_differ:
            message = f"'{text}' stands for {first} and for {meaning}"
            yield error("contradictory-phrase", document.problem(keys, message, f"first at {place}"))
