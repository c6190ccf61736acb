"""What a code or a rule looks for, why, on what authority, with an example that is flagged and one that is not."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from checker.knowledge.schema import nearest
from checker.model.facts import FactValue
from checker.model.findings import Result
from checker.model.rule import All, Leaf, Node, ParameterRef, Rule, RuleTest, SourceRef
from checker.rulebook.book import Rulebook
from checker.rulebook.check import parameters_of
from checker.rulebook.references import cited


class UnknownRuleError(LookupError):
    """There is no such code or rule; the text says which come near."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One line of a condition tree.

    Attributes:
        depth: How deep it stands, 0 at the top.
        text: "all of these:", "any of these:" or a comparison in words.
    """

    depth: int
    text: str


@dataclass(frozen=True, slots=True)
class Excuse:
    """One named exception."""

    id: str
    why: str
    source: str
    when: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A test of the rule, told as an example.

    Attributes:
        name: What the test is called.
        result: What comes of it.
        given: The facts that matter.
        message: The sentence of the finding, "" where nothing is flagged.
    """

    name: str
    result: Result
    given: Mapping[str, FactValue]
    message: str = ""


@dataclass(frozen=True, slots=True)
class RuleExplanation:
    """One rule file.

    Attributes:
        ids: The rules written out from it; more than one with ``for_each``.
        code: Code of its findings.
        title: What is found.
        status: active, draft or retired.
        scope: item or letter.
        severity: How bad it is if true.
        confidence: Upper bound of the confidence.
        in_force: First and last day, in words; "" for always.
        why: What it looks for and why it matters.
        source: Document, section, pages and mark.
        note: A restriction that the source carries.
        numbers: The dated numbers it compares with, one line each.
        applies_to: Which items it concerns; empty for all.
        flag_when: What is wrong.
        exceptions: What excuses it.
        flagged: An example that is flagged, None where no test shows one.
        clean: An example that is not.
        ask: How to answer a finding.
        place: ``file:line``.
    """

    ids: tuple[str, ...]
    code: str
    title: str
    status: str
    scope: str
    severity: str
    confidence: str
    in_force: str
    why: str
    source: str
    note: str
    numbers: tuple[str, ...]
    applies_to: tuple[Condition, ...]
    flag_when: tuple[Condition, ...]
    exceptions: tuple[Excuse, ...]
    flagged: Example | None
    clean: Example | None
    ask: str
    place: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """What is known of a code or a rule.

    Attributes:
        asked: The code or id asked for.
        rules: The rule files behind it.
    """

    asked: str
    rules: tuple[RuleExplanation, ...] = field(default=())


def explain(rulebook: Rulebook, word: str) -> Explanation:
    """Explains a code (``FAC005``) or a rule (``FAC005.analgesia``), capital letters or not.

    Raises:
        UnknownRuleError: There is neither.
    """
    wanted = word.casefold()
    found = [rule for rule in rulebook.rules if wanted in {rule.code.casefold(), rule.id.casefold()}]
    if not found:
        known = {rule.code for rule in rulebook.rules} | {rule.id for rule in rulebook.rules}
        by_fold = {name.casefold(): name for name in known}
        near = by_fold.get(nearest(wanted, by_fold))
        raise UnknownRuleError(f"no code or rule {word}" + (f"; did you mean {near}?" if near else ""))
    files: dict[str, list[Rule]] = {}
    for rule in found:
        files.setdefault(rulebook.places[rule.id], []).append(rule)
    asked = found[0].code if wanted == found[0].code.casefold() else found[0].id
    return Explanation(asked, tuple(_explained(rulebook, rules, place) for place, rules in files.items()))


def _explained(rulebook: Rulebook, rules: list[Rule], place: str) -> RuleExplanation:
    # Of the rules written out from one file, the one whose own tests show a flag explains best.
    rule = next((rule for rule in rules if _test(rule, flagged=True)), rules[0])
    return RuleExplanation(
        ids=tuple(rule.id for rule in rules),
        code=rule.code,
        title=rule.title,
        status=rule.status,
        scope=rule.scope,
        severity=rule.severity.value,
        confidence=rule.confidence.value,
        in_force=_in_force(rule),
        why=rule.why.strip(),
        source=cited(rulebook.sources, rule.reference),
        note=rule.reference.note,
        numbers=tuple(_numbers(rulebook, rule)),
        applies_to=tuple(conditions(rule.applies_to)),
        flag_when=tuple(conditions(rule.flag_when)),
        exceptions=tuple(_excuses(rulebook, rule)),
        flagged=_example(rulebook, rule, flagged=True),
        clean=_example(rulebook, rule, flagged=False),
        ask=rule.ask.strip(),
        place=place,
    )


def _in_force(rule: Rule) -> str:
    first, last = rule.effective.from_, rule.effective.to
    parts = [f"from {first}" if first else "", f"to {last}" if last else ""]
    return " ".join(part for part in parts if part)


def _numbers(rulebook: Rulebook, rule: Rule) -> Iterator[str]:
    for name in parameters_of(rule):
        parameter = rulebook.parameters[name]
        for day, value in sorted(parameter.values.items()):
            number = "none" if value.value is None else f"{value.value:g} {parameter.unit}"
            yield f"{name}: {number} from {day}; {cited(rulebook.sources, value.reference)}"


def _excuses(rulebook: Rulebook, rule: Rule) -> Iterator[Excuse]:
    for exception in rule.unless:
        source = exception.source
        told = cited(rulebook.sources, source) if isinstance(source, SourceRef) else ""
        yield Excuse(exception.id, exception.why.strip(), told, tuple(conditions(exception.when)))


def conditions(tree: Node, depth: int = 0) -> Iterator[Condition]:
    """A condition tree in words, one line a node; a tree that always holds has none."""
    if isinstance(tree, Leaf):
        yield Condition(depth, f"{tree.fact} {_RELATIONS[tree.operator]} {_operand(tree)}")
        return
    below = tree.all if isinstance(tree, All) else tree.any
    if len(below) > 1:
        yield Condition(depth, "all of these:" if isinstance(tree, All) else "any of these:")
        depth += 1
    for node in below:
        yield from conditions(node, depth)


_RELATIONS = {
    "is": "is",
    "is_not": "is not",
    "in": "is one of",
    "not_in": "is none of",
    "above": "is above",
    "at_least": "is at least",
    "below": "is below",
    "at_most": "is at most",
}


def _operand(leaf: Leaf) -> str:
    if isinstance(leaf.operand, ParameterRef):
        return leaf.operand.parameter
    return ", ".join(map(str, leaf.operand)) if isinstance(leaf.operand, tuple) else str(leaf.operand)


def _test(rule: Rule, *, flagged: bool) -> RuleTest | None:
    """The first test that shows a flag, or the first that shows a clear or other result."""
    fitting = [test for test in rule.tests if (test.expect.result is Result.FLAGGED) == flagged]
    order = (Result.FLAGGED, Result.CLEAR, Result.EXCEPTED, Result.NOT_APPLICABLE, Result.UNDECIDED)
    return min(fitting, key=lambda test: order.index(test.expect.result), default=None)


def _example(rulebook: Rulebook, rule: Rule, *, flagged: bool) -> Example | None:
    test = _test(rule, flagged=flagged)
    if test is None:
        return None
    message = ""
    if flagged:
        facts = rulebook.vocabulary.defaults(rule.scope) | dict(test.given)
        because = test.expect.because or ()
        numbers = rulebook.parameters
        message = rulebook.messages[rule.id].render(
            facts.__getitem__, lambda name: numbers[name].value_on(None), because
        )
    return Example(test.name, test.expect.result, dict(test.given), message)
