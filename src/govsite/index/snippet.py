"""Snippets (摘要片段): the stretch of a document's own text around the first hit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from govsite.hanzi.fold import fold_with_places

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govsite.index.rank import Entry

__all__ = ["cut_snippet"]

_BEFORE: Final = 24
_LENGTH: Final = 120


def cut_snippet(entry: Entry, words: Sequence[str]) -> str:
    """Return up to 120 characters, beginning 24 before the first of the folded `words`; the first line without one."""
    for folded, shown in zip(entry.body, entry.shown, strict=True):
        if any(word in folded for word in words):
            text, places = fold_with_places(shown)
            first = min(place for word in words if (place := text.find(word)) >= 0)
            return _cut(shown, max(0, places[first] - _BEFORE))
    return _cut(next((line for line in entry.shown[5:] if line.strip()), ""), 0)


def _cut(text: str, start: int) -> str:
    end = start + _LENGTH
    return ("…" if start else "") + text[start:end] + ("…" if end < len(text) else "")
