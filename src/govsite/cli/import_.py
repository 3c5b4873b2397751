"""govsite import: Word, Excel, web pages, PDF and text to sources, with a report of what is to be verified."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from govsite.cli.common import (
    Session,
    UsageProblem,
    common_options,
    judged_day,
    require_site,
    today_in_china,
)
from govsite.cli.words import SpeakingCommand, option
from govsite.vocab.catalog_table import catalog_table
from govsite.vocab.terms import kinds, term_list

if TYPE_CHECKING:
    from govsite.intake.bring import Brought
    from govsite.intake.notes import Note
    from govsite.messages.catalogue import Translate

_SHOWN = 40
"""Notes of one file that are printed; `--report` holds all."""
_WEIGHTS = ("check", "lost", "said")


@click.command("import", cls=SpeakingCommand, help="cli.import")
@click.argument(
    "files",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    nargs=-1,
    required=True,
    metavar="FILE…",
)
@option("--as", "kind", default="", metavar="KIND")
@option("--to", default="", metavar="PATH")
@option("--clean", is_flag=True, of="import")
@option("--dry-run", is_flag=True)
@option("--report", type=click.Path(path_type=Path, dir_okay=False), default=None, metavar="FILE")
@option("--domain", default="", of="import")
@option("--replace", is_flag=True)
@common_options
def import_(
    session: Session, files: tuple[Path, ...], kind: str, to: str, clean: bool, dry_run: bool, report: Path | None,
    domain: str, replace: bool,
) -> int:  # fmt: skip
    """Import files; 0 when something was imported of each, 1 when a file was refused or held nothing."""
    from govsite.intake.bring import Wishes, bring
    from govsite.intake.read import read_material
    from govsite.settings.read import read_settings

    site = require_site(session)
    chosen = _kind(session, kind)
    target = _target(session, site, to, files)
    identity = read_settings(site, os.environ)[0].site
    numbering = (identity.index_rule, identity.id_code)
    results: list[tuple[Brought, list[str]]] = []
    for file in files:
        material = read_material(file, file.name)
        wishes = Wishes(
            chosen,
            target,
            clean,
            replace,
            _domain(domain),
            judged_day(session, None) or today_in_china(),
            file.resolve().parent,
            numbering,
            _numbers(results),
        )
        brought = bring(material, site, wishes)
        written = [] if dry_run else _write(site, brought)
        results.append((brought, written))
        _print(session, brought, dry_run=dry_run)
    if not dry_run and not session.quiet and any(brought.files for brought, _ in results):
        click.echo(session.t("intake.report.next"))
    if report:
        _report(session, report, [brought for brought, _ in results])
    return 0 if all(brought.files for brought, _ in results) else 1


def _numbers(results: Sequence[tuple[Brought, list[str]]]) -> frozenset[str]:
    """索引号 given out so far: a dry run writes none down."""
    notes = (note for brought, _ in results for note in brought.notes if note.kind == "index_no")
    return frozenset(dict(note.facts)["value"] for note in notes)


def _kind(session: Session, word: str) -> str:
    if not word or word in catalog_table().called:
        return "catalog" if word else ""
    known = {
        name: one.id for one in kinds().values() for name in (one.id, one.label) if one.format == "markdown"
    }
    if word not in known:
        names = "、".join(f"{one.id}（{one.label}）" for one in kinds().values() if one.format == "markdown")
        raise UsageProblem(session.t("cli.import.unknown_kind", kind=word, kinds=names))
    return known[word]


def _target(session: Session, site: Path, to: str, files: Sequence[Path]) -> str:
    if not to:
        return ""
    full = (site / to).resolve() if not Path(to).is_absolute() else Path(to).resolve()
    content = (site / "content").resolve()
    if full != content and content not in full.parents:
        raise UsageProblem(session.t("cli.import.outside", path=to))
    if len(files) > 1 and full.suffix in {".md", ".markdown"}:
        raise UsageProblem(session.t("cli.import.several"))
    return full.relative_to(site.resolve()).as_posix()


def _domain(word: str) -> str:
    term = term_list("domains").find(word) if word else None
    return term.label if term else word


def _write(site: Path, brought: Brought) -> list[str]:
    written = []
    for path, data in brought.files.items():
        file = site / path
        if file.is_file() and file.read_bytes() == data:
            continue
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
        written.append(path)
    return written


def note_words(note: Note, t: Translate) -> str:
    """A note in words."""
    facts = dict(note.facts)
    refused, _, fault = note.kind.partition(":")
    if fault:
        reason = t(f"intake.fault.{fault}", detail=facts.get("detail", ""))
        return t("intake.note.refused" if refused == "refused" else "intake.note.fault", reason=reason)
    return t(f"intake.note.{note.kind}", **facts)


def _print(session: Session, brought: Brought, *, dry_run: bool) -> None:
    from govsite.intake.bring import counted
    from govsite.intake.notes import placed

    t = session.t
    for path in brought.files:
        if "/.import/" not in path and not session.quiet:
            click.echo(t("intake.report.would" if dry_run else "intake.report.written", path=path))
    for kind, facts in [*brought.titles, *brought.said]:
        click.echo(t(f"intake.report.{kind}", **facts))
    shown = [
        note
        for weight in _WEIGHTS
        for note in brought.notes
        if note.weight == weight and (weight != "said" or session.verbose)
    ]
    for note in shown[:_SHOWN]:
        click.echo(
            f"  {t(f'intake.weight.{note.weight}')} {placed(brought.name, note.place)}：{note_words(note, t)}"
        )
    if len(shown) > _SHOWN:
        click.echo("  " + t("intake.report.more", count=len(shown) - _SHOWN))
    if brought.changes and not session.quiet:
        click.echo(t("intake.report.diff"))
        for line in brought.changes:
            click.echo(f"  {line}")
    click.echo(t("intake.report.counts", **counted(brought.notes)))


def _report(session: Session, file: Path, results: Sequence[Brought]) -> None:
    t = session.t
    file.parent.mkdir(parents=True, exist_ok=True)
    if file.suffix.lower() == ".json":
        records = [
            {
                "file": brought.name,
                "sources": [path for path in brought.files if "/.import/" not in path],
                "notes": [
                    {"weight": note.weight, "kind": note.kind, "place": note.place, "facts": dict(note.facts), "message": note_words(note, t)}
                    for note in brought.notes
                ],
                "diff": brought.changes,
            }
            for brought in results
        ]  # fmt: skip
        file.write_text(
            json.dumps({"version": 1, "imports": records}, ensure_ascii=False, indent=1) + "\n",
            encoding="utf-8",
        )
        return
    lines = [f"# {t('intake.report.title')}", ""]
    for brought in results:
        lines += [f"## {brought.name}", ""]
        lines += [
            f"- {t('intake.report.written', path=path)}" for path in brought.files if "/.import/" not in path
        ]
        lines += [
            f"- {t(f'intake.report.{kind}', **facts)}" for kind, facts in [*brought.titles, *brought.said]
        ]
        for weight in _WEIGHTS:
            notes = [note for note in brought.notes if note.weight == weight]
            if notes:
                lines += ["", f"### {t(f'intake.weight.{weight}')}", ""]
                lines += [
                    f"- {note.place}{'：' if note.place else ''}{note_words(note, t)}" for note in notes
                ]
        if brought.changes:
            lines += ["", f"### {t('intake.report.diff')}", "", "```diff", *brought.changes, "```"]
        lines.append("")
    file.write_text("\n".join(lines), encoding="utf-8", newline="\n")
