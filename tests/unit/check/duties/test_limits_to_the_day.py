"""Each limit on its last day and on the day after: the last day still counts."""

from __future__ import annotations

import pytest
from inspecting import codes, judge, page

NEWS = {"content/disclosures/a.md": page("召开会议", "2024-03-01", 栏目="zwdt")}
POLICY = page(
    "试验镇防汛办法", "2024-03-01", 发文字号="试镇政发〔2024〕7号", 发文机关="试验镇人民政府", 成文日期="2024-03-01",
    文件类别="行政规范性文件",
)  # fmt: skip


def interpretation(published: str) -> str:
    return page(
        "解读", published, 解读文件="试镇政发〔2024〕7号", 解读形式="[文字]", 解读机关="试验镇人民政府"
    )


def consultation(closes: str, **keys: str) -> str:
    return page("征求意见", "2024-03-01", 开始日期="2024-03-01", 截止日期=closes, **keys)


def item(deadline: str, mode: str = "主动", channel: str = "政府网站", tier: str = "乡级") -> str:
    return (
        f"领域: 救灾\n事项:\n  - 编号: jz-01\n    一级事项: 值班安排\n    公开内容: [安排]\n    公开依据: [条例]\n"
        f"    公开时限: {deadline}\n    公开主体: [试验镇人民政府]\n    公开渠道: [{channel}]\n    公开对象: [全社会]\n"
        f"    公开方式: [{mode}]\n    公开层级: [{tier}]\n"
        + ("    不公开理由: 条例第十五条\n" if mode != "主动" else "")
    )


@pytest.mark.parametrize(
    ("day", "expected"), [("2024-03-15", []), ("2024-03-16", ["TIM102"]), ("2025-03-16", ["TIM102"])]
)
def test_the_homepage_has_fourteen_days(day: str, expected: list[str]) -> None:
    assert codes(NEWS, day, "TIM102") == expected


@pytest.mark.parametrize(
    ("column", "last", "first_late"),
    [
        ("zwdt", "2024-03-15", "2024-03-16"),
        ("tzgg", "2024-08-31", "2024-09-01"),
        ("zcwj", "2024-08-31", "2024-09-01"),
        ("zhudong/ghjh", "2025-03-02", "2025-03-03"),
    ],
)
def test_a_column_has_the_days_of_its_class(column: str, last: str, first_late: str) -> None:
    files = {"content/disclosures/a.md": page("标题", "2024-03-01", 栏目=column)}
    assert codes(files, last, "TIM103") == []
    assert codes(files, first_late, "TIM103") == ["TIM103"]


def test_static_columns_and_excused_ones_never_go_stale() -> None:
    files = {"content/disclosures/a.md": page("标题", "2014-03-01", 栏目="zhudong/sfxm")}
    assert codes(files, "2024-03-01", "TIM103") == []
    assert codes(NEWS, "2024-06-01", "TIM103", "  无此项: {zwdt: 由县政府统一发布}\n") == []


def test_a_column_of_the_sites_own_follows_its_type() -> None:
    files = {"content/disclosures/a.md": page("标题", "2024-03-01", 栏目="zhaopin")}
    own = "栏目:\n  - {编号: zhaopin, 名称: 招聘, 类型: 人事信息}\n"
    assert codes(files, "2025-03-03", "TIM103", own) == ["TIM103"]
    assert codes(files, "2025-03-03", "TIM103", own.replace("人事信息", "概况信息")) == []


def test_a_limit_of_the_site_wins() -> None:
    assert codes(NEWS, "2024-03-10", "TIM102", "  阈值: {首页更新: 7}\n") == ["TIM102"]
    assert codes(NEWS, "2024-03-20", "TIM102", "  阈值: {homepage_days: 30}\n") == []


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2024-03-01", ["INT108"]), ("2024-03-06", ["INT108"]), ("2024-03-07", ["INT102"])],
)
def test_a_policy_has_three_working_days_to_be_interpreted(day: str, expected: list[str]) -> None:
    assert codes({"content/policies/7.md": POLICY}, day, "INT") == expected


@pytest.mark.parametrize(
    ("published", "expected"),
    [("2024-02-29", ["INT104"]), ("2024-03-01", []), ("2024-03-06", []), ("2024-03-07", ["INT103"])],
)
def test_an_interpretation_stands_with_its_policy(published: str, expected: list[str]) -> None:
    files = {"content/policies/7.md": POLICY, "content/interpretations/a.md": interpretation(published)}
    assert codes(files, "2024-06-01", "INT") == expected


def test_policies_out_of_scope_need_no_interpretation() -> None:
    other = POLICY.replace("行政规范性文件", "其他文件")
    waived = POLICY.replace("---\n\n", "免解读理由: 内容简单\n---\n\n")
    foreign = {
        "content/policies/7.md": POLICY,
        "content/organisations.yaml": "机构:\n  - {编号: xian, 名称: 试验镇人民政府, 外部机构: 是}\n",
    }
    old = POLICY.replace("2024-03-01", "2014-03-03").replace("〔2024〕", "〔2014〕")
    for files in (
        {"content/policies/7.md": other},
        {"content/policies/7.md": waived},
        foreign,
        {"content/policies/7.md": old},
    ):
        assert codes(files, "2024-06-01", "INT") == []


