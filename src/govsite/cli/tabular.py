"""What commands that print a table share: formats, `--output`."""

from __future__ import annotations

from pathlib import Path

import click

from govsite.cli.common import Session, UsageProblem
from govsite.report.tables import Table, csv_table, json_table, text_table

FORMATS = ("text", "csv", "xlsx", "json")


def deliver(session: Session, content: str | bytes, output: Path | None) -> None:
    """Print, or write to `--output`. Bytes need a file."""
    if output is None:
        if isinstance(content, bytes):
            raise UsageProblem(session.t("cli.needs_output"))
        click.echo(content, nl=False)
        return
    output.write_bytes(content if isinstance(content, bytes) else content.encode())
    if not session.quiet:
        click.echo(session.t("cli.written", path=output.as_posix()), err=True)


def shaped(table: Table, format_: str) -> str | bytes:
    """The table in one of `FORMATS`."""
    if format_ == "xlsx":
        from govsite.report.workbook import xlsx_table

        return xlsx_table(table)
    return {"text": text_table, "csv": csv_table, "json": json_table}[format_](table)
