"""Contamination (污染) of a text: what scraping and conversion put into it, found, and mended where that is asked for."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Sequence

from govsite.frozen import dataclass
from govsite.hanzi.fold import find_traditional, simplified, without_pinyin
from govsite.vocab.official_paper import contamination

_DOUBLED = re.compile(r"[,，]{2,}")
_BEFORE_SIGN = re.compile(r"[,，](?=[、。；：，）》”！？])")
_AFTER_SIGN = re.compile(r"(?<=[、。；：！？])[,，]")
_SPACED = re.compile(r"(?<=[\u3400-\u9fff]) +(?=[\u3400-\u9fff])")
_WIDE = str.maketrans({",": "，", ":": "：", ";": "；", "!": "！", "?": "？", "(": "（", ")": "）"})
_NARROW = re.compile(
    r"(?<=[\u3400-\u9fff”’》〉）\]〕\d])[,:;!?](?=[\u3400-\u9fff“‘《〈（(\s]|$)|(?<=[\u3400-\u9fff])[(]|[(](?=[\u3400-\u9fff])"
)
_TIME = re.compile(r"\d:\d\d")
_DOUBTED_SPACE = re.compile(r"[\u3400-\u9fff] (?:[\u3400-\u9fff] ){2,}[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Spot:
    """A piece of contamination. kind: `advertisement` · `furniture` · `pinyin` · `punctuation` · `traditional` ·
    `spaces` · `width`; index: of its paragraph; text: the paragraph's beginning, or what was found.
    """

    kind: str
    index: int
    text: str


def recognised(text: str) -> str:
    """`text` as it is compared with patterns: simplified, without pinyin, signs once."""
    return _single_signs(simplified(without_pinyin(text))).strip()


def mend(text: str) -> str:
    """A paragraph without contamination: the meaning stays, the signs become those of 公文."""
    whole = _single_signs(simplified(without_pinyin(text)))
    if _DOUBTED_SPACE.search(whole):
        whole = _SPACED.sub("", whole)
    return _widen(whole)


def find_spots(paragraphs: Sequence[str]) -> list[Spot]:
    """Every kind of contamination in every paragraph that has it, in order."""
    spots: list[Spot] = []
    for index, text in enumerate(paragraphs):
        plain = recognised(text)
        if contamination().advertisement.search(plain):
            spots.append(Spot("advertisement", index, plain[:40]))
        elif contamination().furniture.search(plain):
            spots.append(Spot("furniture", index, plain[:40]))
        else:
            spots += [Spot(kind, index, found) for kind, find in _FINDERS for found in [find(text)] if found]
    return spots


def drops(text: str) -> bool:
    """Whether a paragraph is no part of the document."""
    plain = recognised(text)
    return bool(contamination().advertisement.search(plain) or contamination().furniture.search(plain))


def difference(before: Sequence[str], after: Sequence[str], name: str) -> list[str]:
    """A unified diff of paragraphs, without line ends."""
    return list(difflib.unified_diff(list(before), list(after), name, name, n=0, lineterm=""))


def _single_signs(text: str) -> str:
    return _AFTER_SIGN.sub("", _BEFORE_SIGN.sub("", _DOUBLED.sub("，", text)))


def _widen(text: str) -> str:
    """Signs between Chinese characters in full width; brackets in pairs."""
    pieces = list(text)
    for match in _NARROW.finditer(text):
        at = match.start()
        if text[at] == ":" and _TIME.match(text[max(0, at - 1) : at + 3]):
            continue
        pieces[at] = text[at].translate(_WIDE)
        if text[at] == "(":
            end = _closing(text, at)
            if end:
                pieces[end] = "）"
    return "".join(pieces)


def _closing(text: str, start: int) -> int:
    depth = 0
    for at in range(start, len(text)):
        depth += text[at] in "(（"
        depth -= text[at] in ")）"
        if depth == 0:
            return at
    return 0


def _pinyin(text: str) -> str:
    return text if without_pinyin(text) != text else ""


def _punctuation(text: str) -> str:
    bare = without_pinyin(text)
    return bare if _single_signs(bare) != bare else ""


def _traditional(text: str) -> str:
    return find_traditional(without_pinyin(text))[0]


def _spaces(text: str) -> str:
    match = _DOUBTED_SPACE.search(text)
    return match[0] if match else ""


def _width(text: str) -> str:
    return text if _widen(text) != text else ""


_FINDERS: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("pinyin", _pinyin),
    ("punctuation", _punctuation),
    ("traditional", _traditional),
    ("spaces", _spaces),
    ("width", _width),
)
