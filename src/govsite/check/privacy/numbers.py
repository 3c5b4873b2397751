"""Numbers of persons in text: identity numbers, mobiles, bank cards, and masks that hide too little.

One pass finds runs of digits; only a run of eleven or more is looked at, so that clean text costs one search.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple

from govsite.check.privacy.labels import LABEL_REACH, THINGS, group_before
from govsite.check.privacy.leak import BANK_CARD, ID_15, ID_18, MOBILE, Leak, PrivacyContext, leak
from govsite.check.privacy.residues import find_residues
from govsite.check.privacy.words import privacy_words
from govsite.hanzi.id_numbers import (
    birth_in_id15,
    birth_in_id18,
    half_width,
    is_credit_code,
    is_id18,
    is_region,
    is_registration_number,
    passes_luhn,
)

_JOINTS = r"\s\-‐‑‒–—－·\u200b-\u200d\u2060\ufeff\u00ad"
_RUN: Final = re.compile(
    rf"\d(?:[{_JOINTS}]{{0,3}}\d){{10,}}(?:[{_JOINTS}]?[xXｘＸ](?:[1-7][1-4])?(?![0-9A-Za-z*]))?"
)
_DIGIT: Final = re.compile(r"[0-9０-９]")
_FEWEST_DIGITS: Final = 11
_CHUNK: Final = re.compile(r"\d+[xXｘＸ]?|[xXｘＸ]")
_EXCUSED: Final = THINGS | {"account"}
_MOBILE: Final = re.compile(r"1[3-9]\d{9}")
_AREA: Final = re.compile(r"0\d{2,3}")
_LOCAL: Final = re.compile(r"[1-9]\d{6,7}")
_TRUNK: Final = re.compile(r"0[2-9]\d{8,10}|010\d{8}")
_PHONE_LETTERS: Final = re.compile(
    r"(?:\b|_)(?:tel|telephone|phone|mobile|mob|cell|t|m|p|vx|wx|wechat|zfb)[\s.:：]*$", re.IGNORECASE
)
_LETTER_BEFORE: Final = re.compile(r"[A-Za-z][-_#]?$")
_SERIAL_SINCE: Final = "2000"
"""Numbers of things often are region, date and serial; the dates in them are of the years since."""
_OLDEST_ID15: Final = "1930"


class _Chunk(NamedTuple):
    digits: str
    start: int
    end: int


def find_numbers(text: str, context: PrivacyContext, label: str = "") -> tuple[Leak, ...]:
    """Numbers of persons in `text`, left to right. label: header of the column or field that `text` stands in."""
    found: list[Leak] = []
    for stretch in _stretch().finditer(text):
        start, end = stretch.span()
        if len(_DIGIT.findall(text, start, end)) < _FEWEST_DIGITS:
            continue
        for run in _RUN.finditer(text, start, min(len(text), end + 4)):
            found += _Run(text, run.start(), run.end(), context, label).leaks()
        found += find_residues(text, start, min(len(text), end + 4))
    return tuple(found)


class _Run:
    """A run of digits in its surroundings."""

    def __init__(self, text: str, start: int, end: int, context: PrivacyContext, label: str) -> None:
        self._text = text
        self._context = context
        self._label = label
        self._chunks = [
            _Chunk(half_width(match.group()), match.start(), match.end())
            for match in _CHUNK.finditer(text, start, end)
        ]

    def leaks(self) -> Iterator[Leak]:
        """What the run holds, left to right, nothing twice."""
        phones = self._phone_parts()
        index = 0
        while index < len(self._chunks):
            kind, used, start, end = self._at(index, phones)
            if kind:
                yield leak(kind, self._text, start, end)
            index += used

    def _at(self, index: int, phones: dict[int, int]) -> tuple[str, int, int, int]:
        """Kind found from a chunk on (`""`: none), chunks it takes, its place."""
        options = list(self._joined(index))
        if options:
            kind, used = options[0] if options[0][0] != BANK_CARD else self._best_card(index, options)
            return kind, used, self._chunks[index].start, self._chunks[index + used - 1].end
        chunk = self._chunks[index]
        if index in phones:
            last = self._chunks[index + phones[index] - 1]
            kind = MOBILE if self._is_leaking_mobile(chunk.start, last.end) else ""
            return kind, phones[index], chunk.start, last.end
        part = self._inside(chunk)
        if part:
            return part[0], 1, part[1], part[2]
        return "", 1, 0, 0

    def _joined(self, index: int) -> Iterator[tuple[str, int]]:
        """Identity numbers and cards that begin with this chunk and take whole chunks."""
        digits = ""
        for used, chunk in enumerate(self._chunks[index : index + 18], 1):
            digits += chunk.digits
            if len(digits) > 20:
                return
            start = self._chunks[index].start
            if len(digits) == 18 and self._is_id18(digits, start, parted=used > 1):
                yield ID_18, used
            elif (
                len(digits) == 20
                and is_id18(digits[:18])
                and digits[18] in "1234567"
                and digits[19] in "1234"
            ):
                if self._label_group(start) != "serial" or digits[6:10] < _SERIAL_SINCE:
                    yield ID_18, used
            elif (
                len(digits) == 15
                and self._has_parts(index, used, (6, 6, 3))
                and self._is_id15(digits, start, chunk.end)
            ):
                yield ID_15, used
            elif len(digits) in privacy_words().card_lengths and self._is_card(digits, index, used):
                yield BANK_CARD, used

    def _best_card(self, index: int, options: list[tuple[str, int]]) -> tuple[str, int]:
        """Of several lengths the longest with a right check digit; without one the longest."""

        def digits(used: int) -> str:
            return "".join(chunk.digits for chunk in self._chunks[index : index + used])

        cards = [option for option in options if option[0] == BANK_CARD]
        return max(cards, key=lambda option: (passes_luhn(digits(option[1])), option[1]))

    def _has_parts(self, index: int, used: int, lengths: tuple[int, ...]) -> bool:
        """Whether the chunks are one, or parted like this."""
        parts = tuple(len(chunk.digits) for chunk in self._chunks[index : index + used])
        return used == 1 or parts == lengths

    def _inside(self, chunk: _Chunk) -> tuple[str, int, int] | None:
        """An identity number that begins or ends a longer row of digits, as when columns ran together."""
        if len(chunk.digits) <= 18:
            return None
        for offset in (0, len(chunk.digits) - 18):
            part = chunk.digits[offset : offset + 18]
            start = chunk.start + offset
            if is_id18(part) and (part[6:10] < _SERIAL_SINCE or self._label_group(chunk.start) == "id"):
                return ID_18, start, start + 18
        return None

    def _is_id18(self, digits: str, start: int, *, parted: bool) -> bool:
        birth = birth_in_id18(digits)
        if not birth:
            return False
        group = self._label_group(start)
        if not is_id18(digits):
            return group == "id" and not parted
        if group == "id":
            return True
        if is_credit_code(digits) and (group == "serial" or digits[0] == "9"):
            return False
        is_serial = group == "serial" or bool(_LETTER_BEFORE.search(self._text, max(0, start - 2), start))
        return not is_serial or birth < _SERIAL_SINCE

    def _is_id15(self, digits: str, start: int, end: int) -> bool:
        birth = birth_in_id15(digits)
        if not birth:
            return False
        group = self._label_group(start)
        if group == "id":
            return True
        before = self._text[max(0, start - LABEL_REACH) : start]
        if group in _EXCUSED or birth < _OLDEST_ID15 or self._is_amount(start, end):
            return False
        if _LETTER_BEFORE.search(before) or self._goes_on(end) or _is_in_url(self._text, start):
            return False
        return not (is_registration_number(digits) and privacy_words().bodies.search(before))

    def _is_card(self, digits: str, index: int, used: int) -> bool:
        """With a word for it any row with an issuer's prefix, without one only with the right check digit."""
        words = privacy_words()
        start, end = self._chunks[index].start, self._chunks[index + used - 1].end
        if not digits.isdigit() or not digits.startswith(words.card_prefixes):
            return False
        groups = [len(chunk.digits) for chunk in self._chunks[index : index + used]]
        if used > 1 and groups[:-1] not in ([4, 4, 4], [4, 4, 4, 4], [6]) and groups != [4, 4, 4, 4]:
            return False
        if self._goes_on(end):
            return False
        group = self._label_group(start)
        if group in {"account", "bank"}:
            return True
        before = self._text[max(0, start - 2) : start]
        if group in THINGS or _LETTER_BEFORE.search(before) or _is_in_url(self._text, start):
            return self._has_holder(start)
        if 1 < used < len(self._chunks):
            return False  # a stretch of a row of numbers
        if (
            len(digits) == 18 and used == 1
        ):  # region, date and serial, or a credit code: cards of this length are rare
            is_dated = is_region(digits) and birth_in_id18(digits[:14] + "0000") >= _SERIAL_SINCE
            if is_dated or (is_credit_code(digits) and is_region(digits[2:])):
                return False
        return passes_luhn(digits) and not self._is_amount(start, end)

    def _has_holder(self, start: int) -> bool:
        line = self._text[self._text.rfind("\n", 0, start) + 1 : start]
        return bool(privacy_words().holders.search(line))

    def _phone_parts(self) -> dict[int, int]:
        """Chunk index of each mobile → chunks it takes. Parted numbers count only in a run of nothing but phones."""
        whole = {index: 1 for index, chunk in enumerate(self._chunks) if _is_mobile(chunk.digits)}
        parted: dict[int, int] = {}
        index = 0
        while index < len(self._chunks):
            chunk = self._chunks[index].digits
            landline = self._landline_at(index)
            if landline:
                index += landline
                continue
            used = next((count for count in (3, 2) if self._is_parted_mobile(index, count)), 0)
            if used:
                parted[index] = used
            elif not (_is_mobile(chunk) or chunk in {"86", "0086"}):
                return whole
            index += used or 1
        return whole | parted

    def _landline_at(self, index: int) -> int:
        """Chunks that a landline with its area code, and its extension, takes from here on; 0 where there is none."""
        parts = [chunk.digits for chunk in self._chunks[index : index + 3]]
        if len(parts) > 1 and _AREA.fullmatch(parts[0]) and _LOCAL.fullmatch(parts[1]):
            return 3 if len(parts) > 2 and 1 < len(parts[2]) < 6 and parts[2][0] != "0" else 2
        return (
            1
            if parts and ((_LOCAL.fullmatch(parts[0]) and parts[0][0] != "1") or _TRUNK.fullmatch(parts[0]))
            else 0
        )

    def _is_parted_mobile(self, index: int, count: int) -> bool:
        parts = self._chunks[index : index + count]
        lengths = [len(part.digits) for part in parts]
        if len(parts) < count or lengths not in (
            [3, 4, 4],
            [3, 3, 5],
            [3, 8],
            [7, 4],
            [4, 3, 4],
            [5, 6],
            [6, 5],
            [4, 4, 3],
        ):
            return False
        return _is_mobile("".join(part.digits for part in parts))

    def _is_leaking_mobile(self, start: int, end: int) -> bool:
        digits = re.sub(r"\D", "", half_width(self._text[start:end]))[-11:]
        if digits in self._context.phones or self._goes_on(end):
            return False
        before = self._text[max(0, start - LABEL_REACH) : start]
        if _PHONE_LETTERS.search(before):
            return True
        group = self._label_group(start)
        if group in _EXCUSED or _LETTER_BEFORE.search(before) or _is_in_url(self._text, start):
            return False
        return not self._is_amount(start, end) or group == "phone"

    def _goes_on(self, end: int) -> bool:
        """Whether a letter follows at once: then the digits are part of a code."""
        after = self._text[end : end + 1]
        return after.isascii() and after.isalpha()

    def _is_amount(self, start: int, end: int) -> bool:
        """Whether a sign of money or a decimal point stands before, or a unit, a fraction or 号 of an ordinal behind."""
        words = privacy_words()
        before, after = self._text[max(0, start - 2) : start], self._text[end : end + 6]
        if before.rstrip().endswith((*words.currency, ".", "．", ",")) and before[-1:] != " ":
            return True
        if before and before[-1] in words.ordinal_before:
            return True
        if len(after) > 1 and after[0] in ".．," and after[1].isdigit():
            return True
        return bool(words.units.match(after))

    def _label_group(self, start: int) -> str:
        return group_before(self._text, start, self._label)


def _is_mobile(digits: str) -> bool:
    """Whether digits are a mobile (移动电话), with or without the country's or the old trunk prefix."""
    if len(digits) == 11:
        return bool(_MOBILE.fullmatch(digits))
    if len(digits) in {12, 13, 15} and digits[:-11] in {"0", "86", "0086"}:
        return bool(_MOBILE.fullmatch(digits[-11:]))
    return False


def _is_in_url(text: str, start: int) -> bool:
    head = text[max(0, start - 200) : start]
    token = re.split(r"[\s|，。；（）()<>\[\]]", head)[-1]
    return "://" in token or "www." in token


@cache
def _stretch() -> re.Pattern[str]:
    """Eleven or more signs of which numbers and their masks are made. Cheap, because nothing is nested."""
    signs = re.escape(privacy_words().mask_signs)
    return re.compile(rf"[0-9０-９][0-9０-９{_JOINTS}{signs}\\]{{10,}}")
