"""The lexicon: lookups, and what a broken file says."""

import re
from pathlib import Path

import pytest
import yaml

from checker.knowledge.lexicon import Lexicon, load_lexicon
from checker.knowledge.names import Names, normalise
from checker.knowledge.problems import RuleError
from checker.knowledge.resources import rules_folder


def found(names: Names, text: str) -> list[tuple[str, str]]:
    return [(text[m.start : m.end], m.entry) for m in names.find(text)]


def test_names_are_found_whole_and_longest_first() -> None:
    names = Names([("knee", "a"), ("knee brace", "b"), ("EMG/NCV", "c"), ("brace", "d")])
    assert found(names, "Knee braces, KNEE bracelet; emg-ncv embraced knee-brace") == [
        ("Knee braces", "b"),
        ("KNEE", "a"),
        ("emg-ncv", "c"),
        ("knee-brace", "b"),
    ]


def test_names_keep_offsets_where_lower_case_is_longer() -> None:
    names = Names([("cane", "a")])
    text = "\u0130\u0130 cane"
    assert len(normalise(text)) == len(text)
    assert found(names, text) == [("cane", "a")]


def test_no_names_find_nothing() -> None:
    assert Names([]).find("anything") == ()


def test_of_two_entries_with_one_name_the_first_counts() -> None:
    assert Names([("cane", "a"), ("CANE", "b")]).find("cane")[0].entry == "a"


def test_lookups(lexicon: Lexicon) -> None:
    text = "Norco for the left knee, then hand therapy; lidocaine patch."
    drugs = [(text[m.start : m.end], lexicon.drug(m.entry).generic) for m in lexicon.drugs_in(text)]
    assert drugs == [("Norco", "hydrocodone/acetaminophen"), ("lidocaine patch", "lidocaine")]
    assert [lexicon.treatment(m.entry).category for m in lexicon.treatments_in(text)] == ["physical-medicine"]
    knee = lexicon.body_parts_in(text)[0]
    assert (knee.name, knee.entry, text[knee.start : knee.end]) == ("left knee", "knee", "left knee")
    single = lexicon.single("gabapentin")
    assert single is not None
    assert single.id == "gabapentin"
    assert lexicon.single("nothing") is None


@pytest.mark.parametrize(
    "text", ["He went back to work.", "On the other hand he fell.", "It was put back on the shelf."]
)
def test_idioms_name_no_body_part(text: str, lexicon: Lexicon) -> None:
    assert lexicon.body_parts_in(text) == ()


def test_neck_and_cervical_spine_are_one_part(lexicon: Lexicon) -> None:
    assert {m.entry for m in lexicon.body_parts_in("neck, cervical spine, C-spine")} == {"cervical-spine"}


def test_what_must_not_be_stopped_at_once(lexicon: Lexicon) -> None:
    taper = {drug.generic for drug in lexicon.drugs.values() if drug.needs_taper}
    assert {"baclofen", "carisoprodol", "diazepam", "oxycodone", "butalbital/acetaminophen/caffeine"} <= taper
    assert not {"tizanidine", "gabapentin", "naproxen"} & taper
    for drug in lexicon.drugs.values():
        assert drug.needs_taper or not drug.opioid, drug.id


def test_every_entry_is_complete(lexicon: Lexicon) -> None:
    for drug in lexicon.drugs.values():
        assert drug.mark in ("verified", "recalled"), drug.id
        assert drug.strengths_mark in ("verified", "recalled"), drug.id
        assert drug.generic == drug.generic.lower(), drug.id
        assert not drug.mme or drug.opioid or drug.drug_class in ("barbiturate-analgesic", "muscle-relaxant"), drug.id
    sources = yaml.safe_load((rules_folder() / "lexicon/drugs.yaml").read_text(encoding="utf-8"))["sources"]
    assert {drug.source for drug in lexicon.drugs.values()} <= set(sources)


def copy_of_rules(folder: Path) -> Path:
    (folder / "lexicon").mkdir()
    for path in (rules_folder() / "lexicon").glob("*.yaml"):
        (folder / "lexicon" / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("name", "before", "after", "says"),
    [
        (
            "treatments.yaml",
            "category: acupuncture",
            "categry: acupuncture",
            "categry: is no known key (did you mean category?)",
        ),
        ("treatments.yaml", "id: acupuncture,", "", "id: is missing"),
        ("treatments.yaml", "category: acupuncture", "category: needles", "category: input should be"),
        ("treatments.yaml", "id: massage,", "id: acupuncture,", "acupuncture is the id of an entry before"),
        ("drugs.yaml", "    opioid: true", "    opioid: yes", "opioid: input should be a valid boolean"),
        ("body-parts.yaml", "part: elbow", "part: 7", "part: input should be a valid string"),
        ("forms.yaml", "numbers:", "numerals:", "numerals: is no known key (did you mean numbers?)"),
        ("verdicts.yaml", "strong: [", "strong: {", "is no YAML"),
        ("guideline-names.yaml", "schema: 1", "schema: 2", "schema: input should be 1"),
    ],
)
def test_a_broken_file_says_what_is_wrong_and_where(
    name: str, before: str, after: str, says: str, tmp_path: Path
) -> None:
    rules = copy_of_rules(tmp_path)
    path = rules / "lexicon" / name
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(RuleError) as caught:
        load_lexicon(rules)
    first = str(caught.value.problems[0])
    assert says in first
    assert re.search(re.escape(name) + r":\d+:\d+: ", first)


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    rules = copy_of_rules(tmp_path)
    (rules / "lexicon" / "drugs.yaml").unlink()
    with pytest.raises(RuleError, match=r"drugs\.yaml:1:1: cannot be read"):
        load_lexicon(rules)


def test_mistakes_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    rules = copy_of_rules(tmp_path)
    for name in ("forms", "verdicts"):
        (rules / "lexicon" / f"{name}.yaml").write_text("schema: 1\n", encoding="utf-8")
    with pytest.raises(RuleError) as caught:
        load_lexicon(rules)
    assert {Path(problem.file).name for problem in caught.value.problems} == {"forms.yaml", "verdicts.yaml"}
