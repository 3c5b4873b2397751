"""Files made to do harm: reported, at bounded cost, and the run goes on."""

from __future__ import annotations

import multiprocessing
import struct
import sys
import time
import tracemalloc
import zlib
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace

import pytest
from attachment_files import (
    bare_docx,
    faults_in,
    found_in,
    lying_bomb,
    nested_bomb,
    picture,
    plain_docx,
    plain_pdf,
    plain_pptx,
    plain_xls,
    plain_xlsx,
    replace_members,
    small_bomb,
    word_part,
    zip_of,
)

from govsite.attachments import isolate
from govsite.attachments.extract import extract
from govsite.attachments.limits import DEFAULT_LIMITS

LAUGHS = (
    b'<!DOCTYPE lolz [<!ENTITY a "lol">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]>"
)


def kinds_in(data: bytes, name: str) -> set[tuple[str, str]]:
    return {(fault.kind, fault.detail) for fault in extract(data, name).faults}


@pytest.mark.parametrize(
    "declaration",
    [
        LAUGHS,
        b'<!DOCTYPE a SYSTEM "http://example.invalid/a.dtd">',
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        b'<!DOCTYPE a [<!ENTITY % x SYSTEM "file:///etc/passwd"> %x;]>',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_document_types_and_entities_are_refused(declaration: bytes, encoding: str) -> None:
    xml = (
        declaration.decode()
        + '<w:document xmlns:w="w"><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>'
    )
    data = replace_members(bare_docx(""), {"word/document.xml": xml.encode(encoding)})
    extracted = extract(data, "a.docx")
    assert extracted.pieces == ()
    assert faults_in(extracted) == [("broken", "", "xml doctype")]


@pytest.mark.parametrize("data", [small_bomb(100_000_000), nested_bomb(2, 16, b"0" * 60_000_000)])
def test_bombs_are_stopped_long_before_they_are_unpacked(data: bytes) -> None:
    tracemalloc.start()
    started = time.process_time()
    found = kinds_in(data, "a.zip")
    cost, (_now, peak) = time.process_time() - started, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found == {("too_large", "ratio")}
    assert cost < 10
    assert peak < 130 * 2**20


@pytest.mark.parametrize("name", ["zeros.txt", "word/document.xml"])
def test_ten_gigabytes_in_ten_megabytes_that_call_themselves_ten_bytes(name: str) -> None:
    data = lying_bomb(10 * 2**30, name)
    assert len(data) < 12_000_000
    started = time.process_time()
    assert kinds_in(data, "a.zip") == {("broken", "zip member")}
    assert time.process_time() - started < 5


def test_a_sheet_of_millions_of_cells_ends_at_the_limit() -> None:
    row = b"<row>" + b"<c><v>1</v></c>" * 1000 + b"</row>"
    xml = b"<worksheet><sheetData>" + row * 3000 + b"</sheetData></worksheet>"
    data = replace_members(plain_xlsx(), {"xl/worksheets/sheet1.xml": xml})
    by_cells = extract(data, "a.xlsx", replace(DEFAULT_LIMITS, cells=100_000))
    assert faults_in(by_cells) == [("too_large", "", "cells")]
    assert len(by_cells.pieces) == 1 + 100_000  # the sheet's name, and the cells
    by_time = extract(data, "a.xlsx", replace(DEFAULT_LIMITS, seconds=0.2))
    assert faults_in(by_time) == [("too_slow", "", "seconds")]
    by_ratio = extract(data, "a.xlsx", replace(DEFAULT_LIMITS, ratio=20, cells=10**9, characters=10**9))
    assert faults_in(by_ratio) == [("too_large", "", "ratio")]


def test_archives_in_archives_end_at_the_limit() -> None:
    extracted = extract(nested_bomb(7, 1, b"x"), "a.zip")
    assert [fault.kind for fault in extracted.faults] == ["too_deep"]
    wide = extract(nested_bomb(4, 16, b"x"), "a.zip")
    assert {fault.kind for fault in wide.faults} == {"too_deep", "too_large"}
    assert wide.faults[-1].detail == "members"


def test_a_directory_of_a_million_entries_is_refused_before_it_is_read() -> None:
    data = zip_of({"a": b""})
    start = data.index(b"PK\x01\x02")
    entry = data[start : data.index(b"PK\x05\x06")]
    started = time.process_time()
    assert kinds_in(data[:start] + entry * 500_000 + data[start + len(entry) :], "a.zip") == {
        ("too_large", "members")
    }
    assert time.process_time() - started < 2


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (plain_docx(), "a.docx"),
        (plain_xlsx(), "a.xlsx"),
        (plain_pptx(), "a.pptx"),
        (plain_xls(), "a.xls"),
        (plain_pdf(), "a.pdf"),
        (picture("JPEG"), "a.jpg"),
        (picture("PNG"), "a.png"),
        (picture("WEBP"), "a.webp"),
    ],
)
def test_every_format_cut_in_half_is_broken_and_keeps_its_type(data: bytes, name: str) -> None:
    whole = extract(data, name)
    cut = extract(data[: len(data) // 2], name)
    assert cut.type == whole.type
    assert "broken" in {fault.kind for fault in cut.faults}
    assert "wrong_type" not in {fault.kind for fault in cut.faults}


def test_deeply_nested_xml() -> None:
    data = replace_members(bare_docx(""), {"word/document.xml": b"<document>" + b"<a>" * 100_000})
    assert faults_in(extract(data, "a.docx")) == [("broken", "word/document.xml", "xml depth>512")]


CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
PAGES = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources %s>>"


def pdf_of(objects: list[bytes]) -> bytes:
    """A PDF of these objects, numbered from 1; the first is the catalog."""
    data = b"%PDF-1.4\n"
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size, start = len(objects) + 1, len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
    return data + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (size, start)


def slow_pdf() -> bytes:
    """A page that draws a form that draws ten forms, six levels deep; text in the last."""
    resources = b"<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>/XObject<</X %d 0 R>>>>"
    content = b"/X Do " * 10
    objects = [
        CATALOG,
        PAGES,
        PAGE % (resources % 5),
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
    ]
    for level in range(6):
        inner = content if level < 5 else b"BT /F 1 Tf (x) Tj ET " * 5000
        head = b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources " + resources % (6 + level)
        objects.append(head + b"/Length %d>>stream\n%s\nendstream" % (len(inner), inner))
    return pdf_of(objects)


def test_a_pdf_that_takes_for_ever_costs_its_seconds_and_the_next_file_is_read() -> None:
    started = time.monotonic()
    extracted = extract(slow_pdf(), "a.pdf", replace(DEFAULT_LIMITS, seconds=1.0))
    assert time.monotonic() - started < 20
    assert "too_slow" in {fault.kind for fault in extracted.faults}
    assert found_in(extract(plain_pdf(), "a.pdf"))[0] == ("示例镇人民政府公告", "第1页", "text")


def test_a_helper_that_dies_is_a_fault_and_is_replaced() -> None:
    extract(plain_pdf(), "a.pdf")
    isolate._running[0].process.kill()
    isolate._running[0].process.wait()
    assert extract(plain_pdf(), "a.pdf").faults == ()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows bounds the helper's time, not its memory")
def test_memory_of_the_helper_is_bounded_and_the_next_file_is_read() -> None:
    packed = zlib.compress(b"(x) Tj " * 10_000_000)
    stream = b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(packed), packed)
    data = pdf_of([CATALOG, PAGES, PAGE % b"<<>>", stream])
    extracted = extract(data, "a.pdf", replace(DEFAULT_LIMITS, memory_bytes=160 * 2**20))
    assert faults_in(extracted) in (
        [("too_large", "", "memory")],
        [("broken", "第1页", "MemoryError")],
        [("broken", "", "reader died")],
    )
    assert extract(plain_pdf(), "a.pdf").faults == ()


def test_too_large_a_file_is_not_read() -> None:
    assert faults_in(extract(b"x" * 11, "a.txt", replace(DEFAULT_LIMITS, file_bytes=10))) == [
        ("too_large", "", "file_bytes")
    ]
    few = extract("甲乙丙丁\n戊".encode(), "a.txt", replace(DEFAULT_LIMITS, characters=3))
    assert found_in(few) == [("甲乙丙", "第1行", "text")]
    assert faults_in(few) == [("too_large", "", "characters")]


def read_in_worker(data: bytes) -> tuple[str, int]:
    extracted = extract(data, "a.pdf")
    return extracted.pieces[-1].text, len(extracted.faults)


@pytest.mark.parametrize("method", multiprocessing.get_all_start_methods())
def test_worker_processes_have_helpers_of_their_own(method: str) -> None:
    extract(plain_pdf(), "a.pdf")
    context = multiprocessing.get_context(method)
    with ProcessPoolExecutor(2, context) as pool:
        assert list(pool.map(read_in_worker, [plain_pdf()] * 6)) == [("第二页正文", 0)] * 6
    assert extract(plain_pdf(), "a.pdf").faults == ()


def few_bytes_said_often() -> bytes:
    """A TIFF of fifty directories with a thousand entries each, all of them the same 200 kB of text."""
    size, count = 200_000, 1000
    step = 6 + 12 * count
    data = b"II*\x00" + struct.pack("<I", 8)
    text_at = 8 + 50 * step
    for number in range(1, 51):
        entries = struct.pack("<HHII", 0x010E, 2, size, text_at) * count
        data += (
            struct.pack("<H", count) + entries + struct.pack("<I", 8 + number * step if number < 50 else 0)
        )
    return data + b"a" * size


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (few_bytes_said_often(), "a.tif"),
        (b"\n" * 40_000_000, "a.txt"),
        (b"\n" * 40_000_000, "a.csv"),
        (b'"' + b"x" * 300_000 + b"\n" * 1_000_000, "a.csv"),
        (
            bare_docx("", styles=word_part("styles", "".join(
                f'<w:style w:styleId="{number}"><w:basedOn w:val="{number + 1}"/></w:style>' for number in range(50_000)
            ))),
            "a.docx",
        ),
        (
            replace_members(
                plain_xlsx(),
                {
                    "xl/worksheets/sheet1.xml": b"<worksheet><cols>"
                    + b'<col min="1" max="16384" hidden="1"/>' * 50_000
                    + b"</cols><sheetData><row>"
                    + b"<c><v>1</v></c>" * 10_000
                    + b"</row></sheetData></worksheet>"
                },
            ),
            "a.xlsx",
        ),
        (bare_docx("<w:p><w:r><w:t>" + "x" * 34_000_000 + "</w:t></w:r></w:p>"), "a.docx"),
    ],
    ids=["tiff", "blank text", "blank csv", "endless cell", "chain of styles", "hidden columns", "endless paragraph"],
)  # fmt: skip
def test_what_is_small_and_repeats_itself_costs_little(data: bytes, name: str) -> None:
    tracemalloc.start()
    started = time.process_time()
    extract(data, name)
    cost, (_now, peak) = time.process_time() - started, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert cost < 20  # seconds; the clock of tracing included
    assert peak < 200 * 2**20
