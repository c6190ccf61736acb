"""``--watch``: look at the times of the files now and then, and tell which ones changed."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

Snapshot = Mapping[str, tuple[int, int]]
"""Path -> time of the last change in nanoseconds, and size in bytes."""


def snapshot(folders: Iterable[Path]) -> Snapshot:
    """The YAML files of some folders as they are now; one that vanishes meanwhile is left out."""
    found: dict[str, tuple[int, int]] = {}
    for folder in folders:
        for path in sorted(folder.rglob("*.yaml")):
            try:
                state = path.stat()
            except OSError:
                continue
            found[path.as_posix()] = (state.st_mtime_ns, state.st_size)
    return found


def changed(before: Snapshot, after: Snapshot) -> tuple[str, ...]:
    """Files that are new, gone, or not as they were, sorted."""
    return tuple(sorted(path for path in before.keys() | after.keys() if before.get(path) != after.get(path)))


def changes(look: Callable[[], Snapshot], wait: Callable[[], None]) -> Iterator[tuple[str, ...]]:
    """The files that changed, each time some did and have come to rest: an editor writes in several steps.

    Args:
        look: Takes a snapshot.
        wait: Waits for the next look; whatever it raises ends the watch.
    """
    seen = look()
    while True:
        wait()
        now = look()
        if now == seen:
            continue
        wait()
        while (later := look()) != now:
            now = later
            wait()
        yield changed(seen, now)
        seen = now
