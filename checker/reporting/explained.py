"""The explanation of a code as plain text."""

import textwrap
from collections.abc import Iterable, Iterator

from checker.rulebook.explain import Condition, Example, Explanation, RuleExplanation

WIDTH = 100
_SHOWN_IDS = 6
ONCE = {"item": "once an item", "letter": "once a letter", "batch": "once an item beside the other letters of a run"}
"""How often a rule of each scope is judged."""


def lines(explanation: Explanation) -> Iterator[str]:
    """The lines to print, rule files parted by an empty line."""
    for n, rule in enumerate(explanation.rules):
        if n:
            yield ""
        yield from _rule(rule)


def _rule(rule: RuleExplanation) -> Iterator[str]:
    yield f"{rule.code}  {rule.title}"
    confidence = f"confidence at most {rule.confidence}"
    status = "" if rule.status == "active" else f", {rule.status}"
    yield f"  {rule.severity}, {confidence}, {ONCE[rule.scope]}{status}"
    yield from _paragraph("Why", rule.why)
    yield from _paragraph("Source", rule.source)
    yield from _paragraph("Note", rule.note)
    yield from _paragraph("In force", rule.in_force)
    yield from _listed("Numbers", rule.numbers)
    yield from _listed(
        "Applies to", _indented(rule.applies_to) or ["every letter" if rule.scope == "letter" else "every item"]
    )
    yield from _listed("Flags when", _indented(rule.flag_when))
    for excuse in rule.exceptions:
        yield from _listed(f"Unless {excuse.id}", [excuse.why, *_indented(excuse.when), excuse.source])
    yield from _example("Flagged", rule.flagged)
    yield from _example("Not flagged", rule.clean)
    yield from _paragraph("How to answer", rule.ask)
    shown = ", ".join(rule.ids[:_SHOWN_IDS])
    more = f" and {len(rule.ids) - _SHOWN_IDS} more" if len(rule.ids) > _SHOWN_IDS else ""
    yield from _paragraph("Rule", f"{shown}{more} ({rule.place})")


def _indented(conditions: Iterable[Condition]) -> list[str]:
    return ["  " * condition.depth + condition.text for condition in conditions]


def _paragraph(title: str, text: str) -> Iterator[str]:
    if text:
        yield f"  {title}:"
        yield from textwrap.wrap(" ".join(text.split()), WIDTH, initial_indent="    ", subsequent_indent="    ")


def _listed(title: str, texts: Iterable[str]) -> Iterator[str]:
    given = [text for text in texts if text]
    if given:
        yield f"  {title}:"
    for text in given:
        indent = " " * (4 + len(text) - len(text.lstrip()))
        yield from textwrap.wrap(text.strip(), WIDTH, initial_indent=indent, subsequent_indent=indent + "  ")


def _example(title: str, example: Example | None) -> Iterator[str]:
    if example is None:
        return
    facts = [f"{name} = {value}" for name, value in example.given.items()]
    told = f"-> {example.message}" if example.message else f"-> {example.result.value.replace('_', ' ')}"
    yield from _listed(f"{title}, for example: {example.name}", [*facts, told])
