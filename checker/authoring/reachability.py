"""What one rule can and cannot do: rules that never fire, exceptions that never apply, conditions that say nothing."""

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

from checker.authoring.advice import Advice, error, warning
from checker.authoring.domains import ANOTHER, conditions_of
from checker.authoring.formulas import Formula, TooManyCasesError, Worth
from checker.authoring.material import Material
from checker.authoring.situations import Situation, chosen, keys, routes, siblings
from checker.judging.program import Condition, Node, Ready
from checker.model.rule import Rule

Reading = tuple[Situation, Ready]
Asked = Callable[[Situation, Ready], Sequence[Formula]]


def rule_advice(material: Material, readings: dict[str, list[Reading]]) -> Iterator[Advice]:
    """Advice on each rule by itself.

    Args:
        material: The folder.
        readings: By the id of the rule, how it reads in each period in which it is in force.
    """
    written: dict[str, list[list[Advice]]] = {}
    for rule in material.rules:
        place = material.rulebook.places[rule.id]
        written.setdefault(place, []).append(list(_of_rule(material, rule, readings.get(rule.id, []))))
    for of_file in written.values():
        yield from _common(of_file)


_OF_THE_FILE = ("idle-exception", "dead-alternative", "idle-condition")
"""What is only amiss in a file with ``for_each`` where it is amiss in every rule written out from it."""


def _common(of_file: list[list[Advice]]) -> Iterator[Advice]:
    told = [{(one.kind, one.problem.line, one.problem.col) for one in of_rule} for of_rule in of_file]
    shared = set.intersection(*told)
    for one in (one for of_rule in of_file for one in of_rule):
        if one.kind not in _OF_THE_FILE or (one.kind, one.problem.line, one.problem.col) in shared:
            yield one


def _of_rule(material: Material, rule: Rule, readings: list[Reading]) -> Iterator[Advice]:
    if not readings:
        yield error(
            "never-fires", material.at(rule, ("effective",), f"{rule.id} is in force on no day", "see effective")
        )
        return
    try:
        yield from _advice(material, rule, readings)
    except TooManyCasesError:
        message = f"{rule.id} has too many cases to be gone through"
        yield warning("too-large", material.at(rule, ("flag_when",), message, "split the rule"))


def _advice(material: Material, rule: Rule, readings: list[Reading]) -> Iterator[Advice]:
    if not _ever(readings, lambda s, r: [s.flags(r)]):
        message, hint = _why_never(readings)
        yield error("never-fires", material.at(rule, ("flag_when",), f"{rule.id} never flags: {message}", hint))
        return
    if not _ever(readings, lambda s, r: [s.is_(r.applies), s.is_(r.flag, Worth.FALSE)]):
        message = f"{rule.id}: flag_when holds wherever applies_to does"
        yield warning("always-flags", material.at(rule, ("flag_when",), message, "say in flag_when what is wrong"))
    yield from _exceptions(material, rule, readings)
    yield from _dead_branches(material, rule, readings)
    yield from _idle_conditions(material, rule, readings)


def _ever(readings: Sequence[Reading], asked: Asked) -> bool:
    """Whether some facts of some period do what is asked."""
    return any(situation.find(*asked(situation, ready)) is not None for situation, ready in reversed(readings))


def _why_never(readings: list[Reading]) -> tuple[str, str]:
    situation, ready = readings[-1]
    parts = [("applies_to", ready.applies), ("flag_when", ready.flag)]
    for name, tree in parts:
        if situation.find(situation.is_(tree)) is None:
            return f"{name} contradicts itself", _conflict(situation, [tree])
    if situation.find(*(situation.is_(tree) for _, tree in parts)) is None:
        return "applies_to and flag_when contradict each other", _conflict(situation, [tree for _, tree in parts])
    names = ", ".join(id_ for id_, _ in ready.exceptions)
    return "an exception holds wherever it would flag", f"see {names}"


