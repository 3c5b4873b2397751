"""govsite stats: how much is published, where, when, and in which forms it is interpreted."""

from __future__ import annotations

import os
from pathlib import Path

import click

from govsite.check.duties.inspection import Inspection
from govsite.check.duties.statistics import figures
from govsite.cli.common import Session, common_options, judged_day, require_site, today_in_china
from govsite.cli.tabular import FORMATS, deliver, shaped
from govsite.cli.words import SpeakingCommand, option
from govsite.pipeline.build import Request
from govsite.pipeline.parallel import default_jobs
from govsite.pipeline.survey import survey_site
from govsite.report.tables import Table

_KEYS = ("group", "name", "number")


@click.command("stats", cls=SpeakingCommand, help="cli.stats")
@option("--as-of", default=None, metavar="DATE")
@option("--format", "format_", type=click.Choice(FORMATS), default="text")
@option("--output", type=click.Path(path_type=Path), default=None, metavar="FILE")
@common_options
def stats(session: Session, as_of: str | None, format_: str, output: Path | None) -> int:
    """Print figures of the site."""
    site = require_site(session)
    request = Request(
        site,
        None,
        int(os.environ.get("GOVSITE_JOBS") or default_jobs()),
        judged_day(session, as_of) or today_in_china(),
        environ=os.environ,
    )
    t = session.t
    with survey_site(request) as survey:
        inspection = Inspection.of(
            survey.site, survey.settings, survey.site.assembly.as_of, survey.body, survey.lines
        )
        rows = tuple(
            (
                t(f"duty.stats.{figure.group}"),
                t("duty.stats.unit_year", unit=figure.name, year=figure.year) if figure.year else figure.name,
                figure.number,
            )
            for figure in figures(inspection)
        )
    heads = tuple(t(f"duty.stats.{key}") for key in _KEYS)
    deliver(session, shaped(Table(t("duty.stats.title"), _KEYS, heads, rows), format_), output)
    return 0
