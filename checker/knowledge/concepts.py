"""One thing that guidelines ask about: how a concept is written in ``rules/lexicon/concepts``."""

from typing import Literal

from pydantic import Field

from checker.knowledge.schema import Strict

SLUG = r"^[a-z][a-z0-9-]*$"
ConceptStatus = Literal["documented", "denied", "not_documented", "unclear"]


class SilentBehind(Strict):
    """Behind which words those of a concept document nothing, as ``silent_behind`` of its file writes it.

    Attributes:
        mark: Id of a mark that begins before them or where they do: where pain of a hip is told, what runs down the
            leg does not come from the spine.
        unless: Id of a mark; where it stands in the sentence they count all the same.
    """

    mark: str
    unless: str


Kind = Literal[
    "care",
    "therapy",
    "failed-care",
    "study",
    "response",
    "relief",
    "function",
    "motion",
    "visits",
    "long-use",
    "over-limit",
    "refusal",
    "fulfilled",
    "criteria-demanded",
    "operation-approved",
    "examination-test",
    "device-trial",
    "corroboration",
    "root-on-image",
    "cord-on-image",
    "root-on-nerve-study",
    "study-result",
]
"""Kinds of things that concepts tell of.

``care``: care that the worker is said to have had, for some length; ``therapy``: visits of a therapy among it;
``failed-care``: other care that brought nothing, which speaks for a next step; ``study``: an earlier study of the kind
asked for; ``response``: what a treatment brought; ``relief``: what a fall of pain scores shows (one concept);
``function``, ``motion``: what two figures of an activity or a questionnaire, or two angles, show (one concept each);
``visits``: how many visits there were; ``long-use``: use of long standing; ``over-limit``: too large an amount;
``refusal``: a ground that stands against a request by itself; ``fulfilled``: that the criteria are met;
``criteria-demanded``: that each of them must be; ``operation-approved``: that the operation was granted;
``examination-test``: the results of tests of the examination; ``device-trial``: a trial of a device before it is
bought; ``corroboration``: that a study bears a radiculopathy out; ``root-on-image``, ``cord-on-image``,
``root-on-nerve-study``: what such a study shows; ``study-result``: what any study shows.
"""

ONE_OF_A_KIND: tuple[Kind, ...] = ("relief", "function", "motion")
"""Kinds that only one concept may be of: figures that are compared tell of it."""


