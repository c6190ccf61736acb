"""Defects of the letter itself and of its citations."""

import datetime
import re
from collections.abc import Iterator

from checker.model.determination import Item, Outcome
from checker.model.facts import Part, Role
from tests.planted.base import Base, Edit, Planted, one_of

_SEXED = {
    "he": "she", "she": "he", "his": "her", "her": "his", "him": "her", "himself": "herself", "herself": "himself",
    "man": "woman", "woman": "man", "male": "female", "female": "male", "mr": "ms", "ms": "mr", "mrs": "mr",
}  # fmt: skip
_SEX = re.compile(r"\b(?:(?P<male>male|man|gentleman|mr\.)|(?P<female>female|woman|lady|ms\.|mrs\.))", re.IGNORECASE)
_AGE = re.compile(r"\b(?P<age>\d{2})[\s-]*year[\s-]*old", re.IGNORECASE)
_ACUTE = 90
"""Up to so many days after an injury the chronic pain guidelines do not govern."""
_SIDES = {"left": "right", "right": "left"}


def _printed(date: datetime.date) -> str:
    return f"{date.month:02}/{date.day:02}/{date.year}"


def _dated(text: str, date: datetime.date) -> bool:
    """Whether a text gives a date, in digits or with the month by name, or a month and day that may be it."""
    digits = rf"0?{date.month}[/-]0?{date.day}[/-](?:{date.year}|{date.year % 100:02})"
    return re.search(rf"\b(?:{digits}|{date:%B}\s+{date.day})\b", text) is not None


def _header(base: Base, field: str, value: str) -> str | None:
    span = base.letter.header.spans.get(field)
    return None if span is None else base.edited([Edit(span.start, span.end, value)])


def missing_parts(base: Base) -> Iterator[Planted]:
    """A part of the letter or of an item is left out."""
    span = base.letter.summary
    if span is not None:
        yield Planted("DOC001", 0, "summary", base.edited([Edit(span.start, span.end, "")]))
    for item in base.letter.items:
        if item.rationale is not None:
            text = base.edited([Edit(item.rationale.start, item.rationale.end, "")])
            yield Planted("DOC001", item.number, "rationale", text)


def impossible_header(base: Base) -> Iterator[Planted]:
    """Header dates in an order that cannot be, or no date of this world."""
    header = base.letter.header
    if header.date_of_injury and header.ur_denial_date:
        early = header.date_of_injury - datetime.timedelta(days=40)
        text = _header(base, "ur_denial_date", _printed(early))
        if text:
            yield Planted("DOC002", 0, "denied before the injury", text, ("DOC003", "DOC005"))
    if header.decision_date:
        text = _header(base, "decision_date", _printed(header.decision_date.replace(year=3026)))
        if text:
            yield Planted("DOC002", 0, "year 3026", text)


_HURT_ON = (
    "The date of injury is {date}.",
    "The patient was injured at work on {date}.",
    "This is a worker with a date of injury of {date}.",
)
_DENIED_ON = (
    "Utilization review denied the request on {date}.",
    "The request was non-certified by UR on {date}.",
    "On {date}, Utilization Review denied the request.",
)


def two_dates(base: Base) -> Iterator[Planted]:
    """Header and narrative date the injury differently."""
    injury, denied = base.letter.header.date_of_injury, base.letter.header.ur_denial_date
    if injury is None:
        return
    told = one_of(_HURT_ON, base.doc).format(date=_printed(injury.replace(day=1) - datetime.timedelta(days=33)))
    if not _dated(base.summary(), injury):
        yield Planted("DOC003", 0, "injury", base.edited([base.told(told)]))
    if denied is not None:
        earlier = _printed(denied - datetime.timedelta(days=12))
        told = one_of(_DENIED_ON, base.doc).format(date=earlier)
        if not _dated(base.summary(), denied):
            yield Planted("DOC003", 0, "utilization review", base.edited([base.told(told)]))


_OF_SEX = (
    "This {sex} patient was examined again last month.",
    "The patient is a {sex} with ongoing complaints.",
    "In this case the {sex} worker has been seen twice.",
)
_OF_AGE = (
    "The patient is a {age} year old worker with ongoing complaints.",
    "This {age}-year-old patient was seen last month.",
    "In this case the worker is {age} years old.",
)


