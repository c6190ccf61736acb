"""What became of the findings since an earlier run: differences.json, and the page that shows the first of them."""

import json
import tempfile
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from checker.batch.differences import Cause, Difference, Differences, EarlierRun, Kind
from checker.batch.jsonlines import json_line, records
from checker.reporting.visible import folded

FILE = "differences.json"
SHOWN = 300
"""Differences of a kind on the page; differences.json has all."""

_IN_MEMORY = 16_000_000
_KINDS = {
    Kind.NEW: "New findings",
    Kind.GONE: "Findings that are gone",
    Kind.CHANGED: "Findings that say something else",
}
_SEEN = {"severity": "severity", "confidence": "confidence", "message": "message", "quotes": "words of the letter"}


@dataclass(frozen=True, slots=True)
class DifferenceView:
    """One difference; ``was`` tells what the earlier run said instead, by name."""

    doc: str
    label: str
    address: str
    item: int
    code: str
    rule: str
    severity: str
    message: str
    causes: tuple[str, ...]
    was: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class KindView:
    """The differences of one kind, and how many have each cause."""

    kind: str
    title: str
    count: int
    causes: tuple[tuple[str, int], ...]
    shown: tuple[DifferenceView, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A run beside an earlier one.

    Attributes:
        kinds: New, gone, changed.
        unchanged: How many findings are the same.
        letters: How many letters are the same, changed, added and removed.
        causes: How many of the differences have each cause.
        versions: What was the same and what was not: name, then, now.
    """

    kinds: tuple[KindView, ...]
    unchanged: int
    letters: tuple[tuple[str, int], ...]
    causes: tuple[tuple[str, int], ...]
    versions: tuple[tuple[str, str, str], ...]


class Comparing:
    """Compares a run with an earlier one.

    Attributes:
        told: What the manifest says of the earlier run.

    Args:
        earlier: The earlier run.
        manifest: What the manifest of the run at hand will say.
    """

    def __init__(self, earlier: EarlierRun, manifest: Mapping[str, Any]) -> None:
        self._was, self._now = earlier.manifest, manifest
        self._differences = Differences(earlier, manifest)
        self._shown: dict[Kind, list[Difference]] = {kind: [] for kind in _KINDS}
        self.told = {
            "tool": self._was["tool"],
            "rules": self._was["rules"]["sha256"],
            "inputs": self._was["inputs"]["sha256"],
        }

    def write(self, folder: Path) -> None:
        """Write differences.json into a run folder whose findings are written."""
        with tempfile.SpooledTemporaryFile(_IN_MEMORY, "w+", encoding="utf-8", newline="\n") as held:
            before = "\n"
            for difference in self._differences.found(records(folder / "findings.jsonl")):
                shown = self._shown[difference.kind]
                if len(shown) < SHOWN:
                    shown.append(difference)
                held.write(before + json_line(difference.record()).rstrip("\n"))
                before = ",\n"
            with (folder / FILE).open("w", encoding="utf-8", newline="\n") as out:
                self._compose(out, held)

    def _compose(self, out: IO[str], held: IO[str]) -> None:
        """Counts first, then the differences."""
        counts = self._differences
        head = {
            "schema": 1,
            "against": self.told,
            "findings": {kind.value: counts.findings[kind] for kind in Kind},
            "causes": {
                kind.value: {cause.value: counts.causes[kind, cause] for cause in Cause if counts.causes[kind, cause]}
                for kind in _KINDS
            },
            "letters": {name: counts.letters[name] for name in ("same", "changed", "added", "removed")},
        }
        out.write(json.dumps(head, indent=2, ensure_ascii=False).removesuffix("\n}"))
        out.write(',\n  "differences": [')
        held.seek(0)
        for line in held:
            out.write(line)
        out.write("\n  ]\n}\n")

    def view(self, pages_of: Callable[[Collection[str]], Mapping[str, str]]) -> Comparison:
        """What the page shows.

        Args:
            pages_of: Addresses of the pages of letters by their names, "" where one has none.
        """
        counts = self._differences
        docs = {found.doc for kind in _KINDS for found in self._shown[kind] if found.position}
        pages = pages_of(docs)
        return Comparison(
            tuple(self._kind(kind, pages) for kind in _KINDS),
            counts.findings[Kind.UNCHANGED],
            tuple((name, counts.letters[name]) for name in ("same", "changed", "added", "removed")),
            tuple((cause.value, sum(counts.causes[kind, cause] for kind in _KINDS)) for cause in Cause),
            self._versions(),
        )

    def _kind(self, kind: Kind, pages: Mapping[str, str]) -> KindView:
        counts = self._differences
        causes = [(cause.value, counts.causes[kind, cause]) for cause in Cause if counts.causes[kind, cause]]
        shown = tuple(_view(difference, pages) for difference in self._shown[kind])
        return KindView(kind.value, _KINDS[kind], counts.findings[kind], tuple(causes), shown)

    def _versions(self) -> tuple[tuple[str, str, str], ...]:
        return tuple(
            (name, _at(self._was, *path), _at(self._now, *path))
            for name, path in (
                ("imrcheck", ("tool",)),
                ("Python", ("python",)),
                ("Engine", ("engine", "name")),
                ("Rules", ("rules", "sha256")),
                ("Rules with lexicon, cues and guidelines", ("rules", "folder")),
                ("Input", ("inputs", "sha256")),
                ("Letters", ("inputs", "letters")),
            )
        )


def _at(manifest: Mapping[str, Any], *path: str) -> str:
    value: Any = manifest
    for name in path:
        value = value.get(name, "") if isinstance(value, Mapping) else ""
    return folded(str(value))


def _view(difference: Difference, pages: Mapping[str, str]) -> DifferenceView:
    finding = difference.finding
    page = pages.get(difference.doc, "") if difference.position else ""
    label = f"F{difference.position}" if difference.position else ""
    return DifferenceView(
        doc=folded(difference.doc),
        label=label,
        address=f"{page}#{label}" if page else "",
        item=finding["item"],
        code=finding["code"],
        rule=finding["rule"],
        severity=finding["severity"],
        message=folded(finding["message"]),
        causes=tuple(cause.value for cause in difference.causes),
        was=tuple((_SEEN.get(name, name), _words(value)) for name, value in difference.was.items()),
    )


def _words(value: Any) -> str:
    if isinstance(value, list):
        return folded("; ".join(f"“{quote}”" for quote in value))
    if isinstance(value, Mapping):
        return folded(", ".join(str(part) for part in value.values() if part))
    return folded(str(value))
