"""The manifest of a run as a page: what it was made with, what went in, what came out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from checker.reporting.visible import folded

_COUNTS = {
    "letters": "Letters",
    "judged": "Judged",
    "partial": "of these read in part",
    "unknown_layout": "Of unknown layout",
    "unreadable": "Unreadable",
    "failed": "Broke the program",
    "items": "Disputed items",
    "itemless": "Judged without a disputed item found",
    "errors": "Errors",
    "warnings": "Warnings",
    "notes": "Notes",
    "hidden": "Findings hidden by the filters",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A name with its value; ``code`` where the value is a hash or the like."""

    name: str
    value: str
    code: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """Lines that belong together; ``note`` says what they are."""

    title: str
    lines: tuple[Line, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class ManifestPage:
    """The manifest; ``rules`` has the hash of each rule."""

    sections: tuple[Section, ...]
    rules: tuple[Line, ...]


def manifest_page(manifest: Mapping[str, Any]) -> ManifestPage:
    """Lay out a manifest.

    Args:
        manifest: As manifest.json holds it.
    """
    rules = manifest["rules"]
    sections = [
        Section(
            "Made with",
            (
                Line("imrcheck", manifest["tool"]),
                Line("Python", manifest["python"]),
                Line("Engine", f"{manifest['engine']['name']} ({manifest['engine']['why']})"),
                Line("Exit code", str(manifest["exit_code"])),
            ),
        ),
        Section(
            "Rule set",
            (
                Line("SHA-256 of the rules", rules["sha256"], code=True),
                Line("SHA-256 of the whole folder", rules["folder"], code=True),
                *(Line(f"Layer {folded(each['name'])}", each["sha256"], code=True) for each in rules.get("layers", ())),
                Line("Active rules", str(len(rules["each"]))),
            ),
            "The folder holds lexica, cues and guidelines too.",
        ),
        Section(
            "Input",
            (
                Line("Letters", str(manifest["inputs"]["letters"])),
                Line("SHA-256", manifest["inputs"]["sha256"], code=True),
            ),
            f"The hash is of {manifest['inputs']['of']}.",
        ),
        Section("Counts", tuple(Line(words, str(manifest["counts"][name])) for name, words in _COUNTS.items())),
        Section("Options", tuple(Line(name.replace("_", " "), _told(v)) for name, v in manifest["config"].items())),
        *([_pages(manifest["pages"])] if "pages" in manifest else []),
        Section("Files", tuple(Line(name, digest, code=True) for name, digest in manifest["files"].items())),
        _verdicts(manifest),
    ]
    if "against" in manifest:
        sections.append(_against(manifest["against"]))
    own = rules.get("from", {})
    each = (Line(rule + (f" (from {own[rule]})" if rule in own else ""), sha) for rule, sha in rules["each"].items())
    return ManifestPage(tuple(sections), tuple(each))


def _told(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "none"
    return {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)


def _pages(told: Mapping[str, Any]) -> Section:
    lines = [Line("Asked for", str(told["which"])), Line("Written", f"{told['written']} of {told['letters']}")]
    drawn = told.get("clean_sample")
    if drawn:
        lines += [
            Line("Sample of clean letters", f"{drawn['drawn']} of {drawn['frame']}"),
            Line("Seed of the sample", folded(str(drawn["seed"]))),
            Line("How it is drawn", str(drawn["method"])),
        ]
    return Section("Pages of letters", tuple(lines))


def _verdicts(manifest: Mapping[str, Any]) -> Section:
    files = manifest.get("verdicts", ())
    lines = [
        Line(folded(each["name"]), f"{each['statements']} statements, SHA-256 {each['sha256']}", code=True)
        for each in files
    ]
    return Section("Verdicts", tuple(lines), "" if lines else "No file of verdicts was given.")


def _against(against: Mapping[str, Any]) -> Section:
    return Section(
        "Compared with",
        (
            Line("imrcheck", str(against["tool"])),
            Line("SHA-256 of its rules", str(against["rules"]), code=True),
            Line("SHA-256 of its input", str(against["inputs"]), code=True),
        ),
    )