def another_worker(base: Base) -> Iterator[Planted]:
    """The reasons speak of a worker of the other sex, of another age or of the other side of the body."""
    sex, age = _SEX.search(base.summary()), _AGE.search(base.summary())
    for item in base.letter.items:
        if item.rationale is None:
            continue
        if sex is not None:
            other = "female" if sex["male"] else "male"
            told = one_of(_OF_SEX, base.doc, item.number).format(sex=other)
            text = base.edited([base.argued(item, told)])
            yield Planted("DOC004", item.number, "sex", text)
        if age is not None:
            old = (int(age["age"]) + 30 - 20) % 60 + 20
            told = one_of(_OF_AGE, base.doc, item.number).format(age=old)
            text = base.edited([base.argued(item, told)])
            yield Planted("DOC004", item.number, "age", text)
        yield from _other_side(base, item)


def _other_side(base: Base, item: Item) -> Iterator[Planted]:
    sided = [part for part in item.body_parts if part.split()[0] in _SIDES]
    if len(item.body_parts) != 1 or len(sided) != 1:
        return
    side, part = sided[0].split(" ", 1)
    if f"{_SIDES[side]} {part}" in base.text.lower() or f"{side} {part}" not in base.summary().lower():
        return
    sentence = f"The request is for treatment of the {_SIDES[side]} {part}, which has been painful since the injury."
    yield Planted("DOC004", item.number, "side", base.edited([base.argued(item, sentence)]))


def before_the_injury(base: Base) -> Iterator[Planted]:
    """An examination of this injury is dated before it."""
    injury = base.letter.header.date_of_injury
    if injury is not None:
        date = _printed(injury - datetime.timedelta(days=61))
        told = f"The treating physician examined the injured worker for this injury on {date} and ordered therapy."
        yield Planted("DOC005", 0, "examination", base.edited([base.told(told)]))


def contradicting_summary(base: Base) -> Iterator[Planted]:
    """One examination finds numbness and no numbness."""
    if "numbness" not in base.summary().lower():
        told = (
            "There is no numbness or tingling of the legs. The same examination records numbness and tingling of both "
            "legs."
        )
        yield Planted("DOC006", 0, "numbness", base.edited([base.told(told)]))


def _lines(base: Base) -> Iterator[tuple[Item, int, int]]:
    """Items with a guideline line of the reviewer that cites something."""
    for item in base.letter.items:
        line = item.reviewer_guideline
        if line.span is not None and (line.mtus or line.non_mtus):
            yield item, line.span.start, line.span.end


_RELIED = {
    "maximus-imr": "The Physician Reviewer based his/her decision on the {cited}.",
    "medical-professional-review": "The professional reviewer relied on the {cited}.",
    "notice-2013": (
        "The Expert Reviewer found the {cited}, which is part of the MTUS, relevant and appropriate for the "
        "employee's clinical circumstance."
    ),
}


def _cites(base: Base, start: int, cited: str) -> str:
    """A guideline line in the words of the letter's layout; the label of the line may stand inside or before it."""
    words = _RELIED.get(base.letter.layout or "", "Decision based on {cited}.")
    before = " ".join(base.text[max(0, start - 60) : start].split())
    label, _, rest = words.partition("{cited}")
    return f"{cited}{rest}" if before.endswith(label.strip()) else words.format(cited=cited)


def nothing_cited(base: Base) -> Iterator[Planted]:
    """The reviewer names no guideline and no evidence."""
    for item, start, end in _lines(base):
        text = base.edited(
            [Edit(start, end, "The Expert Reviewer did not cite any medical evidence for the decision.")]
        )
        yield Planted("CIT001", item.number, "none cited", text)


def wrong_pages(base: Base) -> Iterator[Planted]:
    """Pages of the 2009 chronic pain edition far from the topic named."""
    for item, _, _ in _lines(base):
        for citation in item.reviewer_guideline.mtus:
            if citation.page_span is None or citation.year != 2009 or not citation.pages or not citation.sections:
                continue
            first = citation.pages[0][0]
            far = "119-120" if first < 70 else "30-31"
            printed = base.words(citation.page_span.start, citation.page_span.end)
            new = re.sub(r"\d[\d\s,;–-]*", lambda _m, far=far: far, printed, count=1)  # type: ignore[misc]
            text = base.edited([Edit(citation.page_span.start, citation.page_span.end, new)])
            yield Planted("CIT002", item.number, "far pages", text, ("CIT003",))


