"""What is asked for, as facts: drug, class, treatment, topic; and whether the rationale discusses the same thing."""

from collections.abc import Sequence
from functools import cache

from checker.knowledge.lexicon import DrugEntry, Lexicon
from checker.knowledge.names import Mention
from checker.knowledge.topics import Topic, Topics
from checker.language.phrases import fold
from checker.model.determination import Item
from checker.model.facts import UNKNOWN, Confidence, Evidence, Fact, Part, Role
from checker.observing.kin import kin_named, without_names
from checker.observing.mentions import About, Named, about
from checker.observing.morphine import in_measure

_COMPARED = "compare.treatment"
_AGAIN = 2
"""A drug named so often, where the item's own never is, is what the rationale is about."""

_BESIDE = 6
"""What two mentions may have between them and still be one: " of ", " for ", a blank."""

_ARTICLE = 4
"""A sentence begins with a drug that at most an article precedes."""

_AFTER_REQUEST = 25
"""So many code points after "the request for" it is named."""

_DOSE = 40
"""Strength, form and number stand in at most so many code points between a drug and the verdict on it."""

_VERDICT = "conclusion:verdict"
_CLASS = "class-"

_WEIGHED = "drug-weighed"
_REASONS = (Role.CASE, Role.APPLICATION)
_OPERATION = "surgery"

_NOT_READ = "the request names no such thing that the lexicon holds"


def topic_of(item: Item, lexicon: Lexicon, topics: Topics, regions: frozenset[str] = frozenset()) -> Topic | None:
    """The topic whose criteria decide an item: by drug or treatment, else by class, else by category.

    Args:
        item: The disputed item.
        lexicon: Names of drugs and treatments.
        topics: The topics with what each decides.
        regions: Regions of the body that the request names.
    """
    entry = lexicon.drugs.get(item.drug.entry) if item.drug else None
    wanted = (
        ("drugs", item.drug.entry if item.drug else ""),
        ("treatments", item.treatment),
        ("classes", entry.drug_class if entry else ""),
        ("categories", item.category),
    )
    return topics.deciding(((kind, value) for kind, value in wanted if value), item.category, regions)


def treatment_facts(item: Item, lexicon: Lexicon, topic: Topic | None, rationale: Sequence[Named]) -> list[Fact]:
    """``item.*`` of what is asked for, and ``compare.treatment``."""
    entry = lexicon.drugs.get(item.drug.entry) if item.drug else None
    heading = (Evidence(Part.HEADING, item.heading_span),)
    request = (Evidence(Part.HEADING, item.request_span),)
    treatment = lexicon.treatments.get(item.treatment)
    values: dict[str, str | int] = {
        "item.label": item.request,
        "item.category": item.category,
        "item.treatment": item.treatment or "none",
        "item.topic": topic.id if topic else "none",
        "item.drug": item.drug.entry or UNKNOWN if item.drug else "none",
        "item.drug_class": entry.drug_class if entry else UNKNOWN if item.drug else "none",
        "item.ingredient": _ingredient(entry) if item.drug else "none",
        "item.needs_taper": ("yes" if entry.needs_taper else "no") if entry else UNKNOWN if item.drug else "no",
        "item.visits": item.visits if item.visits is not None else UNKNOWN,
        "item.retrospective": "yes" if item.retrospective else "no",
        "item.modified": "yes" if item.original is not None else "no",
        "item.accompanies_surgery": "yes" if _accompanies(item, treatment) else "no",
    }
    facts = [
        Fact(name, value, request)
        if value not in ("none", "no", UNKNOWN)
        else Fact(name, value, derivation=_NOT_READ if value == UNKNOWN else "")
        for name, value in values.items()
    ]
    facts.append(Fact("decision.outcome", item.outcome.value, heading))
    verdict = (Evidence(Part.RATIONALE, item.verdict_span),) if item.verdict_span else ()
    facts.append(Fact("decision.verdict", item.verdict.value, verdict))
    facts.append(_same_treatment(item, lexicon, topic, rationale, request[0]))
    return facts


