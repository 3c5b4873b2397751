"""A store for bodies while a build runs: a few large files, one record a document, read by position.

Bodies are too many to hold; they are written once by whoever parsed them and read once by whoever renders them.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO, NamedTuple


class Stored(NamedTuple):
    """Where a record lies: file name in the store's folder, offset and length in bytes."""

    file: str
    offset: int
    length: int


def store_records(folder: Path, name: str, records: Iterable[bytes]) -> list[Stored]:
    """Write `records` one after the other into the new file `name`; their places in the same order."""
    places = []
    offset = 0
    with (folder / name).open("xb") as file:
        for record in records:
            file.write(record)
            places.append(Stored(name, offset, len(record)))
            offset += len(record)
    return places


class RecordReader:
    """Reads records from a store; keeps its files open until `close`, after which it may be used again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: dict[str, BinaryIO] = {}

    def read(self, place: Stored) -> bytes:
        """The record at `place`."""
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
