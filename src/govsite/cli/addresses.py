"""govsite addresses: what was published, where it is now, and what a server must know of it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import click

from govsite.check.addresses import AddressEntry, address_entries
from govsite.cli.common import Session, UsageProblem, common_options, require_site
from govsite.cli.tabular import FORMATS, deliver, shaped
from govsite.cli.words import SpeakingCommand, option
from govsite.model.addresses import PUBLISHED_FILE
from govsite.pipeline.build import Request
from govsite.pipeline.parallel import default_jobs
from govsite.pipeline.recording import record_addresses
from govsite.pipeline.survey import survey_site
from govsite.report.server_rules import SERVERS, server_rules
from govsite.report.tables import Table

_KEYS = ("address", "state", "target")
_SHOWN = ("new", "moved", "withdrawn", "expired", "vanished")


@click.command("addresses", cls=SpeakingCommand, help="cli.addresses")
@option("--write", is_flag=True)
@option("--rules", type=click.Choice(SERVERS), default=None)
@option("--format", "format_", type=click.Choice(FORMATS), default="text")
@option("--output", type=click.Path(path_type=Path), default=None, metavar="FILE")
@common_options
def addresses(session: Session, write: bool, rules: str | None, format_: str, output: Path | None) -> int:
    """List addresses, record them (`--write`), or print a server's rules; 0 in each case: `check` is what judges."""
    site = require_site(session)
    jobs = int(os.environ.get("GOVSITE_JOBS") or default_jobs())
    with survey_site(Request(site, None, jobs, environ=os.environ)) as survey:
        entries = address_entries(survey.site)
        prefix = survey.settings.site.path
    if rules:
        moves = [(one.address, one.target) for one in entries if one.state == "moved"]
        gone = [one.address for one in entries if one.state == "withdrawn"]
        deliver(session, server_rules(rules, prefix, moves, gone), output)
        return 0
    if write:
        return _record(session, site, entries)
    found = [one for one in entries if format_ != "text" or one.state in _SHOWN]
    rows = tuple(
        (one.address, one.state if format_ == "json" else session.t(f"addresses.{one.state}"), one.target)
        for one in found
    )
    heads = tuple(session.t(f"addresses.column.{key}") for key in _KEYS)
    table = Table(session.t("addresses.title"), _KEYS, heads, rows)
    if rows or format_ != "text" or output:
        deliver(session, shaped(table, format_), output)
    if format_ == "text" and output is None and not session.quiet:
        click.echo(_summary(session, entries))
    return 0


def _record(session: Session, site: Path, entries: Sequence[AddressEntry]) -> int:
    """Write the record: what it held, and what is live. Nothing is ever taken out: that is what it is for."""
    live = (one.address for one in entries if one.state in {"new", "live"})
    try:
        done = record_addresses(site, live, session.t("addresses.head"))
    except OSError as error:
        raise UsageProblem(
            session.t("approve.cannot_write", path=PUBLISHED_FILE, reason=error.strerror or "")
        ) from error
    click.echo(session.t("addresses.written", file=PUBLISHED_FILE, added=done.added, total=done.total))
    return 0


def _summary(session: Session, entries: Sequence[AddressEntry]) -> str:
    counts = {state: sum(one.state == state for one in entries) for state in ("live", *_SHOWN)}
    states = "，".join(
        f"{session.t(f'addresses.{state}')} {number}" for state, number in counts.items() if number
    )
    return session.t("addresses.summary", total=len(entries), states=states)
