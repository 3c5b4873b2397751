"""Which row of a table is its header (表头)."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from govsite.attachments.gather import Gatherer


def mark_headers(gatherer: Gatherer, start: int) -> None:
    """Give role `header` to the header row of each table among the pieces from `start` on.

    The first row with two cells or more: above it lists carry their title, unit and date in one merged cell each.
    A table that never has two cells in a row has its first row for a header. Hidden cells keep their role; that they
    stand in the header row is told by the row number of the others.
    """
    cells: Counter[tuple[int, int]] = Counter(
        (piece.table, piece.row) for piece in gatherer.pieces[start:] if piece.table and piece.column
    )
    header_rows: dict[int, int] = {}
    first_rows: dict[int, int] = {}
    for table, row in cells:
        first_rows[table] = min(row, first_rows.get(table, row))
        if cells[table, row] > 1:
            header_rows[table] = min(row, header_rows.get(table, row))
    for index in range(start, len(gatherer.pieces)):
        piece = gatherer.pieces[index]
        if piece.role == "text" and piece.column:
            header_row = header_rows.get(piece.table) or first_rows.get(piece.table)
            if piece.row == header_row:
                gatherer.pieces[index] = replace(piece, role="header")
