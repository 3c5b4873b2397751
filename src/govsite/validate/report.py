"""The annual report (政府信息公开工作年度报告), 国办公开办函〔2021〕30号."""

from __future__ import annotations

import re

from govsite.expect.fields import Field
from govsite.expect.values import expect_number, expect_prose, shape_of
from govsite.hanzi.nearest import nearest
from govsite.model.details import ReportDetails
from govsite.model.report import AnnualRow, AnnualTables
from govsite.problems.problem import Problem
from govsite.source.yaml import Mapping, Scalar, Sequence
from govsite.vocab.annual import AnnualTable, annual_table

_NUMBER = re.compile(r"-?\d{1,12}(?:\.\d{1,6})?")


def read_report(fields: dict[str, Field], problems: list[Problem]) -> ReportDetails:
    """Sections and tables of a report. FM115: unknown row; FM116: wrong number of cells; FM109: no number."""
    tables = AnnualTables(
        *(_table(fields.get(f"table_{letter}"), annual_table(letter), problems) for letter in ("a", "b", "c"))
    )
    return ReportDetails(
        year=expect_number(fields.get("year"), problems),
        overview=expect_prose(fields.get("overview"), problems),
        issues=expect_prose(fields.get("issues"), problems),
        other=expect_prose(fields.get("other"), problems),
        tables=tables,
    )


def _table(field: Field | None, table: AnnualTable, problems: list[Problem]) -> tuple[AnnualRow, ...]:
    if field is None:
        return ()
    if not isinstance(field.value, Mapping):
        problems.append(
            Problem.at(
                "FM104",
                field.value.span,
                key=field.key.label,
                expected="mapping",
                found=shape_of(field.value),
            )
        )
        return ()
    written: dict[str, AnnualRow] = {}
    for name, value in field.value:
        row = table.row(name.text)
        if row is None:
            near = nearest(name.text, [known.name for known in table.rows])
            problems.append(Problem.at("FM115", name.span, found=name.text, nearest=near))
            continue
        cells = value.items if isinstance(value, Sequence) else (value,)
        if len(cells) != row.cells:
            problems.append(
                Problem.at("FM116", value.span, row=row.name, expected=row.cells, found=len(cells))
            )
            written[row.name] = AnnualRow(row.name, (0.0,) * row.cells)
            continue
        numbers = tuple(_number(cell, row.name, problems) for cell in cells)
        written[row.name] = AnnualRow(row.name, numbers)
    missing = [row.name for row in table.rows if row.name not in written]
    if missing:
        problems.append(Problem.at("FM117", field.span, key=field.key.label, missing="、".join(missing)))
    return tuple(written[row.name] for row in table.rows if row.name in written)


def _number(cell: object, row: str, problems: list[Problem]) -> float:
    if isinstance(cell, Scalar) and _NUMBER.fullmatch(cell.text.strip().replace(",", "")):
        return float(cell.text.strip().replace(",", ""))
    span = getattr(cell, "span", None)
    problems.append(Problem.at("FM109", span, key=row, found=getattr(cell, "text", "")))
    return 0.0
