"""Did you mean: the candidate nearest to what was written."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher


def nearest(word: str, candidates: Iterable[str], cutoff: float = 0.5) -> str:
    """The candidate most like `word`, `""` where none is near; ties go to the first in the given order."""
    best, best_ratio = "", cutoff
    for candidate in candidates:
        if abs(len(candidate) - len(word)) > max(len(word), len(candidate)) * (1 - cutoff) + 1:
            continue
        ratio = SequenceMatcher(None, word, candidate).ratio()
        if ratio > best_ratio:
            best, best_ratio = candidate, ratio
    return best
