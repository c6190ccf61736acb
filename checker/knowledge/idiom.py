"""How reviewers say things: concepts, cues and sentence roles of ``rules/lexicon``, compiled once."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import BaseModel, Field

from checker.knowledge.attributions import FOLDER as ATTRIBUTION
from checker.knowledge.attributions import AttributionFile, Attributions
from checker.knowledge.concepts import ONE_OF_A_KIND, SLUG, ConceptFile, ConceptModel, Kind
from checker.knowledge.frames import Frames, compiled, frame_files, load_frames
from checker.knowledge.grammar import Grammar, load_grammar
from checker.knowledge.hits import Entry, Hit, Hits
from checker.knowledge.problems import Problems, RuleError
from checker.knowledge.schema import Strict, load_model
from checker.knowledge.yamlfile import Document, Key
from checker.language.phrase_index import PhraseIndex
from checker.language.phrases import Phrase, PhraseError, compile_phrase

CueStatus = Literal[
    "documented",
    "recorded",
    "denied",
    "not_documented",
    "unclear",
    "hypothetical",
    "none",
    "had",
    "more",
    "less",
    "same",
    "better",
    "worse",
]
RoleName = Literal["guideline", "case", "application", "conclusion", "disclaimer", "quotation"]
_WORDS = re.compile(r"[a-z]+")
_REMEMBER, _LONGEST = 4_000, 300
"""So many sentences of at most so many code points are remembered, about 15 MB, and then forgotten all at once."""
_SET = re.compile(r"<(?!(?:n|date|score)>)([a-z-]{1,40})>")
PREDICATE = "new-predicate"
SUBJECT = "new-subject"
"""Id of a break that only ends the reach of a plain negation."""
OF, CLAUSE = "of", "clause"
"""Id of what a gap in the record can govern: "the number of", with what it is of; "why", with its clause."""


class _CueModel(Strict):
    id: str = Field(pattern=SLUG)
    status: CueStatus
    scope: Literal["forward", "backward", "around"]
    reach: Literal["clause", "comma", "list"] = "clause"
    opens_clause: bool = False
    source: str
    phrases: tuple[str, ...] = Field(min_length=1)


class _CueFile(Strict):
    schema_: Literal[1] = Field(alias="schema")
    cues: tuple[_CueModel, ...] = Field(min_length=1)
    breaks: tuple[str, ...] = ()
    new_predicates: tuple[str, ...] = ()
    new_subjects: tuple[str, ...] = ()
    left_open: tuple[str, ...] = ()
    left_open_clauses: tuple[str, ...] = ()


class _MarkModel(Strict):
    id: str = Field(pattern=SLUG)
    meaning: str
    source: str
    phrases: tuple[str, ...] = Field(min_length=1)


class _MarkFile(Strict):
    schema_: Literal[1] = Field(alias="schema")
    marks: tuple[_MarkModel, ...] = Field(min_length=1)


class _RoleCueModel(Strict):
    id: str = Field(pattern=SLUG)
    weak: bool = False
    source: str
    phrases: tuple[str, ...] = Field(min_length=1)


class _RoleModel(Strict):
    role: RoleName
    cues: tuple[_RoleCueModel, ...] = Field(min_length=1)


class _WordsModel(Strict):
    meaning: str
    source: str
    words: tuple[str, ...] = Field(min_length=1)


class _WordsFile(Strict):
    schema_: Literal[1] = Field(alias="schema")
    words: dict[str, _WordsModel]


class _RoleFile(Strict):
    schema_: Literal[1] = Field(alias="schema")
    roles: tuple[_RoleModel, ...] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class Idiom:
    """The compiled lexicon of assertions.

    Attributes:
        concepts: Concepts by id, ids ascending.
        entries: What each phrase stands for, by its number in the index.
        index: Finds the phrases of a sentence.
        attributions: What time and experiencer mean for which concept.
        frames: The tests and what is said of them.
        grammar: The small words that join and part clauses and sentences.
        one_of: The concept of each kind that only one may be of.
    """

    concepts: Mapping[str, ConceptModel]
    entries: tuple[Entry, ...]
    index: PhraseIndex
    attributions: Attributions
    frames: Frames
    grammar: Grammar
    one_of: Mapping[Kind, ConceptModel]
    _remembered: dict[str, Hits] = field(default_factory=dict, init=False, repr=False, compare=False)

    def hits(self, folded: str) -> Hits:
        """Every phrase that stands in a folded sentence (see ``language.phrases.fold``).

        Sentences are remembered for a while: letters repeat what guidelines and forms say.
        """
        found = self._remembered.get(folded)
        if found is None:
            found = Hits(self.index.find(folded), self.entries)
            if len(folded) <= _LONGEST:
                if len(self._remembered) >= _REMEMBER:
                    self._remembered.clear()
                self._remembered[folded] = found
        return found


class _Compiler:
    """Gathers phrases and their mistakes."""

    def __init__(self, grammar: Grammar) -> None:
        self.problems = Problems()
        self._negations = grammar.negation_words
        self._supposing = grammar.supposing_words
        self.phrases: list[Phrase] = []
        self.entries: list[Entry] = []
        self.words: dict[str, str] = {}
        self.asked: list[tuple[Document, tuple[str | int, ...], str]] = []

    def add(self, document: Document, keys: tuple[Key, ...], texts: Iterable[str], entry: Entry) -> None:
        for number, text in enumerate(texts):
            try:
                spelled_out = self._spelled_out(text)
                words = set(_WORDS.findall(spelled_out))
                negates = "n't" in text or bool(self._negations & words)
                negatable = entry.kind == "concept" and entry.status == "documented" and not negates
                self.phrases.append(compile_phrase(spelled_out, negatable=negatable, over_no=entry.kind != "cue"))
                self.entries.append(replace(entry, negates=negates, supposes=bool(self._supposing & words)))
            except PhraseError as error:
                self.problems.add(document.problem((*keys, number), str(error), "see rules/lexicon/README.md"))

    def _spelled_out(self, text: str) -> str:
        """The phrase with the words that each ``<name>`` stands for.

        Raises:
            PhraseError: No set of words has that name.
        """
        for name in _SET.findall(text):
            if name not in self.words:
                raise PhraseError(f"'{text}': no words are called <{name}>")
        return _SET.sub(lambda m: self.words[m.group(1)], text)


M = TypeVar("M", bound=BaseModel)


def _files(folder: Path, model: type[M], problems: Problems) -> Iterator[tuple[M, Document]]:
    for path in sorted(folder.glob("*.yaml")):
        with problems.gathered():
            yield load_model(path, model)


def load_idiom(rules: Path) -> Idiom:
    """Read the folders of ``rules/lexicon`` but the names of things, and its grammar.

    Raises:
        RuleError: One problem for each mistake in any of the files.
    """
    lexicon = rules / "lexicon"
    grammar = load_grammar(lexicon)
    work = _Compiler(grammar)
    _words(lexicon / "words", work)
    concepts = _concepts(lexicon / "concepts", work)
    for cue_file, document in _files(lexicon / "cues", _CueFile, work.problems):
        for number, cue in enumerate(cue_file.cues):
            entry = Entry("cue", cue.id, cue.status, cue.scope, cue.reach == "comma", cue.opens_clause)
            entry = replace(entry, heads_list=cue.reach == "list")
            work.add(document, ("cues", number, "phrases"), cue.phrases, entry)
        work.add(document, ("breaks",), cue_file.breaks, Entry("break", ""))
        work.add(document, ("new_predicates",), cue_file.new_predicates, Entry("break", PREDICATE))
        work.add(document, ("new_subjects",), cue_file.new_subjects, Entry("break", SUBJECT))
        work.add(document, ("left_open",), cue_file.left_open, Entry("open", OF))
        work.add(document, ("left_open_clauses",), cue_file.left_open_clauses, Entry("open", CLAUSE))
    for role_file, document in _files(lexicon / "roles", _RoleFile, work.problems):
        for at, role in enumerate(role_file.roles):
            for number, role_cue in enumerate(role.cues):
                entry = Entry("role", f"{role.role}:{role_cue.id}", role.role, weak=role_cue.weak)
                work.add(document, ("roles", at, "cues", number, "phrases"), role_cue.phrases, entry)
    for mark_file, document in _files(lexicon / "marks", _MarkFile, work.problems):
        for number, mark in enumerate(mark_file.marks):
            work.add(document, ("marks", number, "phrases"), mark.phrases, Entry("mark", mark.id))
    _marks_known(work)
    attributions = _attributions(lexicon / ATTRIBUTION, concepts, work)
    frames = _frames(rules, concepts, work)
    work.problems.refuse()
    one_of = {kind: c for kind in ONE_OF_A_KIND for c in concepts.values() if kind in c.tells_of}
    return Idiom(concepts, tuple(work.entries), PhraseIndex(work.phrases), attributions, frames, grammar, one_of)


def _marks_known(work: _Compiler) -> None:
    """A problem for every mark that a concept names and no file holds."""
    known = {entry.id for entry in work.entries if entry.kind == "mark"}
    for document, key, id_ in work.asked:
        if id_ not in known:
            work.problems.add(document.problem(("concept", *key), f"no mark is called {id_}"))


def _frames(rules: Path, concepts: Mapping[str, ConceptModel], work: _Compiler) -> Frames:
    """Adds the names of tests and what is said of them."""
    joined: set[str] = set()
    shown: set[str] = set()
    for held, document in frame_files(rules, work.problems):
        for number, frame in enumerate(held.frames):
            work.add(document, ("frames", number, "names"), frame.names, Entry("test", frame.id))
            for slot, value, signs in frame.signs():
                for id_ in sorted(set(signs.concepts) - set(concepts)):
                    key = "results" if slot == "result" else slot
                    work.problems.add(
                        document.problem(("frames", number, key, value, "concepts", id_), f"no concept is called {id_}")
                    )
        for number, words in enumerate(held.words):
            entry = Entry("result", words.id, words.as_, words.stands, reach=words.reach)
            work.add(document, ("words", number, "phrases"), words.phrases, entry)
        joined.update(held.joined_by)
        shown.update(held.shown_by)
    by_id = {id_: compiled(model) for id_, model in load_frames(rules, work.problems).items()}
    return Frames(by_id, frozenset(joined), frozenset(shown))


def _words(folder: Path, work: _Compiler) -> None:
    """Takes the sets of words in; a set may name others."""
    places: dict[str, Document] = {}
    for words_file, document in _files(folder, _WordsFile, work.problems):
        for name, words in words_file.words.items():
            if name in work.words:
                work.problems.add(document.problem(("words", name), f"'{name}' is taken by another file"))
            work.words[name] = f"({'|'.join(words.words)})"
            places[name] = document
    for name, document in places.items():
        try:
            work.words[name] = _with_sets(name, work.words, ())
        except PhraseError as error:
            work.problems.add(document.problem(("words", name), str(error), "see rules/lexicon/README.md"))


def _with_sets(name: str, words: Mapping[str, str], within: tuple[str, ...]) -> str:
    """The words of a set, with those of the sets that it names.

    Raises:
        PhraseError: It names itself, by others or not, or a set that there is not.
    """
    if name in within:
        raise PhraseError(f"<{name}> stands for itself: {' -> '.join((*within, name))}")
    if name not in words:
        raise PhraseError(f"no words are called <{name}>")
    return _SET.sub(lambda found: _with_sets(found.group(1), words, (*within, name)), words[name])


def _attributions(folder: Path, concepts: Mapping[str, ConceptModel], work: _Compiler) -> Attributions:
    """Adds the voices and gathers the lists of concepts of all files."""
    lists: dict[str, set[str]] = {"events": set(), "states": set(), "of_family": set(), "examined": set()}
    for held, document in _files(folder, AttributionFile, work.problems):
        for number, voice in enumerate(held.voices):
            entry = Entry("voice", voice.id, voice.value, voice.scope, axis=voice.axis, reach=voice.reach)
            work.add(document, ("voices", number, "phrases"), voice.phrases, entry)
        for name, ids in lists.items():
            for number, id_ in enumerate(getattr(held.concepts, name)):
                if id_ not in concepts:
                    work.problems.add(document.problem(("concepts", name, number), f"no concept is called {id_}"))
                ids.add(id_)
    return Attributions(**{name: frozenset(ids) for name, ids in lists.items()})


_SAID_OF_ENTRY = {"names": "name", "members": "member"}


def _concepts(folder: Path, work: _Compiler) -> dict[str, ConceptModel]:
    concepts: dict[str, ConceptModel] = {}
    one_of: dict[Kind, str] = {}
    for concept_file, document in _files(folder, ConceptFile, work.problems):
        concept = concept_file.concept
        if concept.id in concepts:
            work.problems.add(document.problem(("concept", "id"), f"'{concept.id}' is taken by another file"))
        concepts[concept.id] = concept
        for kind in ONE_OF_A_KIND:
            if kind in concept.tells_of and one_of.setdefault(kind, concept.id) != concept.id:
                message = f"{one_of[kind]} tells of {kind} already, and only one concept may"
                work.problems.add(document.problem(("concept", "tells_of"), message, "leave the kind to one of them"))
        if concept.silent_behind is not None:
            work.asked += [(document, ("silent_behind", key), id_) for key, id_ in concept.silent_behind]
        work.asked += [(document, ("hinted_by", n), id_) for n, id_ in enumerate(concept.hinted_by)]
        for status in (
            "names",
            "members",
            "presupposed",
            "undergone",
            "measured",
            "sought",
            "spoken_of",
            "documented",
            "denied",
            "unclear",
            "not_documented",
            "ignored",
        ):
            entry = Entry("concept", concept.id, _SAID_OF_ENTRY.get(status, status))
            work.add(document, ("concept", status), getattr(concept, status), entry)
    return dict(sorted(concepts.items()))


FILES: Mapping[str, type[BaseModel]] = {
    "words": _WordsFile,
    "concepts": ConceptFile,
    "cues": _CueFile,
    "roles": _RoleFile,
    "marks": _MarkFile,
    ATTRIBUTION: AttributionFile,
}
"""Folder under ``rules/lexicon`` -> what each of its files holds."""

__all__ = ["FILES", "Entry", "Hit", "Idiom", "RuleError", "load_idiom"]
