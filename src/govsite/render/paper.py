"""A document and a catalog on paper: Word and PDF in the layout of official documents (公文), offered beside the page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from html import escape
from html.parser import HTMLParser
from pathlib import Path

from govsite.hanzi.dates import chinese_date
from govsite.model.addresses import document_path
from govsite.model.body import Body
from govsite.model.catalog import CatalogItem
from govsite.model.document import Document
from govsite.paper.layout import Line, Paper, PaperCell, PaperTable
from govsite.render.catalog import (
    catalog_columns,
    channel_boxes,
    further_keys,
    further_text,
    merged_levels,
    tick_text,
)
from govsite.render.context import RenderContext
from govsite.vocab.keys import record_keys
from govsite.vocab.terms import label_of

FORMATS = ("docx", "pdf")
_RECIPIENTS = re.compile(r"^[^。；]{2,200}[:：]$")
_CLASSES = {"signed-by": "signer", "signed-on": "date", "release": "release"}
_HEADINGS = ("heading1", "heading2", "heading3", "heading4", "heading4")
_NUMBERED = re.compile(
    r"^[一二三四五六七八九十]+、|^第[一二三四五六七八九十百]+[编章]|^[（(][一二三四五六七八九十]+[)）]|^第.+节"
)
_WIDTHS = {
    "no": 1.2,
    "level": 2.2,
    "content": 6,
    "basis": 6,
    "deadline": 3,
    "subject": 3,
    "channels": 6,
    "tick": 1.1,
}


def paper_path(document: Document, form: str) -> str:
    """Where the file lies: beside the page."""
    return document_path(document.kind, document.id).removesuffix(".html") + f".{form}"


def offered_forms(context: RenderContext, document: Document) -> tuple[str, ...]:
    """Formats in which a document is offered: those of the site's settings, for policies that are shown whole."""
    if document.kind != "policy" or document.key in context.site.assembly.expired:
        return ()
    return context.settings.downloads


def document_file(context: RenderContext, key: str, form: str, fonts: dict[str, Path] | None = None) -> bytes:
    """A document as `docx` or `pdf`. Raises PdfFontError where a font file cannot be used."""
    return _set(document_paper(context, key), form, fonts)


def _width(cells: Sequence[PaperCell | None]) -> float:
    """How much room a column wants: more for longer texts, within reason."""
    longest = max((len(cell.text) / cell.columns for cell in cells if cell), default=0.0)
    return max(2.0, min(14.0, float(longest**0.6)))


def catalog_file(
    context: RenderContext, domains: Sequence[str], form: str, fonts: dict[str, Path] | None = None
) -> bytes:
    """Tables of some domains, one after the other, as `docx` or `pdf`."""
    papers = [catalog_paper(context, domain) for domain in domains]
    parts = tuple(part for paper in papers for part in paper.parts)
    return _set(replace(papers[0], parts=parts), form, fonts)


def _set(paper: Paper, form: str, fonts: dict[str, Path] | None) -> bytes:
    if form == "docx":
        from govsite.paper.word import word_file

        return word_file(paper)
    from govsite.paper.pdf import pdf_file

    return pdf_file(paper, fonts)


def document_paper(context: RenderContext, key: str) -> Paper:
    """The layout of a document: 版头, title, body, attachments before the signature, where it is from."""
    document = context.site.documents[key]
    details = document.details
    number = str(getattr(details, "doc_no", ""))
    issuers = context.issuers(document)
    parts: list[Line | PaperTable] = []
    if number:
        parts += [Line("\n".join(issuers), "mark"), Line(number, "number")]
    parts.append(Line(document.title, "title"))
    reader = _BodyReader()
    reader.feed(_html(context, context.body(key)))
    reader.close()
    body = reader.parts
    if body and isinstance(body[0], Line) and _RECIPIENTS.match(body[0].text):
        body[0] = Line(body[0].text, "recipients")
    parts += _with_attachments(context, body, document)
    written = str(getattr(details, "written", ""))
    if not reader.is_signed and written:
        parts += [*(Line(name, "signer") for name in issuers), Line(chinese_date(written), "date")]
    parts.append(Line(_origin(context, document), "note"))
    day = written or document.published[:10]
    return Paper(document.title, "、".join(issuers), day, tuple(parts))


