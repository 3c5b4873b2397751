"""Characters that a PDF gives as radicals (部首), turned back into what was written.

Fonts draw ⽰ (U+2F70) and 示 (U+793A) with one glyph; programs that make a PDF from glyphs often write down the former,
and then neither a search for 示例镇 nor a check for 身份证号 finds anything.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib.resources import files

from govsite.source.yaml import load_data

_RADICALS = re.compile("[\u2e80-\u2fdf\uf900-\ufaff]")


@cache
def _written(char: str) -> str:
    known: dict[str, str] = _table()
    return known.get(char) or unicodedata.normalize("NFKC", char)


@cache
def _table() -> dict[str, str]:
    data = load_data((files(__package__) / "data" / "radicals.yaml").read_text("utf-8"))
    return {str(radical): str(char) for radical, char in data.items()}


def restore_radicals(text: str) -> str:
    """`text` with ordinary characters in place of radicals and compatibility forms."""
    return _RADICALS.sub(lambda match: _written(match[0]), text)
