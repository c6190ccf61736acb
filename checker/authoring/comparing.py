"""``imrcheck rules diff``: what a change of rules changes in what is found."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from enum import StrEnum

from checker.across import Across
from checker.batch.letters import Letter, identity, problems
from checker.model.findings import Finding, Judgement
from checker.model.source import Span


class Kind(StrEnum):
    """What became of a finding."""

    ADDED = "added"
    GONE = "gone"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Found:
    """One finding, as it can be compared.

    Attributes:
        doc: The letter.
        item: Number of the item, 0 for the letter.
        code: Its code.
        rule: Its rule.
        severity: How bad.
        confidence: How sure.
        message: Its sentence.
        quotes: Part of the letter and words.
        fingerprint: Rule, letter, item and words in one.
    """

    doc: str
    item: int
    code: str
    rule: str
    severity: str
    confidence: str
    message: str
    quotes: tuple[tuple[str, str], ...]
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One finding that only one of the two rule sets gives, or both give otherwise.

    Attributes:
        kind: added, gone or changed.
        before: As A has it, None where A has none.
        after: As B has it, None where B has none.
        what: Names of what changed.
    """

    kind: Kind
    before: Found | None
    after: Found | None
    what: tuple[str, ...] = ()

    @property
    def found(self) -> Found:
        """The finding as it is now, or was."""
        found = self.after or self.before
        assert found is not None  # noqa: S101  one of the two always is
        return found

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        return asdict(self) | {"kind": self.kind.value}


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two rule sets on the same letters.

    Attributes:
        letters: How many letters both judged.
        differences: In the order of the letters.
        odd: Letters that one of the two could not judge, one line each.
        before: Findings of A by rule.
        after: Findings of B by rule.
    """

    letters: int
    differences: tuple[Difference, ...]
    odd: tuple[str, ...]
    before: Mapping[str, int]
    after: Mapping[str, int]

    def by_rule(self) -> Iterator[tuple[str, dict[str, int]]]:
        """Counts of each rule for which something differs: added, gone, changed, and findings before and after."""
        counts: dict[str, Counter[str]] = {}
        for difference in self.differences:
            counts.setdefault(difference.found.rule, Counter())[difference.kind.value] += 1
        for rule, count in sorted(counts.items()):
            numbers = {kind.value: count[kind.value] for kind in Kind}
            yield rule, numbers | {"before": self.before.get(rule, 0), "after": self.after.get(rule, 0)}

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        return {
            "letters": self.letters,
            "rules": dict(self.by_rule()),
            "differences": [difference.as_dict() for difference in self.differences],
            "not_compared": list(self.odd),
        }


def compare(
    pairs: Iterable[tuple[Letter, Letter]], across: tuple[Across | None, Across | None] = (None, None)
) -> Comparison:
    """Compares what two rule sets find in the same letters.

    Args:
        pairs: Each letter as A judged it and as B did.
        across: What compares the letters with each other under A and under B, None where nothing does. Used up.
    """
    differences: list[tuple[int, Difference]] = []
    odd: list[str] = []
    counts: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    letters = 0
    with ExitStack() as open_:
        runs = tuple(open_.enter_context(each) if each else None for each in across)
        for place, pair in enumerate(pairs):
            unfit = next((letter for letter in pair if not isinstance(letter, Judgement)), None)
            if unfit is not None:
                odd.append(f"{identity(unfit).source}: {'; '.join(problems(unfit)) or 'not judged'}")
                continue
            letters += 1
            sides: list[list[Found]] = []
            for letter, run, count in zip(pair, runs, counts, strict=True):
                assert isinstance(letter, Judgement)  # noqa: S101  told apart above
                sides.append(_found(letter))
                count.update(found.rule for found in sides[-1])
                if run is not None:
                    run.add(place, letter)
            differences += [(place, difference) for difference in differing(*sides)]
        differences += _across(runs, counts)
    ordered = (difference for _, difference in sorted(differences, key=lambda at: at[0]))
    return Comparison(letters, tuple(ordered), tuple(odd), *map(dict, counts))


def _across(runs: Iterable[Across | None], counts: Iterable[Counter[str]]) -> Iterator[tuple[int, Difference]]:
    """What differs in the findings that rest on several letters, with the place of the letter."""
    sides: list[dict[int, list[Found]]] = []
    for run, count in zip(runs, counts, strict=True):
        found = {each.letter: _as_found(each.doc, each.findings, each.quote) for each in run.found()} if run else {}
        count.update(one.rule for each in found.values() for one in each)
        sides.append(found)
    old, new = sides
    for place in sorted(old.keys() | new.keys()):
        yield from ((place, each) for each in differing(old.get(place, ()), new.get(place, ())))


def _found(judgement: Judgement) -> list[Found]:
    determination = judgement.facts.determination
    return _as_found(determination.source.doc, judgement.findings, determination.quote)


def _as_found(doc: str, findings: Iterable[Finding], quote: Callable[[Span], str]) -> list[Found]:
    def quotes(finding: Finding) -> tuple[tuple[str, str], ...]:
        shown = ((e.part.value, " ".join(quote(e.span).split())) for e in finding.evidence)
        return tuple(dict.fromkeys(shown))

    return [
        Found(doc, f.item, f.code, f.rule, f.severity.value, f.confidence.value, f.message, quotes(f), f.fingerprint)
        for f in findings
    ]


def differing(old: Sequence[Found], new: Sequence[Found]) -> list[Difference]:
    """The differences between two lists of findings of one letter.

    What rests on the same words is one finding; then what has the same rule, and at last the same code, on one item.
    """
    left, right = list(old), list(new)
    changed: list[Difference] = []
    for key in ("fingerprint", "rule", "code"):
        for before in tuple(left):
            after = next((f for f in right if f.item == before.item and getattr(f, key) == getattr(before, key)), None)
            if after is None:
                continue
            left.remove(before)
            right.remove(after)
            what = tuple(
                name
                for name in ("rule", "severity", "confidence", "message", "quotes")
                if getattr(before, name) != getattr(after, name)
            )
            if what:
                changed.append(Difference(Kind.CHANGED, before, after, what))
    changed += [Difference(Kind.GONE, found, None) for found in left]
    changed += [Difference(Kind.ADDED, None, found) for found in right]
    return sorted(changed, key=lambda d: (d.found.item, d.found.code, d.found.rule, d.kind.value))
