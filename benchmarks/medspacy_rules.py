"""The lexicon as rules of medspaCy, as far as its rules can express it.

A phrase becomes a pattern over tokens: a word, one of several words, a beginning of a word, words that may be left out,
gaps. What cannot be said so is counted and left out: wordings that would need more than ``_MOST_VARIANTS`` patterns,
cues that reach to what stands inside their own words, dates and scores.
"""

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

Pattern = list[dict[str, Any]]
"""Conditions on tokens in a row, as spaCy's matcher takes them."""

_MOST_VARIANTS = 64
_TOKEN = re.compile(r"\s*(\.\.\.|\.\.|<[a-z-]+>|[()\[\]|]|[^\s()\[\]|<]+)")
_GAPS = {"..": "{0,3}", "...": "{0,8}"}
_NUMBER = {"LIKE_NUM": True}
_DIRECTIONS = {"forward": "FORWARD", "backward": "BACKWARD"}
_REACH = {"not_documented": 45, "denied": 18, "recorded": 18, "documented": 18, "unclear": 10, "hypothetical": 12}
"""Words a cue reaches, as in the program."""


class _UnsaidError(Exception):
    """A phrase that these rules cannot express."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The lexicon in medspaCy's terms.

    Attributes:
        targets: Words or pattern of each wording of a concept, with the concept's id.
        cues: Words or pattern of each cue with its status, direction and reach in words.
        unsaid: How many phrases could not be expressed.
        phrases: How many there are.
    """

    targets: tuple[tuple[str | Pattern, str], ...]
    cues: tuple[tuple[str | Pattern, str, str, int | None], ...]
    unsaid: int
    phrases: int


def lexicon_rules(rules: Path, *, gaps: bool) -> Rules:
    """Read ``rules/lexicon`` anew, as its README explains it.

    Args:
        rules: The folder of the rules.
        gaps: Whether phrases with gaps are expressed too; medspaCy takes longest over those.
    """
    writer = _Writer(_word_sets(rules / "lexicon" / "words"), gaps)
    targets: list[tuple[str | Pattern, str]] = []
    for path in sorted((rules / "lexicon" / "concepts").glob("*.yaml")):
        concept = _loaded(path)["concept"]
        for kind in ("names", "documented", "denied", "unclear", "not_documented"):
            for phrase in concept.get(kind, ()):
                targets += [(said, concept["id"]) for said in writer.said(phrase)]
    cues: list[tuple[str | Pattern, str, str, int | None]] = []
    for path in sorted((rules / "lexicon" / "cues").glob("*.yaml")):
        document = _loaded(path)
        for cue in document["cues"]:
            direction = _DIRECTIONS.get(cue["scope"])
            for phrase in cue["phrases"]:
                for said in writer.said(phrase) if direction else writer.leave_out():
                    cues.append((said, cue["status"], direction or "", _REACH.get(cue["status"])))
        for phrase in document.get("breaks", ()):
            cues += [(said, "break", "TERMINATE", None) for said in writer.said(phrase)]
    return Rules(tuple(targets), tuple(cues), writer.unsaid, writer.phrases)


def _loaded(path: Path) -> dict[str, Any]:
    document: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return document


def _word_sets(folder: Path) -> dict[str, Sequence[str]]:
    """The words that ``<name>`` stands for."""
    files = [_loaded(path)["words"] for path in sorted(folder.glob("*.yaml"))]
    return {name: entry["words"] for words in files for name, entry in words.items()}


