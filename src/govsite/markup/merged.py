"""Merged cells (合并单元格) in Markdown tables: `<<` goes on from the left, `^^` from above.

    | 序号 | 公开事项 | <<       |
    |------|----------|----------|
    | ^^   | 一级事项 | 二级事项 |

Rows that go on from the head belong to the head. A mark with nothing to go on from stays as it was written.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it.token import Token

LEFT, ABOVE = "<<", "^^"


@dataclass(slots=True)
class _Field:
    """A field of the grid. first: index of its opening token; home: of the cell that covers it."""

    first: int
    text: str
    home: _Field | None = None
    rows: int = 1
    columns: int = 1

    @property
    def cell(self) -> _Field:
        return self.home.cell if self.home else self


def merge_cells(tokens: list[Token]) -> list[Token]:
    """`tokens` with merged cells as `rowspan` and `colspan`; the same list where no table has a mark."""
    if not any(token.type == "inline" and token.content.strip() in {LEFT, ABOVE} for token in tokens):
        return tokens
    result: list[Token] = []
    position = 0
    for index, token in enumerate(tokens):
        if token.type == "table_close":
            start = max(at for at in range(position, index) if tokens[at].type == "table_open")
            result += tokens[position:start]
            result += _merged(tokens[start : index + 1])
            position = index + 1
    return result + tokens[position:]


def _merged(table: list[Token]) -> list[Token]:
    rows = _rows(table)
    _find_homes(rows)
    head = _head_rows(rows)
    covered = {field.first for row in rows for field in row if field.home}
    for row in rows:
        for field in row:
            if field.home is None:
                if field.rows > 1:
                    table[field.first].attrs["rowspan"] = str(field.rows)
                if field.columns > 1:
                    table[field.first].attrs["colspan"] = str(field.columns)
    return _written(table, covered, head)


def _rows(table: Sequence[Token]) -> list[list[_Field]]:
    rows: list[list[_Field]] = []
    for index, token in enumerate(table):
        if token.type == "tr_open":
            rows.append([])
        elif token.type in {"th_open", "td_open"}:
            rows[-1].append(_Field(index, table[index + 1].content.strip()))
    return rows


def _find_homes(rows: Sequence[Sequence[_Field]]) -> None:
    for number, row in enumerate(rows):
        for column, field in enumerate(row):
            if field.text == LEFT and column:
                cell = row[column - 1].cell
                field.home = cell
                if any(row[at].cell is cell and row[at] is cell for at in range(column)):
                    cell.columns += 1
            elif field.text == ABOVE and number and column < len(rows[number - 1]):
                above = rows[number - 1][column]
                field.home = above.cell
                if not column or row[column - 1].cell is not above.cell:
                    above.cell.rows += 1


def _head_rows(rows: Sequence[Sequence[_Field]]) -> int:
    """How many rows the head takes: those that its own cells reach down into."""
    return max((field.rows for field in rows[0] if field.home is None), default=1) if rows else 1


def _written(table: list[Token], covered: set[int], head: int) -> list[Token]:
    """The table without covered cells, the first `head` rows in its head."""
    from markdown_it.token import Token

    result: list[Token] = []
    row = 0
    index = 0
    while index < len(table):
        token = table[index]
        if index in covered:
            index += 3  # the cell's opening, its words, its end
            continue
        if token.type in {"thead_close", "tbody_open"} and head > 1:
            index += 1
            continue
        if token.type == "tr_open":
            row += 1
        if token.type in {"td_open", "td_close"} and row <= head:
            token.type = token.type.replace("td", "th")
            token.tag = "th"
        result.append(token)
        if token.type == "tr_close" and head > 1 and row == head:
            result.append(Token("thead_close", "thead", -1, block=True))
            if any(later.type == "tr_open" for later in table[index:]):
                result.append(Token("tbody_open", "tbody", 1, block=True))
        if token.type == "tbody_close" and head > 1 and result[-2].type == "thead_close":
            result.pop()
        index += 1
    return result
