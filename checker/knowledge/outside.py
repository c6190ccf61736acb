"""Guidelines outside the MTUS: by what words letters name them, their chapters, and where their subjects live."""

from collections.abc import Mapping
from dataclasses import dataclass

from checker.knowledge.guideline_files import OutsideSpec
from checker.knowledge.names import Mention, Names
from checker.knowledge.subjects import Subject, subject


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter of a guideline outside the MTUS; see ``ChapterSpec`` in guideline_files.py."""

    id: str
    regions: frozenset[str]
    shared_regions: frozenset[str]
    imaged_elsewhere: frozenset[str]
    general: bool
    elsewhere: Subject


@dataclass(frozen=True, slots=True)
class Home:
    """Where a subject lives; see ``HomeSpec`` in guideline_files.py."""

    what: str
    covers: Subject
    chapters: frozenset[str]
    unlikely: bool
    not_words: Names
    mark: str


@dataclass(frozen=True, slots=True)
class OutsideCitation:
    """A citation outside the MTUS, resolved.

    Attributes:
        guideline: Id of the guideline.
        chapter: The chapter it names, None where it names none.
        homes: Subjects whose entry it names.
        guideline_homes: All subjects of the guideline.
    """

    guideline: str
    chapter: Chapter | None
    homes: tuple[Home, ...]
    guideline_homes: tuple[Home, ...]


@dataclass(frozen=True, slots=True)
class OutsideGuideline:
    """One guideline outside the MTUS with its finders."""

    id: str
    title: str
    chapters: Mapping[str, Chapter]
    homes: tuple[Home, ...]
    _names: Names
    _chapter_names: Names
    _entries: Names

    def names_itself(self, text: str) -> Mention | None:
        """Where the text names this guideline, None where it does not."""
        found = self._names.find(text)
        return found[0] if found else None

    def chapters_in(self, text: str) -> tuple[Mention, ...]:
        """Every name of a chapter in the text, in order; ``entry`` is a key of ``chapters``."""
        return self._chapter_names.find(text)

    def resolve(self, text: str) -> OutsideCitation:
        """Chapter and entry that a citation of this guideline names."""
        named = self._names.find(text)
        rest = text[named[-1].end :] if named else text
        if not rest.strip(" ,.:;()-"):
            rest = text[: named[0].start] if named else text
        chapters = self._chapter_names.find(rest)
        chapter = self.chapters[chapters[0].entry] if chapters else None
        entries = self._entries.find(rest)
        numbers = {int(number) for mention in entries for number in mention.entry.split()}
        homes = tuple(self.homes[number] for number in sorted(numbers))
        return OutsideCitation(self.id, chapter, homes, self.homes)


def build_outside(spec: OutsideSpec) -> OutsideGuideline:
    """The guideline that a file describes."""
    chapters = {
        c.id: Chapter(
            c.id,
            frozenset(c.regions),
            frozenset(c.shared_regions),
            frozenset(c.imaged_elsewhere),
            c.general,
            subject(c.elsewhere),
        )
        for c in spec.chapters
    }
    entries: dict[str, list[str]] = {}
    for number, home in enumerate(spec.homes):
        for entry in home.entries:
            entries.setdefault(entry, []).append(str(number))
    return OutsideGuideline(
        id=spec.id,
        title=spec.title,
        chapters=chapters,
        homes=tuple(
            Home(
                home.what,
                subject(home.covers),
                frozenset(home.chapters),
                home.unlikely,
                Names((word, word) for word in home.not_words),
                home.mark,
            )
            for home in spec.homes
        ),
        _names=Names((name, spec.id) for name in spec.names),
        _chapter_names=Names((name, c.id) for c in spec.chapters for name in c.names),
        _entries=Names((entry, " ".join(numbers)) for entry, numbers in entries.items()),
    )
