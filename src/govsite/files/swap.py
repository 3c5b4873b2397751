"""Put a finished folder, or file, in the place of another, so that at no moment there is neither."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_RENAME_EXCHANGE = 2
_AT_FDCWD = -100


def exchange(first: Path, second: Path) -> bool:
    """Exchange two folders in one step (Linux 3.15, `renameat2`). False where the system cannot."""
    if not sys.platform.startswith("linux"):
        return False
    import ctypes

    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    result = rename(
        _AT_FDCWD,
        ctypes.c_char_p(os.fsencode(first)),
        _AT_FDCWD,
        ctypes.c_char_p(os.fsencode(second)),
        _RENAME_EXCHANGE,
    )
    return bool(result == 0)


def replace_folder(new: Path, current: Path, previous: Path) -> None:
    """Make `new` the current folder and keep what was current as `previous`. Raises OSError.

    Where the system can exchange folders this is one step; elsewhere two renames, and `recover` mends a kill
    between them.
    """
    if not current.exists():
        new.rename(current)
        return
    old_previous = previous.with_name(previous.name + ".old")
    remove_folder(old_previous)
    if exchange(new, current):
        if previous.exists():
            previous.rename(old_previous)
        new.rename(previous)
    else:
        if previous.exists():
            previous.rename(old_previous)
        current.rename(previous)
        new.rename(current)
    remove_folder(old_previous)


def recover(current: Path, previous: Path) -> None:
    """After a kill between two renames: give the last good folder its name back."""
    if not current.exists() and previous.exists():
        previous.rename(current)


def replace_content(file: Path, content: bytes) -> None:
    """Replace a file in one step, unless it is the same; other processes may be doing so too. Raises OSError."""
    if file.is_file() and file.read_bytes() == content:
        return
    new = file.with_name(f"{file.name}.{os.getpid()}")
    new.write_bytes(content)
    new.replace(file)


def remove_folder(folder: Path) -> None:
    """Delete a folder and all in it; nothing happens where there is none."""
    if folder.is_symlink() or folder.is_file():
        folder.unlink()
    elif folder.exists():
        import shutil

        shutil.rmtree(folder, ignore_errors=True)