def _ingredient(entry: DrugEntry | None) -> str:
    if entry is None:
        return UNKNOWN
    return entry.ingredients[0] if len(entry.ingredients) == 1 else entry.generic


def _accompanies(item: Item, treatment: object) -> bool:
    return item.category == "surgical-adjunct" or bool(getattr(treatment, "accompanies_surgery", False))


def _same_treatment(
    item: Item, lexicon: Lexicon, topic: Topic | None, rationale: Sequence[Named], request: Evidence
) -> Fact:
    """Whether the rationale ever names the disputed drug or its class, where it names drugs at all."""
    if not rationale or (item.drug is None and not item.treatment):
        return Fact(_COMPARED, UNKNOWN)
    relations = [(n, _relation(n, item, lexicon)) for n in rationale]
    own = any(r is About.ITEM for _, r in relations) or _named_in_words(item, rationale, lexicon)
    of_class = any(r is About.CLASS for _, r in relations)
    strange, told = _stranger(item, lexicon, relations, own=own, of_class=of_class)
    weighed = _weighed(item, lexicon, topic, rationale) if own else None
    if strange is None and weighed is not None:
        strange, told = weighed, "the reasons weigh another drug of the topic, and never the disputed one"
    if strange is not None:
        return Fact(_COMPARED, "different", (request, strange.whole), Confidence.MEDIUM, told)
    if own or of_class:
        return _named(item, lexicon, relations, request)
    others = [n for n, r in relations if r is About.ANOTHER and _discussed(n, item) and not _had(n, item, lexicon)]
    if not others or any(r is About.DRUGS for _, r in relations):
        return Fact(_COMPARED, UNKNOWN, derivation="the rationale names no treatment")
    if item.drug is None and kin_named(item, rationale, lexicon):
        return Fact(_COMPARED, "same", derivation="the rationale speaks of the thing asked for in other words")
    # One sentence on another treatment is thin where no drug is asked for: it may be care that was had.
    sure = Confidence.MEDIUM if item.drug or len(others) >= _AGAIN else Confidence.LOW
    return Fact(_COMPARED, "different", (request, others[0].whole), sure, "only another treatment is named")


def _named(item: Item, lexicon: Lexicon, relations: Sequence[tuple[Named, About]], request: Evidence) -> Fact:
    """Where the thing asked for, or its class, is named: whether by more than the bare verdict."""
    reasons = [(n, r) for n, r in relations if not n.is_bare_verdict]
    spoken = [n for n, _ in reasons]
    if not any(r is About.ITEM for _, r in reasons) and not _named_in_words(item, spoken, lexicon):
        rival = _rival(spoken, _entries_of_class(item, lexicon)) if item.drug is not None else None
        if rival is not None and rival.drugs[0].start <= _ARTICLE:  # not "he already takes one, Mobic"
            told = "another drug of the class is named throughout"
            return Fact(_COMPARED, "different", (request, rival.whole), Confidence.MEDIUM, told)
        if item.drug is not None and (opened := _opens_with_another(spoken, lexicon)) is not None:
            told = "another drug is named first, and again"
            return Fact(_COMPARED, "different", (request, opened.whole), Confidence.MEDIUM, told)
        if not any(r is About.CLASS for _, r in reasons):
            another = _restated_of_another(item, lexicon, reasons)
            if another is not None:
                told = "only the verdict names the thing asked for; the reasons are of another"
                return Fact(_COMPARED, "in_verdict", (request, another.whole), Confidence.MEDIUM, told)
    return Fact(_COMPARED, "same", derivation="the rationale names the thing asked for, or its class")


