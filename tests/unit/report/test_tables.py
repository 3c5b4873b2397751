"""Tables as text, CSV, JSON, Excel; due days as a calendar."""

from __future__ import annotations

import csv
import io
import json

import openpyxl
import pytest

from govsite.report.icalendar import Due, render_calendar
from govsite.report.tables import Table, csv_table, json_table, text_table
from govsite.report.workbook import xlsx_table

TABLE = Table(
    "事项", ("name", "number"), ("名称", "件数"), (("社会救助", 12), ("=1+1", 3), ('带"引号",逗号', 0))
)


def test_text_is_aligned_under_chinese() -> None:
    assert text_table(TABLE) == (
        "名称           件数\n"
        "社会救助         12\n"
        "=1+1              3\n"
        '带"引号",逗号     0\n'
    )  # fmt: skip


def test_an_empty_table_has_its_heads_in_every_form() -> None:
    empty = Table("空", TABLE.keys, TABLE.heads, ())
    assert text_table(empty) == "名称  件数\n"
    assert csv_table(empty) == "\ufeff名称,件数\r\n"
    assert json.loads(json_table(empty)) == {"version": 1, "rows": []}
    assert xlsx_table(empty)


def test_csv_opens_in_excel_and_runs_no_formula() -> None:
    text = csv_table(TABLE)
    assert text.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert rows == [["名称", "件数"], ["社会救助", "12"], ["'=1+1", "3"], ['带"引号",逗号', "0"]]


def test_json_has_the_names_for_programs() -> None:
    assert json.loads(json_table(TABLE))["rows"][0] == {"name": "社会救助", "number": 12}


def test_excel_holds_texts_as_texts_and_repeats_its_bytes() -> None:
    content = xlsx_table(TABLE)
    assert content == xlsx_table(TABLE)
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    assert [[cell.value for cell in row] for row in sheet.iter_rows()][1:3] == [["社会救助", 12], ["=1+1", 3]]
    assert sheet["A3"].data_type == "s"
    assert sheet.freeze_panes == "A2"


ENTRY = Due("jz-01-2027-01-31", "2027-01-31", "值班安排；及时, 公开\\", "第一行\n" + "很长的说明" * 20)


def test_a_calendar_folds_at_75_octets_and_escapes() -> None:
    content = render_calendar("试验镇", [ENTRY], "2026-11-22")
    lines = content.split("\r\n")
    assert all(len(line.encode()) <= 75 for line in lines)
    assert "\n" not in content.replace("\r\n", "")
    unfolded = content.replace("\r\n ", "")
    assert "SUMMARY:值班安排；及时\\, 公开\\\\\r\n" in unfolded
    assert "DESCRIPTION:第一行\\n很长的说明" in unfolded
    assert "DTSTART;VALUE=DATE:20270131\r\nDTEND;VALUE=DATE:20270201\r\n" in unfolded


@pytest.mark.parametrize("entries", [[], [ENTRY]])
def test_a_calendar_repeats_its_bytes(entries: list[Due]) -> None:
    assert render_calendar("镇", entries, "2026-11-22") == render_calendar("镇", entries, "2026-11-22")
