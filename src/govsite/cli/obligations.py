"""govsite obligations: what the catalog owes on the website, and how it stands."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import click

from govsite.check.duties.agenda import Entry, agenda
from govsite.check.duties.inspection import Inspection
from govsite.check.duties.obligations import STATES
from govsite.cli.common import Session, common_options, judged_day, require_site, today_in_china
from govsite.cli.tabular import FORMATS, deliver, shaped
from govsite.cli.words import SpeakingCommand, option
from govsite.messages.catalogue import Translate
from govsite.pipeline.build import Request
from govsite.pipeline.parallel import default_jobs
from govsite.pipeline.survey import survey_site
from govsite.report.icalendar import Due, render_calendar
from govsite.report.tables import Table

_KEYS = ("domain", "id", "name", "unit", "deadline", "due", "state", "newest", "documents", "column")


@click.command("obligations", cls=SpeakingCommand, help="cli.obligations")
@option("--as-of", default=None, metavar="DATE")
@option("--domain", default="")
@option("--unit", default="")
@option("--due", default=None, metavar="DATE")
@option("--state", multiple=True, type=click.Choice(STATES))
@option("--format", "format_", type=click.Choice([*FORMATS, "ics"]), default="text")
@option("--output", type=click.Path(path_type=Path), default=None, metavar="FILE")
@common_options
def obligations(
    session: Session,
    as_of: str | None,
    domain: str,
    unit: str,
    due: str | None,
    state: tuple[str, ...],
    format_: str,
    output: Path | None,
) -> int:
    """List obligations by domain, unit, due day; always 0: `check` is what judges."""
    site = require_site(session)
    limit = judged_day(session, due) if due else ""
    request = Request(
        site,
        None,
        int(os.environ.get("GOVSITE_JOBS") or default_jobs()),
        judged_day(session, as_of) or today_in_china(),
        environ=os.environ,
    )
    with survey_site(request) as survey:
        today = survey.site.assembly.as_of
        inspection = Inspection.of(survey.site, survey.settings, today, survey.body, survey.lines)
        found = [
            one
            for one in agenda(inspection)
            if domain in {"", one.domain, one.group}
            and unit in {"", one.unit}
            and (not limit or (one.due and one.due <= limit))
            and (not state or one.state in state)
        ]
        name = survey.settings.site.name
    if format_ == "ics":
        deliver(session, _calendar(found, name, today, session.t), output)
        return 0
    deliver(session, shaped(_table(found, session.t, plain=format_ == "json"), format_), output)
    if format_ == "text" and output is None and not session.quiet:
        click.echo(_summary(found, session.t))
    return 0


def _table(found: Sequence[Entry], t: Translate, *, plain: bool) -> Table:
    """plain: states as programs name them."""
    rows = tuple(
        tuple(
            t(f"duty.state.{one.state}") if key == "state" and not plain else getattr(one, key)
            for key in _KEYS
        )
        for one in found
    )
    return Table(t("duty.obligations.title"), _KEYS, tuple(t(f"duty.column.{key}") for key in _KEYS), rows)


def _summary(found: Sequence[Entry], t: Translate) -> str:
    if not found:
        return t("duty.obligations.none")
    counts = {state: sum(one.state == state for one in found) for state in STATES}
    states = "，".join(f"{t(f'duty.state.{state}')} {number}" for state, number in counts.items() if number)
    return t("duty.obligations.summary", total=len(found), states=states)


def _calendar(found: Sequence[Entry], name: str, today: str, t: Translate) -> str:
    entries = [
        Due(
            f"{one.group}-{one.id}-{one.due}",
            one.due,
            t("duty.calendar.title", item=one.name, deadline=one.deadline),
            f"{one.domain} · {one.unit} · {t(f'duty.state.{one.state}')}",
        )
        for one in found
        if one.due
    ]
    return render_calendar(t("duty.calendar.name", site=name), entries, today)
