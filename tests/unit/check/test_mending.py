"""Safe mends: what is put right, and everything that is left alone."""

from __future__ import annotations

from govsite.check.mending import mend_source

_BAD = """---
标题：关于汛期的通知
发文号: 示镇政发[2026]07号
成文日期: 2026年5月6日
发布日期: "2026/5/7 10:30"
索引号: ６１０８０２００００/2026-00001
---

根据示镇政发（2025）3号和[链接](a_示镇政发[2025]3号.md)、`示镇政发[2025]3号`。
"""
_GOOD = """---
标题: 关于汛期的通知
发文字号: 示镇政发〔2026〕7号
成文日期: 2026-05-06
发布日期: "2026-05-07 10:30"
索引号: 6108020000/2026-00001
---

根据示镇政发〔2025〕3号和[链接](a_示镇政发[2025]3号.md)、`示镇政发[2025]3号`。
"""


def test_brackets_dates_widths_colons_and_keys_are_mended() -> None:
    mended, mends = mend_source(_BAD, "policy")
    assert mended == _GOOD
    assert [(mend.kind, mend.line) for mend in mends] == [
        ("colon", 2), ("key", 3), ("number", 3), ("date", 4), ("date", 5), ("width", 6), ("number", 9),
    ]  # fmt: skip


def test_mending_twice_changes_nothing_more() -> None:
    assert mend_source(_GOOD, "policy") == (_GOOD, [])


def test_what_needs_a_decision_is_left_alone() -> None:
    text = "---\n标题: 甲：乙\n概述: 日期\n成文日期: 2026年13月40日\n无此要素: x\n办理流程:\n  - 标题：审核\n---\n\n第2026（3）号文\n"
    assert mend_source(text, "guide") == (text, [])


def test_a_key_that_stands_there_already_is_not_made_twice() -> None:
    text = "---\n标题: 甲\n标 题: 乙\n---\n"
    assert mend_source(text, "policy") == (text, [])


def test_items_of_a_catalog_are_mended_too() -> None:
    text = "领域: 社会救助\n事项:\n  - 编号：shjz-01\n    一级事项：综合业务\n    公开时限: 实时公开\n    公开内容: [一级事项：说明]\n"
    mended, mends = mend_source(text, "catalog")
    assert "  - 编号: shjz-01\n    一级事项: 综合业务\n" in mended
    assert len(mends) == 2


def test_a_source_that_cannot_be_read_keeps_all_but_its_colons() -> None:
    text = "---\n标题: [甲\n---\n正文\n"
    assert mend_source(text, "policy") == (text, [])
