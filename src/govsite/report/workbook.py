"""A table as an Excel file: the second door to XlsxWriter, since stages do not import each other (docs/decisions/0043)."""

from __future__ import annotations

import io
from datetime import datetime

import xlsxwriter

from govsite.hanzi.width import display_width
from govsite.report.tables import Table

_WIDEST = 60


def xlsx_table(table: Table) -> bytes:
    """One sheet with a frozen header and a filter. The same bytes for the same table."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"title": table.title, "created": datetime(2020, 1, 1)})
    sheet = book.add_worksheet(table.title[:31])
    base = {"font_name": "SimSun", "font_size": 10, "border": 1, "valign": "top", "text_wrap": True}
    head = book.add_format({**base, "bold": True, "bg_color": "#F2F2F2"})
    cell = book.add_format(base)
    for column, text in enumerate(table.heads):
        sheet.write_string(0, column, text, head)
        widest = max([display_width(text), *(display_width(str(row[column])) for row in table.rows)])
        sheet.set_column(column, column, min(widest, _WIDEST) + 3)
    for number, row in enumerate(table.rows, 1):
        for column, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(number, column, value, cell)
            else:
                sheet.write_number(number, column, value, cell)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(table.rows), 1), len(table.heads) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    book.close()
    return buffer.getvalue()
