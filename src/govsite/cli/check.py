"""govsite check: everything `build` would say, judged by today, without writing the site."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from govsite import __version__
from govsite.cli.common import (
    Session,
    UsageProblem,
    common_options,
    judged_day,
    print_findings,
    require_site,
    tell_memory,
    tell_workspace,
    today_in_china,
)
from govsite.cli.progress import ProgressLine
from govsite.cli.words import SpeakingCommand, option
from govsite.cli.workspace import check_workspace, find_workspace
from govsite.pipeline.build import Outcome, Request, build_site
from govsite.pipeline.parallel import default_jobs
from govsite.pipeline.request import memory_folder
from govsite.problems.problem import Finding
from govsite.report.records import findings_json
from govsite.report.summary import Summary

FORMATS = ("text", "json", "sarif", "junit", "github", "gitlab", "html")


@click.command("check", cls=SpeakingCommand, help="cli.check")
@click.argument("paths", type=click.Path(path_type=Path, exists=True), nargs=-1, metavar="[PATH…]")
@option("--strict", is_flag=True)
@option("--as-of", default=None, metavar="DATE")
@option("--format", "format_", type=click.Choice(FORMATS), default="text")
@option("--output", type=click.Path(path_type=Path, dir_okay=False), default=None, metavar="FILE")
@option("--only", multiple=True, metavar="CODE")
@option("--workspace", is_flag=True, of="check")
@option("--member", multiple=True, metavar="FOLDER")
@option("--previous", type=click.Path(path_type=Path, dir_okay=False), default=None, metavar="FILE")
@common_options
def check(
    session: Session, paths: tuple[Path, ...], strict: bool, as_of: str | None, format_: str, output: Path | None,
    only: tuple[str, ...], workspace: bool, member: tuple[str, ...], previous: Path | None,
) -> int:  # fmt: skip
    """Check the site; 0 clean, 1 problems at or above `fail_on` (with `--strict`: at or above warning).

    paths: files or folders of the site to which the report is confined; the whole site is judged all the same.
    """
    if workspace:
        session = replace(session, site=find_workspace(session))
    elif member:
        raise UsageProblem(session.t("workspace.together"))
    site = session.site if workspace else require_site(session)
    inside = tuple(_inside(session, site, path) for path in paths)
    line = ProgressLine(session.t, quiet=session.quiet or format_ != "text")
    day = judged_day(session, as_of)
    today = day or today_in_china()
    request = Request(
        site,
        None,
        default_jobs(),
        as_of=day,
        today=today,
        strict=strict,
        environ=os.environ,
        progress=line,
        memory=memory_folder(site, None),
    )
    outcome = check_workspace(session, site, request, member) if workspace else build_site(request)
    line.clear()
    tell_memory(session, outcome)
    if not workspace:
        tell_workspace(session, "check", seeks_neighbours=outcome.seeks_neighbours)
    if only:
        outcome = replace(outcome, findings=_chosen(outcome.findings, only))
    if inside:
        outcome = replace(outcome, findings=tuple(one for one in outcome.findings if _lies_in(one, inside)))
    if format_ != "text" or output:
        _deliver(_report(session, outcome, "json" if format_ == "text" else format_, today, previous), output)
    if format_ == "text":
        _print(session, outcome)
    return outcome.exit_code


def _chosen(findings: Sequence[Finding], only: tuple[str, ...]) -> tuple[Finding, ...]:
    """Findings whose code is, or begins with, one of `only` (`--only PRV` takes the family)."""
    wanted = tuple(code.upper() for code in only)
    return tuple(finding for finding in findings if finding.problem.code.startswith(wanted))


def _inside(session: Session, site: Path, path: Path) -> str:
    try:
        return path.resolve().relative_to(site.resolve()).as_posix()
    except ValueError:
        raise UsageProblem(session.t("cli.check.outside", path=path.as_posix())) from None


def _lies_in(finding: Finding, places: tuple[str, ...]) -> bool:
    file = finding.problem.span.file if finding.problem.span else ""
    return any(place in {".", file} or file.startswith(f"{place}/") for place in places)


def _report(session: Session, outcome: Outcome, format_: str, today: str, previous: Path | None) -> str:
    if format_ == "json":
        return findings_json(outcome.findings, outcome.documents, outcome.pages, session.lang)
    renderer = import_module(f"govsite.report.{format_}")
    summary = Summary(outcome.documents, outcome.pages, outcome.site, today, __version__)
    extra: dict[str, Any] = {"previous": _previous(previous)} if format_ == "html" else {}
    return str(renderer.render(outcome.findings, summary, session.lang, **extra))


def _previous(file: Path | None) -> dict[str, Any] | None:
    """An earlier JSON report for the trend; None where it is not there or is none."""
    try:
        data = json.loads(file.read_text(encoding="utf-8")) if file else None
    except (OSError, ValueError):
        return None
    return data if isinstance(data, dict) else None


def _deliver(text: str, output: Path | None) -> None:
    if output is None:
        click.echo(text, nl=not text.endswith("\n"))
    else:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_text(text, encoding="utf-8", newline="\n")


def _print(session: Session, outcome: Outcome) -> None:
    print_findings(session, outcome.findings)
    if not session.quiet:
        click.echo(session.t("cli.checked", documents=outcome.documents, pages=outcome.pages))
        if not outcome.findings:
            click.echo(session.t("cli.clean"))
