"""``imrcheck audit``: a run folder with manifest, data and an HTML report."""

import datetime
import json
import sys
import time
from collections.abc import Mapping
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated, Any

import typer

from checker.batch.selection import FailOn, Policy, exit_code
from checker.cli.configuration import ConfigOption, IsolatedOption
from checker.cli.opening import CasesOf, MadeWith, Warming, broken_is_said, comparing, opened, selection, versions
from checker.cli.options import (
    AcrossOption,
    ClusterOption,
    ConfidenceOption,
    DebugOption,
    Engine,
    EngineOption,
    FailOnOption,
    IgnoreOption,
    JobsOption,
    Paths,
    ResumeOption,
    RulesOption,
    SelectOption,
    SeverityOption,
    TimeLimitOption,
)
from checker.cli.progress import Progress
from checker.cli.recorded import sample_in
from checker.cli.serve import said_in
from checker.cli.tally import say
from checker.knowledge.resources import templates_folder
from checker.model.facts import Confidence
from checker.model.findings import Severity
from checker.reading import units
from checker.reading.counting import expected
from checker.reporting.console import printer, summary_lines
from checker.reporting.pages import SAMPLE, SEED, PageChoice, Pages


def audit(
    paths: Paths,
    *,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="New or empty folder, or that of an earlier run.")],
    pages: Annotated[
        Pages,
        typer.Option(
            "--pages",
            help="Letters with a page of their own. auto: all of up to 500, else those flagged and a sample of clean "
            "ones; imrcheck serve shows the others.",
        ),
    ] = Pages.AUTO,
    page_sample: Annotated[
        int, typer.Option("--page-sample", min=0, help="Clean letters that get a page in a large run.")
    ] = SAMPLE,
    page_seed: Annotated[
        str, typer.Option("--page-seed", help="Draws them, as imrcheck sample --of letters --only clean does.")
    ] = SEED,
    templates: Annotated[
        Path | None,
        typer.Option("--templates", metavar="DIR", help="Templates; left out: those that come with the program."),
    ] = None,
    rule_book: Annotated[
        bool, typer.Option("--rule-book", help="Put the pages of the rule book beside the report; codes lead to them.")
    ] = False,
    verdicts: Annotated[
        list[Path] | None, typer.Option("--verdicts", metavar="FILE", help="Verdicts to show; several may be given.")
    ] = None,
    redact: Annotated[
        bool, typer.Option("--redact", help="Mask names, case numbers, day and month of dates in all that is written.")
    ] = False,
    single_file: Annotated[
        bool, typer.Option("--single-file", help="Also write report.html: summary and up to 500 letters in one file.")
    ] = False,
    against: Annotated[
        Path | None,
        typer.Option("--against", metavar="RUN", help="Folder of an earlier run: tell what is different, and why."),
    ] = None,
    sample: Annotated[
        Path | None,
        typer.Option("--sample", metavar="FILE", help="Record of the sample under review, for the print view."),
    ] = None,
    run_log: Annotated[
        bool, typer.Option("--run-log", help="Write run-log.json with the times; all else is the same run after run.")
    ] = False,
    jobs: JobsOption = None,
    time_limit: TimeLimitOption = None,
    cluster: ClusterOption = None,
    resume: ResumeOption = False,
    fail_on: FailOnOption = FailOn.ERROR,
    select: SelectOption = None,
    ignore: IgnoreOption = None,
    severity: SeverityOption = Severity.NOTE,
    confidence: ConfidenceOption = Confidence.LOW,
    across: AcrossOption = True,
    rules: RulesOption = None,
    engine: EngineOption = Engine.AUTO,
    isolated: IsolatedOption = False,
    config: ConfigOption = None,
    debug: DebugOption = False,
) -> None:
    """Audit a batch: manifest, JSON Lines, Parquet and an HTML report that opens without a server.

    Exit codes as for check. Letters that could not be checked stand on standard error, in the manifest and in the
    report.
    """
    from checker.authoring.material import material_in  # noqa: PLC0415
    from checker.authoring.writing import BOOK, write_book  # noqa: PLC0415 (only where it is asked for)
    from checker.batch.cluster import connected  # noqa: PLC0415
    from checker.batch.differences import EarlierRun  # noqa: PLC0415
    from checker.batch.run import write_log  # noqa: PLC0415 (pyarrow is slow to import)
    from checker.knowledge.redaction import load_redaction  # noqa: PLC0415
    from checker.reporting.audit import Audit, VerdictFile, redacted  # noqa: PLC0415
    from checker.reporting.glossary import glossary  # noqa: PLC0415
    from checker.reporting.work import Work  # noqa: PLC0415

    started, start = datetime.datetime.now(datetime.UTC), time.monotonic()
    if against is not None and against.resolve() == out.resolve():
        raise typer.BadParameter("an earlier run is not written over: name another folder", param_hint="--against")
    if redact and resume:
        raise typer.BadParameter(
            "a run that masks keeps nothing unmasked, so it cannot be resumed", param_hint="--resume"
        )
    if cluster is not None and jobs is not None:
        raise typer.BadParameter(
            "with --cluster, its workers decide how many letters are judged at a time", param_hint="--jobs"
        )
    under_review = sample_in(sample) if sample else None
    said = [(path, said_in(out, [path])) for path in verdicts or ()]
    with broken_is_said(str(out)), connected(cluster, say) if cluster is not None else nullcontext() as workers:
        earlier = EarlierRun(against, redacted=redact) if against is not None else None
        checker = opened(rules, engine)
        chosen = selection(checker, select, ignore, severity=severity, confidence=confidence)
        with comparing(checker, chosen, wanted=across) as compared:
            made_with = Audit(
                versions(checker, engine),
                glossary(checker.rulebook),
                checker.rulebook.vocabulary.defaults("item"),
                templates or templates_folder(),
                Policy(chosen, fail_on),
                PageChoice(pages, page_sample, page_seed, sampled(under_review)),
                rule_book,
                tuple(statement for _, of_file in said for statement in of_file),
                compared,
                checker.check_source,
                CasesOf(checker) if compared is not None else None,
                verdicts=[VerdictFile.of(path, of_file) for path, of_file in said],
                against=earlier,
                sample=under_review,
                single_file=single_file,
            )
            if redact:
                made_with = redacted(made_with, load_redaction(checker.folder.path))
            with Progress() as progress:
                work = Work(
                    jobs,
                    time_limit,
                    resume,
                    debug=debug,
                    warm=Warming(checker),
                    counted=lambda: expected(paths),
                    progress=progress,
                    say=say,
                    cluster=workers,
                    made_with=MadeWith(checker, templates),
                )
                tally = made_with.run(units(paths, note=say), out, work)
        if rule_book:
            write_book(material_in(checker), out / BOOK, templates or templates_folder(), "../rules.html")
        if run_log:
            write_log(out, started, datetime.datetime.now(datetime.UTC), time.monotonic() - start, tally)
    write = printer(sys.stdout)
    for line in summary_lines(tally, fail_on):
        write(line)
    if against is not None:
        counts = json.loads((out / "differences.json").read_text("utf-8"))["findings"]
        write(((f"Against {against}: ", "bold"), (", ".join(f"{n} {kind}" for kind, n in counts.items()), "")))
    write((("Report: ", "bold"), (str(out / "index.html"), "")))
    raise typer.Exit(exit_code(tally, fail_on))


def sampled(record: Mapping[str, Any] | None) -> frozenset[str]:
    """Hashes of the letters of a sample; nothing without one."""
    return frozenset(str(unit["sha256"]) for unit in record["units"]) if record else frozenset()
