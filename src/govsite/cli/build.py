"""govsite build: the whole road."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from govsite.cli.common import (
    Session,
    UsageProblem,
    common_options,
    findings_text,
    has_colour,
    judged_day,
    require_site,
    tell_memory,
    tell_workspace,
)
from govsite.cli.costs import profiled, tell_costs
from govsite.cli.progress import ProgressLine
from govsite.cli.words import SpeakingCommand, option
from govsite.load.folders import look_at_content
from govsite.pipeline.parallel import default_jobs
from govsite.pipeline.request import Request, memory_folder
from govsite.pipeline.standing import Standing, standing_site

if TYPE_CHECKING:
    from govsite.pipeline.outcome import Outcome


@click.command("build", cls=SpeakingCommand, help="cli.build")
@option("--out", type=click.Path(path_type=Path), default=None, metavar="DIR")
@option("--jobs", "-j", type=click.IntRange(1, 64), default=None, metavar="N")
@option("--clean", is_flag=True)
@option("--verify", is_flag=True)
@option("--strict", is_flag=True)
@option("--as-of", default=None, metavar="DATE")
@option("--timings", is_flag=True)
@option(
    "--profile", type=click.Path(path_type=Path, dir_okay=False), default=None, metavar="FILE", of="build"
)
@option("--format", "format_", type=click.Choice(["text", "json"]), default="text")
@option("--scheduler", default="", metavar="dask://HOST:PORT")
@option("--workspace", is_flag=True)
@option("--member", multiple=True, metavar="FOLDER")
@option("--join", is_flag=True)
@common_options
def build(
    session: Session,
    out: Path | None,
    jobs: int | None,
    clean: bool,
    verify: bool,
    strict: bool,
    as_of: str | None,
    timings: bool,
    profile: Path | None,
    format_: str,
    scheduler: str,
    workspace: bool,
    member: tuple[str, ...],
    join: bool,
) -> int:
    """Build the site; 0 clean, 1 problems at or above `fail_on`."""
    if workspace:
        from govsite.cli.workspace import OUT, Order, build_workspace, find_workspace

        root = find_workspace(session)
        with working_at(session, scheduler, root) as workers:
            base = Request(
                site=root, out=None, jobs=max(workers, 2) if workers else _jobs(jobs), as_of=judged_day(session, as_of),
                strict=strict, environ=os.environ, memory=root, clean=clean,
            )  # fmt: skip
            order = Order(base, member, join, verify, timings, format_)
            work = partial(build_workspace, session, root, (out or root / OUT).resolve(), order)
            return profiled(profile, work)
    if member or join:
        raise UsageProblem(session.t("workspace.together"))
    site = require_site(session)
    named = out or (
        Path(os.environ["GOVSITE_OUT"]) if os.environ.get("GOVSITE_OUT") else site / "build" / "site"
    )
    line = ProgressLine(session.t, quiet=session.quiet or format_ == "json")
    request = Request(
        site=site, out=named, jobs=_jobs(jobs),
        as_of=judged_day(session, as_of), strict=strict, environ=os.environ, progress=line,
        memory=memory_folder(site, named), clean=clean, words=f"{format_}.{session.lang}.{has_colour():d}",
        tell=partial(_told, session, format_),
    )  # fmt: skip
    if not (profile or verify or scheduler):
        request = replace(request, content=look_at_content(site))
        standing = standing_site(request)
        if standing is not None:
            return _tell_again(session, standing, named, format_, timings=timings)
    from govsite.pipeline.build import build_site

    if profile:  # one process: what others do is not seen
        request = replace(request, jobs=1)
    with working_at(session, scheduler, site) as workers:
        if workers:  # who work elsewhere may see this machine's folders from another one
            request = replace(
                request, jobs=max(workers, 2), site=site.resolve(), out=named.resolve(),
                memory=memory_folder(site.resolve(), named.resolve()),
            )  # fmt: skip
        outcome = profiled(profile, lambda: build_site(request))
    line.clear()
    tell_memory(session, outcome)
    if format_ == "text":
        tell_workspace(session, "build", seeks_neighbours=outcome.seeks_neighbours)
    click.echo(outcome.told, nl=False)
    if format_ == "text":
        _tell_end(session, named, outcome.documents, outcome.pages, is_written=outcome.written)
    if timings:
        tell_costs(session, outcome.timings)
    if verify and outcome.written and not _verify(session, request):
        return 1
    return outcome.exit_code


def _jobs(jobs: int | None) -> int:
    return jobs or int(os.environ.get("GOVSITE_JOBS") or default_jobs())


@contextmanager
def working_at(session: Session, scheduler: str, folder: Path) -> Iterator[int]:
    """Have the scheduler's workers do the work; how many they are, 0 for this machine's own processes."""
    if not scheduler:
        yield 0
        return
    from govsite.pipeline.cluster import SCHEME, ClusterError, on_cluster

    if not scheduler.startswith(SCHEME):
        raise UsageProblem(session.t("cluster.address", found=scheduler))
    try:
        with on_cluster(scheduler, folder.resolve()) as workers:
            yield workers
    except ClusterError as error:
        raise UsageProblem(session.t(f"cluster.{error.reason}", detail=error.detail)) from error


def _told(session: Session, format_: str, outcome: Outcome) -> str:
    if format_ == "text":
        return findings_text(session, outcome.findings)
    from govsite.report.records import findings_json

    return findings_json(outcome.findings, outcome.documents, outcome.pages, session.lang)


def _tell_again(session: Session, standing: Standing, out: Path, format_: str, *, timings: bool) -> int:
    """Say of a site in which nothing has changed what was said of it."""
    if format_ == "text":
        tell_workspace(session, "build", seeks_neighbours=standing.seeks_neighbours)
    click.echo(standing.told, nl=False)
    if format_ == "text":
        _tell_end(session, out, standing.documents, standing.pages, is_written=True)
    if timings:
        tell_costs(session, standing.timings)
    return standing.exit_code


def _tell_end(session: Session, out: Path, documents: int, pages: int, *, is_written: bool) -> None:
    if not is_written:
        click.echo(session.t("cli.not_built"))
    elif not session.quiet:
        shown = _shown_path(out)
        click.echo(session.t("cli.built", documents=documents, pages=pages, out=shown))
        click.echo(session.t("cli.open", path=_shown_path(out / "index.html")))


def _shown_path(path: Path) -> str:
    try:
        return path.resolve().relative_to(Path.cwd().resolve()).as_posix()
    except ValueError:
        return path.as_posix()


def _verify(session: Session, request: Request) -> bool:
    """Build once more in one process and compare every byte."""
    from govsite.pipeline.verify import compare_builds

    different, files = compare_builds(replace(request, jobs=1, memory=None))
    key = "cli.not_verified" if different else "cli.verified"
    click.echo(session.t(key, path=different, files=files))
    return not different
