"""What the commands of ``imrcheck rules`` print for people; ``--format json`` prints the same as data."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TextIO

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from checker.authoring.advice import Advice, Level
from checker.authoring.checking import Checked
from checker.authoring.comparing import Comparison, Difference, Found
from checker.authoring.coverage import CriterionCover, FactCover
from checker.authoring.exercised import EntryCover
from checker.authoring.listing import Row
from checker.authoring.trying import Line, Tried
from checker.judging.ruletests import Outcome
from checker.reporting.visible import folded, shortened
from checker.review.measures import Precision

PLAIN_WIDTH = 200
"""Columns where the output is no terminal: nothing is cut off that a script may look for."""

QUOTE = 120
_SIGNS = {"true": "held", "false": "not held", "unknown": "unknown"}
_STYLES = {"true": "green", "false": "dim", "unknown": "yellow", "error": "bold red", "warning": "yellow"}


def console(out: TextIO) -> Console:
    """A console; without colours and with one width where the output is no terminal."""
    width = None if out.isatty() else PLAIN_WIDTH
    return Console(file=out, highlight=False, markup=False, emoji=False, width=width, soft_wrap=not out.isatty())


def table(head: Sequence[str], rows: Iterable[Sequence[str]], title: str = "") -> Table:
    """A table; letters may have put anything into its cells, so nothing in them is read as markup."""
    made = Table(box=SIMPLE_HEAD, title=title or None, title_justify="left", show_edge=False, pad_edge=False)
    for word in head:
        made.add_column(word, overflow="fold")
    for row in rows:
        made.add_row(*(Text(folded(cell)) for cell in row))
    return made


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def print_advice(checked: Checked, out: TextIO) -> None:
    """The advice, one line each, and a summary."""
    to = console(out)
    for one in checked.advice:
        to.print(_advice(one))
    errors, warnings = checked.count(Level.ERROR), checked.count(Level.WARNING)
    rules = _count(len(checked.material.rules), "rule") if checked.material else "the folder does not load"
    to.print(Text(f"{rules}: {_count(errors, 'error')}, {_count(warnings, 'warning')}"))


def _advice(one: Advice) -> Text:
    told = one.problem
    hint = f" ({folded(told.hint)})" if told.hint else ""
    return Text.assemble(
        (f"{told.file}:{told.line}:{told.col}: ", "bold"),
        (f"{one.level.value}: ", _STYLES[one.level.value]),
        (f"{one.kind}: {folded(told.message)}", ""),
        (hint, "dim"),
    )


def print_outcomes(outcomes: Sequence[Outcome], out: TextIO) -> None:
    """The tests that failed, one line each, and a summary."""
    to = console(out)
    failed = [outcome for outcome in outcomes if not outcome.passed]
    for outcome in failed:
        to.print(Text(folded(str(outcome))))
    rules = len({outcome.rule for outcome in outcomes})
    to.print(Text(f"{_count(len(outcomes), 'test')} of {_count(rules, 'rule')}: {len(failed)} failed"))


def print_rows(rows: Sequence[Row], out: TextIO, *, reviewed: bool = False) -> None:
    """The list of rules.

    Args:
        rows: The rules.
        out: Where it goes.
        reviewed: Whether to say what reviewers said of their findings.
    """
    head = ("rule", "severity", "status", "topics", "rests on", "in force", "tests", "from", "hash", "precision")
    body = (
        (
            row.id,
            row.severity,
            row.status,
            ", ".join(row.topics),
            f"{', '.join(row.editions)} [{row.mark}]",
            row.in_force,
            str(row.tests),
            row.layer,
            row.digest[:12],
            _precision(row.precision),
        )
        for row in rows
    )
    to = console(out)
    shown = len(head) if reviewed else len(head) - 1
    to.print(table(head[:shown], (cells[:shown] for cells in body)))
    to.print(Text(_count(len(rows), "rule")))


def _precision(told: Precision | None) -> str:
    """How often reviewers found the rule right: count, rate and interval; what they left undecided stands apart."""
    if told is None:
        return "no verdict"
    parts = []
    if told.rate.known:
        rate = told.rate
        value, low, high = (f"{100 * number:.0f}" for number in (rate.value, rate.low, rate.high))
        parts.append(f"{told.confirmed} of {rate.of}, {value} % ({low} to {high} %)")
    if told.undecided:
        parts.append(f"{told.undecided} undecided")
    return "; ".join(parts)


def print_tried(tried: Tried, out: TextIO) -> None:
    """One rule on one item, with its trees."""
    to = console(out)
    style = "bold red" if tried.message else "bold"
    to.print(Text.assemble((f"{tried.doc}:{tried.item}", "bold"), f"  {shortened(tried.label, QUOTE)}"))
    why = f" by {tried.excepted_by}" if tried.excepted_by else ""
    why += f" for want of {', '.join(tried.missing)}" if tried.missing else ""
    to.print(Text.assemble((f"  {tried.rule}: ", ""), (tried.result.value.replace("_", " ") + why, style)))
    if tried.message:
        to.print(Text(f"  {folded(tried.message)}"))
    part = ""
    for line in tried.lines:
        if line.part != part:
            part = line.part
            to.print(Text(f"    {part}", "bold"))
        for text in _condition(line):
            to.print(text)
    to.print()


def _condition(line: Line) -> Iterator[Text]:
    indent = "      " + "  " * line.depth
    sign = (f"[{_SIGNS[line.truth]}] ", _STYLES[line.truth])
    if not line.fact:
        yield Text.assemble(indent, sign, f"{line.kind} of these" if line.kind != "always" else "always")
        return
    given = folded(shortened(str(line.value), QUOTE))
    why = ", ".join(part for part in (line.derivation, f"{line.confidence} confidence") if part)
    said = f"{line.fact} {line.kind} {line.wanted}: it is {given}"
    yield Text.assemble(indent, sign, folded(said), (f" ({folded(why)})", "dim"))
    for where, quote in line.quotes:
        yield Text.assemble(f'{indent}    {where}: "', (folded(shortened(quote, QUOTE)), "italic"), '"')


def print_criteria(covers: Sequence[CriterionCover], out: TextIO) -> None:
    """Criteria with what asks for them, and a summary."""

    def asked(cover: CriterionCover) -> str:
        if cover.reason:
            return f"no rule: {cover.reason}"
        counted = f"counted by {_count(len(cover.counted_by), 'rule')}" if cover.counted_by else ""
        anywhere = f"of any treatment by {', '.join(cover.general_by)}" if cover.general_by else ""
        parts = (", ".join(cover.asked_by), counted, "" if cover.asked_by else anywhere)
        return "; ".join(part for part in parts if part) or "NO RULE AND NO REASON"

    to = console(out)
    to.print(
        table(
            ("topic", "criterion", "mark", "asked for by"), ((c.topic, c.criterion, c.mark, asked(c)) for c in covers)
        )
    )
    open_ = sum(not cover.covered and not cover.reason for cover in covers)
    reasons = sum(bool(cover.reason) for cover in covers)
    covered = sum(cover.covered for cover in covers)
    to.print(
        Text(
            f"{_count(len(covers), 'criterion').replace('criterions', 'criteria')}: {covered} with a rule, "
            f"{reasons} with a reason, {open_} with neither"
        )
    )


def print_facts(covers: Sequence[FactCover], out: TextIO) -> None:
    """Facts that rules compare with the tests that give them, and a summary."""
    to = console(out)
    rows = ((c.fact, str(c.rules), str(len(c.tests)), c.tests[0] if c.tests else "NO TEST") for c in covers)
    to.print(table(("fact", "rules", "tests", "for example"), rows))
    without = sum(not cover.tests for cover in covers)
    to.print(Text(f"{_count(len(covers), 'fact')} compared, {without} given by no test"))


def print_entries(covers: Sequence[EntryCover], out: TextIO) -> None:
    """Entries of the lexicon that no text exercises, and a count for each kind."""
    to = console(out)
    unused = [cover for cover in covers if not cover.tests]
    to.print(table(("kind", "entry that no text exercises"), ((c.kind, c.id) for c in unused)))
    for kind in dict.fromkeys(cover.kind for cover in covers):
        own = [cover for cover in covers if cover.kind == kind]
        to.print(Text(f"{kind}: {sum(bool(c.tests) for c in own)} of {len(own)} exercised"))


def print_comparison(comparison: Comparison, out: TextIO) -> None:
    """Differences with their quotes, counts by rule, and a summary."""
    to = console(out)
    for difference in comparison.differences:
        for text in _difference(difference):
            to.print(text)
    counts = list(comparison.by_rule())
    if counts:
        head = ("rule", "added", "gone", "changed", "before", "after")
        to.print(table(head, ((rule, *(str(c[key]) for key in head[1:])) for rule, c in counts)))
    for line in comparison.odd:
        to.print(Text(f"not compared: {folded(line)}"))
    to.print(Text(f"{_count(comparison.letters, 'letter')}: {_count(len(comparison.differences), 'difference')}"))


def _difference(difference: Difference) -> Iterator[Text]:
    found = difference.found
    style = {"added": "green", "gone": "red", "changed": "yellow"}[difference.kind.value]
    yield Text.assemble(
        (f"{difference.kind.value:8}", style),
        (f"{folded(found.doc)}:{found.item}  ", "bold"),
        f"{found.rule}  {found.severity}  {folded(found.message)}",
    )
    if difference.before and difference.after:
        for name in difference.what:
            old, new = (_shown(side, name) for side in (difference.before, difference.after))
            yield Text(f"          {name}: {old} -> {new}")
    for where, quote in found.quotes:
        yield Text.assemble(f'          {where}: "', (folded(shortened(quote, QUOTE)), "italic"), '"')


def _shown(found: Found, name: str) -> str:
    if name == "quotes":
        return _count(len(found.quotes), "quote")
    return folded(str(getattr(found, name)))
