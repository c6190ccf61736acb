"""How reviewers say things: concepts, cues and sentence roles of ``rules/lexicon``, compiled once."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import BaseModel, Field

from checker.knowledge.attributions import FOLDER as ATTRIBUTION
from checker.knowledge.attributions import AttributionFile, Attributions
from checker.knowledge.frames import Frames, compiled, frame_files, load_frames
from checker.knowledge.grammar import Grammar, load_grammar
from checker.knowledge.hits import Entry, Hit, Hits
from checker.knowledge.problems import Problems, RuleError
from checker.knowledge.schema import Strict, load_model
from checker.knowledge.yamlfile import Document, Key
from checker.language.phrase_index import PhraseIndex
from checker.language.phrases import Phrase, PhraseError, compile_phrase

ConceptStatus = Literal["documented", "denied", "not_documented", "unclear"]
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

SLUG = r"^[a-z][a-z0-9-]*$"


class SilentBehind(Strict):
    """Behind which words those of a concept document nothing, as ``silent_behind`` of its file writes it.

    Attributes:
        mark: Id of a mark that begins before them or where they do: where pain of a hip is told, what runs down the
            leg does not come from the spine.
        unless: Id of a mark; where it stands in the sentence they count all the same.
    """

    mark: str
    unless: str


Kind = Literal[
    "care",
    "therapy",
    "failed-care",
    "study",
    "response",
    "relief",
    "visits",
    "long-use",
    "over-limit",
    "refusal",
    "criteria-met",
    "criteria-demanded",
    "operation-approved",
    "provocative-test",
    "better-function",
    "better-motion",
]
"""Kinds of things that concepts tell of.

