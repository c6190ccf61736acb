"""Loading what is kept for good without looking for garbage in it."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def kept() -> Iterator[None]:
    """Holds the collector back while objects are made that all stay; what was on stays on.

    The rules and the lexicon are a great many small objects, none of them garbage; looking through them again and again
    while they grow finds nothing and takes time.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
