"""Excel workbooks before 2007, by xlrd."""

from __future__ import annotations

import io
from typing import Any

from govsite.attachments.cells import column_letters, date_text, number_text
from govsite.attachments.gather import BrokenError, Gatherer
from govsite.attachments.headers import mark_headers
from govsite.attachments.places import place_of
from govsite.attachments.sheet import HiddenCells

_STATES = {1: "hidden", 2: "veryHidden"}


def read_xls(data: bytes, gatherer: Gatherer) -> None:
    """Read all sheets in the order of their tabs."""
    import xlrd

    try:
        book = xlrd.open_workbook(
            file_contents=data, logfile=io.StringIO(), formatting_info=True, on_demand=True, ragged_rows=True
        )
    except xlrd.XLRDError as error:
        if "encrypted" in str(error):
            gatherer.fault("encrypted")
            return
        raise BrokenError("xls") from error
    start = len(gatherer.pieces)
    for index, name in enumerate(book.sheet_names()):
        try:
            sheet = book.sheet_by_index(index)
        except Exception as error:  # noqa: BLE001 - a broken sheet raises whatever its bytes lead to
            gatherer.fault("broken", name, type(error).__name__)
            continue
        _read_sheet(book, sheet, gatherer)
        book.unload_sheet(index)
    if book.user_name:
        gatherer.add(book.user_name, "WRITEACCESS", "property")
    mark_headers(gatherer, start)


def _read_sheet(book: Any, sheet: Any, gatherer: Gatherer) -> None:
    name = str(sheet.name)
    table = gatherer.new_table()
    is_hidden = sheet.visibility in _STATES
    if is_hidden:
        gatherer.fault("hidden_sheet", name, _STATES[sheet.visibility])
    gatherer.add(name, name, "name")
    rows = {row for row, info in sheet.rowinfo_map.items() if info.hidden}
    columns = {column for column, info in sheet.colinfo_map.items() if info.hidden or not info.width}
    hidden = HiddenCells(name)
    for row in range(sheet.nrows):
        for column in range(sheet.row_len(row)):
            gatherer.count_cell()
            text = _shown(book, sheet.cell_type(row, column), sheet.cell_value(row, column))
            if not text or text.isspace():
                continue
            if not is_hidden:
                hidden.rows.update({row + 1} if row in rows else ())
                hidden.columns.update({column + 1} if column in columns else ())
            role = "hidden" if is_hidden or row in rows or column in columns else "text"
            place = place_of("cell", sheet=name, cell=f"{column_letters(column + 1)}{row + 1}")
            gatherer.add(text, place, role, row=row + 1, column=column + 1, table=table)
    hidden.report(gatherer)
    for (row, column), note in sorted(sheet.cell_note_map.items()):
        place = place_of("cell", sheet=name, cell=f"{column_letters(column + 1)}{row + 1}")
        gatherer.add(str(note.text), place, "comment")
        gatherer.fault("comment", place, str(note.author))


def _shown(book: Any, kind: int, value: Any) -> str:
    import xlrd

    if kind == xlrd.XL_CELL_TEXT:
        return str(value)
    if kind == xlrd.XL_CELL_NUMBER:
        return number_text(repr(value))
    if kind == xlrd.XL_CELL_DATE:
        return date_text(repr(value), is_1904=book.datemode == 1)
    if kind == xlrd.XL_CELL_BOOLEAN:
        return "TRUE" if value else "FALSE"
    return str(xlrd.error_text_from_code.get(value, "")) if kind == xlrd.XL_CELL_ERROR else ""
