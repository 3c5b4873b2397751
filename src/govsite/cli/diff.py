"""govsite diff: what really changes, told to whoever approves."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import click

from govsite.cli.common import Session, UsageProblem, common_options, judged_day, require_site
from govsite.cli.words import SpeakingCommand, option
from govsite.model.addresses import MANIFEST
from govsite.model.changes import SiteState
from govsite.settings.names import CONFIG_FILE
from govsite.settings.read import read_settings


@click.command("diff", cls=SpeakingCommand, help="cli.diff")
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW", default=".")
@option("--format", "format_", type=click.Choice(["text", "json", "html"]), default="text")
@option("--output", type=click.Path(path_type=Path), default=None, metavar="FILE")
@option("--as-of", default=None, metavar="DATE")
@common_options
def diff(session: Session, old: str, new: str, format_: str, output: Path | None, as_of: str | None) -> int:
    """Compare two states; always 0, for a difference is no problem."""
    from govsite.compare.compare import compare_states
    from govsite.report.changes import changes_json, changes_text
    from govsite.report.changes_html import changes_html

    day = judged_day(session, as_of)
    if _is_build(old) != _is_build(new):
        raise UsageProblem(session.t("diff.mixed"))
    sides = [_state(session, word, day) for word in (old, new)]
    changes = compare_states(*sides)
    if format_ == "json":
        text = changes_json(changes)
    elif format_ == "html":
        settings, _ = read_settings(session.site, os.environ)
        text = changes_html(changes, settings.site.name or "govsite", session.lang)
    else:
        text = changes_text(changes, session.t)
    if output is None:
        click.echo(text, nl=False)
    else:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_text(text, encoding="utf-8", newline="\n")
        if not session.quiet:
            click.echo(session.t("diff.written", path=output.as_posix()))
    return 0


def _is_build(word: str) -> bool:
    return word != "." and (Path(word) / MANIFEST).is_file()


def _state(session: Session, word: str, day: str) -> SiteState:
    from govsite.files.revision import GitError, commit_of, unpack_revision
    from govsite.pipeline.parallel import default_jobs
    from govsite.pipeline.request import Request
    from govsite.pipeline.snapshot import state_of_build, state_of_sources

    jobs = int(os.environ.get("GOVSITE_JOBS") or default_jobs())
    folder = Path(word)
    if _is_build(word):
        return state_of_build(folder, word)
    if word != "." and (folder / CONFIG_FILE).is_file():
        return state_of_sources(
            Request(folder, None, jobs, as_of=day, environ=os.environ), word, session.lang
        )
    site = require_site(session)
    if word == ".":
        name = session.t("diff.working_tree")
        return state_of_sources(Request(site, None, jobs, as_of=day, environ=os.environ), name, session.lang)
    with tempfile.TemporaryDirectory(prefix="govsite-diff-") as place:
        try:
            commit = commit_of(site, word)
            unpack_revision(site, commit, Path(place))
        except GitError as error:
            raise UsageProblem(session.t("diff.unknown", word=word, reason=error)) from error
        short = commit[:10]
        name = word if commit.startswith(word) and len(word) >= 7 else f"{word}（{short}）"
        request = Request(Path(place), None, jobs, as_of=day, environ=os.environ)
        return state_of_sources(request, name, session.lang)
