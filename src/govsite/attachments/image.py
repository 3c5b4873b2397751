"""Pictures: their metadata. What they show is not looked at."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from typing import Final

from govsite.attachments.exif import decode_loosely, read_exif
from govsite.attachments.gather import BrokenError, Gatherer
from govsite.attachments.xmlstream import parse_xml

_IPTC_FIELDS: Final = {
    5: "ObjectName", 25: "Keywords", 80: "By-line", 90: "City", 92: "Sub-location", 110: "Credit",
    116: "CopyrightNotice", 118: "Contact", 120: "Caption", 122: "Writer",
}  # fmt: skip
_XMP_NAMES: Final = frozenset(
    {"creator", "CreatorTool", "AuthorsPosition", "Credit", "rights", "description", "title", "City", "Location",
     "Owner", "OwnerName", "Artist", "SerialNumber", "Source", "CaptionWriter"}
)  # fmt: skip
_PNG_TEXT_LIMIT = 1024 * 1024
_XMP_LIMIT = 4 * 1024 * 1024

Block = tuple[str, bytes]


def read_image(data: bytes, kind: str, gatherer: Gatherer) -> None:
    """Add authors, programs and texts from EXIF, IPTC, XMP and PNG as properties; report a place as `location`."""
    if _is_cut(data, kind):
        gatherer.fault("broken", detail="truncated")
    for name, block in _BLOCKS.get(kind, _no_blocks)(data):
        gatherer.check_time()
        if name == "exif":
            _add_exif(block, gatherer)
        elif name == "iptc":
            _add_iptc(block, gatherer)
        elif name == "xmp":
            add_xmp(block, gatherer)
        else:
            gatherer.add(decode_loosely(block), name, "property")


def _is_cut(data: bytes, kind: str) -> bool:
    """Whether the end of the picture is missing."""
    if kind == "jpeg":
        return b"\xff\xd9" not in data
    if kind == "png":
        return b"IEND" not in data
    if kind == "webp":
        return int.from_bytes(data[4:8], "little") + 8 > len(data)
    if kind == "tiff":
        return int.from_bytes(data[4:8], "big" if data[:2] == b"MM" else "little") + 2 > len(data)
    return kind == "gif" and b"\x3b" not in data[-64:]


def _add_exif(block: bytes, gatherer: Gatherer) -> None:
    exif = read_exif(block)
    for name, text in exif.texts:
        gatherer.add(text, f"EXIF {name}", "property")
    if exif.has_position:
        detail = f"{exif.position[0]:.5f},{exif.position[1]:.5f}" if exif.position else ""
        gatherer.fault("location", "EXIF GPS", detail)
    if exif.iptc:
        _add_iptc(exif.iptc, gatherer)
    if exif.xmp:
        add_xmp(exif.xmp, gatherer)


def _add_iptc(block: bytes, gatherer: Gatherer) -> None:
    position = 0
    while position + 5 <= len(block) and block[position] == 0x1C:
        record, field, size = (
            block[position + 1],
            block[position + 2],
            int.from_bytes(block[position + 3 : position + 5], "big"),
        )
        value = block[position + 5 : position + 5 + size]
        if record == 2 and field in _IPTC_FIELDS:
            gatherer.add(decode_loosely(value), f"IPTC {_IPTC_FIELDS[field]}", "property")
        position += 5 + size


def add_xmp(block: bytes, gatherer: Gatherer) -> None:
    """Add who made a file, as XMP tells it, and where."""
    start, end = block.find(b"<"), block.rfind(b">")
    handler = _Xmp(gatherer)
    try:
        parse_xml([block[start : end + 1][:_XMP_LIMIT]], handler)
    except BrokenError as broken:
        gatherer.fault("broken", "XMP", broken.detail)
    if handler.position:
        gatherer.fault("location", "XMP GPS", ",".join(handler.position))


class _Xmp:
    """Values of the named properties, written as elements, lists or attributes."""

    def __init__(self, gatherer: Gatherer) -> None:
        self.position: list[str] = []
        self._gatherer = gatherer
        self._open: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._open.append(name)
        for key, value in attributes.items():
            self._take(key.rpartition(":")[2], value)

    def end(self, name: str) -> None:
        self._open.pop()

    def text(self, data: str) -> None:
        for name in reversed(self._open[-4:]):
            if self._take(name, data):
                return

    def _take(self, name: str, value: str) -> bool:
        if not value.strip():
            return False
        if name in {"GPSLatitude", "GPSLongitude"}:
            self.position.append(value.strip())
        elif name in _XMP_NAMES:
            self._gatherer.add(value.strip(), f"XMP {name}", "property")
        else:
            return False
        return True


def _jpeg_blocks(data: bytes) -> Iterator[Block]:
    position = 2
    while position + 4 <= len(data) and data[position] == 0xFF:
        marker = data[position + 1]
        if marker == 0xFF:
            position += 1
            continue
        if marker in {0xD9, 0xDA}:
            return
        size = int.from_bytes(data[position + 2 : position + 4], "big")
        block = data[position + 4 : position + 2 + size]
        if marker == 0xE1 and block.startswith(b"Exif\x00"):
            yield "exif", block[6:]
        elif marker == 0xE1 and block.startswith(b"http://ns.adobe.com/xap/1.0/\x00"):
            yield "xmp", block[29:]
        elif marker == 0xED and block.startswith(b"Photoshop 3.0\x00"):
            yield from _photoshop_blocks(block[14:])
        elif marker == 0xFE:
            yield "JPEG comment", block.rstrip(b"\x00")
        position += 2 + max(2, size)


def _photoshop_blocks(data: bytes) -> Iterator[Block]:
    position = 0
    while position + 12 <= len(data) and data[position : position + 4] == b"8BIM":
        kind = int.from_bytes(data[position + 4 : position + 6], "big")
        position += 6 + (data[position + 6] + 2) // 2 * 2
        size = int.from_bytes(data[position : position + 4], "big")
        if kind == 0x0404:
            yield "iptc", data[position + 4 : position + 4 + size]
        position += 4 + (size + 1) // 2 * 2


def _png_blocks(data: bytes) -> Iterator[Block]:
    position = 8
    while position + 12 <= len(data):
        size = int.from_bytes(data[position : position + 4], "big")
        kind, block = data[position + 4 : position + 8], data[position + 8 : position + 8 + size]
        if kind == b"eXIf":
            yield "exif", block
        elif kind in {b"tEXt", b"zTXt", b"iTXt"}:
            yield from _png_text(kind, block)
        elif kind == b"IEND":
            return
        position += 12 + size


def _png_text(kind: bytes, block: bytes) -> Iterator[Block]:
    keyword, _zero, rest = block.partition(b"\x00")
    if kind == b"zTXt":
        rest = _inflate(rest[1:])
    elif kind == b"iTXt":
        is_packed, rest = rest[:1] == b"\x01", rest[2:]
        rest = rest.partition(b"\x00")[2].partition(b"\x00")[2]
        rest = _inflate(rest) if is_packed else rest
    is_xmp = keyword == b"XML:com.adobe.xmp"
    yield ("xmp" if is_xmp else f"PNG {keyword[:79].decode('latin-1')}"), rest


def _inflate(data: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(data, _PNG_TEXT_LIMIT)
    except zlib.error:
        return b""


def _webp_blocks(data: bytes) -> Iterator[Block]:
    position = 12
    while position + 8 <= len(data):
        kind, (size,) = data[position : position + 4], struct.unpack_from("<I", data, position + 4)
        block = data[position + 8 : position + 8 + size]
        if kind == b"EXIF":
            yield "exif", block.removeprefix(b"Exif\x00\x00")
        elif kind == b"XMP ":
            yield "xmp", block
        position += 8 + size + size % 2


def _heic_blocks(data: bytes) -> Iterator[Block]:
    """Where EXIF stands in a HEIC file takes a map of items to find; its mark is as good a guide."""
    match = re.search(rb"Exif\x00\x00(?=II\*\x00|MM\x00\*)", data)
    if match:
        yield "exif", data[match.end() :]


def _tiff_blocks(data: bytes) -> Iterator[Block]:
    yield "exif", data


def _no_blocks(data: bytes) -> Iterator[Block]:
    return iter(())


_BLOCKS = {
    "jpeg": _jpeg_blocks,
    "png": _png_blocks,
    "webp": _webp_blocks,
    "tiff": _tiff_blocks,
    "heic": _heic_blocks,
}
