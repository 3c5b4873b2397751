"""govsite import and export: round trips without loss, reports, places told with later problems."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from running import govsite

sys.path.insert(0, str(Path(__file__).parents[1] / "intake"))
from word_files import ROWS, national_workbook

_POLICY = """---
标题: 示例镇人民政府关于印发《示例镇值班办法》的通知
发文字号: 示镇政发〔2024〕7号
发文机关: 示例镇人民政府
成文日期: 2024-05-06
发布日期: 2024-05-07
公开属性: 主动公开
---

各村民委员会：

现将办法印发给你们，请认真执行。

示例镇人民政府

2024年5月6日

（此件公开发布）

## 示例镇值班办法

### 一、总则

#### （一）目的

为了规范值班，制定本办法。

1. 白天值班
2. 夜间值班

| 项目 | 标准 | << |
| --- | --- | --- |
| ^^ | 白天 | 夜间 |
| 人数 | 1 | 2 |
"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "站 点"
    assert govsite("init", str(folder), "-q")[0] == 0
    return folder


def test_xlsx_to_yaml_to_xlsx_to_yaml_is_identical(site: Path, tmp_path: Path) -> None:
    first = tmp_path / "附件2.xlsx"
    rows = [ROWS[0], ROWS[1], [*ROWS[2][:3], "初审对象名单；复核结果", *ROWS[2][4:]]]
    first.write_bytes(national_workbook(rows=rows))
    assert govsite("import", str(first), "--as", "catalog", "--site", str(site))[0] == 0
    source = site / "content" / "catalog" / "shjz.yaml"
    yaml = source.read_text(encoding="utf-8")
    assert "待核" not in yaml
    for form in ("xlsx", "docx"):
        exported = tmp_path / f"导出.{form}"
        assert govsite("export", "catalog/社会救助", "--out", str(exported), "--site", str(site))[0] == 0
        source.unlink()
        assert govsite("import", str(exported), "--as", "catalog", "--site", str(site))[0] == 0
        assert source.read_text(encoding="utf-8") == yaml, form


def test_docx_to_markdown_to_docx_keeps_headings_numbers_and_tables(site: Path, tmp_path: Path) -> None:
    source = site / "content" / "policies" / "2024" / "szzf-07.md"
    source.parent.mkdir(parents=True)
    source.write_text(_POLICY, encoding="utf-8")
    exported = tmp_path / "通知.docx"
    assert govsite("export", "示镇政发[2024]7号", "--out", str(exported), "--site", str(site))[0] == 0
    source.unlink()
    assert (
        govsite("import", str(exported), "--to", "content/policies/2024/szzf-07.md", "--site", str(site))[0]
        == 0
    )
    text = source.read_text(encoding="utf-8")
    for line in _POLICY.split("---\n", 2)[2].strip().split("\n"):
        assert line in text.split("\n"), line
    for line in (
        "标题: 示例镇人民政府关于印发《示例镇值班办法》的通知",
        "发文字号: 示镇政发〔2024〕7号",
        "发文机关: 示例镇人民政府",
        "成文日期: 2024-05-06",
        "公开属性: 主动公开",
    ):
        assert line in text.split("\n"), line


def test_later_problems_name_the_cell_of_the_imported_file(site: Path, tmp_path: Path) -> None:
    rows = [[*ROWS[0][:5], "随便什么时候", *ROWS[0][6:]]]
    file = tmp_path / "附件2.xlsx"
    file.write_bytes(national_workbook(rows=rows))
    assert govsite("import", str(file), "--site", str(site))[0] == 0
    _, output = govsite("check", "--site", str(site), "--only", "CAT104")
    assert "来自: 附件2.xlsx › 清单!F4" in output
    _, output = govsite("check", "--site", str(site), "--only", "CAT104", "--format", "json")
    assert json.loads(output)["problems"][0]["origin"] == "附件2.xlsx › 清单!F4"


def test_a_dry_run_writes_nothing_and_the_report_says_everything(site: Path, tmp_path: Path) -> None:
    file = tmp_path / "附件2.xlsx"
    file.write_bytes(national_workbook())
    before = sorted(site.rglob("*"))
    code, output = govsite(
        "import", str(file), "--site", str(site), "--dry-run", "--report", str(tmp_path / "报告.json")
    )
    assert code == 0
    assert "将写入 content/catalog/shjz.yaml" in output
    assert sorted(site.rglob("*")) == before
    report = json.loads((tmp_path / "报告.json").read_text(encoding="utf-8"))
    assert {"kind": "number_gap", "place": "清单!A6"}.items() <= report["imports"][0]["notes"][-1].items()


