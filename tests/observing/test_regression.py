"""The regression set of sentences: statuses and roles."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from checker.knowledge.idiom import Idiom, load_idiom
from checker.knowledge.resources import rules_folder
from checker.language.phrases import fold
from checker.model.facts import Part, Role, Sentence
from checker.model.source import Span
from checker.observing.assertions import observations
from checker.observing.passages import Discourse, Passage
from checker.reading.text import source_from_text

HERE = Path(__file__).parent / "regression"
IDIOM = load_idiom(rules_folder())
SENTENCES: list[dict[str, Any]] = yaml.safe_load((HERE / "opioid-domains.yaml").read_text())["sentences"]
RATIONALES: list[dict[str, Any]] = yaml.safe_load((HERE / "roles.yaml").read_text())["rationales"]


def _passage(text: str, part: Part, discourse: Discourse, idiom: Idiom) -> Passage:
    folded = fold(text)
    hits = tuple(idiom.hits(folded))
    role, cue = discourse.next(folded, hits)
    return Passage(
        Sentence(part, 1, Span(0, len(text)), text, role, cue),
        0,
        len(text),
        folded,
        hits,
        source_from_text(text, "a", "a", "").reading,
    )


@pytest.mark.parametrize("case", SENTENCES, ids=lambda c: f"{c['concept']}: {c['text']}")
def test_status(case: dict[str, Any]) -> None:
    part = Part(case["part"])
    passage = _passage(case["text"], part, Discourse(part), IDIOM)
    reading = source_from_text(case["text"], "a", "a", "").reading
    found = [o for o in observations(passage, IDIOM, reading) if o.concept == case["concept"]]
    statuses = {o.status.value for o in found} or {"silent"}
    assert case["status"] in statuses, [(o.status.value, o.cue) for o in found]
    assert len(statuses) == 1
    for observation in found:
        words = case["text"][observation.span.start : observation.span.end]
        assert words.strip() == words != ""


@pytest.mark.parametrize("rationale", RATIONALES, ids=lambda r: r["name"])
def test_roles(rationale: dict[str, Any]) -> None:
    discourse = Discourse(Part.RATIONALE)
    told = []
    for _, text in rationale["sentences"]:
        role = _passage(text, Part.RATIONALE, discourse, IDIOM).sentence.role
        told.append("case" if role is Role.APPLICATION else role.value)
    assert told == [role for role, _ in rationale["sentences"]]
