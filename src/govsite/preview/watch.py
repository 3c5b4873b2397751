"""What lies under some paths, so that a change is seen: names, sizes and times, as the file system tells them."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

Stamps = dict[str, tuple[int, int]]
_SKIPPED = frozenset({".git", ".hg", ".svn", "__pycache__", "node_modules"})
_PASSING = (".swp", ".swx", ".tmp", "~")  # what editors leave for a moment


def stamps_of(roots: tuple[Path, ...]) -> Stamps:
    """(size, time in nanoseconds) of every file under `roots`, by path; what is not there is left out."""
    found: Stamps = {}
    for root in roots:
        try:
            status = root.stat()
        except OSError:
            continue
        if stat.S_ISDIR(status.st_mode):
            found.update(_below(os.fspath(root)))
        else:
            found[os.fspath(root)] = (status.st_size, status.st_mtime_ns)
    return found


def _below(folder: str) -> Iterator[tuple[str, tuple[int, int]]]:
    folders = [folder]
    while folders:
        try:
            with os.scandir(folders.pop()) as entries:
                for entry in entries:
                    if entry.is_dir():
                        if entry.name not in _SKIPPED:
                            folders.append(entry.path)
                    elif not entry.name.endswith(_PASSING):
                        status = entry.stat()
                        yield entry.path, (status.st_size, status.st_mtime_ns)
        except OSError:
            continue  # it went away while it was read: the next look tells
