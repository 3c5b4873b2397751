"""The three tables of the annual report (年度报告), 国办公开办函〔2021〕30号."""

from __future__ import annotations

from govsite.frozen import dataclass


@dataclass(frozen=True, slots=True)
class AnnualRow:
    """One row of a table: name as the rule prints it, numbers in the order of the table's columns."""

    name: str
    numbers: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class AnnualTables:
    """Tables A (主动公开), B (依申请公开; seven numbers a row) and C (复议诉讼; five numbers a row)."""

    a: tuple[AnnualRow, ...] = ()
    b: tuple[AnnualRow, ...] = ()
    c: tuple[AnnualRow, ...] = ()
