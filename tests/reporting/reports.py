"""Reports of our own letters, as files."""

import json
from collections.abc import Iterable
from pathlib import Path

from checker.batch.letters import Letter, Tally
from checker.batch.selection import FailOn
from checker.batch.versions import Versions
from checker.knowledge.resources import templates_folder
from checker.reporting.comparison import Comparison
from checker.reporting.glossary import CriterionCard, Glossary, RuleCard, TopicCard
from checker.reporting.pages import PageChoice, Pages
from checker.reporting.site import Site
from checker.reporting.siteparts import SiteMaker
from checker.reporting.wholerun import Run
from checker.review.statements import Statement
from tests.reporting import samples
from tests.reporting.builders import ENGINE, RULES

VERSIONS = Versions("1.2.3", RULES, ENGINE)

CARDS = {
    "DEC002": RuleCard(
        "DEC002",
        "The criteria are said to be met, and the denial is upheld",
        "A denial needs a ground of its own once the rationale grants that the criteria are met.",
        "Name the ground on which the denial rests, or change the decision.",
    ),
    "FAC005.activities": RuleCard(
        "FAC005",
        "Said to be missing, but the case summary records it",
        "The summary is the reviewer's own reading of the record: what it records is not missing.",
        "Say why what is recorded is not enough.",
        {"FAC005.inference": "It takes a clinical inference."},
    ),
    "CIT002": RuleCard("CIT002", "A cited page lies outside the topic"),
    "SAF001": RuleCard(
        "SAF001", "Denied with no word on tapering", "Stopping at once can harm.", "Say how it is tapered."
    ),
    "CIT001": RuleCard("CIT001", "No guideline is cited"),
    "QUI001": RuleCard("QUI001", "A rule that stays quiet"),
    "QUI003": RuleCard("QUI003", "An excused rule", exceptions={"QUI003.taper": "A taper is no continuation."}),
}

MEANINGS = {"decision.outcome": "What the letter does with the denial."}

TOPICS = {
    "opioids": TopicCard(
        "Opioids for chronic pain",
        {
            "analgesia": CriterionCard("Pain relief from the drug", "analgesia"),
            "activities": CriterionCard("Daily activities with the drug", "functional-improvement"),
        },
    )
}

WORDS = Glossary(CARDS, MEANINGS, TOPICS)


def batch() -> list[Letter]:
    """One letter of each kind."""
    return [samples.pain(), samples.clean(), samples.hostile(), samples.foreign(), samples.unreadable()]


def manifest(tally: Tally, **more: object) -> dict[str, object]:
    """What the manifest of a run says, made up."""
    return {
        "tool": VERSIONS.tool,
        "python": "3.11.2",
        "engine": {"name": ENGINE, "why": "asked for"},
        "rules": {"sha256": RULES, "folder": "ab" * 32, "each": {"DEC002": "01" * 32, "<b>rule</b>": "02" * 32}},
        "inputs": {"letters": tally.letters, "sha256": "cd" * 32, "of": "one line a letter"},
        "counts": tally.as_dict(),
        "exit_code": 1,
        "config": {"select": [], "ignore": ["CIT"], "severity": "note", "across": True},
        "files": {"findings.jsonl": "ef" * 32},
        **more,
    }


def report(
    folder: Path,
    letters: Iterable[Letter],
    pages: Pages = Pages.AUTO,
    *,
    statements: Iterable[Statement] = (),
    comparison: Comparison | None = None,
    sample: dict[str, object] | None = None,
    **more: object,
) -> Path:
    """Write the report of some letters into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    site = Site(SiteMaker(folder, templates_folder(), VERSIONS, WORDS, PageChoice(pages), statements=statements))
    tally = Tally()
    with site:
        for letter in letters:
            tally.add(letter)
            site.add(letter)
        site.write_letters()
        site.finish(Run(tally, FailOn.ERROR, manifest(tally, **more), comparison, sample))
    (folder / "manifest.json").write_text(json.dumps(manifest(tally, **more)))
    return folder


def page_of(folder: Path, doc: str) -> Path:
    """The page of a letter."""
    (page,) = folder.glob(f"d/*/{doc}-????????????.html")
    return page


def site_maker(statements: Iterable[Statement] = ()) -> SiteMaker:
    """Renders what a report shows of letters, without a folder."""
    return SiteMaker(Path("none"), templates_folder(), VERSIONS, WORDS, PageChoice(Pages.ALL), statements=statements)