_ELSEWHERE = {
    "medication": "Section(s): Low-level laser therapy (LLLT), page 57",
    "topical": "Section(s): Opioids, criteria for use, pages 76-80",
    "physical-medicine": "Section(s): Topical analgesics, pages 111-113",
    "psychological": "Section(s): Muscle relaxants (for pain), pages 63-66",
    "acupuncture": "Section(s): NSAIDs (non-steroidal anti-inflammatory drugs), pages 67-73",
    "imaging": "Section(s): Opioids, criteria for use, pages 76-80",
    "dme": "Section(s): Muscle relaxants (for pain), pages 63-66",
}


def wrong_topic(base: Base) -> Iterator[Planted]:
    """The section cited treats of something else."""
    request = base.letter.header.ur_denial_date
    if request is None or request >= datetime.date(2016, 1, 1):
        return
    for item, start, end in _lines(base):
        section = _ELSEWHERE.get(item.category)
        if section is not None:
            line = _cites(base, start, f"MTUS Chronic Pain Medical Treatment Guidelines (2009), {section}")
            yield Planted("CIT003", item.number, item.category, base.edited([Edit(start, end, line)]))


def wrong_edition(base: Base) -> Iterator[Planted]:
    """An edition that came later, or one that had been replaced."""
    denied = base.letter.header.ur_denial_date
    for item, start, end in _lines(base):
        line = base.words(start, end)
        chronic = any("chronic pain" in citation.chapter.lower() for citation in item.reviewer_guideline.mtus)
        if denied is None or not chronic or len(re.findall(r"\b(?:2009|2016)\b", line)) != 1:
            continue
        early = denied < datetime.date(2016, 1, 1)
        old, new = ("2009", "2016") if early else ("2016", "2009")
        if old in line and (early or denied > datetime.date(2017, 1, 1)):
            yield Planted(
                "CIT004", item.number, new, base.edited([Edit(start, end, line.replace(old, new))]), ("CIT002",)
            )


def malformed(base: Base) -> Iterator[Planted]:
    """A page total or a section of the regulations that cannot be."""
    for item, start, end in _lines(base):
        for citation in item.reviewer_guideline.mtus:
            if citation.page_span is not None and "of" not in base.words(
                citation.page_span.start, citation.page_span.end
            ):
                at = citation.page_span.end
                yield Planted("CIT005", item.number, "page total", base.edited([Edit(at, at, " of 12")]), ("CIT002",))
                break
        if item.reviewer_guideline.mtus:
            at = start + len(base.words(start, end).rstrip(" .\n"))
            text = base.edited([Edit(at, at, " (8 CCR 792.24.2)")])
            yield Planted("CIT005", item.number, "section number", text)


def outside_alone(base: Base) -> Iterator[Planted]:
    """Another guideline alone, for a drug that the schedule in force treats of."""
    days = base.facts.items[0].value("letter.days_since_injury")
    if isinstance(days, int) and days <= _ACUTE:
        return
    for item, start, end in _lines(base):
        known = item.drug is not None and item.drug.entry and item.reviewer_guideline.mtus
        if known and not re.search(r"MTUS|chronic pain|schedule", base.rationale(item), re.IGNORECASE):
            line = _cites(base, start, "Non-MTUS Citation: Official Disability Guidelines (ODG), Pain Chapter")
            yield Planted("CIT006", item.number, "ODG alone", base.edited([Edit(start, end, line)]), ("CIT007",))


def acute_injury(base: Base) -> Iterator[Planted]:
    """A chronic pain guideline for an injury of six weeks."""
    header = base.letter.header
    chronic = any(
        "chronic pain" in citation.chapter.lower()
        for item in base.letter.items
        for citation in item.reviewer_guideline.mtus
    )
    told = base.summary().lower()
    if not chronic or header.ur_denial_date is None or header.date_of_injury is None or "cumulative" in told:
        return
    recent = header.ur_denial_date - datetime.timedelta(days=42)
    years = {str(year) for year in range(header.date_of_injury.year, recent.year)}
    if any(year in told for year in years) or re.search(r"chronic|months|years", told):
        return  # the narrative dates the injury too
    text = _header(base, "date_of_injury", _printed(recent))
    if text:
        yield Planted("CIT009", 0, "six weeks", text, ("DOC003",))


