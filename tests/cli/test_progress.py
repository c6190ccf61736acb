"""The line that tells how far a run is."""

import io

from checker.cli.progress import Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_in_a_terminal_a_line_renews_itself_and_goes_away() -> None:
    out, clock = Terminal(), Clock()
    with Progress(1000, out, clock) as progress:
        clock.now += 0.1
        progress.advance(10, 2)
        assert out.getvalue() == ""
        clock.now += 0.9
        progress.advance(90, 2)
        shown = out.getvalue().split("\r")[-1]
        assert shown == "100 of 1,000 letters, 100 a second, 0:09 left, 2 workers"
        clock.now += 1
        progress.advance(100, 1)
        assert out.getvalue().split("\r")[-1] == "200 of 1,000 letters, 100 a second, 0:08 left, 1 worker"
    assert out.getvalue().endswith("\r" + " " * len("200 of 1,000 letters, 100 a second, 0:08 left, 1 worker") + "\r")


def test_elsewhere_it_is_a_line_a_minute() -> None:
    out, clock = io.StringIO(), Clock()
    with Progress(None, out, clock) as progress:
        for _ in range(150):
            clock.now += 1
            progress.advance(5, 0)
    assert out.getvalue().splitlines() == ["imrcheck: 300 letters, 5.0 a second", "imrcheck: 600 letters, 5.0 a second"]


def test_hours_are_told_as_such() -> None:
    out, clock = io.StringIO(), Clock()
    progress = Progress(1_000_000, out, clock)
    clock.now += 60
    progress.advance(6000, 2)
    assert out.getvalue() == "imrcheck: 6,000 of 1,000,000 letters, 100 a second, 2:45:40 left, 2 workers\n"
