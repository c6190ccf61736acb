"""The run folder: manifest, JSON Lines and Parquet. It is the truth of a run; every report is a view of it."""

import datetime
import hashlib
import json
import shutil
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from checker.batch.data import LISTED, DataMaker, DataPart, unpacked
from checker.batch.errors import FolderTakenError
from checker.batch.jsonlines import json_line, json_text
from checker.batch.letters import Letter, Tally
from checker.batch.partitions import PARTS
from checker.batch.tables import COUNTS, FACTS, FINDINGS, ITEMS, Table, finding_rows, item_rows
from checker.batch.versions import Versions
from checker.model.facts import FactValue
from checker.model.findings import Finding, Judgement

MANIFEST = "manifest.json"
UNFINISHED = "UNFINISHED"

PAGES = "d"
"""Folder of the pages of letters."""
STORE = "pages.parquet"
"""The pages of all letters, packed."""
STORE_BEFORE = "pages.parquet.before"
"""The store of the run before, from which pages that did not change are taken while a run is written."""

_DATA = ("determinations.jsonl", "findings.jsonl", "facts.parquet", "findings.parquet", "items.parquet")
_DIFFERENCES = "differences.json"
_REPORT = (
    *("index.html", "letters.html", "rules.html", "differences.html", "manifest.html", "audit.html", "report.html"),
    *("assets", "codes", "data", "rules"),
)
_FIRST = "findings.jsonl.first"
"""findings.jsonl as it was before the letters were compared, while it is written anew."""
_OWN = (MANIFEST, UNFINISHED, _FIRST, "run-log.json", *_DATA, _DIFFERENCES, *_REPORT)


def prepare(folder: Path, *, keep_pages: bool = True) -> None:
    """Make an empty run folder, or clear an earlier run out of one.

    Only what a run writes is removed. Pages of letters stay until the new run knows which of them still hold. The mark
    UNFINISHED stands until the run is complete.

    Args:
        folder: The run folder.
        keep_pages: False takes pages away at once, and the parts of a run that was stopped: a run that masks letters
            leaves none of before, even when it is killed.

    Raises:
        FolderTakenError: The folder holds files and no run of this program.
    """
    if folder.exists() and not folder.is_dir():
        raise FolderTakenError(f"{folder} is a file; name a folder")
    if folder.is_dir() and any(folder.iterdir()) and not _is_run(folder):
        raise FolderTakenError(f"{folder} is not empty and holds no earlier run; name another folder")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / UNFINISHED).write_text("This run was not completed; what lies here is not the whole of it.\n", "utf-8")
    for name in _OWN:
        if name != UNFINISHED:
            _remove(folder / name)
    if not keep_pages:
        _remove(folder / PAGES)
        _remove(folder / STORE)
        _remove(folder / STORE_BEFORE)
        _remove(folder / PARTS)
    if (folder / STORE_BEFORE).is_file():  # the run before was not completed, so its own store is not the whole of it
        (folder / STORE).unlink(missing_ok=True)
    elif (folder / STORE).is_file():
        (folder / STORE).rename(folder / STORE_BEFORE)
    _clear_of_others(folder / PAGES)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _clear_of_others(pages: Path) -> None:
    """Take away what no run put among the pages, links above all: nothing may be written through them."""
    if pages.is_symlink() or pages.is_file():
        pages.unlink()
    if not pages.is_dir():
        return
    for below in pages.iterdir():
        if below.is_symlink() or not below.is_dir():
            below.unlink()
            continue
        for page in below.iterdir():
            if page.is_dir() and not page.is_symlink():
                shutil.rmtree(page)
            elif page.is_symlink() or page.suffix != ".html":
                page.unlink()
        if not any(below.iterdir()):
            below.rmdir()
    if not any(pages.iterdir()):
        pages.rmdir()


def _is_run(folder: Path) -> bool:
    if (folder / UNFINISHED).is_file():
        return True
    try:
        manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(manifest, dict) and manifest.get("program") == "imrcheck"


