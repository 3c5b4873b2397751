"""Where blocks stand in the source: what a preview marks."""

from __future__ import annotations

from pathlib import Path

from govsite.markup.lines import placed_blocks
from govsite.markup.markdown import render_markdown

ROOT = Path(__file__).parents[3]
TEXT = """\
# 一、总则

第一段，**重点**和[链接](a.md)，
接着写。

1. 一项
2. 另一项

| 名称 | 数 |
| --- | --- |
| 甲 | 1 |

> 引文

```
代码 一行
```
"""


def test_every_block_has_its_lines_and_its_words() -> None:
    assert [tuple(block) for block in placed_blocks(TEXT)] == [
        (1, 1, "heading", "一、总则"),
        (3, 4, "text", "第一段，重点和链接，接着写。"),
        (6, 6, "text", "一项"),
        (7, 7, "text", "另一项"),
        (9, 9, "row", "名称数"),
        (11, 11, "row", "甲1"),
        (13, 13, "text", "引文"),
        (15, 17, "code", "代码一行"),
    ]


def test_the_words_are_those_that_are_rendered() -> None:
    """The blocks of the sample's policies, as the page's own text has them."""
    for file in sorted(ROOT.joinpath("content", "policies").rglob("*.md"))[:20]:
        body = file.read_text(encoding="utf-8").split("---\n", 2)[2]
        rendered = ["".join(text.split()) for text in render_markdown(body).blocks]
        assert [block.text for block in placed_blocks(body)] == [text for text in rendered if text], file
