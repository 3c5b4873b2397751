"""A folder that govsite wrote, remembered file by file: which files are still what was written, without reading them."""

from __future__ import annotations

import json
import os
from array import array
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from govsite.files.digest import sha256_of_file
from govsite.files.stamps import NEVER, Stamp, settled, stamp_of

_DIGEST = 32


class Tree(Mapping[str, tuple[Stamp, str]]):
    """Stamp and SHA-256 (hex) of each file by path, relative and `/`-separated."""

    def __init__(self, files: Mapping[str, tuple[Stamp, str]] | None = None) -> None:
        self._files = dict(files or {})

    def __getitem__(self, path: str) -> tuple[Stamp, str]:
        return self._files[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)

    def to_bytes(self) -> bytes:
        """Paths, stamps and digests one after the other: compact, and read without looking at each."""
        stamps = array("q", [number for stamp, _ in self._files.values() for number in stamp])
        digests = b"".join(bytes.fromhex(digest) for _, digest in self._files.values())
        paths = json.dumps(list(self._files), ensure_ascii=False).encode("utf-8", "surrogatepass")
        return b"%d\n" % len(paths) + paths + stamps.tobytes() + digests

    @classmethod
    def from_bytes(cls, data: bytes) -> Tree:
        """What `to_bytes` wrote. Raises ValueError for most of what is something else."""
        head, _, rest = data.partition(b"\n")
        size = int(head)
        paths = json.loads(rest[:size].decode("utf-8", "surrogatepass"))
        middle = size + len(paths) * 3 * 8
        numbers = array("q", rest[size:middle])
        digests = rest[middle:].hex()
        step = 2 * _DIGEST
        stamps = zip(*[iter(numbers)] * 3, strict=True)
        found = (digests[place : place + step] for place in range(0, len(digests), step))
        return cls({
            path: (Stamp(*stamp), digest)
            for path, stamp, digest in zip(paths, stamps, found, strict=True)
        })  # fmt: skip


def walk_files(folder: Path) -> Iterator[tuple[str, Stamp]]:
    """Path and stamp of every file below `folder`, links as what they are. Raises OSError."""
    pending = [("", os.fspath(folder))]
    while pending:
        prefix, current = pending.pop()
        with os.scandir(current) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    pending.append((f"{prefix}{entry.name}/", entry.path))
                else:
                    yield prefix + entry.name, stamp_of(entry.stat(follow_symlinks=False))


def sound_files(folder: Path, tree: Tree) -> tuple[dict[str, str], list[str]]:
    """SHA-256 by path of the files that are as remembered, and the paths of all others that are there.

    A file whose stamp is not trusted or has changed is read. Raises OSError.
    """
    sound: dict[str, str] = {}
    others: list[str] = []
    for path, stamp in walk_files(folder):
        known = tree.get(path)
        if known is None or (known[0] != stamp and not _is_same(folder / path, stamp, known)):
            others.append(path)
        else:
            sound[path] = known[1]
    return sound, others


def is_untouched(folder: Path, tree: Tree) -> bool:
    """Whether `folder` holds exactly the files remembered."""
    try:
        sound, others = sound_files(folder, tree)
    except OSError:
        return False
    return not others and len(sound) == len(tree)


def is_sound(folder: Path, path: str, tree: Tree) -> bool:
    """Whether one file is as remembered."""
    known = tree.get(path)
    if known is None:
        return False
    try:
        stamp = stamp_of(os.lstat(folder / path))
        return known[0] == stamp or _is_same(folder / path, stamp, known)
    except OSError:
        return False


def _is_same(file: Path, stamp: Stamp, known: tuple[Stamp, str]) -> bool:
    if known[0] != NEVER and known[0].size != stamp.size:
        return False
    return not file.is_symlink() and sha256_of_file(file) == known[1]


def remember_tree(
    folder: Path, digests: Mapping[str, str], before: Tree, fresh: Iterable[str], seen: int
) -> Tree:
    """The tree of a finished folder. digests: SHA-256 by path; before: its stamps as far as known; fresh: paths written anew.

    seen: the clock after the last file was written. Raises OSError.
    """
    written = frozenset(fresh)
    files = {}
    for path, digest in digests.items():
        known = None if path in written else before.get(path)
        if known is None or known[1] != digest or known[0] == NEVER:
            stamp = settled(stamp_of(os.lstat(folder / path)), seen)
        else:
            stamp = known[0]
        files[path] = (stamp, digest)
    return Tree(files)
