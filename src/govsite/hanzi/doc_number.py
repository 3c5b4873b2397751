"""Document numbers (发文字号): `榆政办函〔2021〕178号` in any bracket, width or spacing.

Form: GB/T 9704-2012, 7.2.5: the issuer's code word, the year in hexagonal brackets 〔〕, the number without 第 and
without leading zeros, 号. Orders (`国务院令第711号`) have no year.
"""

from __future__ import annotations

import re

from govsite.frozen import dataclass

# „2008‟ is what text copied from some PDF files has in place of the hexagonal brackets.
_OPEN = "〔[［(（【〖﹝<＜「『{｛„"
_CLOSE = "〕]］)）】〗﹞>＞」』}｝‟"
_GAP = r"[ \u3000\u00a0]*"
_DIGIT = "0-9０-９"
# The code word: Chinese characters and Latin letters, no sentence marks.
_WORD = r"[\u3400-\u9fffA-Za-z][\u3400-\u9fffA-Za-z·、]{0,19}"

_DATED = re.compile(
    rf"(?P<word>{_WORD}){_GAP}[{re.escape(_OPEN)}]{_GAP}(?P<year>[12１２][{_DIGIT}]{{3}}){_GAP}年?{_GAP}"
    rf"[{re.escape(_CLOSE)}]{_GAP}第?{_GAP}(?P<number>[{_DIGIT}]{{1,5}}){_GAP}[号號]?"
)
_ORDER = re.compile(
    rf"(?P<word>[\u3400-\u9fff]{{2,16}}令){_GAP}第?{_GAP}(?P<number>[{_DIGIT}]{{1,5}}){_GAP}[号號]"
)
_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")
_SPACE = re.compile(r"[ \u3000\u00a0]+")
# Words that stand before a number in a sentence and are no part of it.
_LEADING = re.compile(r"^(?:根据|依据|按照|参照|见|以|即|由|与|和|及|或|的|在|文号|发文字号|的通知|等文件)+")


@dataclass(frozen=True, slots=True)
class DocNumber:
    """A document number. year: `""` for orders. Two are the same document if and only if their keys are equal."""

    word: str
    year: str
    number: str

    @property
    def key(self) -> str:
        """Key for comparison: `word|year|number`."""
        return f"{self.word}|{self.year}|{self.number}"

    def __str__(self) -> str:
        """The standard written form."""
        return f"{self.word}〔{self.year}〕{self.number}号" if self.year else f"{self.word}第{self.number}号"


@dataclass(frozen=True, slots=True)
class FoundNumber:
    """A document number in running text, with its place in code points."""

    start: int
    end: int
    text: str
    value: DocNumber


def _value(match: re.Match[str]) -> DocNumber:
    groups = match.groupdict()
    number = groups["number"].translate(_WIDTH).lstrip("0") or "0"
    return DocNumber(_SPACE.sub("", groups["word"]), (groups.get("year") or "").translate(_WIDTH), number)


def parse_doc_number(text: str) -> DocNumber | None:
    """The number that `text` as a whole is, or None."""
    stripped = text.strip()
    match = _DATED.fullmatch(stripped) or _ORDER.fullmatch(stripped)
    return _value(match) if match else None


def find_doc_numbers(text: str) -> list[FoundNumber]:
    """Every document number in `text`, left to right, without overlaps.

    The code word may have swallowed words of the sentence before it (`根据榆政办函〔2021〕178号`); common ones are
    cut off here, the rest is for whoever compares with known numbers: see `suffixes`.
    """
    found = []
    for pattern in (_DATED, _ORDER):
        for match in pattern.finditer(text):
            value, start = _value(match), match.start()
            lead = _LEADING.match(match["word"])
            if lead and lead.end() < len(match["word"]):
                value = DocNumber(value.word[lead.end() :], value.year, value.number)
                start += lead.end()
            found.append(FoundNumber(start, match.end(), text[start : match.end()], value))
    found.sort(key=lambda item: (item.start, -item.end))
    kept: list[FoundNumber] = []
    for item in found:
        if not kept or item.start >= kept[-1].end:
            kept.append(item)
    return kept


def suffixes(value: DocNumber) -> list[DocNumber]:
    """`value` and the numbers left when its code word loses characters from the front, longest first."""
    return [DocNumber(value.word[cut:], value.year, value.number) for cut in range(len(value.word))]