class RunFolder:
    """Writes the data of a run letter by letter; on leaving without an error, the manifest.

    Args:
        folder: An empty folder, see ``prepare``.
        versions: What makes the run.
        defaults: The vocabulary's default of each fact name, for facts.parquet.
    """

    def __init__(self, folder: Path, versions: Versions, defaults: Mapping[str, FactValue]) -> None:
        self._folder = folder
        self._versions = versions
        self._defaults = defaults
        self._inputs = hashlib.sha256()
        self._not_checked: list[dict[str, Any]] = []
        self._first: IO[bytes] | None = None
        self._written = 0
        self._left = ExitStack()

    def __enter__(self) -> Self:
        """Open the files."""
        self._determinations = self._left.enter_context(_lines(self._folder / "determinations.jsonl"))
        self._findings = self._left.enter_context(_lines(self._folder / "findings.jsonl"))
        meaning = {"defaults": json.dumps(dict(sorted(self._defaults.items())))}
        self._tables = [
            self._left.enter_context(Table(self._folder / name, schema, metadata))
            for name, schema, metadata in (
                ("findings.parquet", FINDINGS, None),
                ("items.parquet", ITEMS, None),
                ("facts.parquet", FACTS, meaning),
            )
        ]
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the files; ``finish`` has to be called after that."""
        if self._first is not None:
            self._findings.writelines(self._first)
        (self._folder / _FIRST).unlink(missing_ok=True)
        self._left.__exit__(kind, error, trace)

    def add(self, letter: Letter, parsed: Mapping[str, Any], checked: Mapping[str, Any]) -> None:
        """Write one letter.

        Args:
            letter: What became of it.
            parsed: Its object in the wire format of parse.
            checked: Its object in the wire format of check.
        """
        maker = DataMaker(self._defaults)
        maker.add(letter, parsed, checked)
        self.take(maker.part())

    def take(self, part: DataPart) -> None:
        """Write the letters that follow those written so far.

        Args:
            part: Their data.
        """
        self._determinations.write(part.determinations)
        self._findings.write(part.findings)
        self._inputs.update(part.inputs)
        for table, packed in zip(self._tables, part.tables, strict=True):
            table.take(unpacked(packed))
        self._not_checked += part.not_checked[: LISTED - len(self._not_checked)]

    def again(self, place: int, letter: Judgement, more: Sequence[Finding], checked: Mapping[str, Any]) -> None:
        """Write a letter anew that has been written; places ascend, and ``add`` is over.

        Args:
            place: Its place in the run.
            letter: The letter with all its findings.
            more: Those that it did not have the first time.
            checked: Its object in the wire format of check.
        """
        if self._first is None:
            self._findings.close()
            first = self._folder / _FIRST
            (self._folder / "findings.jsonl").rename(first)
            self._first = self._left.enter_context(first.open("rb"))
            self._findings = self._left.enter_context(_lines(self._folder / "findings.jsonl"))
        self._findings.writelines(islice(self._first, place - self._written))
        next(self._first)
        self._findings.write(json_line(checked).encode("utf-8"))
        self._written = place + 1
        findings, items, _ = self._tables
        findings.add(finding_rows(replace(letter, findings=tuple(more))))
        concerned = {finding.item for finding in more}
        for row in item_rows(letter):
            if row["item"] in concerned:
                items.again(row, COUNTS)

    def manifest(self, tally: Tally, exit_code: int, config: Mapping[str, Any]) -> dict[str, Any]:
        """What the manifest says, but for the hashes of the files.

        Args:
            tally: Counts of the run.
            exit_code: Exit code of the run.
            config: Options that change what the run holds.
        """
        versions = self._versions
        return {
            "schema": 1,
            "program": "imrcheck",
            "tool": versions.tool,
            "python": versions.python,
            "engine": {"name": versions.engine, "why": versions.engine_reason},
            "rules": _rules(versions),
            "inputs": {
                "letters": tally.letters,
                "sha256": self._inputs.hexdigest(),
                "of": "one line a letter in input order, '<sha256> <doc>'; determinations.jsonl lists them",
            },
            "counts": tally.as_dict(),
            "not_checked": {"count": tally.not_checked, "letters": self._not_checked},
            "exit_code": exit_code,
            "config": dict(config),
        }

    def hashes(self) -> dict[str, str]:
        """SHA-256 of each file of data, the differences from an earlier run included; the files are closed."""
        there = (name for name in (*_DATA, STORE, _DIFFERENCES) if (self._folder / name).is_file())
        return {name: _sha256(self._folder / name) for name in there}

    def finish(self, manifest: Mapping[str, Any]) -> None:
        """Write the manifest and take the mark UNFINISHED away; everything else is written."""
        (self._folder / STORE_BEFORE).unlink(missing_ok=True)
        (self._folder / MANIFEST).write_text(json_text(manifest), "utf-8", newline="\n")
        (self._folder / UNFINISHED).unlink()


def _rules(versions: Versions) -> dict[str, Any]:
    told: dict[str, Any] = {"sha256": versions.rules, "folder": versions.folder, "each": dict(versions.rule_hashes)}
    if versions.layers:
        told["layers"] = [{"name": name, "sha256": digest} for name, digest in versions.layers]
        told["from"] = dict(versions.own)
    return told


def _lines(path: Path) -> Any:
    return path.open("wb")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_log(
    folder: Path, started: datetime.datetime, finished: datetime.datetime, seconds: float, tally: Tally
) -> None:
    """Write run-log.json: what differs from run to run, and therefore stands nowhere else.

    Args:
        folder: The run folder.
        started: When the run began, by the clock on the wall.
        finished: When it ended; before it began where that clock was set back meanwhile.
        seconds: What it took, by a clock that nobody sets.
        tally: Counts of the run.
    """
    log = {
        "started": started.isoformat(timespec="seconds"),
        "finished": finished.isoformat(timespec="seconds"),
        "seconds": round(seconds, 3),
        "letters_a_second": round(tally.letters / seconds, 1) if seconds else None,
    }
    (folder / "run-log.json").write_text(json_text(log), "utf-8", newline="\n")
