"""Inputs made out of good ones, and the watch over what they do."""

import time
from collections.abc import Callable
from functools import cache

from hypothesis import strategies as st

from tests.fuzz.targets import TARGETS, Target

_MOST = 24_000
_WINDOW = 3_000
_SECONDS, _SECONDS_A_KILOBYTE = 4.0, 0.5
"""Processor time that an input may take: far more than it does, far less than a pattern that runs away."""
BY_NAME = {target.name: target for target in TARGETS}


@cache
def _seeds(name: str) -> tuple[bytes, ...]:
    target = BY_NAME[name]
    return (*target.seeds(), *(path.read_bytes() for path in target.corpus()))


@st.composite
def inputs(draw: st.DrawFn, target: Target) -> bytes:
    """An input for a target: a seed with some edits, or bytes out of the blue."""
    data = draw(st.sampled_from(_seeds(target.name)))
    if not target.whole and len(data) > _WINDOW and draw(st.booleans()):
        at = draw(st.integers(0, len(data) - _WINDOW))
        data = data[at : at + _WINDOW]
    for _ in range(draw(st.integers(0, 6))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.sampled_from((0, 0, 1, 4, 40, 400, 4000))))
        new = draw(st.sampled_from(target.tokens) | st.binary(max_size=12))
        kept = data[start:end] if draw(st.booleans()) else b""
        data = data[:start] + (kept + new) * draw(st.sampled_from((1, 1, 1, 2, 30))) + data[end:]
    return data[:_MOST]


def watched(check: Callable[[bytes], None], data: bytes) -> None:
    """Run a check and its clock."""
    start = time.process_time()
    check(data)
    took = time.process_time() - start
    allowed = _SECONDS + _SECONDS_A_KILOBYTE * len(data) / 1000
    assert took < allowed, f"{took:.1f} s for {len(data)} bytes"
