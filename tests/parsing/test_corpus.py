"""The structure score over real letters, where the shared corpus lies beside the checkout.

``IMRCHECK_SHARED`` names the folder where it lies elsewhere.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from checker.knowledge.lexicon import Lexicon
from checker.model.determination import Determination, Status
from checker.model.source import Unreadable
from checker.parsing import parse
from checker.reading import read
from checker.reporting.wire import parse_record

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("IMRCHECK_SHARED", ROOT.parent / "shared"))
pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not (SHARED / "score/structure.py").is_file(), reason="no shared corpus beside the checkout"),
]

EXACT = {"number of items", "outcome", "heading", "verdict", "rationale.start", "rationale.end"}
ROW = re.compile(r"^(?P<field>\S.*?)\s+[\d.]+ %\s+(?P<right>\d+)/(?P<total>\d+)$", re.MULTILINE)


def determinations(paths: Iterable[Path], lexicon: Lexicon) -> list[Determination | Unreadable]:
    return [source if isinstance(source, Unreadable) else parse(source, lexicon) for source in read(sorted(paths))]


def test_structure_of_the_development_letters_and_seeds(lexicon: Lexicon, tmp_path: Path) -> None:
    paths = [*(SHARED / "corpus/dev").glob("*.pdf"), *(SHARED / "seeds").glob("*.txt")]
    predicted = tmp_path / "predicted.jsonl"
    with predicted.open("w", encoding="utf-8") as lines:
        for determination in determinations(paths, lexicon):
            assert isinstance(determination, Determination)
            lines.write(json.dumps(parse_record(determination), sort_keys=True) + "\n")
            text = tmp_path / f"{determination.source.doc}.txt"
            text.write_text(determination.source.raw, encoding="utf-8")
    gold, alternates = SHARED / "gold/structure.jsonl", SHARED / "gold/structure-alternates.jsonl"
    command = [
        sys.executable,
        SHARED / "score/structure.py",
        gold,
        predicted,
        "--alternates",
        alternates,
        "--text",
        tmp_path,
    ]
    report = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    rows = {match["field"]: (int(match["right"]), int(match["total"])) for match in ROW.finditer(report)}
    assert set(rows) >= EXACT
    for field, (right, total) in rows.items():
        assert right / total >= (1.0 if field in EXACT else 0.98), f"{field}: {right} of {total}"
    perfect = re.search(r"every field right in (\d+)", report)
    assert perfect is not None
    assert int(perfect[1]) >= 75


def folded(value: object) -> object:
    return " ".join(value.split()).strip(" .;,").casefold() if isinstance(value, str) else value


def test_letters_of_the_older_layouts(lexicon: Lexicon) -> None:
    lines = (SHARED / "corpus/historic/key.jsonl").read_text(encoding="utf-8").splitlines()
    keys = {key["doc"]: key for key in map(json.loads, lines)}
    for determination in determinations((SHARED / "corpus/historic").glob("*.txt"), lexicon):
        assert isinstance(determination, Determination)
        record, key = parse_record(determination), keys.pop(determination.source.doc)
        assert record["layout"] == key["layout"], key["doc"]
        assert {name: record["header"][name] for name in key["header"]} == key["header"], key["doc"]  # type: ignore[literal-required]
        assert len(record["items"]) == key["items_count"], key["doc"]
        for got, want in zip(record["items"], key["items"], strict=True):
            for name in ("heading", "request", "original", "authorized", "outcome", "visits"):
                assert folded(got[name]) == folded(want[name]), (key["doc"], name)  # type: ignore[literal-required]
            drug = {name: folded(value) for name, value in (want["drug"] or {}).items()}
            assert {name: folded(dict(got["drug"] or {}).get(name)) for name in drug} == drug, key["doc"]
            cited = [(c["chapter"], c["year"], c["sections"], c["pages"]) for c in got["reviewer_guideline"]["mtus"]]
            assert cited == [(c["chapter"], c["year"], c["sections"], c["pages"]) for c in want["reviewer_mtus"]], key[
                "doc"
            ]
    assert not keys


def test_letters_of_other_schemes(lexicon: Lexicon) -> None:
    found = determinations((SHARED / "corpus/foreign").glob("*.txt"), lexicon)
    assert len(found) >= 7
    for determination in found:
        if isinstance(determination, Determination):
            assert determination.status is Status.UNKNOWN_LAYOUT
            assert determination.problems
