"""govsite ledger: who reviewed what and when; below it, what was public when (`prove`, `verify`)."""

from __future__ import annotations

import os
from pathlib import Path

import click

from govsite.cli.common import Session, common_options, judged_day, require_site
from govsite.cli.tabular import FORMATS, deliver, shaped
from govsite.cli.words import SpeakingGroup, option
from govsite.messages.catalogue import Translate

_KEYS = ("file", "title", "published", "stage", "by", "on", "conclusion", "binding", "signature", "digest")
_WIDE = ("title", "digest")  # left out where a line has to fit a terminal


@click.group(
    "ledger",
    cls=SpeakingGroup,
    help="cli.ledger",
    modules=("prove", "verify"),
    inside="ledger_",
    invoke_without_command=True,
    no_args_is_help=False,
)
@option("--as-of", default=None, metavar="DATE")
@option("--format", "format_", type=click.Choice(FORMATS), default="text")
@option("--output", type=click.Path(path_type=Path), default=None, metavar="FILE")
@common_options
def ledger(session: Session, as_of: str | None, format_: str, output: Path | None) -> int:
    """List the records of review; always 0: `check` is what judges."""
    if click.get_current_context().invoked_subcommand:
        return 0
    from govsite.check.review.ledger import ledger_entries
    from govsite.pipeline.build import Request
    from govsite.pipeline.parallel import default_jobs
    from govsite.pipeline.reading import file_digester
    from govsite.pipeline.survey import survey_site
    from govsite.report.tables import Table
    from govsite.vocab.review import stage_labels

    site = require_site(session)
    day = judged_day(session, as_of)
    jobs = int(os.environ.get("GOVSITE_JOBS") or default_jobs())
    with survey_site(Request(site, None, jobs, environ=os.environ)) as survey:
        entries = list(ledger_entries(survey.site, survey.settings.review, file_digester(site), day))
    if not entries and format_ == "text" and output is None:
        click.echo(session.t("review.ledger.empty"))
        return 0
    plain = format_ == "json"
    keys = tuple(key for key in _KEYS if format_ != "text" or key not in _WIDE)
    rows = []
    for entry in entries:
        row = {key: str(getattr(entry, key)) for key in _KEYS}
        if not plain:
            row["stage"] = stage_labels()[entry.stage]
            row |= _state_words(entry.binding, entry.signature, session.t)
        rows.append(tuple(row[key] for key in keys))
    heads = tuple(session.t(f"review.column.{key}") for key in keys)
    table = Table(session.t("review.ledger.title"), keys, heads, tuple(rows))
    deliver(session, shaped(table, format_), output)
    return 0


def _state_words(binding: str, signature: str, t: Translate) -> dict[str, str]:
    return {"binding": t(f"review.binding.{binding}"), "signature": t(f"review.signature.{signature}")}
