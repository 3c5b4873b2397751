"""govsite plan: which sites of a workspace a change touches, shared out among machines."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from govsite.cli.common import Session, UsageProblem, common_options, judged_day, print_findings
from govsite.cli.words import SpeakingCommand, option

FORMATS = ("text", "json", "gitlab", "github", "make")


@click.command("plan", cls=SpeakingCommand, help="cli.plan")
@click.argument("files", nargs=-1, metavar="[FILE]...")
@option("--since", default="", metavar="REV")
@option("--files-from", default="", metavar="FILE")
@option("--shards", type=click.IntRange(1, 200), default=2)
@option("--format", "format_", type=click.Choice(FORMATS), default="text", of="plan")
@option("--output", type=click.Path(path_type=Path, dir_okay=False), default=None, metavar="FILE")
@option("--include", default="", metavar="PATH")
@option("--as-of", default=None, metavar="DATE")
@option("--strict", is_flag=True)
@common_options
def plan(
    session: Session, files: tuple[str, ...], since: str, files_from: str, shards: int, format_: str, output: Path | None,
    include: str, as_of: str | None, strict: bool,
) -> int:  # fmt: skip
    """Print the shards; 0, or 2 where workspace.yaml is wrong."""
    from govsite.cli.workspace import OUT, find_workspace, load_workspace, request_for
    from govsite.files.revision import GitError, run_git
    from govsite.pipeline.inventories import INVENTORIES
    from govsite.pipeline.parallel import default_jobs
    from govsite.pipeline.request import Request
    from govsite.pipeline.shards import Change, changed_files, pack_shards, touched_sites
    from govsite.pipeline.workspace import met_members
    from govsite.problems.problem import Severity
    from govsite.report.shards import WRITERS, PlanReport, ShardRow, SiteRow

    root = find_workspace(session)
    workspace, found = load_workspace(session, root, os.environ)
    if any(finding.severity is Severity.ERROR for finding in found):
        print_findings(session, found)
        return 2
    changes: list[Change] | None = None
    try:
        if since:
            changes = changed_files(root, since)
        prefix = run_git(root, "rev-parse", "--show-prefix").decode().strip()
    except GitError as error:
        if since:
            raise UsageProblem(session.t("plan.git", detail=str(error))) from error
        prefix = ""
    named = [*files, *(_lines(session, files_from) if files_from else ())]
    if named:
        changes = [*(changes or ()), *(Change(_inside(root, name)) for name in named)]
    elif files_from:
        changes = changes or []
    base = Request(root, None, default_jobs(), as_of=judged_day(session, as_of), environ=os.environ)
    with met_members(
        workspace, lambda member: request_for(root, root / OUT, base, member), frozenset(), root / INVENTORIES
    ) as met:
        packed = pack_shards(touched_sites(root, workspace, met, changes), shards)
    options = (*(("--as-of", as_of) if as_of else ()), *(("--strict",) if strict else ()))
    members = tuple((member.folder, member.place) for member in workspace.members)
    rows = tuple(
        ShardRow(one.number, tuple(SiteRow(*site) for site in one.sites), one.cost) for one in packed
    )
    text = WRITERS[format_](PlanReport(rows, members, prefix, options, include), session.t)
    if output is None:
        click.echo(text, nl=False)
    else:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_text(text, encoding="utf-8", newline="\n")
    return 0


def _lines(session: Session, file: str) -> list[str]:
    """Names of files, one a line, from a file or from standard input (`-`). Raises `UsageProblem`."""
    try:
        text = sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageProblem(session.t("plan.unreadable", file=file)) from error
    return [line.strip() for line in text.splitlines() if line.strip()]


def _inside(root: Path, name: str) -> str:
    """A file as named from here, or from the workspace, relative to the workspace."""
    clean = name.replace("\\", "/").removeprefix("./")
    for place in (Path(os.path.abspath(name)), root / clean):  # noqa: PTH100
        if place.is_relative_to(root) and (place.exists() or place == root / clean):
            return place.relative_to(root).as_posix()
    return clean
