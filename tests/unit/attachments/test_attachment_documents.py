"""Word and PowerPoint: all stories, and what one does not see on the page."""

from __future__ import annotations

from attachment_files import (
    ID_NUMBER,
    bare_docx,
    faults_in,
    found_in,
    picture,
    plain_docx,
    plain_pptx,
    plain_xlsx,
    replace_members,
    word_part,
)

from govsite.attachments.extract import extract


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def paragraph(*runs: str) -> str:
    return f"<w:p>{''.join(runs)}</w:p>"


def test_a_document_gives_paragraphs_cells_header_and_author() -> None:
    extracted = extract(plain_docx(), "a.docx")
    assert extracted.type == "docx"
    assert extracted.faults == ()
    assert found_in(extracted) == [
        ("关于公布低保对象名单的通知", "第1段", "text"),
        ("现将名单公布如下。", "第2段", "text"),
        ("姓名", "第1个表格第1行第1列", "header"),
        ("身份证号", "第1个表格第1行第2列", "header"),
        ("金额", "第1个表格第1行第3列", "header"),
        ("张三", "第1个表格第2行第1列", "text"),
        (ID_NUMBER, "第1个表格第2行第2列", "text"),
        ("500", "第1个表格第2行第3列", "text"),
        ("内部资料", "页眉", "text"),
    ]
    assert ("李四", "docProps/core.xml creator", "property") in found_in(extracted, properties=True)
    assert [(piece.row, piece.column, piece.table) for piece in extracted.pieces[2:5]] == [
        (1, 1, 1),
        (1, 2, 1),
        (1, 3, 1),
    ]


def test_a_number_masked_under_track_changes_is_whole_in_the_text_before_them() -> None:
    body = paragraph(
        run("张三 1101011990030780"),
        '<w:del w:author="甲"><w:r><w:delText>3X</w:delText></w:r></w:del>',
        f'<w:ins w:author="甲">{run("**")}</w:ins>',
    )
    extracted = extract(bare_docx(body), "a.docx")
    assert found_in(extracted) == [
        ("张三 1101011990030780**", "第1段", "text"),
        ("张三 11010119900307803X", "第1段", "deleted"),
        ("**", "第1段", "inserted"),
    ]
    assert faults_in(extracted) == [
        ("tracked_change", "第1段", "del 3X"),
        ("tracked_change", "第1段", "ins **"),
    ]


def test_moves_and_changed_formats_are_tracked_changes_too() -> None:
    body = paragraph(
        f"<w:moveFrom>{run('旧处')}</w:moveFrom>",
        f"<w:moveTo>{run('新处')}</w:moveTo>",
        run("字", "<w:b/><w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange>"),
    )
    extracted = extract(bare_docx(body), "a.docx")
    assert found_in(extracted) == [
        ("新处字", "第1段", "text"),
        ("旧处字", "第1段", "deleted"),
        ("新处", "第1段", "inserted"),
    ]
    assert faults_in(extracted) == [
        ("tracked_change", "第1段", "format"),
        ("tracked_change", "第1段", "del 旧处"),
        ("tracked_change", "第1段", "ins 新处"),
    ]


def test_hidden_text_is_found_by_run_by_style_and_by_row() -> None:
    styles = (
        '<w:style w:styleId="A"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:styleId="B"><w:basedOn w:val="A"/></w:style>'
        '<w:style w:styleId="C"><w:basedOn w:val="C"/></w:style>'
    )
    body = (
        paragraph(run("甲"), run("乙", "<w:vanish/>"), run("丙", '<w:vanish w:val="0"/>'))
        + paragraph(run("丁", '<w:rStyle w:val="B"/>'), run("戊", '<w:rStyle w:val="C"/>'))
        + f'<w:p><w:pPr><w:pStyle w:val="A"/><w:rPr><w:vanish/></w:rPr></w:pPr>{run("己")}</w:p>'
        + f"<w:tbl><w:tr><w:trPr><w:hidden/></w:trPr><w:tc>{paragraph(run('庚'))}</w:tc></w:tr></w:tbl>"
    )
    extracted = extract(bare_docx(body, styles=word_part("styles", styles)), "a.docx")
    assert found_in(extracted) == [
        ("甲丙", "第1段", "text"),
        ("甲乙丙", "第1段", "hidden"),
        ("戊", "第2段", "text"),
        ("丁戊", "第2段", "hidden"),
        ("己", "第3段", "hidden"),
        ("庚", "第1个表格第1行第1列", "hidden"),
    ]
    assert faults_in(extracted) == [
        ("hidden_text", "第1段", "乙"),
        ("hidden_text", "第2段", "丁"),
        ("hidden_text", "第3段", "己"),
        ("hidden_text", "第1个表格第1行第1列", "庚"),
    ]


