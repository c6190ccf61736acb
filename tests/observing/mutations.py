"""The same said in other words: deterministic edits that keep what a sentence asserts.

A cue table that knows the wording of its own examples only falls apart on the next letter. Each mutation changes the
surface (who is spoken of, what the record is called, tense, voice, order, typography) and leaves the meaning, so that
the drop between a sentence and its mutations measures how much of the table is wording and how much is language.
"""

import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from tests.shipped import the_lexicon

Edit = Callable[[str], str | None]
"""A sentence in other words, or None where the edit has nothing to work on."""

_WORKERS = ("patient", "injured worker", "claimant", "applicant", "employee")
_WORKER = r"(patient|injured worker|worker|claimant|applicant|employee)"
_NOT_A_PERSON = r"(?! (?:education|care|safety|selection|population|satisfaction|compliance))"
_THE_WORKER = re.compile(rf"\b([Tt]he|[Tt]his|[Aa]n?) {_WORKER}(?='s|\b){_NOT_A_PERSON}")
_FIRST_PRONOUN = re.compile(r"\b([Hh]e|[Ss]he)\b(?!')")
_SUBJECT = re.compile(rf"^(In this case,? |Here,? )?([Tt]he|[Tt]his) {_WORKER} (?=[a-z]+\b)(?!and |or |with )")
_RECORDS = re.compile(
    r"\b([Tt]he|[Tt]hese|[Tt]hose) (?:(?:submitted|medical|available|provided) )?"
    r"(records|notes|reports|file|chart|documentation)"
    r"(?= (?:is|are|was|were|do|does|did|has|have|lack|lacks|lacked|fail|fails|failed|contain|contains|contained|show|"
    r"shows|showed|indicated|documented|described|stated|noted|reported)\b|[.;,]|$)"
)
_PLURAL = ("records", "notes", "reports")
_OTHER_RECORD = {
    "records": "file",
    "file": "submitted notes",
    "notes": "chart",
    "chart": "documentation",
    "documentation": "records",
    "reports": "records",
}
_AGREEMENT = {
    "is": "are",
    "was": "were",
    "does": "do",
    "has": "have",
    "lacks": "lack",
    "fails": "fail",
    "contains": "contain",
    "shows": "show",
}
_TO_SINGULAR = {many: one for one, many in _AGREEMENT.items()}
_TOLD = (
    "documented|described|mentioned|discussed|addressed|quantified|noted|recorded|reported|stated|provided|established"
)
_TELL = "document|describe|mention|discuss|address|quantify|note|record|report|state|provide|establish"
_PAST = (
    (rf"\bis not ({_TOLD})\b", r"was not \1"),
    (rf"\bwas not ({_TOLD})\b", r"is not \1"),
    (rf"\bare not ({_TOLD})\b", r"were not \1"),
    (rf"\bwere not ({_TOLD})\b", r"are not \1"),
    (rf"\bhas not been ({_TOLD})\b", r"was not \1"),
    (rf"\bhave not been ({_TOLD})\b", r"were not \1"),
    (r"\b(do|does) not (?=[a-z]+ )", "did not "),
    (r"\b([Tt])here is (?=no|not|a|an|little|insufficient)\b", r"\1here was "),
    (r"\b([Tt])here was (?=no|not|a|an|little|insufficient)\b", r"\1here is "),
    (r"\b([Tt])here are (?=no)\b", r"\1here were "),
    (r"\b([Tt])here were (?=no)\b", r"\1here are "),
    (r"\bfails to\b", "failed to"),
    (r"\bfail to\b", "failed to"),
    (r"\b([Hh]e|[Ss]he) denies\b", r"\1 denied"),
    (r"\b([Hh]e|[Ss]he) reports\b", r"\1 reported"),
    (r"\b([Hh]e|[Ss]he) remains\b", r"\1 remained"),
    (r"\b([Hh]e|[Ss]he) states\b", r"\1 stated"),
)
_TELLER = "(?:provider|physician|doctor|therapist|surgeon)"
_FRONT = re.compile(r"^(?:In this case|In this instance),? (.+?)([.!])$")
_BACK = re.compile(r"^(.+?),? in this case([.!])$")
_FAILS = re.compile(
    rf"^(The (?:\w+ )?\w+) (?:(?:does|do|did) not|fail(?:s|ed)? to) ({_TELL}) ([^,.;]+(?:, [^,.;]+)*)\.$"
)
_CLAUSE = re.compile(r"\b(?:that|whether|how|which|what|but|because|however|who)\b", re.IGNORECASE)
_NEGATION = re.compile(r"\b(?:no|not|never|neither|nor)\b", re.IGNORECASE)
_LONG = (
    (r"\bcannot\b", "can't"),
    (r"\b(is|are|was|were|do|does|did|has|have|had|could|would|should) not\b", r"\1n't"),
)
_SHORT = (
    (r"\bcan't\b", "cannot"),
    (r"\b(is|are|was|were|do|does|did|has|have|had|could|would|should)n't\b", r"\1 not"),
)
_BASES = {
    "documented": "document",
    "described": "describe",
    "mentioned": "mention",
    "discussed": "discuss",
    "addressed": "address",
    "quantified": "quantify",
    "noted": "note",
    "recorded": "record",
    "reported": "report",
    "stated": "state",
    "provided": "provide",
    "established": "establish",
}
_PARTICIPLES = {base: told for told, base in _BASES.items()}


