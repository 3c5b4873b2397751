"""Where each block of a Markdown text stands in its source: for who shows a problem at the paragraph it belongs to."""

from __future__ import annotations

from typing import NamedTuple

from markdown_it.token import Token

from govsite.markup.merged import merge_cells
from govsite.markup.reference import parse_blocks
from govsite.markup.words import without_marks


class PlacedBlock(NamedTuple):
    """first, last: lines of the text, 1-based; kind: `heading`, `text`, `row` or `code`; text: without any white space,
    as the reader sees it, pictures left out.
    """

    first: int
    last: int
    kind: str
    text: str


def placed_blocks(text: str) -> tuple[PlacedBlock, ...]:
    """Paragraphs, headings, rows of tables and code of a text, in reading order."""
    found: list[PlacedBlock] = []
    row: list[str] | None = None
    place, kind = (0, 0), "text"
    for token in merge_cells(parse_blocks(without_marks(text))):
        if token.map:
            place = (token.map[0] + 1, max(token.map[0] + 1, token.map[1]))
        if token.type == "tr_open":
            row = []
        elif token.type == "tr_close" and row is not None:
            found.append(PlacedBlock(*place, "row", "".join(row)))
            row = None
        elif token.type in {"heading_open", "paragraph_open"}:
            kind = "heading" if token.type == "heading_open" else "text"
        elif token.type == "inline":
            if row is not None:
                row.append(_seen(token))
            else:
                found.append(PlacedBlock(*place, kind, _seen(token)))
        elif token.type in {"fence", "code_block"}:
            found.append(PlacedBlock(*place, "code", "".join(token.content.split())))
    return tuple(block for block in found if block.text)


def _seen(token: Token) -> str:
    """What an inline token shows."""
    shown = (child.content for child in token.children or [] if child.type in {"text", "code_inline"})
    return "".join("".join(shown).replace("<br>", "").split())
