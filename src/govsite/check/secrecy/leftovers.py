"""Leftovers of copying (粘贴污染): what a text brings along from the site it was taken from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple

from govsite.check.privacy.text import hinted
from govsite.check.secrecy.words import leftover_words
from govsite.hanzi.doc_number import find_doc_numbers
from govsite.hanzi.fold import simplified_pairs

ADVERTISEMENT: Final = "advertisement"
PINYIN: Final = "pinyin"
PUNCTUATION: Final = "punctuation"
BRACKETS: Final = "brackets"
TRADITIONAL: Final = "traditional"
PAGE: Final = "page"

_TONED: Final = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ"
_PINYIN: Final = re.compile(rf"[(（](?<=[\u3400-\u9fff].)(?=[^)）]*[{_TONED}])[a-zɡü'{_TONED}]{{1,8}}[)）]")
_TELEPHONE: Final = re.compile(r"[0-9][0-9 -]{9}(?<!\d{4}-\d\d-\d\d)")
_TWICE: Final = re.compile(r"[，、；：。,][，,、；：。](?<!,,)")
_BRACKETED: Final = re.compile(
    r"[\[［(（【][12１２][\d０-９]{3}年?[\]］)）】][ 　]*第?[ 　]*[\d０-９]{1,5}[ 　]*[号號]"
)
_LONGEST_ADVERTISEMENT: Final = 300
_NUMBER_REACH: Final = 24


class Leftover(NamedTuple):
    """Leftovers of one kind in a text. start, end: of the first; found: it, as far as it may be shown; times: how many of all;
    instead: what should stand there, `""` where it is to be deleted.
    """

    kind: str
    start: int
    end: int
    found: str
    times: int
    instead: str = ""


def find_leftovers(text: str) -> list[Leftover]:
    """Leftovers in `text`, at most one of each kind but advertisements and page furniture, which stand line by line."""
    return [
        *_furniture(text),
        *_advertisements(text),
        *_pinyin(text),
        *_twice(text),
        *_brackets(text),
        *_traditional(text),
    ]


def _furniture(text: str) -> Iterator[Leftover]:
    """Lines that are parts of a page and not of its text."""
    words = leftover_words()
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        if line and len(line) <= words.longest:
            body = line.strip()
            if body in words.lines or words.starts.match(body):
                yield Leftover(PAGE, start, end, body, 1)
        start = end + 1


def _advertisements(text: str) -> Iterator[Leftover]:
    """Lines with a way to reach somebody and several words of trade."""
    words = leftover_words()
    if not _TELEPHONE.search(text) and not hinted(text, words.contact_hints):
        return
    done = -1
    for contact in words.contact.finditer(text):
        if contact.start() < done:
            continue
        start = text.rfind("\n", 0, contact.start()) + 1
        done = text.find("\n", contact.end())
        done = len(text) if done < 0 else done
        if done - start <= _LONGEST_ADVERTISEMENT:
            plain = text[start:done].translate(_to_simplified())
            if len(set(words.advertisement.findall(plain))) >= words.advertisement_from:
                yield Leftover(ADVERTISEMENT, start, done, "", 1)


def _pinyin(text: str) -> Iterator[Leftover]:
    """Pinyin that a page showed above its characters and copying put behind them: `號(hào)`."""
    found = list(_PINYIN.finditer(text))
    if len(found) >= leftover_words().pinyin_from:
        first = found[0]
        sign = text[first.start() - 1]
        yield Leftover(PINYIN, first.start(), first.end(), sign + first.group(), len(found), sign)


def _twice(text: str) -> Iterator[Leftover]:
    found = list(_TWICE.finditer(text))
    if found:
        first = found[0]
        yield Leftover(PUNCTUATION, *first.span(), first.group(), len(found))


def _brackets(text: str) -> Iterator[Leftover]:
    """Document numbers in running text whose year is not in hexagonal brackets (GB/T 9704-2012, 7.2.5)."""
    found = []
    for match in _BRACKETED.finditer(text):
        near = text[max(0, match.start() - _NUMBER_REACH) : match.end()]
        numbers = [
            number for number in find_doc_numbers(near) if number.end == len(near) and number.value.year
        ]
        if numbers:
            number = numbers[-1]
            start = match.end() - (number.end - number.start)
            found.append((start, match.end(), number.text, f"〔{number.value.year}〕{number.value.number}号"))
    if found:
        start, end, shown, instead = found[0]
        yield Leftover(BRACKETS, start, end, shown, len(found), instead)


def _traditional(text: str) -> Iterator[Leftover]:
    words = leftover_words()
    first = _traditional_pattern().search(text)
    if first is None:
        return
    found = _traditional_pattern().findall(text)
    distinct = list(dict.fromkeys(found))
    if len(distinct) >= words.traditional_from:
        shown = "".join(distinct[: words.traditional_shown])
        yield Leftover(TRADITIONAL, *first.span(), shown, len(found), shown.translate(_to_simplified()))


@cache
def _to_simplified() -> dict[int, str]:
    return {ord(old): new for old, new in zip(*simplified_pairs(), strict=True)}


@cache
def _traditional_pattern() -> re.Pattern[str]:
    allowed = set(leftover_words().traditional_allowed)
    return re.compile("[" + "".join(sign for sign in simplified_pairs()[0] if sign not in allowed) + "]")