@dataclass(frozen=True, slots=True)
class Mutation:
    """A sentence in other words, with the name of the edit that made it."""

    name: str
    text: str


def _article(before: str, noun: str) -> str:
    """The article before another noun: an applicant, a claimant."""
    if before.lower() not in ("a", "an"):
        return before
    right = "an" if noun[0] in "aeiou" else "a"
    return right.capitalize() if before[0].isupper() else right


def _other_worker(text: str) -> str | None:
    """Every noun for the worker becomes the next of the row, the same one throughout."""
    found = _THE_WORKER.search(text)
    if found is None:
        return None
    now = found.group(2)
    other = _WORKERS[(_WORKERS.index(now) + 1) % len(_WORKERS)] if now in _WORKERS else _WORKERS[0]
    return _THE_WORKER.sub(lambda m: f"{_article(m.group(1), other)} {other}", text)


def _pronoun_to_noun(text: str) -> str | None:
    """The first "he" or "she" becomes a noun; which one depends on the sentence."""
    noun = _WORKERS[zlib.crc32(text.encode()) % len(_WORKERS)]
    out, changed = _FIRST_PRONOUN.subn(lambda m: f"{'The' if m.group(1)[0].isupper() else 'the'} {noun}", text, count=1)
    return out if changed else None


def _noun_to_pronoun(text: str) -> str | None:
    """A noun for the worker in the place of the subject becomes the pronoun that the rest of the sentence allows."""
    found = _SUBJECT.match(text)
    if found is None:
        return None
    she = re.search(r"\b(she|her|hers)\b", text, re.IGNORECASE) is not None
    he = re.search(r"\b(he|his|him)\b", text, re.IGNORECASE) is not None
    if she and he:
        return None
    pronoun = "she" if she or not he else "he"
    before = found.group(1) or ""
    return before + (pronoun if before else pronoun.capitalize()) + " " + text[found.end() :]


def _other_sex(text: str) -> str | None:
    """He becomes she throughout; "her" has two meanings, so that the way back is not taken."""
    if not re.search(r"\b(he|his|him)\b", text, re.IGNORECASE) or re.search(r"\b(she|her)\b", text, re.IGNORECASE):
        return None
    other = {"he": "she", "his": "her", "him": "her"}
    return re.sub(r"\b(he|his|him)\b", lambda m: _cased(m.group(), other[m.group().lower()]), text, flags=re.IGNORECASE)


