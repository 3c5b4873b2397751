"""Packs: a few large files of records, written once by whoever made the records and read by position.

Bodies and texts are too many to hold in memory. Packs that lie in a cache outlive their build, so every record carries a
checksum: a damaged one is an error, never a page.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO, NamedTuple
from zlib import crc32

from govsite.files.damage import DamagedCacheError


class Stored(NamedTuple):
    """Where a record lies: file name in the packs' folder, offset and length in bytes, CRC-32 of its bytes."""

    file: str
    offset: int
    length: int
    check: int


def store_records(folder: Path, name: str, records: Iterable[bytes]) -> list[Stored]:
    """Write `records` one after the other into the new file `name`; their places in the same order."""
    places = []
    offset = 0
    with (folder / name).open("xb") as file:
        for record in records:
            file.write(record)
            places.append(Stored(name, offset, len(record), crc32(record)))
            offset += len(record)
    return places


class RecordReader:
    """Reads records from packs; keeps its files open until `close`, after which it may be used again.

    A forked process opens them anew: an open file has one position, whoever reads.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: dict[str, BinaryIO] = {}
        self._process = os.getpid()

    def read(self, place: Stored) -> bytes:
        """The record at `place`. Raises `DamagedCacheError` where other bytes stand there, or none."""
        if self._process != os.getpid():
            self._process = os.getpid()
            self.close()
        try:
            record = self._bytes(place)
        except OSError as error:
            raise DamagedCacheError(place.file) from error
        if len(record) != place.length or crc32(record) != place.check:
            raise DamagedCacheError(f"{place.file}:{place.offset}")
        return record

    def _bytes(self, place: Stored) -> bytes:
        file = self._files.get(place.file)
        if file is None:
            file = self._files[place.file] = (self._folder / place.file).open("rb")
        file.seek(place.offset, os.SEEK_SET)
        return file.read(place.length)

    def close(self) -> None:
        """Close every file."""
        for file in self._files.values():
            file.close()
        self._files.clear()
