"""Words to Markdown that shows them as they are."""

from __future__ import annotations

import re

_LEADING = re.compile(r"^(\s*)(#{1,6}(?=\s|$)|[-+](?=\s)|=+$|\d{1,9}(?=[.)]\s))")
_SPECIAL = re.compile(r"([\\`*_\[\]<>|~])")


def escape_inline(text: str) -> str:
    """Text that Markdown shows as it is; line ends stay."""
    escaped = _SPECIAL.sub(r"\\\1", text)
    return escaped.replace("\n", "  \n")


def escape_block(text: str) -> str:
    """A paragraph that Markdown takes for no heading, list or quotation."""
    lines = escape_inline(text).split("\n")
    return "\n".join(_LEADING.sub(_guard, line.lstrip(" \t")) for line in lines)


def _guard(match: re.Match[str]) -> str:
    return f"{match[1]}{match[2]}\\" if match[2].isdecimal() else f"{match[1]}\\{match[2]}"
