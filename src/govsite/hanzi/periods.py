"""Periods of disclosure (公开期间): a quarter or a month as people write it."""

from __future__ import annotations

import re

from govsite.hanzi.numerals import read_numeral

_QUARTER = re.compile(r"(\d{4})\s*(?:年|-)?\s*(?:第?\s*([1-4一二三四])\s*季度|[Qq]([1-4]))")
_MONTH = re.compile(r"(\d{4})\s*(?:年|-)\s*(\d{1,2})\s*月?")
_FIRST_YEAR, _LAST_YEAR = 1998, 2998


def read_period(text: str) -> tuple[int, int] | None:
    """(first month counted from year 0, months) of `2024年第3季度`, `2024-Q3`, `2024-09`, `2024年9月`; None for else.

    A year before the law is a slip, one far off too: neither may make a village owe centuries.
    """
    quarter = _QUARTER.fullmatch(text.strip())
    month = None if quarter else _MONTH.fullmatch(text.strip())
    if quarter:
        number = read_numeral(quarter[2] or quarter[3]) or 1
        period = int(quarter[1]) * 12 + (number - 1) * 3, 3
    elif month and 1 <= int(month[2]) <= 12:
        period = int(month[1]) * 12 + int(month[2]) - 1, 1
    else:
        return None
    return period if _FIRST_YEAR <= period[0] // 12 <= _LAST_YEAR else None
