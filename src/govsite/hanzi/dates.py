"""Dates as authors write them: `2022-09-15`, `2022-09-15 10:45`, `2022年9月15日`, `2022/9/15`."""

from __future__ import annotations

import re
from datetime import date

from govsite.frozen import dataclass
from govsite.hanzi.numerals import digit_by_digit, read_numeral

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[ T](\d{1,2}):(\d{2})(?::\d{2})?)?")
_LOOSE = re.compile(
    r"(\d{4})\s*[年/.\-]\s*(\d{1,2})\s*[月/.\-]\s*(\d{1,2})\s*日?(?:\s*(\d{1,2})\s*[:：时]\s*(\d{1,2})\s*分?)?"
)
_CHINESE = re.compile(
    r"([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日"
)
_WIDTH = str.maketrans("０１２３４５６７８９－／：．", "0123456789-/:.")


@dataclass(frozen=True, slots=True)
class ReadDate:
    """A date that was read. iso: `YYYY-MM-DD`, with ` HH:MM` where a time was given; exact: written just so."""

    iso: str
    exact: bool


def parse_date(text: str) -> ReadDate | None:
    """The date or date-time that `text` as a whole is; None for anything else, impossible days included."""
    stripped = text.strip()
    match = _ISO.fullmatch(stripped)
    if match:
        return _checked(match.groups(), exact=True)
    folded = stripped.translate(_WIDTH)
    match = _LOOSE.fullmatch(folded) or _ISO.fullmatch(folded)
    if match:
        return _checked(match.groups(), exact=False)
    match = _CHINESE.fullmatch(stripped)
    if match:
        month, day = read_numeral(match[2]) or 0, read_numeral(match[3]) or 0
        return _checked((digit_by_digit(match[1]), str(month), str(day), None, None), exact=False)
    return None


def is_impossible_date(text: str) -> bool:
    """Whether `text` is written as a date, but of a day or an hour that is in no calendar: `2026年11月31日`."""
    stripped = text.strip()
    folded = stripped.translate(_WIDTH)
    is_written = _LOOSE.fullmatch(folded) or _ISO.fullmatch(folded) or _CHINESE.fullmatch(stripped)
    return bool(is_written) and parse_date(text) is None


def _checked(groups: tuple[str | None, ...], *, exact: bool) -> ReadDate | None:
    year, month, day = (int(part or 0) for part in groups[:3])
    hour, minute = groups[3], groups[4]
    try:
        iso = date(year, month, day).isoformat()
    except ValueError:
        return None
    if hour is None or minute is None:
        return ReadDate(iso, exact)
    if int(hour) > 23 or int(minute) > 59:
        return None
    return ReadDate(f"{iso} {int(hour):02d}:{int(minute):02d}", exact)


def chinese_date(iso: str) -> str:
    """`2022年9月15日` from an ISO date or date-time; the text itself where it is none."""
    parts = iso[:10].split("-")
    if len(parts) != 3:
        return iso
    return f"{int(parts[0])}年{int(parts[1])}月{int(parts[2])}日"
