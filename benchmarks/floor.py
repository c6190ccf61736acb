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
SLOW = 2
"""Letters of a round for what takes seconds a letter."""
A_SET = 250
"""Phrases in a set of RE2: sets of 1,000 and of 4,000 took twice as long, one of all was refused."""
Match = Callable[[str], Any]


def with_re2(phrases: Sequence[Phrase]) -> tuple[Match | None, int]:
    """A way to match all phrases, and how many RE2 does not take; words end where ASCII words end."""
    try:
        module = importlib.import_module("re2")
    except ImportError:
        return None, 0
    options = module.Options()
    options.max_mem = 1 << 30
    options.log_errors = False
    sets, refused = [], 0
    for first in range(0, len(phrases), A_SET):
        made = module.Set.SearchSet(options)
        for phrase in phrases[first : first + A_SET]:
            try:
                made.Add(
                    phrase.source.replace(r"(?<![\w-])", r"\b").replace(r"(?![\w])", r"\b").replace("(?!no[ ])", "")
                )
            except module.error:
                refused += 1
        made.Compile()
        sets.append(made)
    return lambda text: [one.Match(text) for one in sets], refused


def one_round(
    texts: Sequence[str], checker: Checker, phrases: Sequence[Phrase], once: Match | None
) -> dict[str, float]:
    """Seconds a letter for each way over some letters."""
    costs: dict[str, float] = {}

    def timed(name: str, work: Callable[[], Any], count: int = len(texts)) -> Any:
        start = time.process_time()
        given = work()
        costs[name] = (time.process_time() - start) / count
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
    few = letters[:SLOW]
    sentences = [fold(sentence.text) for letter in few for sentence in letter.sentences]
    timed("Python's re", lambda: [phrase.pattern.search(said) for phrase in phrases for said in sentences], len(few))
    return costs


def main(count: int) -> None:
    """Prints milliseconds a letter for each way, and how they stand to each other."""
    checker = Checker(engine="reference")
    phrases = load_idiom(ROOT / "rules").index.phrases
    once, refused = with_re2(phrases)
    texts = made_letters(count * ROUNDS, seed=5)
    best: dict[str, float] = {}
    for number in range(ROUNDS):
        costs = one_round(texts[number * count : (number + 1) * count], checker, phrases, once)
        best = {name: min(seconds, best.get(name, seconds)) for name, seconds in costs.items()}
    print(f"{count} letters a round, best of {ROUNDS} rounds, {len(phrases)} phrases")
    for name, seconds in best.items():
        print(f"{name:14}{seconds * 1e3:10.3f} ms a letter {seconds / best['imrcheck']:10.4f} of imrcheck")
    told = f"RE2 in sets of {A_SET} phrases; it does not take {refused} of them"
    print(told if once else "without RE2: pip install --group compare")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 40)
