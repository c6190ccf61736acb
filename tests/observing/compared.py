"""Letters whose parts are held against each other, and what is read of them."""

from collections.abc import Sequence

from checker import Checker
from checker.model.facts import FactValue
from checker.model.findings import Judgement
from tests.parsing.letters import item, letter

HEAD = "Date of Injury: 09/12/2016 Decision Date: 02/20/2017 UR Denial Date: 12/20/2016"
PLAIN = "The injured worker is a 50 year old male with pain of the left shoulder."
REPAIR = "Left shoulder arthroscopy with rotator cuff repair"
ASSISTANT = "Associated surgical service: Assistant surgeon"
ODG = "Decision based on Non-MTUS Citation Official Disability Guidelines (ODG) Shoulder, Surgery."
NECK = "Decision based on MTUS Neck and Upper Back Complaints 2004, Section(s): Special Studies."
Items = Sequence[tuple[str, str, str]]


def judged(
    checker: Checker, items: Items, summary: str = PLAIN, line: str = ODG, *, ur: str = "12/20/2016"
) -> Judgement:
    """A letter of (request, outcome, reasons)."""
    own = [item(heading, outcome, reviewer=line, reasons=reasons) for heading, outcome, reasons in items]
    found = checker.check_text(letter(own, summary=summary, head=HEAD.replace("12/20/2016", ur)))
    assert isinstance(found, Judgement)
    return found


def told(judgement: Judgement, name: str, number: int = 1) -> FactValue:
    return judgement.facts.items[number - 1].value(name)
