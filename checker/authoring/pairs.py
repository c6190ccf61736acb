"""Two rules against each other: the same twice, one inside the other, or one of the two whatever the letter says."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from checker.authoring.advice import Advice, error, warning
from checker.authoring.domains import facts_of
from checker.authoring.formulas import TooManyCasesError, Worth
from checker.authoring.material import Material
from checker.authoring.situations import Situation, trees
from checker.judging.program import Ready
from checker.model.rule import Rule

Pair = tuple[Ready, Ready]


def pair_advice(material: Material, situations: tuple[Situation, ...]) -> Iterator[Advice]:
    """Advice on pairs of active rules that can concern the same item.

    What is claimed of a pair holds in every period in which both are in force.
    """
    awake = {rule.id for rule in material.rules if rule.status == "active"}
    readings = [{one.rule.id: one for one in each.ready if one.rule.id in awake} for each in situations]
    ever = {id_: one for reading in readings for id_, one in reading.items()}
    meeting: list[list[tuple[Situation, Pair]]] = []
    for a, b in _candidates([ever[id_] for id_ in sorted(ever)]):
        met = [
            (situation, (reading[a], reading[b]))
            for situation, reading in zip(situations, readings, strict=True)
            if situation.dated and a in reading and b in reading
        ]
        if met:
            meeting.append(met)
    for met in meeting:
        try:
            yield from _advice(material, met)
        except TooManyCasesError:
            continue  # told for the rule itself


def _candidates(ready: Sequence[Ready]) -> Iterator[tuple[str, str]]:
    """Ids of two rules that ask for common facts and can concern the same item; the same in every period."""
    for scope in dict.fromkeys(one.rule.scope for one in ready):
        told = [(one, facts_of(*trees(one)), facts_of(one.flag)) for one in ready if one.rule.scope == scope]
        for (a, asked, flagged), (b, too, same) in combinations(told, 2):
            if (flagged & same or asked <= too or too <= asked) and _same_items(a, b):
                yield a.rule.id, b.rule.id


def _same_items(a: Ready, b: Ready) -> bool:
    return a.topics is None or b.topics is None or bool(a.topics & b.topics)


def _advice(material: Material, met: list[tuple[Situation, Pair]]) -> Iterator[Advice]:
    _, (a, b) = met[-1]
    one, other = a.rule, b.rule
    b_in_a, a_in_b = _inside(met, swapped=True), _inside(met, swapped=False)
    if a_in_b and b_in_a:
        yield _twice(material, one, other)
    elif one.code == other.code and (a_in_b or b_in_a):
        inner, outer = (one, other) if a_in_b else (other, one)
        if inner.severity.rank <= outer.severity.rank:
            message = f"whatever {inner.id} flags, {outer.id} flags too, as {outer.severity.value} of the same code"
            hint = f"see {material.rulebook.places[outer.id]}"
            yield warning("covered-rule", material.at(inner, ("flag_when",), message, hint))
    elif _whatever_is_said(met):
        message = f"{one.id} and {other.id} contradict each other: where both apply, one of the two always flags"
        hint = f"see {material.rulebook.places[one.id]}"
        yield error("contradictory-rules", material.at(other, ("flag_when",), message, hint))


def _twice(material: Material, one: Rule, other: Rule) -> Advice:
    same = f"{other.id} flags exactly what {one.id} flags"
    hint = f"keep one; see {material.rulebook.places[one.id]}"
    if one.code != other.code:
        return warning("duplicate-rule", material.at(other, ("flag_when",), f"{same}, under another code", hint))
    if one.severity is not other.severity:
        message = f"{same}, once as {one.severity.value} and once as {other.severity.value}"
        return error("contradictory-rules", material.at(other, ("severity",), message, hint))
    return error("duplicate-rule", material.at(other, ("flag_when",), same, hint))


def _inside(met: list[tuple[Situation, Pair]], *, swapped: bool) -> bool:
    """Whether the first (the second, where swapped) never flags without the other."""
    for situation, (a, b) in met:
        inner, outer = (b, a) if swapped else (a, b)
        if not facts_of(*trees(outer)) <= facts_of(*trees(inner)):
            return False  # it depends on a fact that the other does not ask for
        if situation.find(situation.flags(inner), situation.does_not_flag(outer)) is not None:
            return False
    return any(situation.find(situation.flags(b if swapped else a)) is not None for situation, (a, b) in met)


def _whatever_is_said(met: list[tuple[Situation, Pair]]) -> bool:
    """Whether one applies only where the other does, and no facts let both pass although each can pass by itself."""
    for situation, (a, b) in met:
        if not facts_of(a.flag) & facts_of(b.flag) or not _nested(situation, a, b):
            return False
        if situation.find(situation.passes(a), situation.passes(b)) is not None:
            return False
        apart = (situation.passes(a), situation.is_(b.applies)), (situation.passes(b), situation.is_(a.applies))
        if any(situation.find(*formulas) is None for formulas in apart):
            return False
    return True


def _nested(situation: Situation, a: Ready, b: Ready) -> bool:
    """Whether one of two rules applies to nothing that the other does not apply to."""
    return any(
        situation.find(situation.is_(one.applies), situation.is_(other.applies, Worth.NOT_TRUE)) is None
        for one, other in ((a, b), (b, a))
    )
