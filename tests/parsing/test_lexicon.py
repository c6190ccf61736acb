"""The lexicon: lookups, and what a broken file says."""

from pathlib import Path

import pytest
import yaml

from checker.knowledge.lexicon import Lexicon, LexiconError, load_lexicon
from checker.knowledge.names import Names, normalise
from checker.knowledge.resources import rules_folder

CATEGORIES = frozenset(
    ["medication", "topical", "compound", "physical-medicine", "manipulation", "acupuncture", "psychological",
     "imaging", "electrodiagnostic", "injection", "surgery", "surgical-adjunct", "dme", "consultation", "visit",
     "lab-test",
     "program", "other"]
)  # fmt: skip


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
    assert {entry.category for entry in lexicon.treatments.values()} <= CATEGORIES
    sources = yaml.safe_load((rules_folder() / "lexicon/drugs.yaml").read_text(encoding="utf-8"))["sources"]
    assert {drug.source for drug in lexicon.drugs.values()} <= set(sources)


def copy_of_rules(folder: Path) -> Path:
    (folder / "lexicon").mkdir()
    for path in (rules_folder() / "lexicon").glob("*.yaml"):
        (folder / "lexicon" / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        (
            "drugs.yaml",
            "drugs: [{id: a, class: b, mark: recalled, source: c}]",
            "drugs.yaml: entry 1 (a): the field 'generic'",
        ),
        ("drugs.yaml", "drugs: {}", "drugs.yaml: a list of entries is expected under 'drugs'"),
        ("drugs.yaml", "drugs: [", "drugs.yaml: no YAML"),
        ("treatments.yaml", "treatments: [{id: a, category: b}]", "treatments.yaml: entry 1 (a): the field 'names'"),
        (
            "treatments.yaml",
            "treatments: [{id: a, category: b, names: [c]}, {id: a, category: b, names: [d]}]",
            "treatments.yaml: entry 2: the id a is already taken",
        ),
        ("treatments.yaml", "treatments: [{id: a, category: b, names: [1]}]", "quote numbers"),
        ("body-parts.yaml", "parts: [{id: a}]", "body-parts.yaml: the field 'part' is missing"),
        ("forms.yaml", "- a", "forms.yaml: a mapping is expected at the top"),
    ],
)
def test_a_broken_file_says_what_is_wrong(name: str, text: str, says: str, tmp_path: Path) -> None:
    rules = copy_of_rules(tmp_path)
    (rules / "lexicon" / name).write_text(text, encoding="utf-8")
    with pytest.raises(LexiconError) as caught:
        load_lexicon(rules)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    rules = copy_of_rules(tmp_path)
    (rules / "lexicon" / "drugs.yaml").unlink()
    with pytest.raises(LexiconError, match=r"drugs\.yaml: cannot be read"):
        load_lexicon(rules)
