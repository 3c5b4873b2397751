"""The arithmetic of the annual report's tables (国办公开办函〔2021〕30号): within each, and from year to year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from govsite.model.details import ReportDetails
from govsite.model.document import Document
from govsite.model.report import AnnualRow
from govsite.problems.problem import Problem
from govsite.source.span import Span
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


class TablePlaces:
    """Where the rows of a report stand. Tables keep no places of their rows: they are looked up in the source."""

    def __init__(self, doc: Document, lines: Sequence[str]) -> None:
        self.doc = doc
        self._lines = lines

    def row(self, table: str, name: str) -> Span:
        """The row called `name` of a table (`table_a`, …), the whole table where it is not found."""
        whole = self.doc.span_of(table)
        for number in range(whole.line, min(whole.end_line, len(self._lines)) + 1) if whole.line else ():
            line = self._lines[number - 1]
            text = line.strip()
            if text.startswith((f"{name}:", f'"{name}":', f"'{name}':")):
                return Span.of_line(whole.file, number, len(line) - len(line.lstrip()) + 1, len(text))
        return whole


def check_tables(places: TablePlaces, earlier: TablePlaces | None) -> Iterator[Problem]:
    """COL201 总计 column · COL202 一+二=三（七）+四 · COL203 三（七） · COL204 table C · COL205 carried over ·
    COL206 stock of documents. earlier: of the report of the year before.
    """
    details = places.doc.details
    if not isinstance(details, ReportDetails):
        return
    rows = {row.name: row.numbers for row in details.tables.b}
    yield from _row_sums(places, rows)
    yield from _columns(places, rows)
    for row in details.tables.c:
        if sum(row.numbers[:-1]) != row.numbers[-1]:
            yield Problem.at(
                "COL204", places.row("table_c", row.name), row=row.name, found=f"{row.numbers[-1]:g}",
                expected=f"{sum(row.numbers[:-1]):g}",
            )  # fmt: skip
    if earlier is not None and isinstance(earlier.doc.details, ReportDetails):
        yield from _across(places, details, earlier, earlier.doc.details)


def _row_sums(places: TablePlaces, rows: Mapping[str, tuple[float, ...]]) -> Iterator[Problem]:
    for name, numbers in rows.items():
        if sum(numbers[:-1]) != numbers[-1]:
            yield Problem.at(
                "COL201",
                places.row("table_b", name),
                row=name,
                found=f"{numbers[-1]:g}",
                expected=f"{sum(numbers[:-1]):g}",
            )


def _columns(places: TablePlaces, rows: Mapping[str, tuple[float, ...]]) -> Iterator[Problem]:
    labels = annual_table("b").columns
    ends = [rows.get(name) for name in (NEW, CARRIED_IN, TOTAL, CARRIED_OUT)]
    for index, label in enumerate(labels):
        if all(ends):
            new, carried, total, left = (numbers[index] for numbers in ends if numbers)
            if new + carried != total + left:
                yield Problem.at(
                    "COL202", places.row("table_b", TOTAL), column=label, received=f"{new + carried:g}",
                    handled=f"{total + left:g}",
                )  # fmt: skip
        if TOTAL in rows and all(name in rows for name in RESULTS):
            added = sum(rows[name][index] for name in RESULTS)
            if added != rows[TOTAL][index]:
                yield Problem.at(
                    "COL203",
                    places.row("table_b", TOTAL),
                    column=label,
                    found=f"{rows[TOTAL][index]:g}",
                    expected=f"{added:g}",
                )


def _across(
    places: TablePlaces, details: ReportDetails, before: TablePlaces, earlier: ReportDetails
) -> Iterator[Problem]:
    here = {row.name: row.numbers for row in details.tables.b}.get(CARRIED_IN)
    there = {row.name: row.numbers for row in earlier.tables.b}.get(CARRIED_OUT)
    if here and there and here != there:
        column = next(
            index for index, (left, right) in enumerate(zip(here, there, strict=True)) if left != right
        )
        yield Problem.at(
            "COL205", places.row("table_b", CARRIED_IN), (before.row("table_b", CARRIED_OUT),), column=annual_table("b").columns[column],
            found=f"{here[column]:g}", expected=f"{there[column]:g}", year=earlier.year,
        )  # fmt: skip
    for row, old in zip(stock_of(details), stock_of(earlier), strict=True):
        if row and old and old.numbers[2] + row.numbers[0] - row.numbers[1] != row.numbers[2]:
            yield Problem.at(
                "COL206", places.row("table_a", row.name), (before.row("table_a", row.name),), row=row.name,
                found=f"{row.numbers[2]:g}", expected=f"{old.numbers[2] + row.numbers[0] - row.numbers[1]:g}",
                year=earlier.year,
            )  # fmt: skip
