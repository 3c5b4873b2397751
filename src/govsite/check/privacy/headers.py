"""Headers (表头) of tables, and labels of fields."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from govsite.check.privacy.words import privacy_words

_LONGEST_HEADER: Final = 20
_NOTE: Final = re.compile(r"[（(【\[][^）)】\]]*[）)】\]]|[\s　:：*]+")


def plain_header(text: str) -> str:
    """A header without blanks, colons and notes in brackets."""
    return _NOTE.sub("", text)


@lru_cache(maxsize=4096)
def is_header(text: str) -> bool:
    """Whether a cell reads like a header that says something of persons."""
    plain = plain_header(text)
    if not plain or len(plain) > _LONGEST_HEADER or any(sign.isdigit() for sign in plain):
        return False
    words = privacy_words()
    return plain in words.person_headers or any(
        pattern.search(plain)
        for pattern in (
            *words.labels.values(),
            words.sensitive_headers,
            words.age_headers,
            words.birth_headers,
        )
    )
