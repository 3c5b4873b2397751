"""Parts (分片): small script files that the browser loads when it needs them, and how lists are written in them.

A part is one call, `govsiteSearch(2,"g/5173-4e8e",…)`: format version, name, payload as JSON. The same bytes work over
https, from `file://` and under `script-src 'self'`.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "ALPHABET",
    "FORMAT_VERSION",
    "HEAD",
    "STOPPERS",
    "dump_json",
    "encode_numbers",
    "fixed_width",
    "make_part",
    "name_gram",
    "name_piece",
    "name_text_part",
    "read_part",
    "read_symbols",
    "write_symbols",
    "write_text_part",
]

FORMAT_VERSION: Final = 2
"""Stated by every part. Raised with any change a reader must know of; the script says so when it meets another."""

HEAD: Final = "<"
ALPHABET: Final = "".join(chr(code) for code in range(0x20, 0x7F) if chr(code) not in '"\\<')
"""The 92 characters that numbers are written with: printable ASCII that JSON, scripts and `HEAD` leave alone."""

STOPPERS: Final = 60
"""Of these, the first so many end a number, the others continue it: an (s,c)-dense code."""

_CONTINUERS: Final = len(ALPHABET) - STOPPERS
_ASCII_SHIFT: Final = 0x300 - 0x30
"""In a gram, ASCII digits and letters are shifted to combining marks (two bytes, never in folded text), so that a gram
and the list behind it need no mark between them."""

_write_json: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_ASCII: Final = re.compile("[0-z]+")
_SHIFTED: Final = re.compile("[\u0300-\u034f]+")
_SYMBOLS: Final = {code: code + _ASCII_SHIFT for code in range(0x30, 0x7B)}


def make_part(name: str, payload: object) -> tuple[str, bytes]:
    """Return (path under `search/`, content) of a part. `payload` is JSON data, or bytes that already are JSON."""
    body = payload if isinstance(payload, bytes) else dump_json(payload)
    return f"{name}.js", b'govsiteSearch(%d,"%s",%s);\n' % (FORMAT_VERSION, name.encode(), body)


def dump_json(value: object) -> bytes:
    """Write JSON without spaces, UTF-8; lone surrogates become `?`."""
    return _write_json(value).encode("utf-8", "replace")


def read_part(content: bytes) -> tuple[int, str, object]:
    """Return (format version, name, payload) of a part; raises ValueError for what is no part."""
    text = content.decode()
    if not text.startswith("govsiteSearch(") or not text.endswith(");\n"):
        raise ValueError("not a part of a search index")
    version, name, payload = json.loads(f"[{text[14:-3]}]")
    return version, name, payload


def write_symbols(text: str) -> str:
    """Write the characters of a gram so that none is printable ASCII."""
    return _ASCII.sub(lambda found: found[0].translate(_SYMBOLS), text)


def read_symbols(written: str) -> str:
    """Undo `write_symbols`."""
    return _SHIFTED.sub(_unshift, written)


def _unshift(found: re.Match[str]) -> str:
    return "".join(chr(ord(char) - _ASCII_SHIFT) for char in found[0])


def name_gram(gram: str) -> str:
    """Return the part name made of a gram: `关于` → `5173-4e8e`."""
    return "-".join(f"{ord(char):x}" for char in gram)


def name_text_part(slot: int) -> str:
    """Return the name of the part with the text of a slot; two slots share a part, 256 parts a folder."""
    number = slot // 2
    return f"t/{number // 256}/{number % 256}"


def name_piece(slot: int, number: int) -> str:
    """Return the name of the part with a piece of the long text of a slot."""
    return f"x/{slot}-{number}"


def write_text_part(held: list[tuple[int, bytes]]) -> tuple[str, bytes]:
    """Return (path, content) of the part with the entries of one or two neighbouring slots, ascending."""
    entries = b",".join(b"%d,%s" % (slot, entry) for slot, entry in held)
    return make_part(name_text_part(held[0][0]), b"[%s]" % entries)


def encode_numbers(numbers: Iterable[int]) -> str:
    """Write non-negative numbers in the dense code, as `postings` does for long arrays."""
    out: list[str] = []
    for number in numbers:
        rest, digit = divmod(number, STOPPERS)
        digits = [ALPHABET[digit]]
        while rest:
            rest, digit = divmod(rest - 1, _CONTINUERS)
            digits.append(ALPHABET[STOPPERS + digit])
        out += reversed(digits)
    return "".join(out)


def fixed_width(numbers: Iterable[int], width: int) -> str:
    """Write numbers with `width` digits of base 92 each, heaviest first."""
    base = len(ALPHABET)
    return "".join(
        "".join(ALPHABET[number // base**place % base] for place in reversed(range(width)))
        for number in numbers
    )
