"""govsite check: everything `build` would say, without writing."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import click

from govsite.cli.common import Session, common_options, judged_day, print_findings, require_site
from govsite.cli.progress import ProgressLine
from govsite.cli.words import SpeakingCommand, option
from govsite.pipeline.build import Request, build_site
from govsite.pipeline.parallel import default_jobs
from govsite.report.records import findings_json


@click.command("check", cls=SpeakingCommand, help="cli.check")
@option("--strict", is_flag=True)
@option("--as-of", default=None, metavar="DATE")
@option("--format", "format_", type=click.Choice(["text", "json"]), default="text")
@option("--output", type=click.Path(path_type=Path), default=None, metavar="FILE")
@option("--only", multiple=True, metavar="CODE")
@common_options
def check(
    session: Session,
    strict: bool,
    as_of: str | None,
    format_: str,
    output: Path | None,
    only: tuple[str, ...],
) -> int:
    """Check the site; 0 clean, 1 problems at or above `fail_on` (with `--strict`: at or above warning)."""
    site = require_site(session)
    line = ProgressLine(session.t, quiet=session.quiet or format_ == "json")
    request = Request(
        site,
        None,
        default_jobs(),
        judged_day(session, as_of),
        strict=strict,
        environ=os.environ,
        progress=line,
    )
    outcome = build_site(request)
    line.clear()
    findings = [finding for finding in outcome.findings if not only or finding.problem.code in only]
    if format_ == "json" or output:
        text = findings_json(findings, outcome.documents, outcome.pages, session.lang)
        if output:
            output.write_text(text, encoding="utf-8", newline="\n")
        else:
            click.echo(text, nl=False)
    if format_ == "text":
        print_findings(session, findings)
        if not session.quiet:
            click.echo(session.t("cli.checked", documents=outcome.documents, pages=outcome.pages))
            if not findings:
                click.echo(session.t("cli.clean"))
    return replace(outcome, findings=tuple(findings)).exit_code