def _opens_with_another(reasons: Sequence[Named], lexicon: Lexicon) -> Named | None:
    """The first reason where it begins with a drug that is named again: "Terocin is a lotion ... since Terocin ..."."""
    rival = _rival(reasons, None)
    if rival is None or rival is not reasons[0] or rival.drugs[0].start > _ARTICLE:
        return None
    drug = lexicon.drug(rival.drugs[0].entry)
    named = {part for n in reasons for m in n.drugs for part in lexicon.drug(m.entry).ingredients}
    return rival if named <= set(drug.ingredients) else None  # of that drug and its parts alone


def _restated_of_another(item: Item, lexicon: Lexicon, reasons: Sequence[tuple[Named, About]]) -> Named | None:
    """The guideline restated on drugs of one other class, or on one other treatment, of which the other reasons are."""
    spoken = [n for n, _ in reasons]
    if item.drug is None:
        return _other_treatment(spoken, reasons, item, lexicon)
    classes = [_classes(n, lexicon) for n in spoken]
    if len(set().union(*classes)) != 1 or any(n.treatments and not c for n, c in zip(spoken, classes, strict=True)):
        return None
    of_it = [n for n, c in zip(spoken, classes, strict=True) if c]
    restated = of_it[0].passage.sentence.role is Role.GUIDELINE
    return of_it[0] if restated and any(n.passage.sentence.role in _REASONS for n in of_it) else None


def _classes(named: Named, lexicon: Lexicon) -> set[str]:
    """The classes of drugs that a sentence names, by themselves or by a drug."""
    told = {id_.removeprefix(_CLASS) for id_ in named.marked if id_.startswith(_CLASS)}
    return told | {lexicon.drug(m.entry).drug_class for m in named.drugs}


def _stranger(
    item: Item, lexicon: Lexicon, relations: Sequence[tuple[Named, About]], *, own: bool, of_class: bool
) -> tuple[Named | None, str]:
    """A sentence on another drug or treatment that stands in the place of the disputed one, and how that is known."""
    rationale = [n for n, _ in relations]
    if item.drug is None:
        judged = None if own else _other_judged(relations, item, lexicon)
        if judged is not None:
            return judged, "the verdict is on another treatment"
        return _other_treatment(rationale, relations, item, lexicon), "the reasons are all of another treatment"
    if own:
        return None, ""
    if not of_class:
        judged = _other_class_judged(rationale, item, lexicon)
        if judged is not None:
            return judged, "the reasons and the verdict are on drugs of another class"
    rival = _rival(rationale, _entries_of_class(item, lexicon) if of_class else None)
    if rival is not None:
        return rival, "another drug is named throughout"
    return _strange_verdict(item, lexicon, rationale), "the verdict is on another drug"


def _relation(named: Named, item: Item, lexicon: Lexicon) -> About:
    """How a sentence relates to an item; "ten visits of physical therapy" speaks of therapy, not of a visit."""
    relation = about(named, item, lexicon)
    entries = [(m, lexicon.treatment(m.entry)) for m in named.treatments]
    own = lexicon.treatments.get(item.treatment)
    if (
        own is not None
        and relation in (About.ANOTHER, About.NOBODY)
        and any(e.category == own.category for _, e in entries)
    ):
        return About.CLASS  # the therapy that accompanies an operation is therapy
    if relation is not About.CLASS or item.drug is not None:
        return relation
    others = [m for m, e in entries if not e.weak]
    of_kind = [(m, e) for m, e in entries if e.category == item.category]
    counted = all(e.weak and any(_beside(m, other) for other in others) for m, e in of_kind)
    return About.ANOTHER if counted else relation


def _beside(first: Mention, second: Mention) -> bool:
    """Whether no more than "of" or "for" stands between two mentions."""
    return max(first.start - second.end, second.start - first.end) <= _BESIDE


def _discussed(named: Named, item: Item) -> bool:
    """Whether the sentence speaks of another treatment of its own; one that was not tried is only an alternative."""
    cues = named.passage.hits.of("cue")
    return bool(named.drugs if item.drug else named.treatments) and not any(c.entry.status == "denied" for c in cues)


