"""Phrases (词语) for an on-screen keyboard: what titles have in common, each with its pinyin.

Every phrase stands in a title or among the keywords, so whoever chooses one finds something. No dictionary decides what
a phrase is: a stretch of characters counts that comes back with different neighbours on both sides.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from govsite.hanzi.fold import fold
from govsite.hanzi.pinyin import readings

__all__ = ["Phrase", "find_phrases"]

_HAN: Final = re.compile(r"[\u3400-\u9fff]+")
_LONGEST: Final = 8
_MOST: Final = 6000
_EDGE: Final = "^"


class Phrase(NamedTuple):
    """text: two characters or more, or a single one; syllables: one a character; weight: titles that have it."""

    text: str
    syllables: tuple[str, ...]
    weight: int


def find_phrases(titles: Iterable[str], keywords: Iterable[str]) -> list[Phrase]:
    """The phrases of some titles and all keywords, heaviest first; single characters come last."""
    runs = Counter(run for title in titles for run in _HAN.findall(fold(title)))
    counts: Counter[str] = Counter()
    for run, times in runs.items():
        for text, _, _ in _stretches(run):
            counts[text] += times
    weights = _weigh(runs, counts)
    for word in keywords:
        text = fold(word)
        if len(text) <= _LONGEST + 4 and _HAN.fullmatch(text):
            weights[text] += 2
    best = sorted(weights.items(), key=lambda item: (-item[1] * len(item[0]), item[0]))[:_MOST]
    alone = ((text, count) for text, count in counts.items() if len(text) == 1 and text not in weights)
    single = sorted(alone, key=lambda item: (-item[1], item[0]))
    phrases = [Phrase(text, readings(text), weight) for text, weight in [*best, *single]]
    return [phrase for phrase in phrases if all(phrase.syllables)]


def _stretches(run: str) -> Iterator[tuple[str, str, str]]:
    """Every stretch of up to `_LONGEST` characters, and what stands before and behind it."""
    for at in range(len(run)):
        for end in range(at + 1, min(len(run), at + _LONGEST) + 1):
            yield (
                run[at:end],
                run[at - 1] if at else f"{_EDGE}{run}",
                run[end] if end < len(run) else f"{_EDGE}{run}",
            )


def _weigh(runs: Iterable[str], counts: Counter[str]) -> Counter[str]:
    """How often a stretch stands there that is no mere part of one longer phrase, with neighbours that differ."""
    common = {text for text, count in counts.items() if count > 1 and len(text) > 1}
    before: dict[str, set[str]] = {text: set() for text in common}
    after: dict[str, set[str]] = {text: set() for text in common}
    for run in runs:
        for text, left, right in _stretches(run):
            if text in common:
                before[text].add(left)
                after[text].add(right)
    longer: Counter[str] = Counter()
    for text in common:
        for part in (text[1:], text[:-1]):
            longer[part] = max(longer[part], counts[text])
    return Counter(
        {
            text: counts[text] - longer[text]
            for text in common
            if counts[text] > longer[text] and len(before[text]) > 1 and len(after[text]) > 1
        }
    )
