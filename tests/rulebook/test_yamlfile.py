"""YAML by the words on the page."""

import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.knowledge.problems import Problem, Problems, RuleError
from checker.knowledge.yamlfile import MAX_BYTES, MAX_DEPTH, load_yaml, parse_yaml

FILE = Path("words.yaml")
QUOTE = "(text that begins with ! needs quotation marks)"
TEXT = "(put it in quotation marks if it is text)"
COLON = '(text that holds ": " needs quotation marks)'


def value(text: str) -> object:
    return parse_yaml(text, FILE).data


def lines(text: str) -> list[str]:
    with pytest.raises(RuleError) as caught:
        parse_yaml(text, FILE)
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("on", "on"),
        ("off", "off"),
        ("yes", "yes"),
        ("No", "No"),
        ("y", "y"),
        ("true", True),
        ("False", False),
        ("True", True),
        ("TRUE", True),
        ("false", False),
        ("FALSE", False),
        ("Null", None),
        ("NULL", None),
        ("tRue", "tRue"),
        ("null", None),
        ("~", None),
        ("12:30", "12:30"),
        ("190:20:30", "190:20:30"),
        ("010", "010"),
        ("0", 0),
        ("-0", 0),
        ("10", 10),
        ("+10", 10),
        ("-10", -10),
        ("1_000", "1_000"),
        ("0x1F", "0x1F"),
        ("0o17", "0o17"),
        ("1e3", "1e3"),
        (".5", ".5"),
        ("1.", "1."),
        ("0.5", 0.5),
        ("-1.25", -1.25),
        ("01.5", "01.5"),
        (".inf", ".inf"),
        (".nan", ".nan"),
        ("9" * 30, "9" * 30),
        ("2009-07-18", datetime.date(2009, 7, 18)),
        ("'2009-07-18'", "2009-07-18"),
        ('"10"', "10"),
        ("2009-7-18", "2009-7-18"),
        ("2009-07-18 10:00:00", "2009-07-18 10:00:00"),
        ("4610.5", 4610.5),
        ("9792.24.2", "9792.24.2"),
        ("=", "="),
        ("<<", "<<"),
    ],
)
def test_plain_words(written: str, meant: object) -> None:
    read = value(f"key: {written}\n")
    assert read == {"key": meant}
    assert type(read["key"]) is type(meant)  # type: ignore[index]


def test_keys_are_read_like_values() -> None:
    assert value("on: 1\n2009-07-18: 2\n7: 3\n'8': 4\n") == {"on": 1, datetime.date(2009, 7, 18): 2, 7: 3, "8": 4}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: 1\nb: 2\na: 3\n", "words.yaml:3:1: a: the key stands here a second time (first in line 1)"),
        ("7: 1\n'7': 2\n", "words.yaml:2:1: 7: the key stands here a second time (first in line 1)"),
        ("o: {x: 1, y: 2, x: 3}", "words.yaml:1:17: o.x: the key stands here a second time (first in line 1)"),
        ("a: &x 1\n", "words.yaml:1:4: a: anchors (&) and aliases (*) are not allowed (write the value out)"),
        ("- !!python/name:os.system x\n", f"words.yaml:1:3: 0: tags (!) are not allowed {QUOTE}"),
        ("- !x y\n", f"words.yaml:1:3: 0: tags (!) are not allowed {QUOTE}"),
        ("d: 2016-02-30\n", f"words.yaml:1:4: d: there is no such date: 2016-02-30 {TEXT}"),
        ("true: 1\n", "words.yaml:1:1: cannot be a key: true (keys are words, whole numbers or dates)"),
        ("~: 1\n", "words.yaml:1:1: cannot be a key: ~ (keys are words, whole numbers or dates)"),
        ("<<: {a: 1}\n", "words.yaml:1:1: cannot be a key: << (keys are words, whole numbers or dates)"),
        ("? [a]\n: b\n", "words.yaml:1:3: cannot be a key: a list or mapping (keys are words, whole numbers or dates)"),
        ("", "words.yaml:1:1: is empty"),
        ("# a remark\n", "words.yaml:1:1: is empty"),
        ("a: 1\n---\nb: 2\n", "words.yaml:2:1: is no YAML: a second document begins; one file holds one"),
        ("a: b: c\n", f"words.yaml:1:5: is no YAML: mapping values are not allowed in this context {COLON}"),
        ("a: 'x\n", "words.yaml:2:1: is no YAML: found unexpected end of stream"),
        ("a: 1\nb: \x07\n", "words.yaml:2:4: holds a control character (#x0007) (delete it)"),
    ],
)  # fmt: skip
def test_one_line_a_mistake(text: str, line: str) -> None:
    assert lines(text) == [line]


