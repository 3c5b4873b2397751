"""Pinyin (拼音) without tones, for titles and keywords, by a table made from pypinyin's dictionaries.

Syllables are written as people type them: lower case, no tone, `v` for `ü` (绿 → lv).
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from govsite.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "LONGEST_PHRASE",
    "default_reading",
    "find_units",
    "parse_pinyin",
    "readings",
    "spelled_characters",
    "syllables",
]

LONGEST_PHRASE: Final = 6
"""Characters; longer phrases add no reading that their parts do not have."""


@cache
def syllables() -> tuple[str, ...]:
    """Return all syllables in alphabetical order; the position of one is its number in the search index."""
    return tuple((files(__package__) / "data" / "syllables.txt").read_text("utf-8").split())


@cache
def _known() -> frozenset[str]:
    return frozenset(syllables())


@dataclass(frozen=True, slots=True)
class _Table:
    """characters: commonest syllable of each; phrases: syllables of each, "" where all are the commonest ones;
    beginnings: first two characters of the phrases.
    """

    characters: dict[str, str]
    phrases: dict[str, str]
    beginnings: frozenset[str]


@cache
def _table() -> _Table:
    written = (files(__package__) / "data" / "readings.txt").read_text("utf-8")
    characters, usual, own = (part.splitlines() for part in written.split("\n\n"))
    read: dict[str, str] = {}
    for line in characters:
        syllable, chars = line.split(" ")
        read.update(dict.fromkeys(chars, syllable))
    phrases = dict.fromkeys(usual[0].split(" "), "")
    for line in own:
        phrase, _, reading = line.partition(" ")
        phrases[phrase] = reading
    return _Table(read, phrases, frozenset([phrase[:2] for phrase in phrases]))


def spelled_characters() -> str:
    """Return the characters of GB 2312 by their commonest syllable, the commoner level first: `a啊阿 ai爱…`."""
    cells = [(row, cell) for row in range(16, 88) for cell in range(1, 95)]
    groups: dict[str, str] = {}
    for row, cell in cells:
        char = bytes((row + 160, cell + 160)).decode("gb2312", "ignore")
        syllable = default_reading(char) if char else ""
        if syllable:
            groups[syllable] = groups.get(syllable, "") + char
    return " ".join(syllable + groups[syllable] for syllable in sorted(groups))


def default_reading(char: str) -> str:
    """Return the commonest syllable of one folded character, `""` for what has none."""
    return _table().characters.get(char, "")


def readings(text: str) -> tuple[str, ...]:
    """Return one syllable for each character of `text`, `""` for what is no Chinese character.

    `text` is folded (simplified). Characters with several readings take that of the longest phrase that begins at or
    before them (银行 yinhang, 重庆 chongqing), else their commonest.
    """
    table = _table()
    read = [table.characters.get(char, "") for char in text]
    beginnings = table.beginnings
    position = 0
    while position < len(text) - 1:
        found = text[position : position + 2] in beginnings
        position += _read_phrase(table, text, position, read) if found else 1
    return tuple(read)


def _read_phrase(table: _Table, text: str, start: int, read: list[str]) -> int:
    """Put the longest phrase at `start` into `read`; return how many characters are done."""
    for length in range(min(LONGEST_PHRASE, len(text) - start), 1, -1):
        found = table.phrases.get(text[start : start + length])
        if found is not None:
            if found:
                read[start : start + length] = found.split(" ")
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
