"""What made a run: the program, the rule set, the engine."""

import hashlib
import platform
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import PackageNotFoundError, requires, version
from importlib.resources import files
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Versions:
    """Two runs on the same input with equal versions give the same bytes.

    Attributes:
        tool: Version of the program.
        rules: Hash of the whole rule set, hexadecimal.
        engine: "durable-rules 2.0.28" or "reference reading".
        engine_reason: Why this engine, in a sentence.
        rule_hashes: Hash of each rule by its id.
        python: Version of the interpreter.
        folder: Hash over every file of the rules folder, lexica, cues and guidelines included.
        layers: Name and hash of each folder of rules, the undermost first; "shipped" came with the program.
        own: Name of the folder of each rule that does not come from the undermost one, by its id.
    """

    tool: str
    rules: str
    engine: str = ""
    engine_reason: str = ""
    rule_hashes: Mapping[str, str] = field(default_factory=dict)
    python: str = field(default_factory=platform.python_version)
    folder: str = ""
    layers: tuple[tuple[str, str], ...] = ()
    own: Mapping[str, str] = field(default_factory=dict)


def tool_version() -> str:
    """Version of the installed program; "0+unknown" in a checkout that was never installed."""
    try:
        return version("imrcheck")
    except PackageNotFoundError:
        return "0+unknown"


@cache
def program_sha256() -> str:
    """Hash over the program itself, so that a changed checkout is not taken for the release of its number."""
    package = Path(str(files("checker")))
    digest = hashlib.sha256()
    for path in sorted(package.rglob("*.py")):
        digest.update(path.relative_to(package).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


_NAME = re.compile(r"[A-Za-z0-9._-]+")


@cache
def program() -> Mapping[str, str]:
    """What decides on the bytes of a result besides rules and input: this program, Python, the libraries; by name.

    Two machines on which it is the same make the same parts of the same letters.
    """
    told = {"imrcheck": tool_version(), "code": program_sha256()[:12], "Python": platform.python_version()}
    try:
        needed = requires("imrcheck") or []
    except PackageNotFoundError:
        needed = []
    names = sorted({match[0] for line in needed if "extra ==" not in line and (match := _NAME.match(line))})
    return {**told, **{name: _version(name) for name in names}}


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:  # one that this platform does without
        return "none"
