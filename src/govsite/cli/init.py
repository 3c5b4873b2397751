"""govsite init: a new site that builds."""

from __future__ import annotations

from pathlib import Path

import click

from govsite.cli.common import Session, UsageProblem, common_options, judged_day, today_in_china
from govsite.cli.scaffold import CI_FILES, write_ci, write_scaffold
from govsite.cli.words import SpeakingCommand, option
from govsite.settings.names import CONFIG_FILE
from govsite.vocab.terms import label_of, term_list

_NAMES = {
    "town": "示例镇人民政府",
    "county": "示例县人民政府",
    "department": "示例县某某局",
    "village": "示例村村民委员会",
}
_PATHS = {"town": "/shilizhen/", "county": "/", "department": "/", "village": "/shilicun/"}


@click.command("init", cls=SpeakingCommand, help="cli.init")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@option("--profile", type=click.Choice([term.label for term in term_list("tier").terms]), default="乡级")
@option("--title", default="")
@option("--ci", type=click.Choice(list(CI_FILES)), default=None)
@common_options
def init(session: Session, folder: Path, profile: str, title: str, ci: str | None) -> int:
    """Write a site of the given profile into a new or empty folder; or the file of a CI into a site that is there."""
    if ci and (folder / CONFIG_FILE).is_file():
        written = write_ci(folder, ci)
        if not written:
            raise UsageProblem(session.t("cli.init.ci_exists", path=CI_FILES[ci][0]))
        _tell(session, folder, written)
        click.echo(session.t("cli.init.ci_next"))
        return 0
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageProblem(session.t("cli.folder_not_empty", folder=folder.as_posix()))
    term = term_list("tier").find(profile)
    tier = term.id if term else "town"
    facts = {
        "name": title or _NAMES[tier],
        "tier": label_of("tier", tier),
        "path": _PATHS[tier],
        "today": judged_day(session, None) or today_in_china(),
    }
    _tell(session, folder, write_scaffold(folder, tier, facts) + (write_ci(folder, ci) if ci else []))
    click.echo(session.t("cli.init.done", folder=folder.as_posix()))
    click.echo(session.t("cli.init.next", folder=folder.as_posix()))
    if ci:
        click.echo(session.t("cli.init.ci_next"))
    return 0


def _tell(session: Session, folder: Path, paths: list[str]) -> None:
    if not session.quiet:
        for path in paths:
            click.echo(f"  {folder.as_posix()}/{path}")
