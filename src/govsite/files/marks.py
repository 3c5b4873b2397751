"""Marks (记号): what tells, without reading, that a file or a folder is what it was. Nothing is concluded from one that differs."""

from __future__ import annotations

import os
from pathlib import Path

from govsite.files.digest import digest_of
from govsite.files.stamps import stamp_of, trusted_from

ABSENT = "-"
IGNORED = frozenset({"__pycache__"})


def file_mark(path: Path | str, seen: int) -> str:
    """The mark of a file, of what a link leads to; `ABSENT` where there is none.

    `""`, which is the mark of nothing, where it was touched so shortly before `seen` or after it (the clock in nanoseconds, before it
    was read) that its stamp tells nothing.
    """
    try:
        mark, since = _file_stamp(path)
    except FileNotFoundError:
        return ABSENT
    except OSError:
        return ""
    return mark if since < seen else ""


def _file_stamp(path: Path | str) -> tuple[str, int]:
    """The stamp of a file in words, and the clock from which on it may be trusted."""
    status = os.stat(path)  # noqa: PTH116 - hundreds of files at every start
    stamp = stamp_of(status)
    return " ".join(map(str, stamp)), max(trusted_from(stamp.changed), trusted_from(status.st_ctime_ns))


def folder_mark(folder: Path | str, seen: int) -> str:
    """The same for all files below a folder but the caches of Python, by name; links to folders are not followed."""
    try:
        mark, since = folder_stamp(folder)
    except OSError:
        return ""
    return mark if since < seen else ""


def folder_stamp(folder: Path | str) -> tuple[str, int]:
    """The mark of a folder, and the clock, in nanoseconds, from which on it may be trusted. Raises OSError."""
    parts: list[str] = []
    since, start = 0, len(os.fspath(folder))
    for current, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in IGNORED)
        for name in sorted(files):
            file = os.path.join(current, name)  # noqa: PTH118 - as above
            mark, trusted = _file_stamp(file)
            since = max(since, trusted)
            parts += [file[start:], mark]
    if not parts:
        return ABSENT, 0
    return digest_of(*(part.encode("utf-8", "surrogateescape") for part in parts)), since