def test_notes_comments_and_footers_have_places_of_their_own() -> None:
    extracted = extract(
        bare_docx(
            paragraph(run("正文")),
            footnotes=word_part("footnotes", f"<w:footnote>{paragraph(run('脚注文'))}</w:footnote>"),
            endnotes=word_part("endnotes", f"<w:endnote>{paragraph(run('尾注文'))}</w:endnote>"),
            comments=word_part(
                "comments", f'<w:comment w:author="赵六">{paragraph(run("已故"))}</w:comment>'
            ),
            footer=word_part("ftr", paragraph(run("页脚文"))),
        ),
        "a.docx",
    )
    assert found_in(extracted) == [
        ("正文", "第1段", "text"),
        ("脚注文", "脚注1", "text"),
        ("尾注文", "尾注1", "text"),
        ("已故", "批注1", "comment"),
        ("页脚文", "页脚", "text"),
    ]
    assert faults_in(extracted) == [("comment", "批注1", "赵六")]


def test_spanned_cells_shift_columns_and_a_text_box_is_read_once() -> None:
    box = paragraph(run("框"))
    body = (
        f"<w:p><w:r><w:AlternateContent><w:Choice>{box}</w:Choice><w:Fallback>{box}</w:Fallback></w:AlternateContent></w:r></w:p>"
        f'<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{paragraph(run("甲"))}</w:tc>'
        f"<w:tc>{paragraph(run('乙'))}{paragraph(run('丙'))}</w:tc></w:tr></w:tbl>"
    )
    assert found_in(extract(bare_docx(body), "a.docx")) == [
        ("框", "第1段", "text"),
        ("甲", "第1个表格第1行第1列", "header"),
        ("乙\n丙", "第1个表格第1行第3列", "header"),
    ]


def test_what_is_packed_into_a_document_is_read_and_reported() -> None:
    data = replace_members(
        bare_docx(paragraph(run("正文"))),
        {
            "word/vbaProject.bin": b"x",
            "word/embeddings/Microsoft_Excel_Sheet.xlsx": plain_xlsx(),
            "word/media/image1.jpeg": picture(),
            "word/_rels/settings.xml.rels": (
                b'<Relationships><Relationship Id="a" Type="x/attachedTemplate" TargetMode="External" '
                b'Target="file:///C:/Users/zhang/a.dotm"/><Relationship Id="b" Type="x/hyperlink" '
                b'TargetMode="External" Target="https://www.gov.cn/"/></Relationships>'
            ),
        },
    )
    extracted = extract(data, "a.docx")
    sheet = "word/embeddings/Microsoft_Excel_Sheet.xlsx"
    assert ("13800138000", f"{sheet} › 清单!B3", "text") in found_in(extracted)
    assert faults_in(extracted) == [
        ("macro", "word/vbaProject.bin", ""),
        ("embedded", sheet, ""),
        ("location", "word/media/image1.jpeg › EXIF GPS", "31.50000,121.25000"),
        ("external_link", "word/_rels/settings.xml.rels", "file:///C:/Users/zhang/a.dotm"),
    ]


def test_a_broken_part_is_reported_and_the_rest_is_read() -> None:
    data = bare_docx(paragraph(run("正文")), footer=word_part("ftr", paragraph(run("页脚"))))
    broken = replace_members(data, {"word/footer.xml": b"<w:ftr><w:p><w:r><w:t>\xff"})
    extracted = extract(broken, "a.docx")
    assert found_in(extracted) == [("正文", "第1段", "text")]
    assert faults_in(extracted) == [
        ("broken", "word/footer.xml", "xml not well-formed (invalid token) line 1")
    ]


def test_slides_notes_tables_and_hidden_slides() -> None:
    extracted = extract(plain_pptx(), "a.pptx")
    assert extracted.type == "pptx"
    assert found_in(extracted) == [
        ("工作报告", "第1张幻灯片", "text"),
        ("第二张", "第2张幻灯片", "hidden"),
        ("甲", "第2张幻灯片", "hidden"),
        ("乙", "第2张幻灯片", "hidden"),
        ("讲稿", "第2张幻灯片备注", "comment"),
    ]
    assert faults_in(extracted) == [("hidden_slide", "第2张幻灯片", "")]
