"""PDF: text, metadata, what is packed in, what would run, what cannot be read."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from attachment_files import changed_pdf, faults_in, found_in, picture, plain_pdf, plain_xlsx
from pypdf.annotations import Text
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from govsite.attachments.extract import extract
from govsite.attachments.radicals import restore_radicals

FILES = Path(__file__).parent / "files"


def action(kind: str) -> DictionaryObject:
    return DictionaryObject(
        {NameObject("/S"): NameObject(kind), NameObject("/JS"): TextStringObject("app.alert(1)")}
    )


def test_pages_and_info() -> None:
    extracted = extract(plain_pdf(), "a.pdf")
    assert extracted.type == "pdf"
    assert extracted.faults == ()
    assert found_in(extracted) == [("示例镇人民政府公告", "第1页", "text"), ("第二页正文", "第2页", "text")]
    assert ("李四", "Info Author", "property") in found_in(extracted, properties=True)


def test_annotations_attachments_and_actions() -> None:
    def change(writer: Any) -> None:
        writer._root_object[NameObject("/OpenAction")] = action("/JavaScript")
        writer.pages[1][NameObject("/AA")] = DictionaryObject({NameObject("/O"): action("/Launch")})
        writer.add_annotation(0, Text(text="改这里", rect=(0, 0, 10, 10), title_bar="孙八"))
        writer.add_attachment("名单.xlsx", plain_xlsx())

    extracted = extract(changed_pdf(change), "a.pdf")
    assert found_in(extracted)[:4] == [
        ("示例镇人民政府公告", "第1页", "text"),
        ("改这里", "第1页注释", "comment"),
        ("第二页正文", "第2页", "text"),
        ("名单.xlsx", "名单.xlsx", "name"),
    ]
    assert ("13800138000", "名单.xlsx › 清单!B3", "text") in found_in(extracted)
    assert faults_in(extracted) == [
        ("macro", "OpenAction", "JavaScript"),
        ("executable", "第2页", "Launch"),
        ("comment", "第1页注释", "孙八"),
        ("embedded", "名单.xlsx", ""),
    ]


def test_a_password_is_reported_but_not_one_that_only_forbids_printing() -> None:
    asked = extract(changed_pdf(lambda writer: writer.encrypt("secret", algorithm="RC4-128")), "a.pdf")
    assert faults_in(asked) == [("encrypted", "", "password")]
    opened = extract(changed_pdf(lambda writer: writer.encrypt("", "owner", algorithm="RC4-128")), "a.pdf")
    assert opened.faults == ()
    assert found_in(opened)[0] == ("示例镇人民政府公告", "第1页", "text")


@pytest.mark.parametrize("name", ["aes128.pdf", "aes256.pdf"])
def test_aes_is_reported_where_nothing_installed_reads_it(name: str) -> None:
    extracted = extract(FILES / name, "a.pdf")
    if not extracted.faults:
        pytest.skip("a library for AES is installed")
    assert faults_in(extracted) == [("encrypted", "", "aes")]


def test_a_scanned_page_is_never_passed_over_in_silence() -> None:
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen import canvas

    buffer = io.BytesIO()
    page = canvas.Canvas(buffer, invariant=1)
    page.drawImage(ImageReader(io.BytesIO(picture("PNG"))), 0, 0, 400, 400)
    page.showPage()
    page.showPage()
    page.save()
    extracted = extract(buffer.getvalue(), "a.pdf")
    assert found_in(extracted) == []
    assert faults_in(extracted) == [("no_text", "第1页", "")]


def test_radicals_are_turned_back_into_characters() -> None:
    assert restore_radicals("\u2f70例镇\u2f08\u2ea0政府 \u2f9d份证号 \uf9fd") == "示例镇人民政府 身份证号 什"
    assert restore_radicals("〔2024〕１号，ＡＢ") == "〔2024〕１号，ＡＢ"