@pytest.mark.parametrize(("closes", "expected"), [("2024-03-29", ["TIM110"]), ("2024-03-30", [])])
def test_a_consultation_runs_thirty_days_both_ends_counted(closes: str, expected: list[str]) -> None:
    assert codes({"content/consultations/a.md": consultation(closes)}, "2024-03-01", "TIM110") == expected


@pytest.mark.parametrize(("day", "expected"), [("2024-04-30", []), ("2024-05-01", ["TIM111"])])
def test_a_result_is_due_thirty_days_after_the_close(day: str, expected: list[str]) -> None:
    files = {"content/consultations/a.md": consultation("2024-03-31")}
    assert codes(files, day, "TIM111") == expected
    result = consultation("2024-03-31", 征集项目="[a]").replace("2024-03-01\n公开", "2024-04-20\n公开")
    assert codes({**files, "content/consultations/b.md": result}, day, "TIM111") == []


@pytest.mark.parametrize(
    ("published", "expected"), [("2024-03-29", []), ("2024-03-30", ["CAT202"]), ("2024-04-10", ["CAT202"])]
)
def test_twenty_working_days_from_forming(published: str, expected: list[str]) -> None:
    files = {
        "content/catalog/jz.yaml": item("自信息形成之日起20个工作日内"),
        "content/disclosures/a.md": page("值班", published, 公开事项="[jz-01]", 形成日期="2024-03-01"),
    }
    assert codes(files, "2024-06-01", "CAT2") == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2025-01-16", []), ("2025-01-17", ["CAT204"]), ("2025-01-31", ["CAT204"]), ("2025-02-01", ["CAT203"])],
)
def test_a_yearly_day_reminds_and_then_is_missed(day: str, expected: list[str]) -> None:
    files = {
        "content/catalog/jz.yaml": item("每年1月31日前"),
        "content/disclosures/a.md": page("值班", "2024-01-20", 公开事项="[jz-01]"),
    }
    assert codes(files, day, "CAT2") == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2024-08-17", []), ("2024-08-18", ["CAT204"]), ("2024-10-01", ["CAT204"]), ("2024-10-02", ["CAT203"])],
)
def test_every_half_year_with_thirty_days_of_grace(day: str, expected: list[str]) -> None:
    files = {
        "content/catalog/jz.yaml": item("每半年公开一次"),
        "content/disclosures/a.md": page("值班", "2024-03-01", 公开事项="[jz-01]"),
    }
    assert codes(files, day, "CAT2") == expected


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (item("及时"), ["CAT201"]),
        (item("及时", mode="依申请"), []),
        (item("及时", channel="公开查阅点"), []),
        (item("及时", tier="县级"), []),
    ],
)
def test_only_what_is_active_on_the_website_and_of_this_level_is_owed(row: str, expected: list[str]) -> None:
    files = {"content/catalog/jz.yaml": row, **NEWS}
    assert codes(files, "2024-03-02", "CAT2") == expected
    assert codes(files, "2024-03-02", "CAT2", "  无此项: {jz-01: 本镇没有}\n") == []


@pytest.mark.parametrize(
    ("day", "tier", "expected"),
    [
        ("2024-01-16", "乡级", []),
        ("2024-01-17", "乡级", [("TIM108", "2023")]),
        ("2024-01-31", "乡级", [("TIM108", "2023")]),
        ("2024-02-01", "乡级", [("TIM107", "2023")]),
        ("2024-02-01", "县级", []),
        ("2024-04-01", "县级", [("TIM107", "2023")]),
        ("2024-04-01", "村级", []),
    ],
)
def test_the_annual_report_by_its_day(day: str, tier: str, expected: list[tuple[str, str]]) -> None:
    before = {
        "content/reports/2022.yaml": "标题: 年报\n年度: 2022\n发布日期: 2023-01-20\n公开属性: 主动公开\n"
    }
    found = judge(before, day, "TIM107, TIM108", tier=tier)
    assert [(code, facts["year"]) for code, facts in found] == expected


def village(period: str, category: str = "财务") -> str:
    return page("公开", "2024-01-01", 村居="东坪村", 公开期间=period, 公开类别=category)


@pytest.mark.parametrize(
    ("day", "periods"), [("2024-07-30", ""), ("2024-07-31", "2024-Q2"), ("2024-11-01", "2024-Q2、2024-Q3")]
)
def test_a_quarter_has_thirty_days_of_grace(day: str, periods: str) -> None:
    found = judge({"content/villages/d/1.md": village("2024年第1季度")}, day, "TIM112")
    assert "、".join(facts["periods"] for _, facts in found) == periods


def test_months_are_owed_where_months_are_kept_and_party_matters_never() -> None:
    files = {
        "content/villages/d/1.md": village("2024-01"),
        "content/villages/d/2.md": village("2024年第1季度", "党务"),
    }
    found = judge(files, "2024-04-15", "TIM112")
    assert [facts["periods"] for _, facts in found] == ["2024-02"]


def test_a_year_without_a_calendar_is_named_and_can_be_given() -> None:
    files = {"content/policies/7.md": POLICY.replace("2024", "2035")}
    assert [facts for _, facts in judge(files, "2035-06-01", "TIM101")] == [{"year": "2035"}]
    own = "  工作日历:\n    2035: {放假: [01-01]}\n"
    assert codes(files, "2035-03-06", "TIM101, INT102", own) == []
    assert codes(files, "2035-06-01", "TIM101, INT102", own) == ["INT102"]
