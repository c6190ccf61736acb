"""Options that check and audit share."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from checker.batch.selection import FailOn
from checker.model.facts import Confidence
from checker.model.findings import Severity


class Engine(StrEnum):
    """What decides whether a rule fires."""

    AUTO = "auto"
    DURABLE_RULES = "durable-rules"
    REFERENCE = "reference"


Paths = Annotated[
    list[str],
    typer.Argument(
        metavar="PATH",
        help="Files (.txt, .pdf, .jsonl, .parquet, .zip, .tar), folders, patterns, URLs (s3://, https://), or - for "
        "standard input.",
        show_default=False,
    ),
]
FailOnOption = Annotated[FailOn, typer.Option("--fail-on", help="Least severity that gives exit code 1.")]
SelectOption = Annotated[
    list[str] | None,
    typer.Option("--select", metavar="CODE", help="Only these codes or families (DEC, CRI-OPI, FAC005); repeatable."),
]
IgnoreOption = Annotated[
    list[str] | None,
    typer.Option("--ignore", metavar="CODE", help="Not these codes or families; stronger than --select."),
]
SeverityOption = Annotated[Severity, typer.Option("--severity", help="Least severity to show and count.")]
ConfidenceOption = Annotated[Confidence, typer.Option("--confidence", help="Least confidence to show and count.")]
RulesOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--rules",
        metavar="DIR",
        help="Folder of rules of your own, laid over those that come with the program; repeatable. "
        "One with a vocabulary and sources stands alone.",
    ),
]
AcrossOption = Annotated[
    bool,
    typer.Option(
        "--across/--no-across",
        help="Compare the letters with each other (BAT001, BAT002); JSON is then written when the last of them is in.",
    ),
]
EngineOption = Annotated[
    Engine,
    typer.Option(
        "--engine", help="auto: durable-rules where it can be loaded, with the reference reading beside it; else that."
    ),
]
JobsOption = Annotated[
    int | None,
    typer.Option(
        "--jobs", "-j", metavar="N", min=1, help="Processes at work; left out: one, or one a core from 200 letters on."
    ),
]
TimeLimitOption = Annotated[
    float | None,
    typer.Option(
        "--time-limit",
        metavar="SECONDS",
        min=0.1,
        help="Most that one letter may take; it is then given up and told. Left out: 60 where workers judge.",
    ),
]
ClusterOption = Annotated[
    str | None,
    typer.Option(
        "--cluster",
        metavar="ADDRESS",
        help="Have it done by the workers of a Dask cluster: the address of its scheduler (tcp://host:8786), its "
        "scheduler file, or local:2 for two workers here. Needs the extra cluster; see docs/cluster.md.",
    ),
]
ResumeOption = Annotated[
    bool, typer.Option("--resume", help="Go on with a run that was stopped in the same folder; begin where none was.")
]
DebugOption = Annotated[
    bool, typer.Option("--debug", help="Show the traceback of internal errors; it may quote letters.", hidden=True)
]