def test_every_mistake_is_told() -> None:
    assert len(lines("a: 1\na: 2\nb: &x 1\nc: *x\nd: 2001-13-01\n")) == 4


def test_a_tab_is_told_with_its_remedy() -> None:
    (line,) = lines("a:\n\tb: 1\n")
    assert line.startswith("words.yaml:2:1: is no YAML: found character")
    assert "indent with blanks" in line


def test_an_alias_bomb_does_not_grow() -> None:
    bomb = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30))
    assert len(lines(bomb)) > 29


def test_depth_is_limited() -> None:
    assert value("[" * MAX_DEPTH + "]" * MAX_DEPTH) is not None
    assert lines("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1)) == [
        f"words.yaml:1:{MAX_DEPTH + 1}: is no YAML: is nested deeper than {MAX_DEPTH} levels"
    ]
    assert lines("[" * 200_000)


def test_places() -> None:
    document = parse_yaml("a:\n  b: [1, {c: x}]\nd: y\n", FILE)
    assert document.position(("a", "b", 1, "c")) == "words.yaml:2:14"
    assert document.position(("d",)) == "words.yaml:3:4"
    assert document.position(("a", "b", 7)) == "words.yaml:2:6", "what is not there has the place of what holds it"
    assert str(document.problem(("a", "b"), "is odd")) == "words.yaml:2:3: a.b: is odd"
    assert str(document.problem(("d",), "is odd", at_key=True)) == "words.yaml:3:1: d: is odd"


def test_a_file(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"\xef\xbb\xbfkey: \xc3\xa4\n")
    assert load_yaml(path).data == {"key": "ä"}
    path.write_bytes(b"a: 1\nkey: \xe4\n")
    with pytest.raises(RuleError, match=r"a\.yaml:2:1: is not UTF-8 \(save the file as UTF-8\)"):
        load_yaml(path)
    path.write_bytes(b"#" * (MAX_BYTES + 1))
    with pytest.raises(RuleError, match="is larger than 8 MB"):
        load_yaml(path)
    path.write_bytes(b"#" * MAX_BYTES)
    with pytest.raises(RuleError, match="is empty"):
        load_yaml(path)
    with pytest.raises(RuleError, match=r"b\.yaml:1:1: cannot be read: No such file"):
        load_yaml(tmp_path / "b.yaml")
    with pytest.raises(RuleError, match="cannot be read"):
        load_yaml(tmp_path)


def test_paths_inside_the_working_folder_are_told_relative(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "a.yaml").write_text("a: 1\na: 2\n")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(RuleError, match=r"^rules/a\.yaml:2:1: a: "):
        load_yaml(tmp_path / "rules" / "a.yaml")


def test_gathering() -> None:
    problems = Problems()
    for text in ("a: 1\na: 2", "b: &x 1", "c: 1"):
        with problems.gathered():
            parse_yaml(text, FILE)
    with pytest.raises(RuleError) as caught:
        problems.refuse()
    assert [problem.where for problem in caught.value.problems] == ["b", "a"], "in order of the lines"
    Problems().refuse()
    with pytest.raises(ZeroDivisionError), Problems().gathered():
        raise ZeroDivisionError


def test_problems_stand_once_and_in_order() -> None:
    late, early = Problem("b", 1, 1, "", "x"), Problem("a", 9, 1, "", "x")
    assert RuleError([late, early, late]).problems == (early, late)


WORDS = st.text(
    st.characters(blacklist_categories=["Cs", "Cc"], blacklist_characters="\ufeff\u2028\u2029\x85"), max_size=20
)
TREES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**17), 10**17) | WORDS | st.dates(),
    lambda below: st.lists(below, max_size=4) | st.dictionaries(WORDS, below, max_size=4),
    max_leaves=12,
)


@given(TREES)
def test_what_a_careful_writer_means_comes_back(tree: object) -> None:
    assert value(f"key: {_written(tree)}") == {"key": tree}


def _written(tree: object) -> str:
    """Flow style with every text quoted: no room for interpretation."""
    if isinstance(tree, dict):
        return "{" + ", ".join(f"{_written(key)}: {_written(below)}" for key, below in tree.items()) + "}"
    if isinstance(tree, list):
        return "[" + ", ".join(_written(below) for below in tree) + "]"
    if isinstance(tree, str):
        return "'" + tree.replace("'", "''") + "'"
    if isinstance(tree, bool):
        return str(tree).lower()
    return "~" if tree is None else str(tree)