def _with_attachments(
    context: RenderContext, body: list[Line | PaperTable], document: Document
) -> list[Line | PaperTable]:
    """The list of attachments one line below the text, above the signature (GB/T 9704-2012, 7.3.4)."""
    names = [file.name for file in document.attachments]
    if not names:
        return body
    label = context.t("paper.attachments")
    if len(names) == 1:
        lines = [Line(label + names[0], "attachment")]
    else:
        lines = [
            Line(f"{label if not at else '　　　'}{at + 1}. {name}", "attachment")
            for at, name in enumerate(names)
        ]
    place = next(
        (at for at, part in enumerate(body) if isinstance(part, Line) and part.kind == "signer"), len(body)
    )
    return [*body[:place], *lines, *body[place:]]


def _origin(context: RenderContext, document: Document) -> str:
    identity = context.settings.site
    address = identity.address_prefix + document_path(document.kind, document.id) if identity.domain else ""
    return context.t(
        "paper.origin", site=identity.name, day=chinese_date(document.published), address=address
    ).rstrip("　 ")


def _html(context: RenderContext, body: Body) -> str:
    pieces = []
    for part in body.parts:
        if isinstance(part, str):
            pieces.append(part)
        elif part.kind == "image":
            pieces.append(context.t("paper.picture", alt=escape(part.extra)) if part.extra else "")
        elif part.kind == "table":
            pieces.append("<div>")
        else:
            pieces.append(part.inner)
    return "".join(pieces)


