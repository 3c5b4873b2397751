"""Text to YAML that reads back as the very same text."""

from __future__ import annotations

import re
from collections.abc import Sequence

_SPECIAL = re.compile(r"^[-?:](?:\s|$)|^[\[\]{},#&*!|>'\"%@`]|: |\s#|:$|^\s|\s$|^(?:---|\.\.\.)|^=$|^<<$")
_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})
_IN_FLOW = re.compile(r"[\[\]{},]|:$")
_ESCAPED = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_LINE = 100


def yaml_scalar(text: str, *, in_flow: bool = False) -> str:
    """`text` as a YAML scalar on one line, in quotes only where it needs them. in_flow: stands inside `[…]`."""
    is_plain = text.isprintable() and text not in _NOTHING and not _SPECIAL.search(text)
    if is_plain and not (in_flow and _IN_FLOW.search(text)):
        return text
    return '"' + "".join(_escape(char) for char in text) + '"'


def yaml_list(texts: Sequence[str], indent: str) -> str:
    """`texts` as the value behind `key:`, with the blank before it: `[a, b]` while that is short, else one a line."""
    flow = "[" + ", ".join(yaml_scalar(text, in_flow=True) for text in texts) + "]"
    if len(flow) <= _LINE and not any(len(text) > 24 for text in texts):
        return " " + flow
    return "".join(f"\n{indent}- {yaml_scalar(text)}" for text in texts)


def _escape(char: str) -> str:
    if char in _ESCAPED:
        return _ESCAPED[char]
    if char.isprintable():
        return char
    code = ord(char)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
