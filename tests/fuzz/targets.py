"""What is fuzzed, and what must hold of any input: declared errors only, spans that slice, one line, little time."""

import datetime
import io
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from checker import Checker
from checker.gate.baseline import load_baseline
from checker.gate.suppressions import load_suppressions
from checker.knowledge.problems import RuleError
from checker.knowledge.yamlfile import parse_yaml
from checker.model.determination import Determination, Status
from checker.model.source import SourceText, Unreadable
from checker.parsing import parse
from checker.reading import Limits, read, source_from_text
from checker.reading.letters import Letter, Name, letter_from_bytes
from checker.review.log import VerdictLog
from checker.rulebook import Rulebook, load_rulebook
from checker.rulebook.message import MessageError, compiled
from tests.fixtures.expected import FIXTURES, LETTERS
from tests.fuzz import seeds
from tests.parsing.test_properties import fold, slices, spans
from tests.rulebook.folder import RULE, write
from tests.shipped import the_checker

CORPUS = Path(__file__).parent / "corpus"
_LIMITS = Limits(text_bytes=400_000, pdf_bytes=400_000, pdf_pages=20, pdf_text=100_000, pdf_seconds=10.0)


@dataclass(frozen=True)
class Target:
    """One thing that takes input from outside.

    Attributes:
        name: Also the folder of its corpus.
        check: Fails if the input makes something happen that must not.
        seeds: Good inputs to begin with.
        tokens: Pieces that mean something to it.
        examples: How many inputs a short run tries.
        whole: Seeds are cut to a window unless their beginning and end matter.
    """

    name: str
    check: Callable[[bytes], None]
    seeds: Callable[[], Iterable[bytes]]
    tokens: tuple[bytes, ...]
    examples: int
    whole: bool = False

    def corpus(self) -> list[Path]:
        """Inputs that once did harm, or nearly: each is tried in every run."""
        return sorted((CORPUS / self.name).glob("*"))


@cache
def checker() -> Checker:
    return the_checker()


@cache
def book() -> Rulebook:
    return load_rulebook(write(Path(tempfile.mkdtemp(prefix="imrcheck-fuzz-"))))


def sound(letter: Letter) -> None:
    """What holds of everything that was read."""
    lines = [letter.problem, *letter.problems] if isinstance(letter, Unreadable) else letter.problems
    assert all(line and len(line.splitlines()) == 1 and len(line) < 300 for line in lines)
    assert letter.doc.isprintable()
    if isinstance(letter, SourceText):
        faithful(letter)


def faithful(letter: SourceText) -> None:
    """Every code point of the reading text that is no white space stands for one of the raw text, in order."""
    reading, before = letter.reading, -1
    for offset, point in enumerate(reading.text):
        if point.isspace():
            continue
        at = reading.raw_offset(offset)
        assert at >= before
        raw = letter.raw[at]
        assert point == raw or "\ufb00" <= raw <= "\ufb06"
        before = at


def text(data: bytes) -> None:
    sound(letter_from_bytes(data, Name("fuzz", "fuzz.txt"), _LIMITS))


def pdf(data: bytes) -> None:
    sound(letter_from_bytes(data, Name("fuzz", "fuzz.pdf"), _LIMITS, pdf=True))


def lines(data: bytes) -> None:
    docs = set()
    for letter in read(["-"], limits=_LIMITS, standard_input=io.BytesIO(b'{"id": 1, "text": "He fell."}\n' + data)):
        sound(letter)
        assert letter.doc not in docs
        docs.add(letter.doc)
    assert docs


def _file(suffix: str) -> Callable[[bytes], None]:
    def check(data: bytes) -> None:
        with tempfile.NamedTemporaryFile(suffix=suffix) as file:
            file.write(data)
            file.flush()
            found = list(read([file.name], limits=_LIMITS))
        assert len({letter.doc for letter in found}) == len(found)
        for letter in found:
            sound(letter)

    return check


def parsed(data: bytes) -> Determination:
    raw = data.decode("utf-8", "surrogateescape")
    return parse(source_from_text(raw, "fuzz", "fuzz.txt", ""), checker().lexicon)


