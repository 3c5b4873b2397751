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
_SENTENCE: Final = 12
_NAMES: Final = 5
"""Lines before the text: the summary, then issuer, column, topic and domain, which are shown elsewhere."""


def cut_snippet(entry: Entry, words: Sequence[str]) -> str:
    """Return up to 120 characters, beginning 24 before the first of the folded `words`.

    Where only title, keywords or names match: the summary or the first sentence, which no salutation is.
    """
    lines = list(zip(entry.body, entry.shown, strict=True))
    for folded, shown in (*lines[:1], *lines[_NAMES:]):
        if any(word in folded for word in words):
            text, places = fold_with_places(shown)
            first = min(place for word in words if (place := text.find(word)) >= 0)
            return _cut(shown, max(0, places[first] - _BEFORE))
    texts = entry.shown[_NAMES:]
    sentence = next((line for line in texts if _is_sentence(line)), "")
    return _cut(entry.shown[0] or sentence or next((line for line in texts if line.strip()), ""), 0)


def _is_sentence(line: str) -> bool:
    return len(line) >= _SENTENCE and not line.rstrip().endswith((":", "："))


def _cut(text: str, start: int) -> str:
    end = start + _LENGTH
    return ("…" if start else "") + text[start:end] + ("…" if end < len(text) else "")
