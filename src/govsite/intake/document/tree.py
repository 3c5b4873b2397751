"""The body of a document as Markdown: numbers become headings and lists, tables keep their merged cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from govsite.hanzi.pending import pending
from govsite.hanzi.title import quoted_titles, title_key
from govsite.intake.document.clean import recognised
from govsite.intake.document.escapes import escape_block, escape_inline
from govsite.intake.document.tables import table_lines
from govsite.intake.material import Block, Grid, Paragraph, Picture
from govsite.vocab.official_paper import official_paper

_LONGEST_HEADING = 60
_LONGEST_RUN_IN = 45
_LISTED = re.compile(r"^(\d{1,3})[.．]\s*(?!\d)(.+)$")
_OPEN_MARK = re.compile(r"【待核：[^】]*】")
_ENDS_ITEM = re.compile(r"[；;。，,：:]$")


@dataclass(slots=True)
class Body:
    """Blocks of Markdown in order. places: the imported paragraph of each block; pictures: to be saved beside the document."""

    blocks: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    headings: list[tuple[int, str]] = field(default_factory=list)

    def add(self, text: str, place: str) -> None:
        """Append a block."""
        self.blocks.append(text)
        self.places.append(place)

    @property
    def text(self) -> str:
        """The Markdown; items of one list follow each other without an empty line."""
        lines: list[str] = []
        for index, block in enumerate(self.blocks):
            if index:
                is_list = _is_item(block) and _is_item(self.blocks[index - 1])
                lines.append("\n" if is_list else "\n\n")
            lines.append(block)
        return "".join(lines) + "\n"


def _is_item(block: str) -> bool:
    return bool(re.match(r"^\s*(?:\d{1,3}\. |- )", block))


def body_of(blocks: Sequence[Block], title: str, signed_at: int) -> Body:
    """Markdown of blocks. title: of the document; signed_at: index of the block that dates it, -1 for none."""
    body = Body()
    issued = set(quoted_titles(title)) - {title_key(title)} if title else set()
    base = 2 + any(isinstance(block, Paragraph) and _is_part(block) for block in blocks)
    skip_until = 0
    for index, block in enumerate(blocks):
        if index < skip_until:
            continue
        if isinstance(block, Grid):
            body.add("\n".join(table_lines(block)), block.place)
        elif isinstance(block, Picture):
            body.pictures.append(block)
            alt = f"【{pending()}】"
            body.add(f"![{alt}]({block.name})", block.place)
        else:
            size = _issued_size(blocks, index, issued) if index > signed_at else 0
            if size:
                text = "".join(
                    _words(one) for one in blocks[index : index + size] if isinstance(one, Paragraph)
                )
                _add_heading(body, 2, text, block.place)
                base, skip_until = 3, index + size
            else:
                _add_paragraph(body, block, base, is_listed=_is_listed(blocks, index))
    return body


def _issued_size(blocks: Sequence[Block], index: int, issued: set[str]) -> int:
    """How many paragraphs from `index` on are the title of what the document issues; 0 for none."""
    words = ""
    for size, block in enumerate(blocks[index : index + 4], 1):
        if not isinstance(block, Paragraph) or "。" in block.text:
            return 0
        words += recognised(_words(block))
        if title_key(words) in issued:
            return size
        if len(words) > 80:
            return 0
    return 0


def _is_part(block: Paragraph) -> bool:
    """Whether a paragraph begins a part (第一编, 第一篇) that holds numbered headings of its own."""
    return bool(official_paper().headings[0].pattern.match(recognised(_words(block))))


def _words(block: Paragraph) -> str:
    return block.label + block.text.replace("\n", "")


def _add_heading(body: Body, level: int, text: str, place: str) -> None:
    body.headings.append((level, text))
    body.add(f"{'#' * min(level, 6)} {escape_inline(text)}", place)


def _is_listed(blocks: Sequence[Block], index: int) -> bool:
    """Whether a paragraph stands beside another with an Arabic number: then they are items, not headings."""
    beside = [*blocks[max(0, index - 1) : index], *blocks[index + 1 : index + 2]]
    return any(isinstance(block, Paragraph) and bool(_LISTED.match(_words(block))) for block in beside)


def _add_paragraph(body: Body, block: Paragraph, base: int, *, is_listed: bool) -> None:
    text = _words(block)
    paper = official_paper()
    if block.level:
        _add_heading(body, block.level + 1, text, block.place)
        return
    if block.item:
        body.add(f"{'  ' * (block.item - 1)}- {escape_inline(text)}", block.place)
        return
    if paper["article"].match(recognised(text)):
        number, rest = re.match(r"^(第[^条]+条)\s*(.*)$", text, re.DOTALL).groups()  # type: ignore[union-attr]
        body.add(f"**{number}** {escape_inline(rest)}".rstrip(), block.place)
        return
    listed = _LISTED.match(text)
    heading, rest = split_heading(text) if not (listed and is_listed) else ("", text)
    if heading:
        depth = next(form.depth for form in paper.headings if form.pattern.match(recognised(text)))
        depth -= _is_part(block)
        _add_heading(body, base + depth, heading, block.place)
        if rest:
            body.add(escape_block(rest), block.place)
        return
    if listed:
        body.add(f"{int(listed[1])}. {escape_inline(listed[2])}", block.place)
        return
    body.add(escape_block(text if block.label else block.text), block.place)


def split_heading(text: str) -> tuple[str, str]:
    """A numbered paragraph as (heading, what follows in it), `("", text)` where it is no heading.

    `一、总则` is a heading; `（一）依法公开。各级…` has a heading run in; `（一）有固定场所；` is an item of a list.
    """
    plain = recognised(text)
    form = next((form for form in official_paper().headings if form.pattern.match(plain)), None)
    if form is None:
        return "", text
    if "。" not in text:
        is_heading = len(text) <= _LONGEST_HEADING and not _ENDS_ITEM.search(text)
        return (text, "") if is_heading and (form.depth < 2 or len(text) <= 30) else ("", text)
    first, _, rest = text.partition("。")
    rest = rest.strip().removeprefix(",").removeprefix("，").strip()
    if form.depth == 0 and not rest and len(first) <= _LONGEST_HEADING:
        return first, ""
    if (
        form.depth < 2
        and rest
        and len(first) <= _LONGEST_RUN_IN
        and not re.search(r"[；;：:]", _OPEN_MARK.sub("", first))
    ):
        return first, rest
    return "", text