def parser(data: bytes) -> None:
    found = parsed(data)
    for span in spans(found):
        assert span.end <= len(found.source.raw)
    for item in found.items:
        for words, span in slices(found, item):
            assert span is None or fold(words) in fold(found.quote(span)).replace("- ", "-") or found.quote(span)
    assert found.items or found.status is not Status.OK
    assert found.problems or found.status is Status.OK


def observer(data: bytes) -> None:
    found = parsed(data)
    if found.status is Status.UNKNOWN_LAYOUT:
        return
    facts = checker().observe(found)
    length = len(found.source.raw)
    for of_item in (facts.letter, *facts.items):
        for fact in of_item.facts.values():
            assert all(evidence.span.end <= length for evidence in fact.evidence)
    for finding in checker().judge.judge(facts).findings:
        assert len(finding.message.splitlines()) == 1
        assert finding.evidence
        assert all(evidence.span.end <= length for evidence in finding.evidence)


def _refused(error: RuleError) -> None:
    assert error.problems
    assert all(len(str(problem).splitlines()) == 1 for problem in error.problems)


def yaml(data: bytes) -> None:
    try:
        parse_yaml(data.decode("utf-8", "replace"), Path("fuzz.yaml"))
    except RuleError as error:
        _refused(error)


def rules(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = write(Path(name))
        (folder / "facts").mkdir(exist_ok=True)
        (folder / "facts/fuzz.yaml").write_bytes(data)
        try:
            load_rulebook(folder)
        except RuleError as error:
            _refused(error)


def message(data: bytes) -> None:
    facts = {"item.label": "the request", "item.visits": 6}
    try:
        told = compiled(data.decode("utf-8", "replace"), book().vocabulary, book().parameters)
        said = told.render(lambda name: facts.get(name, "unknown"), lambda _: 10, ["item.visits"])
    except MessageError:
        return
    assert said
    assert "\n" not in said
    assert len(said) < 20 * (len(data) + 100)


def _kept(check: Callable[[Path], object]) -> Callable[[bytes], None]:
    def run(data: bytes) -> None:
        with tempfile.NamedTemporaryFile(suffix=".jsonl") as file:
            file.write(data)
            file.flush()
            try:
                check(Path(file.name))
            except RuleError as error:
                _refused(error)

    return run


def verdicts(path: Path) -> None:
    read_ = VerdictLog(path).read()
    lines_ = sum(bool(line.strip()) for line in path.read_bytes().split(b"\n"))
    assert len(read_.statements) + len(read_.problems) == lines_
    assert all(len(problem.splitlines()) == 1 for problem in read_.problems)


def _letters() -> Iterable[bytes]:
    yield from (path.read_bytes() for path in sorted(LETTERS.glob("*.txt")))
    yield from (path.read_bytes() for path in sorted((FIXTURES / "hostile").glob("*.txt")))


TARGETS = (
    Target("text", text, _letters, seeds.ODD, 80),
    Target("pdf", pdf, seeds.pdfs, seeds.PDF, 40, whole=True),
    Target("jsonl", lines, seeds.rows, seeds.JSON, 80),
    Target("parquet", _file(".parquet"), seeds.tables, seeds.ODD, 40, whole=True),
    Target("zip", _file(".zip"), seeds.zips, seeds.ODD, 40, whole=True),
    Target("tar", _file(".tar"), seeds.tars, seeds.ODD, 40, whole=True),
    Target("parser", parser, _letters, seeds.FORM, 80),
    Target("observer", observer, _letters, seeds.PROSE, 40, whole=True),
    Target("yaml", yaml, lambda: [RULE.encode()], seeds.YAML, 120),
    Target("rules", rules, lambda: [RULE.encode()], seeds.YAML, 30, whole=True),
    Target("message", message, lambda: seeds.MESSAGES, seeds.JINJA, 120, whole=True),
    Target("verdicts", _kept(verdicts), seeds.statements, seeds.JSON, 80, whole=True),
    Target("baseline", _kept(load_baseline), seeds.baselines, seeds.JSON, 80, whole=True),
    Target(
        "suppressions",
        _kept(lambda path: load_suppressions(path, ("DEC001",), datetime.date.max)),
        seeds.suppressions,
        seeds.YAML,
        80,
    ),
)
