"""The same rationale: found by band, settled word for word; the work grows with the letters, not with their pairs."""

import random
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.across import twins as module
from checker.across.case import Case, Misfit
from checker.across.store import Store
from checker.across.twins import Signatures, TwinRationales
from checker.across.words import holds, plain, runs, similarity
from tests.across.letters import case, settings

TWINS = settings().twins
WORDS = [f"word{n}" for n in range(400)]


def rationale(seed: int, changed: int = 0) -> list[str]:
    """Four sentences of twelve words drawn by a seed, some of the words replaced."""
    draw = random.Random(seed)  # noqa: S311 (no secret)
    words = [draw.choice(WORDS) for _ in range(48)]
    for at in random.Random(f"{seed}-{changed}").sample(range(48), changed):  # noqa: S311
        words[at] = f"other{at}"
    return [" ".join(words[at : at + 12]) for at in range(0, 48, 12)]


def clusters(cases: Sequence[Case]) -> list[set[str]]:
    with Store() as store, Signatures(TWINS) as signatures:
        for each in cases:
            signatures.add(store.add(each), each)
        found = TwinRationales(store, store.ordered(), signatures, TWINS)
        sets = {frozenset(cases[row].doc for row in found.cluster(n)) for n in range(len(cases))}
    return sorted((set(each) for each in sets if each), key=sorted)


def test_copies_and_near_copies_are_one_cluster() -> None:
    cases = [
        case("a", said=rationale(1)),
        case("b", said=rationale(1)),
        case("c", said=rationale(1, changed=2)),
        case("d", said=rationale(2)),
    ]
    assert clusters(cases) == [{"a", "b", "c"}]


def test_other_words_are_no_cluster() -> None:
    assert clusters([case(str(n), said=rationale(n)) for n in range(30)]) == []


def test_a_rationale_of_few_words_is_compared_with_nothing() -> None:
    assert clusters([case("a", said=["No gain was seen."]), case("b", said=["No gain was seen."])]) == []


def test_pairs_that_are_alike_enough_are_found_nearly_always() -> None:
    """Against all pairs settled word for word: 200 pairs around the limit."""
    found = wanted = 0
    for seed in range(200):
        one, other = case("a", said=rationale(seed)), case("b", said=rationale(seed, changed=1 + seed % 7))
        alike = similarity(runs(one.said, TWINS.run), runs(other.said, TWINS.run)) >= TWINS.similar
        together = clusters([one, other]) == [{"a", "b"}]
        assert alike or not together, "a pair was reported that is not alike word for word"
        wanted += alike
        found += alike and together
    assert wanted > 50
    assert found / wanted >= 0.98


def test_the_work_grows_with_the_letters_not_with_their_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = 0

    def counted(a: frozenset[str], b: frozenset[str]) -> float:
        nonlocal calls
        calls += 1
        return similarity(a, b)

    monkeypatch.setattr(module, "similarity", counted)
    (cluster,) = clusters([case(f"letter {n}", said=rationale(1, changed=n % 3)) for n in range(300)])
    assert len(cluster) == 300
    assert calls <= 3 * 300


def test_the_twin_whom_the_words_fit_comes_first() -> None:
    quote = plain(rationale(1)[0])
    wrong = Misfit("FAC005", (quote,), ())
    cases = [
        case("copied", said=rationale(1), misfits=(wrong,)),
        *(case(f"copied {n}", said=rationale(1), misfits=(wrong,)) for n in range(5)),
        case("original", said=rationale(1)),
        case("same worker", said=rationale(1), injured="date of copied"),
    ]
    with Store() as store, Signatures(TWINS) as signatures:
        for each in cases:
            signatures.add(store.add(each), each)
        first, *others = TwinRationales(store, store.ordered(), signatures, TWINS).of(0)
    assert cases[first.row].doc == "original"
    assert (first.fits, first.workers, first.similarity) == (True, "different", 1)
    assert [m.code for m in first.misfits] == ["FAC005"]
    assert len(others) == TWINS.shown - 1
    assert not others[0].fits


def test_a_misfit_in_words_of_ones_own_is_not_laid_to_the_copy() -> None:
    own = Misfit("FAC005", ("quite another sentence of this letter alone",), ())
    with Store() as store, Signatures(TWINS) as signatures:
        for each in (case("a", said=rationale(1), misfits=(own,)), case("b", said=rationale(1))):
            signatures.add(store.add(each), each)
        (twin,) = TwinRationales(store, store.ordered(), signatures, TWINS).of(0)
    assert twin.misfits == ()


def test_copies_of_one_letter_are_no_twins() -> None:
    copies = [case("a", said=rationale(1)), case("b", said=rationale(1), number="a", text="a")]
    with Store() as store, Signatures(TWINS) as signatures:
        for each in copies:
            signatures.add(store.add(each), each)
        found = TwinRationales(store, store.ordered(), signatures, TWINS)
        assert found.of(0) == ()
        assert found.letters(0) == 1


def test_words_are_words_whatever_stands_between_them() -> None:
    assert plain("The worker’s MRI, of 3/4 – no gain.") == "the worker's mri of 3 4 no gain"
    assert holds(["no gain was seen"], "gain was")
    assert not holds(["no gain was seen"], "ain was")
    assert not holds(["no gain was seen"], "")


@given(st.lists(st.sampled_from(WORDS[:12]), max_size=40), st.lists(st.sampled_from(WORDS[:12]), max_size=40))
def test_similarity_is_that_of_the_definition(a: list[str], b: list[str]) -> None:
    one, other = runs([" ".join(a)], 3), runs([" ".join(b)], 3)
    both, whole = one & other, one | other
    assert similarity(one, other) == (len(both) / len(whole) if whole else 0)
    assert all(run in " ".join(a) for run in one)
