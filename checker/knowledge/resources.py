"""Where the data folders lie: inside the installed package, or beside it in a checkout."""

import hashlib
from importlib.resources import files
from pathlib import Path


def _folder(packaged: str, checkout: str) -> Path:
    package = Path(str(files("checker")))
    inside = package / "data" / packaged
    if inside.is_dir():
        return inside
    beside = package.parent / checkout
    if beside.is_dir():
        return beside
    raise FileNotFoundError(f"the installation is incomplete: neither {inside.name} nor {checkout} is there; reinstall")


def rules_folder() -> Path:
    """The folder of the rules that come with the program."""
    return _folder("rules", "rules")


def templates_folder() -> Path:
    """The folder of the report's templates, stylesheet and script."""
    return _folder("templates", "reports/templates")


def schema_folder() -> Path:
    """The folder of the published JSON Schemas."""
    return _folder("schema", "docs/schema")


def folder_digest(rules: Path) -> str:
    """Hash over every YAML file of a rules folder: cues, lexica and guidelines decide findings as much as rules do."""
    digest = hashlib.sha256()
    for path in sorted(rules.rglob("*.yaml"), key=lambda p: p.relative_to(rules).as_posix()):
        digest.update(path.relative_to(rules).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
