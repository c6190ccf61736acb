"""How the program read a letter, as its page shows it."""

from checker.model.findings import Judgement
from checker.reporting.readview import WIDTH, parts_read
from tests.parsing.letters import item, letter
from tests.shipped import the_checker

HEAD = "Date of Injury: 09/12/2016 Decision Date: 02/20/2017 UR Denial Date: 12/20/2016"
REASONS = (
    "The guideline recommends opioids where pain and function improve. There is no documentation of pain relief in "
    "this case. Norco is not medically necessary."
)


def judged(summary: str) -> Judgement:
    own = [item("Norco 10/325mg #60", "Upheld", reasons=REASONS)]
    found = the_checker().check_text(letter(own, summary=summary, head=HEAD))
    assert isinstance(found, Judgement)
    return found


def test_each_sentence_with_its_role_and_what_it_asserts() -> None:
    long = "He reports that " + "very " * 60 + "much pain relief was had from Norco."
    summary, rationale = parts_read(
        judged(f"A 50 year old man. {long} His mother has a history of opioid abuse.").facts
    )
    assert (summary.item, rationale.item) == (0, 1)
    assert all(len(s.text) <= WIDTH for s in summary.sentences)
    assert [s.role for s in rationale.sentences] == ["guideline", "case", "conclusion"]
    assert "not documented: analgesia" in rationale.sentences[1].asserts
    assert all(s.cue for s in rationale.sentences)
    assert any("documented: abuse risk (past, another)" in s.asserts for s in summary.sentences)
