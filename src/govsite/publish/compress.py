"""Precompressed twins (预压缩) of text files, for servers that send them as they are. The only door to brotli.

They lie beside the files under the same name with `.gz` and `.br`. The same file gives the same twins: no time and no
name stands in them.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from pathlib import Path

from govsite.files.digest import sha256_of
from govsite.publish.edition import Entry
from govsite.publish.store import Upload

SUFFIXES = (".html", ".css", ".js", ".json", ".xml", ".svg", ".csv", ".txt")
_SMALLEST = 512
_INDEX = "index.json"
_VERSION = 1


def compress_edition(
    folder: Path, entries: Mapping[str, Entry], cache: Path
) -> tuple[dict[str, Entry], list[Upload]]:
    """Twins of the files in `folder` that gain by them: their entries, and where they lie. Raises OSError.

    cache: folder that keeps them from one publication to the next.
    """
    known = _read_index(cache)
    kept: dict[str, list[list[str | int]]] = {}
    found: dict[str, Entry] = {}
    uploads: list[Upload] = []
    for path, entry in entries.items():
        if not path.endswith(SUFFIXES) or entry.size < _SMALLEST:
            continue
        key = f"{path}\n{entry.sha256}"
        twins = known.get(key)
        if twins is None or any(not (cache / str(name)).is_file() for name, _, _ in twins):
            twins = _make(folder / path, path, cache)
        kept[key] = twins
        for name, digest, size in twins:
            found[str(name)] = Entry(str(digest), int(size))
            uploads.append(Upload(str(name), cache / str(name)))
    if kept != known:
        cache.mkdir(parents=True, exist_ok=True)
        (cache / _INDEX).write_text(json.dumps({"version": _VERSION, "twins": kept}), encoding="utf-8")
    return found, uploads


def _read_index(cache: Path) -> dict[str, list[list[str | int]]]:
    try:
        raw = json.loads((cache / _INDEX).read_bytes())
        return dict(raw["twins"]) if raw["version"] == _VERSION else {}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _make(source: Path, path: str, cache: Path) -> list[list[str | int]]:
    import brotli

    content = source.read_bytes()
    twins: list[list[str | int]] = []
    for suffix, data in (
        (".gz", gzip.compress(content, 9, mtime=0)),
        (".br", brotli.compress(content, mode=brotli.MODE_TEXT, quality=9)),
    ):
        if len(data) < len(content) * 0.9:
            target = cache / f"{path}{suffix}"
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
            twins.append([f"{path}{suffix}", sha256_of(data), len(data)])
    return twins
