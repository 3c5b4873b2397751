"""Masks applied: what was found is gone, all else stays."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from openpyxl.comments import Comment

from govsite.check.masking import mask_csv, mask_source
from govsite.check.masking_workbook import mask_workbook
from govsite.check.privacy.leak import PrivacyContext
from govsite.check.privacy.source import find_in_source
from govsite.cli.mask import mask

CONTEXT = PrivacyContext()
ID = "11010519491231002X"


def test_a_source_is_masked_and_stars_are_escaped_in_the_body_only() -> None:
    lines = [
        "---",
        "概述: 13812345678",
        "---",
        f"甲{ID}乙",
        "| 姓名 | 账号 |",
        "|---|---|",
        "| 张* | 2707010123456 |",
    ]
    new, masks = mask_source(lines, 3, CONTEXT)
    assert new[1] == "概述: 138****5678"
    assert new[3] == "甲1101" + "\\*" * 10 + "002X乙"
    assert new[6] == "| 张* | 2707" + "\\*" * 5 + "3456 |"
    assert [item.place for item in masks] == ["2:5", "4:2", "7:8"]
    assert find_in_source(new, CONTEXT) == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_keeps_its_encoding_and_line_ends(encoding: str) -> None:
    data = f'姓名,身份证号,备注\r\n张*,{ID},"一,二"\r\n'.encode(encoding)
    masked = mask_csv(data, CONTEXT)
    assert masked.data == '姓名,身份证号,备注\r\n张*,1101**********002X,"一,二"\r\n'.encode(encoding)
    assert mask_csv(masked.data, CONTEXT).masks == ()


def test_clean_files_stay_byte_for_byte() -> None:
    data = "村,户数\n东坪村,'318'\n".encode()
    assert mask_csv(data, CONTEXT).data is data


def workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "名单"
    sheet.append(["残疾人补贴名单"])
    sheet.append(["姓名", "身份证号", "手机", "金额"])
    sheet.append(["王小二", ID, 13812345678, "=60*2"])
    sheet["A3"].comment = Comment("本人13912345678", "")
    sheet["B3"].font = openpyxl.styles.Font(bold=True)
    hidden = book.create_sheet("底册")
    hidden.sheet_state = "hidden"
    hidden.append(["情况", ID])
    book.properties.description = f"经办{ID}"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_a_workbook_is_masked_in_every_corner_and_keeps_the_rest() -> None:
    masked = mask_workbook(workbook(), "a.xlsx", CONTEXT)
    assert masked.left == ()
    book = openpyxl.load_workbook(io.BytesIO(masked.data))
    sheet = book["名单"]
    assert [cell.value for cell in sheet[3]] == ["王**", "1101**********002X", "138****5678", "=60*2"]
    assert sheet["B3"].font.bold
    assert sheet["A3"].comment is not None and sheet["A3"].comment.text == "本人139****5678"
    assert book["底册"]["B1"].value == "1101**********002X"
    assert book["底册"].sheet_state == "hidden"
    assert ID.encode() not in masked.data


def test_what_is_no_workbook_is_refused() -> None:
    with pytest.raises(ValueError, match="txt"):
        mask_workbook(b"x", "a.xlsx", CONTEXT)


def test_the_command_proposes_writes_and_shows_the_result_clean(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.xlsx").write_bytes(workbook())
    before = Path("a.xlsx").read_bytes()

    def run(*words: str) -> tuple[int, str]:
        result = CliRunner().invoke(mask, list(words), standalone_mode=False)
        return result.return_value, result.output

    code, output = run("a.xlsx")
    assert (code, list(tmp_path.iterdir())) == (1, [tmp_path / "a.xlsx"])
    assert ID not in output
    code, output = run("--write", "a.xlsx")
    assert code == 0
    assert "重新打开 a-脱敏.xlsx 检查：没有发现个人信息" in output
    assert Path("a.xlsx").read_bytes() == before
    assert run("a-脱敏.xlsx") == (0, "a-脱敏.xlsx 里没有发现个人信息\n")
