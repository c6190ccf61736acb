"""What a request states of itself, as facts of the item."""

import pytest

from checker.knowledge.lexicon import Lexicon
from checker.observing.stated import stated_facts
from tests.parsing.letters import parsed_item


@pytest.mark.parametrize(
    ("request_", "amount", "part"),
    [
        ("Physical therapy 2 times a week for 4 weeks, low back", "complete", "named"),
        ("Physical therapy twice a week for four weeks", "complete", "unnamed"),
        ("Physical therapy 8 visits, low back", "open", "named"),
        ("Acupuncture with capsaicin patch 2 times a week for 4 weeks", "open", "unnamed"),
        ("Norco 10/325mg 1 tablet every 6 hours #60", "complete", "unnamed"),
        ("Norco 10/325mg #60", "open", "unnamed"),
        ("MRI of the left knee", "open", "named"),
    ],
)
def test_amount_and_part(lexicon: Lexicon, request_: str, amount: str, part: str) -> None:
    facts = {fact.name: fact for fact in stated_facts(parsed_item(request_, lexicon), lexicon)}
    assert facts["item.amount"].value == amount
    assert facts["item.part"].value == part
    assert all(fact.evidence for fact in facts.values() if fact.value in ("complete", "named"))
