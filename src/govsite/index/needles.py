"""Words as stretches of folded bytes (检索词): what proves a word on the text of a document, and where its fields lie.

Texts stand one behind the other, each as title, keywords and body with U+001D behind the first two: `join_fields`.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final, TypeAlias

from govsite.frozen import dataclass
from govsite.hanzi.fold import fold
from govsite.hanzi.pinyin import syllables
from govsite.index.expression import And, Or, Word
from govsite.index.extract import FIRST_SYLLABLE, WHOLE_END, WHOLE_START
from govsite.index.rank import find_ways

if TYPE_CHECKING:
    from collections.abc import Iterator
    from mmap import mmap

    from govsite.index.expression import Expression
    from govsite.index.extract import Extract
    from govsite.index.labels import IndexLabels
    from govsite.index.rank import Way

__all__ = [
    "FIELD_END",
    "MARK_END",
    "MARK_START",
    "Gapped",
    "Needle",
    "Text",
    "join_fields",
    "make_needle",
    "named_lines",
    "ways_of",
]

Text: TypeAlias = "mmap | bytes"

FIELD_END: Final = b"\x1d"
MARK_START: Final = WHOLE_START.encode()
MARK_END: Final = WHOLE_END.encode()
_CHAR: Final = rb"(?:[\x00-\x09\x0b-\x7f]|[\xc2-\xf4][\x80-\xbf]+)"
"""Any one character of UTF-8 but a line end."""

_RUN: Final = re.compile(rb"[A-Z]|\xee[\x80-\x9e]")
"""What a line of pinyin begins with: an initial in upper case or a syllable's mark, neither of which folded words hold."""


def join_fields(one: Extract) -> bytes:
    """Return the folded text of a document with its fields told apart."""
    text = one.folded.decode()
    title, keywords, _ = one.lengths
    ends = title + keywords
    return FIELD_END.join(part.encode() for part in (text[:title], text[title:ends], text[ends:]))


def ways_of(expression: Expression, labels: IndexLabels) -> dict[Word, list[Way]]:
    """Return the ways to satisfy each word that is asked for anywhere in the text, with synonyms and pinyin."""
    synonyms = [[fold(word) for word in group] for group in labels.synonyms]
    return {word: find_ways(word.text, synonyms) for word in _plain_words(expression)}


def _plain_words(part: Expression) -> Iterator[Word]:
    if isinstance(part, Word):
        if part.text and not part.field:
            yield part
    elif isinstance(part, And | Or):
        for one in part.parts:
            yield from _plain_words(one)


@dataclass(frozen=True, slots=True)
class Needle:
    """One way to satisfy a word. text: UTF-8, b"" where only a pattern tells; is_text: false for pinyin; probes: folded
    texts that every document with it contains.
    """

    text: bytes
    is_text: bool
    probes: tuple[str, ...]
    pattern: re.Pattern[bytes] | None = None

    def find(self, data: Text, start: int, end: int) -> int:
        """Return where it is first between two places, -1 for nowhere."""
        if self.pattern is None:
            return data.find(self.text, start, end)
        match = self.pattern.search(data, start, end)
        return match.start() if match else -1


@cache
def _marks() -> dict[str, str]:
    return {syllable: chr(FIRST_SYLLABLE + number) for number, syllable in enumerate(syllables())}


@cache
def _beginning(unit: str) -> str:
    """The marks of all syllables that begin with a unit."""
    return "".join(mark for syllable, mark in _marks().items() if syllable.startswith(unit))


def make_needle(way: Way) -> Needle:
    """Return the stretch that proves a way."""
    if way.text:
        return Needle(way.text.encode(), is_text=True, probes=(way.text,))
    marks, units = _marks(), way.units
    if all(unit in marks for unit in units):
        return _pinyin("".join(marks[unit] for unit in units))
    if all(len(unit) == 1 and unit not in marks for unit in units):
        return _pinyin("".join(units).upper())
    fits = [re.escape(marks[unit]) if unit in marks else f"[{_beginning(unit)}]" for unit in units]
    runs = "".join(marks.get(unit, " ") for unit in units).split()
    initials = "".join(unit[0].upper() for unit in units)
    probes = [run for run in runs if len(run) > 1] + [initials]
    return Needle(b"", is_text=False, probes=tuple(probes), pattern=_bytes_pattern("".join(fits)))


def _pinyin(text: str) -> Needle:
    return Needle(text.encode(), is_text=False, probes=(text,))


def _bytes_pattern(pattern: str) -> re.Pattern[bytes]:
    """A pattern of characters and classes `[…]` as one of bytes: a class becomes an alternation."""
    wide = re.sub(r"\[(.*?)\]", lambda found: f"(?:{'|'.join(found[1])})" if found[1] else "(?!)", pattern)
    return re.compile(wide.encode())


class Gapped:
    """A word with a field or wildcards, looked for in lines. No line is gone through more than once for each stretch."""

    def __init__(self, word: Word) -> None:
        self._groups = [re.compile(group) for group in _groups(word)]

    def is_in(self, data: Text, start: int, end: int) -> bool:
        """Tell whether a line between two places contains it."""
        first, *rest = self._groups
        at = start
        while match := first.search(data, at, end):
            place = match.end()
            stop = data.find(b"\n", place, end)
            stop = end if stop < 0 else stop
            for group in rest:
                following = group.search(data, place, stop)
                if following is None:
                    break
                place = following.end()
            else:
                return True
            at = stop
        return False


def _groups(word: Word) -> Iterator[bytes]:
    """Stretches with so many characters between them, parted where any number of them may stand."""
    group = re.escape(word.stretches[0].encode())
    for gap, stretch in zip(word.gaps, word.stretches[1:], strict=True):
        if gap == "*":
            yield group
            group = b""
        else:
            group += _CHAR * len(gap)
        group += re.escape(stretch.encode())
    yield group


def named_lines(data: Text, start: int, end: int, field: str) -> list[bytes]:
    """Return the lines of a field of a document: title, number, index, keyword; pinyin apart."""
    title = data.find(FIELD_END, start, end)
    if field == "title":
        line = bytes(data[start:title]).split(b"\n", 1)[0]
        return [line.removeprefix(MARK_START).removesuffix(MARK_END)]
    keywords = data.find(FIELD_END, title + 1, end)
    lines = [one for one in bytes(data[title + 1 : keywords]).split(b"\n")[:-1] if not _RUN.match(one)]
    if field == "keyword":
        return lines[:-2]
    return [lines[-2 if field == "number" else -1].removeprefix(MARK_START).removesuffix(MARK_END)]
