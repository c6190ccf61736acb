"""How far observing is from the floor, and from doing the same with regular expressions, in one run.

Run from the checkout: ``python benchmarks/floor.py [LETTERS]``. The letters are made (see letters.py) and lie in a file
of JSON Lines. What is timed is processor time of this process; the ways take turns, and the best round counts:

* the bytes: the file read and its lines decoded, which nobody can do without;
* RE2 once: a set of all phrases of the lexicon as RE2 takes them, matched once against each letter, which tells whether
  a phrase stands somewhere in it and nothing else (google-re2, BSD-3-Clause: ``pip install --group compare``);
* Python's ``re``: each phrase searched in each sentence, as a list of patterns would be used;
* imrcheck: the letter read, parsed and observed: who says what of whom, with status, time, role and numbers.
"""

import importlib
import json
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from letters import made_letters

from checker import Checker
from checker.knowledge.idiom import load_idiom
from checker.language.phrases import Phrase, fold
from checker.parsing import parse
from checker.reading.text import source_from_text

ROOT = Path(__file__).parent.parent
ROUNDS = 3
Match = Callable[[str], Any]


def with_re2(phrases: Sequence[Phrase]) -> tuple[Match | None, int, int]:
    """A way to match all phrases, how many RE2 does not take, and in how many sets it holds the others.

    A set that needs more than a gigabyte is halved. Words end where ASCII words end.
    """
    try:
        module = importlib.import_module("re2")
    except ImportError:
        return None, 0, 0
    options = module.Options()
    options.max_mem = 1 << 30
    options.log_errors = False
    refused = 0

    def sets(some: Sequence[Phrase]) -> list[Any]:
        nonlocal refused
        made, taken = module.Set.SearchSet(options), []
        for phrase in some:
            try:
                made.Add(
                    phrase.source.replace(r"(?<![\w-])", r"\b").replace(r"(?![\w])", r"\b").replace("(?!no[ ])", "")
                )
                taken.append(phrase)
            except module.error:
                refused += 1
        try:
            made.Compile()
        except module.error:
            middle = len(taken) // 2
            return [*sets(taken[:middle]), *sets(taken[middle:])]
        return [made]

    made = sets(phrases)
    return lambda text: [one.Match(text) for one in made], refused, len(made)


def one_round(
    texts: Sequence[str], checker: Checker, phrases: Sequence[Phrase], once: Match | None
) -> dict[str, float]:
    """Seconds a letter for each way over some letters."""
    costs: dict[str, float] = {}

    def timed(name: str, work: Callable[[], Any]) -> Any:
        start = time.process_time()
        given = work()
        costs[name] = (time.process_time() - start) / len(texts)
        return given

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "letters.jsonl"
        file.write_text("".join(json.dumps({"id": "made", "text": text}) + "\n" for text in texts), "utf-8")
        read = timed("the bytes", lambda: [json.loads(line)["text"] for line in file.read_bytes().splitlines()])
    if once is not None:
        timed("RE2 once", lambda: [once(text.lower()) for text in read])
    letters = timed(
        "imrcheck",
        lambda: [checker.observe(parse(source_from_text(text, "made", "made", ""), checker.lexicon)) for text in read],
    )
    sentences = [fold(sentence.text) for letter in letters for sentence in letter.sentences]
    timed("Python's re", lambda: [phrase.pattern.search(said) for phrase in phrases for said in sentences])
    return costs


def main(count: int) -> None:
    """Prints milliseconds a letter for each way, and how they stand to each other."""
    checker = Checker(engine="reference")
    phrases = load_idiom(ROOT / "rules").index.phrases
    once, refused, sets = with_re2(phrases)
    texts = made_letters(count * ROUNDS, seed=5)
    best: dict[str, float] = {}
    for number in range(ROUNDS):
        costs = one_round(texts[number * count : (number + 1) * count], checker, phrases, once)
        best = {name: min(seconds, best.get(name, seconds)) for name, seconds in costs.items()}
    print(f"{count} letters a round, best of {ROUNDS} rounds, {len(phrases)} phrases")
    for name, seconds in best.items():
        print(f"{name:14}{seconds * 1e3:10.3f} ms a letter {seconds / best['imrcheck']:10.4f} of imrcheck")
    told = f"RE2 holds the phrases in {sets} sets, and does not take {refused} of them"
    print(told if once else "without RE2: pip install --group compare")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 40)
