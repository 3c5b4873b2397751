"""govsite theme check: render every kind of page with samples, and say what the theme lacks."""

from __future__ import annotations

import os
from pathlib import Path

import click

from govsite.cli.common import Session, UsageProblem, common_options, print_findings
from govsite.cli.words import SpeakingCommand, option
from govsite.pipeline.theme import check_theme
from govsite.problems.problem import Severity
from govsite.settings.names import CONFIG_FILE
from govsite.settings.read import read_settings


@click.command("theme", cls=SpeakingCommand, help="cli.theme")
@click.argument("action", type=click.Choice(["check"]))
@click.argument("name", required=False, default="")
@option("--out", type=click.Path(path_type=Path), default=None, metavar="DIR")
@common_options
def theme(session: Session, action: str, name: str, out: Path | None) -> int:
    """Check a theme; 0 clean, 1 problems. Without a name it is the one that config.yaml chooses, else the built-in one."""
    chosen = name
    if not chosen and (session.site / CONFIG_FILE).is_file():
        chosen = read_settings(session.site, os.environ)[0].theme
    folder = session.site / "themes" / chosen if chosen else None
    if folder is not None and not folder.is_dir():
        raise UsageProblem(session.t("cli.theme.missing", name=chosen))
    checked = check_theme(folder, out)
    print_findings(session, checked.findings)
    if not session.quiet:
        for template in checked.unused:
            click.echo(session.t("cli.theme.unused", template=template))
        click.echo(
            session.t("cli.theme.done", name=chosen or session.t("cli.theme.built_in"), pages=checked.pages)
        )
    return 1 if any(finding.severity >= Severity.ERROR for finding in checked.findings) else 0
