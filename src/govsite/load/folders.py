"""Files under `content/` as the file system has them, folder by folder: all that reading begins with."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from govsite.files.listing import Listing, Row
from govsite.files.stamps import are_settled, stamp_of

CONTENT = "content"
Fault = Callable[[str, str], None]


class ContentFolder(NamedTuple):
    """Files of one folder by name. prefix: its path under `content/` (`""`, `a/b/`); has_links: whether any is a link."""

    prefix: str
    rows: list[Row]
    has_links: bool

    def mark(self, seen: int) -> str:
        """What tells that all files are what they were, `""` where nothing can. seen: the clock before the first was looked at."""
        if self.has_links or not are_settled((row[2] for row in self.rows), seen):
            return ""
        return Listing.of(self.rows).digest


class ContentLook(NamedTuple):
    """What was seen of `content/`. seen: the clock in nanoseconds before; unreadable: folders with reasons; astray: links that leave it."""

    seen: int
    folders: list[ContentFolder]
    unreadable: list[tuple[str, str]]
    astray: list[str]


def look_at_content(site: Path) -> ContentLook:
    """Every folder under `content/` that holds files, and what could not be looked at."""
    look = ContentLook(time.time_ns(), [], [], [])
    unreadable = look.unreadable.append
    look.folders.extend(_content_folders(site, lambda *fault: unreadable(fault), look.astray.append))
    return look


def _content_folders(site: Path, unreadable: Fault, astray: Callable[[str], None]) -> Iterator[ContentFolder]:
    """Every folder that holds files. Hidden files and Office's lock files are passed over, folders behind links too.

    unreadable: told the path and the reason of a folder that cannot be read; astray: the path of a link that leaves `content/`.
    """
    root = site / CONTENT
    real_root = os.path.realpath(root)
    pending = [("", os.fspath(root))]
    while pending:
        prefix, folder = pending.pop()
        rows: list[Row] = []
        has_links = False
        try:
            entries = list(os.scandir(folder))
        except OSError as error:
            unreadable(prefix, error.strerror or "")
            continue
        for entry in entries:
            if entry.name.startswith((".", "~$")):
                continue
            is_link = entry.is_symlink()
            has_links |= is_link
            if is_link and not _inside(entry.path, real_root):
                astray(f"{prefix}{entry.name}")
            elif entry.is_dir():
                if not is_link:
                    pending.append((f"{prefix}{entry.name}/", entry.path))
            elif entry.is_file():
                rows.append((entry.name, *stamp_of(entry.stat())))
        if rows or has_links:
            rows.sort()
            yield ContentFolder(prefix, rows, has_links)


def _inside(path: str, real_root: str) -> bool:
    return os.path.realpath(path).startswith(real_root + os.sep)
