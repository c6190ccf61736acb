"""Counts over a run, against numbers counted by hand from the sample letters."""

import datetime
import sys
from dataclasses import replace
from itertools import islice, permutations

from checker.batch.statistics import DISTINCT, OTHERS, Applications, Share, Statistics
from checker.model.determination import Outcome, Status
from checker.model.findings import Judgement, Severity, Trace
from checker.model.source import Unreadable
from tests.reporting import samples
from tests.reporting.builders import UPHELD, every, finding
from tests.reporting.reports import batch


def counted(*letters: object) -> Statistics:
    statistics = Statistics()
    for letter in letters:
        statistics.add(letter)  # type: ignore[arg-type]
    return statistics


def test_items_letters_and_outcomes() -> None:
    of = counted(*batch())
    # pain: two items, both with findings; clean: one without; hostile: one with
    assert of.items == Share(3, 4)
    assert of.letters == Share(2, 3)
    assert of.outcomes == {
        "medication": {Outcome.UPHELD: 2},
        "physical-medicine": {Outcome.OVERTURNED: 1},
        "dme": {Outcome.UPHELD: 1},
    }
    assert of.decided == (datetime.date(2014, 9, 2), datetime.date(2015, 6, 30))
    assert of.layouts == {"4b": 3}


def test_strata_count_each_item_once_in_each_way() -> None:
    of = counted(*batch()).strata
    assert of.categories == {"dme": Share(1, 1), "medication": Share(2, 2), "physical-medicine": Share(0, 1)}
    assert of.topics == {
        "dme": Share(1, 1),
        "muscle-relaxants": Share(1, 1),
        "opioids": Share(1, 1),
        "physical-medicine": Share(0, 1),
    }
    assert of.specialties == {
        "<i>Surgery</i>": Share(1, 1),
        "Occupational Medicine": Share(2, 2),
        "Physical Medicine": Share(0, 1),
    }


def test_a_rule_is_counted_where_it_applied_and_nowhere_else() -> None:
    of = counted(samples.pain(), samples.clean())
    # letter: QUI001; item 1: QUI001..003 and 005..007; item 2 and the clean item: QUI001..003
    assert of.rules["QUI001"] == Applications(1, 4, 0, 0, 0, 0)
    assert of.rules["QUI002"] == Applications(0, 0, 0, 3, 0, 0)
    assert of.rules["QUI003"] == Applications(0, 0, 3, 0, 0, 0)
    assert of.rules["QUI006"] == Applications(0, 0, 0, 1, 0, 0)
    assert of.rules["DEC002"] == Applications(0, 0, 0, 0, 0, 1)
    assert "QUI000" not in of.rules
    assert list(of.rules) == sorted(of.rules)


def test_a_finding_that_the_filters_left_out_is_not_found() -> None:
    pain = samples.pain()
    errors = replace(pain, findings=tuple(f for f in pain.findings if f.severity is Severity.ERROR))
    of = counted(errors)
    assert of.codes["CIT002"] == Applications(0, 0, 0, 0, 1, 0)
    assert of.codes["DEC002"].found == 1
    assert of.items == Share(1, 2)
    assert of.by_code("CIT002").topics == {"opioids": Share(0, 1)}


def test_of_rules_of_one_code_the_worst_counts() -> None:
    pain = samples.pain()
    item = pain.items[0]
    more = (("FAC005.a", "FAC005", item.traces[-1].result), ("FAC005.b", "FAC005", item.traces[-2].result))
    both = replace(pain, items=(replace(item, applied=(*item.applied, *more)), pain.items[1]))
    of = counted(both)
    assert of.codes["FAC005"] == Applications(0, 0, 0, 0, 0, 1)
    assert of.rules["FAC005.a"].found == 0
    assert of.rules["FAC005.a"].of == 1


def test_findings_joined_to_others_are_found_too() -> None:
    pain = samples.pain()
    first, second, *rest = pain.findings
    joined = replace(pain, findings=(replace(first, also=(second.trace,)), *rest))
    assert counted(joined).rules["FAC005.activities"].found == 1


def beside(letter: Judgement, item: int) -> Judgement:
    trace = Trace("BAT009", "BAT009", item, letter.items[0].traces[0].result, every(UPHELD), every(UPHELD))
    found = finding(trace, Severity.NOTE, "Decided otherwise beside another letter.", ())
    return replace(letter, findings=(*letter.findings, found))


def test_what_a_letter_has_beside_others_is_counted_over_all_items() -> None:
    of = counted(samples.pain(), samples.clean())
    of.again(beside(samples.clean(), 1))
    assert of.codes["BAT009"] == Applications(0, 2, 0, 0, 0, 1)
    assert of.rules["BAT009"] == Applications(0, 2, 0, 0, 0, 1)
    assert of.items == Share(3, 3)
    assert of.letters == Share(2, 2)
    assert of.by_code("BAT009").topics == {
        "muscle-relaxants": Share(0, 1),
        "opioids": Share(0, 1),
        "physical-medicine": Share(1, 1),
    }
    assert of.strata.topics["physical-medicine"] == Share(1, 1)


def test_beside_others_an_item_with_a_finding_is_not_counted_twice() -> None:
    of = counted(samples.pain())
    of.again(beside(samples.pain(), 2))
    assert of.items == Share(2, 2)
    assert of.letters == Share(1, 1)
    assert of.codes["BAT009"].found == 1
    assert of.codes["SAF001"].found == 1


def scan(pages: str) -> Unreadable:
    return Unreadable(doc="scan", source="scan.pdf", sha256="0" * 64, problem=f"no text on pages {pages}, needs OCR")


def test_reasons_are_counted_without_their_numbers() -> None:
    of = counted(scan("1-3"), scan("2-17"), samples.foreign())
    assert of.why[Status.UNREADABLE, "no text on pages n-n, needs OCR"] == 2
    assert sum(of.why.values()) == 3


def test_distinct_reasons_and_specialties_do_not_grow_without_end() -> None:
    names = ("".join(name) for name in permutations("abcdef"))
    of = counted(*(scan(name) for name in islice(names, DISTINCT + 50)))
    assert len(of.why) == DISTINCT + 1
    assert of.why[Status.UNREADABLE, OTHERS] == 50


def test_a_specialty_counts_as_one_however_it_is_spelled() -> None:
    letters = []
    for name in ("Physical Medicine & Rehabilitation", "PHYSICAL MEDICINE AND  REHABILITATION"):
        letter = samples.clean()
        parsed = letter.facts.determination
        reviewer = replace(parsed.reviewer, specialties=(name,))
        letters.append(replace(letter, facts=replace(letter.facts, determination=replace(parsed, reviewer=reviewer))))
    assert counted(*letters).strata.specialties == {"Physical Medicine & Rehabilitation": Share(0, 2)}


def test_memory_does_not_grow_with_the_letters() -> None:
    of = counted(samples.pain())
    size = deep(of)
    for n in range(200):
        of.add(samples.pain(f"again-{n}"))
    assert deep(of) < size * 1.05


def deep(value: object, seen: set[int] | None = None) -> int:
    """Bytes of a value and of all that hangs on it."""
    seen = seen if seen is not None else set()
    if id(value) in seen:
        return 0
    seen.add(id(value))
    size = sys.getsizeof(value)
    if isinstance(value, dict):
        return size + sum(deep(k, seen) + deep(v, seen) for k, v in value.items())
    if isinstance(value, (list, tuple)):
        return size + sum(deep(v, seen) for v in value)
    held = [getattr(value, name) for name in getattr(value, "__slots__", ())] + [getattr(value, "__dict__", None)]
    return size + sum(deep(v, seen) for v in held)
