"""A folder that govsite wrote, remembered file by file: which files are still what was written, without reading them."""

from __future__ import annotations

import json
import os
import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from govsite.files.digest import sha256_of_file
from govsite.files.listing import Listing, Row, list_folders
from govsite.files.stamps import NEVER, Stamp, settled, stamp_of

_DIGEST = 32
_NEVER = NEVER.size.to_bytes(8, sys.byteorder, signed=True)
Known = tuple[Stamp, str]


class Leaf:
    """The files of one folder. digests: SHA-256 of each, 32 bytes, in the order of the listing."""

    __slots__ = ("_files", "digests", "listing")

    def __init__(self, listing: Listing, digests: bytes) -> None:
        self.listing = listing
        self.digests = digests
        self._files: dict[str, Known] | None = None

    @classmethod
    def of(cls, files: Mapping[str, Known]) -> Leaf:
        """files: stamp and SHA-256 (hex) by name."""
        names = sorted(files)
        rows = [(name, *files[name][0]) for name in names]
        return cls(Listing.of(rows), bytes.fromhex("".join(files[name][1] for name in names)))

    @property
    def files(self) -> dict[str, Known]:
        """Stamp and SHA-256 (hex) of each file by name. Raises ValueError where the leaf is damaged."""
        if self._files is None:
            rows, digests, step = self.listing.rows(), self.digests.hex(), 2 * _DIGEST
            found = (digests[place : place + step] for place in range(0, len(digests), step))
            self._files = {row[0]: (Stamp(*row[1:]), digest) for row, digest in zip(rows, found, strict=True)}
        return self._files

    def unlike(self, other: Leaf) -> list[tuple[str, str]]:
        """Name and SHA-256 (hex) of the files that `other` has not, or not with these bytes."""
        if self.listing.names != other.listing.names:
            files = other.files
            return [
                (name, digest)
                for name, (_, digest) in self.files.items()
                if files.get(name, (NEVER, ""))[1] != digest
            ]
        own, others = self.digests, other.digests
        if own == others:
            return []
        starts = range(0, len(own), _DIGEST)
        places = [at for at in starts if own[at : at + _DIGEST] != others[at : at + _DIGEST]]
        names = self.listing.names.decode("utf-8", "surrogatepass").split("\0")
        return [(names[at // _DIGEST], own[at : at + _DIGEST].hex()) for at in places]

    def changed(self, changes: Mapping[str, Known | None]) -> Leaf:
        """The leaf with other files under some names, None for one that is gone. Where no name comes or goes, only their places change."""
        names = self.listing.names.decode("utf-8", "surrogatepass").split("\0")
        places = {name: bisect_left(names, name) for name in changes}
        if None in changes.values() or any(
            at == len(names) or names[at] != name for name, at in places.items()
        ):
            files = {**self.files, **changes}
            return Leaf.of({name: known for name, known in files.items() if known is not None})
        stamps, digests, count = array("q", self.listing.stamps), bytearray(self.digests), len(names)
        for name, known in changes.items():
            at = places[name]
            if known is not None:
                for column, number in enumerate(known[0]):
                    stamps[column * count + at] = number
                digests[at * _DIGEST : (at + 1) * _DIGEST] = bytes.fromhex(known[1])
        return Leaf(Listing(self.listing.names, stamps.tobytes()), bytes(digests))


class Tree(Mapping[str, Known]):
    """Stamp and SHA-256 (hex) of each file by path, relative and `/`-separated. leaves: by path of the folder (`""`, `a/b/`)."""

    def __init__(self, leaves: Mapping[str, Leaf] | None = None) -> None:
        self.leaves = {folder: leaf for folder, leaf in (leaves or {}).items() if leaf.listing.stamps}

    @classmethod
    def of(cls, files: Mapping[str, Known]) -> Tree:
        """files: by path."""
        return Tree().changed(files, ())

    def changed(self, came: Mapping[str, Known], gone: Iterable[str]) -> Tree:
        """The same tree with other files; leaves in which nothing changes are the same objects."""
        apart: dict[str, dict[str, Known | None]] = {}
        for path in gone:
            folder, name = _cut(path)
            apart.setdefault(folder, {})[name] = None
        for path, known in came.items():
            folder, name = _cut(path)
            apart.setdefault(folder, {})[name] = known
        leaves = dict(self.leaves)
        for folder, changes in apart.items():
            leaves[folder] = leaves.get(folder, _EMPTY).changed(changes)
        return Tree(leaves)

    def __getitem__(self, path: str) -> Known:
        folder, name = _cut(path)
        return self.leaves[folder].files[name]

    def __contains__(self, path: object) -> bool:
        folder, name = _cut(str(path))
        return folder in self.leaves and name in self.leaves[folder].files

    def __iter__(self) -> Iterator[str]:
        return (folder + name for folder, leaf in self.leaves.items() for name in leaf.files)

    def __len__(self) -> int:
        return sum(leaf.listing.names.count(b"\0") + 1 for leaf in self.leaves.values())

    def __bool__(self) -> bool:
        return bool(self.leaves)

    def to_bytes(self) -> bytes:
        """Leaves one after the other: compact, and read without looking at each file."""
        parts = [(folder, *leaf.listing, leaf.digests) for folder, leaf in self.leaves.items()]
        table = [[folder, *map(len, part)] for folder, *part in parts]
        head = json.dumps(table, ensure_ascii=False).encode("utf-8", "surrogatepass")
        return b"".join([b"%d\n" % len(head), head, *(piece for _, *part in parts for piece in part)])

    @classmethod
    def from_bytes(cls, data: bytes) -> Tree:
        """What `to_bytes` wrote. Raises ValueError or TypeError for most of what is something else."""
        size, _, rest = data.partition(b"\n")
        place = int(size)
        leaves = {}
        for folder, *lengths in json.loads(rest[:place].decode("utf-8", "surrogatepass")):
            pieces = []
            for length in lengths:
                pieces.append(rest[place : place + length])
                place += length
            names, stamps, digests = pieces
            leaves[str(folder)] = Leaf(Listing(names, stamps), digests)
        return cls(leaves)


_EMPTY = Leaf(Listing(b"", b""), b"")


def _cut(path: str) -> tuple[str, str]:
    place = path.rfind("/") + 1
    return path[:place], path[place:]


def sound_files(folder: Path, tree: Tree) -> tuple[Tree, list[str]]:
    """The part of `tree` that is still there as remembered, and the paths of all other files that are there.

    A file whose stamp is not trusted or has changed is read. Raises OSError.
    """
    leaves: dict[str, Leaf] = {}
    others: list[str] = []
    for prefix, rows in list_folders(folder):
        leaf = tree.leaves.get(prefix)
        if leaf is None:
            others += [prefix + row[0] for row in rows]
        elif leaf.listing == Listing.of(rows):
            leaves[prefix] = leaf
        else:
            sound, more = _sound_rows(folder, prefix, rows, leaf.files)
            leaves[prefix] = Leaf.of(sound)
            others += more
    return Tree(leaves), others


def _sound_rows(
    folder: Path, prefix: str, rows: Iterable[Row], files: Mapping[str, Known]
) -> tuple[dict[str, Known], list[str]]:
    sound: dict[str, Known] = {}
    others: list[str] = []
    for name, *numbers in rows:
        stamp, known = Stamp(*numbers), files.get(name)
        if known is None or (known[0] != stamp and not _is_same(folder / (prefix + name), stamp, known)):
            others.append(prefix + name)
        else:
            sound[name] = known
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


def _is_same(file: Path, stamp: Stamp, known: Known) -> bool:
    if known[0] != NEVER and known[0].size != stamp.size:
        return False
    return not file.is_symlink() and sha256_of_file(file) == known[1]


def is_settled(leaf: Leaf) -> bool:
    """Whether every stamp of a leaf is trusted."""
    sizes = leaf.listing.stamps[: len(leaf.listing.stamps) // 3]
    return _NEVER not in sizes or all(stamp != NEVER for stamp, _ in leaf.files.values())


def amended_tree(
    folder: Path, before: Tree, written: Mapping[str, str], gone: Iterable[str], seen: int
) -> Tree:
    """The tree of a finished folder that held `before`. written: SHA-256 of files written anew by path; gone: paths of those taken away.

    seen: the clock after the last file was written. Raises OSError.
    """
    tree = before.changed({}, gone)
    young = {
        prefix + name: digest
        for prefix, leaf in tree.leaves.items()
        if not is_settled(leaf)
        for name, (stamp, digest) in leaf.files.items()
        if stamp == NEVER
    }
    stamps = {
        path: (settled(stamp_of(os.lstat(folder / path)), seen), digest)
        for path, digest in (young | dict(written)).items()
    }
    return tree.changed(stamps, ())


def remember_tree(
    folder: Path, digests: Mapping[str, str], before: Tree, fresh: Iterable[str], seen: int
) -> Tree:
    """The tree of a finished folder. digests: SHA-256 by path; before: what it held when it was begun, as far as known;
    fresh: paths written anew.

    seen: the clock after the last file was written. Raises OSError.
    """
    written = frozenset(fresh)
    came: dict[str, Known] = {}
    for path, digest in digests.items():
        known = None if path in written else before.get(path)
        if known is None or known[1] != digest or known[0] == NEVER:
            came[path] = (settled(stamp_of(os.lstat(folder / path)), seen), digest)
    return before.changed(came, [path for path in before if path not in digests])
