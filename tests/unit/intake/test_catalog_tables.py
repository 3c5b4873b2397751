"""Catalog tables of Excel, Word and csv: two header rows, merged cells, 同上, marks, extra and missing columns."""

from __future__ import annotations

import docx
import openpyxl
from word_files import HEAD, ROWS, SUB, national_workbook, saved

from govsite.intake.catalog.channels import read_channels
from govsite.intake.catalog.domains import Domain, domains_of
from govsite.intake.catalog.merge import earlier_items, settle_ids
from govsite.intake.catalog.write import catalog_yaml
from govsite.intake.read import read_material


def _one(data: bytes, name: str = "附件2.xlsx") -> Domain:
    (domain,) = domains_of(read_material(data, name))
    settle_ids(domain.items, [], domain.id)
    return domain


def test_the_national_table_with_merged_head_and_levels_is_read() -> None:
    domain = _one(national_workbook())
    assert (domain.id, domain.label) == ("shjz", "社会救助")
    first, second, third = domain.items
    assert first.names == ("综合业务", "政策法规文件", "")
    assert first.values["content"].texts == ("●文件名称", "●文号")
    assert first.values["subject"].texts == ("县民政局", "各乡镇人民政府")
    assert first.values["channels"].texts == ("政府网站", "公开查阅点")
    assert first.values["tier"].texts == ("县级", "乡级")
    assert second.text("level1") == "综合业务"
    assert not second.values["level1"].doubt
    assert third.values["audience"].texts == ("特定群体：申请人所在村",)


def test_ditto_takes_the_row_above_and_is_reported() -> None:
    domain = _one(national_workbook())
    assert domain.items[1].values["basis"].texts == ("《信息公开条例》",)
    assert domain.items[1].text("deadline") == "制定或获取信息之日起10个工作日内"
    assert [note.place for note in domain.notes if note.kind == "same_as_above"] == ["清单!F5", "清单!E5"]


def test_places_name_sheet_and_cell() -> None:
    domain = _one(national_workbook())
    assert domain.items[2].values["deadline"].place == "清单!F6"


def test_a_gap_in_the_numbers_is_reported_and_allowed() -> None:
    notes = [dict(note.facts) for note in _one(national_workbook()).notes if note.kind == "number_gap"]
    assert notes == [{"before": "2", "after": "5"}]


def test_an_empty_cell_that_is_not_merged_is_marked_not_filled() -> None:
    rows = [[*ROWS[0]], [*ROWS[2]]]
    rows[1][5] = ""
    domain = _one(national_workbook(rows=rows))
    assert domain.items[1].values["deadline"].doubt == "empty"
    assert "公开时限: 待核" in catalog_yaml("社会救助", "", domain.items)


def test_a_word_table_gives_the_same_items() -> None:
    document = docx.Document()
    document.add_paragraph("社会救助领域基层政务公开标准目录")
    table = document.add_table(2 + len(ROWS), len(HEAD))
    for number, row in enumerate((HEAD, SUB, *ROWS)):
        for column, text in enumerate(row):
            table.cell(number, column).text = text
    for top, left, bottom, right in ((0, 1, 0, 2), (0, 8, 0, 9), (0, 10, 0, 11), (0, 12, 0, 13)):
        table.cell(top, left).merge(table.cell(bottom, right))
    for column in (0, 3, 4, 5, 6, 7):
        table.cell(0, column).merge(table.cell(1, column))
    table.cell(2, 1).merge(table.cell(3, 1))
    domain = _one(saved(document), "目录.docx")
    expected = _one(national_workbook())
    assert catalog_yaml("", "", domain.items) == catalog_yaml("", "", expected.items)


def test_several_domains_in_one_sheet_and_a_repeated_head() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for title, row in (
        ("（一）社会救助领域基层政务公开标准目录", ROWS[0]),
        ("（二）涉农补贴领域基层政务公开标准目录", ROWS[2]),
    ):
        sheet.append([title])
        sheet.append(HEAD)
        sheet.append(SUB)
        sheet.append(row)
    found = domains_of(read_material(saved(book), "汇编.xlsx"))
    assert [(domain.id, len(domain.items)) for domain in found] == [("shjz", 1), ("snbt", 1)]


def test_lost_and_extra_columns_are_reported() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["社会救助领域基层政务公开标准目录"])
    sheet.append(
        [
            "序号",
            "一级事项",
            "二级事项",
            "公开内容",
            "公开依据",
            "公开时限",
            "公开主体",
            "公开渠道和载体",
            "备注",
        ]
    )
    sheet.append([*ROWS[0][:8], "无"])
    domain = _one(saved(book))
    kinds = {note.kind: dict(note.facts) for note in domain.notes}
    assert kinds["lost_columns"] == {"columns": "公开对象、公开方式、公开层级"}
    assert kinds["extra_column"] == {"name": "备注"}


def test_three_levels_and_the_columns_of_beilin() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(
        ["序号", "一级事项", "二级事项", "三级事项", "公开内容", "责任科室", "网站对应栏目", "公开属性"]
    )
    sheet.append(["1", "甲", "乙", "丙", "文号", "办公室", "zdly/shjz", "主动公开"])
    (domain,) = domains_of(read_material(saved(book), "社会救助.xlsx"))
    values = domain.items[0].values
    assert [values[key].texts[0] for key in ("level3", "responsible_section", "column", "disclosure")] == [
        "丙",
        "办公室",
        "zdly/shjz",
        "主动公开",
    ]


def test_every_mark_that_boxes_become() -> None:
    cases = {
        "■政府网站 □政府公报": ("政府网站",),
        "R政府网站 £政府公报": ("政府网站",),
        "◆政府网站 ◆广播电视": ("政府网站", "广播电视"),
        "■政府网站口政府公报 口两微一端": ("政府网站",),
        "√政府网站\n√公开查阅点": ("政府网站", "公开查阅点"),
        "t政府网站 □政府公报": ("政府网站",),
        "■发布会听证会": ("发布会/听证会",),
        "■社区/企事业单位/村公示栏(电 子屏)": ("社区/企事业单位/村公示栏（电子屏）",),
        "■其他：微信群": ("其他：微信群",),
    }
    for text, expected in cases.items():
        assert read_channels(text, marked=True).chosen == expected, text
    assert read_channels("政府网站 ■公开查阅点", marked=True).doubtful == ("政府网站",)


def test_importing_again_keeps_ids_and_what_people_filled_in() -> None:
    domain = _one(national_workbook())
    text = catalog_yaml("社会救助", "", domain.items).replace(
        "    公开主体: [县民政局]", "    公开主体: [县民政局]\n    对应栏目: zdly/shjz"
    )
    text = text.replace("shjz-02", "shjz-jiancha")
    rows = [
        ROWS[2],
        [*ROWS[1][:1], "综合业务", *ROWS[1][2:4], "《条例》", "实时公开", *ROWS[1][6:]],
        ["6", "新事项", "新", *ROWS[0][3:]],
    ]
    (again,) = domains_of(read_material(national_workbook(rows=rows, merged=False), "新.xlsx"))
    settle_ids(again.items, earlier_items(text), "shjz")
    assert {item.text("level2"): item.id for item in again.items} == {
        "审核信息": "shjz-03",
        "监督检查": "shjz-jiancha",
        "新": "shjz-02",
    }
    kept = next(item for item in again.items if item.id == "shjz-jiancha")
    assert kept.text("column") == "zdly/shjz"
    assert kept.text("deadline") == "实时公开"