class _BodyReader(HTMLParser):
    """Our own HTML of a body to lines and tables."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[Line | PaperTable] = []
        self.is_signed = False
        self._text: list[str] = []
        self._kind = "body"
        self._strong = 0
        self._lists: list[int] = []
        self._rows: list[list[PaperCell | None]] | None = None
        self._covered: dict[tuple[int, int], bool] = {}
        self._head = 0
        self._spans = (1, 1)
        self._level = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in {"p", "h2", "h3", "h4", "h5", "h6"}:
            self._flush()
            self._kind = _CLASSES.get(given.get("class", ""), "body") if tag == "p" else tag
        elif tag in {"ul", "ol"}:
            self._flush()
            start = given.get("start", "1")
            self._lists.append(int(start) if tag == "ol" and start.isdecimal() else (1 if tag == "ol" else 0))
        elif tag == "li":
            self._flush()
            self._kind = "item"
            number = self._lists[-1] if self._lists else 0
            self._text.append(f"{number}. " if number else "")
            if number:
                self._lists[-1] += 1
        elif tag == "br":
            self._text.append("\n")
        elif tag == "table":
            self._flush()
            self._rows, self._covered, self._head = [], {}, 0
        elif tag == "tr" and self._rows is not None:
            self._rows.append([])
        elif tag in {"td", "th"} and self._rows is not None:
            self._text = []
            self._spans = (int(given.get("rowspan", "1")), int(given.get("colspan", "1")))

    def handle_endtag(self, tag: str) -> None:
        if tag in {"p", "h2", "h3", "h4", "h5", "h6", "li"}:
            self._flush()
        elif tag in {"ul", "ol"} and self._lists:
            self._flush()
            self._lists.pop()
        elif tag == "strong" and self._rows is None:
            text = "".join(self._text)
            if not self._strong:
                self._strong = len(text.lstrip("\n"))
        elif tag == "thead" and self._rows is not None:
            self._head = len(self._rows)
        elif tag in {"td", "th"} and self._rows is not None:
            self._end_cell()
        elif tag == "table" and self._rows is not None:
            self._end_table()

    def handle_data(self, data: str) -> None:
        self._text.append(data.replace("\n", "" if self._rows is None else " ") if data.strip() else "")

    def _end_cell(self) -> None:
        rows = self._rows or []
        row, number = rows[-1], len(rows) - 1
        while (number, len(row)) in self._covered:
            row.append(None)
        text = "".join(self._text).strip()
        self._text = []
        down, across = self._spans
        column = len(row)
        for at in range(number, number + down):
            for other in range(column, column + across):
                self._covered[at, other] = True
        row.append(PaperCell(text, down, across, len(text) <= 6))
        row += [None] * (across - 1)

    def _end_table(self) -> None:
        rows = self._rows or []
        width = max((len(row) for row in rows), default=0)
        for number, row in enumerate(rows):
            while len(row) < width:
                row.append(None if (number, len(row)) in self._covered else PaperCell(""))
        widths = [_width([row[at] for row in rows]) for at in range(width)]
        if width:
            self.parts.append(
                PaperTable(tuple(tuple(row) for row in rows), max(1, self._head), tuple(widths))
            )
        self._rows = None

    def _flush(self) -> None:
        if self._rows is not None:
            return
        text = "".join(self._text).strip()
        strong, self._text, self._strong = self._strong, [], 0
        kind, self._kind = self._kind, "body"
        if not text:
            return
        if kind == "signer":
            self.is_signed = True
        outline = 0
        if kind.startswith("h"):
            level = int(kind[1]) - 2
            outline = level + 1
            is_inner = level == 0 and not _NUMBERED.match(text)
            self._level = 1 if is_inner or (level == 0 and self._level == 1 and is_inner) else self._level
            kind = "inner_title" if is_inner else _HEADINGS[max(0, level - self._level)]
        self.parts.append(Line(text, kind, strong if kind == "body" else 0, outline))


def catalog_paper(context: RenderContext, domain_id: str) -> Paper:
    """The national table of a domain: merged head, ■ and □, √; behind it what else the catalog says."""
    domain = next(found for found in context.site.assembly.domains if found.id == domain_id)
    columns = catalog_columns(domain)
    title = domain.basis_document or context.t("view.catalog_title", domain=domain.label)
    further = further_keys(domain)
    head, widths = _catalog_head(columns, further)
    levels = merged_levels(domain.items, columns["levels"])
    rows = [*head]
    for item, cells in zip(domain.items, levels, strict=True):
        names = tuple(PaperCell(cell.text, cell.span) if cell.span else None for cell in cells)
        rows.append((PaperCell(item.no, is_centred=True), *names, *_item_cells(item, columns, further)))
    table = PaperTable(tuple(rows), 2, tuple(widths))
    parts = (Line(title, "table_title"), table)
    return Paper(
        title, context.settings.site.publisher, context.site.assembly.as_of, parts, is_landscape=True
    )


def _catalog_head(
    columns: dict[str, tuple[str, ...]], further: tuple[str, ...]
) -> tuple[list[tuple[PaperCell | None, ...]], list[float]]:
    words = record_keys("catalog_item").by_word
    upper: list[PaperCell | None] = [PaperCell(words["no"].label, 2)]
    lower: list[PaperCell | None] = [None]
    widths = [_WIDTHS["no"]]

    def group(label: str, parts: list[str], width: float) -> None:
        upper.append(PaperCell(label, 1, len(parts)))
        upper.extend([None] * (len(parts) - 1))
        lower.extend(PaperCell(part) for part in parts)
        widths.extend([width] * len(parts))

    group(
        record_keys("catalog").by_word["items"].label,
        [words[level].label for level in columns["levels"]],
        _WIDTHS["level"],
    )
    for key in ("content", "basis", "deadline", "subject", "channels"):
        upper.append(PaperCell(words[key].label, 2))
        lower.append(None)
        widths.append(_WIDTHS[key])
    for key in ("audience", "mode", "tier"):
        group(words[key].label, [label_of(key, value) for value in columns[key]], _WIDTHS["tick"])
    for key in further:
        upper.append(PaperCell(words[key].label, 2))
        lower.append(None)
        widths.append(_WIDTHS["level"])
    return [tuple(upper), tuple(lower)], widths


def _item_cells(
    item: CatalogItem, columns: dict[str, tuple[str, ...]], further: tuple[str, ...]
) -> list[PaperCell]:
    content = "\n".join(("●" if element.required else "") + element.text for element in item.content)
    boxes = " ".join(f"{'■' if chosen else '□'}{label}" for label, chosen in channel_boxes(item.channels))
    cells = [
        PaperCell(text)
        for text in (content, "\n".join(item.basis), item.deadline_text, "、".join(item.subject), boxes)
    ]
    for group in ("audience", "mode", "tier"):
        cells += [
            PaperCell(tick_text(item, group, value, noted=True), is_centred=True) for value in columns[group]
        ]
    return cells + [PaperCell(further_text(item, key)) for key in further]
