"""The three tables of the annual report as tables of text (国办公开办函〔2021〕30号)."""

from __future__ import annotations

from govsite.extend.views import TableView
from govsite.messages.catalogue import Translate
from govsite.model.report import AnnualRow, AnnualTables
from govsite.vocab.annual import AnnualTable, annual_table


def number_words(number: float) -> str:
    """A number as the tables print it: whole numbers plain, others without trailing zeros."""
    return str(int(number)) if number == int(number) else f"{number:.6f}".rstrip("0").rstrip(".")


def annual_tables(t: Translate, tables: AnnualTables) -> tuple[TableView, ...]:
    """Tables A, B and C with their captions, in order."""
    return (
        _table_a(t, annual_table("a"), tables.a),
        _plain_table(t, annual_table("b"), tables.b, t("report.table_b")),
        _plain_table(t, annual_table("c"), tables.c, t("report.table_c")),
    )


def _table_a(t: Translate, table: AnnualTable, rows: tuple[AnnualRow, ...]) -> TableView:
    """Table A has other columns for every block; each number stands in a row of its own."""
    lines = []
    for row in rows:
        record = table.row(row.name)
        if record is None:
            continue
        for column, number in zip(record.columns, row.numbers, strict=True):
            lines.append((record.label, record.group, column, number_words(number)))
    head = ((t("report.item"), t("report.row"), t("report.measure"), t("report.number")),)
    return TableView(t("report.table_a"), head, tuple(lines))


def _plain_table(t: Translate, table: AnnualTable, rows: tuple[AnnualRow, ...], caption: str) -> TableView:
    lines = []
    for row in rows:
        record = table.row(row.name)
        label = record.label if record else row.name
        lines.append((label, *(number_words(number) for number in row.numbers)))
    return TableView(caption, _head(t("report.row"), table), tuple(lines))


def _head(first: str, table: AnnualTable) -> tuple[tuple[str, ...], ...]:
    """Header rows. An empty cell belongs to the cell on its left, in a second row to the cell above it."""
    if not table.groups:
        return ((first, *table.columns),)
    upper, lower, position = [first], [""], 0
    for label, width in table.groups:
        upper += [label] + [""] * (width - 1)
        lower += [""] if width == 1 else table.columns[position : position + width]
        position += width
    return (tuple(upper), tuple(lower))
