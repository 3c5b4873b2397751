"""What an approver looks at first: disclosure, validity, deadlines, contacts, amounts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from govsite.model.changes import FieldChange, ParagraphChange

MARKS = ("disclosure", "validity", "deadline", "contact", "amount")
_KEYS = {
    "disclosure": {"disclosure", "disclosure_reason"},
    "validity": {"validity", "effective", "expires", "repeals", "amends"},
    "deadline": {"closes", "opens", "promised_limit", "statutory_limit", "shown_until"},
    "contact": {"phone", "contact", "place", "hours", "complaint", "channels", "address"},
    "amount": {"fees"},
}
_TEXT = {
    "amount": re.compile(r"[0-9][0-9,.]*\s*(?:万|亿)?元|[0-9.]+\s*[%％‰]"),
    "deadline": re.compile(
        r"[0-9]{4}年[0-9]{1,2}月|[0-9]{1,2}月[0-9]{1,2}日|[0-9]+\s*(?:个)?(?:工作日|自然日|日内|天内)"
    ),
    "contact": re.compile(r"\d{3,4}-\d{7,8}|1\d{10}|[\w.]+@[\w.]+"),
}


def marks_of(fields: Iterable[FieldChange], paragraphs: Iterable[ParagraphChange]) -> tuple[str, ...]:
    """Marks in the order of `MARKS`."""
    ids = {change.id for change in fields}
    found = {mark for mark, keys in _KEYS.items() if ids & keys}
    for paragraph in paragraphs:
        found |= {mark for mark, pattern in _TEXT.items() if _differs(paragraph, pattern)}
    return tuple(mark for mark in MARKS if mark in found)


def _differs(paragraph: ParagraphChange, pattern: re.Pattern[str]) -> bool:
    """Whether what the pattern finds in a paragraph is another thing before and after."""
    before = _side(paragraph, "gone")
    after = _side(paragraph, "new")
    return sorted(pattern.findall(before)) != sorted(pattern.findall(after))


def _side(paragraph: ParagraphChange, op: str) -> str:
    segments: Sequence[tuple[str, str]] = paragraph.segments
    return "".join(text for each, text in segments if each in {"same", op})
