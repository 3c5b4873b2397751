"""Rule packs: laid under what the site says itself, in its own words, never a crash."""

from __future__ import annotations

from pathlib import Path

import pytest

from govsite.problems.problem import Severity
from govsite.settings.read import read_settings
from running import CONFIG, document, govsite, write_site

PROVINCE = """\
名称: 某省规则
依据: 某政办函〔2026〕1号
阈值: {首页更新: 7, 解读时限: 5}
级别: {TIM103: error, DOC104: error}
错敏词: [{词: 省会旧称, 改为: 省会}]
自定规则:
  - {编号: A-1, 提示语: 缺少关键词, 改法: 补上。, 种类: [政策文件], 必写要素: [关键词], 起算日: 2024-01-01}
"""
COUNTY = "名称: 某县规则\n阈值: {解读时限: 4}\n"


def settings(tmp_path: Path, more: str = "", packs: str = "[rules/a.yaml, rules/b.yaml]"):  # type: ignore[no-untyped-def]
    site = write_site(
        tmp_path / "s",
        {
            "config.yaml": CONFIG + f"  规则包: {packs}\n{more}",
            "rules/a.yaml": PROVINCE,
            "rules/b.yaml": COUNTY,
        },
    )
    return read_settings(site, {})


def test_a_later_pack_and_the_site_itself_have_the_last_word(tmp_path: Path) -> None:
    read, problems = settings(tmp_path, "  阈值: {首页更新: 10}\n  级别: {DOC104: warning}\n")
    assert problems == []
    assert dict(read.duties.limits) == {"homepage_days": 10, "interpretation_workdays": 4}
    assert read.severities == {"TIM103": Severity.ERROR, "DOC104": Severity.WARNING}
    assert [rule.words for rule in read.duties.wording] == ["省会旧称"]
    assert [(rule.id, rule.pack, rule.basis) for rule in read.rules] == [
        ("A-1", "某省规则", "某政办函〔2026〕1号")
    ]


def test_a_rule_looks_at_its_kinds_from_its_day_on(tmp_path: Path) -> None:
    policy = {"发文机关": "试验镇人民政府", "成文日期": "2023-03-01"}
    site = write_site(
        tmp_path / "s",
        {
            "config.yaml": CONFIG + "  规则包: [rules/a.yaml]\n",
            "rules/a.yaml": PROVINCE,
            "content/policies/a.md": document(标题="甲的通知", **policy),
            "content/policies/b.md": document(标题="乙的通知", **policy, 发布日期="2023-03-01"),
            "content/policies/c.md": document(标题="丙的通知", **policy, 关键词="防汛"),
            "content/disclosures/d.md": document(标题="丁的通知"),
        },
    )
    output = govsite("check", "--site", site)[1]
    assert output.count("[EXT102]") == 1
    assert "policies/a.md:2" in output


@pytest.mark.parametrize("packs", ["[../a.yaml]", "[/etc/passwd]", "[nowhere.yaml]", "[content]", "{a: b}"])
def test_a_pack_that_is_not_there_is_a_problem(tmp_path: Path, packs: str) -> None:
    _, problems = settings(tmp_path, packs=packs)
    assert {problem.code for problem in problems} <= {"CFG142", "FM104"}
    assert problems


@pytest.mark.parametrize(
    "rule",
    [
        "{编号: A, 提示语: 甲, 改法: 乙}",
        "{编号: A, 提示语: 甲, 改法: 乙, 不得出现: '(?P<'}",
        "{编号: A, 提示语: 甲, 改法: 乙, 必写要素: [没有这个]}",
        "{编号: A, 提示语: 甲, 改法: 乙, 种类: [小说], 必写要素: [概述]}",
        "{编号: A, 提示语: 甲, 改法: 乙, 级别: 很重, 必须出现: 丙}",
        f"{{编号: A, 提示语: 甲, 改法: 乙, 必须出现: {'丙' * 1001}}}",
    ],
)
def test_a_rule_that_cannot_be_used_is_said_and_left_out(tmp_path: Path, rule: str) -> None:
    site = write_site(
        tmp_path / "s",
        {"config.yaml": CONFIG + "  规则包: [a.yaml]\n", "a.yaml": f"名称: 某县\n自定规则:\n  - {rule}\n"},
    )
    read, problems = read_settings(site, {})
    assert [problem.code for problem in problems] == ["CFG143"]
    assert read.rules == ()
