"""What a disputed item asks for, in the form in which guideline sections say what they are about."""

from collections.abc import Iterable
from dataclasses import dataclass

from checker.knowledge.guidelines import Guidelines
from checker.knowledge.lexicon import DrugEntry, Lexicon
from checker.knowledge.subjects import Subject
from checker.model.determination import Item

_UNSPECIFIC = frozenset({"medication", "other"})


@dataclass(frozen=True, slots=True)
class Request:
    """A disputed item as sections see it.

    Attributes:
        text: The request as printed.
        subject: Drug classes, actives, treatments and category.
        topics: Topics of the 2009 chronic pain edition that the lexicon links it with.
        known: Enough is known of it to say that a section is about something else.
        regions: Regions of the body it names.
        category: Its category.
    """

    text: str
    subject: Subject
    topics: frozenset[str]
    known: bool
    regions: frozenset[str]
    category: str


def request_of(item: Item, guidelines: Guidelines, lexicon: Lexicon) -> Request:
    """What an item asks for."""
    drugs = _drugs(item, lexicon)
    treatments = _treatments(item, lexicon)
    topics = {topic for drug in drugs for topic in drug.topics}
    topics.update(topic for t in treatments if t in lexicon.treatments for topic in lexicon.treatments[t].topics)
    category = item.category
    subject = Subject(
        classes=frozenset(drug.drug_class for drug in drugs),
        actives=frozenset(active for drug in drugs for active in drug.ingredients),
        treatments=frozenset(treatments),
        categories=frozenset() if _acts_through_the_skin(category, drugs) else frozenset({category}),
    )
    known = bool(drugs or treatments) or category not in _UNSPECIFIC
    return Request(item.request, subject, frozenset(topics), known, regions_of(item, guidelines, lexicon), category)


def _drugs(item: Item, lexicon: Lexicon) -> list[DrugEntry]:
    entries = {mention.entry for mention in lexicon.drugs_in(item.request[:2_000])}
    if item.drug is not None and item.drug.entry:
        entries.add(item.drug.entry)
    return [lexicon.drugs[entry] for entry in sorted(entries) if entry in lexicon.drugs]


def _treatments(item: Item, lexicon: Lexicon) -> set[str]:
    found = {mention.entry for mention in lexicon.treatments_in(item.request[:2_000])}
    strong = {entry for entry in found if entry in lexicon.treatments and not lexicon.treatments[entry].weak}
    if item.treatment:
        strong.add(item.treatment)
    return strong or found


def _acts_through_the_skin(category: str, drugs: Iterable[DrugEntry]) -> bool:
    """A patch whose drug acts in the whole body is no topical, though it is put on the skin."""
    listed = list(drugs)
    return category == "topical" and bool(listed) and all(drug.route == "transdermal" for drug in listed)


def regions_of(item: Item, guidelines: Guidelines, lexicon: Lexicon) -> frozenset[str]:
    """Regions that the request names; a chest film before knee surgery is decided under the knee."""
    if item.category in guidelines.framework.accompanies.categories:
        return frozenset()
    parts = {m.entry for part in item.body_parts for m in lexicon.body_parts_in(part)}
    return frozenset(region for part in parts for region in guidelines.regions.get(part, ()))
