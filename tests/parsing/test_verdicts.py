"""The last verdict of a rationale, negations minded."""

import pytest

from checker.knowledge.lexicon import Lexicon
from checker.model.determination import Verdict
from checker.parsing.verdict import VerdictWords, read_verdict
from tests.parsing.letters import view

AGAINST = """The request for a walker is not medically necessary.
The film is determined to not be medically necessary.
Not medically necessary.
This is not-medically necessary.
The cream is notmedically necessary and appropriate.
The scan is not a medical necessity at this time.
Medical necessity has not been established.
The medical necessity of the brace is not established.
Medical necessity cannot be affirmed.
The records fail to establish medical necessity.
Neither visit is medically necessary.
No further visits are medically necessary.
I do not find that this drug is medically necessary.
There is no evidence that the brace is medically necessary.
The drug is not, therefore, medically necessary.
The drug does not appear to be medically necessary.
The patch is not seen as medically necessary.
It is not indicated as medically necessary.
The brace is medically unnecessary.
The request is not supported.
The request is denied.
The denial is upheld.
The request is no longer medically necessary.
The request cannot be considered medically necessary.
The unit would not be medically necessary.
The request is not medically necessary. If a taper is medically necessary, it should be requested.
The unit was not medically necessary, medically appropriate, or indicated here.
Medical necessity is therefore not demonstrated for this drug, which is otherwise useful.
The request does not meet medical necessity.
This request lacks medical necessity.
The six visits are not felt to be medically necessary.
Because the operation is not medically necessary, neither is the sling.
Given that the surgery was not approved, the assistant is not medically necessary.
The bed is not supported by guidelines and is not medically necessary.
The medical necessity for the requested service is not clear.
I do not find the brace medically necessary.
I cannot deem it medically necessary.
We find no ground to hold this drug medically necessary.
I find the cream not medically necessary."""
FOR = """Thus the walker is medically necessary.
I find the walker medically necessary.
We consider it medically necessary.
I hold the six visits medically necessary and appropriate.
Medically necessary.
The medical necessity of the brace is established.
As such, medical necessity is supported by the records.
The notes support the medical necessity of this request.
The scan without contrast is medically necessary.
The requested non-contrast scan is medically necessary.
The request that was not approved by UR is medically necessary.
Although not recommended by ODG, the drug is medically necessary.
The drug appears medically necessary.
The request should be certified.
The denial is overturned.
The request is approved.
The visits are considered medically necessary and appropriate.
The request is medically necessary. This medical necessity decision should not be read as advice to stop the drug.
Yes, the request for a splint was medically necessary, medically appropriate, and indicated here.
The criteria are met; the surgery is medically necessary.
Since the surgery is medically necessary, the assistant is also medically necessary.
With this evidence in hand the drug is, in this case, medically necessary.
Medical necessity has been established.
The worker's condition makes this treatment medically necessary.
The request is not medically necessary, says UR. On the contrary, the request is medically necessary."""
NEITHER = """A further review may determine the medical necessity of this.
Nothing here says whether the drug works.
He walks with a cane.
Medically necessary care should be given early."""


@pytest.fixture(scope="module")
def words(lexicon: Lexicon) -> VerdictWords:
    return VerdictWords(lexicon.verdicts)


def verdict_of(text: str, words: VerdictWords) -> Verdict:
    letter = view(text)
    return read_verdict(letter, (0, len(letter.flat)), words)[0]


@pytest.mark.parametrize("text", AGAINST.split("\n"))
def test_against(text: str, words: VerdictWords) -> None:
    assert verdict_of(text, words) is Verdict.NOT_NECESSARY


@pytest.mark.parametrize("text", FOR.split("\n"))
def test_for(text: str, words: VerdictWords) -> None:
    assert verdict_of(text, words) is Verdict.NECESSARY


@pytest.mark.parametrize("text", NEITHER.split("\n"))
def test_neither(text: str, words: VerdictWords) -> None:
    assert verdict_of(text, words) is Verdict.NONE


def test_the_sentence_is_given_whole(words: VerdictWords) -> None:
    letter = view("He fell. Per Dr. A, the 2.5 lb cane is not medically necessary. He should taper.")
    _, at = read_verdict(letter, (0, len(letter.flat)), words)
    assert at is not None
    assert letter.words(*at) == "Per Dr. A, the 2.5 lb cane is not medically necessary."


def test_no_rationale_no_verdict(words: VerdictWords) -> None:
    assert read_verdict(view("It is medically necessary."), None, words) == (Verdict.NONE, None)