def _conflict(situation: Situation, trees: list[Node]) -> str:
    """Two comparisons that every way through the trees needs and that no value meets."""
    needed = [
        node
        for tree in trees
        for route, node in routes(tree)
        if isinstance(node, Condition) and not chosen(tree, route)
    ]
    for one in needed:
        cases = situation.domains.cases(one)
        if not cases.true:
            shown = [str(v) for v in situation.domains.values(one.fact) if v not in (ANOTHER, "unknown")]
            return f"{_said(one)} holds for no value of {one.fact}: {', '.join(shown[:6])}"
    for one, other in combinations(needed, 2):
        if one.fact == other.fact:
            cases, others = situation.domains.cases(one), situation.domains.cases(other)
            if not cases.true & others.true:
                return f"{_said(one)} and {_said(other)} exclude each other"
    return "its alternatives exclude each other one by one"


def _said(condition: Condition) -> str:
    return f"{condition.fact} {condition.operator} {condition.wanted}"


def _exceptions(material: Material, rule: Rule, readings: list[Reading]) -> Iterator[Advice]:
    for n, exception in enumerate(rule.unless):

        def meets(situation: Situation, ready: Ready, n: int = n) -> list[Formula]:
            may = [situation.is_(ready.applies, Worth.NOT_FALSE), situation.is_(ready.flag, Worth.NOT_FALSE)]
            return [*may, situation.is_(ready.exceptions[n][1])]

        def meets_alone(situation: Situation, ready: Ready, n: int = n) -> list[Formula]:
            before = [situation.is_(tree, Worth.NOT_TRUE) for _, tree in ready.exceptions[:n]]
            return [*meets(situation, ready, n), *before]

        place = ("unless", n, "when")
        if not _ever(readings, meets):
            message = f"{exception.id} can never apply: where it holds, the rule does not flag anyway"
            yield error("idle-exception", material.at(rule, place, message, "leave it out, or mend its condition"))
        elif n and not _ever(readings, meets_alone):
            message = f"{exception.id} only applies where an exception before it already does"
            yield warning("idle-exception", material.at(rule, place, message, "leave it out"))


def _dead_branches(material: Material, rule: Rule, readings: list[Reading]) -> Iterator[Advice]:
    """Alternatives of an ``any`` by which the rule can never flag."""
    _, pattern = readings[-1]
    for name, tree in (("applies_to", pattern.applies), ("flag_when", pattern.flag)):
        dead: list[tuple[int, ...]] = []
        for route, node in routes(tree):
            if not chosen(tree, route) or any(route[: len(above)] == above for above in dead):
                continue

            def by_this(
                situation: Situation, ready: Ready, name: str = name, route: tuple[int, ...] = route
            ) -> list[Formula]:
                applies, flag = (route, ()) if name == "applies_to" else ((), route)
                excuses = [situation.is_(below, Worth.FALSE) for _, below in ready.exceptions]
                return [situation.through(ready.applies, applies), situation.through(ready.flag, flag), *excuses]

            if not _ever(readings, by_this):
                dead.append(route)
                told = " and ".join(_said(condition) for condition in list(conditions_of(node))[:3])
                message = f"this alternative never makes the rule flag: {told}"
                problem = material.at(rule, (name, *keys(tree, route)), message, "leave it out, or mend it")
                yield warning("dead-alternative", problem)


def _idle_conditions(material: Material, rule: Rule, readings: list[Reading]) -> Iterator[Advice]:
    """Comparisons that always hold where those beside them do."""
    _, pattern = readings[-1]
    for name, tree in (("applies_to", pattern.applies), ("flag_when", pattern.flag)):
        for route, node in routes(tree):
            if not route or chosen(tree, route) or not isinstance(node, Condition):
                continue

            def without(
                situation: Situation, ready: Ready, name: str = name, route: tuple[int, ...] = route
            ) -> list[Formula]:
                own = ready.applies if name == "applies_to" else ready.flag
                above = [] if name == "applies_to" else [situation.is_(ready.applies)]
                beside = [situation.is_(below) for below in siblings(own, route)]
                return [*above, *beside, situation.is_(_at(own, route), Worth.NOT_TRUE)]

            if not _ever(readings, without):
                message = f"{_said(node)} says nothing: it holds wherever the conditions beside it do"
                problem = material.at(rule, (name, *keys(tree, route)), message, "leave it out, or mend it")
                yield warning("idle-condition", problem)


def _at(node: Node, route: Sequence[int]) -> Node:
    for n in route:
        if not isinstance(node, Condition):
            node = node.nodes[n]
    return node