def _cased(like: str, word: str) -> str:
    return word.capitalize() if like[0].isupper() else word


def _other_record(text: str) -> str | None:
    """The record under another name, the verb after it in the number of the new one."""
    found = _RECORDS.search(text)
    if found is None:
        return None
    other = _OTHER_RECORD[found.group(2)]
    many = other.split()[-1] in _PLURAL
    rest = text[found.end() :]
    verb = re.match(r" ([a-z]+)", rest)
    if verb:
        told = (_AGREEMENT if many else _TO_SINGULAR).get(verb.group(1), verb.group(1))
        rest = f" {told}{rest[verb.end() :]}"
    article = "The" if found.group(1)[0].isupper() else "the"
    return f"{text[: found.start()]}{article} {other}{rest}"


def _other_tense(text: str) -> str | None:
    """The frame in another tense: the first that is found, once."""
    for pattern, other in _PAST:
        out, changed = re.subn(pattern, other, text, count=1)
        if changed:
            return out
    return None


def _split_front(text: str) -> tuple[str, str]:
    found = re.match(r"(?:In this case|In this instance|Here),? ", text)
    if found is None:
        return "", text
    rest = text[found.end() :]
    return found.group(), rest[0].upper() + rest[1:]


def _joined(front: str, rest: str) -> str:
    return front + rest[0].lower() + rest[1:] if front else rest


def _many(words: str) -> bool:
    """Whether a noun phrase takes a plural verb: a list, or a head that ends like one."""
    if re.search(r",| and ", words):
        return True
    head = re.split(r" (?:of|in|on|for|with|after|before|from|to|by|due)\b", words)[0].split()[-1]
    return head.endswith("s") and not head.endswith(("ss", "is", "us"))


def _bare(words: str) -> str:
    """A list as the subject of a passive sentence: "pain, or function" becomes "pain and function"."""
    return re.sub(r",? or (?:of )?(?:an? |any )?", " and ", words)


def _to_passive(text: str) -> str | None:
    """Active to passive: "the notes do not document X" is "X was not documented in the notes"."""
    front, rest = _split_front(text)
    if _CLAUSE.search(rest):
        return None
    none = re.match(r"There (?:is|was) no (documentation|mention|discussion|description) of (.+?)( in [^,]+)?\.$", rest)
    if none:
        noun = {"documentation": "documented", "mention": "mentioned", "discussion": "discussed"}
        told = noun.get(none.group(1), "described")
        return _joined(front, _passive(_bare(none.group(2)), told, none.group(3) or ""))
    active = _FAILS.match(rest)
    if active is None:
        return None
    teller = active.group(1)
    by = "by" if re.match(rf"The (?:\w+ )?{_TELLER}$", teller) else "in"
    where = f" {by} {teller[0].lower()}{teller[1:]}"
    return _joined(front, _passive(_bare(active.group(3)), _PARTICIPLES[active.group(2)], where))


def _passive(subject: str, told: str, where: str) -> str:
    subject = re.sub(r"^(?:any|a|an) ", "", subject)
    return f"{subject[0].upper()}{subject[1:]} {'were' if _many(subject) else 'was'} not {told}{where}."


def _to_active(text: str) -> str | None:
    """Passive to active: "X has not been documented" is "the records do not document X"."""
    front, rest = _split_front(text)
    found = re.match(
        rf"^([^;]+?) (?:(?:is|are|was|were) not|(?:has|have) not been) ({_TOLD})((?: in| by) [^,;]+)?\.$", rest
    )
    if found is None or _CLAUSE.search(rest) or _NEGATION.search(found.group(1)):
        return None
    subject = found.group(1)
    subject = subject if re.match(r"[A-Z]{2}", subject) else subject[0].lower() + subject[1:]
    where = re.match(rf" by (the (?:\w+ )?{_TELLER})$", found.group(3) or "")
    teller = f"{where.group(1).capitalize()} does" if where else "The records do"
    return _joined(front, f"{teller} not {_BASES[found.group(2)]} {subject}.")


