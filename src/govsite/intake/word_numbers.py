"""Automatic numbers of Word (自动编号): `%1、` and its counters to the words that stand on the printed page."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from govsite.attachments.xmlstream import attribute
from govsite.hanzi.numerals import write_numeral

_CHINESE = frozenset(
    {
        "chineseCounting", "chineseCountingThousand", "taiwaneseCounting", "taiwaneseCountingThousand",
        "japaneseCounting", "japaneseDigitalTenThousand", "ideographDigital", "koreanDigital2",
    }
)  # fmt: skip
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_HEAVENLY = "甲乙丙丁戊己庚辛壬癸"
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
          (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip
_PLACEHOLDER = re.compile(r"%([1-9])")
_MOST_LISTS = 20_000


@dataclass(slots=True)
class Level:
    """One level of a list. format: Word's name of the numerals; text: with `%1`; start: first number."""

    format: str = "decimal"
    text: str = "%1."
    start: int = 1


@dataclass(slots=True)
class _List:
    levels: dict[int, Level] = field(default_factory=dict)


class Numbering:
    """Reads `numbering.xml`, then counts as Word does."""

    def __init__(self) -> None:
        self._abstract: dict[str, _List] = {}
        self._used: dict[str, str] = {}
        self._starts: dict[tuple[str, int], int] = {}
        self._counters: dict[str, dict[int, int]] = {}
        self._seen: set[tuple[str, int]] = set()
        self._list = ""
        self._number = ""
        self._level = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take a list, a level, or what either says of itself."""
        value = attribute(attributes, "val")
        if name == "abstractNum":
            self._list, self._number = attribute(attributes, "abstractNumId"), ""
            if len(self._abstract) < _MOST_LISTS:
                self._abstract[self._list] = _List()
        elif name == "num":
            self._number, self._list = attribute(attributes, "numId"), ""
        elif name == "abstractNumId" and self._number:
            self._used[self._number] = value
        elif name in {"lvl", "lvlOverride"}:
            self._level = _small(attribute(attributes, "ilvl"))
        elif name == "startOverride" and self._number:
            self._starts[self._number, self._level] = _small(value)
        elif self._list in self._abstract:
            self._take(name, value)

    def _take(self, name: str, value: str) -> None:
        level = self._abstract[self._list].levels.setdefault(self._level, Level())
        if name == "numFmt":
            level.format = value
        elif name == "lvlText":
            level.text = value
        elif name == "start":
            level.start = _small(value)

    def end(self, name: str) -> None:
        """Nothing ends here."""

    def text(self, data: str) -> None:
        """No text counts."""

    def label(self, number_id: str, level: int) -> tuple[str, bool]:
        """The next number of list `number_id` at `level` (0-based), and whether it is a mere bullet; `""` for none."""
        abstract = self._used.get(number_id, "")
        levels = self._abstract.get(abstract, _List()).levels
        own = levels.get(level)
        if own is None or own.format == "none":
            return "", False
        if own.format == "bullet":
            return "", True
        counters = self._counters.setdefault(abstract, {})
        first = self._starts.get((number_id, level))
        if first is not None and (number_id, level) not in self._seen:
            counters[level] = first
        else:
            counters[level] = counters.get(level, own.start - 1) + 1
        self._seen.add((number_id, level))
        for deeper in [key for key in counters if key > level]:
            del counters[deeper]

        def written(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            other = levels.get(at, Level())
            return write_in(counters.get(at, other.start), other.format)

        return _PLACEHOLDER.sub(written, own.text), False


def write_in(number: int, form: str) -> str:
    """`number` in Word's numerals of that name; plain digits for names that nobody uses here."""
    if form in _CHINESE:
        return write_numeral(number)
    if form.startswith("decimalEnclosedCircle") and 1 <= number <= len(_CIRCLED):
        return _CIRCLED[number - 1]
    if form in {"ideographTraditional", "ideographZodiac"} and 1 <= number <= len(_HEAVENLY):
        return _HEAVENLY[number - 1]
    if form in {"lowerLetter", "upperLetter"} and 1 <= number <= 26:
        return chr((97 if form == "lowerLetter" else 65) + number - 1)
    if form in {"lowerRoman", "upperRoman"}:
        text = _roman(number)
        return text.lower() if form == "lowerRoman" else text
    return str(number)


def _roman(number: int) -> str:
    text = ""
    for size, letters in _ROMAN:
        while number >= size and len(text) < 30:
            text += letters
            number -= size
    return text


def _small(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 0
