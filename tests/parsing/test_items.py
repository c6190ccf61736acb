"""Where headings begin and end, however the text around them is cut."""

import pytest

from checker.knowledge.lexicon import Lexicon
from checker.model.determination import Outcome, Status, Verdict
from tests.parsing.letters import LINE, item, letter, parsed

MODIFIED = (
    "Aquatic therapy, 20 visits for the left knee was the original request. Aquatic therapy, 8 visits was "
    "authorized by "
    "the Claims Administrator. The remaining IMR eligible portion of the original request, aquatic therapy, 12 "
    "visits is"
)


@pytest.mark.parametrize(
    ("printed", "outcome"),
    [
        ("Upheld", Outcome.UPHELD),
        ("Overturned", Outcome.OVERTURNED),
        ("Partially Overturned", Outcome.PARTIALLY_OVERTURNED),
        ("UPHELD", Outcome.UPHELD),
        ("Overturned in part", Outcome.PARTIALLY_OVERTURNED),
        ("Upheld.", Outcome.UPHELD),
    ],
)
def test_outcomes(printed: str, outcome: Outcome, lexicon: Lexicon) -> None:
    determination = parsed(letter([item("Standing desk", outcome=printed)]), lexicon)
    assert [entry.outcome for entry in determination.items] == [outcome]
    assert determination.quote(determination.items[0].outcome_span).casefold() == printed.rstrip(".").casefold()


@pytest.mark.parametrize(
    "heading",
    [
        "Ultrasound of the left calf",
        "Labs: CMP, TSH",
        "Retrospective: DME: cane, DOS: 3/4/2015",
        "Home exercise kit (bands, ball; mat) 1.5 kg",
        "Consult with Dr. X for the hip",
        MODIFIED,
    ],
)
@pytest.mark.parametrize("gap", [": ", ":\n", ":\n\n", " : ", ":  "])
def test_heading_with_inner_colons_and_the_outcome_apart(heading: str, gap: str, lexicon: Lexicon) -> None:
    text = letter([item("Cane"), item(heading).replace(f"{heading}: ", heading + gap, 1), item("Walker")])
    determination = parsed(text, lexicon)
    assert [entry.heading for entry in determination.items] == ["Cane", heading, "Walker"]


def test_heading_wrapped_over_lines(lexicon: Lexicon) -> None:
    long = "Outpatient evaluation of gait and balance with a written report to the treating physician within ten days"
    text = letter([item("Cane"), item(long).replace("with a", "with\na").replace("within", "\nwithin")])
    assert parsed(text, lexicon).items[1].heading == long


def test_heading_cut_by_a_page_break(lexicon: Lexicon) -> None:
    text = letter([item("Cane"), item("Six visits of gait training, right leg").replace("gait ", "gait\n\f", 1)])
    assert parsed(text, lexicon).items[1].heading == "Six visits of gait training, right leg"


@pytest.mark.parametrize("glue", [" ", "\n"])
@pytest.mark.parametrize("heading", ["Gait training 2x4", "CT of the left foot", MODIFIED])
def test_heading_glued_to_the_reasons_before(glue: str, heading: str, lexicon: Lexicon) -> None:
    text = letter([item("Cane") + glue + item(heading)])
    determination = parsed(text, lexicon)
    assert [entry.heading for entry in determination.items] == ["Cane", heading]
    assert determination.quote(determination.items[0].rationale).endswith("is not medically necessary.")


def test_heading_glued_to_advice_after_the_verdict(lexicon: Lexicon) -> None:
    reasons = "It does not help. The request is not medically necessary. The drug should be tapered over weeks."
    determination = parsed(letter([item("Percocet 5/325mg #40", reasons=reasons) + "\n" + item("Cane")]), lexicon)
    assert [entry.heading for entry in determination.items] == ["Percocet 5/325mg #40", "Cane"]
    assert determination.quote(determination.items[0].rationale).endswith("over weeks.")
    assert determination.items[0].verdict is Verdict.NOT_NECESSARY


def test_outcome_words_in_prose_open_no_item(lexicon: Lexicon) -> None:
    reasons = (
        "The prior decision was Upheld by UR. Overturned findings are rare: Upheld ones are not. It is not "
        "medically necessary."
    )
    assert len(parsed(letter([item("Cane", reasons=reasons)]), lexicon).items) == 1


def test_an_item_without_outcome(lexicon: Lexicon) -> None:
    text = letter([item("Cane"), item("Walker").replace("Walker: Upheld", "Walker:"), item("Crutches")])
    determination = parsed(text, lexicon)
    assert [entry.heading for entry in determination.items] == ["Cane", "Walker", "Crutches"]
    assert [entry.outcome for entry in determination.items] == [Outcome.UPHELD, Outcome.NONE, Outcome.UPHELD]
    assert determination.status is Status.PARTIAL
    assert determination.problems == ("item 2: no outcome found",)


def test_an_item_without_guideline_lines(lexicon: Lexicon) -> None:
    bare = "Walker: Overturned\n\nDecision rationale: He fell twice. The walker is medically necessary."
    determination = parsed(letter([item("Cane"), bare]), lexicon)
    assert determination.items[1].claims_guideline.span is None
    assert determination.items[1].verdict is Verdict.NECESSARY
    assert determination.problems == ("item 2: no guideline of the reviewer found",)


