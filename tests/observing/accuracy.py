"""How well the regression set is read: ``python -m tests.observing.accuracy [--mutated]``.

Prints accuracy by status, concept and role, the confusion table, what was read wrong, and the sentences that no cue
touched: those are where the cue table has to grow.
"""

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from checker.knowledge.idiom import Idiom
from checker.model.facts import Assertion
from tests.observing.mutations import MUTATIONS, mutated, mutations
from tests.observing.regression_set import (
    SEVERAL,
    Rationale,
    RegressionSet,
    Statement,
    read_roles,
    read_statement,
    the_set,
)
from tests.shipped import the_idiom

STATUSES = tuple(status.value for status in Assertion)
PLAIN = "as written"


@dataclass(frozen=True, slots=True)
class Answer:
    """One thing that was asked of the program and what it said.

    Attributes:
        expected: The status or role of the set.
        told: What was read.
        group: The concept, or the rationale's name.
        text: The sentence.
        touched: Whether any cue of the lexicon bears on it.
        by: The mutation that made the text, ``PLAIN`` for none.
        why: What decided.
    """

    expected: str
    told: str
    group: str
    text: str
    touched: bool
    by: str = PLAIN
    why: str = ""

    @property
    def right(self) -> bool:
        """Whether the program read what the set says."""
        return self.expected == self.told


def share(answers: Sequence[Answer]) -> float:
    """Right answers of all, 0 to 1; of none at all 0, so that an empty set passes no gate."""
    return sum(a.right for a in answers) / len(answers) if answers else 0.0


def statuses(statements: Iterable[Statement], idiom: Idiom) -> list[Answer]:
    """The statements as they stand."""
    return [_status(statement, statement.text, PLAIN, idiom) for statement in statements]


def mutated_statuses(statements: Iterable[Statement], idiom: Idiom) -> list[Answer]:
    """The mutated half: each statement to which an edit applies, once, in up to three edits."""
    found = ((s, mutated(s.text)) for s in statements)
    return [_status(s, m.text, m.name, idiom) for s, m in found if m is not None]


def single_mutations(statements: Iterable[Statement], idiom: Idiom) -> list[Answer]:
    """Every edit of every statement by itself."""
    return [_status(s, m.text, m.name, idiom) for s in statements for m in mutations(s.text)]


def _status(statement: Statement, text: str, by: str, idiom: Idiom) -> Answer:
    read = read_statement(replace(statement, text=text), idiom)
    why = "; ".join(read.cues)
    return Answer(statement.status, read.status, statement.concept, text, read.touched, by, why)


def roles(rationales: Iterable[Rationale], idiom: Idiom) -> list[Answer]:
    """Every sentence of the rationales as they stand."""
    return [answer for rationale in rationales for answer in _roles(rationale, PLAIN, idiom)]


def mutated_roles(rationales: Iterable[Rationale], idiom: Idiom) -> list[Answer]:
    """The rationales with every sentence mutated to which an edit applies."""
    found: list[Answer] = []
    for rationale in rationales:
        edits = [mutated(text) for _, text in rationale.sentences]
        if any(edits):
            texts = tuple(
                (role, edit.text if edit else text)
                for (role, text), edit in zip(rationale.sentences, edits, strict=True)
            )
            found += _roles(replace(rationale, sentences=texts), "mutated", idiom)
    return found


def _roles(rationale: Rationale, by: str, idiom: Idiom) -> Iterator[Answer]:
    for (role, text), (told, touched) in zip(rationale.sentences, read_roles(rationale, idiom), strict=True):
        yield Answer(role, told, rationale.name, text, touched, by)


def _table(title: str, answers: Sequence[Answer], key: Callable[[Answer], str], order: Sequence[str] = ()) -> None:
    groups: dict[str, list[Answer]] = defaultdict(list)
    for answer in answers:
        groups[key(answer)].append(answer)
    _say(f"\n{title}")
    for name in [*(n for n in order if n in groups), *sorted(set(groups) - set(order))]:
        held = groups[name]
        _say(f"  {name:32} {sum(a.right for a in held):4} of {len(held):4}  {share(held):6.1%}")


def _confusion(answers: Sequence[Answer]) -> None:
    counts = Counter((a.expected, a.told) for a in answers)
    columns = [*STATUSES, SEVERAL]
    _say("\nConfusion (rows: the set, columns: read)")
    _say(" " * 16 + "".join(f"{name[:10]:>12}" for name in columns))
    for row in STATUSES:
        _say(f"  {row:14}" + "".join(f"{counts[row, name] or '.':>12}" for name in columns))


def _wrong(answers: Sequence[Answer]) -> None:
    wrong = [a for a in answers if not a.right]
    _say(f"\nWrong: {len(wrong)}")
    for a in wrong:
        by = "" if a.by == PLAIN else f" [{a.by}]"
        _say(f"  {a.group}: {a.expected}, read {a.told}{by} ({a.why or 'nothing decided'})\n      {a.text}")


def _untouched(answers: Sequence[Answer]) -> None:
    """Only where something should have been read: a sentence that says nothing needs no cue."""
    bare = [a for a in answers if not a.touched and not (a.right and a.expected == "silent")]
    _say(f"\nNo cue touched: {len(bare)}")
    for a in bare:
        _say(f"  {a.group}: {a.expected}{'' if a.right else f', read {a.told}'}\n      {a.text}")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


def report_plain(held: RegressionSet, idiom: Idiom) -> None:
    """The set as it is written."""
    said, done = statuses(held.statements, idiom), roles(held.rationales, idiom)
    _say(f"Statuses {share(said):.1%} of {len(said)}; roles {share(done):.1%} of {len(done)}")
    for batch in held.first_tries:
        _say(f"  first try of {batch.file}: statuses {batch.statuses}, roles {batch.roles}")
    _table("By status", said, lambda a: a.expected, STATUSES)
    _table("By concept", said, lambda a: a.group)
    _table("By role", done, lambda a: a.expected)
    _confusion(said)
    for answers in (said, done):
        _wrong(answers)
        _untouched(answers)


def report_mutated(held: RegressionSet, idiom: Idiom) -> None:
    """The set in other words, and how far it falls."""
    said, done = statuses(held.statements, idiom), roles(held.rationales, idiom)
    half, edits = mutated_statuses(held.statements, idiom), single_mutations(held.statements, idiom)
    turned = mutated_roles(held.rationales, idiom)
    for name, before, after in (
        ("Statuses, up to three edits a sentence", said, half),
        ("Statuses, every edit by itself", said, edits),
        ("Roles", done, turned),
    ):
        drop = (share(before) - share(after)) * 100
        _say(f"{name}: {share(after):.1%} of {len(after)}, as written {share(before):.1%}, drop {drop:.1f} points")
    _table("By status", half, lambda a: a.expected, STATUSES)
    _table("By edit", edits, lambda a: a.by, tuple(MUTATIONS))
    _table("By role", turned, lambda a: a.expected)
    _confusion(half)
    for answers in (half, edits, turned):
        _wrong(answers)
    _untouched(half)


def main() -> None:
    """Print the report that was asked for."""
    options = argparse.ArgumentParser(prog="python -m tests.observing.accuracy", description=__doc__)
    options.add_argument("--mutated", action="store_true", help="the set in other words, and the drop")
    asked = options.parse_args()
    (report_mutated if asked.mutated else report_plain)(the_set(), the_idiom())


if __name__ == "__main__":
    main()
