"""Time on letters made to keep a reader busy: seconds for half the size and for the whole, and their ratio.

Run from the checkout: ``python benchmarks/hostile.py [MEGABYTES [CASE]]``, ten and every case if left out. Reading,
parsing, observing and judging together, in processor time of this process. A ratio of about 2 says that twice the
letter takes twice the time; where a limit of what is read is met, it is less.
"""

import random
import sys
import time
from collections.abc import Callable

from checker import Checker
from checker.knowledge.lexicon import load_lexicon
from checker.knowledge.resources import rules_folder
from checker.model.determination import Status
from checker.parsing import parse
from checker.reading.text import source_from_text

_LINE = "Decision based on MTUS Chronic Pain Medical Treatment 2016, Section(s): Opioids, criteria for use."
_REASONS = "He walks with a cane. The request is not medically necessary."


def _repeated(unit: str, size: int) -> str:
    return (unit * (size // len(unit) + 1))[:size]


def _letter(summary: str = "", reasons: str = "", *, heading: str = "Norco 10/325mg #90", cited: str = _LINE) -> str:
    """A letter of one item."""
    return (
        "HOW THE IMR FINAL DETERMINATION WAS MADE\n\nA reviewer looked at the file.\n\nCLINICAL CASE SUMMARY\n\n"
        f"{summary or 'A roofer of 40 fell from a ladder.'}\n\nIMR ISSUES, DECISIONS AND RATIONALES\n\n"
        f"{heading}: Upheld\n\nClaims Administrator guideline: {cited}\n\nMAXIMUS guideline: {cited}\n\n"
        f"Decision rationale: {reasons} {_REASONS}\n"
    )


def _both(text: str) -> str:
    """The text as the summary and as the reasons."""
    return _letter(text, text)


def _nested(size: int) -> str:
    """Quotes and brackets that open ever deeper and then close."""
    depth = size // 6
    return '("[' * depth + ']")' * depth


def _words(size: int) -> str:
    """Words without a full stop, no two thousand alike."""
    letters = random.Random(1)  # noqa: S311
    words = ("".join(letters.choices("aeionrstlcdmph", k=letters.randint(2, 9))) for _ in range(size // 6))
    return " ".join(words)


def _drugs(size: int) -> str:
    """One name of a drug after the other."""
    names = sorted(drug.generic for drug in load_lexicon(rules_folder()).drugs.values())
    return _repeated(", ".join(names) + ", ", size)


def _shared(size: int) -> str:
    """A hundred items listed together that share their reasons."""
    items = "".join(f"{number}. Norco {number}mg\n\n" for number in range(1, 99))
    return (
        f"MEDICAL PROFESSIONAL REVIEW\n\nISSUE AT DISPUTE:\n\n{items}CASE SUMMARY:\n\nHe fell.\n\nRATIONALE FOR WHY "
        "THE REQUESTED TREATMENT/SERVICE IS NOT MEDICALLY NECESSARY:\n\n"
        f"{_repeated('There is no documentation of pain relief with the drug. ', size)}"
    )


CASES: dict[str, Callable[[int], str]] = {
    "no no no": lambda size: _both(_repeated("no ", size // 2)),
    "nested quotes and brackets": lambda size: _both(_nested(size // 2)),
    "not documented, not documented": lambda size: _both(_repeated("not documented, ", size // 2)),
    "one rationale without a full stop": lambda size: _letter(reasons=_words(size)),
    "headings of sections": lambda size: _letter(_repeated("CLINICAL CASE SUMMARY\n", size)),
    "lines that end in an outcome": lambda size: _letter() + _repeated("Norco 5 mg is: Upheld\n", size),
    "labels in one line": lambda size: _letter() + _repeated("Decision rationale: no. ", size),
    "dates and digits": lambda size: _both(_repeated("12/3/2014 7 10/325 1,111 2.5 ", size // 2)),
    "names of drugs": lambda size: _both(_drugs(size // 2)),
    "an endless request": lambda size: _letter(heading=_repeated("Norco 10 mg #60, ", size)),
    "an endless citation": lambda size: _letter(cited=_repeated("MTUS 2009, page 3-4, ", size // 2)),
    "short sentences": lambda size: _both(_repeated("He takes it. ", size // 2)),
    "full stops": lambda size: _both(_repeated(". ", size // 2)),
    "reasons shared by many items": _shared,
    "no letter at all": lambda size: _repeated("lorem ipsum\n", size),
}
"""What makes a letter of about so many code points, by name."""


def seconds(text: str, checker: Checker) -> float:
    """Processor time of reading, parsing, observing and judging."""
    start = time.process_time()
    determination = parse(source_from_text(text, "hostile", "hostile", ""), checker.lexicon)
    if determination.status is not Status.UNKNOWN_LAYOUT:
        checker.judge.judge(checker.observe(determination))
    return time.process_time() - start


def main() -> None:
    """Print a line a case."""
    size = int(float(sys.argv[1]) * 1e6) if len(sys.argv) > 1 else 10_000_000
    wanted = sys.argv[2] if len(sys.argv) > 2 else ""
    checker = Checker(engine="reference")
    seconds(_letter(), checker)
    print(f"{'':36}{size / 2e6:6.1f} MB {size / 1e6:6.1f} MB   ratio")
    for name, make in CASES.items():
        if wanted in name:
            half, whole = seconds(make(size // 2), checker), seconds(make(size), checker)
            print(f"{name:36}{half:7.2f} s {whole:7.2f} s {whole / half:7.2f}", flush=True)


if __name__ == "__main__":
    main()