def _other_order(text: str) -> str | None:
    """Moves "in this case" from the front to the end, or back."""
    back = _BACK.match(text)
    if back:
        return f"In this case, {back.group(1)[0].lower()}{back.group(1)[1:]}{back.group(2)}"
    front = _FRONT.match(text)
    return f"{front.group(1)[0].upper()}{front.group(1)[1:]} in this case{front.group(2)}" if front else None


def _contraction(text: str) -> str | None:
    """Turns "does not" into "doesn't", or back."""
    for table in (_LONG, _SHORT):
        out = text
        for pattern, other in table:
            out = re.sub(pattern, other, out)
        if out != text:
            return out
    return None


def _typographic(text: str) -> str | None:
    """Straight quotes and apostrophes as a word processor sets them."""
    out = re.sub(r'(?<!\w)"(?=\w)', "“", text).replace('"', "”")
    out = re.sub(r"(?<![\w.])'(?=\w)", "‘", out).replace("'", "’")
    return out if out != text else None


def _upper_drug(text: str) -> str | None:
    """Names of drugs in capitals."""
    out = text
    for mention in the_lexicon().drugs_in(text):
        out = out[: mention.start] + out[mention.start : mention.end].upper() + out[mention.end :]
    return out if out != text else None


def _other_drug_word(text: str) -> str | None:
    """The drug as "the medication", or back, where it is named by neither."""
    swap = {"drug": "medication", "medication": "drug"}
    out = re.sub(
        r"\b([Tt]he) (drug|medication)(?= |\.|,)(?! (?:screen|test|regimen|list))",
        lambda m: f"{m.group(1)} {swap[m.group(2)]}",
        text,
    )
    return out if out != text else None


def _other_contrast(text: str) -> str | None:
    """Turns ", but" into "; however,", or back; "but not" is part of a phrase and stays."""
    out = re.sub(r", but (?!not\b|only\b)", "; however, ", text, count=1)
    if out == text:
        out = re.sub(r"; however, ", ", but ", text, count=1)
    return out if out != text else None


MUTATIONS: Mapping[str, Edit] = {
    "another noun for the worker": _other_worker,
    "a noun for the pronoun": _pronoun_to_noun,
    "a pronoun for the noun": _noun_to_pronoun,
    "the other sex": _other_sex,
    "another name for the record": _other_record,
    "another tense": _other_tense,
    "active to passive": _to_passive,
    "passive to active": _to_active,
    "another order": _other_order,
    "contraction": _contraction,
    "typographic quotes": _typographic,
    "drug in capitals": _upper_drug,
    "another word for the drug": _other_drug_word,
    "but and however": _other_contrast,
}
"""By name, in the order in which they are tried."""


def mutations(text: str) -> Iterator[Mutation]:
    """Every single edit that changes the sentence."""
    for name, edit in MUTATIONS.items():
        changed = edit(text)
        if changed is not None and changed != text:
            yield Mutation(name, changed)


def mutated(text: str, most: int = 3) -> Mutation | None:
    """Up to ``most`` edits one after another, or None where none applies; which come first depends on the sentence."""
    names = list(MUTATIONS)
    turn = zlib.crc32(text.encode()) % len(names)
    done: list[str] = []
    now = text
    for name in names[turn:] + names[:turn]:
        changed = MUTATIONS[name](now)
        if changed is not None and changed not in (now, text) and not _undoes(name, done):
            now = changed
            done.append(name)
        if len(done) == most:
            break
    return Mutation(" + ".join(done), now) if done else None


_OPPOSITES = (
    {"a noun for the pronoun", "a pronoun for the noun"},
    {"active to passive", "passive to active"},
)


def _undoes(name: str, done: list[str]) -> bool:
    return any(name in pair and pair & set(done) for pair in _OPPOSITES)
