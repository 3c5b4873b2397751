"""A domain's catalog as the national table in Excel: the only door to XlsxWriter."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import xlsxwriter

from govsite.model.catalog import CatalogDomain, CatalogItem
from govsite.render.catalog import (
    catalog_columns,
    channel_boxes,
    further_keys,
    further_text,
    list_cell,
    merged_levels,
    tick_text,
)
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
    """A domain's table with its two merged header rows, ■/□ boxes and √ marks. The same bytes for the same catalog."""
    return catalogs_xlsx(context, (domain_id,))


def catalogs_xlsx(context: RenderContext, domain_ids: Sequence[str], *, complete: bool = False) -> bytes:
    """Several domains, a sheet each, in the order of the catalog.

    complete: behind the national columns everything else the catalog says, so that it can be imported again without loss.
    """
    chosen = [found for found in context.site.assembly.domains if found.id in domain_ids]
    buffer, book = _book(
        context.t("view.catalog_title", domain=chosen[0].label) if len(chosen) == 1 else "",
        context.settings.site.publisher,
    )
    for domain in chosen:
        _write_domain(context, book, domain, complete=complete)
    book.close()
    return buffer.getvalue()


def list_xlsx(title: str, labels: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """A list with a heading row that stays in sight and can be filtered."""
    buffer, book = _book(title, "")
    sheet = book.add_worksheet(_sheet_name(title))
    head = book.add_format({"bold": True, "border": 1, "bg_color": "#F2F2F2", "text_wrap": True})
    cell = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
    for column, label in enumerate(labels):
        sheet.write_string(0, column, label, head)
        width = max((len(row[column]) for row in rows), default=0)
        sheet.set_column(column, column, min(max(10, width * 1.6), 48))
    for number, row in enumerate(rows, 1):
        for column, text in enumerate(row):
            sheet.write_string(number, column, text[:32_000], cell)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(1, len(rows)), len(labels) - 1)
    book.close()
    return buffer.getvalue()


def _book(title: str, author: str) -> tuple[io.BytesIO, Any]:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"title": title, "author": author, "created": datetime(2020, 1, 1)})
    return buffer, book


def _sheet_name(text: str) -> str:
    """A name that Excel accepts: no longer than 31 characters, without its reserved ones."""
    return "".join(char for char in text if char not in "[]:*?/\\'")[:31] or "1"


def _write_domain(context: RenderContext, book: Any, domain: CatalogDomain, *, complete: bool) -> None:
    columns = catalog_columns(domain)
    sheet = book.add_worksheet(_sheet_name(domain.label))
    base = {"font_name": "SimSun", "font_size": 10, "border": 1, "valign": "vcenter", "text_wrap": True}
    head = book.add_format({**base, "bold": True, "align": "center", "bg_color": "#F2F2F2"})
    title = book.add_format({"font_name": "SimHei", "font_size": 16, "align": "center", "valign": "vcenter"})
    cell, centre = book.add_format(base), book.add_format({**base, "align": "center"})
    further = further_keys(domain) if complete else ()
    width = _header(sheet, columns, head, further)
    words = domain.basis_document or context.t("view.catalog_title", domain=domain.label)
    sheet.merge_range(0, 0, 0, width - 1, words, title)
    sheet.set_row(0, 30)
    for row, item in enumerate(domain.items, 3):
        _row(sheet, row, item, columns, cell, centre, further)
    _merge_levels(sheet, domain, columns["levels"], centre)
    sheet.freeze_panes(3, 1)
    sheet.set_landscape()
    sheet.set_paper(8)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(1, 2)


def _label(key: str) -> str:
    return record_keys("catalog_item").by_word[key].label


def _header(sheet: Any, columns: dict[str, tuple[str, ...]], head: Any, further: Sequence[str]) -> int:
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
    for key in further:
        single(_label(key), _WIDTHS["level"])
    return position


def _row(
    sheet: Any, row: int, item: CatalogItem, columns: dict[str, tuple[str, ...]], cell: Any, centre: Any,
    further: Sequence[str],
) -> None:  # fmt: skip
    first = 1 + len(columns["levels"])
    boxes = " ".join(f"{'■' if chosen else '□'}{label}" for label, chosen in channel_boxes(item.channels))
    content = list_cell([("●" if element.required else "") + element.text for element in item.content])
    sheet.write_string(row, 0, item.no, centre)
    for offset, level in enumerate(columns["levels"], 1):
        sheet.write_string(row, offset, getattr(item, level), centre)
    texts = (content, list_cell(item.basis), item.deadline_text, "、".join(item.subject), boxes)
    for offset, text in enumerate(texts):
        sheet.write_string(row, first + offset, text, cell)
    position = first + len(texts)
    for group in ("audience", "mode", "tier"):
        for value in columns[group]:
            sheet.write_string(row, position, tick_text(item, group, value, noted=bool(further)), centre)
            position += 1
    for offset, key in enumerate(further):
        sheet.write_string(row, position + offset, further_text(item, key), cell)


def _merge_levels(sheet: Any, domain: CatalogDomain, levels: tuple[str, ...], centre: Any) -> None:
    for row, cells in enumerate(merged_levels(domain.items, levels), 3):
        for column, cell in enumerate(cells, 1):
            if cell.span > 1:
                sheet.merge_range(row, column, row + cell.span - 1, column, cell.text, centre)
