"""govsite publish: build, then bring a target to the new edition."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click

from govsite.cli.common import Session, common_options, judged_day, print_findings, require_site
from govsite.cli.keys import read_private_key
from govsite.cli.progress import ProgressLine
from govsite.cli.words import SpeakingCommand, option
from govsite.files.revision import head_of
from govsite.model.addresses import PUBLISHED_FILE
from govsite.pipeline.build import Request, build_site
from govsite.pipeline.parallel import default_jobs
from govsite.pipeline.recording import record_built
from govsite.pipeline.request import memory_folder
from govsite.problems.problem import Problem, grade
from govsite.problems.rules import severities
from govsite.publish.failure import PublishError
from govsite.publish.publish import Publication, PublishRequest, publish_before
from govsite.publish.publish import publish as publish_edition
from govsite.publish.receipt import Revision
from govsite.publish.target import Target, find_target
from govsite.settings.read import read_settings

WORK = "build/publish"
_SHOWN = 20


@click.command("publish", cls=SpeakingCommand, help="cli.publish")
@click.argument("target", metavar="TARGET")
@option("--dry-run", is_flag=True)
@option("--rollback", is_flag=True)
@option("--from", "from_", type=click.Path(path_type=Path), default=None, metavar="DIR")
@option("--strict", is_flag=True)
@option("--as-of", default=None, metavar="DATE")
@option("--key", of="publish", type=click.Path(path_type=Path), default=None, metavar="FILE")
@option("--take-over", is_flag=True)
@option("--no-record", is_flag=True)
@option("--receipt", type=click.Path(path_type=Path), default=None, metavar="FILE")
@common_options
def publish(
    session: Session,
    target: str,
    dry_run: bool,
    rollback: bool,
    from_: Path | None,
    strict: bool,
    as_of: str | None,
    key: Path | None,
    take_over: bool,
    no_record: bool,
    receipt: Path | None,
) -> int:
    """Publish; 0 done, 1 problems."""
    site = require_site(session)
    settings, _ = read_settings(site, os.environ)
    folder = from_ or site / "build" / "site"
    builds = not rollback and from_ is None
    jobs = int(os.environ.get("GOVSITE_JOBS") or default_jobs())
    build = Request(
        site, folder, jobs, judged_day(session, as_of), strict=strict, environ=os.environ,
        memory=memory_folder(site, folder),
    )  # fmt: skip
    if builds and not _build(session, build):
        return 1
    private = read_private_key(session, key) if key else b""
    commit, clean = head_of(site)
    line = ProgressLine(session.t, quiet=session.quiet)
    try:
        found = find_target(target, settings.targets, site)
        request = PublishRequest(
            found, folder, site / WORK, Revision(commit, clean), take_over, private, line
        )
        done = publish_before(request) if rollback else publish_edition(request, dry_run=dry_run)
    except PublishError as error:
        line.clear()
        print_findings(session, grade([error.problem], severities()))
        return 1
    line.clear()
    if dry_run and not rollback:
        _tell_plan(session, found, done)
        return 0
    if builds and not no_record:
        _record(session, build)
    return _tell(session, found, done, site, receipt, rolled_back=rollback)


def _build(session: Session, request: Request) -> bool:
    line = ProgressLine(session.t, quiet=session.quiet)
    outcome = build_site(replace(request, progress=line))
    line.clear()
    print_findings(session, outcome.findings)
    if not outcome.written:
        click.echo(session.t("cli.not_built"))
    return outcome.written


def _record(session: Session, request: Request) -> None:
    """What is public now is owed from now on. A record that cannot be written undoes no publication: it is told."""
    try:
        done = record_built(request, session.t("addresses.head"))
    except OSError as error:
        reason = error.strerror or ""
        click.echo(session.t("approve.cannot_write", path=PUBLISHED_FILE, reason=reason), err=True)
        return
    if done is None:
        click.echo(session.t("publish.not_recorded"))
    elif done.added and not session.quiet:
        click.echo(session.t("addresses.written", file=PUBLISHED_FILE, added=done.added, total=done.total))


def _tell_plan(session: Session, target: Target, done: Publication) -> None:
    moved = done.moved
    click.echo(
        session.t(
            "publish.would", edition=done.edition, target=target.name, added=len(moved.added),
            changed=len(moved.changed), removed=len(moved.removed),
        )
    )  # fmt: skip
    for key, paths in (("added", moved.added), ("changed", moved.changed), ("removed", moved.removed)):
        _tell_paths(session, f"publish.path_{key}", paths)


def _tell_paths(session: Session, key: str, paths: Sequence[str]) -> None:
    shown = paths if session.verbose else paths[:_SHOWN]
    for path in shown:
        click.echo(session.t(key, path=path))
    if len(shown) < len(paths):
        click.echo(session.t("publish.more", count=len(paths) - len(shown)))


def _tell(
    session: Session, target: Target, done: Publication, site: Path, copy: Path | None, *, rolled_back: bool
) -> int:
    problems = [Problem.at("PUB311", None, url=target.url + path, found=found) for path, found in done.wrong]
    print_findings(session, grade(problems, severities()))
    if copy:
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(json.dumps(done.receipt, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    if session.quiet:
        return int(bool(problems))
    t, moved, checked = session.t, done.moved, done.receipt["checked"]
    facts = {
        "edition": done.edition, "target": target.name, "added": len(moved.added), "changed": len(moved.changed),
        "removed": len(moved.removed), "sent": moved.sent, "size": _size(moved.sent_bytes),
    }  # fmt: skip
    touched = moved.added or moved.changed or moved.removed or moved.before != done.edition
    click.echo(
        t("publish.rolled_back" if rolled_back else "publish.done" if touched else "publish.same", **facts)
    )
    if checked["files"]:
        click.echo(t(f"publish.checked_{checked['target']}", files=checked["files"]))
    if "online" in checked and not problems:
        click.echo(t("publish.checked_online", asked=checked["online"]["asked"]))
    if not done.receipt["commit_clean"]:
        click.echo(t("publish.dirty"))
    if done.receipt_file:
        click.echo(t("publish.receipt", path=_relative(done.receipt_file, site)))
    return int(bool(problems))


def _relative(path: Path, site: Path) -> str:
    return path.relative_to(site).as_posix() if path.is_relative_to(site) else path.as_posix()


def _size(count: int) -> str:
    return f"{count / 1_000_000:.1f} MB" if count >= 1_000_000 else f"{count / 1000:.0f} kB"
