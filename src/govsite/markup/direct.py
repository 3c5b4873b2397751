"""Plain blocks to what markdown-it-py and its renderer would make of them, without a token in between."""

from __future__ import annotations

import re
from collections.abc import Sequence

from govsite.markup.plain import Block, Heading, Items, Paragraph, Table
from govsite.markup.signature import article_anchor, sign
from govsite.markup.words import OpenPlace, Rendered, State, show_words, split_places

# What may be more than text inside a line; `[` begins a link only before `](`, since nothing is defined elsewhere.
_SPECIAL = re.compile(r"[\\`*_<&]|~~|\]\(")
# Emphasis that no rule of CommonMark reads otherwise: it begins and ends with a letter, a digit or a Chinese character.
_STRONG = re.compile(
    r"\*\*([0-9A-Za-z\u3400-\u9fff](?:[^\\`*_<&~\[\]\n]*[0-9A-Za-z\u3400-\u9fff])?)\*\*(?!\*)"
)


def render_plain(blocks: Sequence[Block]) -> Rendered:
    """What a plain text becomes."""
    writer = _Writer(blocks)
    for block in blocks:
        writer.write(block)
    state = writer.state
    return Rendered(
        split_places("".join(writer.html), state),
        tuple(writer.headings),
        tuple(writer.anchors),
        tuple(block for block in writer.blocks if block),
        tuple(writer.paragraphs),
        tuple(state.tags),
    )


class _Writer:
    """Gathers what `Rendered` holds, block by block."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.state = State()
        self.html: list[str] = []
        self.headings: list[tuple[int, str, str]] = []
        self.anchors: list[str] = []
        self.blocks: list[str] = []
        self.paragraphs: list[str] = []
        self._base = min((block.level for block in blocks if isinstance(block, Heading)), default=1)
        self._counters = [0] * 7
        self._previous = 1
        self._classes = _signature(blocks)

    def write(self, block: Block) -> None:
        """Add a block."""
        if isinstance(block, Paragraph):
            self._paragraph(block)
        elif isinstance(block, Heading):
            self._heading(block)
        elif isinstance(block, Items):
            self._items(block)
        else:
            self._table(block)

    def _inline(self, text: str, line: int) -> tuple[str, str]:
        """HTML and plain text of a block's content."""
        state = self.state
        state.line = line
        if _SPECIAL.search(text):
            direct = _strong(text, state)
            if direct:
                return direct
            from govsite.markup.reference import render_inline

            return render_inline(text, state)
        if "\n" not in text:
            return show_words(text, state), text.strip()
        html, plain = [], []
        lines = text.split("\n")
        for index, written in enumerate(lines[:-1]):
            shown = written.rstrip(" ")
            html.append(show_words(shown, state))
            plain.append(shown)
            if written.endswith("  "):  # a line that ends with two spaces ends for the reader too
                html.append("<br />\n")
                plain.append("\n")
            elif shown[-1:].isascii() or lines[index + 1][:1].isascii():
                html.append("\n")  # inside a Chinese paragraph a line's end is no space
        html.append(show_words(lines[-1], state))
        return "".join(html), "".join([*plain, lines[-1]]).strip()

    def _paragraph(self, block: Paragraph) -> None:
        anchor = article_anchor(block.text)
        attributes = ""
        if anchor and anchor not in self.anchors:
            attributes = f' id="{anchor}"'
            self.anchors.append(anchor)
        name = self._classes.get(block.line)
        if name:
            attributes += f' class="{name}"'
        html, plain = self._inline(block.text, block.line)
        self.html.append(f"<p{attributes}>{html}</p>\n")
        self.blocks.append(plain)
        self.paragraphs.append(plain)

    def _heading(self, block: Heading) -> None:
        level = min(block.level - self._base + 2, self._previous + 1, 6)
        self._previous = level
        counters = self._counters
        counters[level] += 1
        counters[level + 1 :] = [0] * (6 - level)
        anchor = "s" + "-".join(map(str, counters[2 : level + 1]))
        html, plain = self._inline(block.text, block.line)
        self.html.append(f'<h{level} id="{anchor}">{html}</h{level}>\n')
        self.headings.append((level, plain, anchor))
        self.anchors.append(anchor)
        self.blocks.append(plain)

    def _items(self, block: Items) -> None:
        tag = "ul" if block.start is None else "ol"
        start = "" if block.start in {None, 1} else f' start="{block.start}"'
        before, after = ("<li>\n<p>", "</p>\n</li>\n") if block.loose else ("<li>", "</li>\n")
        self.html.append(f"<{tag}{start}>\n")
        for line, text in block.items:
            html, plain = self._inline(text, line)
            self.html += (before, html, after)
            self.blocks.append(plain)
            self.paragraphs.append(plain)
        self.html.append(f"</{tag}>\n")

    def _table(self, block: Table) -> None:
        state = self.state
        state.line = block.line
        state.tables += 1
        self.html += (
            state.mark(OpenPlace("table", str(state.tables), "", "", block.line)),
            "<table>\n<thead>\n",
        )
        aligns = [f' class="{align}"' if align else "" for align in block.aligns]
        self._row(block.rows[0], "th", [f' scope="col"{align}' for align in aligns])
        self.html.append("</thead>\n")
        if len(block.rows) > 1:
            self.html.append("<tbody>\n")
            for row in block.rows[1:]:
                self._row(row, "td", aligns)
            self.html.append("</tbody>\n")
        self.html.append("</table></div>\n")

    def _row(self, row: tuple[int, list[str]], tag: str, attributes: list[str]) -> None:
        line, cells = row
        self.html.append("<tr>\n")
        shown = []
        for cell, attribute in zip(cells, attributes, strict=True):
            html, plain = self._inline(cell, line)
            self.html.append(f"<{tag}{attribute}>{html}</{tag}>\n")
            shown.append(plain)
        self.html.append("</tr>\n")
        self.blocks.append(" ".join(text for text in shown if text))


def _strong(text: str, state: State) -> tuple[str, str] | None:
    """HTML and plain text of a line with nothing special but strong words, None for any other."""
    pieces = _STRONG.split(text)
    if "\n" in text or any(_SPECIAL.search(piece) for piece in pieces):
        return None
    html = [
        f"<strong>{show_words(piece, state)}</strong>" if index % 2 else show_words(piece, state)
        for index, piece in enumerate(pieces)
    ]
    return "".join(html), "".join(pieces).strip()


def _signature(blocks: Sequence[Block]) -> dict[int, str]:
    """Classes of the paragraphs that sign, by line."""
    found: list[Paragraph] = []
    follows: list[bool] = []
    above: Block | None = None
    for block in blocks:
        if isinstance(block, Paragraph):
            found.append(block)
            follows.append(isinstance(above, Paragraph))
        above = block
    classes = sign([(block.text, direct) for block, direct in zip(found, follows, strict=True)])
    return {found[position].line: name for position, name in classes.items()}
