"""What two runs say differently, and what changed between them: letter, rule, program, filters.

The earlier run is never held: of each of its letters a name and a place in its file are kept.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, BinaryIO

from checker.batch.errors import NoEarlierRunError
from checker.model.facts import Confidence
from checker.model.findings import Severity

MANIFEST = "manifest.json"
FINDINGS = "findings.jsonl"
_SEEN = ("severity", "confidence", "message", "reference")

Record = Mapping[str, Any]
"""A letter, or a finding, in the wire format of check."""


class Kind(StrEnum):
    """What became of a finding from the earlier run to this."""

    NEW = "new"
    GONE = "gone"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


class Cause(StrEnum):
    """What changed of all that a finding rests on, and so can be why it is new, gone or changed; several may hold."""

    LETTER_ADDED = "letter added"
    LETTER_REMOVED = "letter removed"
    LETTER_CHANGED = "letter changed"
    RULE_ADDED = "rule added"
    RULE_REMOVED = "rule removed"
    RULE_CHANGED = "rule changed"
    FILTERS_CHANGED = "filters changed"
    LEXICON_CHANGED = "lexicon, cues or guidelines changed"
    TOOL_CHANGED = "tool changed"
    NEIGHBOURS_CHANGED = "other letters changed"
    UNKNOWN = "no cause found"


@dataclass(frozen=True, slots=True)
class Difference:
    """A finding of which the two runs say something different.

    Attributes:
        kind: New, gone or changed.
        causes: In the order of ``Cause``; never empty.
        doc: Name of the letter.
        position: Place of the finding among those of its letter, from 1; 0 where it is gone.
        finding: In the wire format, as it is now; as it was where it is gone.
        was: What the earlier run said instead, by name, where it is changed.
    """

    kind: Kind
    causes: tuple[Cause, ...]
    doc: str
    position: int
    finding: Record
    was: Record

    def record(self) -> dict[str, Any]:
        """The difference as JSON holds it."""
        finding = self.finding
        told = {
            "kind": self.kind.value,
            "causes": [cause.value for cause in self.causes],
            "doc": self.doc,
            **{name: finding[name] for name in ("item", "code", "rule", "severity", "confidence", "message")},
            "fingerprint": finding["fingerprint"],
        }
        return told | ({"was": dict(self.was)} if self.was else {})


class EarlierRun:
    """A finished run to compare with; making it reads all of its findings once.

    Args:
        folder: Its folder.
        redacted: Whether the run at hand is masked; one that is and one that is not have no letter in common, and what
            is gone would be told unmasked.

    Raises:
        NoEarlierRunError: The folder holds no run that was completed, or one that cannot be read or compared.
    """

    def __init__(self, folder: Path, *, redacted: bool = False) -> None:
        self._findings = folder / FINDINGS
        self._places: dict[bytes, list[tuple[bytes, int]]] = {}
        try:
            self.manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
            if self.manifest["program"] != "imrcheck" or not isinstance(self.manifest["rules"]["each"], dict):
                raise ValueError("another program's manifest")
            self._index()
        except FileNotFoundError as error:
            raise NoEarlierRunError(f"{folder} holds no finished run to compare with") from error
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            why = f"the run to compare with cannot be read ({type(error).__name__})"
            raise NoEarlierRunError(f"{folder}: {why}; make it again") from error
        if bool(self.manifest.get("config", {}).get("redacted")) != redacted:
            raise NoEarlierRunError(f"{folder}: of the two runs one is masked and one is not; compare two of a kind")

    def _index(self) -> None:
        with self._findings.open("rb") as lines:
            at = 0
            for line in lines:
                record = json.loads(line)
                for finding in record["findings"]:
                    _key(finding)
                    _seen(finding)
                self._places.setdefault(_short(record["doc"]), []).append((_short(record["sha256"]), at))
                at += len(line)

    def letters(self, now: Iterator[Record]) -> Iterator[tuple[Record | None, Record | None]]:
        """Each letter as it was and as it is; None where a run does not have it. Can be asked for once.

        Of letters with one name, those with the same bytes belong together.

        Args:
            now: The letters of the run at hand.
        """
        with self._findings.open("rb") as lines:
            for record in now:
                yield self._taken(lines, record), record
            for places in self._places.values():
                for _, at in places:
                    yield _line(lines, at), None

    def _taken(self, lines: BinaryIO, record: Record) -> Record | None:
        name = _short(record["doc"])
        places = self._places.get(name)
        if not places:
            return None
        sha256 = _short(record["sha256"])
        found = places.pop(next((n for n, (had, _) in enumerate(places) if had == sha256), 0))
        if not places:
            del self._places[name]
        return _line(lines, found[1])


def _short(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "backslashreplace")).digest()[:12]


def _line(lines: BinaryIO, at: int) -> Record:
    lines.seek(at)
    record: Record = json.loads(lines.readline())
    return record


class Differences:
    """Compares a run with an earlier one.

    Attributes:
        findings: How many are new, gone, changed and unchanged.
        causes: The same by cause.
        letters: How many letters are the same, changed, added and removed.

    Args:
        earlier: The earlier run.
        now: What the manifest of the run at hand will say.
    """

    def __init__(self, earlier: EarlierRun, now: Record) -> None:
        self.findings: Counter[Kind] = Counter()
        self.causes: Counter[tuple[Kind, Cause]] = Counter()
        self.letters: Counter[str] = Counter()
        self._earlier = earlier
        self._changes = _Changes(earlier.manifest, now)

    def found(self, letters: Iterator[Record]) -> Iterator[Difference]:
        """What is different, letter by letter; letters that are gone come last. The counts are right after the last.

        Args:
            letters: Those of the run at hand, in the wire format of check.
        """
        for was, now in self._earlier.letters(letters):
            self.letters[_letter(was, now)] += 1
            for difference in self._of_letter(was, now):
                self.findings[difference.kind] += 1
                for cause in difference.causes:
                    self.causes[difference.kind, cause] += 1
                if difference.kind is not Kind.UNCHANGED:
                    yield difference

    def _of_letter(self, was: Record | None, now: Record | None) -> Iterator[Difference]:
        doc = (now or was or {})["doc"]
        before = list(was["findings"]) if was else []
        after = list(enumerate(now["findings"], 1)) if now else []
        for position, finding, old in _paired(before, after):
            told = finding or old or {}
            kind = _kind(finding, old)
            changed = () if kind is Kind.UNCHANGED else self._changes.of(was, now, told, kind)
            yield Difference(kind, changed, doc, position, told, _was(finding, old))


def _letter(was: Record | None, now: Record | None) -> str:
    if was is None or now is None:
        return "added" if was is None else "removed"
    return "same" if was["sha256"] == now["sha256"] else "changed"


def _paired(
    before: Sequence[Record], after: Sequence[tuple[int, Record]]
) -> Iterator[tuple[int, Record | None, Record | None]]:
    """Findings of a letter now and earlier: by fingerprint, then those of one rule and item whose words changed."""
    waiting: dict[str, list[Record]] = {}
    for finding in before:
        waiting.setdefault(finding["fingerprint"], []).append(finding)
    pairs: dict[int, Record] = {}
    for position, finding in after:
        same = waiting.get(finding["fingerprint"])
        if same:
            pairs[position] = same.pop(0)
    left = [finding for findings in waiting.values() for finding in findings]
    for position, finding in after:
        if position not in pairs:
            moved = next((old for old in left if _key(old) == _key(finding)), None)
            if moved is not None:
                left.remove(moved)
                pairs[position] = moved
        yield position, finding, pairs.get(position)
    for gone in left:
        yield 0, None, gone


def _key(finding: Record) -> tuple[str, int]:
    return finding["rule"], finding["item"]


def _seen(finding: Record) -> dict[str, Any]:
    """What a reader sees of a finding."""
    told = {name: finding[name] for name in _SEEN}
    return told | {"quotes": [words["quote"] for words in finding["evidence"]]}


def _kind(finding: Record | None, old: Record | None) -> Kind:
    if finding is None or old is None:
        return Kind.GONE if finding is None else Kind.NEW
    same = finding["fingerprint"] == old["fingerprint"] and not _was(finding, old)
    return Kind.UNCHANGED if same else Kind.CHANGED


def _was(finding: Record | None, old: Record | None) -> dict[str, Any]:
    """What a reader saw of a finding earlier and does not see now."""
    if finding is None or old is None:
        return {}
    now = _seen(finding)
    return {name: value for name, value in _seen(old).items() if now[name] != value}


class _Changes:
    """What changed between two runs."""

    def __init__(self, was: Record, now: Record) -> None:
        self._was, self._now = was, now
        self._lexicon = was["rules"].get("folder") != now["rules"].get("folder")
        self._tool = any(was.get(name) != now.get(name) for name in ("tool", "python", "engine"))
        self._inputs = was.get("inputs", {}).get("sha256") != now.get("inputs", {}).get("sha256")

    def of(self, was: Record | None, now: Record | None, finding: Record, kind: Kind) -> tuple[Cause, ...]:
        """What of it a finding rests on."""
        if was is None or now is None:
            return (Cause.LETTER_ADDED if was is None else Cause.LETTER_REMOVED,)
        other = self._was if kind is Kind.NEW else self._now
        if kind is not Kind.CHANGED and not _passes(finding, other.get("config", {})):
            return (Cause.FILTERS_CHANGED,)
        rule = self._rule(finding["rule"])
        causes = {
            Cause.LETTER_CHANGED: was["sha256"] != now["sha256"],
            **dict.fromkeys(rule, True),
            Cause.LEXICON_CHANGED: self._lexicon and not rule,
            Cause.TOOL_CHANGED: self._tool,
            Cause.NEIGHBOURS_CHANGED: self._inputs and bool(finding.get("beside")),
        }
        return tuple(cause for cause in Cause if causes.get(cause)) or (Cause.UNKNOWN,)

    def _rule(self, rule: str) -> tuple[Cause, ...]:
        was, now = self._was["rules"]["each"].get(rule), self._now["rules"]["each"].get(rule)
        if was == now:
            return ()
        if was is None or now is None:
            return (Cause.RULE_ADDED if was is None else Cause.RULE_REMOVED,)
        return (Cause.RULE_CHANGED,)


def _passes(finding: Record, config: Record) -> bool:
    """Whether the filters of a run let a finding through; those beside other letters need the letters compared."""
    if finding.get("beside") and config.get("across") is False:
        return False
    select, ignore = config.get("select") or (), config.get("ignore") or ()
    code = finding["code"].upper()
    return (
        Severity(finding["severity"]).rank >= Severity(config.get("severity", Severity.NOTE)).rank
        and Confidence(finding["confidence"]).rank >= Confidence(config.get("confidence", Confidence.LOW)).rank
        and (not select or code.startswith(tuple(s.upper() for s in select)))
        and not code.startswith(tuple(s.upper() for s in ignore))
    )
