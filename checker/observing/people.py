"""The worker's sex and age in the summary and in a rationale."""

from collections.abc import Sequence
from dataclasses import dataclass

from checker.knowledge.measures import Measures
from checker.model.facts import UNKNOWN, Confidence, Evidence, Fact
from checker.observing.mentions import Named

_YEARS_APART = 2
"""Summary and rationale may give the age on two days of a dispute that lasts for months; more is another worker."""


_SaidSex = tuple[str, Evidence, Confidence]
_TELLING = frozenset({"other-person", "worker-male", "worker-female", "pronoun-male", "pronoun-female"})
"""Marks of which a sentence holds one that tells a sex, or that it is of somebody else."""


@dataclass(frozen=True, slots=True)
class Worker:
    """What the case summary tells of the worker: each time the sex is said, each time the age."""

    sex: Sequence[_SaidSex]
    ages: Sequence[tuple[int, Evidence]]


def worker_in(summary: Sequence[Named], measures: Measures) -> Worker:
    """The worker's sex and age as the case summary tells them."""
    return Worker(_said_sex(summary, pronouns=False), ages_told(summary, measures))


def people_facts(worker: Worker, rationale: Sequence[Named], measures: Measures) -> list[Fact]:
    """``compare.sex``, ``compare.age`` and ``compare.age_bound`` of one item."""
    return [_sex(worker, rationale), _age(worker, rationale, measures), _age_bound(worker, rationale, measures)]


def _said_sex(sentences: Sequence[Named], *, pronouns: bool) -> list[_SaidSex]:
    found = []
    of_another = False  # "The physician asks for help. It is his judgment." goes on about the physician
    for named in sentences:
        if named.marked.keys().isdisjoint(_TELLING):
            of_another = False
            continue
        another = "other-person" in named.marked
        own = pronouns and named.passage.tells_the_case and not another
        for sex in ("male", "female"):
            found += [(sex, named.evidence(a, b), Confidence.HIGH) for a, b in named.marks(f"worker-{sex}")]
            if own and (not of_another or "worker-noun" in named.marked):
                found += [(sex, named.evidence(a, b), Confidence.MEDIUM) for a, b in named.marks(f"pronoun-{sex}")]
        of_another = another and "worker-noun" not in named.marked
    return found


def _sex(worker: Worker, rationale: Sequence[Named]) -> Fact:
    name = "compare.sex"
    first = worker.sex
    second = _said_sex(rationale, pronouns=True) if first else []
    if not first or not second or len({s for s, _, _ in first}) > 1:
        return Fact(name, UNKNOWN, derivation="the worker's sex is not told twice")
    sex, evidence, _ = first[0]
    other = [s for s in second if s[0] != sex]
    if not other:
        return Fact(name, "same", derivation=f"{sex} in the summary and in the rationale")
    named_outright = [o for o in other if o[2] is Confidence.HIGH]
    if not named_outright and any(s[0] == sex for s in second):
        other = _led_by_a_pronoun(rationale, other)
        if not other:
            return Fact(name, UNKNOWN, derivation="the rationale uses both pronouns")
    chosen = (named_outright or other)[0]
    return Fact(
        name, "different", (evidence, chosen[1]), chosen[2], f"{sex} in the summary, {chosen[0]} in the rationale"
    )


def _led_by_a_pronoun(rationale: Sequence[Named], said: list[_SaidSex]) -> list[_SaidSex]:
    """Of pronouns beside the right ones, those that open a sentence where nobody else was spoken of so far."""
    alone = []
    for named in rationale:
        if named.marks("other-person"):
            break
        alone.append(named.passage.sentence.span.start)
    return [s for s in said if s[1].span.start in alone]


def ages_told(sentences: Sequence[Named], measures: Measures) -> list[tuple[int, Evidence]]:
    """The worker's ages in years that sentences about the case tell, with their words."""
    found = []
    for named in sentences:
        if "worker-age" not in named.marked:
            continue
        elsewhere = named.marks("age-at-another-time")
        for start, end in named.marks("worker-age"):
            if any(a < end and start < b for a, b in elsewhere) or not named.passage.tells_the_case:
                continue
            age = measures.limits.upper_number(measures.joins_a_time.sub(" ", named.passage.folded[start:end]))
            if 14 <= age <= 100:
                found.append((age, named.evidence(start, end)))
    return found


def _age(worker: Worker, rationale: Sequence[Named], measures: Measures) -> Fact:
    name = "compare.age"
    first, second = worker.ages, ages_told(rationale, measures) if worker.ages else []
    if not first or not second:
        return Fact(name, UNKNOWN, derivation="the worker's age is not told twice")
    told = {age for age, _ in first}
    for age, evidence in second:
        if all(abs(age - a) > _YEARS_APART for a in told):
            return Fact(name, "different", (first[0][1], evidence), derivation=f"{first[0][0]} against {age} years")
    return Fact(name, "same", derivation="no two ages further apart than the dispute may have lasted")


def _age_bound(worker: Worker, rationale: Sequence[Named], measures: Measures) -> Fact:
    """Whether the worker is said to be above or below an age and is not, by more than the dispute may have lasted."""
    name = "compare.age_bound"
    if not worker.ages:
        return Fact(name, UNKNOWN, derivation="the case summary tells no age")
    ages, told_of = [age for age, _ in worker.ages], worker.ages[0][1]
    for named in rationale:
        if not named.passage.tells_the_case or named.marks("age-then", "other-person"):
            continue
        for mark, sign in (("age-above", 1), ("age-below", -1)):
            for start, end in named.marks(mark):
                bound = measures.limits.upper_number(measures.joins_a_time.sub(" ", named.passage.folded[start:end]))
                if bound and all((bound - age) * sign >= _YEARS_APART for age in ages):
                    derivation = f"{ages[0]} years, said to be {mark.removeprefix('age-')} {bound}"
                    return Fact(name, "different", (named.evidence(start, end), told_of), derivation=derivation)
    return Fact(name, "same", derivation="no bound is told that the age is not within")
