"""Paper as PDF: the only door to reportlab. The same paper gives the same bytes.

Without fonts of its own a PDF names those of GB/T 9704 and embeds nothing: Windows has them, other readers put their
own Chinese font in their place; every character is one em wide in all of them, so the layout holds. Where a site
gives font files (`下载: 字体`), they are embedded.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from copy import deepcopy
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT, TA_RIGHT
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import cidfonts, pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont
from reportlab.platypus import (
    BaseDocTemplate,
    Frame,
    HRFlowable,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

from govsite.paper.layout import LineStyle, Paper, PaperTable, layout

_ALIGN = {"left": TA_LEFT, "centre": TA_CENTER, "right": TA_RIGHT, "both": TA_JUSTIFY}
_MODEL = "STSong-Light"
"""The font of reportlab's own list that the named ones are modelled on."""


class PdfFontError(Exception):
    """A font file that cannot be embedded. detail: of the library."""


def pdf_file(paper: Paper, fonts: Mapping[str, Path] | None = None) -> bytes:
    """The file's bytes. fonts: TrueType files by face (`fangsong`, `hei` …). Raises PdfFontError."""
    names = _register(fonts or {})
    buffer = io.BytesIO()
    page = layout().page
    size = landscape(A4) if paper.is_landscape else A4
    left, top = (15.0, 20.0) if paper.is_landscape else (page["left"], page["top"])
    width = size[0] / mm - 2 * left if paper.is_landscape else page["text_width"]
    height = size[1] / mm - top - 18 if paper.is_landscape else page["text_height"]
    document = BaseDocTemplate(
        buffer, pagesize=size, title=paper.title, author=paper.author, subject="", creator="govsite", lang="zh-CN", invariant=1
    )  # fmt: skip
    frame = Frame(left * mm, size[1] - (top + height) * mm, width * mm, height * mm, 0, 0, 0, 0)
    document.addPageTemplates(
        PageTemplate("page", [frame], onPage=_numbering(names, left, width, size[1] - (top + height) * mm))
    )
    flow: list[Any] = []
    for part in paper.parts:
        if isinstance(part, PaperTable):
            flow += _table(part, names, width)
        else:
            style = layout().lines[part.kind]
            text = escape(part.text).replace("\n", "<br/>")
            if part.strong:
                head, rest = escape(part.text[: part.strong]), escape(part.text[part.strong :])
                text = f'<font name="{names["hei"]}">{head}</font>{rest}'
            flow.append(Paragraph(text or "&nbsp;", _style(part.kind, style, names)))
            if style.rule:
                flow.append(HRFlowable("100%", 1.5, color=colors.red, spaceBefore=6, spaceAfter=style.after))
    document.build(flow or [Spacer(1, 1)])
    return buffer.getvalue()


def _numbering(names: Mapping[str, str], left: float, width: float, bottom: float) -> Any:
    def draw(canvas: Any, document: Any) -> None:
        style = layout().page_number
        text = f"— {document.page} —"
        canvas.setFont(names[style.face], style.size)
        y = bottom - 7 * mm - style.size
        if document.page % 2:
            canvas.drawRightString((left + width) * mm - style.size, y, text)
        else:
            canvas.drawString(left * mm + style.size, y, text)

    return draw


def _style(kind: str, style: LineStyle, names: Mapping[str, str]) -> ParagraphStyle:
    return ParagraphStyle(
        kind,
        fontName=names[style.face],
        fontSize=style.size,
        leading=style.spacing or max(layout().spacing, style.size * 1.3),
        alignment=_ALIGN[style.align],
        firstLineIndent=style.size * style.indent,
        rightIndent=style.size * style.right,
        spaceBefore=style.before,
        spaceAfter=0 if style.rule else style.after,
        textColor=colors.red if style.red else colors.black,
        wordWrap="CJK",
        keepWithNext=bool(style.heading),
    )


def _table(table: PaperTable, names: Mapping[str, str], width: float) -> list[Any]:
    columns = max(len(row) for row in table.rows)
    widths = table.widths or (1.0,) * columns
    rows: list[list[Any]] = []
    styles: list[tuple[Any, ...]] = [
        ("GRID", (0, 0), (-1, -1), 0.5, colors.black),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("LEFTPADDING", (0, 0), (-1, -1), 3),
        ("RIGHTPADDING", (0, 0), (-1, -1), 3),
    ]
    for number, row in enumerate(table.rows):
        is_head = number < table.head
        cells: list[Any] = []
        for column, cell in enumerate(row):
            if cell is None:
                cells.append("")
                continue
            look = layout().head_cell if is_head else layout().cell
            style = _style("cell", look, names)
            style.alignment = TA_CENTER if is_head or cell.is_centred else TA_LEFT
            cells.append(Paragraph(escape(cell.text).replace("\n", "<br/>") or "&nbsp;", style))
            if cell.rows > 1 or cell.columns > 1:
                styles.append(("SPAN", (column, number), (column + cell.columns - 1, number + cell.rows - 1)))
        rows.append(cells)
    room = [width * mm * one / sum(widths) for one in widths]
    return [Table(rows, room, repeatRows=table.head, style=TableStyle(styles)), Spacer(1, 12)]


def _register(fonts: Mapping[str, Path]) -> dict[str, str]:
    """Names of the registered fonts by face."""
    names = {}
    for face, words in layout().faces.items():
        file = fonts.get(face) or fonts.get("song" if face == "title" else "fangsong")
        names[face] = _embedded(face, file) if file else _named(words["pdf"])
    return names


@cache
def _embedded(face: str, file: Path) -> str:
    try:
        pdfmetrics.registerFont(TTFont(f"govsite-{face}", file, subfontIndex=0))
    except (TTFError, OSError, ValueError, KeyError) as error:
        raise PdfFontError(f"{file.name}: {error}") from error
    return f"govsite-{face}"


@cache
def _named(name: str) -> str:
    """Register a font that is named and not embedded."""
    pdfmetrics.registerFont(_NamedFont(name))
    return name


class _NamedFont(cidfonts.UnicodeCIDFont):  # type: ignore[misc] # reportlab has no types
    """A Chinese font of the reader's own: ideographs one em wide, Latin letters half of it (Adobe-GB1, UniGB-UCS2)."""

    def __init__(self, name: str) -> None:
        super().__init__(_MODEL)
        self.name = self.fontName = name
        self.unicodeWidths = dict.fromkeys(map(chr, range(32, 127)), 500)

    def addObjects(self, doc: Any) -> None:  # noqa: N802 - reportlab's name
        """Write the font's dictionaries into a document."""
        info = deepcopy(cidfonts.CIDFontInfo[_MODEL])
        info["BaseFont"] = f"/{self.name}-UniGB-UCS2-H"
        descendant = info["DescendantFonts"][0]
        descendant["BaseFont"] = descendant["FontDescriptor"]["FontName"] = f"/{self.name}"
        descendant["W"] = [1, 95, 500]
        internal = f"F{len(doc.fontMapping) + 1}"
        info["Name"], info["Encoding"] = f"/{internal}", f"/{self.encodingName}"
        reference = doc.Reference(cidfonts.structToPDF(info), internal)
        doc.idToObject["BasicFonts"].dict[internal] = reference
        doc.fontMapping[self.name] = f"/{internal}"
