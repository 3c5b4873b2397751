"""What lies in a folder, told in a form that is compared at once: the files of ten thousand folders without an object a file."""

from __future__ import annotations

import os
from array import array
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from govsite.files.digest import digest_of
from govsite.files.stamps import WHOLE

Row = tuple[str, int, int, int]
"""Name, and the three parts of a `Stamp`."""


class Listing(NamedTuple):
    """The files of one folder by name. names: joined by NUL; stamps: all sizes, then all times, then all numbers, 64 bits each."""

    names: bytes
    stamps: bytes

    @classmethod
    def of(cls, rows: Sequence[Row]) -> Listing:
        """rows: by name."""
        if not rows:
            return cls(b"", b"")
        names, sizes, times, numbers = zip(*rows, strict=True)
        joined = "\0".join(names).encode("utf-8", "surrogatepass")
        return cls(joined, b"".join(array("q", part).tobytes() for part in (sizes, times, numbers)))

    def rows(self) -> list[Row]:
        """What it was made of. Raises ValueError where it was not."""
        if not self.stamps:
            return []
        numbers = array("q", self.stamps)
        names = self.names.decode("utf-8", "surrogatepass").split("\0")
        count = len(names)
        if len(numbers) != 3 * count:
            raise ValueError("a stamp for every name")
        columns = numbers[:count], numbers[count : 2 * count], numbers[2 * count :]
        return list(zip(names, *columns, strict=True))

    @property
    def digest(self) -> str:
        """Of names and stamps."""
        return digest_of(self.names, self.stamps)


def list_folders(root: Path | str) -> Iterator[tuple[str, list[Row]]]:
    """Files by name of every folder below `root` that holds any, links as what they are, under the folder's path from `root`
    (`""`, `a/b/`). Raises OSError.
    """
    pending = [("", os.fspath(root))]
    while pending:
        prefix, folder = pending.pop()
        rows: list[Row] = []
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    pending.append((f"{prefix}{entry.name}/", entry.path))
                else:
                    status = entry.stat(follow_symlinks=False)
                    rows.append((entry.name, status.st_size, status.st_mtime_ns, status.st_ino & WHOLE))
        if rows:
            rows.sort()
            yield prefix, rows
