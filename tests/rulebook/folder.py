"""A small rules folder of our own, written to disk, that tests break in one place at a time."""

from pathlib import Path

from checker.knowledge.problems import RuleError
from checker.rulebook import Rulebook, load_rulebook

VOCABULARY = """\
schema: 1
facts:
  letter.guideline_date: {scope: letter, type: date, meaning: The day that picks the edition., origin: parsing}
  letter.pages: {scope: letter, type: integer, meaning: Pages of the letter., origin: reading}
  item.topic: {scope: item, type: text, ids_of: topics, default: none, meaning: The topic., origin: observing}
  item.label: {scope: item, type: text, default: the request, meaning: The request in short., origin: parsing}
  item.visits: {scope: item, type: integer, unit: visits, meaning: Visits asked for., origin: parsing}
  item.dose: {scope: item, type: number, unit: mg, meaning: Strength., origin: parsing}
  item.day: {scope: item, type: date, meaning: A day of service., origin: parsing}
  item.drug: {scope: item, type: text, ids_of: drugs, default: none, meaning: The drug., origin: parsing}
  decision.outcome:
    scope: item
    values: [upheld, overturned, none]
    default: none
    meaning: What the letter does with the denial.
    origin: parsing
"""

SOURCES = """\
schema: 1
sources:
  guide-one:
    title: Guide One
    citation: Guide One (first edition)
    publisher: A publisher
    in_force: {from: 2009-07-18, to: 2016-07-28}
    pages: 40
    mark: verified
  law-one:
    title: Law One
    citation: Law One, section 1
    publisher: The State
    in_force: {from: 2004-01-01, to: null}
    mark: verified
"""

PARAMETERS = """\
schema: 1
parameters:
  walks.total_max:
    unit: visits
    meaning: Most walks in all.
    values:
      2009-07-18: {value: 10, source: {document: guide-one, section: Walks, pages: [12]}, mark: verified}
      2016-07-29: {value: 12, source: {document: law-one}, mark: verified}
  walks.trial_max:
    unit: visits
    meaning: Most walks at first.
    values:
      2009-07-18: {value: 4, source: {document: guide-one, section: Walks, pages: [12]}, mark: recalled}
"""

TOPIC = """\
schema: 1
topic:
  id: walking
  code: WAL
  title: Walking
  document: guide-one
  criteria:
    - {id: relief, concept: pain-relief, title: Relief of pain, section: Walks, pages: [12, 13], mark: verified}
    - {id: function, title: Better function, section: Walks, pages: [14], mark: verified}
"""

RULE = """\
schema: 1
rule:
  id: FAC005.walks
  code: FAC005
  title: Said to be missing, but recorded
  scope: item
  status: active
  severity: error
  confidence: high
  source: {document: law-one, section: (h), mark: verified}
  why: The rationale says that the record lacks what the summary records.
  applies_to: {fact: decision.outcome, is: upheld}
  flag_when:
    all:
      - {fact: rationale.function, is: not_documented}
      - {fact: summary.function, is: documented}
  unless:
    - id: FAC005.walks.few
      why: So few visits are not worth a word.
      source: {document: law-one, mark: verified}
      when: {fact: item.visits, below: 3}
  evidence: [decision.outcome]
  message: "{{ item.label }}: said to lack function, {{ item.visits }} visits."
  ask: Does the letter say what it means by function?
  tests:
    - name: missing and recorded
      given: {decision.outcome: upheld, rationale.function: not_documented, summary.function: documented,
              item.visits: 6}
      expect: {result: flagged, because: [rationale.function, summary.function]}
    - name: approved
      given: {decision.outcome: overturned}
      expect: {result: not_applicable}
    - name: few visits
      given: {decision.outcome: upheld, rationale.function: not_documented, summary.function: documented,
              item.visits: 2}
      expect: {result: excepted, by: FAC005.walks.few}
"""

EACH = """\
schema: 1
rule:
  id: CRI-WAL-coverage.{criterion}
  code: CRI-WAL-coverage
  title: The rationale is silent on a criterion
  scope: item
  status: active
  severity: warning
  confidence: medium
  for_each: {criterion: {criteria_of: walking}}
  source: {from: criterion}
  effective: {from: 2009-07-18, to: 2016-07-28}
  why: The guide asks for it.
  applies_to: {fact: item.topic, is: walking}
  flag_when: {fact: "rationale.{criterion.concept}", is: silent}
  message: "The rationale does not speak of: {criterion.title}."
  ask: Where does the rationale speak of it?
  tests:
    - name: silent
      given: {item.topic: walking}
      expect: {result: flagged, because: ["rationale.{criterion.concept}"]}
    - {name: spoken of, given: {item.topic: walking, "rationale.{criterion.concept}": denied}, expect: {result: clear}}
    - name: pain only
      with: {criterion: relief}
      given: {item.topic: walking, rationale.pain-relief: unclear}
      expect: {result: clear}
"""

FILES = {
    "vocabulary.yaml": VOCABULARY,
    "sources.yaml": SOURCES,
    "parameters/visits.yaml": PARAMETERS,
    "lexicon/drugs.yaml": "drugs: [{id: aspirin}, {id: ibuprofen}]\n",
    "lexicon/concepts/function.yaml": "schema: 1\nconcept: {id: function, title: Better function}\n",
    "lexicon/concepts/pain-relief.yaml": "schema: 1\nconcept: {id: pain-relief, title: Less pain}\n",
    "criteria/walking/topic.yaml": TOPIC,
    "criteria/walking/coverage.yaml": EACH,
    "facts/walks.yaml": RULE,
}


def write(folder: Path, **changed: str) -> Path:
    """Writes the folder; ``changed`` maps a short name (rule, each, ...) or nothing to another text."""
    short = {
        "rule": "facts/walks.yaml",
        "each": "criteria/walking/coverage.yaml",
        "topic": "criteria/walking/topic.yaml",
    }
    files = FILES | {short.get(name, f"{name}.yaml"): text for name, text in changed.items()}
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def loaded(folder: Path, **changed: str) -> Rulebook:
    return load_rulebook(write(folder, **changed))


def told(folder: Path, **changed: str) -> list[str]:
    """The error lines of a folder, its own path left out."""
    try:
        loaded(folder, **changed)
    except RuleError as error:
        return [str(problem).replace(f"{folder.as_posix()}/", "") for problem in error.problems]
    return []
