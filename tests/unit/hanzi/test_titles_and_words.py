"""Quoted titles, numerals, widths, and the nearest word."""

from __future__ import annotations

import pytest

from govsite.hanzi.nearest import nearest
from govsite.hanzi.numerals import digit_by_digit, read_numeral
from govsite.hanzi.title import quoted_titles, title_key
from govsite.hanzi.width import display_width


@pytest.mark.parametrize(
    ("title", "quoted"),
    [
        ("示例镇人民政府关于印发《示例镇值班办法》的通知", ["示例镇人民政府关于印发《示例镇值班办法》的通知", "关于印发〈示例镇值班办法〉的通知", "示例镇值班办法"]),
        ("示例镇人民政府关于印发示例镇值班办法的通知", ["关于印发示例镇值班办法的通知", "示例镇值班办法"]),
        ("示例县人民政府办公室转发县教育局关于作业管理意见的通知", ["县教育局关于作业管理意见"]),
        ("关于做好防汛工作的通知", ["关于做好防汛工作的通知"]),
    ],
)  # fmt: skip
def test_a_title_is_quoted_whole_without_its_issuer_or_by_what_it_issues(
    title: str, quoted: list[str]
) -> None:
    assert {title_key(text) for text in quoted} <= set(quoted_titles(title))


def test_repealing_a_document_does_not_take_its_name() -> None:
    assert title_key("示例镇值班办法") not in quoted_titles("示例镇人民政府关于废止《示例镇值班办法》的决定")


def test_a_very_short_title_is_never_quoted() -> None:
    assert quoted_titles("通知") == ()


def test_brackets_quotation_marks_spaces_and_width_do_not_make_another_title() -> None:
    assert title_key("关于印发〈办法（试行）〉的通知") == title_key("关于印发《办法(试行)》 的通知")
    assert title_key("“十四五”规划") == title_key("十四五规划")
    assert title_key("甲办法") != title_key("乙办法")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("十", 10),
        ("二十一", 21),
        ("一百零三", 103),
        ("一千", 1000),
        ("两百", 200),
        ("〇", 0),
        ("10", 10),
        ("３", 3),
        ("", None),
        ("甲", None),
    ],
)
def test_numerals_are_read(text: str, number: int | None) -> None:
    assert read_numeral(text) == number


def test_years_are_read_digit_by_digit() -> None:
    assert digit_by_digit("二〇二四") == "2024"
    assert digit_by_digit("二十四") is None
    assert digit_by_digit("") is None


def test_a_chinese_character_takes_two_cells() -> None:
    assert display_width("a中，") == 5
    assert display_width("é") == 1
    assert display_width("e\u0301") == 1
    assert display_width("\t") == 0


def test_the_nearest_word_is_proposed_only_where_one_is_near() -> None:
    assert nearest("发文字好", ["发文字号", "发文机关"]) == "发文字号"
    assert nearest("titel", ["topic", "title"]) == "title"
    assert nearest("完全不同", ["发文字号"]) == ""
    assert nearest("甲", []) == ""
