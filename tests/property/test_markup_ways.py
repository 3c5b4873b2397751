"""The direct way from plain Markdown to HTML gives what markdown-it-py gives, positions and all."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it.common.utils import MD_TRIM_CHARS

from govsite.markup.markdown import render_markdown
from govsite.markup.plain import _SPACE, read_plain
from govsite.markup.reference import render_reference
from govsite.markup.words import without_marks

_WORDS = [
    "各村（居）民委员会", "示政发〔2024〕7号", "《甲办法》", "第一条 为", "第 2 条", "2024年1月2日", "示例县人民政府", "（此件公开发布）",
    "a", "1", "3~5", "甲[2024]乙", "：", "!", "#", "~~删~~", "**强**", "**“强”**", "**强 **", "***强***", "**a*b**",
    "*斜*", "__下__", "`码`", "[链](a.md)", "[链]", "![图](b.png)", "<https://e.com>", "<br>", "<b>", "&amp;", "&", "\\*", "\\|",
    "**《乙办法》**", "](", "]:", "[甲]: b", "\u3000", "\u00a0", "  ", " ", "|", "-", ":", "=", "*", "_", "\t", "'", '"', ">", "+",
]  # fmt: skip
_STARTS = [
    "", "", "", "", "# ", "## ", "#### ", "####### ", "#", "- ", "- ", "* ", "+ ", "-", "1. ", "1. ", "2. ", "2) ", "01. ", "12345678901. ",
    "-     ", "1.    ", "> ", "    ", "  ", " ", "\u3000\u3000", "```", "~~~", "---", "===", "***", "* * *", "| ", "| ", "|---|", "|---|---|",
    "| :-- | --: |", "|:-:|", "--|--", "[甲]: ", "\t", "第三条 ", "2024年1月2日",
]  # fmt: skip
_ENDS = ["", "", "", " ", "  ", "   ", " |", " |", " #", " ##", "#", "\\", "\u3000"]
_LINE = st.tuples(
    st.sampled_from(_STARTS),
    st.lists(st.sampled_from(_WORDS), max_size=4).map("".join),
    st.sampled_from(_ENDS),
).map("".join)
_TEXTS = st.lists(st.one_of(_LINE, st.just(""), st.just("")), max_size=12).map("\n".join)
# Texts most of which are plain.
_EASY = ["甲文", "示政发〔2024〕7号", "《甲办法》", "**强**", "甲  ", "a ", "1", "甲|乙", "第一条 为", "2024年1月2日", "示例县人民政府", "（此件公开）"]  # fmt: skip
_EASY_LINE = st.tuples(
    st.sampled_from(["", "", "", "## ", "### ", "- ", "1. ", "2. ", "| "]),
    st.lists(st.sampled_from(_EASY), min_size=1, max_size=3).map("".join),
).map("".join)
_TABLE = st.just("| 甲 | 乙 |\n| --- | ---: |\n| 1 | 2 | 3 |\n| 《甲办法》 |")
_EASY_TEXTS = st.lists(st.one_of(_EASY_LINE, _EASY_LINE, st.just(""), _TABLE), max_size=12).map("\n".join)


@settings(deadline=None)
@given(_TEXTS)
def test_any_text_becomes_what_the_reference_makes_of_it(text: str) -> None:
    assert render_markdown(text) == render_reference(without_marks(text))


@settings(deadline=None)
@given(_EASY_TEXTS)
def test_plain_text_becomes_what_the_reference_makes_of_it(text: str) -> None:
    assert render_markdown(text) == render_reference(text)


@settings(deadline=None)
@given(st.text(alphabet="甲a1 \n\n#-*+|:.=_>~`[](){}<&\\\"'!\u3000\t", max_size=60))
def test_any_characters_become_what_the_reference_makes_of_them(text: str) -> None:
    assert render_markdown(text) == render_reference(text)


def test_every_body_of_the_sample_site_becomes_what_the_reference_makes_of_it() -> None:
    plain = 0
    files = sorted((Path(__file__).parents[2] / "content").rglob("*.md"))
    for file in files:
        body = file.read_text(encoding="utf-8").split("\n---\n", 1)[1]
        plain += read_plain(body) is not None
        assert render_markdown(body) == render_reference(body), file.name
    assert plain > 0.9 * len(files), "the direct way is meant for nearly every document"


def test_what_is_trimmed_from_a_block_is_what_the_reference_trims() -> None:
    assert set(_SPACE) == set(MD_TRIM_CHARS)
