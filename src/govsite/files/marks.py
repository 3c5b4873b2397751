"""Marks (记号): what tells, without reading, that a file or a folder is what it was. Nothing is concluded from one that differs."""

from __future__ import annotations

import os
from pathlib import Path

from govsite.files.digest import digest_of
from govsite.files.stamps import NEVER, settled, stamp_of

ABSENT = "-"
IGNORED = frozenset({"__pycache__"})


def file_mark(path: Path | str, seen: int) -> str:
    """The mark of a file, of what a link leads to; `ABSENT` where there is none.

    `""`, which is the mark of nothing, where it was touched so shortly before `seen` or after it (the clock in nanoseconds, before it
    was read) that its stamp tells nothing.
    """
    try:
        status = os.stat(path)  # noqa: PTH116 - hundreds of files at every start
    except FileNotFoundError:
        return ABSENT
    except OSError:
        return ""
    stamp = stamp_of(status)
    if NEVER in {settled(stamp, seen), settled(stamp._replace(changed=status.st_ctime_ns), seen)}:
        return ""
    return " ".join(map(str, stamp))


def folder_mark(folder: Path | str, seen: int) -> str:
    """The same for all files below a folder but the caches of Python, by name; links to folders are not followed."""
    parts: list[str] = []
    for current, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in IGNORED)
        for name in sorted(files):
            file = os.path.join(current, name)  # noqa: PTH118 - as above
            mark = file_mark(file, seen)
            if not mark:
                return ""
            parts += [os.path.relpath(file, folder), mark]
    if not parts:
        return ABSENT
    return digest_of(*(part.encode("utf-8", "surrogateescape") for part in parts))
