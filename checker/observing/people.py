"""The worker's sex and age in the summary and in a rationale."""

from collections.abc import Sequence

from checker.model.facts import UNKNOWN, Confidence, Evidence, Fact
from checker.observing.mentions import Named
from checker.observing.reasons import upper_number

_YEARS_APART = 2
"""Summary and rationale may give the age on two days of a dispute that lasts for months; more is another worker."""


def people_facts(summary: Sequence[Named], rationale: Sequence[Named]) -> list[Fact]:
    """``compare.sex`` and ``compare.age`` of one item."""
    return [_sex(summary, rationale), _age(summary, rationale)]


def _said_sex(sentences: Sequence[Named], *, pronouns: bool) -> list[tuple[str, Evidence, Confidence]]:
    found = []
    of_another = False  # "The physician asks for help. It is his judgment." goes on about the physician
    for named in sentences:
        another = bool(named.marks("other-person"))
        own = pronouns and named.passage.tells_the_case and not another
        for sex in ("male", "female"):
            found += [(sex, named.evidence(a, b), Confidence.HIGH) for a, b in named.marks(f"worker-{sex}")]
            if own and (not of_another or named.marks("worker-noun")):
                found += [(sex, named.evidence(a, b), Confidence.MEDIUM) for a, b in named.marks(f"pronoun-{sex}")]
        of_another = another and not named.marks("worker-noun")
    return found


def _sex(summary: Sequence[Named], rationale: Sequence[Named]) -> Fact:
    name = "compare.sex"
    first = _said_sex(summary, pronouns=False)
    second = _said_sex(rationale, pronouns=True)
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


def _led_by_a_pronoun(
    rationale: Sequence[Named], said: list[tuple[str, Evidence, Confidence]]
) -> list[tuple[str, Evidence, Confidence]]:
    """Of pronouns beside the right ones, those that open a sentence where nobody else was spoken of so far."""
    alone = []
    for named in rationale:
        if named.marks("other-person"):
            break
        alone.append(named.passage.sentence.span.start)
    return [s for s in said if s[1].span.start in alone]


def ages_told(sentences: Sequence[Named]) -> list[tuple[int, Evidence]]:
    """The worker's ages in years that sentences about the case tell, with their words."""
    found = []
    for named in sentences:
        elsewhere = named.marks("age-at-another-time")
        for start, end in named.marks("worker-age"):
            if any(a < end and start < b for a, b in elsewhere) or not named.passage.tells_the_case:
                continue
            age = upper_number(named.passage.folded[start:end].replace("-year", " year"))
            if 14 <= age <= 100:
                found.append((age, named.evidence(start, end)))
    return found


def _age(summary: Sequence[Named], rationale: Sequence[Named]) -> Fact:
    name = "compare.age"
    first, second = ages_told(summary), ages_told(rationale)
    if not first or not second:
        return Fact(name, UNKNOWN, derivation="the worker's age is not told twice")
    told = {age for age, _ in first}
    for age, evidence in second:
        if all(abs(age - a) > _YEARS_APART for a in told):
            return Fact(name, "different", (first[0][1], evidence), derivation=f"{first[0][0]} against {age} years")
    return Fact(name, "same", derivation="no two ages further apart than the dispute may have lasted")
