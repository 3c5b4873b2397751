"""A table as Markdown. A cell that goes on to the right or downwards is written `<<` or `^^` where it covers a field."""

from __future__ import annotations

from govsite.intake.document.escapes import escape_inline
from govsite.intake.material import Grid

_MOST_COLUMNS = 60
LEFT, ABOVE = "<<", "^^"


def table_lines(grid: Grid) -> list[str]:
    """Lines of a Markdown table, the first row its head."""
    rows = max((cell.row + cell.rows - 1 for cell in grid.cells), default=0)
    first = min((cell.row for cell in grid.cells), default=1)
    columns = min(max((cell.column + cell.columns - 1 for cell in grid.cells), default=0), _MOST_COLUMNS)
    fields = {(row, column): "" for row in range(first, rows + 1) for column in range(1, columns + 1)}
    for cell in grid.cells:
        for row in range(cell.row, cell.row + cell.rows):
            for column in range(cell.column, cell.column + cell.columns):
                if (row, column) in fields:
                    fields[row, column] = LEFT if column > cell.column else ABOVE
        if (cell.row, cell.column) in fields:
            fields[cell.row, cell.column] = _cell(cell.text)
    lines = []
    for row in range(first, rows + 1):
        lines.append("| " + " | ".join(fields[row, column] for column in range(1, columns + 1)) + " |")
        if row == first:
            lines.append("|" + " --- |" * columns)
    return lines


def _cell(text: str) -> str:
    return "<br>".join(escape_inline(line.strip()) for line in text.strip().split("\n"))
