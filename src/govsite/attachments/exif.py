"""EXIF: who took a picture, with what, and where.

Only the few tags that tell of persons and places are read, by the TIFF 6.0 and EXIF 2.32 layouts.
"""

from __future__ import annotations

import struct
from typing import Final

from govsite.frozen import dataclass

_ASCII_TAGS: Final = {
    0x010D: "DocumentName",
    0x010E: "ImageDescription",
    0x010F: "Make",
    0x0110: "Model",
    0x0131: "Software",
    0x0132: "DateTime",
    0x013B: "Artist",
    0x013C: "HostComputer",
    0x8298: "Copyright",
    0x9003: "DateTimeOriginal",
    0x9286: "UserComment",
    0xA430: "CameraOwnerName",
    0xA431: "BodySerialNumber",
}
_WINDOWS_TAGS: Final = {
    0x9C9B: "XPTitle",
    0x9C9C: "XPComment",
    0x9C9D: "XPAuthor",
    0x9C9E: "XPKeywords",
    0x9C9F: "XPSubject",
}
_POINTERS: Final = {0x8769: "exif", 0x8825: "gps"}
_IPTC, _XMP = 0x83BB, 0x02BC
_SIZES: Final = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8}
_MAX_ENTRIES, _MAX_DIRECTORIES = 1000, 50
_MAX_VALUE, _MAX_TOTAL = 256 * 1024, 1024 * 1024
"""Bytes of one value, and of all texts together."""


@dataclass(frozen=True, slots=True)
class Exif:
    """texts: tag names with their texts in file order; position: latitude and longitude in degrees, or None;
    iptc, xmp: blocks of those kinds that a TIFF holds.
    """

    texts: tuple[tuple[str, str], ...]
    position: tuple[float, float] | None
    has_position: bool
    iptc: bytes = b""
    xmp: bytes = b""


def read_exif(data: bytes) -> Exif:
    """Read a TIFF structure. Damage ends the reading; what stood before it counts."""
    reader = _Tiff(data)
    reader.read()
    return Exif(
        tuple(reader.texts),
        _position(reader.gps, reader.order),
        bool(reader.gps.keys() & {2, 4}),
        reader.iptc,
        reader.xmp,
    )


class _Tiff:
    def __init__(self, data: bytes) -> None:
        self.order = ">" if data[:2] == b"MM" else "<"
        self.texts: list[tuple[str, str]] = []
        self.gps: dict[int, bytes] = {}
        self.iptc = b""
        self.xmp = b""
        self._data = data
        self._seen: set[int] = set()
        self._room = _MAX_TOTAL

    def read(self) -> None:
        """Follow all directories from the first."""
        try:
            self._read_chain(struct.unpack_from(self.order + "I", self._data, 4)[0], "image")
        except struct.error:
            return

    def _read_chain(self, offset: int, kind: str) -> None:
        while offset and offset not in self._seen and len(self._seen) < _MAX_DIRECTORIES:
            self._seen.add(offset)
            (count,) = struct.unpack_from(self.order + "H", self._data, offset)
            for index in range(min(count, _MAX_ENTRIES)):
                self._read_entry(offset + 2 + 12 * index, kind)
            if kind != "image":
                return
            (offset,) = struct.unpack_from(self.order + "I", self._data, offset + 2 + 12 * count)

    def _read_entry(self, offset: int, kind: str) -> None:
        tag, form, count = struct.unpack_from(self.order + "HHI", self._data, offset)
        size = _SIZES.get(form, 0) * count
        if not 0 < size <= min(_MAX_VALUE, self._room):
            return
        start = offset + 8 if size <= 4 else struct.unpack_from(self.order + "I", self._data, offset + 8)[0]
        value = self._data[start : start + size]
        if tag in _ASCII_TAGS or tag in _WINDOWS_TAGS:
            self._room -= size  # many entries may point to the same bytes
        if kind == "gps":
            self.gps.setdefault(tag, value)
        elif tag in _POINTERS and size == 4:
            self._read_chain(struct.unpack(self.order + "I", value)[0], _POINTERS[tag])
        elif tag in _ASCII_TAGS:
            self.texts.append((_ASCII_TAGS[tag], _text_of(tag, value)))
        elif tag in _WINDOWS_TAGS:
            self.texts.append((_WINDOWS_TAGS[tag], value.decode("utf-16-le", "replace").rstrip("\x00")))
        elif tag == _IPTC:
            self.iptc = value
        elif tag == _XMP:
            self.xmp = value


def _text_of(tag: int, value: bytes) -> str:
    if tag == 0x9286:  # UserComment names its encoding in eight bytes
        code, value = value[:8], value[8:]
        if code.startswith(b"UNICODE"):
            return value.decode("utf-16", "replace").strip("\x00 ")
    return decode_loosely(value.strip(b"\x00 "))


def decode_loosely(value: bytes) -> str:
    """Text of a field that names no encoding: Chinese cameras and programs write UTF-8 or GBK."""
    for encoding in ("utf-8", "gb18030"):
        try:
            return value.decode(encoding)
        except UnicodeDecodeError:
            continue
    return value.decode("latin-1")


def _position(gps: dict[int, bytes], order: str) -> tuple[float, float] | None:
    latitude, longitude = _degrees(gps.get(2, b""), order), _degrees(gps.get(4, b""), order)
    if latitude is None or longitude is None:
        return None
    if gps.get(1, b"")[:1] in {b"S", b"s"}:
        latitude = -latitude
    if gps.get(3, b"")[:1] in {b"W", b"w"}:
        longitude = -longitude
    return latitude, longitude


def _degrees(value: bytes, order: str) -> float | None:
    if len(value) < 24:
        return None
    numbers = struct.unpack_from(order + "6I", value)
    total = 0.0
    for index, unit in enumerate((1, 60, 3600)):
        above, below = numbers[2 * index : 2 * index + 2]
        total += above / below / unit if below else 0.0
    return total if total <= 360 else None
