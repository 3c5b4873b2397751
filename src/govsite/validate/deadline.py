"""公开时限 as text to a `Deadline`."""

from __future__ import annotations

import re
from functools import cache

from govsite.hanzi.numerals import read_numeral
from govsite.model.deadline import UNREAD, Deadline
from govsite.vocab.records import read_data

_NUMBER = r"([0-9]{1,3}|[〇零一二两三四五六七八九十]{1,4})"
_UNITS = {"周": "week", "日": "day", "天": "day", "工作日": "workday", "个月": "month", "月": "month"}
_INTERVALS = (("半年", 6), ("季", 3), ("每月", 1), ("每周", 0), ("年", 12))
_SPACES = re.compile(r"[\s\u3000]+")
_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str, str], ...]:
    return tuple(
        (re.compile(record["pattern"].replace("{n}", _NUMBER)), record["kind"], record.get("unit", ""))
        for record in read_data("deadlines")
    )


def read_deadline(text: str) -> Deadline:
    """The rule that `text` states; `UNREAD` where no pattern of `deadlines.yaml` reads it."""
    folded = _SPACES.sub("", text).translate(_WIDTH)
    for pattern, kind, unit in _patterns():
        match = pattern.search(folded)
        if match:
            return _deadline(kind, unit, match)
    return UNREAD


def _deadline(kind: str, unit: str, match: re.Match[str]) -> Deadline:
    found = [group for group in match.groups() if group]
    numbers = [number for group in found if (number := read_numeral(group)) is not None]
    if kind == "interval":
        months = next(value for word, value in _INTERVALS if word in match[0])
        return Deadline(kind, months or 1, "month" if months else "week")
    if kind == "by_date":
        month, day = (*numbers, 0, 0)[:2]
        valid = 1 <= month <= 12 and 1 <= day <= 31
        return Deadline(kind, month_day=f"{month:02d}-{day:02d}") if valid else UNREAD
    units = [_UNITS[group] for group in found if group in _UNITS]
    return Deadline(
        kind, numbers[0] if numbers else 0, units[0] if units else unit or ("day" if kind == "period" else "")
    )
