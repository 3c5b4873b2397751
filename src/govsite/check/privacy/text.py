"""Personal data in a stretch of text: numbers, and homes that a sentence names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final

from govsite.check.privacy.leak import ADDRESS, Leak, PrivacyContext, leak
from govsite.check.privacy.numbers import find_numbers
from govsite.check.privacy.words import privacy_words

_SHORTEST: Final = 6
_REACH: Final = 48
_STOPS: Final = "，。；;\n|！？、）)"


def find_in_text(text: str, context: PrivacyContext, label: str = "") -> tuple[Leak, ...]:
    """Personal data in `text`, left to right, never overlapping.

    label: what the field or column is called that `text` stands in; it decides where a number alone does not.
    """
    if len(text) < _SHORTEST:
        return ()
    found = [*find_numbers(text, context, label), *_homes(text)]
    if len(found) < 2:
        return tuple(found)
    return without_overlaps(found)


def without_overlaps(found: Iterable[Leak]) -> tuple[Leak, ...]:
    """Leaks left to right; of two in one place the one that begins first, then the longer one."""
    kept: list[Leak] = []
    for item in sorted(found, key=lambda item: (item.start, -item.end)):
        if not kept or item.start >= kept[-1].end:
            kept.append(item)
    return tuple(kept)


def _homes(text: str) -> Iterator[Leak]:
    """Addresses that a word of living introduces and a house number ends."""
    words = privacy_words().address
    done = 0
    for start in hinted(text, words.hints):
        said = next(
            (
                match
                for place in range(max(done, start - 2), start + 1)
                if (match := words.says.match(text, place))
            ),
            None,
        )
        if said is None:
            continue
        stop = min(
            (place for sign in _STOPS if (place := text.find(sign, said.end())) >= 0), default=len(text)
        )
        stop = min(stop, said.end() + _REACH)
        ends = [match.end() for match in words.ends.finditer(text, said.end(), stop)]
        if ends:
            done = ends[-1]
            yield leak(ADDRESS, text, said.start(), done)


def hinted(text: str, hints: tuple[str, ...]) -> list[int]:
    """Where a hint stands, left to right. Clean text costs one pass, however many hints there are."""
    return [match.start() for match in _any_hint(hints).finditer(text)]


@cache
def _any_hint(hints: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, hints)))