def test_an_item_without_rationale(lexicon: Lexicon) -> None:
    bare = f"Walker: Overturned\n\nClaims Administrator guideline: {LINE}\n\nMAXIMUS guideline: {LINE}"
    determination = parsed(letter([bare, item("Cane")]), lexicon)
    assert [entry.rationale is None for entry in determination.items] == [True, False]
    assert "item 1: no rationale found" in determination.problems


def test_a_letter_without_summary(lexicon: Lexicon) -> None:
    text = letter([item("Cane")]).replace("CLINICAL CASE SUMMARY", "")
    assert "no case summary found" in parsed(text, lexicon).problems


def test_services_that_go_with_an_operation_of_the_same_letter(lexicon: Lexicon) -> None:
    alone = parsed(letter([item("Crutches")]), lexicon)
    beside = parsed(letter([item("Left knee arthroscopy"), item("Crutches"), item("Cold therapy unit")]), lexicon)
    assert [entry.category for entry in alone.items] == ["dme"]
    assert beside.items[0].category == "surgery"
    assert beside.items[2].category == "surgical-adjunct"


@pytest.mark.parametrize(
    ("heading", "request_", "original", "authorized"),
    [
        ("Cane", "Cane", None, None),
        ("Cane is", "Cane", None, None),
        (
            MODIFIED,
            "aquatic therapy, 12 visits",
            "Aquatic therapy, 20 visits for the left knee",
            "Aquatic therapy, 8 visits",
        ),
        (
            "Baclofen 20mg #90 was the original request. Baclofen 20mg #30 was authorized by the Claims "
            "Administrator. The "
            "remaining IMR eligible portion of the original request, Baclofen 20mg #60",
            "Baclofen 20mg #60",
            "Baclofen 20mg #90",
            "Baclofen 20mg #30",
        ),
        (
            "Purchase of a walker was the original request. The Claims Administrator authorized a walker for a "
            "month, leaving "
            "the original request IMR eligible. The original request, purchase of a walker is",
            "purchase of a walker",
            "Purchase of a walker",
            "a walker for a month",
        ),
        (
            "Gait training (unspecified) was the original request. The Claims Administrator authorized gait "
            "training, 4 "
            "visits, leaving the original request IMR eligible. The original request, gait training (unspecified)",
            "gait training (unspecified)",
            "Gait training (unspecified)",
            "gait training, 4 visits",
        ),
        (
            "Norco 5/325mg #40 and Soma 350mg #40 were the original requests. Norco 5/325mg #40 was approved by "
            "the Claims "
            "Administrator. The remaining IMR eligible portion of the original request, Soma 350mg #40 is",
            "Soma 350mg #40",
            "Norco 5/325mg #40 and Soma 350mg #40",
            "Norco 5/325mg #40",
        ),
        (
            "Home aide 4 hours a day was the original request. Home aide 2 hours a day was certified by the Claims "
            "Administrator. The remaining portion of the original request, home aide 2 hours a day is",
            "home aide 2 hours a day",
            "Home aide 4 hours a day",
            "Home aide 2 hours a day",
        ),
    ],
)
def test_modified_requests(
    heading: str, request_: str, original: str | None, authorized: str | None, lexicon: Lexicon
) -> None:
    determination = parsed(letter([item("Walker"), item(heading)]), lexicon)
    found = determination.items[1]
    assert found.heading == heading
    assert (found.request, found.original, found.authorized) == (request_, original, authorized)
    assert determination.quote(found.request_span) == request_
    assert found.drug is None or found.drug.name in request_


@pytest.mark.parametrize(
    ("heading", "retrospective", "dates"),
    [
        ("Retrospective: TENS pads", True, ()),
        ("Retro request for a sling (DOS 2/3/2015)", True, ("2015-02-03",)),
        ("Sling, date of service 12/30/14", True, ("2014-12-30",)),
        ("Sling DOS: 2/3/2015 and 2/9/2015", True, ("2015-02-03", "2015-02-09")),
        ("Sling ordered 2/3/2015", False, ()),
        ("Sling, DOS 13/45/2015", True, ()),
    ],
)
def test_services_already_given(heading: str, retrospective: bool, dates: tuple[str, ...], lexicon: Lexicon) -> None:
    found = parsed(letter([item(heading)]), lexicon).items[0]
    assert found.retrospective is retrospective
    assert tuple(date.isoformat() for date in found.service_dates) == dates


def test_the_verdict_that_closes_a_numbered_paragraph_is_no_heading(lexicon: Lexicon) -> None:
    """The oldest layouts wrap a whole item to one paragraph, whose last sentence repeats the request."""
    lines = [
        "CLINICAL CASE SUMMARY",
        "The patient is a 40 year old man with knee pain.",
        "",
        "IMR DECISION(S) AND RATIONALE(S)",
        "",
    ]
    for number, (request, verdict) in enumerate([("A cane", "is"), ("A hinged brace", "is not")], 1):
        lines += [
            f"{number}. {request} {verdict} medically necessary and appropriate.",
            "The Claims Administrator based its decision on the MTUS.",
            "The Physician Reviewer based his/her decision on the MTUS, Knee Complaints.",
            "The Physician Reviewer's decision rationale: The knee gives way on stairs. As such, the",
            f"request for {request.lower()} {verdict} medically necessary.",
            "",
        ]
    determination = parsed("\n".join(lines), lexicon)
    assert [entry.heading for entry in determination.items] == ["A cane", "A hinged brace"]
    assert [entry.outcome for entry in determination.items] == [Outcome.OVERTURNED, Outcome.UPHELD]
