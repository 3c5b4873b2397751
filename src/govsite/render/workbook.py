"""A domain's catalog as the national table in Excel: the only door to XlsxWriter."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

import xlsxwriter

from govsite.model.catalog import CatalogDomain, CatalogItem
from govsite.render.catalog import catalog_columns, channel_boxes
from govsite.render.context import RenderContext
from govsite.vocab.keys import record_keys
from govsite.vocab.terms import label_of

_WIDTHS = {
    "no": 6,
    "level": 14,
    "content": 36,
    "basis": 36,
    "deadline": 20,
    "subject": 18,
    "channels": 34,
    "tick": 7,
}


def catalog_xlsx(context: RenderContext, domain_id: str) -> bytes:
    """The table with its two merged header rows, ■/□ boxes and √ marks. The same bytes for the same catalog."""
    domain = next(found for found in context.site.assembly.domains if found.id == domain_id)
    columns = catalog_columns(domain)
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties(
        {"title": context.t("view.catalog_title", domain=domain.label), "author": context.settings.site.publisher,
         "created": datetime(2020, 1, 1)}
    )  # fmt: skip
    sheet = book.add_worksheet(domain.label[:31])
    base = {"font_name": "SimSun", "font_size": 10, "border": 1, "valign": "vcenter", "text_wrap": True}
    head = book.add_format({**base, "bold": True, "align": "center", "bg_color": "#F2F2F2"})
    title = book.add_format({"font_name": "SimHei", "font_size": 16, "align": "center", "valign": "vcenter"})
    cell, centre = book.add_format(base), book.add_format({**base, "align": "center"})
    width = _header(sheet, columns, head)
    sheet.merge_range(0, 0, 0, width - 1, context.t("view.catalog_title", domain=domain.label), title)
    sheet.set_row(0, 30)
    for row, item in enumerate(domain.items, 3):
        _row(sheet, row, item, columns, cell, centre)
    _merge_levels(sheet, domain, columns["levels"], centre)
    sheet.freeze_panes(3, 1)
    sheet.set_landscape()
    sheet.set_paper(8)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(1, 2)
    book.close()
    return buffer.getvalue()


def _label(key: str) -> str:
    return record_keys("catalog_item").by_word[key].label


def _header(sheet: Any, columns: dict[str, tuple[str, ...]], head: Any) -> int:
    """Write the two header rows; the number of columns."""
    position = 0

    def single(text: str, width: int) -> None:
        nonlocal position
        sheet.merge_range(1, position, 2, position, text, head)
        sheet.set_column(position, position, width)
        position += 1

    def group(text: str, labels: tuple[str, ...], width: int) -> None:
        nonlocal position
        if len(labels) > 1:
            sheet.merge_range(1, position, 1, position + len(labels) - 1, text, head)
        else:
            sheet.write_string(1, position, text, head)
        for offset, label in enumerate(labels):
            sheet.write_string(2, position + offset, label, head)
        sheet.set_column(position, position + len(labels) - 1, width)
        position += len(labels)

    words = record_keys("catalog").by_word
    single(_label("no"), _WIDTHS["no"])
    group(words["items"].label, tuple(_label(level) for level in columns["levels"]), _WIDTHS["level"])
    for key in ("content", "basis", "deadline", "subject", "channels"):
        single(_label(key), _WIDTHS[key])
    for key in ("audience", "mode", "tier"):
        group(_label(key), tuple(label_of(key, value) for value in columns[key]), _WIDTHS["tick"])
    return position


def _row(
    sheet: Any, row: int, item: CatalogItem, columns: dict[str, tuple[str, ...]], cell: Any, centre: Any
) -> None:
    first = 1 + len(columns["levels"])
    boxes = " ".join(f"{'■' if chosen else '□'}{label}" for label, chosen in channel_boxes(item.channels))
    content = "\n".join(("●" if element.required else "") + element.text for element in item.content)
    sheet.write_string(row, 0, item.no, centre)
    for offset, level in enumerate(columns["levels"], 1):
        sheet.write_string(row, offset, getattr(item, level), centre)
    texts = (content, "\n".join(item.basis), item.deadline_text, "、".join(item.subject), boxes)
    for offset, text in enumerate(texts):
        sheet.write_string(row, first + offset, text, cell)
    position = first + len(texts)
    for group in ("audience", "mode", "tier"):
        for value in columns[group]:
            sheet.write_string(row, position, "√" if value in getattr(item, group) else "", centre)
            position += 1


def _merge_levels(sheet: Any, domain: CatalogDomain, levels: tuple[str, ...], centre: Any) -> None:
    from govsite.render.catalog import merged_levels

    for row, cells in enumerate(merged_levels(domain.items, levels), 3):
        for column, cell in enumerate(cells, 1):
            if cell.span > 1:
                sheet.merge_range(row, column, row + cell.span - 1, column, cell.text, centre)
