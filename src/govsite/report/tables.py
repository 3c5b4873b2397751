"""Tables for people and programs: aligned text, CSV, JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence

from govsite.frozen import dataclass
from govsite.hanzi.width import display_width

Cell = str | int | float
_GAP = "  "
_RISKY = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Table:
    """title: of the sheet; keys: names for programs; heads: for people; rows: cells in the order of the heads."""

    title: str
    keys: tuple[str, ...]
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def text_table(table: Table) -> str:
    """Columns aligned under Chinese text as well; numbers to the right."""
    shown = [table.heads, *(tuple(str(cell) for cell in row) for row in table.rows)]
    widths = [max(display_width(row[index]) for row in shown) for index in range(len(table.heads))]
    numeric = [
        bool(table.rows) and all(isinstance(row[index], int | float) for row in table.rows)
        for index in range(len(table.heads))
    ]
    return "".join(_line(row, widths, numeric) for row in shown)


def _line(cells: Sequence[str], widths: Sequence[int], numeric: Sequence[bool]) -> str:
    padded = []
    for cell, width, right in zip(cells, widths, numeric, strict=True):
        space = " " * (width - display_width(cell))
        padded.append(space + cell if right else cell + space)
    return _GAP.join(padded).rstrip() + "\n"


def csv_table(table: Table) -> str:
    """CSV with a byte-order mark, so that Excel reads Chinese; a cell never begins like a formula."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(table.heads)
    writer.writerows([_harmless(cell) for cell in row] for row in table.rows)
    return "\ufeff" + buffer.getvalue()


def _harmless(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_RISKY) else cell


def json_table(table: Table) -> str:
    """`{"version": 1, "rows": […]}`, each row by the keys."""
    rows = [dict(zip(table.keys, row, strict=True)) for row in table.rows]
    return json.dumps({"version": 1, "rows": rows}, ensure_ascii=False, indent=1) + "\n"
