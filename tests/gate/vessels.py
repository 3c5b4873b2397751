"""Files of every kind with one text or one list in them."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

import docx
import openpyxl
import xlwt
from docx.oxml import OxmlElement
from openpyxl.comments import Comment
from PIL import Image
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Rows = "Sequence[Sequence[str]]"
HARMLESS = "为做好惠农补贴发放工作，现将有关情况公示如下，如有异议请向镇人民政府反映。"
SOURCES = ("md front", "md body", "md table", "md cells", "md name", "yaml")
HEAD = "---\n标题: {title}\n发布日期: 2026-03-01\n公开属性: 主动公开\n{extra}---\n"


def source(vessel: str, text: str, title: str = "补贴发放公示") -> tuple[str, str]:
    """Path and text of a source with `text` in it."""
    path = "content/disclosures/gongshi.md"
    if vessel == "md front":
        return path, HEAD.format(title=title, extra=f"概述: {text}\n") + f"\n{HARMLESS}\n"
    if vessel == "md body":
        return path, HEAD.format(title=title, extra="") + f"\n{HARMLESS}\n\n{text}。\n\n{HARMLESS}\n"
    if vessel == "md table":
        return path, HEAD.format(title=title, extra="") + f"\n| 序号 | 情况 |\n|---|---|\n| 1 | {text} |\n"
    if vessel == "md cells":
        number = text.replace("（", " ").replace("）", " ").split()[1]
        cells = f"| 证件 | {number[:6]} | {number[6:14]} | {number[14:]} |"
        return path, HEAD.format(
            title=title, extra=""
        ) + f"\n| 项目 | 一 | 二 | 三 |\n|---|---|---|---|\n{cells}\n"
    if vessel == "md name":
        return f"content/disclosures/{text.replace(' ', '_')}.md", HEAD.format(
            title=title, extra=""
        ) + f"\n{HARMLESS}\n"
    return (
        "content/reports/2025.yaml",
        f"标题: {title}\n公开属性: 主动公开\n总体情况: |\n  {HARMLESS}\n  {text}\n",
    )


def markdown_list(rows: Rows, title: str) -> tuple[str, str]:
    """A source with a table in it."""
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    lines.insert(1, "|" + "---|" * len(rows[0]))
    return "content/disclosures/mingdan.md", HEAD.format(title=title, extra="") + "\n" + "\n".join(
        lines
    ) + "\n"


def _saved(document: Any) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _docx(fill: Callable[[Any], None]) -> bytes:
    document = docx.Document()
    document.core_properties.author = ""
    document.add_paragraph(HARMLESS)
    fill(document)
    document.add_paragraph(HARMLESS)
    return _saved(document)


def docx_body(text: str) -> bytes:
    return _docx(lambda d: d.add_paragraph(text))


def docx_runs(text: str) -> bytes:
    """Split over runs, as Word does at every change of font."""

    def fill(document: Any) -> None:
        paragraph = document.add_paragraph()
        for at in range(0, len(text), 3):
            paragraph.add_run(text[at : at + 3])

    return _docx(fill)


def docx_table(text: str) -> bytes:
    def fill(document: Any) -> None:
        table = document.add_table(rows=2, cols=2)
        table.cell(0, 0).text, table.cell(0, 1).text = "序号", "情况"
        table.cell(1, 0).text, table.cell(1, 1).text = "1", text

    return _docx(fill)


def docx_header(text: str) -> bytes:
    def fill(document: Any) -> None:
        document.sections[0].header.paragraphs[0].text = text

    return _docx(fill)


def docx_comment(text: str) -> bytes:
    def fill(document: Any) -> None:
        paragraph = document.add_paragraph("请核对。")
        document.add_comment(paragraph.runs, text=text, author="")

    return _docx(fill)


def docx_deleted(text: str) -> bytes:
    def fill(document: Any) -> None:
        paragraph = document.add_paragraph("名单：")
        deleted = OxmlElement("w:del")
        run = OxmlElement("w:r")
        words = OxmlElement("w:delText")
        words.text = text
        run.append(words)
        deleted.append(run)
        paragraph._p.append(deleted)

    return _docx(fill)


def docx_hidden(text: str) -> bytes:
    def fill(document: Any) -> None:
        run = document.add_paragraph("名单：").add_run(text)
        run._r.get_or_add_rPr().append(OxmlElement("w:vanish"))

    return _docx(fill)


def docx_property(text: str) -> bytes:
    def fill(document: Any) -> None:
        document.core_properties.keywords = text

    return _docx(fill)


def _xlsx(fill: Callable[[Any, Any], None]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "清单"
    sheet.append(["序号", "情况", "说明"])
    sheet.append(["1", "已发放", "无"])
    fill(book, sheet)
    return _saved(book)


def xlsx_cell(text: str) -> bytes:
    return _xlsx(lambda _, sheet: sheet.append(["2", text, ""]))


def xlsx_hidden_sheet(text: str) -> bytes:
    def fill(book: Any, _: Any) -> None:
        hidden = book.create_sheet("底册")
        hidden.sheet_state = "hidden"
        hidden.append(["情况", "说明"])
        hidden.append([text, "x"])

    return _xlsx(fill)


def xlsx_hidden_row(text: str) -> bytes:
    def fill(_: Any, sheet: Any) -> None:
        sheet.append(["2", text, ""])
        sheet.row_dimensions[3].hidden = True

    return _xlsx(fill)


def xlsx_hidden_column(text: str) -> bytes:
    def fill(_: Any, sheet: Any) -> None:
        sheet["F2"] = text
        sheet.column_dimensions["F"].hidden = True

    return _xlsx(fill)


def xlsx_comment(text: str) -> bytes:
    def fill(_: Any, sheet: Any) -> None:
        sheet["B2"].comment = Comment(text, "")

    return _xlsx(fill)


def xlsx_property(text: str) -> bytes:
    def fill(book: Any, _: Any) -> None:
        book.properties.description = text

    return _xlsx(fill)


def xls_cell(text: str) -> bytes:
    return xls_list([["序号", "情况"], ["1", text]], "")


def csv_cell(text: str) -> bytes:
    return f"序号,情况\n1,已发放\n2,{text.replace(',', '，')}\n".encode()


def csv_gbk(text: str) -> bytes:
    return csv_cell(text).decode().encode("gb18030")


def txt(text: str) -> bytes:
    return f"{HARMLESS}\n{text}\n{HARMLESS}\n".encode()


def pdf(text: str) -> bytes:
    return pdf_lines([HARMLESS[:20], text, HARMLESS[20:]])


def pdf_lines(lines: Sequence[str]) -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    buffer = io.BytesIO()
    page = canvas.Canvas(buffer)
    page.setFont("STSong-Light", 12)
    for number, line in enumerate(lines):
        page.drawString(72, 760 - 24 * number, line)
    page.save()
    return buffer.getvalue()


def pdf_property(text: str) -> bytes:
    buffer = io.BytesIO()
    page = canvas.Canvas(buffer)
    page.setSubject(text)
    page.drawString(72, 760, "x")
    page.save()
    return buffer.getvalue()


def zipped(data: bytes, name: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(name, data)
    return buffer.getvalue()


def jpeg_exif(text: str) -> bytes:
    buffer = io.BytesIO()
    exif = Image.Exif()
    exif[0x9C9C] = text.encode("utf-16-le") + b"\0\0"  # XPComment
    Image.new("RGB", (4, 4)).save(buffer, "jpeg", exif=exif)
    return buffer.getvalue()


def svg(text: str) -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg"><text>{text}</text></svg>'.encode()


# Vessel to (suffix, maker).
ATTACHMENTS: dict[str, tuple[str, Callable[[str], bytes]]] = {
    "docx body": ("docx", docx_body),
    "docx runs": ("docx", docx_runs),
    "docx table": ("docx", docx_table),
    "docx header": ("docx", docx_header),
    "docx comment": ("docx", docx_comment),
    "docx tracked deletion": ("docx", docx_deleted),
    "docx hidden text": ("docx", docx_hidden),
    "docx property": ("docx", docx_property),
    "xlsx cell": ("xlsx", xlsx_cell),
    "xlsx hidden sheet": ("xlsx", xlsx_hidden_sheet),
    "xlsx hidden row": ("xlsx", xlsx_hidden_row),
    "xlsx hidden column": ("xlsx", xlsx_hidden_column),
    "xlsx comment": ("xlsx", xlsx_comment),
    "xlsx property": ("xlsx", xlsx_property),
    "xls cell": ("xls", xls_cell),
    "csv": ("csv", csv_cell),
    "csv in GBK": ("csv", csv_gbk),
    "txt": ("txt", txt),
    "pdf": ("pdf", pdf),
    "pdf property": ("pdf", pdf_property),
    "zip of xlsx": ("zip", lambda text: zipped(xlsx_cell(text), "a.xlsx")),
    "zip of zip of docx": ("zip", lambda text: zipped(zipped(docx_body(text), "a.docx"), "b.zip")),
    "zip member name": ("zip", lambda text: zipped(b"x", f"{text}.txt")),
    "jpeg exif": ("jpg", jpeg_exif),
    "svg": ("svg", svg),
}


def docx_list(rows: Rows, title: str) -> bytes:
    def fill(document: Any) -> None:
        document.add_paragraph(title)
        table = document.add_table(rows=0, cols=len(rows[0]))
        for row in rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text

    return _docx(fill)


def xlsx_list(rows: Rows, title: str) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append([title])
    for row in rows:
        sheet.append(list(row))
    return _saved(book)


def xlsx_hidden_list(rows: Rows, title: str) -> bytes:
    """The list with everything but its first column hidden."""
    book = openpyxl.load_workbook(io.BytesIO(xlsx_list(rows, title)))
    for column in "BCDE":
        book.active.column_dimensions[column].hidden = True
    return _saved(book)


def xls_list(rows: Rows, title: str) -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Sheet1")
    for number, row in enumerate([[title], *rows] if title else rows):
        for column, text in enumerate(row):
            sheet.write(number, column, text)
    return _saved(book)


def csv_list(rows: Rows, title: str) -> bytes:
    return "\n".join([title, *(",".join(row) for row in rows)]).encode("utf-8-sig")


def txt_list(rows: Rows, title: str) -> bytes:
    return "\n".join([title, *("\t".join(row) for row in rows)]).encode()


def pdf_list(rows: Rows, title: str) -> bytes:
    return pdf_lines([title, *("  ".join(row) for row in rows)])


LIST_VESSELS: dict[str, tuple[str, Callable[..., bytes]]] = {
    "md list": ("md", lambda rows, title: b""),
    "md typed list": ("md", lambda rows, title: b""),
    "docx list": ("docx", docx_list),
    "xlsx list": ("xlsx", xlsx_list),
    "xlsx hidden list": ("xlsx", xlsx_hidden_list),
    "xls list": ("xls", xls_list),
    "csv list": ("csv", csv_list),
    "txt list": ("txt", txt_list),
    "pdf list": ("pdf", pdf_list),
    "zip of csv list": ("zip", lambda rows, title: zipped(csv_list(rows, title), "a.csv")),
}


def typed_list(rows: Rows, title: str) -> tuple[str, str]:
    """A source with a list that was pasted as words and blanks."""
    lines = "\n".join("　".join(row) for row in rows)
    return "content/disclosures/mingdan.md", HEAD.format(title=title, extra="") + "\n" + lines + "\n"