def _had(named: Named, item: Item, lexicon: Lexicon) -> bool:
    """Whether the sentence reports the case and names operations alone: what care is asked for after, or instead of."""
    if item.drug is not None or item.category == _OPERATION or named.passage.sentence.role not in _REASONS:
        return False
    return all(lexicon.treatment(m.entry).category == _OPERATION for m in named.treatments)


def _weighed(item: Item, lexicon: Lexicon, topic: Topic | None, rationale: Sequence[Named]) -> Named | None:
    """A reason that weighs another drug of the topic, where only the verdict names the disputed one.

    "Nothing favors Celebrex. Naproxen is not necessary": what was asked for was not decided.
    """
    reasons = [n for n in rationale if n.passage.sentence.role in _REASONS]
    if (
        item.drug is None
        or topic is None
        or any(_relation(n, item, lexicon) in (About.ITEM, About.DRUGS) for n in reasons)
    ):
        return None  # "this medication" may be the disputed one
    if _named_in_words(item, reasons, lexicon):
        return None
    for named in reasons:
        for drug in named.drugs:
            of_topic = lexicon.drug(drug.entry).drug_class in topic.decides.classes
            if of_topic and any(0 <= drug.start - end <= _ARTICLE for _, end in named.marks(_WEIGHED)):
                return named
    return None


def _entries_of_class(item: Item, lexicon: Lexicon) -> frozenset[str]:
    own = lexicon.drugs.get(item.drug.entry) if item.drug else None
    return frozenset(d.id for d in lexicon.drugs.values() if own and d.drug_class == own.drug_class)


def _rival(rationale: Sequence[Named], of: frozenset[str] | None) -> Named | None:
    """The first sentence about a drug that the rationale names again and again, where it never names the item's.

    Where the item's class is spoken of, only another drug of that class can stand in its place (``of``).
    """
    sentences: dict[str, list[Named]] = {}
    for named in rationale:
        for entry in dict.fromkeys(m.entry for m in named.drugs if not in_measure(named, m)):
            if of is not None and entry not in of:
                continue
            sentences.setdefault(entry, []).append(named)
    return next((again[0] for again in sentences.values() if len(again) >= _AGAIN), None)


def _other_treatment(
    rationale: Sequence[Named], relations: Sequence[tuple[Named, About]], item: Item, lexicon: Lexicon
) -> Named | None:
    """The restated guideline on another treatment of which all the reasons are; only the verdict names the item's."""
    reasons = [(n, r) for n, r in relations if n.passage.sentence.role is not Role.CONCLUSION]
    spoken = [n for n, _ in reasons]
    if any(r is About.ITEM for _, r in reasons) or _named_in_words(item, spoken, lexicon):
        return None
    if kin_named(item, spoken, lexicon):
        return None
    sentences: dict[str, list[Named]] = {}
    for named, _ in reasons:
        for entry in dict.fromkeys(m.entry for m in named.treatments):
            if not lexicon.treatment(entry).weak:
                sentences.setdefault(entry, []).append(named)
    if len(sentences) != 1:
        return None  # several treatments are spoken of: care that was had, or alternatives
    (again,) = sentences.values()
    restated = again[0].passage.sentence.role is Role.GUIDELINE
    return again[0] if restated and len(again) >= _AGAIN and _discussed(again[0], item) else None


def _other_judged(relations: Sequence[tuple[Named, About]], item: Item, lexicon: Lexicon) -> Named | None:
    """A bare verdict on another kind of treatment, which the reasons discuss too, and no verdict on the item's."""
    own = lexicon.treatments.get(item.treatment)
    if own is None or own.accompanies_surgery:
        return None
    of_request = {lexicon.treatment(m.entry).category for m in lexicon.treatments_in(fold(item.request))}
    verdicts = [(n, r) for n, r in relations if n.passage.sentence.role is Role.CONCLUSION and n.treatments]
    if len(verdicts) != 1 or verdicts[0][1] is not About.ANOTHER or not verdicts[0][0].is_bare_verdict:
        return None  # "as the operation is not necessary, neither is this"
    (named, _), *_ = verdicts
    entries = {m.entry for m in named.treatments if not lexicon.treatment(m.entry).weak}
    # what goes with an operation may well be decided by a verdict on the operation
    spared = of_request | {_OPERATION}
    strange = len(entries) == 1 and all(lexicon.treatment(e).category not in spared for e in entries)
    strange = strange and _is_subject(named, next(m for m in named.treatments if m.entry in entries))
    reasons = (n for n, _ in relations if n is not named)
    return named if strange and any(m.entry in entries for n in reasons for m in n.treatments) else None


