"""``imrcheck rules try``: one rule on one letter, every comparison with its fact, its value and the words behind it."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace

from checker.authoring.material import awake
from checker.judging import Judge
from checker.knowledge.schema import nearest
from checker.model.determination import Determination
from checker.model.facts import Facts, ItemFacts
from checker.model.findings import Judgement, Result, Step, Trace
from checker.model.rule import Rule
from checker.rulebook import Rulebook
from checker.rulebook.explain import UnknownRuleError


@dataclass(frozen=True, slots=True)
class Line:
    """One node of a condition tree as it was read.

    Attributes:
        part: applies_to, flag_when, or the id of an exception.
        depth: How deep it stands in its tree.
        kind: all, any, or the comparison.
        truth: true, false or unknown: held, not held, not known.
        fact: Name compared, "" for all and any.
        value: Value the letter gives it.
        wanted: What it is compared with.
        quotes: Part of the letter and words, for each piece of evidence.
        derivation: How the value came about.
        confidence: How sure it is.
    """

    part: str
    depth: int
    kind: str
    truth: str
    fact: str = ""
    value: str | int | float | bool | None = None
    wanted: str = ""
    quotes: tuple[tuple[str, str], ...] = ()
    derivation: str = ""
    confidence: str = ""


@dataclass(frozen=True, slots=True)
class Tried:
    """One rule on one item of one letter.

    Attributes:
        doc: Name of the letter.
        item: Number of the item, 0 for the letter.
        label: What is asked for.
        rule: Id of the rule.
        result: One of the five.
        message: Sentence of the finding, "" where nothing is flagged.
        excepted_by: Exception that held.
        missing: Facts that leave it undecided.
        lines: The condition trees.
    """

    doc: str
    item: int
    label: str
    rule: str
    result: Result
    message: str
    excepted_by: str
    missing: tuple[str, ...]
    lines: tuple[Line, ...]

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        return asdict(self) | {"result": self.result.value}


def chosen(rulebook: Rulebook, words: Sequence[str]) -> tuple[Rule, ...]:
    """The rules meant by ids, codes or files, drafts too.

    Raises:
        UnknownRuleError: A word that means no rule; retired ones judge nothing and count as none.
    """
    found: dict[str, Rule] = {}
    book = awake(rulebook)
    for word in words:
        meant = [rule for rule in book.rules if _means(rulebook, rule, word)]
        if not meant:
            known = {rule.id for rule in book.rules} | {rule.code for rule in book.rules}
            near = nearest(word, known)
            raise UnknownRuleError(f"no code, rule or rule file {word}" + (f"; did you mean {near}?" if near else ""))
        found |= {rule.id: rule for rule in meant}
    return tuple(found[id_] for id_ in sorted(found))


def _means(rulebook: Rulebook, rule: Rule, word: str) -> bool:
    file = rulebook.places[rule.id].rpartition(":")[0]
    own_file = word.endswith(".yaml") and (file == word or file.endswith(f"/{word.removeprefix('./')}"))
    return own_file or word.casefold() in {rule.id.casefold(), rule.code.casefold()}


class Trial:
    """Some rules of a book, tried on one letter after the other."""

    def __init__(self, rulebook: Rulebook, rules: tuple[Rule, ...], engine: str = "reference") -> None:
        """Makes them ready; drafts are judged like active rules."""
        self._rules = rules
        self._judge = Judge(replace(rulebook, rules=rules), engine)

    def on(self, facts: Facts) -> Iterator[Tried]:
        """Every rule on the letter or on each of its items, in order.

        Raises:
            JudgingError: A rule failed.
        """
        judgement = self._judge.judge(facts)
        labels = {item.number: item.request for item in facts.determination.items}
        by_number = {item.item: item for item in (facts.letter, *facts.items)}
        for judged in (judgement.letter, *judgement.items):
            for trace in judged.traces:
                label = labels.get(judged.item, "the whole letter")
                yield _tried(judgement, by_number[judged.item], trace, label)


def _tried(judgement: Judgement, item: ItemFacts, trace: Trace, label: str) -> Tried:
    determination = judgement.facts.determination
    trees = [("applies_to", trace.applies)]
    if trace.flag is not None:
        trees.append(("flag_when", trace.flag))
    trees += list(trace.exceptions)
    return Tried(
        doc=determination.source.doc,
        item=trace.item,
        label=label,
        rule=trace.rule,
        result=trace.result,
        message=_message(judgement, trace),
        excepted_by=trace.excepted_by,
        missing=trace.missing,
        lines=tuple(line for part, step in trees for line in _lines(part, step, 0, item, determination)),
    )


def _message(judgement: Judgement, trace: Trace) -> str:
    for finding in judgement.findings:
        told = {finding.trace.rule, *(also.rule for also in finding.also)}
        if finding.item == trace.item and trace.rule in told:
            return finding.message
    return ""


def _lines(part: str, step: Step, depth: int, item: ItemFacts, determination: Determination) -> Iterator[Line]:
    if not step.fact:
        if len(step.steps) != 1:
            yield Line(part, depth, step.kind if step.steps else "always", step.truth.value)
            depth += 1
        for below in step.steps:
            yield from _lines(part, below, depth, item, determination)
        return
    fact = item.facts.get(step.fact)
    quotes = tuple((e.part.value, " ".join(determination.quote(e.span).split())) for e in fact.evidence) if fact else ()
    yield Line(
        part=part,
        depth=depth,
        kind=step.kind,
        truth=step.truth.value,
        fact=step.fact,
        value=step.value,
        wanted=step.wanted,
        quotes=quotes,
        derivation=fact.derivation if fact else "",
        confidence=fact.confidence.value if fact else "",
    )
