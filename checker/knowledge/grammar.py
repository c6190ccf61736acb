"""``rules/lexicon/grammar.yaml``: the small words that join and part clauses and sentences."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import Field

from checker.knowledge.schema import Strict, load_model
from checker.language.sentences import Stops

Words = tuple[str, ...]

FILE = "grammar.yaml"
"""Its place in ``rules/lexicon``."""


class _Stops(Strict):
    abbreviations: Words = Field(min_length=1)
    may_end: Words = Field(min_length=1)
    openers: Words = Field(min_length=1)
    references: Words = Field(min_length=1)


class _Clauses(Strict):
    negations: Words = Field(min_length=1)
    conditions: Words = Field(min_length=1)
    commands: Words = Field(min_length=1)
    of_a_rule: Words
    denying: Words = Field(min_length=1)
    denying_nobody: Words = Field(min_length=1)
    singular_verbs: Words = Field(min_length=1)
    joined_by: Words = Field(min_length=1)
    determiners: Words = Field(min_length=1)
    last_of_a_list: Words = Field(min_length=1)
    governing: Words = Field(min_length=1)
    finite_verbs: Words = Field(min_length=1)
    relatives: Words = Field(min_length=1)
    against: Words = Field(min_length=1)
    adding: Words = Field(min_length=1)
    definite: Words = Field(min_length=1)
    announcing: Words = Field(min_length=1)
    explaining: Words = Field(min_length=1)
    denying_subjects: Words = Field(min_length=1)
    pronouns: Words = Field(min_length=1)
    embedding: Words = Field(min_length=1)
    asking: Words = Field(min_length=1)
    persons: Words = Field(min_length=1)
    having: Words = Field(min_length=1)
    in_passing: Words = Field(min_length=1)
    indefinite: Words = Field(min_length=1)
    accompanying: Words = Field(min_length=1)
    fronted: Words = Field(min_length=1)
    narrowing: Words = Field(min_length=1)
    serving: Words = Field(min_length=1)
    asking_again: Words = Field(min_length=1)
    comparing: Words = Field(min_length=1)
    qualifying: Words = Field(min_length=1)
    affecting: Words = Field(min_length=1)
    between_quality_and_thing: Words = Field(min_length=1)
    renewing: Words = Field(min_length=1)
    supposing: Words = Field(min_length=1)
    loosening: Words = Field(min_length=1)
    inserting: Words = Field(min_length=1)
    telling: Words = Field(min_length=1)
    light_nouns: Words = Field(min_length=1)
    only_if: Words = Field(min_length=1)
    along_with: Words = Field(min_length=1)
    belonging: Words = Field(min_length=1)
    following_from: Words = Field(min_length=1)
    leading_on: Words = Field(min_length=1)
    closing_a_denial: Words = Field(min_length=1)
    parting_places: Words = Field(min_length=1)
    parting_grades: Words = Field(min_length=1)
    next_of_a_list: Words = Field(min_length=1)
    telling_of_it: Words = Field(min_length=1)
    relating: Words = Field(min_length=1)
    of_another: Words = Field(min_length=1)
    between_drugs: Words = Field(min_length=1)


class GrammarFile(Strict):
    """The file as it is written."""

    schema_: Literal[1] = Field(alias="schema")
    sentences: _Stops
    clauses: _Clauses


@dataclass(frozen=True, slots=True)
class Grammar:
    """What the file holds, made ready for folded text.

    Attributes:
        stops: Which full stops end a sentence.
        negation_words: Words that negate.
        negation: Finds one of them.
        conditions: Openings of a sentence that only sets a condition.
        commands: Openings of a sentence that tells whoever follows the guideline what to do.
        denies: Matches the opening of a sentence that denies, and not of one on what is known or allowed.
        in_a_condition: What stands before words that a rule sets as a condition, each with a blank at both ends.
        singular_verbs: Openings of a predicate whose subject is one thing.
        new_subject: Finds the beginning of another subject: "and the", "and no".
        rest_of_a_list: Matches, right behind the first words of a list, its further members and the word before the
            last.
        closing_colon: Finds a colon that no word governs: "the signs are not subtle:", but not "no history of:".
        finite_verb: Finds a verb that makes a clause.
        clause_begins: Finds where another clause may begin: a comma, or a word that joins, and not the last of a list.
        subject_and_verb: Matches a short subject and its verb, and no clause that hangs on a noun.
        reason_begins: Finds the reason that a clause is followed by: ", as he continues to take it".
        denies_itself: Matches a clause with a verb that is negated: "a sore back is not an emergency".
        worker_has: Finds a clause that begins with what the worker has: "the worker had".
        in_passing: Words that part no clause where no comma stands beside them.
        next_thing: Finds where a list comes to a thing that is there: ", a".
        accompanies: Finds what goes with a finding and is there itself: "with positive".
        closes_a_list: Finds the word before the last of a list.
        embeds: Finds a word behind which a clause belongs to the one before it.
        asked: Matches a sentence that begins with a question asked of the record: "what he can do".
        counters: Finds where a sentence turns against what it told before: "; however".
        joining: Openings of a clause that stands beside another.
        definite: Openings of a sentence that names somebody or something certain.
        announces: Finds the announcement of a list.
        fronted: Matches words at the head of a sentence, before its main clause: "absent such a record, ...".
        narrows: Matches, right behind words, what makes them speak of less ("that would explain"), and not merely says
            what they would have served for ("that would support the usage of the scan").
        asks_again: Finds the next of several questions that one verb asks: "how many there were or what they brought".
        since: Matches, right behind words, an earlier time that they are held against: "since the last study".
        qualifies: Finds, at the end of what stands before words, what makes them speak of less: "new", "reduced the".
        qualified: Matches one of these words where words begin with it: "progressive weakness".
        supposing_words: Verbs that make a hope or a fear of what they stand before.
        supposes: Matches one of them.
        renews: Finds a word by which a later thing is meant than any: "updated".
        loosens: Finds a word by which a negation may belong to something else than what stands behind that word.
        inserted: Finds a clause between two commas that says more of the noun before it: ", for which it would serve,".
        told_of: Finds words behind which stands what a record would tell: "documentation that", "indicating", and
            the clause without either: "documentation the patient has had".
        light_nouns: Nouns that take nothing from what stands behind their "of": "evidence of", "a trial of".
        noun_of: Finds a noun, its first group, with "of" behind it.
        governing: Words that govern those behind them, with a blank at both ends.
        reference: Finds what a sentence copied from a guideline refers to: "(Smith, 2010)", a code of a disease.
        joint: Finds a word that joins what stands before and behind it: " and ".
        adds_a_thing: Finds, right before words, that they are the next of a list: ", an ".
        only_if: Words that begin a condition, each with a blank behind it.
        along_with: Openings of what goes along with a change, with a blank at both ends.
        belongs: Matches, right behind a treatment, what is no more than part of it: " notes".
        follows_from: Finds what a treatment led to: "failure".
        leads_on: Finds a word behind which stands what a thing serves or shows: "levels for an injection".
        closes_a_denial: Finds where no more is said of what is negated: ", ", " which ".
        parts_places: Finds where what is said of one place in the body ends.
        parts_grades: Finds where what is graded on one side ends.
        next_of_a_list: Finds where another of a list begins.
        tells_of_it: Matches a comma and what tells of the thing before it: ", which ".
        hangs: Matches, between a thing and words, what leaves the words those of the thing.
        in_a_row: Matches, between two drugs, what makes them two of one statement.
    """

    stops: Stops
    negation_words: frozenset[str]
    negation: re.Pattern[str]
    conditions: tuple[str, ...]
    commands: tuple[str, ...]
    denies: re.Pattern[str]
    in_a_condition: tuple[str, ...]
    singular_verbs: tuple[str, ...]
    new_subject: re.Pattern[str]
    rest_of_a_list: re.Pattern[str]
    closing_colon: re.Pattern[str]
    finite_verb: re.Pattern[str]
    clause_begins: re.Pattern[str]
    subject_and_verb: re.Pattern[str]
    reason_begins: re.Pattern[str]
    denies_itself: re.Pattern[str]
    worker_has: re.Pattern[str]
    next_thing: re.Pattern[str]
    accompanies: re.Pattern[str]
    closes_a_list: re.Pattern[str]
    in_passing: frozenset[str]
    embeds: re.Pattern[str]
    asked: re.Pattern[str]
    counters: re.Pattern[str]
    joining: tuple[str, ...]
    definite: tuple[str, ...]
    announces: re.Pattern[str]
    fronted: re.Pattern[str]
    narrows: re.Pattern[str]
    asks_again: re.Pattern[str]
    since: re.Pattern[str]
    qualifies: re.Pattern[str]
    qualified: re.Pattern[str]
    supposing_words: frozenset[str]
    supposes: re.Pattern[str]
    renews: re.Pattern[str]
    loosens: re.Pattern[str]
    inserted: re.Pattern[str]
    told_of: re.Pattern[str]
    light_nouns: frozenset[str]
    noun_of: re.Pattern[str]
    governing: tuple[str, ...]
    reference: re.Pattern[str]
    joint: re.Pattern[str]
    adds_a_thing: re.Pattern[str]
    only_if: tuple[str, ...]
    along_with: tuple[str, ...]
    belongs: re.Pattern[str]
    follows_from: re.Pattern[str]
    leads_on: re.Pattern[str]
    closes_a_denial: re.Pattern[str]
    parts_places: re.Pattern[str]
    parts_grades: re.Pattern[str]
    next_of_a_list: re.Pattern[str]
    tells_of_it: re.Pattern[str]
    hangs: re.Pattern[str]
    in_a_row: re.Pattern[str]

    def joins(self, words: str) -> bool:
        """Whether words hold one that joins what stands before and behind it: "rest and ice"."""
        return self.joint.search(words) is not None

    def begins_a_condition(self, words: str) -> bool:
        """Whether a clause is one: "if progress is lacking"."""
        return words.startswith(self.only_if)

    def holds_a_condition(self, words: str) -> bool:
        """Whether a condition begins anywhere in words."""
        return any(f" {word}" in f" {words}" for word in self.only_if)

    def governs(self, words: str) -> bool:
        """Whether one of the words governs those behind it: "a trial of an antidepressant"."""
        return any(word in words for word in self.governing)


_FEW_WORDS = r"(?:[a-z'/-]{1,30}[ ]){0,2}[a-z'/-]{1,30}"


def load_grammar(lexicon: Path) -> Grammar:
    """Read the file.

    Args:
        lexicon: The folder ``rules/lexicon``.

    Raises:
        RuleError: Every mistake of the file.
    """
    model, _ = load_model(lexicon / FILE, GrammarFile)
    held, clauses = model.sentences, model.clauses
    listed = rf"[ ]?(?:{_FEW_WORDS},[ ]){{1,6}}(?:{_FEW_WORDS}[ ])?(?:{_one_of(clauses.last_of_a_list)})[ ]"
    joins, verb = _one_of(clauses.joined_by), rf"\b(?:{_one_of(clauses.finite_verbs)})\b"
    not_last = rf"(?!(?:{_one_of((*clauses.last_of_a_list, *clauses.joined_by))}) )"
    hanging = _one_of((*clauses.relatives, *clauses.embedding, *clauses.last_of_a_list))
    named = (*clauses.pronouns, *clauses.definite, *clauses.indefinite, *clauses.persons)
    subjects = _one_of((*named, *clauses.denying_subjects))
    another = rf"(?:(?! (?:{_one_of(clauses.of_another)}) )[^,;:])"
    not_governed = "".join(rf"(?<!\b{re.escape(word)})" for word in clauses.governing)
    return Grammar(
        stops=Stops(frozenset(held.abbreviations), frozenset(held.may_end), frozenset(held.openers)),
        negation_words=frozenset(clauses.negations),
        negation=re.compile(rf"\b(?:{_one_of(clauses.negations)})\b"),
        conditions=tuple(f"{word} " for word in clauses.conditions),
        commands=tuple(f"{word} " for word in clauses.commands),
        denies=re.compile(rf"(?!(?:{_one_of(clauses.denying_nobody)})\b)(?:{_one_of(clauses.denying)})\b"),
        in_a_condition=tuple(f" {word} " for word in (*clauses.conditions, *clauses.of_a_rule)),
        singular_verbs=tuple(f"{word} " for word in clauses.singular_verbs),
        new_subject=re.compile(rf"\b(?:{_one_of(clauses.joined_by)}) (?:{_one_of(clauses.determiners)}) "),
        rest_of_a_list=re.compile(listed),
        governing=tuple(f" {word} " for word in clauses.governing),
        closing_colon=re.compile(rf"\w{not_governed}:"),
        finite_verb=re.compile(verb),
        clause_begins=re.compile(rf"(?:,[ ](?:(?:{joins}) )?|[ ](?:{joins})[ ]){not_last}"),
        subject_and_verb=re.compile(rf"(?:(?!\b(?:{hanging})\b)[^,;:]){{2,80}}?{verb}"),
        reason_begins=re.compile(
            rf", (?:{_one_of(clauses.explaining)}) (?:{subjects})\b(?:(?!\b(?:{hanging})\b)[^,;:]){{1,60}}?{verb}"
        ),
        denies_itself=re.compile(rf"[^,;:]{{2,80}}?{verb} (?:not|no|never)\b"),
        fronted=re.compile(rf"(?:[a-z]{{1,12}}, )?(?:{_one_of(clauses.fronted)})\b"),
        since=re.compile(rf"(?:[a-z'/-]{{0,15}} ?){{0,2}},? (?:{_one_of(clauses.comparing)})\b"),
        qualifies=re.compile(
            rf"\b(?:{_one_of((*clauses.qualifying, *clauses.affecting))})"
            rf"(?: (?:{_one_of(clauses.between_quality_and_thing)}))? $"
        ),
        qualified=re.compile(rf"(?:{_one_of(clauses.qualifying)}) "),
        narrows=re.compile(
            rf"(?:[a-z'/-]{{0,15}} ?){{0,3}},? (?:{_one_of(clauses.narrowing)})\b(?! (?:{_one_of(clauses.serving)})\b)"
        ),
        asks_again=re.compile(rf"(?:{_one_of(clauses.asking_again)})\b"),
        supposing_words=frozenset(clauses.supposing),
        supposes=re.compile(rf"(?:{_one_of(clauses.supposing)})\b"),
        renews=re.compile(rf"\b(?:{_one_of(clauses.renewing)})\b"),
        loosens=re.compile(rf"[:;]|\b(?:{_one_of(clauses.loosening)})\b"),
        inserted=re.compile(rf", (?:{_one_of(clauses.inserting)})\b[^,;:]{{1,90}}, ?"),
        light_nouns=frozenset(clauses.light_nouns),
        noun_of=re.compile(r"\b([a-z-]{3,20}) of "),
        told_of=re.compile(
            rf"\b(?:{_one_of(clauses.telling)})\b"
            rf"|\b(?:{_one_of(clauses.light_nouns)}) (?:(?:the|this) )?(?:injured )?(?:{_one_of(clauses.persons)}) "
            rf"(?:{_one_of(clauses.finite_verbs)})\b"
        ),
        worker_has=re.compile(
            rf"(?:^|[,;] )(?:[a-z]{{1,8}} ){{0,2}}(?:{_one_of(clauses.persons)}) (?:{_one_of(clauses.having)})\b"
        ),
        in_passing=frozenset(clauses.in_passing),
        next_thing=re.compile(rf", (?:{_one_of(clauses.indefinite)}) "),
        accompanies=re.compile(rf"[a-z,] (?:{_one_of(clauses.accompanying)})\b"),
        closes_a_list=re.compile(rf" (?:{_one_of(clauses.last_of_a_list)}) "),
        embeds=re.compile(rf"\b(?:{_one_of(clauses.embedding)})\b"),
        asked=re.compile(rf"(?:{_one_of(clauses.asking)})\b"),
        counters=re.compile(rf"[;,] (?:and )?(?:{_one_of(clauses.against)})\b"),
        joining=tuple(f"{word} " for word in (*clauses.against, *clauses.adding)),
        definite=tuple(f"{word} " for word in clauses.definite),
        reference=re.compile(rf"\([a-z][^()]{{1,60}}(?:19|20)\d\d[a-z]?\)|\b(?:{_one_of(held.references)})\b"),
        joint=re.compile(rf" (?:{joins}) "),
        adds_a_thing=re.compile(rf"(?:,| (?:{joins}))(?: (?:{_one_of(clauses.indefinite)}))? $"),
        only_if=tuple(f"{word} " for word in clauses.only_if),
        along_with=tuple(f" {word} " for word in clauses.along_with),
        belongs=re.compile(rf" (?:{_one_of(clauses.belonging)})\b"),
        follows_from=re.compile(rf"\b(?:{_one_of(clauses.following_from)})\b"),
        leads_on=re.compile(rf"\b(?:{_one_of(clauses.leading_on)})\b"),
        closes_a_denial=re.compile(rf"[,;:]| (?:{_one_of(clauses.closing_a_denial)}) "),
        parts_places=re.compile(rf"[,;:()]| (?:{_one_of(clauses.parting_places)}) "),
        parts_grades=re.compile(rf"[,;:()]| (?:{_one_of(clauses.parting_grades)}) "),
        next_of_a_list=re.compile(rf"[,)]| (?:{_one_of(clauses.next_of_a_list)}) "),
        tells_of_it=re.compile(rf", ?(?:{_one_of(clauses.telling_of_it)}) "),
        hangs=re.compile(rf"{another}{{0,80}}(?:,? (?:{_one_of(clauses.relating)}){another}{{0,80}})?"),
        in_a_row=re.compile(rf"[^a-z]{{0,30}}(?:(?:{_one_of(clauses.between_drugs)})[^a-z]{{1,12}}){{0,6}}"),
        announces=re.compile(rf"\b(?:{_one_of(clauses.announcing)})\b[^:]{{0,80}}:"),
    )


def _one_of(words: Words) -> str:
    return "|".join(map(re.escape, words))
