"""Word and Excel files for the tests, made by the programs others use."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import docx
import openpyxl
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

if TYPE_CHECKING:
    from collections.abc import Sequence


def saved(document: Any) -> bytes:
    """Bytes of a python-docx document or an openpyxl workbook."""
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def numbered_document(paragraphs: Sequence[tuple[int, str]], formats: Sequence[tuple[str, str]]) -> bytes:
    """Paragraphs (level, text) of one automatic list. formats: (numFmt, lvlText) by level; level -1 is no list."""
    document = docx.Document()
    numbering = document.part.numbering_part.element
    abstract = OxmlElement("w:abstractNum")
    abstract.set(qn("w:abstractNumId"), "77")
    for level, (form, text) in enumerate(formats):
        element = OxmlElement("w:lvl")
        element.set(qn("w:ilvl"), str(level))
        for name, value in (("start", "1"), ("numFmt", form), ("lvlText", text)):
            child = OxmlElement(f"w:{name}")
            child.set(qn("w:val"), value)
            element.append(child)
        abstract.append(element)
    numbering.insert(0, abstract)
    number = OxmlElement("w:num")
    number.set(qn("w:numId"), "77")
    reference = OxmlElement("w:abstractNumId")
    reference.set(qn("w:val"), "77")
    number.append(reference)
    numbering.append(number)
    for level, text in paragraphs:
        paragraph = document.add_paragraph(text)
        if level >= 0:
            properties = OxmlElement("w:numPr")
            for name, value in (("ilvl", str(level)), ("numId", "77")):
                child = OxmlElement(f"w:{name}")
                child.set(qn("w:val"), value)
                properties.append(child)
            paragraph._p.get_or_add_pPr().append(properties)
    return saved(document)


HEAD = [
    "序号",
    "公开事项",
    "",
    "公开内容（要素）",
    "公开依据",
    "公开时限",
    "公开主体",
    "公开渠道和载体",
    "公开对象",
    "",
    "公开方式",
    "",
    "公开层级",
    "",
]
SUB = [
    "",
    "一级事项",
    "二级事项",
    "",
    "",
    "",
    "",
    "",
    "全社会",
    "特定群体",
    "主动",
    "依申请公开",
    "县级",
    "乡、村级",
]
ROWS = [
    ["1", "综合业务", "政策法规文件", "●文件名称\n●文号", "《信息公开条例》", "制定或获取信息之日起10个工作日内", "县民政局、各乡镇人民政府", "■政府网站 □政府公报 ■公开查阅点", "√", "", "√", "", "√", "√"],
    ["2", "", "监督检查", "信访通讯地址", "同上", "同上", "县民政局", "■政府网站", "√", "", "√", "", "√", ""],
    ["5", "最低生活保障", "审核信息", "初审对象名单", "《社会救助暂行办法》", "公示7天", "各乡镇人民政府", "■社区/企事业单位/村公示栏（电子屏）", "", "申请人所在村", "√", "", "", "√"],
]  # fmt: skip


def national_workbook(
    title: str = "社会救助领域基层政务公开标准目录",
    rows: Sequence[Sequence[str]] = ROWS,
    *,
    merged: bool = True,
) -> bytes:
    """The national table: title, two merged header rows, 一级事项 merged downwards."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "清单"
    sheet.append([title])
    sheet.append(HEAD)
    sheet.append(SUB)
    for row in rows:
        sheet.append(list(row))
    sheet.merge_cells("A1:N1")
    for letter in "ADEFGH":
        sheet.merge_cells(f"{letter}2:{letter}3")
    for cells in ("B2:C2", "I2:J2", "K2:L2", "M2:N2", *(["B4:B5"] if merged else [])):
        sheet.merge_cells(cells)
    return saved(book)