class _Writer:
    """Writes phrases as literals and patterns."""

    def __init__(self, sets: Mapping[str, Sequence[str]], gaps: bool) -> None:
        self._sets, self._gaps = sets, gaps
        self.unsaid = self.phrases = 0

    def said(self, phrase: str) -> list[str | Pattern]:
        """The phrase as literals and patterns; none where it cannot be expressed."""
        self.phrases += 1
        try:
            tokens = [match.group(1) for match in _TOKEN.finditer(phrase.lower())]
            variants, _ = self._row(tokens, 0)
        except _UnsaidError:
            self.unsaid += 1
            return []
        return [_plain(variant) or variant for variant in variants if variant]

    def leave_out(self) -> list[str | Pattern]:
        """A phrase of a kind that has no counterpart."""
        self.phrases += 1
        self.unsaid += 1
        return []

    def _row(self, tokens: Sequence[str], at: int) -> tuple[list[Pattern], int]:
        """The variants of a row of parts, up to the bracket or bar that ends it."""
        parts: list[list[Pattern]] = []
        while at < len(tokens) and tokens[at] not in (")", "]", "|"):
            token = tokens[at]
            if token in ("(", "["):
                part, at = self._choice(tokens, at)
            else:
                part, at = self._leaf(token), at + 1
            parts.append(part)
        count = 1
        for part in parts:
            count *= len(part)
        if count > _MOST_VARIANTS:
            raise _UnsaidError
        return [list(itertools.chain(*row)) for row in itertools.product(*parts)], at

    def _choice(self, tokens: Sequence[str], at: int) -> tuple[list[Pattern], int]:
        """One of several wordings; wordings of one word are one condition."""
        optional = tokens[at] == "["
        options: list[Pattern] = []
        at += 1
        while True:
            option, at = self._row(tokens, at)
            options += option
            if at >= len(tokens):
                raise _UnsaidError
            at += 1
            if tokens[at - 1] != "|":
                break
        words = [o[0]["LOWER"] for o in options if len(o) == 1 and set(o[0]) == {"LOWER"}]
        merged: list[Pattern] = [[{"LOWER": _any_of(words)}]] if words else []
        merged += [o for o in options if not (len(o) == 1 and set(o[0]) == {"LOWER"})]
        if not optional:
            return merged, at
        if len(merged) == 1 and len(merged[0]) == 1:
            return [[{**merged[0][0], "OP": "?"}]], at
        return [*merged, []], at

    def _leaf(self, token: str) -> list[Pattern]:
        if token in _GAPS:
            if not self._gaps:
                raise _UnsaidError
            return [[{"OP": _GAPS[token]}]]
        if token == "<n>":  # noqa: S105
            return [[_NUMBER]]
        if token.startswith("<"):
            words = self._sets.get(token.strip("<>"))
            if words is None:
                raise _UnsaidError
            return self._choice(["(", *"|".join(words).replace("|", " | ").split(), ")"], 0)[0]
        return [list(_word(token))]


def _word(token: str) -> Iterator[dict[str, Any]]:
    """A word as medspaCy's tokens have it: a hyphen is a token of its own, or left out."""
    if token == "not":  # noqa: S105
        yield {"LOWER": {"IN": ["not", "n't"]}}
        return
    parts = token.split("-")
    for number, part in enumerate(parts):
        if number:
            yield {"ORTH": "-", "OP": "?"}
        if part.endswith("*"):
            yield {"LOWER": {"REGEX": f"^{re.escape(part[:-1])}"}}
        elif part:
            yield {"LOWER": part}


def _any_of(words: Sequence[str | Mapping[str, Any]]) -> str | dict[str, Any]:
    """One condition for several: a list of words, a pattern where beginnings of words are among them."""
    plain = [w for w in words if isinstance(w, str)]
    plain += [word for w in words if isinstance(w, Mapping) for word in w.get("IN", ())]
    stems = [w["REGEX"] for w in words if isinstance(w, Mapping) and "REGEX" in w]
    if stems:
        whole = [f"^{re.escape(word)}$" for word in plain]
        return {"REGEX": "|".join((*stems, *whole))}
    return plain[0] if len(plain) == 1 else {"IN": plain}


def _plain(pattern: Pattern) -> str:
    """The words of a pattern of plain words, which medspaCy finds much faster; "" for any other."""
    words = [token["LOWER"] for token in pattern if set(token) == {"LOWER"} and isinstance(token["LOWER"], str)]
    return " ".join(words) if len(words) == len(pattern) else ""
