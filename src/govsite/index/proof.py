"""Proving words on the folded text of a document as bytes, and ranking them, without reading the document.

Texts stand one behind the other, each as title, keywords and body with U+001D behind the first two: `join_fields`. What a word
proves here is what `rank.judge_way` says of the entry; a test compares them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from govsite.hanzi.pinyin import syllables
from govsite.index.extract import FIRST_SYLLABLE, WHOLE_END, WHOLE_START
from govsite.index.rank import Tier

if TYPE_CHECKING:
    from mmap import mmap

    from govsite.index.extract import Extract
    from govsite.index.rank import Way

__all__ = ["Needle", "Proof", "join_fields", "make_needle"]

_FIELD_END: Final = b"\x1d"
_START: Final = WHOLE_START.encode()
_END: Final = WHOLE_END.encode()


def join_fields(one: Extract) -> bytes:
    """Return the folded text of a document with its fields told apart."""
    text = one.folded.decode()
    title, keywords, _ = one.lengths
    ends = title + keywords
    return _FIELD_END.join(part.encode() for part in (text[:title], text[title:ends], text[ends:]))


@dataclass(frozen=True, slots=True)
class Needle:
    """One way to satisfy a word, as a stretch of folded text. is_text: false for pinyin."""

    text: str
    is_text: bool


@cache
def _marks() -> dict[str, str]:
    return {syllable: chr(FIRST_SYLLABLE + number) for number, syllable in enumerate(syllables())}


def make_needle(way: Way) -> Needle | None:
    """Return the stretch that proves a way; None for pinyin that mixes syllables and beginnings of them."""
    if way.text:
        return Needle(way.text, is_text=True)
    marks = _marks()
    if all(unit in marks for unit in way.units):
        return Needle("".join(marks[unit] for unit in way.units), is_text=False)
    if all(len(unit) == 1 and unit not in marks for unit in way.units):
        return Needle("".join(way.units).upper(), is_text=False)
    return None


class Proof:
    """Words that must all be contained, each in one of several ways, and words that must not."""

    def __init__(self, words: list[list[Needle]], unwanted: list[bytes], neighbours: list[str]) -> None:
        self.words = words
        self._words = [[(one.text.encode(), one.is_text) for one in needles] for needles in words]
        self._unwanted = unwanted
        self._neighbours = [one.encode() for one in neighbours]
        self._most = Tier.EXACT if len(words) == 1 else Tier.TITLE

    def score(self, data: mmap | bytes, start: int, end: int) -> tuple[int, bool] | None:
        """Return (tier, whether all words stand side by side) of the document between two places, None for no hit."""
        tier = int(self._most)
        for ways in self._words:
            best = -1
            for word, is_text in ways:
                at = data.find(word, start, end)
                if at >= 0:
                    best = max(best, _judge(data, start, end, at, word, is_text=is_text))
            if best < 0:
                return None
            tier = min(tier, best)
        if any(data.find(word, start, end) >= 0 for word in self._unwanted):
            return None
        together = bool(self._neighbours) and all(
            data.find(pair, start, end) >= 0 for pair in self._neighbours
        )
        return tier, together


def _judge(data: mmap | bytes, start: int, end: int, at: int, word: bytes, *, is_text: bool) -> int:
    """Return the tier of a word found first at a place."""
    title = data.find(_FIELD_END, start, end)
    keywords = data.find(_FIELD_END, title + 1, end)
    if not is_text:
        return Tier.TITLE if at < title else Tier.KEYWORD if at < keywords else Tier.ONCE
    behind = at + len(word)
    begins = at == start + len(_START) and at < title
    if (begins and data[behind : behind + len(_END)] == _END) or (
        at < keywords and data.find(_START + word + _END, title, keywords) >= 0
    ):
        return Tier.EXACT
    if at < title:
        return Tier.TITLE_BEGINS if begins else Tier.TITLE
    if at < keywords:
        return Tier.KEYWORD
    return Tier.SEVERAL if data.find(word, at + 1, end) >= 0 else Tier.ONCE
