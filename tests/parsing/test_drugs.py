"""Drugs of requests: actives, strength, quantity, refills."""

import pytest

from checker.knowledge.lexicon import Lexicon
from tests.parsing.letters import parsed_item

Row = tuple[str, str, str, str | None, int | str | None, int | None]

ROWS: list[Row] = [
    ("Lyrica 75mg #60", "medication", "pregabalin", "75mg", 60, None),
    ("Percocet 7.5/325mg #40 with 2 refills", "medication", "oxycodone/acetaminophen", "7.5/325mg", 40, 2),
    ("Vicodin 5-300 mg, #30, no refills", "medication", "hydrocodone/acetaminophen", "5-300 mg", 30, 0),
    ("Lortab 7.5/325 #90", "medication", "hydrocodone/acetaminophen", "7.5/325", 90, None),
    ("Ultracet 37.5/325 mg x 2 refills", "medication", "tramadol/acetaminophen", "37.5/325 mg", None, 2),
    ("Zanaflex 2 mg quantity 45", "medication", "tizanidine", "2 mg", 45, None),
    ("Etodolac ER 400mg QTY: 60.00", "medication", "etodolac", "400mg", 60, None),
    ("Skelaxin 800 mg 1 tablet every 8 hours #90", "medication", "metaxalone", "800 mg", 90, None),
    ("Celebrex 200mg 1 PO BID with food #60, refills: 3", "medication", "celecoxib", "200mg", 60, 3),
    ("Nexium (esomeprazole) 40mg (30 capsules)", "medication", "esomeprazole", "40mg", 30, None),
    ("Robaxin 750 #60", "medication", "methocarbamol", "750", 60, None),
    ("Relafen 500mg, sixty tablets, one refill", "medication", "nabumetone", "500mg", 60, 1),
    ("Restoril 15mg, one month supply", "medication", "temazepam", "15mg", None, None),
    ("Cymbalta 60mg #30 day supply: 30", "medication", "duloxetine", "60mg", 30, None),
    ("45 tablets of Valium 5mg", "medication", "diazepam", "5mg", 45, None),
    ("One (1) prescription for Topamax 50mg #60", "medication", "topiramate", "50mg", 60, None),
    ("Tylenol with codeine #3 #20", "medication", "codeine/acetaminophen", None, 20, None),
    ("Duragesic 25 mcg/hr #10", "medication", "fentanyl", "25 mcg/hr", 10, None),
    ("Butrans patch 15mcg/hour #4", "medication", "buprenorphine", "15mcg/hour", 4, None),
    ("Senokot-S 8.6/50mg #60", "medication", "senna/docusate", "8.6/50mg", 60, None),
    ("Misoprostol/diclofenac 75-0.2 mg #60", "medication", "misoprostol/diclofenac", "75-0.2 mg", 60, None),
    ("Retrospective request for Mobic 7.5mg #30 (DOS: 1/5/2015)", "medication", "meloxicam", "7.5mg", 30, None),
    ("Post-operative Dilaudid 2mg #20", "medication", "hydromorphone", "2mg", 20, None),
    ("Zyxolan 12mg #30", "medication", "", "12mg", 30, None),
    ("Lidoderm 5% patches #60", "topical", "lidocaine", "5%", 60, None),
    ("Lidocaine 4% cream 30 gm", "topical", "lidocaine", "4%", "30 g", None),
    ("Voltaren gel 1% #200 grams, apply twice a day", "topical", "diclofenac", "1%", "200 g", None),
    ("Diclofenac 2% 112gm #1", "topical", "diclofenac", "2%", "112 g", None),
    ("Diclofenac 3% 30mg/g #2", "topical", "diclofenac", "3% 30mg/g", 2, None),
    ("Capsaicin 0.075% cream, 2 tubes", "topical", "capsaicin", "0.075%", "2 tubes", None),
    ("Flector patch, #1 box with 1 refill", "topical", "diclofenac", None, "1 box", 1),
    ("Medrox 5%-0.0375%-5% 15 patches", "topical", "methyl salicylate/menthol/capsaicin", "5%-0.0375%-5%", 15, None),
    ("BenGay 4 oz", "topical", "methyl salicylate/menthol", None, "4 oz", None),
    ("Ketoprofen 10% gel 60gm", "topical", "ketoprofen", "10%", "60 g", None),
    ("Compound ketoprofen 10% 60gm", "compound", "ketoprofen", "10%", "60 g", None),
    ("Ketoprofen 10%/ Lidocaine 2%/ Camphor 1% 90 grams", "compound", "ketoprofen/lidocaine/camphor", "10%/2%/1%",
     "90 g", None),
    ("Tramadol 8%, Gabapentin 6%, Menthol 4% in gel base", "compound", "tramadol/gabapentin/menthol", "8%/6%/4%",
     None, None),
    ("Baclofen/Lidocaine 3%/2% cream", "compound", "baclofen/lidocaine", "3%/2%", None, None),
    ("Gabapentin 50mg/ml oral suspension 200ml", "medication", "gabapentin", "50mg/ml", "200 ml", None),
    ("Fanatrex oral suspension 300 ml", "compound", "gabapentin", None, "300 ml", None),
]  # fmt: skip


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_drug(row: Row, lexicon: Lexicon) -> None:
    heading, category, generic, strength, quantity, refills = row
    found = parsed_item(heading, lexicon)
    assert found.drug is not None
    assert (found.category, found.drug.generic) == (category, generic)
    assert (found.drug.strength, found.drug.quantity, found.drug.refills) == (strength, quantity, refills)


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("Post-op Ultram ER 100mg #10", "Ultram ER"),
        ("Lidocaine ointment 5%", "Lidocaine"),
        ("Prilosec (omeprazole) 20mg", "Prilosec"),
        ("Tramadol 8%, Gabapentin 6% in cream base 60gm", "Tramadol 8%, Gabapentin 6% in cream base"),
        ("Unlisted Zyxolan 12mg #30", "Unlisted Zyxolan"),
    ],
)
def test_name_as_printed(heading: str, name: str, lexicon: Lexicon) -> None:
    drug = parsed_item(heading, lexicon).drug
    assert drug is not None
    assert drug.name == name


@pytest.mark.parametrize(
    "heading",
    [
        "Toradol 30mg IM injection",
        "Synvisc, left knee",
        "Knee injection with Kenalog",
        "Urine drug screen",
        "Vitamin D level",
        "Acupuncture with capsaicin patch, 6 visits",
        "Consultation about Suboxone",
        "Trigger point injection with lidocaine 1%",
    ],
)
def test_no_drug_of_its_own(heading: str, lexicon: Lexicon) -> None:
    assert parsed_item(heading, lexicon).drug is None


def test_two_prescriptions_give_the_first(lexicon: Lexicon) -> None:
    drug = parsed_item("Norco 5/325mg #60 and Soma 350mg #90", lexicon).drug
    assert drug is not None
    assert (drug.generic, drug.strength, drug.quantity) == ("hydrocodone/acetaminophen", "5/325mg", 60)
