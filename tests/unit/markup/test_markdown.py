"""Markdown to HTML with open places: what becomes a place, what never does."""

from __future__ import annotations

import re

import pytest

from govsite.markup.markdown import OpenPlace, Rendered, render_markdown


def _html(rendered: Rendered) -> str:
    return "".join(
        f"{{{part.kind}:{part.target}}}" if isinstance(part, OpenPlace) else part for part in rendered.parts
    )


def _places(text: str) -> list[tuple[str, str]]:
    return [(part.kind, part.target) for part in render_markdown(text).parts if isinstance(part, OpenPlace)]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("见示政发〔2024〕7号。", [("number", "示政发〔2024〕7号")]),
        ("见《甲办法》。", [("title", "甲办法")]),
        (
            "《甲〈乙〉办法》（示政发〔2024〕7号）",
            [("title", "甲〈乙〉办法"), ("number", "示政发〔2024〕7号")],
        ),
        ("《关于印发《甲办法》的通知》", [("title", "关于印发《甲办法》的通知")]),
        ("《关于示政发〔2024〕7号的通知》", [("title", "关于示政发〔2024〕7号的通知")]),
        ("`示政发〔2024〕7号`", []),
        ("```\n《甲办法》示政发〔2024〕7号\n```", []),
        ("    《甲办法》", []),
        ("[《甲办法》](x.md)", [("link", "x.md")]),
        ("[示政发〔2024〕7号](x.md)和示政发〔2024〕8号", [("link", "x.md"), ("number", "示政发〔2024〕8号")]),
        ("![《甲办法》](x.png)", [("image", "x.png")]),
        ("[![图](x.png)](y.md)", [("link", "y.md")]),
        ("**示政发〔2024〕7号**", [("number", "示政发〔2024〕7号")]),
        ("《甲》", []),
        ("<https://example.com>", [("link", "https://example.com")]),
        ("| a |\n|---|\n| 《甲办法》 |", [("table", "1"), ("title", "甲办法")]),
    ],
)
def test_citations_are_found_but_never_in_code_or_in_a_link(text: str, places: list[tuple[str, str]]) -> None:
    assert _places(text) == places


def test_raw_html_stays_text_and_is_told_with_its_line() -> None:
    rendered = render_markdown("一\n\n<script>x</script> <b onclick=y>z</b>")
    assert "<script" not in _html(rendered)
    assert "&lt;script&gt;" in _html(rendered)
    assert rendered.raw_tags == (("<script>", 3), ("</script>", 3), ("<b onclick=y>", 3), ("</b>", 3))


def test_headings_begin_at_the_second_level_and_never_jump() -> None:
    rendered = render_markdown("# 一\n\n### 二\n\n# 三\n\n###### 四")
    assert rendered.headings == ((2, "一", "s1"), (3, "二", "s1-1"), (2, "三", "s2"), (3, "四", "s2-1"))


def test_articles_can_be_linked_each_once() -> None:
    rendered = render_markdown(
        "第一条 甲。\n\n第二十一条 乙。\n\n第一条 又一次。\n\n第三条件 不是。\n\n- 第四条 列表里不是。"
    )
    assert rendered.anchors == ("tiao-1", "tiao-21")
    assert '<p id="tiao-21">' in _html(rendered)


def test_tables_are_boxes_with_scopes_and_without_style() -> None:
    html = _html(render_markdown("| a | b |\n|:-|-:|\n| 1 | 2 |"))
    assert 'scope="col"' in html
    assert "style=" not in html
    assert re.search(r'<td class="(align-)?right">2</td>', html)


def test_a_line_end_between_chinese_characters_is_no_space() -> None:
    assert "<p>甲乙</p>" in _html(render_markdown("甲\n乙"))
    assert "<p>a\nb</p>" in _html(render_markdown("a\nb"))


def test_blocks_are_plain_text_by_paragraph_heading_and_row() -> None:
    rendered = render_markdown("# 标题\n\n甲**乙**[丙](x)。\n\n| a | b |\n|-|-|\n| 1 | 2 |\n\n```\n码\n```")
    assert rendered.blocks == ("标题", "甲乙丙。", "a b", "1 2", "码")
    assert rendered.paragraphs == ("甲乙丙。",)


@pytest.mark.parametrize("mark", ["\ue000", "\ue001", "\ue002", "\ue003"])
def test_marks_used_inside_cannot_come_from_a_source(mark: str) -> None:
    rendered = render_markdown(f"甲{mark}0{mark}乙 [a{mark}b](x{mark}y)")
    assert mark not in _html(rendered)


def test_deep_nesting_and_long_lines_are_no_danger() -> None:
    render_markdown(">" * 500 + " x")
    render_markdown("- " * 200 + "x")
    render_markdown("[" * 2000)
    render_markdown("*a " * 5000)
    render_markdown("《" * 5000 + "〔2024〕" * 2000)


def test_a_break_in_a_cell_is_a_line_end_and_other_tags_beside_it_are_still_told() -> None:
    rendered = render_markdown("| a |\n|-|\n| 甲<br>乙<b>丙</b> |")
    assert "甲<br>\n乙&lt;b&gt;" in _html(rendered)
    assert [tag for tag, _ in rendered.raw_tags] == ["<b>", "</b>"]
