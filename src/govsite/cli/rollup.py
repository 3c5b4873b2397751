"""govsite rollup: the tables of a county's annual report, added up from its members'."""

from __future__ import annotations

from pathlib import Path

import click

from govsite.cli.common import Session, UsageProblem, common_options, print_findings, require_site
from govsite.cli.tabular import FORMATS, deliver, shaped
from govsite.cli.words import SpeakingCommand, option


@click.command("rollup", cls=SpeakingCommand, help="cli.rollup")
@click.argument("year", type=click.IntRange(2008, 2200))
@option("--format", "format_", type=click.Choice([*FORMATS, "yaml"]), default="yaml")
@option("--output", type=click.Path(path_type=Path), default=None, metavar="FILE")
@common_options
def rollup(session: Session, year: int, format_: str, output: Path | None) -> int:
    """Add up `members/YEAR/*.yaml`; 1 where a member's report has errors, which are printed instead."""
    from govsite.check.duties.rollup import LETTERS, cells_text, check_rollup, sum_tables
    from govsite.pipeline.members import MEMBERS, read_members
    from govsite.pipeline.reading import source_reader
    from govsite.pipeline.request import Request
    from govsite.pipeline.survey import survey_site
    from govsite.problems.problem import Severity, grade
    from govsite.problems.rules import severities
    from govsite.report.tables import Table
    from govsite.vocab.annual import annual_table
    from govsite.vocab.keys import keys_of

    site = require_site(session)
    members, problems = read_members(site)
    chosen = members.get(year, [])
    folder = f"{MEMBERS}/{year}/"
    with survey_site(Request(site, None)) as survey:
        problems += check_rollup(survey.site, {year: chosen}, source_reader(site)) if chosen else []
        grades = severities(survey.settings.severities)
    own = [problem for problem in problems if problem.span and problem.span.file.startswith(folder)]
    findings = grade(own, grades)
    print_findings(session, findings) if findings else None
    if any(finding.severity is Severity.ERROR for finding in findings):
        return 1
    if not chosen:
        raise UsageProblem(session.t("rollup.none", folder=folder))
    sums = sum_tables(chosen)
    if format_ == "yaml":
        lines = [f"# {session.t('rollup.head', year=year, members=len(chosen))}"]
        for letter in LETTERS:
            lines.append(f"{keys_of('report').by_word[f'table_{letter}'].label}:")
            lines += [f"  {row.name}: {cells_text(row.numbers)}" for row in getattr(sums, letter)]
        deliver(session, "".join(f"{line}\n" for line in lines), output)
        return 0
    rows = tuple(
        (annual_table(letter).caption, row.name, cells_text(row.numbers))
        for letter in LETTERS
        for row in getattr(sums, letter)
    )
    keys = ("table", "row", "sum")
    heads = tuple(session.t(f"rollup.column.{key}") for key in keys)
    deliver(session, shaped(Table(session.t("rollup.title", year=year), keys, heads, rows), format_), output)
    return 0
