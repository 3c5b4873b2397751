"""Masks that hide too little."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from govsite.check.privacy.leak import RESIDUE, Leak, leak
from govsite.check.privacy.words import privacy_words
from govsite.hanzi.id_numbers import birth_in_id18, half_width


@cache
def _pattern() -> re.Pattern[str]:
    signs = re.escape(privacy_words().mask_signs)
    return re.compile(rf"(?<![\dA-Za-z*])\d{{3}}(?:\\?[\d{signs}]){{12,16}}(?![\d{signs}])")


def find_residues(text: str, first: int, end: int) -> Iterator[Leak]:
    """Masked identity numbers and cards of which more digits are left than a mask may leave."""
    words = privacy_words()
    for match in _pattern().finditer(text, first, end):
        value = match.group().replace("\\", "")
        body = value[:-1] if value[-1] in "xX" else value
        digits = sum(sign.isdigit() for sign in value)
        hidden = sum(not sign.isdigit() for sign in body)
        too_many = hidden and digits > words.mask_leaves_at_most
        if 15 <= len(value) <= 19 and too_many and not birth_in_id18(half_width(value)):
            yield leak(RESIDUE, text, match.start(), match.end())
