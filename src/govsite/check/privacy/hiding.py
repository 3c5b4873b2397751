"""Text as a report may show it: personal data covered, every sign still in its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from govsite.check.privacy.leak import PrivacyContext
from govsite.check.privacy.lists import find_personal_data
from govsite.check.privacy.source import find_in_source

_HEAD_LINES: Final = 12
_WIDE_FROM: Final = "\u2e80"


def hide(text: str, context: PrivacyContext) -> str:
    """`text`, of the same length, with the letters and digits of personal data in it replaced by stars."""
    parts = list(text)
    for item in find_personal_data(text.replace("_", " "), context):
        _cover(parts, item.start, item.end)
    return "".join(parts)


def hide_lines(lines: Sequence[str], context: PrivacyContext) -> list[str]:
    """The lines of a source, each of the same length and width, with personal data in text and tables covered.

    The head of the file says what its lists are about. A caret under an excerpt stays under what it means.
    """
    about = replace(context, subject=f"{context.subject} {' '.join(lines[:_HEAD_LINES])}")
    found = find_in_source(lines, about)
    if not found:
        return list(lines)
    parts = list("\n".join(lines))
    for item in found:
        _cover(parts, item.leak.start, item.leak.end)
    return "".join(parts).split("\n")


def _cover(parts: list[str], start: int, end: int) -> None:
    for place in range(start, end):
        if parts[place].isalnum():
            parts[place] = "*" if parts[place] < _WIDE_FROM else "＊"
