"""What stands beside the text of a Word file: footnotes, endnotes, text boxes, comments. Imported, or told where it was."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
from word_files import saved

from govsite.intake.bring import Wishes, bring
from govsite.intake.read import read_material

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_LINES = (
    "示政发〔2026〕18号",
    "示例镇人民政府关于值班的通知{0}",
    "各村：",
    "请按要求值班{1}，遵守纪律{2}。",
    "示例镇人民政府",
    "2026年11月13日",
)


def _note(kind: str, identity: int, text: str, type_: str = "") -> str:
    sort = f' w:type="{type_}"' if type_ else ""
    return f'<w:{kind} w:id="{identity}"{sort}><w:p><w:r><w:footnoteRef/><w:t>{text}</w:t></w:r></w:p></w:{kind}>'


def _document(calls: tuple[str, str, str], parts: dict[str, str]) -> bytes:
    """The document with runs put in at three places, and parts (`footnotes` …) beside it."""
    document = docx.Document()
    for line in _LINES:
        document.add_paragraph(line)
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(saved(document))) as source,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for info in source.infolist():
            text = source.read(info).decode("utf-8", "surrogateescape")
            if info.filename == "word/document.xml":
                for number, call in enumerate(calls):
                    text = text.replace(f"{{{number}}}", f"</w:t></w:r>{call}<w:r><w:t>")
            if info.filename == "[Content_Types].xml":
                more = [
                    f'<Override PartName="/word/{name}.xml" ContentType="{_TYPE}.{name}+xml"/>'
                    for name in parts
                ]
                text = text.replace("</Types>", "".join(more) + "</Types>")
            if info.filename == "word/_rels/document.xml.rels":
                more = [
                    f'<Relationship Id="n{name}" Type="{_OFFICE}/{name}" Target="{name}.xml"/>'
                    for name in parts
                ]
                text = text.replace("</Relationships>", "".join(more) + "</Relationships>")
            target.writestr(info, text.encode("utf-8", "surrogateescape"))
        for name, content in parts.items():
            target.writestr(f"word/{name}.xml", f"<w:{name} {_W}>{content}</w:{name}>")
    return buffer.getvalue()


def _call(kind: str, identity: int) -> str:
    return f'<w:r><w:{kind}Reference w:id="{identity}"/></w:r>'


def _imported(data: bytes, tmp_path: Path) -> tuple[str, list[tuple[str, str, str]]]:
    brought = bring(read_material(data, "通知.docx"), tmp_path, Wishes("policy"))
    text = next(content for path, content in brought.files.items() if path.endswith(".md")).decode()
    return text, [(note.kind, note.place, note.weight) for note in brought.notes]


def test_footnotes_and_endnotes_are_marked_kept_and_told(tmp_path: Path) -> None:
    footnotes = (
        _note("footnote", 0, "线", "separator")
        + _note("footnote", 7, "试行一年。")
        + _note("footnote", 8, "节假日除外。")
        + _note("footnote", 9, "没有引用。")
    )
    data = _document(
        (_call("footnote", 7), _call("footnote", 8), _call("endnote", 3)),
        {"footnotes": footnotes, "endnotes": _note("endnote", 3, "见镇政府纪律规定。")},
    )
    text, notes = _imported(data, tmp_path)
    assert "标题: 示例镇人民政府关于值班的通知\n" in text
    assert "请按要求值班（注2），遵守纪律（注3）。" in text
    assert text.endswith("注1：试行一年。\n\n注2：节假日除外。\n\n注3：见镇政府纪律规定。\n")
    assert "成文日期: 2026-11-13\n" in text
    assert "没有引用" not in text
    assert [note for note in notes if note[0] == "fault:note"] == [
        ("fault:note", "第2段", "check"), ("fault:note", "第4段", "check"), ("fault:note", "第4段", "check"),
    ]  # fmt: skip


def test_a_call_without_its_note_costs_nothing(tmp_path: Path) -> None:
    text, notes = _imported(_document((_call("footnote", 7), "", _call("endnote", 1)), {}), tmp_path)
    assert "请按要求值班，遵守纪律。" in text
    assert not [note for note in notes if note[0] == "fault:note"]


def test_text_boxes_stand_beside_the_paragraph_that_holds_them(tmp_path: Path) -> None:
    box = "<w:r><w:pict><v:shape xmlns:v='urn:schemas-microsoft-com:vml'><v:textbox><w:txbxContent><w:p><w:r><w:t>值班电话见附表</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    text, _ = _imported(_document(("", box, ""), {}), tmp_path)
    assert "值班电话见附表" in text
    assert "请按要求值班，遵守纪律。" in text


def test_comments_are_left_out_and_told(tmp_path: Path) -> None:
    comment = '<w:comment w:id="0" w:author="张三"><w:p><w:r><w:t>这句话要改</w:t></w:r></w:p></w:comment>'
    data = _document(("", '<w:r><w:commentReference w:id="0"/></w:r>', ""), {"comments": comment})
    text, notes = _imported(data, tmp_path)
    assert "这句话要改" not in text
    assert [note[2] for note in notes if note[0] == "fault:comment"] == ["lost"]
