"""Where the page of a letter stands in a report: readable, and safe whatever the letter is called."""

import hashlib

from checker.batch.run import PAGES
from checker.reporting.evidence import slug

_NAME_LENGTH = 60


def page_address(doc: str, sha256: str) -> str:
    """Address of the page of a letter from the index.

    Args:
        doc: Name of the letter.
        sha256: Hash of its bytes.
    """
    stem = slug(doc)[:_NAME_LENGTH].strip("-") or "letter"
    digest = hashlib.sha256(f"{doc}\n{sha256}".encode("utf-8", "backslashreplace")).hexdigest()[:12]
    return f"{PAGES}/{digest[:2]}/{stem}-{digest}.html"
