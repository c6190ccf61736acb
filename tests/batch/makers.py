"""Work for worker processes that is quick, and goes wrong on letters that say so."""

import ctypes
import faulthandler
import json
import os
import signal
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from checker.batch.tasks import Task
from checker.batch.workers import NOWHERE, At
from checker.reading.letters import Name
from checker.reading.units import TextUnit


def units(*texts: str) -> list[TextUnit]:
    return [TextUnit(Name(f"L{n}", f"in:{n}"), text) for n, text in enumerate(texts)]


def struck(text: str, folder: Path) -> None:
    """What a text asks for: it kills its process, hangs, or asks so only the first time."""
    what, _, once = text.partition(" once")
    if once:
        mark = folder / f"{once.strip()}.seen"
        if mark.exists():
            return
        mark.touch()
    if what == "segfault":
        faulthandler.disable()
        ctypes.string_at(0)
    elif what == "exit":
        os._exit(7)
    elif what == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    elif what == "hang":
        time.sleep(600)


@dataclass(frozen=True)
class Writer:
    """Writes the texts of a task, or why one was left out, into a file a part."""

    folder: Path

    def make(self, task: Task, spared: Mapping[int, str], at: At) -> None:
        done = []
        for place, unit in enumerate(task.units):
            if place in spared:
                done.append(spared[place])
                continue
            at(place)
            assert isinstance(unit, TextUnit)
            if unit.text == "full":
                raise OSError(28, "No space left on device", str(self.folder))
            struck(unit.text, self.folder)
            done.append(unit.text)
        at(NOWHERE)
        (self.folder / f"{task.number}.json").write_text(json.dumps(done))

    def made(self, number: int) -> list[str]:
        found: list[str] = json.loads((self.folder / f"{number}.json").read_text())
        return found


@dataclass(frozen=True)
class Broken:
    """Dies before it is at any letter."""

    def make(self, task: Task, spared: Mapping[int, str], at: At) -> None:
        os._exit(3)
