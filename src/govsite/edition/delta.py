"""A small edition (增量包): what changed since another edition, and how to put the whole manifest together again."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from govsite.edition.manifest import Entry, Manifest, ManifestError, manifest_of
from govsite.edition.patches import make_patch
from govsite.frozen import dataclass

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Delta:
    """What a small edition says of itself.

    base: number, and base_digest: name of the edition it builds on; head: of the new manifest; removed: paths;
    entries: new and changed files; patches: path → (offset, length) in the member that holds all patches.
    """

    base: int
    base_digest: str
    head: dict[str, Any]
    removed: tuple[str, ...]
    entries: tuple[Entry, ...]
    patches: dict[str, tuple[int, int]]

    def to_bytes(self) -> bytes:
        """As JSON, the same bytes for the same delta."""
        record = {
            "version": FORMAT,
            "base": self.base,
            "base_digest": self.base_digest,
            "head": self.head,
            "removed": self.removed,
            "entries": self.entries,
            "patches": [[path, *place] for path, place in sorted(self.patches.items())],
        }
        return json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode()

    def manifest(self, base: Manifest) -> Manifest:
        """The new manifest whole. Raises `ManifestError`."""
        gone = {*self.removed, *(entry.path for entry in self.entries)}
        kept = [entry for entry in base.entries if entry.path not in gone]
        return manifest_of(self.head, [*kept, *self.entries])


def read_delta(data: bytes) -> Delta:
    """The delta that `data` is. Raises `ManifestError`."""
    try:
        record = json.loads(data)
        if record["version"] != FORMAT or not isinstance(record["head"], dict):
            raise ManifestError
        return Delta(
            int(record["base"]),
            str(record["base_digest"]),
            record["head"],
            tuple(map(str, record["removed"])),
            tuple(Entry(str(path), int(size), str(sha256)) for path, size, sha256 in record["entries"]),
            {str(path): (int(offset), int(length)) for path, offset, length in record["patches"]},
        )
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise ManifestError from error


Reader = Callable[[str], bytes]


def compare(old: Manifest, new: Manifest) -> tuple[tuple[str, ...], tuple[Entry, ...]]:
    """Paths that are gone, and entries that are new or changed and no copy of what the old edition holds."""
    removed = tuple(sorted(old.by_path.keys() - new.by_path.keys()))
    changed = tuple(entry for entry in new.entries if old.by_path.get(entry.path) != entry)
    return removed, changed


def make_patches(
    old: Manifest, changed: tuple[Entry, ...], read_old: Reader, read_new: Reader
) -> Iterator[tuple[str, bytes]]:
    """(path, patch) of each changed file that is worth it."""
    for entry in changed:
        if entry.path in old.by_path:
            patch = make_patch(read_old(entry.path), read_new(entry.path))
            if patch is not None:
                yield entry.path, patch