def _other_class_judged(rationale: Sequence[Named], item: Item, lexicon: Lexicon) -> Named | None:
    """A bare verdict on a class of drugs of which the reasons are too, where no drug and no other class is named."""
    own = lexicon.drugs.get(item.drug.entry) if item.drug else None
    if own is None or any(n.drugs or n.marks(f"{_CLASS}{own.drug_class}") for n in rationale):
        return None
    of_class = [{id_ for id_ in n.marked if id_.startswith(_CLASS)} for n in rationale]
    for named, classes in zip(rationale, of_class, strict=True):
        # "opioids are not supported, so that no laxative is needed" gives a reason
        bare = named.is_bare_verdict and "," not in named.passage.folded
        if bare and classes and sum(not classes.isdisjoint(others) for others in of_class) >= _AGAIN:
            return named
    return None


def _strange_verdict(item: Item, lexicon: Lexicon, rationale: Sequence[Named]) -> Named | None:
    """A verdict on one drug, of another class than the disputed one, which the rationale never names."""
    own = lexicon.drugs.get(item.drug.entry) if item.drug else None
    if own is None:
        return None
    for named in rationale:
        if not named.is_bare_verdict:
            continue
        entries = {m.entry for m in named.drugs if not in_measure(named, m)}
        strange = len(entries) == 1 and lexicon.drug(entries.pop()).drug_class != own.drug_class
        if strange and _is_subject(named, named.drugs[0]):
            return named
    return None


def _is_subject(named: Named, drug: Mention) -> bool:
    """Whether a sentence judges a drug: it begins with it, calls it the request, or the verdict follows its dose.

    "As he takes Colace, the request is not necessary" only gives a reason.
    """
    asked = (end for _, end in named.marks("request-restated"))
    if drug.start <= _ARTICLE or any(0 <= drug.start - end <= _AFTER_REQUEST for end in asked):
        return True
    verdict = next((h.start for h in named.passage.hits.of("role") if h.entry.id == _VERDICT), -1)
    dose = named.passage.folded[drug.end : max(verdict, drug.end)]
    return 0 < len(dose) <= _DOSE and "," not in dose


def _named_in_words(item: Item, rationale: Sequence[Named], lexicon: Lexicon) -> bool:
    """Whether the first word of the request, or the drug as printed, stands in the rationale after all."""
    own = [w for w in (item.drug.name.lower() if item.drug else "").replace("/", " ").split() if len(w) > 3]
    own += [w.strip("(),.:;#").lower() for w in item.request.split()[:6]]
    words = [w for w in own if len(w) > 4 and not any(c.isdigit() for c in w)]
    if item.drug is not None:  # "a patch" and "post-op" may be of another drug
        forms = _form_words(lexicon)
        return any(
            word in n.passage.folded for n in rationale for word in words if word.isalpha() and word not in forms
        )
    return any(word in text for text in map(without_names, rationale) for word in words)


@cache
def _form_words(lexicon: Lexicon) -> frozenset[str]:
    """Words for what a drug comes in, as a tablet or a cream."""
    forms = lexicon.forms
    groups = (
        forms.forms.oral,
        forms.forms.topical,
        forms.forms.systemic,
        *forms.quantity_units.values(),
        forms.count_units,
    )
    return frozenset(word for group in groups for name in group for word in name.split())
