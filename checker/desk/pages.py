"""Pages of letters as the desk shows them: of every letter of a run, whether its page was written or not.

Each has the bytes that ``imrcheck audit --pages all`` would have written. A page is looked up by its address among
those of the run; no path is made of what the browser asks for.
"""

import threading
from pathlib import Path

from checker.batch.run import STORE
from checker.reporting.pagestore import StoredPages, earlier_pages


class RunPages:
    """The pages of the letters of a run, unpacked when they are asked for.

    Args:
        folder: Of the run.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / STORE
        self._lock = threading.Lock()
        self._stored: StoredPages | None = None
        self._rows: dict[str, int] = {}
        self._pages: list[str] = []
        self._places: dict[str, int] = {}
        self._opened = False

    def __call__(self, page: str) -> bytes | None:
        """The page at an address from the index, None where the run stores none there."""
        with self._lock:
            if not self._opened:
                self._open()
            place = self._places.get(page)
            if place is None or self._stored is None:
                return None
            before = self._pages[place - 1] if place else ""
            after = self._pages[place + 1] if place + 1 < len(self._pages) else ""
            try:
                html = self._stored.html(self._rows[page])
            except OSError:  # the store was damaged or replaced; a written page may still be there
                return None
            return self._stored.ways.put_in(html, before, after)

    def _open(self) -> None:
        self._opened = True
        self._stored = earlier_pages(self._path)
        if self._stored is not None:
            self._rows = self._stored.rows()
            self._pages = list(self._rows)
            self._places = {page: place for place, page in enumerate(self._pages)}
