"""Folding (归一): the one form in which texts and queries are compared.

`榆政办函〔2021〕178号`, `榆政办函[2021]178号` and `榆政辦函（２０２１）１７８號` all fold to `榆政办函2021178号`. The browser
does the same in `theme/search/1-text.js`; `tests/vectors/search.json` holds both to it.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib.resources import files
from typing import Final

__all__ = [
    "DROPPED_RANGES",
    "find_traditional",
    "fold",
    "fold_with_places",
    "simplified",
    "simplified_pairs",
    "without_pinyin",
]

DROPPED_RANGES: Final = (
    (0x0000, 0x002F), (0x003A, 0x0060), (0x007B, 0x00A9), (0x00AB, 0x00B4), (0x00B6, 0x00B9), (0x00BB, 0x00BF),
    (0x00D7, 0x00D7), (0x00F7, 0x00F7), (0x02B0, 0x036F), (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF), (0x2000, 0x2BFF),
    (0x2E00, 0x2E7F), (0x2FE0, 0x3004), (0x3008, 0x3020), (0x302A, 0x3030), (0x303D, 0x303F), (0x3099, 0x309C),
    (0x30A0, 0x30A0), (0x30FB, 0x30FB), (0x4DC0, 0x4DFF), (0xD800, 0xF8FF), (0xFE00, 0xFE2F), (0xFEFF, 0xFEFF),
    (0xFFF0, 0xFFFF), (0x1F000, 0x1FBFF), (0xE0000, 0x10FFFF),
)  # fmt: skip
"""What is neither letter nor digit after compatibility decomposition: inclusive code-point ranges.

Fixed ranges instead of Unicode categories: ES2017 has no `\\p{L}`, and categories differ between Unicode versions.
Private use (E000–F8FF) is dropped from texts, so the index may use it for marks of its own.
"""

_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
_BRACKETED_PINYIN = re.compile(f"[(（][a-zɡü{_TONED}' ]{{0,12}}[{_TONED}][a-zɡü{_TONED}' ]{{0,12}}[)）]")
_COMPATIBILITY: Final = "\u2f00-\u2fdf\uf900-\ufaff\U0002f800-\U0002fa1f"
_LINE_ENDS: Final = frozenset("\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029")


@cache
def simplified_pairs() -> tuple[str, str]:
    """Return (traditional characters in code-point order, their simplified forms), of equal length."""
    traditional, simplified = (files(__package__) / "data" / "simplified.txt").read_text("utf-8").splitlines()
    return traditional, simplified


@cache
def _simplified() -> dict[str, str]:
    return dict(zip(*simplified_pairs(), strict=True))


class _FoldTable(dict[int, str]):
    """Code point → folded text, filled as code points turn up; made for `str.translate`."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold_char(chr(code))
        return folded


_TABLE = _FoldTable()

_PUNCTUATION: Final = (
    (0x0000, 0x02FF),
    (0x2000, 0x206F),
    (0x3000, 0x303F),
    (0xFE30, 0xFE6F),
    (0xFF00, 0xFFEF),
)
"""Where the marks of running text stand; what else goes is looked up one by one."""

_HAN: Final = (0x4E00, 0x9FFF)
"""Unified ideographs: those that are not traditional fold to themselves."""


def _fold_char(char: str) -> str:
    if char in _LINE_ENDS:
        return "\n"
    simplified = _simplified()
    parts = unicodedata.normalize("NFKD", char).lower()
    return "".join(simplified.get(part, part) for part in parts if not _is_dropped(ord(part)))


def _is_dropped(code: int) -> bool:
    return any(first <= code <= last for first, last in DROPPED_RANGES)


def fold(text: str) -> str:
    r"""Return `text` folded: letters and digits only, `\n` where a line ended.

    In order: pinyin in brackets that scraping left behind (`號(hào)`) goes; each code point is decomposed (NFKD: full
    width → half width, ① → 1, é → e), lower-cased and, if traditional, simplified; what is neither letter nor digit
    goes. A line end of any kind becomes `\n`, which no term and no hit crosses. Never fails, lone surrogates included.
    """
    dropped, changed, _ = _patterns()
    return changed.sub(_fold_run, dropped.sub("", _BRACKETED_PINYIN.sub("", text)))


def _fold_run(found: re.Match[str]) -> str:
    return found[0].translate(_TABLE)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Return what finds (runs of marks that go, runs of what may fold to something else, traditional characters).

    Most of a text is neither: these say so many times faster than a look-up of every character.
    """
    marks = (chr(code) for first, last in _PUNCTUATION for code in range(first, last + 1))
    dropped = "".join(re.escape(mark) for mark in marks if not _fold_char(mark))
    traditional = simplified_pairs()[0]
    inside = "".join(char for char in traditional if _HAN[0] <= ord(char) <= _HAN[1])
    kept, begin = "", _HAN[0]
    for char in (*inside, chr(_HAN[1] + 1)):
        kept += f"{chr(begin)}-{chr(ord(char) - 1)}" if ord(char) > begin else ""
        begin = ord(char) + 1
    return (
        re.compile(f"[{dropped}]+"),
        re.compile(f"[^\n0-9a-z{kept}]+"),
        re.compile(f"[{traditional}{_COMPATIBILITY}]"),
    )


def without_pinyin(text: str) -> str:
    """`text` without the pinyin in brackets that scraping leaves behind characters: `號(hào)` → `號`."""
    return _BRACKETED_PINYIN.sub("", text)


def simplified(text: str) -> str:
    """`text` with every traditional character simplified; nothing else changes."""
    table = _simplified()
    return "".join(table.get(char, char) for char in text)


def fold_with_places(text: str) -> tuple[str, list[int]]:
    """Return (folded text, place in `text` of each of its characters, one more for the end)."""
    dropped = {at for found in _BRACKETED_PINYIN.finditer(text) for at in range(*found.span())}
    pairs = [(part, at) for at, char in enumerate(text) if at not in dropped for part in _TABLE[ord(char)]]
    return "".join(part for part, _ in pairs), [*(at for _, at in pairs), len(text)]


def find_traditional(text: str) -> tuple[str, str]:
    """Return the traditional characters that folding `text` meets, in code-point order, and their simplified forms."""
    table = _simplified()
    met = set(_patterns()[2].findall(text))
    found = sorted({part for char in met for part in unicodedata.normalize("NFKD", char) if part in table})
    return "".join(found), "".join(table[char] for char in found)
