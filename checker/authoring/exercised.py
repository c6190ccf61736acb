"""Which entries of the lexicon are exercised by which letter or sentence of a test."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from checker.authoring.material import Material
from checker.knowledge.yamlfile import Document
from checker.language import sentences
from checker.language.phrases import fold

KINDS = ("concept", "cue", "role", "mark", "voice", "test", "result", "drug", "treatment")


@dataclass(frozen=True, slots=True)
class EntryCover:
    """One entry of the lexicon.

    Attributes:
        kind: One of ``KINDS``.
        id: Its id.
        tests: Names of the texts in which it is found.
    """

    kind: str
    id: str
    tests: tuple[str, ...]


def entries_cover(material: Material, texts: Iterable[tuple[str, str]]) -> tuple[EntryCover, ...]:
    """Every entry of the lexicon with the texts that exercise it.

    Args:
        material: The folder.
        texts: Name and text of each letter or sentence.
    """
    found: dict[tuple[str, str], dict[str, None]] = {key: {} for key in _entries(material)}
    for name, text in texts:
        for key in _hits(material, text):
            if key in found:
                found[key][name] = None
    return tuple(EntryCover(kind, id_, tuple(names)) for (kind, id_), names in sorted(found.items()))


def _entries(material: Material) -> Iterator[tuple[str, str]]:
    yield from ((entry.kind, entry.id) for entry in material.idiom.entries if entry.kind in KINDS)
    yield from (("drug", id_) for id_ in material.lexicon.drugs)
    yield from (("treatment", id_) for id_ in material.lexicon.treatments)


def _hits(material: Material, text: str) -> Iterator[tuple[str, str]]:
    whole = " ".join(text.split())
    for begin, stop in sentences.split(whole, 0, len(whole), material.idiom.grammar.stops):
        yield from ((hit.entry.kind, hit.entry.id) for hit in material.idiom.hits(fold(whole[begin:stop])))
    yield from (("drug", mention.entry) for mention in material.lexicon.drugs_in(whole))
    yield from (("treatment", mention.entry) for mention in material.lexicon.treatments_in(whole))


def sentences_of(document: Document) -> Iterator[tuple[str, str]]:
    """The sentences of a regression set: texts under ``text``, and the second of each pair under ``sentences``."""
    held: Any = document.data
    rows = held.get("sentences", ()) if isinstance(held, dict) else ()
    yield from _texts(document.path.name, rows)
    for rationale in held.get("rationales", ()) if isinstance(held, dict) else ():
        name = f"{document.path.name}: {rationale.get('name', '')}"
        yield from ((name, str(pair[1])) for pair in rationale.get("sentences", ()) if isinstance(pair, list))


def _texts(file: str, rows: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    for n, row in enumerate(rows, 1):
        if "text" in row:
            yield f"{file}: {n}", str(row["text"])
