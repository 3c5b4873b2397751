"""Marks that Word draws with symbol fonts: what 52 in “Wingdings 2” looks like, so that a ticked box stays ticked."""

from __future__ import annotations

_WINGDINGS = {
    0xFC: "√", 0xFE: "■", 0xFD: "■", 0xA8: "□", 0x6F: "□", 0x6E: "■", 0x71: "□", 0x6C: "●", 0xA1: "○",
    0x78: "■", 0xFB: "×",
}  # fmt: skip
_WINGDINGS2 = {
    0x52: "■",
    0xA3: "□",
    0x50: "√",
    0x54: "■",
    0x2A: "□",
    0x96: "●",
    0x97: "●",
    0xA2: "■",
    0x4F: "×",
}


def symbol(font: str, code: int) -> str:
    """The mark that `font` draws for `code` (Word adds F000 to it); `""` where the font is no symbol font or nothing is known."""
    name = font.strip().lower()
    table = _WINGDINGS2 if name == "wingdings 2" else _WINGDINGS if name == "wingdings" else {}
    return table.get(code & 0xFF, "")


def draw(font: str, text: str) -> str:
    """`text` as it looks in `font`."""
    if not font.lower().startswith("wingdings"):
        return text
    return "".join(symbol(font, ord(char)) or char for char in text)
