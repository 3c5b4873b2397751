"""What bytes are, by their first kilobytes and never by their name."""

from __future__ import annotations

import codecs
import re
from typing import Final

HEAD_BYTES: Final = 8192

_MAGIC: Final[tuple[tuple[bytes, str], ...]] = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"{\\rtf", "rtf"),
    (b"\x7fELF", "executable"),
    (b"\xfe\xed\xfa\xce", "executable"),
    (b"\xfe\xed\xfa\xcf", "executable"),
    (b"\xce\xfa\xed\xfe", "executable"),
    (b"\xcf\xfa\xed\xfe", "executable"),
    (b"\xca\xfe\xba\xbe", "executable"),
    (b"\x00asm", "executable"),
    (b"dex\n", "executable"),
    (b"L\x00\x00\x00\x01\x14\x02\x00", "executable"),
    (b"ITSF", "executable"),
    (b"#!", "executable"),
    (b"\x1f\x8b", "gzip"),
    (b"Rar!\x1a\x07", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"MSCF", "cab"),
    (b"ID3", "audio"),
    (b"\xd7\xcd\xc6\x9a", "wmf"),
)
_CONTROL: Final = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_HTML: Final = re.compile(
    r"<(!doctype\s+html|html|head|body|script|iframe|meta|table|object|embed)[\s>/]", re.IGNORECASE
)
_SCRIPT_LINE: Final = re.compile(r"@?echo\s+off\b|<\?php|<%@", re.IGNORECASE)
TEXT_ENCODINGS: Final = ("utf-8-sig", "gb18030")


def content_of(data: bytes) -> str:
    """Kind of content: a file type, `zip` or `ole` for containers, `executable`, or `unknown`."""
    if not data:
        return "empty"
    head = data[:HEAD_BYTES]
    for mark, kind in _MAGIC:
        if head.startswith(mark):
            return kind
    if head.startswith(b"MZ") and b"\x00" in head[:64]:
        return "executable"
    # PDF readers, and therefore mischief, accept rubbish before the header.
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"BM") and len(head) > 26 and int.from_bytes(head[2:6], "little") <= len(data) + 4:
        return "bmp" if b"\x00" in head[6:18] else _content_of_text(head)
    return _content_of_boxes(head) or _content_of_text(head)


def _content_of_boxes(head: bytes) -> str:
    if head[:4] == b"RIFF":
        return {b"WEBP": "webp", b"WAVE": "audio", b"AVI ": "video"}.get(head[8:12], "unknown")
    if head[4:8] == b"ftyp":
        return "heic" if head[8:12] in {b"heic", b"heix", b"mif1", b"msf1", b"avif"} else "video"
    if head[:2] in {b"\xff\xfb", b"\xff\xf3"}:
        return "audio"
    return ""


def _content_of_text(head: bytes) -> str:
    text = _decode_head(head)
    if text is None or _CONTROL.search(text):
        return "unknown"
    start = text.lstrip("\ufeff \t\r\n")
    if start.startswith("MIME-Version:") or _SCRIPT_LINE.match(start):
        return "executable"
    if start.startswith("<"):
        if re.search(r"<(\w+:)?svg[\s>]", start[:4096]):
            return "svg"
        if _HTML.search(start[:4096]):
            return "html"
        if start.startswith("<?xml"):
            return "xml"
    return "text"


def _decode_head(head: bytes) -> str | None:
    for encoding in ("utf-16",) if head[:2] in {b"\xff\xfe", b"\xfe\xff"} else TEXT_ENCODINGS:
        try:
            return codecs.getincrementaldecoder(encoding)().decode(head, False)
        except UnicodeError:
            continue
    return None
