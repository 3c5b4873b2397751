"""What the bytes are, whatever the name says; pictures, texts, archives."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import pytest
from attachment_files import faults_in, found_in, ole_with, picture, plain_docx, plain_pdf, plain_xlsx, zip_of

from govsite.attachments.extract import extract

SVG = '<svg xmlns="http://www.w3.org/2000/svg"><text>文</text></svg>'


@pytest.mark.parametrize(
    ("data", "name", "kind", "faults"),
    [
        (plain_docx(), "a.xlsx", "docx", [("wrong_type", "", "docx")]),
        (plain_xlsx(), "a.doc", "xlsx", [("wrong_type", "", "xlsx")]),
        (b"%PDF-", "a.jpg", "pdf", [("broken", "", "PdfStreamError"), ("wrong_type", "", "pdf")]),
        (b"plain", "a.pdf", "txt", [("wrong_type", "", "txt")]),
        (b"{\\rtf1 x}", "a.doc", "rtf", [("unsupported", "", "rtf"), ("wrong_type", "", "rtf")]),
        (b"<html><body>", "a.xls", "html", [("executable", "", "html"), ("wrong_type", "", "html")]),
        (b"MZ\x90\x00" + bytes(60), "a.txt", "executable", [("executable", "", "executable"), ("wrong_type", "", "executable")]),
        (b"#!/bin/sh\n", "a", "executable", [("executable", "", "executable")]),
        (b"x", "a.exe", "txt", [("executable", "", ".exe")]),
        (b"x", "a.pdf.BAT. ", "txt", [("executable", "", ".bat")]),
        (b"@echo off\r\n", "a.txt", "executable", [("executable", "", "executable"), ("wrong_type", "", "executable")]),
        (b"", "a.docx", "empty", [("broken", "", "empty")]),
        (bytes(range(256)), "a.dwg", "unknown", [("unsupported", "", "unknown")]),
        (ole_with("WordDocument"), "a.doc", "doc", [("unsupported", "", "doc")]),
        (ole_with("WordDocument"), "a.wps", "doc", [("unsupported", "", "doc")]),
        (ole_with("PowerPoint Document"), "a.ppt", "ppt", [("unsupported", "", "ppt")]),
        (ole_with("EncryptedPackage"), "a.docx", "office", [("encrypted", "", "")]),
        (ole_with("EncryptedPackage"), "a.xlsx", "office", [("encrypted", "", "")]),
        (zip_of({"OFD.xml": b"<x/>"}), "公告.ofd", "ofd", [("unsupported", "", "ofd")]),
        (zip_of({"mimetype": b"application/vnd.oasis.opendocument.text"}), "a.odt", "odt", [("unsupported", "", "odt")]),
        (b"Rar!\x1a\x07\x00", "a.rar", "rar", [("unsupported", "", "rar")]),
        (SVG.encode(), "a.svg", "svg", []),
        (
            SVG.replace("<text>", '<script>1</script><text onclick="x()">').encode(),
            "a.svg",
            "svg",
            [("executable", "", "svg script"), ("executable", "", "svg onclick")],
        ),
    ],
)  # fmt: skip
def test_type_by_content_and_disagreement_with_the_name(
    data: bytes, name: str, kind: str, faults: list[tuple[str, str, str]]
) -> None:
    extracted = extract(data, name)
    assert (extracted.type, faults_in(extracted)) == (kind, faults)


@pytest.mark.parametrize(("kind", "name"), [("JPEG", "a.jpg"), ("PNG", "a.png"), ("WEBP", "a.webp")])
def test_pictures_tell_author_program_and_place(kind: str, name: str) -> None:
    extracted = extract(picture(kind), name)
    assert extracted.type == "image"
    assert sorted(found_in(extracted, properties=True)) == [
        ("Photo 1.0", "EXIF Software", "property"),
        ("张三", "EXIF Artist", "property"),
    ]
    assert faults_in(extracted) == [("location", "EXIF GPS", "31.50000,121.25000")]


def test_a_tiff_in_either_byte_order_tells_its_place() -> None:
    for order, mark in (("<", b"II"), (">", b"MM")):
        gps = struct.pack(order + "H", 4)
        for tag, form, count, value in (
            (1, 2, 2, b"S\x00\x00\x00"),
            (2, 5, 3, struct.pack(order + "I", 100)),
            (3, 2, 2, b"E\x00\x00\x00"),
            (4, 5, 3, struct.pack(order + "I", 100)),
        ):
            gps += struct.pack(order + "HHI", tag, form, count) + value
        head = mark + struct.pack(order + "HI", 42, 8)
        first = struct.pack(order + "HHHIII", 1, 0x8825, 4, 1, 26, 0)
        degrees = struct.pack(order + "6I", 31, 1, 30, 1, 0, 0)
        data = (head + first + gps + bytes(4)).ljust(100, b"\x00") + degrees
        assert faults_in(extract(data, "a.tif")) == [("location", "EXIF GPS", "-31.50000,31.50000")]


def test_iptc_and_xmp_of_a_jpeg() -> None:
    xmp = (
        b'http://ns.adobe.com/xap/1.0/\x00<x:xmpmeta xmlns:x="x" xmlns:dc="d" xmlns:exif="e" xmlns:rdf="r">'
        b"<dc:creator><rdf:Seq><rdf:li>\xe5\xad\x99\xe5\x85\xab</rdf:li></rdf:Seq></dc:creator>"
        b'<rdf:Description exif:GPSLatitude="31,30N" exif:GPSLongitude="121,15E"/></x:xmpmeta>'
    )
    record = b"\x1c\x02\x50\x00\x06" + "李四".encode()
    irb = b"Photoshop 3.0\x00" + b"8BIM\x04\x04\x00\x00" + struct.pack(">I", len(record)) + record
    segments = b"".join(
        b"\xff" + marker + struct.pack(">H", len(block) + 2) + block
        for marker, block in ((b"\xe1", xmp), (b"\xed", irb))
    )
    data = picture()
    extracted = extract(data[:2] + segments + data[2:], "a.jpg")
    assert ("孙八", "XMP creator", "property") in found_in(extracted, properties=True)
    assert ("李四", "IPTC By-line", "property") in found_in(extracted, properties=True)
    assert ("location", "XMP GPS", "31,30N,121,15E") in faults_in(extracted)


def test_text_is_read_line_by_line() -> None:
    extracted = extract("第一\r\n\r\n第三".encode("gbk"), "a.txt")
    assert found_in(extracted) == [("第一", "第1行", "text"), ("第三", "第3行", "text")]


def test_an_archive_names_its_members_and_reads_them() -> None:
    data = zip_of({"名单/a.csv": "姓名,电话\n".encode("gbk"), "b.pdf": plain_pdf(), "c.exe": b"x"})
    extracted = extract(data, "a.zip")
    assert extracted.type == "zip"
    assert found_in(extracted) == [
        ("名单/a.csv", "名单/a.csv", "name"),
        ("姓名", "名单/a.csv › 第1行第1列", "header"),
        ("电话", "名单/a.csv › 第1行第2列", "header"),
        ("b.pdf", "b.pdf", "name"),
        ("示例镇人民政府公告", "b.pdf › 第1页", "text"),
        ("第二页正文", "b.pdf › 第2页", "text"),
        ("c.exe", "c.exe", "name"),
        ("x", "c.exe › 第1行", "text"),
    ]
    assert faults_in(extracted) == [("executable", "c.exe", ".exe")]


def test_names_that_chinese_windows_wrote_are_read_as_it_meant_them() -> None:
    data = zip_of({"xxxx.txt": b"1"}).replace(b"xxxx", "名单".encode("gbk"))
    assert found_in(extract(data, "a.zip"))[0] == ("名单.txt", "名单.txt", "name")


def test_members_that_would_leave_their_folder() -> None:
    names = ["../a.txt", "/b.txt", "c\\..\\..\\d.txt", "C:\\e.txt", "f/./../../g.txt", "con.txt"]
    extracted = extract(zip_of(dict.fromkeys(names, b"")), "a.zip")
    assert [fault.place for fault in extracted.faults if fault.kind == "unsafe_name"] == names


def test_a_member_under_a_password() -> None:
    data = bytearray(zip_of({"a.txt": b"secret"}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert faults_in(extract(bytes(data), "a.zip")) == [("encrypted", "a.txt", "")]


def test_a_symbolic_link_in_an_archive() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        info = zipfile.ZipInfo("link")
        info.external_attr = 0o120777 << 16
        file.writestr(info, "/etc/passwd")
    assert faults_in(extract(buffer.getvalue(), "a.zip")) == [("unsafe_name", "link", "symlink")]


def test_a_path_is_read_and_a_missing_one_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("文", encoding="utf-8")
    assert found_in(extract(tmp_path / "a.txt", "a.txt")) == [("文", "第1行", "text")]
    assert faults_in(extract(tmp_path / "b.txt", "b.txt")) == [("broken", "", "ENOENT")]
