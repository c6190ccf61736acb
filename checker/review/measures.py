"""What verdicts tell of the rules and of the reviewers: precision, misses, agreement."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from checker.review.intervals import Agreement, Estimate, agreement, share
from checker.review.standing import Standing, State, Today, latest, standings
from checker.review.statements import Statement, Verdict

_CHOICES = (Verdict.CONFIRMED, Verdict.DISMISSED, Verdict.UNSURE)


@dataclass(frozen=True, slots=True)
class Precision:
    """How often a rule was right where the reviewers decided; unsure and disputed findings are counted apart."""

    confirmed: int
    dismissed: int
    undecided: int

    @property
    def rate(self) -> Estimate:
        """Confirmed of confirmed and dismissed, with Wilson's interval."""
        return share(self.confirmed, self.confirmed + self.dismissed)

    def record(self) -> dict[str, object]:
        """The counts and the rate as JSON holds them."""
        counts = {"confirmed": self.confirmed, "dismissed": self.dismissed, "undecided": self.undecided}
        return {**counts, "rate": self.rate.record()}


def precision(rules: Mapping[str, str], found: Mapping[str, Standing]) -> dict[str, Precision]:
    """Precision by rule, for the rules on which anything was said.

    Args:
        rules: The rule of each finding by its fingerprint.
        found: Where each finding stands.
    """
    states: dict[str, list[State]] = defaultdict(list)
    for fingerprint, held in found.items():
        if held.held and fingerprint in rules:
            states[rules[fingerprint]].append(held.state)
    return {
        rule: Precision(
            confirmed=of_rule.count(State.CONFIRMED),
            dismissed=of_rule.count(State.DISMISSED),
            undecided=of_rule.count(State.UNSURE) + of_rule.count(State.DISPUTED),
        )
        for rule, of_rule in sorted(states.items())
    }


def precision_of_rules(statements: Iterable[Statement], digests: Mapping[str, str]) -> dict[str, Precision]:
    """Precision by rule without a run at hand: a finding is taken for what it was when it was last judged.

    Verdicts on a rule that has changed since, or is gone, do not count.

    Args:
        statements: All of the files of verdicts, in their order.
        digests: Hash of each rule by its id.
    """
    said = tuple(statements)
    today: dict[str, Today] = {}
    for told in said:
        if told.verdict in _CHOICES and told.rule in digests:
            today[told.fingerprint] = Today(
                told.fingerprint, told.rule, told.doc, told.item, digests[told.rule], told.evidence_hash
            )
    rules = {fingerprint: finding.rule for fingerprint, finding in today.items()}
    return precision(rules, standings(said, today.values()))


def miss_rate(statements: Iterable[Statement], sampled: Iterable[str]) -> Estimate:
    """The share of sampled clean letters in which a reviewer found something that no rule did.

    Args:
        statements: All of the file of verdicts, in its order.
        sampled: Names of the letters without findings that were drawn for review.
    """
    wanted = set(sampled)
    said: dict[str, set[Verdict]] = defaultdict(set)
    for by_reviewer in latest(statements).values():
        for statement in by_reviewer.values():
            if statement.doc in wanted:
                said[statement.doc].add(statement.verdict)
    looked_at = [verdicts for verdicts in said.values() if verdicts & {Verdict.CLEAN, Verdict.MISSED}]
    return share(sum(Verdict.MISSED in verdicts for verdicts in looked_at), len(looked_at))


@dataclass(frozen=True, slots=True)
class Pair:
    """Agreement of two reviewers on the findings that both judged in the same form, or on letters.

    ``disagreed`` are the fingerprints of the findings, or the names of the letters, on which they differ.
    """

    first: str
    second: str
    agreement: Agreement
    disagreed: tuple[str, ...]


def pairs(statements: Iterable[Statement], *, blind: bool = False) -> tuple[Pair, ...]:
    """Agreement of every two reviewers, in the order of their names; who adjudicates is no second reviewer.

    Args:
        statements: All of the file of verdicts, in its order.
        blind: Count only verdicts given without sight of the other's.
    """
    said: dict[tuple[str, str], list[tuple[str, Verdict, Verdict]]] = defaultdict(list)
    for fingerprint, by_reviewer in latest(s for s in statements if s.blind or not blind).items():
        judged = {name: s for name, s in by_reviewer.items() if s.verdict in _CHOICES and not s.adjudicates}
        for one, other in combinations(sorted(judged), 2):
            if _same_form(judged[one], judged[other]):
                said[one, other].append((fingerprint, judged[one].verdict, judged[other].verdict))
    return _pairs(said)


def pairs_of_letters(statements: Iterable[Statement], *, blind: bool = False) -> tuple[Pair, ...]:
    """Agreement of every two reviewers on whether something was missed in the letters of which both spoke.

    Args:
        statements: All of the file of verdicts, in its order.
        blind: Count only what was said without sight of the other's.
    """
    said: dict[str, dict[str, Verdict]] = defaultdict(dict)
    for by_reviewer in latest(s for s in statements if s.blind or not blind).values():
        for name, statement in by_reviewer.items():
            if statement.verdict in {Verdict.MISSED, Verdict.CLEAN}:
                of_letter = said[statement.doc]
                of_letter[name] = max(of_letter.get(name, Verdict.CLEAN), statement.verdict, key=_MISSED_LAST.index)
    both: dict[tuple[str, str], list[tuple[str, Verdict, Verdict]]] = defaultdict(list)
    for doc, by_name in said.items():
        for one, other in combinations(sorted(by_name), 2):
            both[one, other].append((doc, by_name[one], by_name[other]))
    return _pairs(both)


_MISSED_LAST = (Verdict.CLEAN, Verdict.MISSED)


def _pairs(said: Mapping[tuple[str, str], list[tuple[str, Verdict, Verdict]]]) -> tuple[Pair, ...]:
    return tuple(
        Pair(
            one,
            other,
            agreement((a.value, b.value) for _, a, b in both),
            tuple(about for about, a, b in both if a is not b),
        )
        for (one, other), both in sorted(said.items())
    )


def _same_form(one: Statement, other: Statement) -> bool:
    return (one.rule_hash, one.evidence_hash) == (other.rule_hash, other.evidence_hash)
