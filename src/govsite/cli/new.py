"""govsite new: a document that passes the checks, asked for key by key."""

from __future__ import annotations

import os
import sys
from datetime import datetime
from pathlib import Path

import click

from govsite.cli.common import CHINA, Session, UsageProblem, common_options, print_findings, require_site
from govsite.cli.words import SpeakingCommand, option
from govsite.source.scalars import yaml_scalar
from govsite.vocab.keys import Key, keys_of
from govsite.vocab.terms import kinds, term_list

_TODAY = ("published", "written")
_PUBLIC = "主动公开"
_NEEDED_TOO = {"interpretation": ("interprets",), "policy": ("doc_no",)}


@click.command("new", cls=SpeakingCommand, help="cli.new")
@click.argument("kind", metavar="KIND")
@option("--title", default="")
@option("--set", "assignments", multiple=True, metavar="KEY=VALUE")
@common_options
def new(session: Session, kind: str, title: str, assignments: tuple[str, ...]) -> int:
    """Write a new document; asks for what is missing where there is a terminal."""
    site = require_site(session)
    known = {word: record for record in kinds().values() for word in (record.id, record.label, record.folder)}
    if kind not in known or known[kind].format != "markdown":
        names = "、".join(
            f"{record.id}（{record.label}）" for record in kinds().values() if record.format == "markdown"
        )
        raise UsageProblem(session.t("cli.new.unknown_kind", kind=kind, kinds=names))
    record = known[kind]
    values = _assigned(session, record.id, assignments)
    if title:
        values["title"] = title
    _complete(session, record.id, values)
    path = _free_path(site, record.folder)
    if record.id == "policy" and "index_no" not in values:
        _allocate(session, site, path, values)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_text(record.id, values), encoding="utf-8", newline="\n")
    click.echo(session.t("cli.new.done", path=path.relative_to(site).as_posix()))
    return _report(session, site, path, record.id)


def _allocate(session: Session, site: Path, path: Path, values: dict[str, str]) -> None:
    """An 索引号 by the site's rule."""
    from govsite.intake.index_numbers import allocate
    from govsite.settings.read import read_settings

    identity = read_settings(site, os.environ)[0].site
    day = values.get("written") or values.get("published", "")
    name = f"{path.relative_to(site).as_posix()} {values.get('title', '')}"
    number = allocate(site, identity.index_rule, identity.id_code, day, name)
    if number:
        values["index_no"] = number
        click.echo(session.t("intake.note.index_no", value=number))


def _report(session: Session, site: Path, path: Path, kind: str) -> int:
    """What is wrong with the new document, said at once: 1 where it would not pass."""
    from govsite.load.read import read_source
    from govsite.model.sources import SourceFile
    from govsite.problems.problem import Severity, grade
    from govsite.problems.rules import severities
    from govsite.validate.context import Context
    from govsite.validate.document import check_document

    source, problems, _ = read_source(site, SourceFile(path.relative_to(site).as_posix(), kind, 0))
    if source is not None:
        problems += check_document(source, Context({})).problems
    findings = [one for one in grade(problems, severities()) if one.severity > Severity.NOTICE]
    print_findings(session, findings)
    return int(any(one.severity is Severity.ERROR for one in findings))


def _assigned(session: Session, kind: str, assignments: tuple[str, ...]) -> dict[str, str]:
    values = {}
    for assignment in assignments:
        word, mark, value = assignment.partition("=")
        key = keys_of(kind).by_word.get(word.strip())
        if not mark:
            raise UsageProblem(session.t("cli.new.bad_set"))
        if key is None:
            raise UsageProblem(session.t("cli.new.unknown_key", kind=kinds()[kind].label, key=word))
        values[key.id] = value.strip()
    return values


def _needed(kind: str) -> list[Key]:
    also = _NEEDED_TOO.get(kind, ())
    return [key for key in keys_of(kind).keys if key.need != "never" or key.id in also]


def _complete(session: Session, kind: str, values: dict[str, str]) -> None:
    """Fill in what has an obvious value, ask for the rest on a terminal, refuse to guess elsewhere."""
    today = datetime.now(CHINA).date().isoformat()
    missing = []
    for key in _needed(kind):
        if key.id in values:
            continue
        default = today if key.id in _TODAY else _PUBLIC if key.id == "disclosure" else ""
        if sys.stdin.isatty():
            values[key.id] = str(click.prompt(_question(key), default=default or None, err=True))
        elif default:
            values[key.id] = default
        else:
            missing.append(key.label)
    if missing:
        raise UsageProblem(session.t("cli.new.missing", keys="、".join(missing)))


def _question(key: Key) -> str:
    group = key.type.partition(":")[2] if key.type.startswith(("term:", "terms:")) else ""
    choices = "／".join(term_list(group).labels()) if group else ""
    return f"{key.label}（{choices or key.help}）" if choices or key.help else key.label


def _free_path(site: Path, folder: str) -> Path:
    """`content/<folder>/<year>/<date>-<n>.md`, the first number that is free."""
    today = datetime.now(CHINA).date()
    parent = site / "content" / folder / str(today.year)
    number = 1
    while (path := parent / f"{today:%Y%m%d}-{number}.md").exists():
        number += 1
    return path


def _text(kind: str, values: dict[str, str]) -> str:
    lines = [f"{key.label}: {yaml_scalar(values[key.id])}" for key in keys_of(kind).keys if key.id in values]
    body = "（正文）"
    return "---\n" + "\n".join(lines) + f"\n---\n\n{body}\n"
