"""Merged cells of the catalog table, open data that no spreadsheet program runs, addresses, sizes."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from openpyxl import load_workbook

from govsite.pipeline.build import Request, build_site
from govsite.render.annual import number_words
from govsite.render.assets import asset_paths
from govsite.render.bodies import absolute_url, relative_url
from govsite.render.catalog import channel_boxes, channel_label, merged_levels
from govsite.render.data import safe_cell
from govsite.render.files import size_words
from running import catalog, document, policy, tree, write_site


def _merged(rows: list[tuple[str, str, str]]) -> list[list[tuple[str, int]]]:
    items: Any = [SimpleNamespace(level1=row[0], level2=row[1], level3=row[2]) for row in rows]
    return [
        [(cell.text, cell.span) for cell in cells]
        for cells in merged_levels(items, ("level1", "level2", "level3"))
    ]


def test_equal_levels_below_each_other_are_one_cell() -> None:
    assert _merged([("甲", "一", "x"), ("甲", "一", "y"), ("甲", "二", "z"), ("乙", "二", "z")]) == [
        [("甲", 3), ("一", 2), ("x", 1)],
        [("", 0), ("", 0), ("y", 1)],
        [("", 0), ("二", 1), ("z", 1)],
        [("乙", 1), ("二", 1), ("z", 1)],
    ]


def test_the_last_level_and_empty_levels_are_never_merged() -> None:
    assert _merged([("甲", "", "x"), ("甲", "", "x")]) == [
        [("甲", 2), ("", 1), ("x", 1)],
        [("", 0), ("", 1), ("x", 1)],
    ]
    assert _merged([("", "一", ""), ("", "一", "")])[1][0] == ("", 1)
    assert _merged([]) == []


def test_every_row_of_a_merged_table_has_the_same_width() -> None:
    rows = [(a, b, c) for a in "甲甲乙" for b in ("", "一", "一") for c in "xy"]
    covered = [[0] * 3 for _ in rows]
    for index, cells in enumerate(_merged(rows)):
        for column, (_, span) in enumerate(cells):
            for row in range(index, index + span):
                covered[row][column] += 1
    assert covered == [[1, 1, 1]] * len(rows)


def test_the_thirteen_boxes_stand_in_order_and_the_sites_own_behind() -> None:
    boxes = channel_boxes(["other:办税服务厅", "push", "website", "黑板"])
    assert len([label for label, _ in boxes]) == 14
    assert boxes[0] == ("政府网站", True)
    assert [label for label, chosen in boxes if chosen] == [
        "政府网站",
        "精准推送",
        "其他：办税服务厅",
        "黑板",
    ]
    assert channel_label("other:") == "其他"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("x")'])
def test_a_cell_that_looks_like_a_formula_is_made_text(text: str) -> None:
    assert safe_cell(text) == "'" + text


@pytest.mark.parametrize("text", ["", "一", "1", "2024-01-01", "a=b", "'x"])
def test_other_cells_stay_as_they_are(text: str) -> None:
    assert safe_cell(text) == text


def test_open_data_gives_back_what_was_written(tmp_path: Path) -> None:
    title = '=cmd|"/C calc"!A0，<b>"引号"</b>、换行'
    site = write_site(
        tmp_path / "site",
        {
            "content/policies/1.md": policy(
                标题=f"'{title}'",
                发文字号="试政发〔2024〕1号",
                索引号="9908020000/2024-00001",
                关键词="甲，乙",
            ),
            "content/disclosures/2.md": document(标题="+86", 栏目="tzgg"),
        },
    )
    assert build_site(Request(site, tmp_path / "out")).written
    built = tree(tmp_path / "out")
    data = json.loads(built["columns/zcwj/list.json"])
    assert (data["total"], data["documents"][0]["title"], data["documents"][0]["keywords"]) == (
        1,
        title,
        ["甲", "乙"],
    )
    text = built["columns/zcwj/list.csv"].decode("utf-8-sig")
    head, row = csv.reader(io.StringIO(text, newline=""))
    assert dict(zip(head, row, strict=True))["标题"] == "'" + title
    assert "'+86" in built["columns/tzgg/list.csv"].decode()
    page = built["policies/1.html"].decode()
    assert "<b>" not in page.partition("<main")[2]
    for path, content in built.items():
        if path.endswith((".xml", ".json", ".html")):
            assert b'<b>"' not in content, path


def test_the_catalog_workbook_is_the_national_table(sample_site: Any) -> None:
    """Two header rows, merged; a row for every item; nothing that a program would compute."""
    for path in sorted(sample_site.folder.glob("catalog/*/catalog.xlsx")):
        items = json.loads(path.with_name("catalog.json").read_text(encoding="utf-8"))["items"]
        sheet = load_workbook(path).worksheets[0]
        assert sheet.max_row == 3 + len(items)
        assert sheet["A2"].value == "序号"
        assert {"A2:A3", "B2:C2"} & {str(merged) for merged in sheet.merged_cells.ranges}
        contents = ["\n".join(str(cell.value or "") for cell in row) for row in sheet.iter_rows(min_row=4)]
        for item, row in zip(items, contents, strict=True):
            assert all(element in row for element in item["content"]), (path.parent.name, item["id"])
            assert item["deadline"] in row
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_registers_and_figures_say_the_same_in_excel_as_in_csv(sample_site: Any) -> None:
    paths = [
        path
        for path in sorted(sample_site.folder.glob("columns/**/*.xlsx"))
        if path.with_suffix(".csv").is_file()
    ]
    assert {path.stem for path in paths} >= {"power", "subsidy", "benefit", "budget"}
    for path in [*paths, sample_site.folder / "statistics.xlsx"]:
        sheet = load_workbook(path).worksheets[0]
        rows = [["" if cell.value is None else str(cell.value) for cell in row] for row in sheet.iter_rows()]
        text = path.with_suffix(".csv").read_text(encoding="utf-8-sig")
        told = [[cell.removeprefix("'") for cell in row] for row in csv.reader(io.StringIO(text, newline=""))]
        assert rows == told, path
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
        page = path.with_name("index.html" if path.stem != "statistics" else "statistics.html").read_text(
            encoding="utf-8"
        )
        assert re.search(rf'href="[^"]*{re.escape(path.name)}"', page), path


def test_addresses_are_relative_to_their_page() -> None:
    assert relative_url("index.html")("policies/1.html") == "./policies/1.html"
    assert (
        relative_url("policies/2024/1.html")("files/附件 1.pdf") == "../../files/%E9%99%84%E4%BB%B6%201.pdf"
    )
    assert relative_url("a/b.html")("c.html#tiao-1") == "../c.html#tiao-1"
    assert relative_url("a/b.html")("#main") == "#main"
    assert absolute_url("/shiyan/")("policies/1.html#x") == "/shiyan/policies/1.html#x"


def test_sizes_and_numbers_are_words_people_know() -> None:
    assert [size_words(size) for size in (0, 1, 1023, 1024, 1025, 1024 * 1024, 1_600_000)] == [
        "0 B", "1 B", "1023 B", "1 KB", "2 KB", "1.0 MB", "1.5 MB",
    ]  # fmt: skip
    assert [number_words(number) for number in (0, 12, 1.5, 0.25)] == ["0", "12", "1.5", "0.25"]


def test_a_static_file_carries_its_digest_in_its_name() -> None:
    first, second = asset_paths({"site.css": b"a"}), asset_paths({"site.css": b"b"})
    assert first["site.css"].startswith("assets/site.")
    assert first["site.css"].endswith(".css")
    assert first != second


def test_an_item_that_many_documents_fulfil_has_pages_that_never_shift(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"content/catalog/救助.yaml": catalog()}
    for number in range(45):
        day = f"2024-{number // 28 + 1:02d}-{number % 28 + 1:02d}"
        files[f"content/disclosures/{number}.md"] = document(
            f"第{number}号。\n", 标题=f"通知{number}", 发布日期=day, 栏目="tzgg", 公开事项="[shjz-01]"
        )
    site = write_site(tmp_path / "site", files)
    assert build_site(Request(site, site / "build" / "site")).written
    pages = sorted(path for path in tree(site / "build" / "site") if path.startswith("catalog/shjz/shjz-01"))
    assert pages == ["catalog/shjz/shjz-01.html", "catalog/shjz/shjz-01/page-1.html"]
    first, older = ((site / "build" / "site" / page).read_text(encoding="utf-8") for page in pages)
    assert (first.count("/disclosures/"), older.count("/disclosures/")) == (25, 20)
    assert 'href="../../catalog/shjz/shjz-01/page-1.html"' in first
    assert ">通知0<" in older