class ConceptModel(Strict):
    """One thing that guidelines ask about, as ``rules/lexicon/concepts/<id>.yaml`` writes it.

    Attributes:
        id: Name; the facts ``summary.<id>``, ``rationale.<id>`` and ``conflict.<id>`` come from it.
        title: A few words for the report.
        called: What it is called inside the sentence of a finding (earlier physical therapy); "" where the words of its
            id are just that (home exercise).
        meaning: What documented and denied stand for.
        says: ``record`` for a fact of the worker, ``reasoning`` for a statement of the reviewer about the request,
            ``advice`` for what the reviewer wants done, ``guideline`` for a statement about the guideline,
            ``misstatement`` for one that is wrong, so that its negation is none, ``anywhere`` for what the reviewer may
            say as either.
        attribute_to: ``item``: only what the disputed treatment did counts; ``drug``: the same for drug items;
            ``any``: whoever did it.
        answered_by: Statuses that answer the question whether the record holds it.
        presupposed: Wordings that take the thing for granted, whatever is denied beside it: the response to therapy. Of
            what the guideline says they are those that name it, heard in any sentence of a rationale.
        undergone: Words for something one undergoes; a cue such as "underwent" or "was completed" documents them, and
            without one they say nothing, whatever other cue there is.
        measured: Words for something that changes; a cue of change documents or denies them, and without one they say
            nothing.
        documented_by: Which change of what is measured documents the concept, any other denies it: ``more``
            (function) or ``less`` (pain), both of them with "better"; ``worse`` for more and worse (symptoms).
        names: Words for the thing; they need a cue to say anything, unless ``mention`` says what they say alone.
        members: Names of one of several kinds of the thing (a fracture among red flags); negated they deny nothing:
            that one kind is absent says nothing of the others.
        denied_by: What denies the thing where a negation reaches it: ``any`` of its words; only its ``names``, where
            each wording under ``documented`` tells of one kind (numbness among deficits); or no more than the
            ``wordings`` under ``denied``, where what is negated was looked for (a sign on examination) and documents;
            ``members`` as ``any``, and two members denied in one sentence as well; ``kind`` as ``any``, and each
            member by itself, which denies that kind alone: it is held only against a summary that tells of it.
        sought: Words for where one looks for the thing (a sensory examination, the quality of sleep); they count only
            where they are said to be missing, and then the record lacks the thing.
        spoken_of: Words that show that a rationale speaks of the thing, where nothing else tells what it says: then it
            is unclear, and no rule can take it for passed over in silence.
        hinted_by: Ids of marks without which no sentence that is not understood can speak of the thing; none where any
            may. Their words are many and loose: they decide nothing but whether the thing may have been told.
        mention: What a name without a cue means in a sentence about the case.
        documented: Wordings that assert the thing by themselves.
        denied: Wordings that deny it by themselves.
        unclear: Wordings that leave it open.
        not_documented: Wordings that say the record lacks it.
        ignored: Wordings that look like a name and are none.
        of_worker: True of the worker whatever the item and the part of the body, so that two places of a letter cannot
            both affirm and deny it.
        one_answer: Asked of one part of the body it has one answer, whatever the item: whether surgery is in view.
        lasting: Once had it stays had, so that one rationale cannot both tell of it and deny it.
        a_reason: What is asked for is a reason (a need, an indication), so that "no reason why" is a gap in it.
        located: A finding of one place in the body: what is found on the other side, or in a leg where an arm is asked
            about, is another finding.
        silent_behind: Behind which words they document nothing.
        tells_of: What kinds of thing the concept is, for comparisons that ask for any of a kind (see ``Kind``).
        demand: What requirement of a section it is, if a reviewer may hold it against a request, in a word that rules
            compare ``reason.foreign`` with; "" for none. Concepts of one demand are one requirement in several words:
            that an operation is planned, was done or was granted. ``long-use`` is the other way round: that the drug is
            not for it is held against the request.
        sided: A sign or complaint whose side matters: found on the other side alone, one of the two is a slip.
        of_a_part: Something of one part of the body: what is told of another part (spasm of the neck, films of the
            knee) is another thing. Not for findings that a nerve brings far from where it is hurt.
        of_change: The thing is itself that something is new, or has changed since an earlier time.
    """

    id: str = Field(pattern=SLUG)
    title: str
    called: str = Field(default="", pattern=r"^(?:[^\s.].{0,78}[^\s.])?$")
    meaning: str
    says: Literal["record", "reasoning", "advice", "guideline", "misstatement", "anywhere"] = "record"
    attribute_to: Literal["item", "drug", "any"] = "any"
    answered_by: tuple[ConceptStatus, ...] = ("documented",)
    presupposed: tuple[str, ...] = ()
    undergone: tuple[str, ...] = ()
    measured: tuple[str, ...] = ()
    documented_by: Literal["more", "less", "worse"] = "more"
    names: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    denied_by: Literal["any", "names", "wordings", "members", "kind"] = "any"
    sought: tuple[str, ...] = ()
    spoken_of: tuple[str, ...] = ()
    hinted_by: tuple[str, ...] = ()
    mention: Literal["documented", "denied", "unclear", "nothing"] = "nothing"
    documented: tuple[str, ...] = ()
    denied: tuple[str, ...] = ()
    unclear: tuple[str, ...] = ()
    not_documented: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    of_worker: bool = False
    one_answer: bool = False
    lasting: bool = False
    located: bool = False
    a_reason: bool = False
    silent_behind: SilentBehind | None = None
    tells_of: frozenset[Kind] = frozenset()
    demand: str = Field(default="", pattern=rf"{SLUG}|^$")
    sided: bool = False
    of_a_part: bool = False
    of_change: bool = False


class ConceptFile(Strict):
    """One file of ``rules/lexicon/concepts``."""

    schema_: Literal[1] = Field(alias="schema")
    concept: ConceptModel
