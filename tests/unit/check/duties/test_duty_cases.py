"""Duties beyond days: what counts as copied, repeated, blank, dead, named; and what the checks leave alone."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from inspecting import codes, judge, page

from govsite.check.duties.inspection import add_months, days_between
from govsite.check.duties.overlap import copied_share
from govsite.hanzi.periods import read_period
from govsite.settings.read import read_settings
from running import govsite, write_site

TEXT = (
    "镇防汛指挥所设在应急管理办公室，汛期实行领导带班、二十四小时值班制度，各村每日巡查危险区一次并登记造册。"
)


def test_a_text_is_wholly_copied_from_itself_however_it_is_punctuated() -> None:
    assert copied_share(TEXT, "前言。" + TEXT.replace("，", " , ") + "后记。") == 100
    assert copied_share("完全不同的一句话，讲的是另外一件事情。", TEXT) == 0
    assert (
        40
        <= copied_share(
            TEXT + "这一半是自己写的话，说明为什么出台、怎么办理、和以前有什么不同，请大家放心。", TEXT
        )
        <= 70
    )


@given(st.text("甲乙丙丁戊，。", max_size=60), st.text("甲乙丙丁戊，。", max_size=60))
def test_a_share_is_a_percentage(text: str, source: str) -> None:
    assert 0 <= copied_share(text, source) <= 100


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2024年第3季度", (2024 * 12 + 6, 3)), ("2024年三季度", (2024 * 12 + 6, 3)), ("2024-Q3", (2024 * 12 + 6, 3)),
        ("2024-09", (2024 * 12 + 8, 1)), ("2024年9月", (2024 * 12 + 8, 1)), ("2024年", None), ("2024-13", None), ("", None),
    ],
)  # fmt: skip
def test_periods_are_read(text: str, period: tuple[int, int] | None) -> None:
    assert read_period(text) == period


def test_months_are_added_to_the_end_of_a_month() -> None:
    assert add_months("2024-01-31", 1) == "2024-02-29"
    assert add_months("2023-11-30", 3) == "2024-02-29"
    assert add_months("2024-03-31", -1) == "2024-02-29"
    assert days_between("2024-02-28", "2024-03-01") == 2


def disclosure(name: str, title: str, published: str, text: str = TEXT * 2, **keys: str) -> dict[str, str]:
    return {f"content/disclosures/{name}.md": page(title, published, text, **keys)}


def test_the_later_of_two_same_texts_is_named_and_points_to_the_first() -> None:
    files = disclosure("b", "同题", "2024-03-01") | disclosure("a", "同题", "2024-03-02")
    ((code, facts),) = judge(files, "2024-03-02", "COL110")
    assert (code, facts["other"]) == ("COL110", "content/disclosures/b.md")


def test_the_same_title_over_another_text_is_no_repetition() -> None:
    files = disclosure("a", "同题", "2024-03-01") | disclosure("b", "同题", "2024-03-02", TEXT + TEXT[::-1])
    assert codes(files, "2024-03-02", "COL110") == []


def test_a_heading_without_a_parts_function_is_excused_with_a_reason() -> None:
    files = disclosure("a", "标题", "2024-03-01", 栏目="zhudong/ghjh")
    ((_, facts),) = judge(files, "2024-03-01", "COL106")
    assert "规划计划" not in facts["names"]
    assert "政府采购" in facts["names"]
    ((_, less),) = judge(files, "2024-03-01", "COL106", "  无此项: {zhudong/zfcg: 由县里统一采购}\n")
    assert int(less["count"]) == int(facts["count"]) - 1


def test_a_parent_is_as_full_as_its_children() -> None:
    own = "栏目:\n  - {编号: tzgg/zkzp, 名称: 招考, 类型: 人事信息, 上级: tzgg}\n"
    files = disclosure("a", "招聘", "2024-03-01", 栏目="tzgg/zkzp")
    ((_, facts),) = judge(files, "2024-03-01", "COL104", own)
    assert "通知公告" not in facts["names"]


def test_what_is_not_out_yet_fills_nothing() -> None:
    files = disclosure("a", "标题", "2024-03-10", 栏目="zwdt") | disclosure(
        "b", "标题", "2024-03-01", 栏目="tzgg"
    )
    ((_, facts),) = judge(files, "2024-03-05", "COL104")
    assert "政务动态" in facts["names"]


def test_guide_elements_may_stand_under_headings_of_the_text() -> None:
    guide = {
        "content/guides/a.md": page(
            "指南", "2024-03-01", "## 申请条件\n\n本镇户籍。\n\n## 办理流程\n\n申请、审核。", 设定依据="[办法]", 办理机构="镇政府",
            办理材料="[身份证]", 办理地点="一号窗口", 办理时间="工作日", 联系电话="0900-1234003",
        )
    }  # fmt: skip
    ((_, facts),) = judge(guide, "2024-03-01", "COL107")
    assert facts == {"missing": "收费标准", "count": "1"}


WORDS = "  错敏词:\n    - {词: 镇政府办, 改为: 镇政府办公室}\n"


@pytest.mark.parametrize(
    ("text", "number"),
    [("镇政府办发文", 1), ("镇政府办公室发文", 0), ("镇政府办、镇政府办公室、镇政府办", 2)],
)
def test_a_word_inside_its_own_correction_is_no_slip(text: str, number: int) -> None:
    assert (
        codes(disclosure("a", "标题", "2024-03-01", text), "2024-03-01", "COL111", WORDS)
        == ["COL111"] * number
    )


LEADERS = (
    "  领导名单:\n    - {姓名: 李某某, 职务: [镇长, 党委副书记], 起: 2023-01-01}\n"
    "    - {姓名: 王某某, 职务: 副镇长, 起: 2023-01-01, 止: 2023-12-31}\n"
)


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        ("镇长李某某主持会议", "2023-06-01", []),
        ("党委副书记、镇长李某某主持会议", "2023-06-01", []),
        ("副镇长李某某主持会议", "2023-06-01", ["COL112"]),
        ("副镇长李某某主持会议", "2022-06-01", []),  # before the term: nobody can say
        ("镇长王某某主持会议", "2024-06-01", []),  # after the term
        ("王某某、李某某参加", "2023-06-01", ["COL113"]),
        ("李某某、王某某参加", "2023-06-01", []),
        ("副镇长王某某、镇长李某某参加", "2023-06-01", ["COL113"]),
    ],
)
def test_leaders_by_the_table_of_their_time(text: str, published: str, expected: list[str]) -> None:
    assert codes(disclosure("a", "标题", published, text), "2024-12-01", "COL11", LEADERS) == expected


def policy(number: int, **keys: str) -> dict[str, str]:
    front = {
        "发文字号": f"试镇政发〔2020〕{number}号",
        "发文机关": "试验镇人民政府",
        "成文日期": "2020-03-02",
    }
    return {f"content/policies/{number}.md": page(f"办法{number}", "2020-03-02", **{**front, **keys})}


def question(about: str, reviewed: str = "") -> dict[str, str]:
    keys = {"相关文件": f"[{about}]"} | ({"复核日期": reviewed} if reviewed else {})
    return {"content/questions/a.md": page("怎么办", "2021-06-01", **keys)}


def test_an_answer_goes_stale_with_its_policy_until_somebody_looks_at_it() -> None:
    dying = policy(7, 失效日期="2023-03-01")
    about = "试镇政发〔2020〕7号"
    assert codes(dying | question(about), "2023-03-01", "TIM115") == []
    assert codes(dying | question(about), "2023-03-02", "TIM115") == ["TIM115"]
    assert codes(dying | question(about, "2023-02-01"), "2023-03-02", "TIM115") == ["TIM115"]
    assert codes(dying | question(about, "2023-03-05"), "2023-03-06", "TIM115") == []


def test_a_guide_whose_basis_is_repealed_is_named() -> None:
    files = policy(7) | policy(8, 废止="[试镇政发〔2020〕7号]")
    guide = {"content/guides/a.md": page("指南", "2021-01-01", 设定依据="[《办法7》（试镇政发〔2020〕7号）]")}
    assert codes(files | guide, "2021-06-01", "TIM115") == ["TIM115"]


def test_partly_void_after_a_repeal_is_a_statement_of_its_own() -> None:
    files = policy(7, 有效性="部分失效") | policy(8, 废止="[试镇政发〔2020〕7号]")
    assert codes(files, "2021-06-01", "TIM114") == []
    files = policy(7, 有效性="有效") | policy(8, 废止="[试镇政发〔2020〕7号]")
    assert codes(files, "2021-06-01", "TIM114") == ["TIM114"]


def test_no_duties_are_judged_where_the_site_says_so() -> None:
    files = disclosure("a", "标题", "2020-03-01")
    assert codes(files, "2024-03-01", "否") == []
    assert codes(files, "2024-03-01", "是") != []


def test_the_same_site_and_day_give_the_same_list() -> None:
    files = disclosure("a", "标题", "2020-03-01") | policy(7, 有效性="有效", 失效日期="2021-01-01")
    assert judge(files, "2024-03-01", "是") == judge(dict(reversed(files.items())), "2024-03-01", "是")


ODD = {
    "content/disclosures/a.md": "---\n标题: 没有日期\n公开属性: 主动公开\n---\n\n内容。\n",
    "content/reports/0.yaml": "标题: 年报\n年度: 0\n发布日期: 2023-01-20\n公开属性: 主动公开\n",
    "content/reports/1.yaml": "标题: 年报\n年度: 999999999999\n发布日期: 2023-01-20\n公开属性: 主动公开\n",
    "content/villages/d/1.md": page(
        "甲", "2024-01-01", 村居="东坪村", 公开期间="0000年第1季度", 公开类别="财务"
    ),
    "content/villages/d/2.md": page(
        "乙", "2024-01-01", 村居="东坪村", 公开期间="9999年第4季度", 公开类别="财务"
    ),
    "content/consultations/a.md": page(
        "征求意见", "2024-03-01", 开始日期="0001-01-01", 截止日期="9999-12-31"
    ),
    **policy(7, 失效日期="9999-12-31", 有效性="有效", 文件类别="行政规范性文件"),
}


@pytest.mark.parametrize("day", ["0001-01-01", "2024-02-29", "2024-06-01", "9999-12-31"])
def test_odd_dates_neither_crash_nor_make_anybody_owe_centuries(day: str) -> None:
    assert len(judge(ODD, day, "是")) < 20


def test_a_document_may_say_why_it_is_excused_and_the_entry_counts_as_used(tmp_path: Path) -> None:
    files = {
        "content/policies/7.md": page(
            "办法", "2024-03-01", 发文字号="试镇政发〔2024〕7号", 发文机关="试验镇人民政府", 成文日期="2024-03-01",
            文件类别="行政规范性文件", 忽略="{INT102: 与上级文件一并解读}",
        ),
        "content/disclosures/a.md": page("演练", "2024-03-20"),
    }  # fmt: skip
    site = write_site(tmp_path / "site", files)
    code, output = govsite("check", "--strict", "--quiet", "--site", site, environ={"GOVSITE_DUTIES": "INT"})
    assert (code, output) == (0, "")


def test_a_slip_in_the_list_of_duties_is_named_and_silences_nothing() -> None:
    files = disclosure("a", "标题", "2024-03-01")
    config = "站点:\n  名称: 试验镇人民政府\n  层级: 乡级\n检查:\n  履职检查: [TYM]\n"
    with tempfile.TemporaryDirectory() as folder:
        settings, problems = read_settings(write_site(Path(folder), {"config.yaml": config, **files}), {})
    assert [problem.code for problem in problems] == ["CFG108"]
    assert settings.duties.enabled
    assert settings.duties.only == ()
