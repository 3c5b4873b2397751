"""Addresses and values of spreadsheet cells."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from functools import cache

_ADDRESS = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})$")
_DATE_FORMATS = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
"""Built-in number formats that are dates and times, the Chinese ones (27–36, 50–58) included."""
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')


@cache
def column_letters(column: int) -> str:
    """`A` for 1, `AA` for 27."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@cache
def column_number(letters: str) -> int:
    """1 for `A`."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def split_address(address: str) -> tuple[int, int]:
    """Row and column of `D17`, 1-based; zeros for what is no address."""
    match = _ADDRESS.match(address)
    return (int(match[2]), column_number(match[1])) if match else (0, 0)


def is_date_format(number: int, code: str) -> bool:
    """Whether a number format shows dates or times. code: its own format, `""` for a built-in one."""
    if not code:
        return number in _DATE_FORMATS
    plain = _QUOTED.sub("", code).lower()
    return "general" not in plain and bool(re.search(r"[ymdhs年月日时分秒]", plain))


def hides_all(code: str) -> bool:
    """Whether a number format shows nothing of any value (`;;;`), the quiet way to hide a cell."""
    return code.replace(" ", "").startswith(";;") and not code.strip("; ")


def number_text(raw: str) -> str:
    """A number as people write it: no exponent, no tail of binary arithmetic."""
    if raw.isdecimal():
        return raw
    try:
        value = float(raw)
        if value != value or abs(value) >= 1e30:
            return raw
        text = format(Decimal(repr(value)), "f")
    except (ValueError, InvalidOperation):
        return raw
    return text.rstrip("0").rstrip(".") if "." in text else text


def date_text(raw: str, *, is_1904: bool) -> str:
    """A serial date as `2024-06-01` or `2024-06-01 08:30:00`, a time as `08:30:00`; the number if it is none."""
    try:
        value = float(raw)
        if not 0 <= value < 2_958_466:
            return number_text(raw)
        moment = (datetime(1904, 1, 1) if is_1904 else datetime(1899, 12, 30)) + timedelta(
            seconds=round(value * 86400)
        )
    except (ValueError, OverflowError):
        return raw
    if value < 1 and not is_1904:
        return moment.strftime("%H:%M:%S")
    return moment.isoformat(" ") if value % 1 else moment.date().isoformat()


def ranges_of(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Runs of neighbours: 1 2 3 7 → (1, 3) (7, 7)."""
    runs: list[tuple[int, int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs
