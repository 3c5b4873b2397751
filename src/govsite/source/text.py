"""Bytes to text: UTF-8 only, BOM and CRLF accepted, limits on size."""

from __future__ import annotations

from govsite.frozen import dataclass

MAX_FILE_BYTES = 8 * 1024 * 1024
MAX_LINE_CHARACTERS = 200_000


@dataclass(frozen=True, slots=True)
class TextFault:
    """Why bytes are no text we accept.

    reason: `encoding` · `nul` · `size` · `line`. line and column are 1-based (0: the whole file); offset is the
    byte position, or the length that was too much.
    """

    reason: str
    line: int
    column: int
    offset: int


def decode_text(data: bytes) -> str | TextFault:
    r"""Text of a source file with line ends as `\n` and no BOM, or the first fault that keeps it from being text."""
    if len(data) > MAX_FILE_BYTES:
        return TextFault("size", 0, 0, len(data))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        return TextFault("encoding", line, column, error.start)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        start = text.index("\0")
        return TextFault("nul", text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start), start)
    if len(text) > MAX_LINE_CHARACTERS:
        for number, line_text in enumerate(text.split("\n"), 1):
            if len(line_text) > MAX_LINE_CHARACTERS:
                return TextFault("line", number, 1, len(line_text))
    return text
