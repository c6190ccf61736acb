"""The five steps in a row: what ``imrcheck check`` and ``from checker import Checker`` both do with one letter."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from checker.across import Across
from checker.judging import Judge
from checker.knowledge.folders import RulesFolder, open_rules
from checker.knowledge.guidelines import load_guidelines
from checker.knowledge.idiom import load_idiom
from checker.knowledge.lexicon import load_lexicon
from checker.knowledge.problems import Problems
from checker.knowledge.resources import folder_digest
from checker.knowledge.stored import stored
from checker.knowledge.topics import load_topics
from checker.model.determination import Determination, Status
from checker.model.facts import UNKNOWN, Facts, FactValue
from checker.model.findings import Judgement
from checker.model.source import SourceText, Unreadable
from checker.observing import Knowledge, observe
from checker.parsing import parse
from checker.reading import read
from checker.reading.text import source_from_text
from checker.rulebook import Rulebook, load_rulebook
from checker.rulebook.book import GUIDELINE_DATE

Checked = Judgement | Determination | Unreadable
"""What comes of one letter: a judgement; a determination of unknown layout, which no rule judges; or unreadable."""


class Checker:
    """Checks determinations against a rule book.

    Example:
        >>> from checker import Checker
        >>> for checked in Checker().check("letter.pdf"):
        ...     for finding in checked.findings:
        ...         print(finding.code, finding.message)

    Args:
        rules: Folder of the rules, or several. One that holds a vocabulary and sources stands alone; any other is laid
            over the rules that come with the program (see ``checker.knowledge.folders``). Left out, those alone.
        engine: ``auto`` (durable-rules where it imports, else the reference reading), ``durable-rules`` or
            ``reference``.

    Raises:
        RuleError: The rules folder cannot be used; every mistake with file, line and column.
    """

    def __init__(self, rules: Path | Sequence[Path] | RulesFolder | None = None, engine: str = "auto") -> None:
        self._given = (rules, engine)
        self.folder = _opened(rules)
        self.rules_digest = folder_digest(self.folder.path)
        self.rulebook, self.knowledge = loaded(self.folder, self.rules_digest)
        self.lexicon = self.knowledge.lexicon
        self.judge = _judge(self.folder, self.rules_digest, engine)

    def __reduce__(self) -> tuple[type["Checker"], tuple[object, str]]:
        """Another process loads the rules for itself."""
        return Checker, self._given

    def check(self, letters: str | Path | Iterable[str | Path]) -> Iterator[Checked]:
        """Reads, parses, observes and judges letters.

        Args:
            letters: A path, several paths, folders or patterns; see ``checker.reading.read``.

        Yields:
            One result a letter, in input order.
        """
        paths = [letters] if isinstance(letters, str | Path) else letters
        for source in read([str(path) for path in paths]):
            yield self.check_source(source)

    def check_text(self, text: str, doc: str = "letter") -> Judgement | Determination:
        """Checks one letter that is already in memory.

        Args:
            text: The text of the letter.
            doc: What to call it.
        """
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        return self._judged(parse(source_from_text(text, doc, doc, digest), self.lexicon))

    def check_source(self, source: SourceText | Unreadable) -> Checked:
        """Checks one letter that was read."""
        return source if isinstance(source, Unreadable) else self._judged(parse(source, self.lexicon))

    def observe(self, determination: Determination) -> Facts:
        """The facts of a determination, before any rule."""
        return observe(determination, self.knowledge)

    def governed(self, source: SourceText | Unreadable) -> FactValue | None:
        """The day by whose guidelines a letter is judged, "unknown" where none is known; None where it is not."""
        if isinstance(source, Unreadable):
            return None
        determination = parse(source, self.lexicon)
        if determination.status is Status.UNKNOWN_LAYOUT:
            return None
        fact = self.observe(determination).letter.facts.get(GUIDELINE_DATE)
        return fact.value if fact else UNKNOWN

    def across(self) -> Across | None:
        """What compares the letters of one run with each other; None where the rules do not say how.

        Example:
            >>> with checker.across() as across:
            ...     for place, letter in enumerate(checker.check("letters")):
            ...         if isinstance(letter, Judgement):
            ...             across.add(place, letter)
            ...     for found in across.found():
            ...         print(found.doc, [finding.message for finding in found.findings])
        """
        settings = self.rulebook.across
        if settings is None or not any(rule.scope == "batch" for rule in self.rulebook.active):
            return None
        return Across(self.rulebook, self.judge, self.knowledge.guidelines, self.lexicon, settings)

    def _judged(self, determination: Determination) -> Judgement | Determination:
        if determination.status is Status.UNKNOWN_LAYOUT:
            return determination
        return self.judge.judge(self.observe(determination))


@lru_cache(maxsize=2)
def loaded(folder: RulesFolder, digest: str) -> tuple[Rulebook, Knowledge]:
    """Everything that a folder of rules holds; read once for each content of it, nothing of it ever changes.

    Args:
        folder: The folder.
        digest: Hash of what is in it now.

    Raises:
        RuleError: Every mistake of every file.
    """
    return stored("rules", folder, lambda: _read(folder.path))


def _read(folder: Path) -> tuple[Rulebook, Knowledge]:
    problems = Problems()
    with problems.gathered():
        rulebook = load_rulebook(folder)
    with problems.gathered():
        idiom = load_idiom(folder)
    with problems.gathered():
        guidelines = load_guidelines(folder)
    with problems.gathered():
        topics = load_topics(folder)
    with problems.gathered():
        lexicon = load_lexicon(folder)
    problems.refuse()
    knowledge = Knowledge(
        lexicon=lexicon, idiom=idiom, guidelines=guidelines, topics=topics, vocabulary=rulebook.vocabulary
    )
    return rulebook, knowledge


@lru_cache(maxsize=4)
def _judge(folder: RulesFolder, digest: str, engine: str) -> Judge:
    """The judge over a folder of rules; durable-rules never gives back the memory of one, so it is made once."""
    return Judge(loaded(folder, digest)[0], engine)


def _opened(rules: Path | Sequence[Path] | RulesFolder | None) -> RulesFolder:
    if isinstance(rules, RulesFolder):
        return rules
    return open_rules([rules] if isinstance(rules, Path) else rules or ())
