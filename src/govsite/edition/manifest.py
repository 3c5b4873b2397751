"""The manifest (清单) of an edition: every file with its size and SHA-256, and what the edition says of itself.

The bytes are canonical: one manifest has one text, so that a signature over them holds for a manifest that a small
edition (增量包) has put together again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from govsite.edition.names import is_safe_path
from govsite.files.digest import sha256_of
from govsite.files.paths import path_key

FORMAT = 1
READER = 1
"""Version of this reader; an edition names the least version that can show it."""
SITE = "site/"
INDEX = "index/"
_HEX = frozenset("0123456789abcdef")


class ManifestError(ValueError):
    """Bytes that are no manifest. path: the file whose entry is at fault, `""` for the whole."""

    def __init__(self, path: str = "") -> None:
        super().__init__(path)
        self.path = path


class Entry(NamedTuple):
    """A file of an edition. path: below `site/` or `index/`; size: bytes; sha256: hex."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What an edition holds.

    edition: number, 1 and up; data_date: newest publication, ISO day; not_after: last ISO day on which it may be
    installed, `""` for no limit; reader: least version of the reader; site, address: name and public address of the
    site; index_digest: vouches for the Whoosh index, `""` where there is none; generator: who made it; home: the page a
    terminal begins with, below `site/`.
    """

    edition: int
    site: str
    address: str
    data_date: str
    entries: tuple[Entry, ...]
    not_after: str = ""
    index_digest: str = ""
    generator: str = ""
    home: str = "index.html"
    reader: int = 1

    @cached_property
    def by_path(self) -> Mapping[str, Entry]:
        """Entries by path."""
        return {entry.path: entry for entry in self.entries}

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the manifest's bytes, hex: the one name of this very edition."""
        return sha256_of(self.to_bytes())

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(entry.size for entry in self.entries)

    def head(self) -> dict[str, object]:
        """Everything but the entries."""
        return {
            "version": FORMAT,
            "reader": self.reader,
            "edition": self.edition,
            "site": self.site,
            "address": self.address,
            "data_date": self.data_date,
            "not_after": self.not_after,
            "index_digest": self.index_digest,
            "generator": self.generator,
            "home": self.home,
            "files": len(self.entries),
        }

    def to_bytes(self) -> bytes:
        """The canonical text: the head, then an entry a line, by path."""
        head = json.dumps(self.head(), ensure_ascii=False, sort_keys=True)
        lines = ",\n".join(
            json.dumps(list(entry), ensure_ascii=False, separators=(",", ":"))
            for entry in sorted(self.entries)
        )
        return f'{head[:-1]}, "entries": [\n{lines}\n]}}\n'.encode()


def read_manifest(data: bytes) -> Manifest:
    """The manifest that `data` is. Raises `ManifestError` for anything but canonical bytes with safe, distinct paths."""
    try:
        record = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise ManifestError from error
    manifest = manifest_of(record, record.get("entries") if isinstance(record, dict) else None)
    if manifest.to_bytes() != data:
        raise ManifestError
    return manifest


def manifest_of(head: object, entries: object) -> Manifest:
    """The manifest of a head and its entries, both as read from JSON. Raises `ManifestError`."""
    if not isinstance(head, dict) or not isinstance(entries, Iterable) or head.get("version") != FORMAT:
        raise ManifestError
    words = {
        name: head.get(name)
        for name in ("site", "address", "data_date", "not_after", "index_digest", "generator", "home")
    }
    numbers = {name: head.get(name) for name in ("edition", "reader")}
    if not all(isinstance(value, str) for value in words.values()) or not all(
        type(value) is int and value > 0 for value in numbers.values()
    ):
        raise ManifestError
    if not is_safe_path(str(words["home"])):
        raise ManifestError(str(words["home"]))
    read = tuple(sorted(_entry(item) for item in entries))
    seen: set[str] = set()
    for entry in read:
        key = path_key(entry.path)
        if key in seen:
            raise ManifestError(entry.path)
        seen.add(key)
    values: dict[str, Any] = {**words, **numbers}
    return Manifest(entries=read, **values)


def _entry(item: object) -> Entry:
    if not isinstance(item, list | tuple) or len(item) != 3:
        raise ManifestError
    path, size, sha256 = item
    if not isinstance(path, str) or type(size) is not int or size < 0 or not isinstance(sha256, str):
        raise ManifestError(str(path))
    if not path.startswith((SITE, INDEX)) or not is_safe_path(path):
        raise ManifestError(path)
    if len(sha256) != 64 or not _HEX.issuperset(sha256):
        raise ManifestError(path)
    return Entry(path, size, sha256)
