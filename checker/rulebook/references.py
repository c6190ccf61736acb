"""How a source is named to people."""

from collections.abc import Iterable

from checker.knowledge.sources import Sources
from checker.model.findings import Reference
from checker.model.rule import SourceRef


def reference(sources: Sources, source: SourceRef) -> Reference:
    """What a rule rests on, for a finding."""
    document = sources.by_id[source.document]
    return Reference(document.title, source.section, pages(source.pages), document.citation)


def pages(numbers: Iterable[int]) -> str:
    """Page numbers as people write them: ``76-80, 91``."""
    runs: list[tuple[int, int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)


def cited(sources: Sources, source: SourceRef) -> str:
    """A source in one line: document, section, pages, and whether it was seen."""
    named = reference(sources, source)
    label = "page" if len(set(source.pages)) == 1 else "pages"
    parts = [named.citation, named.section, f"{label} {named.pages}" if named.pages else ""]
    mark: str = source.mark
    if source.page_mark and source.page_mark != source.mark:
        mark = f"{source.mark}, {label} {source.page_mark}"
    return f"{'; '.join(part for part in parts if part)} [{mark}]"
