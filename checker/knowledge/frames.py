"""Tests and what may be said of them, as ``rules/lexicon/frames`` writes them.

Several files share the folder; each holds ``frames``, ``words``, or both::

    schema: 1
    frames:
      - id: mri                          # summary.test.mri.performed, summary.test.mri.result, rationale.test...
        title: Magnetic resonance imaging
        source: general English
        topics: [imaging-neck]           # which topics ask for it
        names: [mri]
        results:                         # value -> the words, or the status of a concept, that say so
          normal: {words: [normal], concepts: {imaging-lesion: denied}}
        both: abnormal                   # what two different results come to; left out: unclear
        agreement: {consistent: {words: [consistent]}, inconsistent: {words: [inconsistent]}}
    words:
      - {id: normal, as: result, stands: either, source: general English, phrases: [normal]}
    joined_by: [and]                     # words that join the names of a list
    shown_by: ["on"]                     # before a name: it is where something is seen, not what is spoken of
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import Field

from checker.knowledge.problems import Problems
from checker.knowledge.schema import Strict, load_model
from checker.knowledge.yamlfile import Document, Key

FOLDER = "frames"
PERFORMED = ("yes", "no", "not_documented", "planned", "unclear", "silent")
"""Values of ``performed``: done, not done, said to be missing from the record, only planned, both ways, not told."""

_ID = r"^[a-z][a-z0-9-]*$"


class Signs(Strict):
    """What gives a value: sets of words, or concepts with the status they must have."""

    words: tuple[str, ...] = ()
    concepts: Mapping[str, Literal["documented", "denied"]] = Field(default_factory=dict)


class FrameModel(Strict):
    """One test."""

    id: str = Field(pattern=_ID)
    title: str
    source: str
    topics: tuple[str, ...] = ()
    names: tuple[str, ...] = Field(min_length=1)
    results: Mapping[str, Signs] = Field(default_factory=dict)
    both: str = "unclear"
    agreement: Mapping[Literal["consistent", "inconsistent"], Signs] = Field(default_factory=dict)

    def slots(self) -> dict[str, tuple[str, ...]]:
        """The facts of a part of the letter about the test, each with its values."""
        found: dict[str, tuple[str, ...]] = {"performed": PERFORMED}
        for slot, value, _ in self.signs():
            found[slot] = (*found.get(slot, ()), value)
        return {
            slot: values if slot == "performed" else (*values, "unclear", "silent") for slot, values in found.items()
        }

    def signs(self) -> Iterator[tuple[str, str, Signs]]:
        """Slot, value and what gives it, in the order of the file."""
        yield from (("result", value, signs) for value, signs in self.results.items())
        yield from (("agreement", value, signs) for value, signs in self.agreement.items())


class WordsModel(Strict):
    """Phrases that say one thing of a test.

    Attributes:
        as_: result, done, undone, shown (done, and the sentence tells what came out), missing (from the record), other
            (another finding begins) or it (the sentence goes on about the test before).
        stands: On which side of the name.
        reach: How many words may lie between, for ``done`` and ``undone``.
    """

    id: str = Field(pattern=_ID)
    as_: Literal["result", "done", "undone", "shown", "missing", "other", "it"] = Field(alias="as")
    stands: Literal["before", "after", "either"]
    reach: int = Field(default=12, ge=0, le=40)
    source: str
    phrases: tuple[str, ...] = Field(min_length=1)


class FramesFile(Strict):
    """One file of the folder."""

    schema_: Literal[1] = Field(alias="schema")
    frames: tuple[FrameModel, ...] = ()
    words: tuple[WordsModel, ...] = ()
    joined_by: tuple[str, ...] = ()
    shown_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """A test, ready for reading.

    Attributes:
        id: Name; the facts come from it.
        both: What two different results come to.
        by_words: Id of a set of words -> what it says: slot (result or agreement) and value.
        by_concept: Concept and its status -> slot and value.
    """

    id: str
    both: str
    by_words: Mapping[str, tuple[tuple[str, str], ...]]
    by_concept: Mapping[tuple[str, str], tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Frames:
    """All tests.

    Attributes:
        by_id: The tests.
        joined_by: Words that join the names of a list.
        shown_by: Words before a name that make it the place where something is seen.
    """

    by_id: Mapping[str, Frame]
    joined_by: frozenset[str]
    shown_by: frozenset[str]


def compiled(model: FrameModel) -> Frame:
    """A test as the observer uses it."""
    by_words: dict[str, list[tuple[str, str]]] = {}
    by_concept: dict[tuple[str, str], tuple[str, str]] = {}
    for slot, value, signs in model.signs():
        for id_ in signs.words:
            by_words.setdefault(id_, []).append((slot, value))
        for concept, status in signs.concepts.items():
            by_concept[concept, status] = (slot, value)
    return Frame(model.id, model.both, {id_: tuple(said) for id_, said in by_words.items()}, by_concept)


def frame_files(rules: Path, problems: Problems) -> Iterator[tuple[FramesFile, Document]]:
    """Every file of ``rules/lexicon/frames``; mistakes go to ``problems``."""
    for path in sorted((rules / "lexicon" / FOLDER).glob("*.yaml")):
        with problems.gathered():
            yield load_model(path, FramesFile)


def load_frames(rules: Path, problems: Problems) -> dict[str, FrameModel]:
    """The tests by id, in the order of their ids; mistakes go to ``problems``."""
    frames: dict[str, FrameModel] = {}
    files = list(frame_files(rules, problems))
    words = {group.id for held, _ in files for group in held.words}
    topics = {path.parent.name for path in (rules / "criteria").glob("*/topic.yaml")}
    for held, document in files:
        for number, frame in enumerate(held.frames):
            for keys, message in _mistakes(frame, words, topics, frames):
                problems.add(document.problem(("frames", number, *keys), message))
            frames[frame.id] = frame
    return dict(sorted(frames.items()))


def _mistakes(
    frame: FrameModel, words: set[str], topics: set[str], taken: Mapping[str, FrameModel]
) -> Iterator[tuple[tuple[Key, ...], str]]:
    if frame.id in taken:
        yield ("id",), f"'{frame.id}' is taken by another frame"
    if frame.both not in (*frame.results, "unclear"):
        yield ("both",), f"{frame.both} is no result of this frame"
    for number, topic in enumerate(frame.topics):
        if topics and topic not in topics:
            yield ("topics", number), f"no topic is called {topic}"
    for slot, value, signs in frame.signs():
        for number, id_ in enumerate(signs.words):
            if id_ not in words:
                key = "results" if slot == "result" else slot
                yield (key, value, "words", number), f"no words are called {id_}"