def test_a_body_that_was_edited_is_not_overwritten(site: Path, tmp_path: Path) -> None:
    file = tmp_path / "通知.txt"
    file.write_text("关于值班的通知\n各村：\n请值班。\n示例镇人民政府\n2024年5月6日\n", encoding="utf-8")
    target = "content/policies/2024/zhiban.md"
    assert govsite("import", str(file), "--to", target, "--site", str(site))[0] == 0
    source = site / target
    source.write_text(
        source.read_text(encoding="utf-8")
        .replace("请值班。", "请认真值班。")
        .replace("公开属性: 待核", "公开属性: 主动公开"),
        encoding="utf-8",
    )
    code, output = govsite("import", str(file), "--to", target, "--site", str(site))
    assert code == 0
    assert "没有覆盖" in output
    text = source.read_text(encoding="utf-8")
    assert "请认真值班。" in text
    assert "公开属性: 主动公开" in text
    assert govsite("import", str(file), "--to", target, "--replace", "--site", str(site))[0] == 0
    assert "请值班。" in source.read_text(encoding="utf-8")


def test_a_file_that_cannot_be_read_is_refused_and_the_others_are_not(site: Path, tmp_path: Path) -> None:
    bad, good = tmp_path / "坏.doc", tmp_path / "好.txt"
    bad.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600)
    good.write_text("关于值班的通知\n各村：\n请值班。\n", encoding="utf-8")
    code, output = govsite("import", str(bad), str(good), "--site", str(site))
    assert code == 1
    assert "不能导入" in output or "损坏" in output
    assert "关于值班的通知" in output


def test_targets_outside_the_content_are_wrong_usage(site: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("关于值班的通知\n", encoding="utf-8")
    assert govsite("import", str(file), "--to", "../x.md", "--site", str(site))[0] == 2
    assert govsite("import", str(file), "--as", "什么", "--site", str(site))[0] == 2


@pytest.mark.parametrize("form", ["xlsx", "csv", "json"])
def test_any_list_is_exported(site: Path, tmp_path: Path, form: str) -> None:
    source = site / "content" / "policies" / "2024" / "a.md"
    source.parent.mkdir(parents=True)
    source.write_text(_POLICY, encoding="utf-8")
    out = tmp_path / f"清单.{form}"
    assert govsite("export", "policies", "--out", str(out), "--site", str(site))[0] == 0
    if form == "json":
        assert json.loads(out.read_text(encoding="utf-8"))["documents"][0]["doc_no"] == "示镇政发〔2024〕7号"
    elif form == "csv":
        assert "示镇政发〔2024〕7号" in out.read_text(encoding="utf-8-sig")
    else:
        assert out.read_bytes()[:2] == b"PK"


def test_documents_on_paper_are_offered_beside_the_page(site: Path) -> None:
    source = site / "content" / "policies" / "2024" / "a.md"
    source.parent.mkdir(parents=True)
    source.write_text(_POLICY, encoding="utf-8")
    with (site / "config.yaml").open("a", encoding="utf-8") as file:
        file.write("下载: [docx, pdf]\n")
    code, output = govsite("build", "--site", str(site), "--out", str(site / "build" / "site"))
    assert code == 0, output
    built = site / "build" / "site" / "policies" / "2024"
    page = (built / "a.html").read_text(encoding="utf-8")
    for form in ("docx", "pdf"):
        assert f'href="../../policies/2024/a.{form}" download' in page
        assert (built / f"a.{form}").stat().st_size > 2000


@pytest.mark.parametrize(
    ("signed", "day", "published", "written"),
    [
        ("2026年11月13日", "2026-11-25", "2026-11-25", "2026-11-13"),
        ("2026年11月31日", "2026-11-25", "2026-11-25", "待核：2026年11月31日"),
        ("2026年10月1日", "2026-11-25", "待核", "2026-10-01"),
        ("2026年12月1日", "2026-11-25", "待核", "2026-12-01"),
        ("2026年11月31日", "2027-01-05", "待核", "待核：2026年11月31日"),
    ],
)
def test_a_fresh_document_goes_out_today_and_an_old_one_is_asked_about(
    site: Path, tmp_path: Path, signed: str, day: str, published: str, written: str
) -> None:
    file = tmp_path / "通知.txt"
    file.write_text(
        f"示政发〔2026〕18号\n示例镇人民政府关于值班的通知\n各村：\n请值班。\n示例镇人民政府\n{signed}\n",
        encoding="utf-8",
    )
    exit_code, output = govsite(
        "import", file, "--as", "policy", "--site", site, environ={"GOVSITE_AS_OF": day}
    )
    assert exit_code == 0
    text = (site / "content/policies/2026/szf-18.md").read_text(encoding="utf-8")
    assert f"发布日期: {published}\n" in text
    assert f"成文日期: {written}\n" in text
    assert "发文机关: 示例镇人民政府\n" in text
    assert ("按今天填了" in output) is (published == day)
    assert ("没有这一天" in output) is written.startswith("待核")
    _, report = govsite("check", site / "content/policies", "--site", site)
    assert "DOC109" not in report
