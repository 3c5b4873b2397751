"""Chinese numerals (汉字数字) up to 9999, as they number articles and dates."""

from __future__ import annotations

_DIGITS = {
    "〇": 0,
    "○": 0,
    "零": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
_UNITS = {"十": 10, "百": 100, "千": 1000}


def read_numeral(text: str) -> int | None:
    """The number that `text` writes: 二十一, 一百零三, 十, or plain digits in any width; None for anything else."""
    if not text:
        return None
    if text.isdecimal():
        return int(text)
    total, digit = 0, 0
    for character in text:
        if character in _DIGITS:
            digit = _DIGITS[character]
        elif character in _UNITS:
            total += (digit or (1 if total == 0 else 0)) * _UNITS[character]
            digit = 0
        else:
            return None
    return total + digit


def digit_by_digit(text: str) -> str | None:
    """`二〇二四` as `2024`; None where a character is no digit."""
    digits = [_DIGITS.get(character) for character in text]
    return None if None in digits or not digits else "".join(str(digit) for digit in digits)


_WRITTEN = "零一二三四五六七八九"


def write_numeral(number: int) -> str:
    """`21` as `二十一`, as headings are numbered; plain digits beyond 9999 or below 0."""
    if not 0 <= number <= 9999:
        return str(number)
    if number < 10:
        return _WRITTEN[number]
    text, skipped = "", False
    for unit, size in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit = number // size % 10
        if digit:
            text += ("零" if skipped and text else "") + _WRITTEN[digit] + unit
            skipped = False
        else:
            skipped = True
    return text.removeprefix("一") if 10 <= number < 20 else text
