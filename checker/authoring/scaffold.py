"""``imrcheck rules new``: files that load, keep to the schema, pass their tests and say what to fill in."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Template

from checker.authoring.advice import Advice, error, warning
from checker.authoring.material import Material
from checker.authoring.schemas import kind_of, kinds, schema, text
from checker.knowledge.concepts import SLUG
from checker.knowledge.resources import rules_folder
from checker.knowledge.topics import TOPIC_FILE, Topic
from checker.knowledge.yamlfile import parse_yaml
from checker.model.rule import CODE
from checker.rulebook.load import CRITERIA, FOLDERS

FILL_IN = "FILL IN"
"""Stands before what has to be written; ``rules check`` finds what was left."""

_RULE = Template("""\
$schema_line
# A new rule. Write over every $fill_in; then, in this order:
#   imrcheck rules check    what is wrong with it, and where
#   imrcheck rules test     its own tests, below
#   imrcheck rules try $id LETTER    every comparison on a letter
schema: 1
rule:
  id: $id
  code: $code
  title: "$fill_in: what is found, in a few words"
  # item: judged once for each disputed item; letter: once for the letter.
  scope: item
  # draft: checked and tested, but silent. Make it active when its tests say what you mean.
  status: draft
  # How bad it is if true: error (seen from the quotes alone), warning (one step of inference), note.
  severity: note
  confidence: medium
  # A key of sources.yaml, and where it stands there. verified only if you saw it there yourself.
  source: {document: $document, section: "$fill_in: heading and page", mark: recalled}
  why: >-
    $fill_in: what the rule looks for and why it matters, in two or three sentences for a physician.
  # Which items it concerns. The facts are in vocabulary.yaml; of each concept there are summary.ID and rationale.ID.
  applies_to:
    all:
$applies
  # What is wrong: all of these.
  flag_when:
    all:
      - {fact: rationale.$concept, is: not_documented}
      - {fact: summary.$concept, is: documented}
  # What excuses it, each with a reason and a source; leave unless out if nothing does.
  unless:
    - id: $id.rebuttal
      why: The rationale names a reason why the criterion does not govern in this case.
      source: {document: $document, section: "$fill_in: heading and page", mark: recalled}
      when: {fact: $excuse}
  message: "{{ item.label }}: $fill_in: one sentence that says what is inconsistent."
  ask: "$fill_in: the question that the writer of the letter would have to answer."
  # At least one that is flagged, one that is not, one for each exception. Facts left out have their default.
  tests:
    - name: missing in the rationale, recorded in the summary
      given: {$given, rationale.$concept: not_documented, summary.$concept: documented}
      expect: {result: flagged, because: [rationale.$concept, summary.$concept]}
    - name: the summary is silent too
      given: {$given, rationale.$concept: not_documented}
      expect: {result: clear}
    - name: answered by the rationale itself
      given: {$given, rationale.$concept: not_documented, summary.$concept: documented, $excused}
      expect: {result: excepted, by: $id.rebuttal}
    - name: approved
      given: {decision.outcome: overturned}
      expect: {result: not_applicable}
  # When and what was changed in it; shown on its page of the rule book.
  # history:
  #   - {day: 2026-01-31, what: First written.}
""")

_CONCEPT = Template("""\
$schema_line
# A thing that guidelines ask about. The facts summary.$id, rationale.$id and conflict.$id come from it by themselves.
# How a phrase is written: rules/lexicon/README.md, and docs/rules.md.
schema: 1
concept:
  id: $id
  title: "$fill_in: a few words for the report"
  meaning: "$fill_in: what documented and denied stand for"
  # record: a fact of the worker. reasoning: what the reviewer says of the request. advice, guideline: see the README.
  says: record
  # Words for the thing; a cue beside them says whether it is documented, denied or missing ("no documentation of ...").
  names: [$words]
  # What a name without a cue means in a sentence about the case: documented, denied, unclear or nothing.
  mention: nothing
  # Wordings that say it by themselves; a negation that falls into one denies it.
  documented:
    - $words (is|was) (present|recorded)
""")

_TOPIC = Template("""\
$schema_line
# A topic of a guideline, what is decided under it, and what it asks for.
schema: 1
topic:
  id: $id
  # Three letters of the codes CRI-$code-coverage, CRI-$code-misstated, CRI-$code-misapplied.
  code: $code
  title: "$fill_in: heading of the topic"
  document: $document
  # Which requests are decided under it: drugs, treatments, classes, categories (names as in lexicon/), also by regions.
  decides:
    treatments: []
  criteria:
    - id: $concept
      title: "$fill_in: what the guideline asks for"
      section: "$fill_in: heading"
      mark: recalled
      no_rule: "$fill_in: why no rule asks for it yet"
