"""A short run of every target, and all that ever did harm; ``python -m tests.fuzz`` runs longer."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from tests.fuzz.engine import inputs, watched
from tests.fuzz.targets import CORPUS, TARGETS, Target


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_no_input_does_harm(target: Target) -> None:
    @settings(
        max_examples=target.examples,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(inputs(target))
    def run(data: bytes) -> None:
        watched(target.check, data)

    run()


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_what_once_did_harm_does_none(target: Target) -> None:
    for path in target.corpus():
        watched(target.check, path.read_bytes())
    for seed in target.seeds():
        watched(target.check, seed)


def test_every_corpus_belongs_to_a_target() -> None:
    assert {path.name for path in CORPUS.iterdir()} <= {target.name for target in TARGETS}
    assert all(isinstance(path, Path) and path.stat().st_size < 50_000 for path in CORPUS.rglob("*"))
