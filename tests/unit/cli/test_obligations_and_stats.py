"""govsite obligations and govsite stats over a small site: every format, every filter."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest

from running import govsite, write_site

ITEM = """\
  - 编号: jz-0{number}
    一级事项: {name}
    公开内容: [安排]
    公开依据: [《条例》]
    公开时限: {deadline}
    公开主体: [试验镇人民政府]
    责任部门: {unit}
    公开渠道: [政府网站]
    公开对象: [全社会]
    公开方式: [主动]
"""
CATALOG = "领域: 救灾\n事项:\n" + "".join(
    ITEM.format(number=number, name=name, deadline=deadline, unit=unit)
    for number, (name, deadline, unit) in enumerate(
        [
            ("值班安排", "每年1月31日前", "应急办"),
            ("物资储备", "及时", "应急办"),
            ("款物发放", "发放后10个工作日内", "财政所"),
        ],
        1,
    )
)


def page(title: str, published: str, **keys: str) -> str:
    front = {"标题": title, "发布日期": published, "公开属性": "主动公开", **keys}
    return "---\n" + "".join(f"{key}: {value}\n" for key, value in front.items()) + "---\n\n内容。\n"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write_site(
        tmp_path / "site",
        {
            "content/catalog/jz.yaml": CATALOG,
            "content/disclosures/a.md": page("值班", "2024-01-20", 公开事项="[jz-01]"),
            "content/disclosures/b.md": page("发放", "2024-05-20", 公开事项="[jz-03]", 形成日期="2024-03-01"),
            "content/consultations/c.md": page(
                "征求意见", "2024-03-01", 开始日期="2024-03-01", 截止日期="2024-04-10"
            ),
        },
    )


def rows(site: Path, *options: str) -> dict[str, dict[str, object]]:
    code, output = govsite(
        "obligations", "--site", site, "--as-of", "2024-06-01", "--format", "json", *options
    )
    assert code == 0
    data = json.loads(output)
    assert data["version"] == 1
    return {row["id"]: row for row in data["rows"]}


def test_each_thing_owed_has_its_state_and_day(site: Path) -> None:
    found = {id_: (row["state"], row["due"]) for id_, row in rows(site).items()}
    assert found == {
        "jz-01": ("fulfilled", "2025-01-31"),
        "jz-02": ("unfulfilled", ""),
        "jz-03": ("late", "2024-03-15"),
        "report-2023": ("overdue", "2024-01-31"),
        "report-2024": ("open", "2025-01-31"),
        "consultation/c": ("overdue", "2024-05-10"),
    }


@pytest.mark.parametrize(
    ("options", "ids"),
    [
        (("--domain", "救灾"), {"jz-01", "jz-02", "jz-03"}),
        (("--domain", "jz"), {"jz-01", "jz-02", "jz-03"}),
        (("--unit", "财政所"), {"jz-03"}),
        (("--due", "2024-12-31"), {"jz-03", "report-2023", "consultation/c"}),
        (("--state", "unfulfilled", "--state", "late"), {"jz-02", "jz-03"}),
        (("--unit", "没有"), set()),
    ],
)
def test_filters_choose_by_any_word(site: Path, options: tuple[str, ...], ids: set[str]) -> None:
    assert set(rows(site, *options)) == ids


def test_text_ends_with_a_count_by_state(site: Path) -> None:
    code, output = govsite("obligations", "--site", site, "--as-of", "2024-06-01")
    assert code == 0
    assert output.splitlines()[-1] == "共 6 项：未落实 1，逾期 2，待办 1，曾超期 1，已落实 1"
    assert (
        govsite("obligations", "--site", site, "--unit", "没有")[1].splitlines()[-1] == "没有符合条件的事项"
    )


def test_every_format_goes_into_a_file(site: Path, tmp_path: Path) -> None:
    for format_ in ("csv", "xlsx", "ics"):
        code, _ = govsite(
            "obligations",
            "--site",
            site,
            "--as-of",
            "2024-06-01",
            "--format",
            format_,
            "--output",
            tmp_path / format_,
        )
        assert code == 0
    table = list(csv.reader(io.StringIO((tmp_path / "csv").read_text(encoding="utf-8-sig"))))
    assert len(table) == 7
    sheet = openpyxl.load_workbook(io.BytesIO((tmp_path / "xlsx").read_bytes())).active
    assert sheet is not None
    assert [cell.value for cell in sheet[1]] == table[0]
    assert (tmp_path / "ics").read_text(encoding="utf-8").count("BEGIN:VEVENT") == 5


def test_excel_asks_for_a_file(site: Path) -> None:
    code, output = govsite("obligations", "--site", site, "--format", "xlsx")
    assert code == 2
    assert "--output" in output


def test_statistics_count_what_is_out(site: Path) -> None:
    code, output = govsite("stats", "--site", site, "--as-of", "2024-03-10", "--format", "json")
    assert code == 0
    figures = {(row["group"], row["name"]): row["number"] for row in json.loads(output)["rows"]}
    assert figures["文件种类", "主动公开信息"] == 1
    assert figures["文件种类", "意见征集"] == 1
    assert figures["月份", "2024-03"] == 1
    assert ("月份", "2024-05") not in figures


def test_a_share_of_forms_is_cut_not_rounded(tmp_path: Path) -> None:
    policy = page(
        "办法", "2024-03-01", 发文字号="试镇政发〔2024〕7号", 发文机关="试验镇人民政府", 成文日期="2024-03-01"
    )
    files = {"content/policies/7.md": policy}
    for number, form in enumerate(("图解", "文字, 问答", "文字")):
        keys = {"解读文件": "试镇政发〔2024〕7号", "解读形式": f"[{form}]", "解读机关": "试验镇人民政府"}
        files[f"content/interpretations/{number}.md"] = page(f"解读{number}", "2024-03-01", **keys)
    site = write_site(tmp_path / "site", files)
    rows = json.loads(govsite("stats", "--site", site, "--format", "json")[1])["rows"]
    found = {row["group"]: row["number"] for row in rows if row["name"] == "试验镇人民政府 2024"}
    assert found == {"解读篇数": 3, "多样化解读篇数": 2, "多样化解读比例（%）": 66}
