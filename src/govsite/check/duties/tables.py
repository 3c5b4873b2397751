"""The arithmetic of the annual report's tables (国办公开办函〔2021〕30号): within each, and from year to year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from govsite.model.details import ReportDetails
from govsite.model.document import Document
from govsite.model.report import AnnualRow
from govsite.problems.problem import Problem
from govsite.vocab.annual import annual_table

# Row names of annual.yaml by what they are.
_ROWS = annual_table("b").rows
NEW, CARRIED_IN = _ROWS[0].name, _ROWS[1].name
RESULTS = tuple(row.name for row in _ROWS[2:-2])
TOTAL, CARRIED_OUT = _ROWS[-2].name, _ROWS[-1].name


def stock_of(details: ReportDetails) -> tuple[AnnualRow | None, ...]:
    """The rows of 规章 and 行政规范性文件 in table A."""
    rows = {row.name: row for row in details.tables.a}
    return tuple(rows.get(row.name) for row in annual_table("a").rows[:2])


def check_tables(doc: Document, before: Document | None) -> Iterator[Problem]:
    """COL201 总计 column · COL202 一+二=三（七）+四 · COL203 三（七） · COL204 table C · COL205 carried over ·
    COL206 stock of documents. before: the report of the year before.
    """
    details = doc.details
    if not isinstance(details, ReportDetails):
        return
    rows = {row.name: row.numbers for row in details.tables.b}
    yield from _row_sums(doc, rows)
    yield from _columns(doc, rows)
    for row in details.tables.c:
        if sum(row.numbers[:-1]) != row.numbers[-1]:
            yield Problem.at(
                "COL204", doc.span_of("table_c"), row=row.name, found=f"{row.numbers[-1]:g}",
                expected=f"{sum(row.numbers[:-1]):g}",
            )  # fmt: skip
    if before is not None and isinstance(before.details, ReportDetails):
        yield from _across(doc, details, before, before.details)


def _row_sums(doc: Document, rows: Mapping[str, tuple[float, ...]]) -> Iterator[Problem]:
    for name, numbers in rows.items():
        if sum(numbers[:-1]) != numbers[-1]:
            yield Problem.at(
                "COL201", doc.span_of("table_b"), row=name, found=f"{numbers[-1]:g}", expected=f"{sum(numbers[:-1]):g}"
            )


def _columns(doc: Document, rows: Mapping[str, tuple[float, ...]]) -> Iterator[Problem]:
    labels = annual_table("b").columns
    ends = [rows.get(name) for name in (NEW, CARRIED_IN, TOTAL, CARRIED_OUT)]
    for index, label in enumerate(labels):
        if all(ends):
            new, carried, total, left = (numbers[index] for numbers in ends if numbers)
            if new + carried != total + left:
                yield Problem.at(
                    "COL202", doc.span_of("table_b"), column=label, received=f"{new + carried:g}",
                    handled=f"{total + left:g}",
                )  # fmt: skip
        if TOTAL in rows and all(name in rows for name in RESULTS):
            added = sum(rows[name][index] for name in RESULTS)
            if added != rows[TOTAL][index]:
                yield Problem.at(
                    "COL203", doc.span_of("table_b"), column=label, found=f"{rows[TOTAL][index]:g}", expected=f"{added:g}"
                )


def _across(
    doc: Document, details: ReportDetails, before: Document, earlier: ReportDetails
) -> Iterator[Problem]:
    here = {row.name: row.numbers for row in details.tables.b}.get(CARRIED_IN)
    there = {row.name: row.numbers for row in earlier.tables.b}.get(CARRIED_OUT)
    if here and there and here != there:
        column = next(index for index, (left, right) in enumerate(zip(here, there, strict=True)) if left != right)
        yield Problem.at(
            "COL205", doc.span_of("table_b"), (before.span_of("table_b"),), column=annual_table("b").columns[column],
            found=f"{here[column]:g}", expected=f"{there[column]:g}", year=earlier.year,
        )  # fmt: skip
    for row, old in zip(stock_of(details), stock_of(earlier), strict=True):
        if row and old and old.numbers[2] + row.numbers[0] - row.numbers[1] != row.numbers[2]:
            yield Problem.at(
                "COL206", doc.span_of("table_a"), (before.span_of("table_a"),), row=row.name,
                found=f"{row.numbers[2]:g}", expected=f"{old.numbers[2] + row.numbers[0] - row.numbers[1]:g}",
                year=earlier.year,
            )  # fmt: skip