``care``: care that the worker is said to have had, for some length; ``therapy``: visits of a therapy among it;
``failed-care``: other care that brought nothing, which speaks for a next step; ``study``: an earlier study of the kind
asked for; ``response``: what a treatment brought; ``relief``: what a fall of pain scores shows (one concept);
``visits``: how many visits there were; ``long-use``: use of long standing; ``over-limit``: too large an amount;
``refusal``: a ground that stands against a request by itself; ``criteria-met``: that the criteria are met;
``criteria-demanded``: that each of them must be; ``operation-approved``: that the operation was granted;
``provocative-test``: the results of tests of the examination; ``better-function`` and ``better-motion``: what two scores
of a questionnaire, or two angles, show (one concept each).
"""


class ConceptModel(Strict):
    """One thing that guidelines ask about, as ``rules/lexicon/concepts/<id>.yaml`` writes it.

    Attributes:
        id: Name; the facts ``summary.<id>``, ``rationale.<id>`` and ``conflict.<id>`` come from it.
        title: A few words for the report.
        meaning: What documented and denied stand for.
        says: ``record`` for a fact of the worker, ``reasoning`` for a statement of the reviewer about the request,
            ``advice`` for what the reviewer wants done, ``guideline`` for a statement about the guideline,
            ``misstatement`` for one that is wrong, so that its negation is none, ``anywhere`` for what the reviewer may
            say as either.
        attribute_to: ``item``: only what the disputed treatment did counts; ``drug``: the same for drug items;
            ``any``: whoever did it.
        answered_by: Statuses that answer the question whether the record holds it.
        presupposed: Wordings that take the thing for granted, whatever is denied beside it: the response to therapy. Of
            what the guideline says they are those that name it, heard in any sentence of a rationale.
        undergone: Words for something one undergoes; a cue such as "underwent" or "was completed" documents them, and
            without one they say nothing, whatever other cue there is.
        measured: Words for something that changes; a cue of change documents or denies them, and without one they say
            nothing.
        documented_by: Which change of what is measured documents the concept, any other denies it: ``more``
            (function) or ``less`` (pain), both of them with "better"; ``worse`` for more and worse (symptoms).
        names: Words for the thing; they need a cue to say anything, unless ``mention`` says what they say alone.
        members: Names of one of several kinds of the thing (a fracture among red flags); negated they deny nothing:
            that one kind is absent says nothing of the others.
        denied_by: What denies the thing where a negation reaches it: ``any`` of its words; only its ``names``, where
            each wording under ``documented`` tells of one kind (numbness among deficits); or no more than the
            ``wordings`` under ``denied``, where what is negated was looked for (a sign on examination) and documents;
            ``members`` as ``any``, and two members denied in one sentence as well; ``kind`` as ``any``, and each
            member by itself, which denies that kind alone: it is held only against a summary that tells of it.
        sought: Words for where one looks for the thing (a sensory examination, the quality of sleep); they count only
            where they are said to be missing, and then the record lacks the thing.
        spoken_of: Words that show that a rationale speaks of the thing, where nothing else tells what it says: then it
            is unclear, and no rule can take it for passed over in silence.
        mention: What a name without a cue means in a sentence about the case.
        documented: Wordings that assert the thing by themselves.
        denied: Wordings that deny it by themselves.
        unclear: Wordings that leave it open.
        not_documented: Wordings that say the record lacks it.
        ignored: Wordings that look like a name and are none.
        of_worker: True of the worker whatever the item and the part of the body, so that two places of a letter cannot
            both affirm and deny it.
        lasting: Once had it stays had, so that one rationale cannot both tell of it and deny it.
        a_reason: What is asked for is a reason (a need, an indication), so that "no reason why" is a gap in it.
        located: A finding of one place in the body: what is found on the other side, or in a leg where an arm is asked
            about, is another finding.
        silent_behind: Behind which words they document nothing.
        tells_of: What kinds of thing the concept is, for comparisons that ask for any of a kind (see ``Kind``).
        sided: A sign or complaint whose side matters: found on the other side alone, one of the two is a slip.
    """

    id: str = Field(pattern=SLUG)
    title: str
    meaning: str
    says: Literal["record", "reasoning", "advice", "guideline", "misstatement", "anywhere"] = "record"
    attribute_to: Literal["item", "drug", "any"] = "any"
    answered_by: tuple[ConceptStatus, ...] = ("documented",)
    presupposed: tuple[str, ...] = ()
    undergone: tuple[str, ...] = ()
    measured: tuple[str, ...] = ()
    documented_by: Literal["more", "less", "worse"] = "more"
    names: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    denied_by: Literal["any", "names", "wordings", "members", "kind"] = "any"
    sought: tuple[str, ...] = ()
    spoken_of: tuple[str, ...] = ()
    mention: Literal["documented", "denied", "unclear", "nothing"] = "nothing"
    documented: tuple[str, ...] = ()
    denied: tuple[str, ...] = ()
    unclear: tuple[str, ...] = ()
    not_documented: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    of_worker: bool = False
    lasting: bool = False
    located: bool = False
    a_reason: bool = False
    silent_behind: SilentBehind | None = None
    tells_of: frozenset[Kind] = frozenset()
    sided: bool = False


class _ConceptFile(Strict):
    schema_: Literal[1] = Field(alias="schema")
    concept: ConceptModel


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
    """

    concepts: Mapping[str, ConceptModel]
    entries: tuple[Entry, ...]
    index: PhraseIndex
    attributions: Attributions
    frames: Frames
    grammar: Grammar
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
        self.phrases: list[Phrase] = []
        self.entries: list[Entry] = []
        self.words: dict[str, str] = {}
        self.asked: list[tuple[Document, str, str]] = []

    def add(self, document: Document, keys: tuple[Key, ...], texts: Iterable[str], entry: Entry) -> None:
        for number, text in enumerate(texts):
            try:
                spelled_out = self._spelled_out(text)
                negates = "n't" in text or bool(self._negations & set(_WORDS.findall(spelled_out)))
                negatable = entry.kind == "concept" and entry.status == "documented" and not negates
                self.phrases.append(compile_phrase(spelled_out, negatable=negatable, over_no=entry.kind != "cue"))
                self.entries.append(replace(entry, negates=negates))
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
    return Idiom(concepts, tuple(work.entries), PhraseIndex(work.phrases), attributions, frames, grammar)


def _marks_known(work: _Compiler) -> None:
    """A problem for every mark that ``silent_behind`` of a concept names and no file holds."""
    known = {entry.id for entry in work.entries if entry.kind == "mark"}
    for document, key, id_ in work.asked:
        if id_ not in known:
            work.problems.add(document.problem(("concept", "silent_behind", key), f"no mark is called {id_}"))


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
    for words_file, document in _files(folder, _WordsFile, work.problems):
        for name, words in words_file.words.items():
            if name in work.words:
                work.problems.add(document.problem(("words", name), f"'{name}' is taken by another file"))
            work.words[name] = f"({'|'.join(words.words)})"


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
    for concept_file, document in _files(folder, _ConceptFile, work.problems):
        concept = concept_file.concept
        if concept.id in concepts:
            work.problems.add(document.problem(("concept", "id"), f"'{concept.id}' is taken by another file"))
        concepts[concept.id] = concept
        if concept.silent_behind is not None:
            work.asked += [(document, key, id_) for key, id_ in concept.silent_behind]
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
    "concepts": _ConceptFile,
    "cues": _CueFile,
    "roles": _RoleFile,
    "marks": _MarkFile,
    ATTRIBUTION: AttributionFile,
}
"""Folder under ``rules/lexicon`` -> what each of its files holds."""

__all__ = ["FILES", "ConceptModel", "Entry", "Hit", "Idiom", "RuleError", "load_idiom"]
