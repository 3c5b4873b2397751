"""Checksums of numbers that name persons, bodies, accounts and books. Nothing here knows what a number is used for.

All functions take digits already brought to half width and without separators; `half_width` does that.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

PROVINCES: Final = frozenset(
    {11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54,
     61, 62, 63, 64, 65, 71, 81, 82, 83}
)  # fmt: skip
"""First two digits of a region code (GB/T 2260); 81 to 83 also for residents of Hong Kong, Macao and Taiwan."""

_ID18: Final = re.compile(r"([1-9]\d{5})((?:19|20)\d{2})(\d{2})(\d{2})\d{3}[\dX]")
_ID15: Final = re.compile(r"([1-9]\d{5})(\d{2})(\d{2})(\d{2})\d{3}")
_ID_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS: Final = "10X98765432"
_CREDIT_SIGNS: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS: Final = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_WIDTH: Final = str.maketrans(
    "０１２３４５６７８９ｘＸＡＢＣＤＥＦＧＨＪＫＬＭＮＰＱＲＴＵＷＹ", "0123456789XXABCDEFGHJKLMNPQRTUWY"
)
_LUHN: Final = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)


def half_width(text: str) -> str:
    """`text` with full-width digits and capitals half width, a small `x` as `X`; of the same length."""
    return text.translate(_WIDTH).replace("x", "X")


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def is_region(digits: str) -> bool:
    """Whether `digits` begin like a region code; foreigners' numbers have a 9 and then the province."""
    return int(digits[:2]) in PROVINCES or (digits[0] == "9" and int(digits[1:3]) in PROVINCES)


def birth_in_id18(number: str) -> str:
    """ISO birth date that an 18-digit identity number (公民身份号码) states, `""` where it cannot be one.

    Looks at region and date only, not at the check digit: GB 11643-1999, 4.
    """
    match = _ID18.fullmatch(number)
    if not match or not is_region(number):
        return ""
    year, month, day = int(match[2]), int(match[3]), int(match[4])
    return f"{year}-{month:02d}-{day:02d}" if _is_day(year, month, day) else ""


def is_id18(number: str) -> bool:
    """Whether `number` is an identity number: region, date and check digit (GB 11643-1999, ISO 7064 MOD 11-2)."""
    if not birth_in_id18(number):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number, _ID_WEIGHTS, strict=False))
    return _ID_CHECKS[total % 11] == number[17]


def birth_in_id15(number: str) -> str:
    """ISO birth date that a 15-digit identity number of before 1999 states, `""` where it cannot be one."""
    match = _ID15.fullmatch(number)
    if not match or int(number[:2]) not in PROVINCES or number[12:] == "000":
        return ""
    year, month, day = 1900 + int(match[2]), int(match[3]), int(match[4])
    return f"{year}-{month:02d}-{day:02d}" if _is_day(year, month, day) else ""


def is_credit_code(code: str) -> bool:
    """Whether `code` is a unified social credit code (统一社会信用代码): GB 32100-2015, MOD 31."""
    if len(code) != 18 or any(sign not in _CREDIT_SIGNS for sign in code) or not code[2:8].isdigit():
        return False
    total = sum(
        _CREDIT_SIGNS.index(sign) * weight for sign, weight in zip(code, _CREDIT_WEIGHTS, strict=False)
    )
    return _CREDIT_SIGNS[-total % 31] == code[17]


def is_registration_number(number: str) -> bool:
    """Whether 15 digits are a business registration number of before 2015 (工商注册号): GS 15-2006, MOD 11,10."""
    if len(number) != 15 or not number.isdigit():
        return False
    rest = 10
    for digit in number[:14]:
        rest = ((rest + int(digit)) % 10 or 10) * 2 % 11
    return (11 - rest) % 10 == int(number[14])


def passes_luhn(number: str) -> bool:
    """Whether the last digit is the check digit of the others (ISO/IEC 7812-1, annex B), as on bank cards."""
    total = sum(
        int(digit) if place % 2 == 0 else _LUHN[int(digit)] for place, digit in enumerate(reversed(number))
    )
    return total % 10 == 0


def is_isbn(number: str) -> bool:
    """Whether `number` is a book number (ISBN) of ten or thirteen signs: GB/T 5795-2006."""
    if len(number) == 13 and number.isdigit() and number[:3] in {"978", "979"}:
        return sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(number)) % 10 == 0
    if len(number) == 10 and number[:9].isdigit() and (number[9].isdigit() or number[9] == "X"):
        digits = [*(int(digit) for digit in number[:9]), 10 if number[9] == "X" else int(number[9])]
        return sum(digit * (10 - place) for place, digit in enumerate(digits)) % 11 == 0
    return False
