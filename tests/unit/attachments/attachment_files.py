"""Attachments for tests, made by the programs offices use or by hand where no program would write such a thing.

All persons and numbers are invented.
"""

from __future__ import annotations

import datetime as dt
import io
import struct
import zipfile
import zlib
from functools import cache
from typing import Any

ID_NUMBER = "11010119900307803X"


def zip_of(members: dict[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as file:
        for name, data in members.items():
            file.writestr(zipfile.ZipInfo(name, (2024, 6, 1, 8, 0, 0)), data, method)
    return buffer.getvalue()


def replace_members(data: bytes, changes: dict[str, bytes]) -> bytes:
    """A zip with members added or replaced."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        members = {name: file.read(name) for name in file.namelist()}
    return zip_of({**members, **changes})


@cache
def plain_docx() -> bytes:
    """Two paragraphs, a table of two rows, a header, an author."""
    import docx

    document = docx.Document()
    document.add_paragraph("关于公布低保对象名单的通知")
    document.add_paragraph("现将名单公布如下。")
    table = document.add_table(rows=2, cols=3)
    for row, words in enumerate((("姓名", "身份证号", "金额"), ("张三", ID_NUMBER, "500"))):
        for column, word in enumerate(words):
            table.cell(row, column).text = word
    document.sections[0].header.paragraphs[0].text = "内部资料"
    document.core_properties.author = "李四"
    document.core_properties.created = dt.datetime(2024, 6, 1, 8)
    document.core_properties.modified = dt.datetime(2024, 6, 1, 8)
    return saved(document)


def saved(document: Any) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def bare_docx(body: str, **parts: str) -> bytes:
    """A document with this body; parts: kind of relation to the content of the part."""
    relations = "".join(
        f'<Relationship Id="r{number}" Type="{_R}/{kind}" Target="{kind}.xml"/>'
        for number, kind in enumerate(parts)
    )
    return zip_of(
        {
            "[Content_Types].xml": b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
            "_rels/.rels": f'<Relationships><Relationship Id="a" Type="{_R}/officeDocument" Target="word/document.xml"/></Relationships>'.encode(),
            "word/document.xml": f"<w:document {_W}><w:body>{body}</w:body></w:document>".encode(),
            "word/_rels/document.xml.rels": f"<Relationships>{relations}</Relationships>".encode(),
            **{
                f"word/{kind}.xml": content.replace("<w:", "<w:", 1).encode()
                for kind, content in parts.items()
            },
        }
    )


def word_part(root: str, content: str) -> str:
    return f"<w:{root} {_W}>{content}</w:{root}>"


@cache
def plain_xlsx() -> bytes:
    """One sheet: title, header, two rows with text, a long number, a date."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "清单"
    sheet.append(["补贴公示表"])
    sheet.append(["姓名", "手机", "日期"])
    sheet.append(["张三", 13800138000, dt.date(2024, 6, 1)])
    sheet.append(["李四", "0.1", 0.1])
    book.properties.creator = "王五"
    return saved(book)


@cache
def secretive_xlsx() -> bytes:
    """Hidden sheets, rows, columns, cells; a note."""
    import openpyxl
    from openpyxl.comments import Comment

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "公示"
    for row in (["姓名", "身份证号", "备注"], ["张三", ID_NUMBER, "甲"], ["李四", ID_NUMBER, "乙"]):
        sheet.append(row)
    sheet.column_dimensions["B"].hidden = True
    sheet.row_dimensions[3].hidden = True
    sheet["C2"].comment = Comment("电话 13800138000", "赵六")
    sheet["C2"].number_format = ";;;"
    hidden = book.create_sheet("底表")
    hidden.sheet_state = "hidden"
    hidden["A1"] = "原始数据"
    very = book.create_sheet("更深")
    very.sheet_state = "veryHidden"
    very["D17"] = "更原始"
    return saved(book)


@cache
def plain_xls() -> bytes:
    """The old format, with a hidden row, column and sheet."""
    import xlwt

    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("清单")
    date = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for row, words in enumerate(
        (("姓名", "身份证号", "手机"), ("张三", ID_NUMBER, 13800138000), ("李四", "无", 1.5))
    ):
        for column, word in enumerate(words):
            sheet.write(row, column, word)
    sheet.write(1, 3, dt.date(2024, 6, 1), date)
    sheet.col(1).hidden = True
    sheet.row(2).hidden = True
    other = book.add_sheet("底表")
    other.visibility = 1
    other.write(0, 0, "原始")
    return saved(book)


def ole_with(stream: str) -> bytes:
    """An OLE2 file whose one stream is called `stream` and holds rubbish."""
    data = plain_xls()
    old = "Workbook".encode("utf-16-le").ljust(64, b"\x00") + struct.pack("<H", 18)
    new = stream.encode("utf-16-le").ljust(64, b"\x00") + struct.pack("<H", 2 * len(stream) + 2)
    assert old in data
    return data.replace(old, new)


@cache
def plain_pdf(pages: tuple[str, ...] = ("示例镇人民政府公告", "第二页正文")) -> bytes:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen import canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    buffer = io.BytesIO()
    page = canvas.Canvas(buffer, invariant=1)
    page.setAuthor("李四")
    page.setTitle("公告")
    for text in pages:
        page.setFont("STSong-Light", 14)
        page.drawString(72, 700, text)
        page.showPage()
    page.save()
    return buffer.getvalue()


def changed_pdf(change: Any) -> bytes:
    """A PDF after `change(writer)`."""
    import pypdf

    writer = pypdf.PdfWriter(clone_from=io.BytesIO(plain_pdf()))
    change(writer)
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


@cache
def plain_pptx() -> bytes:
    import pptx

    show = pptx.Presentation()
    for number, words in enumerate(("工作报告", "第二张")):
        slide = show.slides.add_slide(show.slide_layouts[5])
        slide.shapes.title.text = words
        if number:
            slide.notes_slide.notes_text_frame.text = "讲稿"
            slide._element.set("show", "0")
            table = slide.shapes.add_table(1, 2, 0, 0, 100, 100).table
            table.cell(0, 0).text, table.cell(0, 1).text = "甲", "乙"
    return saved(show)


@cache
def picture(kind: str = "JPEG") -> bytes:
    """A picture with its author, program and place (示例 31.5° N, 121.25° E)."""
    from PIL import Image

    image = Image.new("RGB", (8, 8), "red")
    exif = Image.Exif()
    exif[0x013B] = "张三".encode()
    exif[0x0131] = "Photo 1.0"
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2], gps[3], gps[4] = "N", (31.0, 30.0, 0.0), "E", (121.0, 15.0, 0.0)
    buffer = io.BytesIO()
    image.save(buffer, kind, exif=exif)
    return buffer.getvalue()


def small_bomb(size: int) -> bytes:
    """A zip of one member that unpacks to `size` zeros."""
    return zip_of({"zeros.txt": b"0" * size})


def lying_bomb(size: int, member: str) -> bytes:
    """A zip whose member unpacks to `size` bytes and says it has ten; put together from one packed block."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(b"0" * 2**20) + packer.flush(zlib.Z_FULL_FLUSH)
    packed = block * (size // 2**20) + packer.flush()
    name = member.encode()
    common = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 0, 0, len(packed), 10, len(name), 0)
    local = b"PK\x03\x04" + common + name + packed
    central = b"PK\x01\x02" + struct.pack("<H", 20) + common + struct.pack("<HHHII", 0, 0, 0, 0, 0) + name
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(central), len(local), 0)
    return local + central + end


def nested_bomb(levels: int, width: int, core: bytes) -> bytes:
    """`width` copies of the level below in each archive, as in 42.zip."""
    data = zip_of({"core.txt": core})
    for _level in range(levels):
        data = zip_of({f"lib {number}.zip": data for number in range(width)})
    return data


def found_in(extracted: Any, *, properties: bool = False) -> list[tuple[str, str, str]]:
    """Text, place and role of all pieces, those of properties only if asked for."""
    return [
        (piece.text, piece.place, piece.role)
        for piece in extracted.pieces
        if properties or piece.role != "property"
    ]


def faults_in(extracted: Any) -> list[tuple[str, str, str]]:
    return [(fault.kind, fault.place, fault.detail) for fault in extracted.faults]
