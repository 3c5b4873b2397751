"""Word documents, web pages and text as blocks: automatic numbers, symbols, merged cells, pictures, what is hidden."""

from __future__ import annotations

import io

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from word_files import numbered_document, saved

from govsite.intake.document.draft import draft_of, draft_text
from govsite.intake.material import Grid, Paragraph, Picture
from govsite.intake.read import read_material

_PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)  # fmt: skip


def _texts(data: bytes, name: str = "通知.docx") -> list[str]:
    return [
        block.label + block.text for block in read_material(data, name).blocks if isinstance(block, Paragraph)
    ]


def test_automatic_numbers_are_those_on_the_printed_page() -> None:
    data = numbered_document(
        [(0, "总则"), (1, "目标"), (1, "范围"), (0, "附则"), (1, "解释"), (2, "甲"), (2, "乙"), (-1, "正文")],
        [("chineseCountingThousand", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3.")],
    )
    assert _texts(data) == [
        "一、总则",
        "（一）目标",
        "（二）范围",
        "二、附则",
        "（一）解释",
        "1.甲",
        "2.乙",
        "正文",
    ]


def test_automatic_numbers_become_headings_and_lists() -> None:
    data = numbered_document(
        [(0, "总则"), (1, "目标"), (-1, "正文。"), (2, "甲"), (2, "乙")],
        [("japaneseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3.")],
    )
    body = draft_of(read_material(data, "a.docx"), "policy", clean=False).body
    assert body.headings == [(2, "一、总则"), (3, "（一）目标")]
    assert body.text.endswith("正文。\n\n1. 甲\n2. 乙\n")


def test_symbols_of_wingdings_stay_boxes() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph()
    run = paragraph.add_run("R")
    run._r.get_or_add_rPr()
    run.font.name = "Wingdings 2"
    paragraph.add_run("政府网站 ")
    symbol = OxmlElement("w:sym")
    symbol.set(qn("w:font"), "Wingdings 2")
    symbol.set(qn("w:char"), "F0A3")
    paragraph.add_run()._r.append(symbol)
    paragraph.add_run("政府公报")
    assert _texts(saved(document)) == ["■政府网站 □政府公报"]


def test_deleted_and_hidden_words_stay_out() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("公开")
    hidden = paragraph.add_run("不公开")
    hidden.font.hidden = True
    deleted = OxmlElement("w:del")
    run = OxmlElement("w:r")
    text = OxmlElement("w:delText")
    text.text = "删去"
    run.append(text)
    deleted.append(run)
    paragraph._p.append(deleted)
    material = read_material(saved(document), "a.docx")
    assert [block.text for block in material.blocks if isinstance(block, Paragraph)] == ["公开"]
    assert {"hidden_text", "tracked_change"} <= {fault.kind for fault in material.faults}


def test_a_table_keeps_its_merged_cells_in_markdown() -> None:
    document = docx.Document()
    table = document.add_table(3, 3)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "项目"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "标准"
    for row, column, text in ((1, 1, "甲|乙"), (1, 2, "丙"), (2, 0, "一"), (2, 1, "二"), (2, 2, "三")):
        table.cell(row, column).text = text
    body = draft_of(read_material(saved(document), "a.docx"), "policy", clean=False).body
    assert body.text == "| 项目 | 标准 | << |\n| --- | --- | --- |\n| ^^ | 甲\\|乙 | 丙 |\n| 一 | 二 | 三 |\n"


def test_pictures_are_taken_out_and_want_words() -> None:
    document = docx.Document()
    document.add_paragraph("流程图如下：")
    document.add_picture(io.BytesIO(_PNG))
    material = read_material(saved(document), "a.docx")
    (picture,) = [block for block in material.blocks if isinstance(block, Picture)]
    assert picture.data == _PNG
    draft = draft_of(material, "policy", clean=False)
    assert "![【待核】](" in draft.body.text
    assert "picture_without_words" in {note.kind for note in draft.notes}


def test_a_saved_web_page_gives_paragraphs_and_tables_without_scripts() -> None:
    page = """<html><head><title>x</title><script>var a='<p>no</p>'</script></head><body><nav><a>首页</a></nav>
    <h2>一、总则</h2><p>甲乙<b>丙</b></p><script>bad()</script>
    <table><tr><th rowspan="2">序号</th><th colspan="2">公开事项</th></tr><tr><td>一级</td><td>二级</td></tr></table></body></html>"""
    material = read_material(page.encode(), "旧文章.html")
    assert [block.text for block in material.blocks if isinstance(block, Paragraph)] == ["一、总则", "甲乙丙"]
    (grid,) = [block for block in material.blocks if isinstance(block, Grid)]
    assert [(cell.text, cell.rows, cell.columns) for cell in grid.cells][:2] == [
        ("序号", 2, 1),
        ("公开事项", 1, 2),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_in_the_encodings_of_chinese_offices(encoding: str) -> None:
    assert _texts("关于印发办法的通知\r\n一、总则\r\n".encode(encoding), "a.txt") == [
        "关于印发办法的通知",
        "一、总则",
    ]


def test_what_a_red_headed_document_says_of_itself() -> None:
    document = docx.Document()
    for line in (
        "示例镇人民政府文件", "示镇政发〔2024〕7号", "示例镇人民政府", "关于印发《示例镇值班办法（试行）》的通知", "各村民委员会：", "现将办法印发给你们。自2024年6月1日起施行，《旧办法》（示镇政发〔2020〕3号）同时废止。",
        "附件：1.值班表", "2.登记表", "示例镇人民政府", "二〇二四年五月六日", "（此件公开发布）", "示例镇值班办法（试行）", "第一条 为了规范值班，制定本办法。",
    ):  # fmt: skip
        document.add_paragraph(line)
    draft = draft_of(read_material(saved(document), "a.docx"), "policy", clean=False)
    keys = ("doc_no", "title", "issuer", "written", "effective", "disclosure")
    assert [draft.text(key) for key in keys] == [
        "示镇政发〔2024〕7号", "示例镇人民政府关于印发《示例镇值班办法（试行）》的通知", "示例镇人民政府", "2024-05-06", "2024-06-01", "主动公开",
    ]  # fmt: skip
    assert draft.attachments == ["值班表", "登记表"]
    assert draft.entries["repeals"].texts == ("示镇政发〔2020〕3号",)
    assert draft.body.headings == [(2, "示例镇值班办法（试行）")]
    assert "**第一条** 为了规范值班，制定本办法。" in draft.body.text
    assert "发布日期: 待核" in draft_text(draft)


def test_cleaning_is_shown_as_a_difference() -> None:
    text = "關(guān)于公開的通知\n開公司找某某財稅(180-0000-0000)一站式搞定!\n各單位,,各部門,。\n"
    draft = draft_of(read_material(text.encode(), "a.txt"), "policy", clean=True)
    assert draft.text("title") == "关于公开的通知"
    assert draft.body.text == "各单位，各部门。\n"
    assert "-開公司找某某財稅(180-0000-0000)一站式搞定!" in draft.changes
    assert "+各单位，各部门。" in draft.changes
