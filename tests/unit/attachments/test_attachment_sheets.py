"""Workbooks, new and old, and csv."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest
from attachment_files import (
    ID_NUMBER,
    faults_in,
    found_in,
    plain_xls,
    plain_xlsx,
    replace_members,
    saved,
    secretive_xlsx,
)

from govsite.attachments.cells import date_text, number_text, ranges_of, split_address
from govsite.attachments.extract import extract


def test_cells_have_addresses_and_the_header_is_below_the_title() -> None:
    extracted = extract(plain_xlsx(), "a.xlsx")
    assert extracted.type == "xlsx"
    assert extracted.faults == ()
    assert found_in(extracted) == [
        ("清单", "清单", "name"),
        ("补贴公示表", "清单!A1", "text"),
        ("姓名", "清单!A2", "header"),
        ("手机", "清单!B2", "header"),
        ("日期", "清单!C2", "header"),
        ("张三", "清单!A3", "text"),
        ("13800138000", "清单!B3", "text"),
        ("2024-06-01", "清单!C3", "text"),
        ("李四", "清单!A4", "text"),
        ("0.1", "清单!B4", "text"),
        ("0.1", "清单!C4", "text"),
    ]
    assert ("王五", "docProps/core.xml creator", "property") in found_in(extracted, properties=True)


def test_hidden_sheets_rows_columns_and_cells_are_read_and_reported() -> None:
    extracted = extract(secretive_xlsx(), "b.xlsx")
    assert found_in(extracted) == [
        ("公示", "公示", "name"),
        ("姓名", "公示!A1", "header"),
        ("身份证号", "公示!B1", "hidden"),
        ("备注", "公示!C1", "header"),
        ("张三", "公示!A2", "text"),
        (ID_NUMBER, "公示!B2", "hidden"),
        ("甲", "公示!C2", "hidden"),
        ("李四", "公示!A3", "hidden"),
        (ID_NUMBER, "公示!B3", "hidden"),
        ("乙", "公示!C3", "hidden"),
        ("电话 13800138000", "公示!C2", "comment"),
        ("底表", "底表", "name"),
        ("原始数据", "底表!A1", "hidden"),
        ("更深", "更深", "name"),
        ("更原始", "更深!D17", "hidden"),
    ]
    assert faults_in(extracted) == [
        ("hidden_row", "公示!3:3", ""),
        ("hidden_column", "公示!B:B", ""),
        ("hidden_text", "公示!C2", ";;;"),
        ("comment", "公示!C2", "赵六"),
        ("hidden_sheet", "底表", "hidden"),
        ("hidden_sheet", "更深", "veryHidden"),
    ]


def test_shared_and_rich_strings_without_their_reading_aids() -> None:
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    sheet = book.add_worksheet("清单")
    sheet.write_row(0, 0, ["甲", "乙"])
    sheet.write_row(1, 0, ["甲", True])
    sheet.write_rich_string(2, 0, "补", book.add_format({"bold": True}), "贴", "表")
    book.close()
    with zipfile.ZipFile(buffer) as file:
        strings = file.read("xl/sharedStrings.xml")
    aided = strings.replace("<t>甲</t>".encode(), "<t>甲</t><rPh><t>jia</t></rPh>".encode())
    assert aided != strings
    extracted = extract(replace_members(buffer.getvalue(), {"xl/sharedStrings.xml": aided}), "a.xlsx")
    assert found_in(extracted) == [
        ("清单", "清单", "name"),
        ("甲", "清单!A1", "header"),
        ("乙", "清单!B1", "header"),
        ("甲", "清单!A2", "text"),
        ("TRUE", "清单!B2", "text"),
        ("补贴表", "清单!A3", "text"),
    ]


def test_rows_and_cells_without_addresses_follow_one_another() -> None:
    xml = (
        '<worksheet><sheetData><row><c t="inlineStr"><is><t>甲</t></is></c><c><v>2</v></c></row>'
        '<row r="4"><c r="C4" t="s"><v>9</v></c><c t="b"><v>0</v></c></row></sheetData></worksheet>'
    )
    data = replace_members(plain_xlsx(), {"xl/worksheets/sheet1.xml": xml.encode()})
    assert found_in(extract(data, "a.xlsx"))[1:] == [
        ("甲", "清单!A1", "header"),
        ("2", "清单!B1", "header"),
        ("FALSE", "清单!D4", "text"),
    ]


def test_a_macro_workbook_its_links_and_its_copies_of_other_data() -> None:
    data = replace_members(
        plain_xlsx(),
        {
            "xl/vbaProject.bin": b"x",
            "xl/externalLinks/externalLink1.xml": (
                '<externalLink><externalBook><sheetDataSet><sheetData><row><cell r="B2"><v>外部数</v></cell></row>'
                "</sheetData></sheetDataSet></externalBook></externalLink>"
            ).encode(),
            "xl/externalLinks/_rels/externalLink1.xml.rels": (
                b'<Relationships><Relationship Id="a" Type="x/externalLinkPath" Target="file:///D:/b.xlsx" '
                b'TargetMode="External"/></Relationships>'
            ),
            "xl/pivotCache/pivotCacheDefinition1.xml": (
                '<pivotCacheDefinition><cacheFields><cacheField name="身份证号"><sharedItems><s v="'
                + ID_NUMBER
                + '"/></sharedItems></cacheField></cacheFields></pivotCacheDefinition>'
            ).encode(),
        },
    )
    extracted = extract(data, "a.xlsm")
    assert extracted.type == "xlsx"
    assert found_in(extracted)[-3:] == [
        ("外部数", "externalLink1.xml B2", "hidden"),
        ("身份证号", "pivotCacheDefinition1.xml", "hidden"),
        (ID_NUMBER, "pivotCacheDefinition1.xml", "hidden"),
    ]
    assert faults_in(extracted) == [
        ("macro", "xl/vbaProject.bin", ""),
        ("external_link", "xl/externalLinks/_rels/externalLink1.xml.rels", "file:///D:/b.xlsx"),
    ]


def test_the_old_format_says_the_same() -> None:
    extracted = extract(plain_xls(), "a.xls")
    assert extracted.type == "xls"
    assert found_in(extracted) == [
        ("清单", "清单", "name"),
        ("姓名", "清单!A1", "header"),
        ("身份证号", "清单!B1", "hidden"),
        ("手机", "清单!C1", "header"),
        ("张三", "清单!A2", "text"),
        (ID_NUMBER, "清单!B2", "hidden"),
        ("13800138000", "清单!C2", "text"),
        ("2024-06-01", "清单!D2", "text"),
        ("李四", "清单!A3", "hidden"),
        ("无", "清单!B3", "hidden"),
        ("1.5", "清单!C3", "hidden"),
        ("底表", "底表", "name"),
        ("原始", "底表!A1", "hidden"),
    ]
    assert faults_in(extracted) == [
        ("hidden_row", "清单!3:3", ""),
        ("hidden_column", "清单!B:B", ""),
        ("hidden_sheet", "底表", "hidden"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_in_the_encodings_of_offices(encoding: str) -> None:
    extracted = extract('姓名,住址\n"张,三",示例村\n'.encode(encoding), "a.csv")
    assert extracted.type == "csv"
    assert extracted.faults == ()
    assert [(piece.text, piece.place, piece.role, piece.row, piece.column) for piece in extracted.pieces] == [
        ("姓名", "第1行第1列", "header", 1, 1),
        ("住址", "第1行第2列", "header", 1, 2),
        ("张,三", "第2行第1列", "text", 2, 1),
        ("示例村", "第2行第2列", "text", 2, 2),
    ]


def test_a_declared_million_cells_cost_nothing_and_existing_ones_are_bounded() -> None:
    from dataclasses import replace

    from govsite.attachments.limits import DEFAULT_LIMITS

    data = plain_xlsx()
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        sheet = file.read("xl/worksheets/sheet1.xml")
    declared = sheet.replace(b'ref="A1:C4"', b'ref="A1:XFD1048576"').replace(
        b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>7</v></c></row></sheetData>'
    )
    assert declared != sheet
    extracted = extract(replace_members(data, {"xl/worksheets/sheet1.xml": declared}), "a.xlsx")
    assert found_in(extracted)[-1] == ("7", "清单!XFD1048576", "text")
    assert extracted.faults == ()
    few = extract(data, "a.xlsx", replace(DEFAULT_LIMITS, cells=5))
    assert faults_in(few) == [("too_large", "", "cells")]
    assert [text for text, _place, _role in found_in(few)] == [
        "清单",
        "补贴公示表",
        "姓名",
        "手机",
        "日期",
        "张三",
    ]


def test_two_sheets_are_two_tables() -> None:
    book = openpyxl.Workbook()
    book.active.append(["甲", "乙"])
    book.create_sheet("次表").append(["丙", "丁"])
    extracted = extract(saved(book), "a.xlsx")
    assert [(piece.text, piece.table) for piece in extracted.pieces if piece.column] == [
        ("甲", 1),
        ("乙", 1),
        ("丙", 2),
        ("丁", 2),
    ]


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("1.3800138E10", "13800138000"),
        ("4.40301199001011E+17", "440301199001011000"),
        ("0.10000000000000001", "0.1"),
        ("440301199001011000", "440301199001011000"),
        ("-1.50", "-1.5"),
        ("1e999", "1e999"),
        ("nan", "nan"),
        ("无", "无"),
    ],
)
def test_numbers_are_written_as_people_write_them(raw: str, shown: str) -> None:
    assert number_text(raw) == shown


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("45444", "2024-06-01"),
        ("45444.5", "2024-06-01 12:00:00"),
        ("0.25", "06:00:00"),
        ("1e9", "1000000000"),
        ("x", "x"),
    ],
)
def test_a_serial_number_is_shown_as_the_date_it_means(raw: str, shown: str) -> None:
    assert date_text(raw, is_1904=False) == shown


def test_addresses_and_ranges() -> None:
    assert [split_address(text) for text in ("D17", "$AA$3", "7", "", "ABCD1")] == [
        (17, 4),
        (3, 27),
        (0, 0),
        (0, 0),
        (0, 0),
    ]
    assert ranges_of([3, 1, 2, 7]) == [(1, 3), (7, 7)]
