"""How wide text is on a terminal: a Chinese character takes two cells."""

from __future__ import annotations

from unicodedata import combining, east_asian_width


def display_width(text: str) -> int:
    """Cells that `text` takes in a terminal with a CJK font. Control characters count nothing."""
    return sum(_cells(character) for character in text)


def _cells(character: str) -> int:
    if character < " " or combining(character):
        return 0
    return 2 if east_asian_width(character) in "WFA" and character > "\xff" else 1
