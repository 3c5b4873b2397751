"""Bodies out of the store, lines out of sources: for what looks at few of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache, lru_cache
from pathlib import Path

from govsite.files.bodies import RecordReader, Stored
from govsite.files.digest import sha256_of
from govsite.model.body import Body
from govsite.model.body_text import body_from_bytes
from govsite.source.text import decode_text

_KEPT = 4  # files: who asks for lines goes through a file at a time


@contextmanager
def open_bodies(store: Path, places: Mapping[str, Stored]) -> Iterator[Callable[[str], Body]]:
    """Bodies by document key while the context is open; Windows deletes no store that somebody still reads."""
    reader = RecordReader(store)
    try:
        yield lambda key: body_from_bytes(reader.read(places[key]))
    finally:
        reader.close()


def source_reader(site: Path) -> Callable[[str], tuple[str, ...]]:
    """Lines of sources below `site` by path; nothing for a file that cannot be read."""

    @lru_cache(maxsize=_KEPT)
    def lines(file: str) -> tuple[str, ...]:
        try:
            text = decode_text((site / file).read_bytes())
        except OSError:
            return ()
        return tuple(text.split("\n")) if isinstance(text, str) else ()

    return lines


def file_digester(site: Path) -> Callable[[str], str]:
    """SHA-256 of files by their path under `content/`; `""` for one that cannot be read."""

    @cache
    def digest(path: str) -> str:
        try:
            return sha256_of((site / "content" / path).read_bytes())
        except OSError:
            return ""

    return digest
