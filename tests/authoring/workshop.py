"""The shipped rules loaded once, and small rulebooks of our own beside them."""

from dataclasses import replace
from functools import cache
from pathlib import Path

from checker.authoring.advice import Advice
from checker.authoring.checking import advice
from checker.authoring.material import Material, material_in
from checker.knowledge.folders import Layer, RulesFolder
from tests.rulebook.folder import RULE, loaded, write
from tests.shipped import the_checker


@cache
def shipped() -> Material:
    return material_in(the_checker())


def small(folder: Path, **changed: str) -> Material:
    """A small rules folder (tests.rulebook.folder) with some files written otherwise."""
    book = loaded(folder, **changed)
    layers = (Layer("own", folder, "digest"),)
    return replace(shipped(), folder=RulesFolder(folder, layers, {}, {}), rulebook=book, _documents={})


def rule(id_: str, **keys: str) -> str:
    """The rule of the small folder under another id, some of its keys written otherwise."""
    text = RULE.replace("FAC005.walks", id_).replace("code: FAC005", f"code: {id_.partition('.')[0]}")
    lines: list[str] = []
    skipping = False
    for line in text.splitlines():
        key = line.strip().partition(":")[0] if line.startswith("  ") and line[2] not in " -" else ""
        if key:
            skipping = key in keys
            if skipping:
                lines.append(f"  {key}: {keys[key]}")
        if not skipping:
            lines.append(line)
    return "\n".join(lines) + "\n"


def told(material: Material, *kinds: str) -> list[Advice]:
    """The advice of some kinds."""
    return [one for one in advice(material) if one.kind in kinds]


__all__ = ["RULE", "Material", "rule", "shipped", "small", "told", "write"]