def other_outcome(base: Base) -> Iterator[Planted]:
    """The outcome printed over a rationale that says the opposite."""
    for item in base.letter.items:
        if item.outcome_span is None or item.verdict_span is None:
            continue
        printed = base.words(item.outcome_span.start, item.outcome_span.end)
        swap = {Outcome.UPHELD: ("Upheld", "Overturned"), Outcome.OVERTURNED: ("Overturned", "Upheld")}.get(
            item.outcome
        )
        if swap is not None and swap[0] in printed:
            new = printed.replace(*swap)
            text = base.edited([Edit(item.outcome_span.start, item.outcome_span.end, new)])
            yield Planted("DEC001", item.number, swap[1].lower(), text)


_OF_ODG = (
    "According to the Official Disability Guidelines, the treatment is for those whom first measures did not help.",
    "The ODG recommends this treatment where conservative care has failed.",
    "Per ODG, this is an option in selected patients.",
    "The Official Disability Guidelines (ODG) state that this treatment is recommended as indicated below.",
)
_OF_MTUS = (
    "The MTUS Chronic Pain Medical Treatment Guidelines recommend this treatment where conservative care has failed.",
    "According to the MTUS, the treatment is an option after first measures have failed.",
    "The California MTUS states that this is recommended in selected patients.",
)
_ANY_GUIDE = re.compile(r"\b(?:ODG|Official Disability|MTUS|ACOEM|chapter)\b", re.IGNORECASE)


def another_guideline(base: Base) -> Iterator[Planted]:
    """The reasons restate a guideline that the guideline line does not cite."""
    for item, start, end in _lines(base):
        line = base.words(start, end)
        inside, outside = "MTUS" in line, re.search(r"ODG|Official Disability|ACOEM", line) is not None
        guides = list(base.sentences(Part.RATIONALE, item.number, Role.GUIDELINE))
        if inside == outside or not guides or (inside and _ANY_GUIDE.search(line.replace("MTUS", ""))):
            continue
        wording = one_of(_OF_ODG if inside else _OF_MTUS, base.doc, item.number)
        edits = [Edit(s.span.start, s.span.end, wording if s is guides[0] else "") for s in guides]
        rest = base.edited(edits)
        kind = "ODG for the MTUS" if inside else "the MTUS for ODG"
        yield Planted("CIT007", item.number, kind, rest, ("CIT006",))


_BARE = (
    "Decision based on MTUS.",
    "Decision based on MTUS Chronic Pain Medical Treatment Guidelines.",
    "Decision based on the California MTUS guidelines.",
    "Decision based on MTUS Chronic Pain.",
)
_YEAR = re.compile(r"[,\s]*\(?\b(?:2004|2007|2009|2016)\b\)?")


def bare_citation(base: Base) -> Iterator[Planted]:
    """A citation of the MTUS after 20 April 2015 that names no section, or no year."""
    decided = base.letter.header.decision_date
    if decided is None or decided <= datetime.date(2015, 4, 20):
        return
    for item, start, end in _lines(base):
        line = base.words(start, end)
        if not item.reviewer_guideline.mtus or "Decision based on MTUS" not in " ".join(line.split()):
            continue
        text = base.edited([Edit(start, end, one_of(_BARE, base.doc, item.number))])
        yield Planted("CIT008", item.number, "no section", text)
        if len(_YEAR.findall(line)) == 1:
            yield Planted("CIT008", item.number, "no year", base.edited([Edit(start, end, _YEAR.sub("", line))]))


PLANTS = (
    missing_parts, impossible_header, two_dates, another_worker, before_the_injury, contradicting_summary,
    nothing_cited, wrong_pages, wrong_topic, wrong_edition, malformed, outside_alone,
    another_guideline, bare_citation, acute_injury, other_outcome,
)  # fmt: skip
