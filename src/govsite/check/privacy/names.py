"""What looks like the name of a person (姓名) in a cell that should hold one."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from govsite.check.privacy.headers import is_header
from govsite.check.privacy.words import privacy_words

_FULL: Final = re.compile(r"[\u3400-\u9fff]{2,4}|[\u3400-\u9fff]{1,8}[·•．][\u3400-\u9fff]{1,10}")
_BLANK: Final = re.compile(r"[\s　]+")
_NOTE: Final = re.compile(r"[（(][^）)]*[）)]$")


@cache
def _masked() -> re.Pattern[str]:
    signs = re.escape(privacy_words().mask_signs)
    return re.compile(rf"[\u3400-\u9fff]{{0,2}}[{signs}]+[\u3400-\u9fff]{{0,2}}")


def _name_of(text: str) -> str:
    return _NOTE.sub("", _BLANK.sub("", text))


def is_full_name(text: str) -> bool:
    """Whether a cell of a name column holds a whole name. Blanks inside (`张　三`) and a note in brackets count nothing."""
    name = _name_of(text)
    if not _FULL.fullmatch(name) or name in privacy_words().no_names or is_header(name):
        return False
    return not _masked().fullmatch(name)


def is_likely_name(text: str) -> bool:
    """Whether a cell holds what must be a name: masked (`张*`, `李某某`), or whole with a common surname.

    Makes a column one of names; in such a column less will do.
    """
    name = _name_of(text)
    if _masked().fullmatch(name):
        return True
    return is_full_name(text) and ("·" in name or name[0] in privacy_words().surnames)
