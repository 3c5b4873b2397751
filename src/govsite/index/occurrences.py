"""What one document brings to the posting lists, without numpy: the twin of `postings` for a single document."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from govsite.index.extract import WHOLE_END

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from govsite.index.extract import Extract

__all__ = ["count_characters", "list_classes"]

_TITLE: Final = 3
_KEYWORDS: Final = 2
_SEVERAL: Final = 1


def list_classes(one: Extract, common: AbstractSet[str], everywhere: str) -> dict[str, int]:
    """Return the class of every gram of a document. common, everywhere: of the whole index."""
    text = one.folded.decode()
    title = one.lengths[0]
    keywords = title + one.lengths[1]
    classes: dict[str, int] = {}
    for gram, times in _count_grams(text[keywords:], common, everywhere).items():
        classes[gram] = _SEVERAL if times > 1 else 0
    for kind, field in ((_KEYWORDS, text[title:keywords]), (_TITLE, text[:title])):
        classes.update(dict.fromkeys(_count_grams(field, common, everywhere), kind))
    return classes


def _count_grams(text: str, common: AbstractSet[str], everywhere: str) -> Counter[str]:
    grams: list[str] = []
    for line in text.split("\n"):
        pairs = [line[at : at + 2] for at in range(len(line) - 1)]
        grams += pairs
        grams += [char for char in line[:-1] if char in everywhere]
        if line and (line[-1] != WHOLE_END or WHOLE_END in everywhere):
            grams.append(line[-1])
        if common:
            starts = [pair in common for pair in pairs]
            both = pairwise(starts)
            grams += [line[at : at + 3] for at, (first, second) in enumerate(both) if first and second]
    return Counter(grams)


def count_characters(one: Extract) -> Counter[str]:
    """Return how often each character occurs in a document."""
    counted = Counter(one.folded.decode())
    del counted["\n"]
    return counted
