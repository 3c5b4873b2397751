"""The plain part of Markdown, read line by line: what nearly every document consists of.

Paragraphs, headings with `#`, lists of one line an item, tables with outer pipes. A text with anything else in its
block structure is not read here at all: it belongs to the reference, markdown-it-py.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_BULLET = re.compile(r"([-*+]) {1,4}([^ ].*)")
_NUMBERED = re.compile(r"([0-9]{1,9})([.)]) {1,4}([^ ].*)")
_HEADING = re.compile(r"(#{1,6})(?: (.*))?")
# What a line may begin with without being the text of a paragraph.
_BEGINS_BLOCK = re.compile(r"[ >]|#{1,6}(?: |$)|[-*+](?: |$)|[0-9]{1,9}[.)](?: |$)|```|~~~|[-*_+=|: ]+$")
# Rules, underlines of headings and the second line of tables.
_DRAWN = re.compile(r"[-*_+=|: ]+")
_DELIMITER = re.compile(r":?-+:?")
_MARKERS = frozenset(" >#-*+_=|:`~0123456789")
_CONTROLS = re.compile("[\t\v\f\r\0]")
_MAX_CELLS = 50_000
# What CommonMark trims from the text of a block.
_SPACE = (
    "\t\n\v\f\r \u00a0\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u2028\u2029\u202f\u205f\u3000"
)


class Heading(NamedTuple):
    """line: 1-based; level: as written."""

    line: int
    level: int
    text: str


class Paragraph(NamedTuple):
    """text: its lines as written, without space around them."""

    line: int
    text: str


class Items(NamedTuple):
    """A list. start: its first number, None for bullets; loose: whether its items are paragraphs; items: (line, text)."""

    start: int | None
    loose: bool
    items: list[tuple[int, str]]


class Table(NamedTuple):
    """aligns: `left`, `right`, `center` or `""` by column; rows: (line, cells), the first is the head."""

    line: int
    aligns: list[str]
    rows: list[tuple[int, list[str]]]


Block = Heading | Paragraph | Items | Table


class _NotPlainError(Exception):
    """The text holds what this reader does not know."""


def read_plain(text: str) -> list[Block] | None:
    """The blocks of `text` as markdown-it-py would find them, None where it is not plain."""
    if "]:" in text or _CONTROLS.search(text):  # definitions of links act upon the whole text
        return None
    lines = text.split("\n")
    blocks: list[Block] = []
    position, end = 0, len(lines)
    try:
        while position < end:
            line = lines[position]
            if not line.strip(" "):
                position += 1
                continue
            block, position = _read_block(lines, position, line)
            blocks.append(block)
    except _NotPlainError:
        return None
    return blocks


def _read_block(lines: list[str], position: int, line: str) -> tuple[Block, int]:
    """The block that begins at `position`, and where it ends."""
    first = line[0]
    if first in _MARKERS:
        if first == "#" and (heading := _HEADING.fullmatch(line)):
            return Heading(position + 1, len(heading[1]), _heading_text(heading[2] or "")), position + 1
        if first == "|" and position + 1 < len(lines) and _DRAWN.fullmatch(lines[position + 1]):
            return _read_table(lines, position)
        if _BULLET.fullmatch(line) or _NUMBERED.fullmatch(line):
            return _read_items(lines, position)
        if _BEGINS_BLOCK.match(line):
            raise _NotPlainError
    return _read_paragraph(lines, position)


def _heading_text(rest: str) -> str:
    rest = rest.rstrip(" ")
    closed = rest.rstrip("#")
    return (rest if closed and not closed.endswith(" ") else closed).strip(_SPACE)


def _read_paragraph(lines: list[str], start: int) -> tuple[Paragraph, int]:
    position = start + 1
    while position < len(lines):
        line = lines[position]
        if not line.strip(" "):
            break
        if line[0] in _MARKERS and _BEGINS_BLOCK.match(line):
            if _interrupts(line):
                break
            if not _NUMBERED.fullmatch(line):
                raise _NotPlainError
        position += 1
    text = lines[start] if position == start + 1 else "\n".join(lines[start:position])
    return Paragraph(start + 1, text.strip(_SPACE)), position


def _interrupts(line: str) -> bool:
    """Whether a line that begins a block may stand right below a paragraph; of numbered items only a first one may."""
    if line[0] == "#":
        return True
    numbered = _NUMBERED.fullmatch(line)
    if numbered:
        return int(numbered[1]) == 1
    return bool(_BULLET.fullmatch(line)) and not _DRAWN.fullmatch(line)


def _read_items(lines: list[str], start: int) -> tuple[Items, int]:
    kind, number, _ = _item(lines[start])
    items: list[tuple[int, str]] = []
    loose = False
    position = start
    while True:
        items.append((position + 1, _item(lines[position])[2]))
        position += 1
        below = position
        while position < len(lines) and not lines[position].strip(" "):
            position += 1
        if position == len(lines):
            break
        line = lines[position]
        if line[0] == " ":
            raise _NotPlainError
        is_item = bool(_BULLET.fullmatch(line) or _NUMBERED.fullmatch(line))
        if is_item and _item(line)[0] == kind:
            loose = loose or position > below
        elif position > below:
            break
        else:
            raise _NotPlainError
    return Items(number, loose, items), position


def _item(line: str) -> tuple[str, int | None, str]:
    """Marker, number and text of an item."""
    numbered = _NUMBERED.fullmatch(line)
    if numbered:
        marker, number, text = numbered[2], int(numbered[1]), numbered[3]
    else:
        bullet = _BULLET.fullmatch(line)
        if not bullet or _DRAWN.fullmatch(line):
            raise _NotPlainError
        marker, number, text = bullet[1], None, bullet[2]
    if _BEGINS_BLOCK.match(text):
        raise _NotPlainError
    return marker, number, text.strip(_SPACE)


def _read_table(lines: list[str], start: int) -> tuple[Table, int]:
    aligns = []
    for cell in _cells(lines[start + 1]):
        mark = cell.strip(" ")
        if not _DELIMITER.fullmatch(mark):
            raise _NotPlainError
        aligns.append({"::": "center", "-:": "right", ":-": "left"}.get(_ends(mark), ""))
    head = _cells(lines[start])
    if not aligns or len(head) != len(aligns) or lines[start + 1][0] != "|":
        raise _NotPlainError
    rows = [(start + 1, [cell.strip(_SPACE) for cell in head])]
    position = start + 2
    while position < len(lines) and lines[position].strip(" "):
        cells = [cell.strip(_SPACE) for cell in _cells(lines[position])[: len(aligns)]]
        rows.append((position + 1, cells + [""] * (len(aligns) - len(cells))))
        position += 1
    if len(rows) * len(aligns) > _MAX_CELLS:
        raise _NotPlainError
    return Table(start + 1, aligns, rows), position


def _ends(mark: str) -> str:
    """First and last character of a delimiter, hyphens told as one."""
    return mark[0] + mark[-1]


def _cells(line: str) -> list[str]:
    """The cells of a row between its outer pipes."""
    if line[0] != "|" or "\\" in line:
        raise _NotPlainError
    cells = line.strip(_SPACE).split("|")[1:]
    if cells and cells[-1] == "":
        cells.pop()
    return cells
