"""What rules rest on and how they are shown: sources without a place, tests that are missing or assert no reason."""

from collections.abc import Iterator

from checker.authoring.advice import Advice, warning
from checker.authoring.material import Material
from checker.knowledge.topics import Topic
from checker.model.findings import Result
from checker.model.rule import Rule, SourceRef


def source_advice(material: Material) -> Iterator[Advice]:
    """Sources that name no section and no page, topics that decide nothing, and criteria that nobody asks for."""
    for rule in material.rules:
        if isinstance(rule.source, SourceRef) and _placeless(rule.source):
            problem = material.at(rule, ("source",), f"{rule.id} rests on a whole document", "add section or pages")
            yield warning("missing-source", problem)
        for n, exception in enumerate(rule.unless):
            if isinstance(exception.source, SourceRef) and _placeless(exception.source):
                message = f"{exception.id} rests on a whole document"
                problem = material.at(rule, ("unless", n, "source"), message, "add section or pages")
                yield warning("missing-source", problem)
    for topic in material.rulebook.topics.by_id.values():
        yield from _topic(material, topic)


def _topic(material: Material, topic: Topic) -> Iterator[Advice]:
    document = material.rulebook.topics.files[topic.id]
    asked = topic.decides
    if not (asked.drugs or asked.treatments or asked.classes or asked.categories):
        message, hint = f"no request is decided under {topic.id}", "add decides"
        yield warning("empty-topic", document.problem(("topic",), message, hint))
    for n, criterion in enumerate(topic.criteria):
        if not criterion.section and not criterion.pages:
            message = f"{criterion.id} names neither section nor page"
            yield warning("missing-source", document.problem(("topic", "criteria", n), message, "add section or pages"))


def test_advice(material: Material) -> Iterator[Advice]:
    """Tests that a rule lacks: either way for each rule written out, one for each exception, reasons for a flag."""
    files: dict[str, list[Rule]] = {}
    for rule in material.rules:
        files.setdefault(material.rulebook.places[rule.id], []).append(rule)
    for rules in files.values():
        yield from _untested(material, rules)
        yield from _unexcused(material, rules)
        yield from _unreasoned(material, rules)


def _untested(material: Material, rules: list[Rule]) -> Iterator[Advice]:
    for flagged, missing in ((True, "that it flags"), (False, "that it does not flag")):
        without = [r.id for r in rules if not any((t.expect.result is Result.FLAGGED) == flagged for t in r.tests)]
        if without:
            more = f" and {len(without) - 3} more" if len(without) > 3 else ""
            message = f"no test shows {missing}: {', '.join(without[:3])}{more}"
            hint = "a test without `with` is run for every value of for_each"
            yield warning("missing-test", material.at(rules[0], ("tests",), message, hint))
            return


def _unexcused(material: Material, rules: list[Rule]) -> Iterator[Advice]:
    shown = {test.expect.by for rule in rules for test in rule.tests if test.expect.result is Result.EXCEPTED}
    if None in shown:
        return
    for n, exception in enumerate(rules[0].unless):
        if not any(rule.unless[n].id in shown for rule in rules):
            hint = f"add one with expect: {{result: excepted, by: {exception.id}}}"
            problem = material.at(rules[0], ("unless", n, "id"), f"no test meets the exception {exception.id}", hint)
            yield warning("missing-test", problem)


def _unreasoned(material: Material, rules: list[Rule]) -> Iterator[Advice]:
    flagged = [test for rule in rules for test in rule.tests if test.expect.result is Result.FLAGGED]
    if flagged and all(test.expect.because is None for test in flagged):
        hint = "add because: with the facts that hold"
        problem = material.at(rules[0], ("tests",), f"no test of {rules[0].id} says why it flags", hint)
        yield warning("missing-reason", problem)


def _placeless(source: SourceRef) -> bool:
    return not source.section and not source.pages
