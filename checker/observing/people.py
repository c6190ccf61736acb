"""The worker's sex and age and the affected side, in the summary and in a rationale."""

from collections.abc import Sequence

from checker.knowledge.lexicon import Lexicon
from checker.model.determination import Item
from checker.model.facts import UNKNOWN, Confidence, Evidence, Fact, Part
from checker.observing.mentions import Named
from checker.observing.reasons import upper_number

_YEARS_APART = 2
"""Summary and rationale may give the age on two days of a dispute that lasts for months; more is another worker."""

_OPPOSITE_SIDE = {"left": "right", "right": "left"}


def people_facts(item: Item, lexicon: Lexicon, summary: Sequence[Named], rationale: Sequence[Named]) -> list[Fact]:
    """``compare.sex``, ``compare.age`` and ``compare.side`` of one item."""
    return [
        _sex(summary, rationale),
        _age(summary, rationale),
        _side(item, lexicon, rationale),
    ]


def _said_sex(sentences: Sequence[Named], *, pronouns: bool) -> list[tuple[str, Evidence, Confidence]]:
    found = []
    for named in sentences:
        for sex in ("male", "female"):
            found += [(sex, named.evidence(a, b), Confidence.HIGH) for a, b in named.marks(f"worker-{sex}")]
            if pronouns and named.passage.tells_the_case and not named.marks("other-person"):
                found += [(sex, named.evidence(a, b), Confidence.MEDIUM) for a, b in named.marks(f"pronoun-{sex}")]
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
        return Fact(name, UNKNOWN, derivation="the rationale uses both pronouns")
    chosen = (named_outright or other)[0]
    return Fact(
        name, "different", (evidence, chosen[1]), chosen[2], f"{sex} in the summary, {chosen[0]} in the rationale"
    )


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


def _side(item: Item, lexicon: Lexicon, rationale: Sequence[Named]) -> Fact:
    """A rationale that speaks only of the other side of the part that the request names."""
    name = "compare.side"
    asked = {}
    for mention in lexicon.body_parts_in(item.request):
        if mention.side in _OPPOSITE_SIDE:
            asked[mention.entry] = mention.side
    if not asked:
        return Fact(name, UNKNOWN, derivation="the request names no side")
    seen: dict[str, list[tuple[str, Evidence]]] = {}
    for named in rationale:
        for mention in lexicon.body_parts_in(named.passage.sentence.text):
            if mention.entry in asked and mention.side:
                evidence = named.evidence(mention.start, mention.end)
                seen.setdefault(mention.entry, []).append((mention.side, evidence))
    for entry, side in asked.items():
        sides = seen.get(entry, [])
        if sides and all(s == _OPPOSITE_SIDE[side] for s, _ in sides):
            request = Evidence(Part.HEADING, item.request_span)
            return Fact(name, "different", (request, sides[0][1]), Confidence.MEDIUM, f"{side} is asked for")
    if not seen:
        return Fact(name, UNKNOWN, derivation="the rationale names no side")
    return Fact(name, "same", derivation="the rationale names the side asked for, or both")
