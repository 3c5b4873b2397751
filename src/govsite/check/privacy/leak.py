"""What a detector finds, what it may know, and the form in which a finding may be shown."""

from __future__ import annotations

import re
from typing import Final

from govsite.check.privacy.words import privacy_words
from govsite.frozen import dataclass
from govsite.hanzi.id_numbers import half_width

ID_18: Final = "id_18"
ID_15: Final = "id_15"
MOBILE: Final = "mobile"
BANK_CARD: Final = "bank_card"
ADDRESS: Final = "address"
SENSITIVE_COLUMN: Final = "sensitive_column"
SENSITIVE_NAME: Final = "name_in_sensitive_list"
MINOR: Final = "minor"
RESIDUE: Final = "mask_leaves_too_much"

_DIGIT: Final = re.compile(r"[\dXxＸｘ]")
_HIDDEN: Final = "***"


@dataclass(frozen=True, slots=True)
class PrivacyContext:
    """What a detector may know. phones: digits of declared office phones, which are no leak;
    subject: words that say what the lists here are about (title, headings, file name); as_of: ISO day or `""`.
    """

    phones: frozenset[str] = frozenset()
    subject: str = ""
    as_of: str = ""


@dataclass(frozen=True, slots=True)
class Leak:
    """Personal data in a text. start, end: code points of the text that was searched; masked: what may be shown."""

    kind: str
    start: int
    end: int
    masked: str


def leak(kind: str, text: str, start: int, end: int) -> Leak:
    """The leak that stands at `start` to `end` of `text`."""
    return Leak(kind, start, end, mask_value(kind, text[start:end]))


def mask_value(kind: str, value: str) -> str:
    """`value` as it may be published or printed: its length is kept where that helps to find it, not its meaning.

    Numbers keep four signs at both ends (mobiles three and four), names their first, addresses what leads to the village.
    """
    if kind in {ID_18, ID_15, BANK_CARD, MOBILE, RESIDUE}:
        return _mask_digits(value, 3 if kind == MOBILE else 4, 4)
    if kind == SENSITIVE_NAME:
        name = value.strip()
        return name[:1] + "*" * max(1, len(name) - 1)
    if kind == ADDRESS:
        return _cut_address(value)
    return _HIDDEN


def _mask_digits(value: str, head: int, tail: int) -> str:
    digits = [half_width(match.group()) for match in _DIGIT.finditer(value)]
    signs = set(privacy_words().mask_signs)
    hidden = (
        len([sign for sign in value if sign in signs and not _DIGIT.match(sign)]) + len(digits) - head - tail
    )
    if hidden < 1:
        return "*" * max(len(digits), 3)
    return "".join(digits[:head]) + "*" * hidden + "".join(digits[-tail:])


def _cut_address(value: str) -> str:
    words = privacy_words().address
    said = words.says.match(value)
    head = said.end() if said else 0
    for word in words.cut:
        place = value.rfind(word, head)
        if place >= head:
            kept = value[: place + len(word)]
            if not words.fine.search(kept, head):
                return kept
    return value[:head] + _HIDDEN
