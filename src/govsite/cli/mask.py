"""govsite mask: proposes masks for one file, and writes them."""

from __future__ import annotations

import csv
from pathlib import Path

import click

from govsite.check.masking import Mask, Masked, mask_csv, mask_source, with_subject
from govsite.check.privacy.document import document_context, phones_in
from govsite.check.privacy.leak import PrivacyContext
from govsite.check.privacy.source import find_in_source
from govsite.cli.common import Session, UsageProblem, common_options
from govsite.cli.words import SpeakingCommand, option
from govsite.frozen import dataclass
from govsite.load.read import read_source
from govsite.model.sources import Source, SourceFile
from govsite.settings.names import CONFIG_FILE
from govsite.settings.read import read_settings
from govsite.source.text import decode_text
from govsite.validate.context import Context
from govsite.validate.document import check_document
from govsite.validate.organisations import check_organisations
from govsite.vocab.terms import kind_by_folder

_SOURCES = (".md", ".markdown", ".yaml", ".yml")
_HEAD_LINES = 12
_ORGANISATIONS = "content/organisations.yaml"


@dataclass(frozen=True, slots=True)
class _Task:
    """What to mask. context: of the site the file stands in; body_line: lines before the Markdown body."""

    file: Path
    data: bytes
    context: PrivacyContext


@click.command("mask", cls=SpeakingCommand, help="cli.mask")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@option("--diff", is_flag=True)
@option("--write", is_flag=True)
@common_options
def mask(session: Session, file: Path, diff: bool, write: bool) -> int:
    """Mask one file; 0 nothing to mask, or written and clean, 1 masks proposed or something left."""
    if diff and write:
        raise UsageProblem(session.t("mask.one_of_two"))
    try:
        task = _Task(file, file.read_bytes(), _context(session.site))
    except OSError as error:
        raise UsageProblem(session.t("mask.no_file", file=file.as_posix())) from error
    masked = _masked(session, task)
    if not masked.masks:
        if not session.quiet:
            click.echo(session.t("mask.clean", file=file.as_posix()))
        return 0
    for proposal in masked.masks:
        click.echo(_line(session, proposal))
    if not write:
        click.echo(session.t("mask.proposed", count=len(masked.masks), file=file.as_posix()))
        return 1
    return _write(session, task, masked)


def _masked(session: Session, task: _Task) -> Masked:
    """The file with its masks. Raises `UsageProblem` for what cannot be masked."""
    suffix = task.file.suffix.lower()
    about = with_subject(task.context, f"{task.file.stem} {_offered_by(session.site, task.file)}")
    try:
        if suffix_is_source(task.file):
            return _masked_source(session, task)
        if suffix in {".csv", ".tsv"}:
            from govsite.attachments.gather import BrokenError

            try:
                return mask_csv(task.data, about)
            except BrokenError as error:
                raise ValueError(error.detail) from error
        if suffix == ".xlsx":
            from govsite.check.masking_workbook import mask_workbook

            return mask_workbook(task.data, task.file.name, about)
    except (ValueError, csv.Error) as error:
        raise UsageProblem(session.t("mask.unreadable", file=task.file.as_posix())) from error
    raise UsageProblem(session.t("mask.unknown_type", suffix=suffix or "?"))


def _masked_source(session: Session, task: _Task) -> Masked:
    text = decode_text(task.data)
    if not isinstance(text, str):
        raise UsageProblem(session.t("mask.unreadable", file=task.file.as_posix()))
    lines = text.split("\n")
    source = _source(session.site, task.file)
    context, body_line = task.context, 0
    if source is not None:
        document = check_document(source, Context()).document
        context = document_context(document, context) if document else context
        body_line = source.body_line if source.body else len(lines)
    new, masks = mask_source(lines, body_line, context)
    left = [Mask("", item.leak.kind, item.leak.masked) for item in find_in_source(new, context)]
    end = "\r\n" if b"\r\n" in task.data else "\n"
    data = end.join(new).encode("utf-8-sig" if task.data.startswith(b"\xef\xbb\xbf") else "utf-8")
    return Masked(data, tuple(masks), tuple(left))


def _write(session: Session, task: _Task, masked: Masked) -> int:
    """Write what is masked, read it again from the disk, and tell."""
    is_copy = task.file.suffix.lower() == ".xlsx"
    ending = session.t("mask.copy_ending") if is_copy else ""
    target = task.file.with_name(f"{task.file.stem}{ending}{task.file.suffix}")
    target.write_bytes(masked.data)
    about = with_subject(task.context, _offered_by(session.site, task.file))
    again = _masked(session, _Task(target, target.read_bytes(), about))
    left = [*masked.left, *again.masks]
    click.echo(session.t("mask.written", file=target.as_posix(), count=len(masked.masks)))
    for item in left:
        click.echo(_line(session, item))
    click.echo(
        session.t("mask.left", count=len(left))
        if left
        else session.t("mask.opened_clean", file=target.as_posix())
    )
    if is_copy and not left:
        click.echo(session.t("mask.replace", old=task.file.name, new=target.name))
    return 1 if left else 0


def _line(session: Session, proposal: Mask) -> str:
    return session.t(
        "mask.line",
        place=proposal.place,
        kind=session.t(f"mask.kind.{proposal.kind}"),
        masked=proposal.masked,
    )


def _offered_by(site: Path, file: Path) -> str:
    """The heads of documents that name the file: what its lists are about."""
    content = site / "content"
    if suffix_is_source(file) or not content.is_dir() or content.resolve() not in file.resolve().parents:
        return ""
    name = file.name.removesuffix(file.suffix).encode()
    heads = []
    for source in sorted(content.rglob("*.md")):
        data = source.read_bytes()
        if name in data:
            text = decode_text(data)
            heads += text.split("\n")[:_HEAD_LINES] if isinstance(text, str) else []
    return " ".join(heads)


def suffix_is_source(file: Path) -> bool:
    """Whether a file is a source by its name."""
    return file.suffix.lower() in _SOURCES


def _context(site: Path) -> PrivacyContext:
    """Declared phones of the site the command is called in; none where there is no site."""
    if not (site / CONFIG_FILE).is_file():
        return PrivacyContext()
    settings, _ = read_settings(site, {})
    phones = [settings.site.phone]
    if (site / _ORGANISATIONS).is_file():
        source, _, _ = read_source(site, SourceFile(_ORGANISATIONS, "organisations", 0))
        organisations = check_organisations(source)[0] if source else ()
        phones += [number for one in organisations for number in (one.phone, one.fax)]
    return PrivacyContext(phones_in(phones))


def _source(site: Path, file: Path) -> Source | None:
    """The file as a source of the site, None where it is none."""
    try:
        path = file.resolve().relative_to(site.resolve()).as_posix()
    except ValueError:
        return None
    parts = path.split("/")
    kind = kind_by_folder().get(parts[1]) if len(parts) > 2 and parts[0] == "content" else None
    return read_source(site, SourceFile(path, kind.id, 0))[0] if kind else None
