"""Whether durable-rules can be loaded here."""

import pytest

from checker.judging.engine import extension
from checker.judging.errors import EngineUnavailable


def _missing() -> str:
    try:
        extension()
    except EngineUnavailable as error:
        return str(error)
    return ""


MISSING = _missing()
"""Why durable-rules cannot be loaded, "" where it can."""

needs_engine = pytest.mark.skipif(bool(MISSING), reason=f"the reference reading judges alone here: {MISSING}")
ENGINES = ["reference", pytest.param("durable-rules", marks=needs_engine)]
