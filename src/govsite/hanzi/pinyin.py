"""Pinyin (拼音) without tones, for titles and keywords; the only door to pypinyin.

Syllables are written as people type them: lower case, no tone, `v` for `ü` (绿 → lv).
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["default_reading", "find_units", "parse_pinyin", "readings", "syllables"]

_LONGEST_PHRASE: Final = 6
"""Characters; longer phrases add no reading that their parts do not have."""


@cache
def syllables() -> tuple[str, ...]:
    """Return all syllables in alphabetical order; the position of one is its number in the search index."""
    return tuple((files(__package__) / "data" / "syllables.txt").read_text("utf-8").split())


@cache
def _known() -> frozenset[str]:
    return frozenset(syllables())


@cache
def _phrases() -> dict[str, list[list[str]]]:
    from pypinyin.constants import PHRASES_DICT

    phrases: dict[str, list[list[str]]] = PHRASES_DICT
    return phrases


def _strip_tone(reading: str) -> str:
    plain = unicodedata.normalize("NFD", reading.replace("ü", "v").replace("ɡ", "g"))
    for toned in "ǖǘǚǜ":
        if toned in reading:
            plain = unicodedata.normalize("NFD", reading.replace(toned, "v"))
    syllable = "".join(char for char in plain if "a" <= char <= "z")
    return syllable if syllable in _known() else ""


@cache
def default_reading(char: str) -> str:
    """Return the commonest syllable of one character, `""` for what has none."""
    from pypinyin.constants import PINYIN_DICT

    first: str = PINYIN_DICT.get(ord(char), "").split(",")[0]
    return _strip_tone(first) if first else ""


@cache
def _has_one_reading(char: str) -> bool:
    from pypinyin.constants import PINYIN_DICT

    return len({_strip_tone(reading) for reading in PINYIN_DICT.get(ord(char), "").split(",")}) < 2


@cache
def _phrase_beginnings() -> frozenset[str]:
    return frozenset(phrase[:2] for phrase in _phrases())


@cache
def _phrase_reading(phrase: str) -> tuple[str, ...] | None:
    """Return the syllables of a phrase of the dictionary, None for one that has no say or is not in it."""
    found = _phrases().get(phrase)
    if found is None or len(found) != len(phrase) or all(map(_has_one_reading, phrase)):
        return None
    read = tuple(_strip_tone(options[0]) for options in found)
    return read if all(read) else None


def readings(text: str) -> tuple[str, ...]:
    """Return one syllable for each character of `text`, `""` for what is no Chinese character.

    `text` is folded (simplified). Characters with several readings take that of the longest phrase that begins at or
    before them (银行 yinhang, 重庆 chongqing), else their commonest.
    """
    read = list(map(default_reading, text))
    beginnings = _phrase_beginnings()
    position = 0
    while position < len(text) - 1:
        found = text[position : position + 2] in beginnings
        position += _read_phrase(text, position, read) if found else 1
    return tuple(read)


def _read_phrase(text: str, start: int, read: list[str]) -> int:
    """Put the longest phrase at `start` into `read`; return how many characters are done."""
    for length in range(min(_LONGEST_PHRASE, len(text) - start), 1, -1):
        phrase = text[start : start + length]
        found = _phrase_reading(phrase) if phrase in _phrases() else None
        if found is not None:
            read[start : start + length] = found
            return length
    return 1


@cache
def _initials() -> frozenset[str]:
    return frozenset({"zh", "ch", "sh", *(syllable[0] for syllable in syllables())})


def parse_pinyin(word: str) -> list[tuple[str, ...]]:
    """Return the ways to read Latin letters as pinyin, best first: whole syllables or beginnings of them.

    `zhengwugk` → zheng wu g k; `fangan` → fan gan or fang an. Empty for what cannot be pinyin. The browser's twin is
    `parsePinyin` in `theme/search/1-text.js`.
    """
    if not re.fullmatch("[a-z]{2,24}", word):
        return []
    ways = [way for _, way in _ways_from(word, 0, {})]
    letters = tuple(word)
    partial = any(part not in _known() for way in ways for part in way)
    if (partial or not ways) and letters not in ways and _initials().issuperset(letters):
        ways.append(letters)
    return ways


def _ways_from(
    word: str, start: int, memo: dict[int, list[tuple[int, tuple[str, ...]]]]
) -> list[tuple[int, tuple[str, ...]]]:
    """Return (cost, units) of the cheapest readings of the rest of a word: 1 a syllable, 3 the beginning of one."""
    if start == len(word):
        return [(0, ())]
    if start not in memo:
        ways = [
            (cost + rest_cost, (word[start:end], *rest))
            for end in range(start + 1, min(len(word), start + 6) + 1)
            if (cost := _unit_cost(word[start:end], is_last=end == len(word)))
            for rest_cost, rest in _ways_from(word, end, memo)
        ]
        ways.sort(key=lambda way: (way[0], " ".join(way[1])))
        memo[start] = [way for way in ways if way[0] <= ways[0][0] + 1][:4]
    return memo[start]


def _unit_cost(unit: str, *, is_last: bool) -> int:
    if unit in _known():
        return 1
    begins = is_last and any(syllable.startswith(unit) for syllable in syllables())
    return 3 if begins or unit in _initials() else 0


def find_units(units: Sequence[str], read: Sequence[str]) -> int:
    """Return where units of `parse_pinyin` fit the syllables of a text, -1 where nowhere.

    A whole syllable fits itself only, the beginning of one fits all that begin so.
    """
    for start in range(len(read) - len(units) + 1):
        pairs = zip(units, read[start:], strict=False)
        if all(
            unit == syllable if unit in _known() else bool(syllable) and syllable.startswith(unit)
            for unit, syllable in pairs
        ):
            return start
    return -1