""")

_CRITERION = Template("""\
    - id: $id
      concept: $concept
      title: "$fill_in: what the guideline asks for, in a few words"
      section: "$fill_in: heading under which it stands, and pages: [number] if it has them"
      mark: recalled
      required: false
      no_rule: "$fill_in: why no rule asks for it, or leave this line out when a rule does"
""")


class ScaffoldError(Exception):
    """A file that cannot be made; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Scaffold:
    """A file to be written.

    Attributes:
        path: Where.
        text: What.
        beside: Schemas that its first line leads to, by path.
        replaces: Whether the file is there already: a topic that gets another criterion.
    """

    path: Path
    text: str
    beside: Mapping[Path, str]
    replaces: bool = False

    def write(self) -> tuple[Path, ...]:
        """Writes the file and what stands beside it; paths of all that was written.

        Raises:
            ScaffoldError: The file is there already.
        """
        if self.path.exists() and not self.replaces:
            raise ScaffoldError(f"{self.path} is there already; choose another id")
        for path, held in ((self.path, self.text), *self.beside.items()):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(held, "utf-8", newline="\n")
        return (self.path, *self.beside)


class Scaffolder:
    """Makes new files for one folder."""

    def __init__(self, material: Material, folder: Path) -> None:
        """Takes the rules as they are, and the folder in which the new file is to stand."""
        self._material, self._folder = material, folder
        self._book = material.rulebook

    def rule(self, id_: str, topic: str = "", concept: str = "") -> Scaffold:
        """A rule ``CODE.name`` that is flagged where the rationale misses what the summary records.

        Raises:
            ScaffoldError: The id has no code, the topic is unknown or ambiguous, the concept is unknown, the id taken.
        """
        code, _, name = id_.partition(".")
        if not CODE.fullmatch(code) or not re.fullmatch(SLUG[1:-1], name):
            raise ScaffoldError(f"{id_}: a rule is called CODE.name, like FAC005.walks or CRI-TEN-misapplied.home-use")
        if any(rule.id == id_ for rule in self._book.rules):
            raise ScaffoldError(f"{id_} is taken by {self._book.places[id_]}; choose another name")
        of_topic = self._topic(code, topic) if code.startswith("CRI-") else None
        concepts = [criterion.concept_id for criterion in of_topic.criteria] if of_topic else []
        wanted = self._concept(concept or next(iter(concepts), next(iter(sorted(self._book.vocabulary.concepts)))))
        rebutted = "rebuttal" in self._book.vocabulary.concepts and wanted != "rebuttal"
        excuse = "rationale.rebuttal: documented" if rebutted else f'conflict.{wanted}: "yes"'
        asked = {"decision.outcome": "upheld"} | ({"item.topic": of_topic.id} if of_topic else {})
        folder = f"{CRITERIA}/{of_topic.id}" if of_topic else next(f for f, p in FOLDERS.items() if code.startswith(p))
        stem = f"{code.rpartition('-')[2]}-{name}" if of_topic else f"{code.lower()}-{name}"
        given = {
            "id": id_,
            "code": code,
            "document": of_topic.document if of_topic else self._document(code),
            "concept": wanted,
            "excuse": excuse.replace(":", ", is:"),
            "excused": excuse,
            "applies": "\n".join(f"      - {{fact: {name}, is: {value}}}" for name, value in asked.items()),
            "given": ", ".join(f"{name}: {value}" for name, value in asked.items()),
        }
        return self._made(f"{folder}/{stem}.yaml", _RULE, given)

    def concept(self, id_: str) -> Scaffold:
        """A concept.

        Raises:
            ScaffoldError: The id is no slug, or taken.
        """
        self._free(id_, self._book.vocabulary.concepts, "concept")
        return self._made(f"lexicon/concepts/{id_}.yaml", _CONCEPT, {"id": id_, "words": id_.replace("-", " ")})

    def topic(self, id_: str, code: str) -> Scaffold:
        """A topic of a guideline with its first criterion.

        Raises:
            ScaffoldError: The id is no slug, or taken; the code is not three capital letters.
        """
        self._free(id_, self._book.topics.by_id, "topic")
        if not re.fullmatch("[A-Z]{3}", code):
            raise ScaffoldError("a topic needs the three capital letters of its codes: --code TEN")
        given = {
            "id": id_,
            "code": code,
            "document": next(iter(sorted(self._book.sources.by_id))),
            "concept": next(iter(sorted(self._book.vocabulary.concepts))),
        }
        return self._made(f"{CRITERIA}/{id_}/{TOPIC_FILE}", _TOPIC, given)

    def criterion(self, id_: str, topic: str, concept: str = "") -> Scaffold:
        """The file of a topic with one more criterion at its end; a shipped one is copied into the folder first.

        Raises:
            ScaffoldError: Topic or concept are unknown, the topic has such a criterion, or its file does not end with
                the criteria.
        """
        if topic not in self._book.topics.by_id:
            raise ScaffoldError(f"there is no topic {topic or '(give one with --topic)'}; rules coverage lists them")
        self._free(id_, [criterion.id for criterion in self._book.topics.by_id[topic].criteria], "criterion")
        path = self._folder / CRITERIA / topic / TOPIC_FILE
        held = self._book.topics.files[topic].path.read_text("utf-8").rstrip("\n")
        given = {"id": id_, "concept": self._concept(concept or id_), "fill_in": FILL_IN}
        made = f"{held}\n{_CRITERION.substitute(given)}"
        data = parse_yaml(made, path).data
        entry = data.get("topic") if isinstance(data, dict) else None
        listed = entry.get("criteria") if isinstance(entry, dict) else None
        last = listed[-1] if isinstance(listed, list) and listed else None
        if not isinstance(last, dict) or last.get("id") != id_:
            raise ScaffoldError(f"{path}: criteria are not the last thing in the file; add the criterion by hand")
        return Scaffold(path, made, {}, replaces=True)

    def _free(self, id_: str, taken: object, what: str) -> None:
        if not re.fullmatch(SLUG, id_):
            raise ScaffoldError(f"{id_}: the id of a {what} is lower case with hyphens, like home-exercise")
        if isinstance(taken, list | Mapping) and id_ in taken:
            raise ScaffoldError(f"there is a {what} {id_} already; choose another id")

    def _concept(self, id_: str) -> str:
        if id_ not in self._book.vocabulary.concepts:
            raise ScaffoldError(f"there is no concept {id_}; make it first: imrcheck rules new concept {id_}")
        return id_

    def _topic(self, code: str, topic: str) -> Topic:
        topics = self._book.topics.by_id
        if topic in topics and topics[topic].code != code[4:7]:
            meant = code.replace(code[4:7], topics[topic].code, 1)
            raise ScaffoldError(f"the rules of {topic} are called {meant}, not {code}")
        fitting = [t for t in topics.values() if t.code == code[4:7] and topic in ("", t.id)]
        if len(fitting) == 1:
            return fitting[0]
        known = ", ".join(t.id for t in fitting) or ", ".join(sorted({t.code for t in topics.values()}))
        raise ScaffoldError(f"{code}: choose the topic with --topic, of: {known}")

    def _document(self, code: str) -> str:
        """The document on which most rules of a code or family rest."""
        cited = [rule.reference.document for rule in self._book.rules if rule.code.startswith(code[:3])]
        known = sorted(self._book.sources.by_id)
        return max(sorted(set(cited)), key=cited.count, default=known[0])

    def _made(self, name: str, template: Template, given: Mapping[str, str]) -> Scaffold:
        path = self._folder / name
        line, beside = self._schema(name, path)
        made = template.substitute(given, schema_line=line, fill_in=FILL_IN)
        return Scaffold(path, made, beside)

    def _schema(self, name: str, path: Path) -> tuple[str, Mapping[Path, str]]:
        """The line that leads editors to the schema: the published one beside the shipped rules, else one of its own.

        One of its own also knows the names of facts, numbers, documents and concepts.
        """
        kind = next(kind for kind in kinds() if kind.name == kind_of(name))
        up = "../" * name.count("/")
        published = self._folder.resolve().parent / "docs" / "schema"
        if self._folder.resolve() == rules_folder().resolve() and published.is_dir():
            return f"# yaml-language-server: $schema={up}../docs/schema/{kind.name}.json", {}
        own = self._folder / ".schema" / f"{kind.name}.json"
        return f"# yaml-language-server: $schema={up}.schema/{kind.name}.json", {own: text(schema(kind, self._book))}


def unfilled_advice(material: Material) -> list[Advice]:
    """What a scaffold asked to be filled in and nobody did; an error in an active rule, which readers would see."""
    active = {
        material.rulebook.places[rule.id].rpartition(":")[0] for rule in material.rules if rule.status == "active"
    }
    found: list[Advice] = []
    for below in (*FOLDERS, CRITERIA, "lexicon/concepts"):
        for document in material.documents(below):
            lines = document.path.read_text("utf-8").split("\n")
            for number, line in enumerate(lines, 1):
                if FILL_IN in line and not line.lstrip().startswith("#"):
                    problem = document.problem((), f"something has to be written here: {line.strip()[:60]}")
                    placed = type(problem)(problem.file, number, line.index(FILL_IN) + 1, "", problem.message)
                    found.append((error if document.file in active else warning)("unfilled", placed))
    return found
