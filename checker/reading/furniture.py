"""Running heads, feet and page numbers: lines of the page, not of the letter."""

import itertools
import re
from collections.abc import Iterable

_DIGITS = re.compile(r"\d+")
_FOOT = r"[a-z ]{0,60}(?:case )?(?:number|no\.?):?\s(?:cm\d\d-)?\d{7}\s{1,9}(?:page )?\d{1,4}(?: of \d{1,4})?"
_RUNNING_FOOT = re.compile(_FOOT, re.IGNORECASE)
_PAGE_NUMBER = re.compile(
    rf"(?:[-\u2013] ?\d{{1,4}} ?[-\u2013]|(?:page )?\d{{1,4}} (?:of|/) \d{{1,4}}|page \d{{1,4}}|{_FOOT})", re.IGNORECASE
)
"""A page number alone, or behind the number of the case: "Letter for Case Number 0000000  Page 2"."""
_DEPTH = 4
"""At most so many lines at the top and at the foot of a page are looked at."""
_SHORTEST = 6
"""A repeated line has at least so many code points, each number counted as one."""


def after_feet(bodies: list[str]) -> list[int]:
    """Indexes of the lines after a running foot, in a text whose page breaks were lost when it was copied.

    Only the number of the case with the number of the page behind it is sure enough to be a foot by itself.
    """
    return [i for i, body in enumerate(bodies[:-1], 1) if body[-1].isdigit() and _RUNNING_FOOT.fullmatch(body)]


def page_furniture(bodies: list[str], openings: list[int]) -> frozenset[int]:
    """Indexes of lines that the reading text leaves out.

    Left out are page numbers ("Page 2 of 5", alone or behind the number of the case) at the top or foot of any page, a
    line that opens every page (kept where it stands first) and a line that closes every page (kept where it stands
    last); digits may differ.

    Args:
        bodies: The lines of the letter.
        openings: Indexes of the lines that open the second and each later page, ascending.
    """
    bounds = [0, *openings, len(bodies)]
    pages = [range(start, end) for start, end in itertools.pairwise(bounds)]
    heads = _repeated(bodies, pages)
    feet = _repeated(bodies, [page[::-1] for page in pages])
    return frozenset([*heads[0], *heads[1][1:], *feet[0], *feet[1][:-1]])


def _repeated(bodies: list[str], pages: list[range]) -> tuple[list[int], list[int]]:
    """Page numbers and repeated lines, walking from the edge of all pages inwards while there are any."""
    numbers: list[int] = []
    repeated: list[int] = []
    places = [0] * len(pages)
    for _ in range(_DEPTH):
        at_edge = [page[place] for page, place in zip(pages, places, strict=True) if place < len(page)]
        found = [index for index in at_edge if _PAGE_NUMBER.fullmatch(bodies[index])]
        if found:
            numbers += found
        else:
            found = at_edge if _all_alike(bodies[index] for index in at_edge) and len(at_edge) == len(pages) else []
            repeated += found
        if not found:
            break
        gone = frozenset(found)
        places = [
            place + (place < len(page) and page[place] in gone) for page, place in zip(pages, places, strict=True)
        ]
    return numbers, repeated


def _all_alike(lines: Iterable[str]) -> bool:
    """Whether all lines are the same but for digits, and more than a number or a mark."""
    keys = {_DIGITS.sub("#", line).casefold() for line in lines}
    return len(keys) == 1 and len(keys.pop()) >= _SHORTEST
