"""govsite export: the catalog, a list or a document as a file for Excel, Word, print or programs."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from govsite.cli.common import Session, UsageProblem, common_options, judged_day, require_site
from govsite.cli.tabular import deliver
from govsite.cli.words import SpeakingCommand, option
from govsite.frozen import dataclass
from govsite.hanzi.doc_number import parse_doc_number
from govsite.pipeline.build import Request
from govsite.pipeline.parallel import default_jobs
from govsite.pipeline.survey import survey_site
from govsite.vocab.catalog_table import catalog_table
from govsite.vocab.terms import kinds, term_list

if TYPE_CHECKING:
    from govsite.render.context import RenderContext

FORMATS = ("xlsx", "csv", "json", "docx", "pdf")
_TABLES = ("xlsx", "csv", "json")
_PAPERS = ("docx", "pdf")


@dataclass(frozen=True, slots=True)
class _Found:
    """What was named. name: for the file; formats: that it can have; make: format to bytes."""

    name: str
    formats: tuple[str, ...]
    make: Callable[[str], bytes]


@click.command("export", cls=SpeakingCommand, help="cli.export")
@click.argument("what", metavar="WHAT")
@option("--format", "format_", type=click.Choice(FORMATS), default=None, of="export")
@option("--out", type=click.Path(path_type=Path, dir_okay=False), default=None, metavar="FILE", of="export")
@option("--font", "fonts", multiple=True, metavar="FACE=FILE")
@option("--as-of", default=None, metavar="DATE")
@common_options
def export(
    session: Session,
    what: str,
    format_: str | None,
    out: Path | None,
    fonts: tuple[str, ...],
    as_of: str | None,
) -> int:
    """Write WHAT to a file; 0 when it was written."""
    from govsite.messages.catalogue import translator
    from govsite.paper.pdf import PdfFontError
    from govsite.render.context import RenderContext

    site = require_site(session)
    faces = _fonts(session, fonts)
    request = Request(
        site,
        None,
        int(os.environ.get("GOVSITE_JOBS") or default_jobs()),
        judged_day(session, as_of),
        environ=os.environ,
    )
    with survey_site(request) as survey:
        context = RenderContext(survey.site, survey.settings, translator("zh"), survey.body)
        found = _find(session, context, what, faces)
        form = format_ or (out.suffix.lstrip(".").lower() if out else "") or found.formats[0]
        if form not in found.formats:
            raise UsageProblem(
                session.t("cli.export.format", what=what, formats="、".join(found.formats), format=form)
            )
        try:
            content = found.make(form)
        except PdfFontError as error:
            raise UsageProblem(session.t("cli.export.font", reason=str(error))) from error
    deliver(session, content, out or Path(f"{found.name}.{form}"))
    return 0


def _fonts(session: Session, words: tuple[str, ...]) -> dict[str, Path]:
    from govsite.paper.layout import layout

    known = {word: face for face, names in layout().faces.items() for word in (face, names["label"])}
    faces: dict[str, Path] = {}
    for word in words:
        name, _, file = word.partition("=")
        face = known.get(name, "")
        if not face or not Path(file).is_file():
            raise UsageProblem(session.t("cli.export.font", reason=word))
        faces[face] = Path(file)
    return faces


def _find(session: Session, context: RenderContext, what: str, fonts: dict[str, Path]) -> _Found:
    name, _, rest = what.strip().rstrip("/").partition("/")
    if name in catalog_table().called:
        return _catalog(session, context, what, rest, fonts)
    listed = _list(context, what)
    if listed:
        return listed
    return _document(session, context, what, fonts)


def _catalog(
    session: Session, context: RenderContext, what: str, rest: str, fonts: dict[str, Path]
) -> _Found:
    from govsite.render.listfiles import catalog_list
    from govsite.render.paper import catalog_file
    from govsite.render.workbook import catalogs_xlsx

    all_of_them = [domain.id for domain in context.site.assembly.domains]
    term = term_list("domains").find(rest) if rest else None
    chosen = [term.id if term else rest] if rest else all_of_them
    if not chosen or not set(chosen) <= set(all_of_them):
        raise UsageProblem(session.t("cli.export.unknown", what=what))

    def make(form: str) -> bytes:
        if form == "xlsx":
            return catalogs_xlsx(context, chosen, complete=True)
        if form in _PAPERS:
            return catalog_file(context, chosen, form, fonts)
        return catalog_list(context, chosen, form)

    return _Found(rest or session.t("export.catalog"), ("xlsx", "docx", "csv", "json", "pdf"), make)


def _list(context: RenderContext, what: str) -> _Found | None:
    from govsite.render.listfiles import list_file

    columns, documents = context.site.columns, context.site.documents
    column = columns.get(what) or next((one for one in columns.values() if one.name == what), None)
    kind = next((one for one in kinds().values() if what in {one.id, one.label, one.folder}), None)
    if column:
        title, keys = column.name, context.site.members.get(column.id, ())
    elif kind:
        newest = sorted(
            (one for one in documents.values() if one.kind == kind.id),
            key=lambda one: (one.published, one.key),
        )
        title, keys = kind.label, tuple(one.key for one in reversed(newest))
    else:
        return None
    return _Found(title, _TABLES, lambda form: list_file(context, title, keys, form))


def _document(session: Session, context: RenderContext, what: str, fonts: dict[str, Path]) -> _Found:
    from govsite.render.paper import document_file

    number = parse_doc_number(what)
    path = what.replace("\\", "/").removeprefix("./").removeprefix("content/")
    found = [
        document
        for document in context.site.documents.values()
        if path in {document.id, document.key, document.file.removeprefix("content/"), document.index_no}
        or (number and getattr(document.details, "doc_no", "") == str(number))
    ]
    if not found:
        raise UsageProblem(session.t("cli.export.unknown", what=what))
    if len(found) > 1:
        names = "、".join(document.file for document in found)
        raise UsageProblem(session.t("cli.export.ambiguous", what=what, found=names))
    key = found[0].key
    name = found[0].id.rpartition("/")[2]
    return _Found(name, _PAPERS, lambda form: document_file(context, key, form, fonts))
