"""Which letters differ from those of an earlier commit of the checkout they stand in."""

import os
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from checker.model.source import SourceText, Unreadable
from checker.reading import read, row_of

_SECONDS = 120
_OF_A_HOOK = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX")


class ChangedError(Exception):
    """What has changed cannot be told; one line."""


@dataclass(slots=True)
class Base:
    """The letters of an earlier commit.

    Attributes:
        commit: The commit compared with: where the branch left REF, as a pull request shows it.
        unchanged: Letters passed over so far.
    """

    commit: str
    unchanged: int = 0
    _changed: dict[Path, frozenset[str]] = field(default_factory=dict)

    def holds(self, path: Path) -> bool:
        """Whether the commit has this file with the same bytes; of a link git knows only where it leads.

        Raises:
            ChangedError: git cannot be asked.
        """
        if path.is_symlink():
            return False
        folder = path.parent.resolve()
        if folder not in self._changed:
            self._changed[folder] = self._names_changed(folder)
        same = path.name not in self._changed[folder]
        self.unchanged += same
        return same

    def _names_changed(self, folder: Path) -> frozenset[str]:
        """The names of the files of a folder, not below it, that differ from the commit or are not in it."""
        differing = _git(folder, "diff", "--name-only", "--no-renames", "--relative", "-z", self.commit, "--", ".")
        unknown = _git(folder, "ls-files", "--others", "-z", "--", ".")
        names = (name.decode("utf-8", "surrogateescape") for name in (differing + unknown).split(b"\0"))
        return frozenset(name for name in names if name and "/" not in name)

    def new(self, letters: Iterable[SourceText | Unreadable]) -> Iterator[SourceText | Unreadable]:
        """Of the letters in files of many, those that the file did not hold with the same bytes; all others.

        Raises:
            ChangedError: git cannot be asked.
        """
        file, hashes = "", frozenset[str]()
        for letter in letters:
            path, _ = row_of(letter.source)
            if path != file:
                # Letters of one file come one after the other: one file's hashes are enough.
                file, hashes = path, self._hashes(Path(path)) if path else frozenset()
            if letter.sha256 and letter.sha256 in hashes:
                self.unchanged += 1
            else:
                yield letter

    def _hashes(self, path: Path) -> frozenset[str]:
        """The hashes of the letters that a file held at the commit; none where it did not exist."""
        if not path.is_file():  # rows of a member of an archive
            return frozenset()
        folder = path.parent.resolve()
        listed = _git(folder, "ls-tree", "-z", self.commit, "--", path.name)
        if not listed:
            return frozenset()
        blob = listed.split(b"\t", 1)[0].split()[2].decode("ascii")
        with tempfile.TemporaryDirectory() as apart:
            # Only the suffix of the name is taken over: it decides how the file is read.
            copy = Path(apart) / f"base{path.suffix.lower()}"
            copy.write_bytes(_git(folder, "cat-file", "blob", blob))
            return frozenset(letter.sha256 for letter in read([copy]))


def base_of(ref: str, folder: Path) -> Base:
    """What to compare with.

    Args:
        ref: A branch, tag or commit.
        folder: A folder of the checkout.

    Raises:
        ChangedError: There is no git, no checkout or no such commit.
    """
    wanted = _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}", none_is_ok=True)
    if not wanted.strip():
        raise ChangedError(f"--diff-base: no commit is called {ref} in {folder} (fetch it first)")
    commit = wanted.strip().decode("ascii")
    forked = _git(folder, "merge-base", commit, "HEAD", none_is_ok=True).strip()
    return Base(forked.decode("ascii") or commit)


def _git(folder: Path, *arguments: str, none_is_ok: bool = False) -> bytes:
    """What git answers; with ``none_is_ok`` an answer of "no" is empty."""
    # In a hook git says which checkout is meant; here the folder says it.
    kept = {name: value for name, value in os.environ.items() if name not in _OF_A_HOOK}
    environment = {**kept, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"}
    try:
        done = subprocess.run(  # noqa: S603 (no shell; what comes from the user stands behind -- or --end-of-options)
            ["git", "-C", str(folder), *arguments],  # noqa: S607 (the git of the user)
            capture_output=True,
            timeout=_SECONDS,
            check=False,
            env=environment,
            stdin=subprocess.DEVNULL,
        )
    except FileNotFoundError:
        raise ChangedError("--diff-base needs git, which is not installed") from None
    except subprocess.TimeoutExpired:
        raise ChangedError(f"--diff-base: git took more than {_SECONDS} seconds") from None
    if done.returncode == 0:
        return done.stdout
    if none_is_ok and done.returncode == 1:
        return b""
    reason = done.stderr.decode("utf-8", "replace").strip().splitlines()
    raise ChangedError(f"--diff-base: git says: {reason[-1][:200] if reason else 'nothing'}")
