"""Paper as a Word file (.docx): the only door to python-docx. The same paper gives the same bytes."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from govsite.paper.layout import LineStyle, Paper, PaperCell, PaperTable, layout

_ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "centre": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "both": WD_ALIGN_PARAGRAPH.JUSTIFY,
}
_RED = RGBColor(0xFF, 0, 0)
_FIXED = (1980, 1, 1, 0, 0, 0)
_DROPPED = frozenset({"docProps/thumbnail.jpeg"})


def word_file(paper: Paper) -> bytes:
    """The file's bytes."""
    document = docx.Document()
    _set_page(document, paper)
    _set_properties(document, paper)
    for part in paper.parts:
        if isinstance(part, PaperTable):
            _add_table(document, part, paper)
        else:
            style = layout().lines[part.kind]
            level = part.level or style.heading
            paragraph = document.add_paragraph(style=f"Heading {level}" if level else None)
            _format(paragraph, style)
            if part.strong:
                _run(paragraph, part.text[: part.strong], style, bold=True)
            _run(paragraph, part.text[part.strong :], style)
    buffer = io.BytesIO()
    document.save(buffer)
    return _settled(buffer.getvalue())


def _set_page(document: Any, paper: Paper) -> None:
    page = layout().page
    section = document.sections[0]
    width, height = page["width"], page["height"]
    right = width - page["left"] - page["text_width"]
    bottom = height - page["top"] - page["text_height"]
    if paper.is_landscape:
        section.orientation = WD_ORIENT.LANDSCAPE
        width, height = height, width
        section.top_margin, section.bottom_margin = Mm(20), Mm(18)
        section.left_margin = section.right_margin = Mm(15)
    else:
        section.top_margin, section.bottom_margin = Mm(page["top"]), Mm(bottom)
        section.left_margin, section.right_margin = Mm(page["left"]), Mm(right)
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.footer_distance = Mm(bottom - 7) if not paper.is_landscape else Mm(8)
    _number_pages(document, section)


def _number_pages(document: Any, section: Any) -> None:
    """`— 1 —`, at the right on odd pages, at the left on even ones (GB/T 9704-2012, 7.5)."""
    document.settings.odd_and_even_pages_header_footer = True
    for footer, align in ((section.footer, "right"), (section.even_page_footer, "left")):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.alignment = _ALIGN[align]
        style = layout().page_number
        _run(paragraph, "— ", style)
        run = _run(paragraph, "", style)
        for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
            element = OxmlElement("w:fldChar" if kind else "w:instrText")
            if kind:
                element.set(qn("w:fldCharType"), kind)
            else:
                element.text = text
            run._r.append(element)
        _run(paragraph, " —", style)


def _set_properties(document: Any, paper: Paper) -> None:
    day = datetime.fromisoformat(paper.day[:10]) if paper.day else datetime(2020, 1, 1)
    properties = document.core_properties
    properties.title, properties.author, properties.last_modified_by = (
        paper.title[:255],
        paper.author[:255],
        "",
    )
    properties.comments = ""
    properties.language = "zh-CN"
    properties.created = properties.modified = day
    properties.revision = 1


def _format(paragraph: Any, style: LineStyle) -> None:
    form = paragraph.paragraph_format
    paragraph.alignment = _ALIGN[style.align]
    form.space_before, form.space_after = Pt(style.before), Pt(style.after)
    form.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    form.line_spacing = Pt(round(style.spacing or max(layout().spacing, style.size * 1.3), 1))
    form.first_line_indent = Pt(style.size * style.indent) if style.indent else None
    if style.right:
        form.right_indent = Pt(style.size * style.right)
    form.widow_control = True
    form.keep_with_next = bool(style.heading)
    if style.rule:
        _rule_below(paragraph)


def _rule_below(paragraph: Any) -> None:
    borders = OxmlElement("w:pBdr")
    bottom = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "12"), ("space", "8"), ("color", "FF0000")):
        bottom.set(qn(f"w:{name}"), value)
    borders.append(bottom)
    paragraph._p.get_or_add_pPr().append(borders)


def _run(paragraph: Any, text: str, style: LineStyle, *, bold: bool = False) -> Any:
    run = paragraph.add_run(text)
    face = layout().faces[style.face]["word"]
    run.font.size = Pt(style.size)
    run.font.bold = bold or style.bold
    run.font.name = "Times New Roman"
    run._r.get_or_add_rPr().rFonts.set(qn("w:eastAsia"), face)
    run.font.color.rgb = _RED if style.red else RGBColor(0, 0, 0)
    return run


def _add_table(document: Any, table: PaperTable, paper: Paper) -> None:
    columns = max(len(row) for row in table.rows)
    grid = document.add_table(len(table.rows), columns, style="Table Grid")
    grid.alignment = WD_TABLE_ALIGNMENT.CENTER
    grid.autofit = False
    room = 297 - 30 if paper.is_landscape else layout().page["text_width"]
    widths = table.widths or (1.0,) * columns
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = Mm(room * width / sum(widths))
    for number, row in enumerate(table.rows):
        if number < table.head:
            repeated = OxmlElement("w:tblHeader")
            repeated.set(qn("w:val"), "true")
            grid.rows[number]._tr.get_or_add_trPr().append(repeated)
        cells = grid.rows[number].cells
        for column, cell in enumerate(row):
            cells[column].width = Mm(room * widths[column] / sum(widths))
            if cell is not None:
                _fill(grid, number, column, cell, is_head=number < table.head)
    document.add_paragraph()


def _fill(grid: Any, row: int, column: int, cell: PaperCell, *, is_head: bool) -> None:
    style = layout().head_cell if is_head else layout().cell
    field = grid.cell(row, column)
    if cell.rows > 1 or cell.columns > 1:
        field = field.merge(grid.cell(row + cell.rows - 1, column + cell.columns - 1))
    field.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    for index, line in enumerate(cell.text.split("\n")):
        paragraph = field.paragraphs[0] if index == 0 else field.add_paragraph()
        paragraph.alignment = _ALIGN["centre" if is_head or cell.is_centred else "left"]
        form = paragraph.paragraph_format
        form.space_before = form.space_after = Pt(0)
        form.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        form.line_spacing = Pt(style.spacing)
        _run(paragraph, line, style)


def _settled(data: bytes) -> bytes:
    """The same package with its parts in order and without the time of day."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for info in source.infolist():
            if info.filename in _DROPPED:
                continue
            entry = zipfile.ZipInfo(info.filename, _FIXED)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            entry.create_system = 3
            content = source.read(info)
            if info.filename in {"_rels/.rels", "[Content_Types].xml"}:
                content = _without_thumbnail(content)
            target.writestr(entry, content, compresslevel=6)
    return buffer.getvalue()


def _without_thumbnail(content: bytes) -> bytes:
    import re

    return re.sub(rb"<Relationship [^>]*thumbnail[^>]*/>|<Default [^>]*jpeg[^>]*/>", b"", content)
