"""Reads the numeric expressions of ``numbers/*.yaml`` and compares them with what is expected."""

import datetime
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from checker.knowledge.lexicon import Lexicon
from checker.knowledge.yamlfile import load_yaml
from checker.language import dates
from checker.language.phrases import fold
from checker.model.facts import Part, Role, Sentence
from checker.observing.doses import doses_in
from checker.observing.mentions import name
from checker.observing.morphine import printed
from checker.observing.pain_scores import scores_in
from checker.observing.passages import Passage
from checker.observing.relief import relief_in
from checker.observing.usage import length_in_days
from checker.observing.visits_told import visits_in
from checker.reading.text import source_from_text
from tests.shipped import the_idiom, the_lexicon

FOLDER = Path(__file__).parent / "numbers"


@dataclass(frozen=True, slots=True)
class Answer:
    """What one expression was expected to be and what was read."""

    file: str
    kind: str
    text: str
    expected: Any
    read: Any
    open: str

    @property
    def right(self) -> bool:
        return bool(self.expected == self.read)


def _pair(low: float, high: float) -> Any:
    low, high = round(low, 3), round(high, 3)
    return low if low == high else [low, high]


def _pain(text: str, lexicon: Lexicon) -> Any:
    folded = fold(text)
    drugs = [(m.start, m.end) for m in lexicon.drugs_in(folded)]
    found: dict[str, Any] = {}
    stated = []
    for score in scores_in(folded, lexicon.measures, drugs):
        value = _pair(score.low, score.high)
        if score.kind == "stated":
            stated.append(value)
        else:
            found[score.kind] = value if score.kind not in found else "twice"
    if stated:
        found["stated"] = sorted(stated, key=str)
    return found


def _doses(text: str, lexicon: Lexicon) -> Any:
    folded = fold(text)
    found: dict[str, Any] = {}
    for dose in doses_in(folded, lexicon.drugs_in(folded), lexicon.measures):
        parts = {
            "strength": dose.strength,
            "per_day": _pair(*dose.per_day) if dose.per_day else None,
            "dispensed": dose.dispensed,
            "days": dose.days,
        }
        found[dose.drug] = {k: v for k, v in parts.items() if v is not None}
    return found


def _visits(text: str, lexicon: Lexicon) -> Any:
    found: dict[str, list[Any]] = {}
    for visits in visits_in(fold(text), lexicon.measures):
        found.setdefault(visits.kind, []).append(_pair(visits.low, visits.high))
    return found


def _relief(text: str, lexicon: Lexicon) -> Any:
    return [[r.low, r.days] for r in relief_in(fold(text), lexicon.measures) if not r.bounded]


def _lengths(text: str, lexicon: Lexicon) -> Any:
    return length_in_days(fold(text), lexicon.measures)


def _dates(text: str, lexicon: Lexicon) -> Any:
    return [mention.date.isoformat() for mention in dates.find(fold(text))]


def _morphine(text: str, lexicon: Lexicon) -> Any:
    return [value for value, _ in printed(name((_passage(text),), lexicon), lexicon)]


def _passage(text: str) -> Passage:
    """One sentence of a case summary."""
    reading = source_from_text(text, "a", "a", "").reading
    folded = fold(reading.text)
    sentence = Sentence(Part.SUMMARY, 0, reading.raw_span(0, len(folded)), reading.text, Role.CASE, "summary")
    return Passage(sentence, 0, len(folded), folded, the_idiom().hits(folded), reading, the_idiom().grammar)


_READ = {
    "pain": ("scores", _pain),
    "doses": ("doses", _doses),
    "visits": ("visits", _visits),
    "relief": ("relief", _relief),
    "lengths": ("days", _lengths),
    "dates": ("dates", _dates),
    "morphine": ("printed", _morphine),
}


def _plain(value: Any) -> Any:
    """Expected values as they are compared: nothing for what is null, stated scores in one order."""
    if isinstance(value, list):
        return [v.isoformat() if isinstance(v, datetime.date) else v for v in value]
    if not isinstance(value, Mapping):
        return value
    out = {str(k): _plain(v) for k, v in value.items() if v is not None}
    if "stated" in out:
        out["stated"] = sorted(out["stated"], key=str)
    return out


def answers(lexicon: Lexicon | None = None) -> Iterator[Answer]:
    """Every expression of every file, read."""
    lexicon = lexicon or the_lexicon()
    for path in sorted(FOLDER.glob("*.yaml")):
        data: Any = load_yaml(path).data
        for kind, entries in data.items():
            key, read = _READ[kind]
            for entry in entries:
                expected = _plain(entry[key])
                told = read(entry["text"], lexicon)
                yield Answer(path.stem, kind, entry["text"], expected, told, str(entry.get("open", "")))


def share(found: list[Answer]) -> float:
    """Right ones of all; 0 of none."""
    return sum(a.right for a in found) / len(found) if found else 0.0


def main() -> None:
    """Print the share of right answers by file and kind, and every wrong one."""
    found = list(answers())
    groups: dict[str, list[Answer]] = {}
    for answer in found:
        groups.setdefault(f"{answer.file} {answer.kind}", []).append(answer)
        groups.setdefault(answer.file, []).append(answer)
    out = [f"{share(group):6.1%} of {len(group):3} {name}" for name, group in sorted(groups.items())]
    out += [
        f"\n{a.file} {a.kind}: {a.text}\n  expected {a.expected}\n  read     {a.read}" for a in found if not a.right
    ]
    sys.stdout.write("\n".join([f"{share(found):.1%} of {len(found)}", *out, ""]))


if __name__ == "__main__":
    main()
