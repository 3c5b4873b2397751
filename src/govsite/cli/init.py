"""govsite init: a new site that builds."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from govsite.cli.common import CHINA, Session, UsageProblem, common_options
from govsite.cli.scaffold import write_scaffold
from govsite.cli.words import SpeakingCommand, option
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
@common_options
def init(session: Session, folder: Path, profile: str, title: str) -> int:
    """Write a site of the given profile into a new or empty folder."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageProblem(session.t("cli.folder_not_empty", folder=folder.as_posix()))
    term = term_list("tier").find(profile)
    tier = term.id if term else "town"
    facts = {
        "name": title or _NAMES[tier],
        "tier": label_of("tier", tier),
        "path": _PATHS[tier],
        "today": datetime.now(CHINA).date().isoformat(),
    }
    for path in write_scaffold(folder, tier, facts):
        if not session.quiet:
            click.echo(f"  {folder.as_posix()}/{path}")
    click.echo(session.t("cli.init.done", folder=folder.as_posix()))
    click.echo(session.t("cli.init.next", folder=folder.as_posix()))
    return 0
