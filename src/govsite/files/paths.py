"""Safe paths: nothing a document names may lead out of its folder, and every name must live on Windows too."""

from __future__ import annotations

import posixpath
import re
import unicodedata

_RESERVED = frozenset(
    {"con", "prn", "aux", "nul", *(f"com{n}" for n in range(1, 10)), *(f"lpt{n}" for n in range(1, 10))}
)
_FORBIDDEN = re.compile(r'[<>:"|?*\\\x00-\x1f\x7f]')
_PLAIN = re.compile(r"[a-z0-9_-]{1,100}\.[a-z0-9]{1,20}")
_DRIVE = re.compile(r"^[A-Za-z]:")


def is_absolute(path: str) -> bool:
    """Whether `path` names a root, a drive or a share rather than a place below its document."""
    return path.startswith(("/", "\\")) or bool(_DRIVE.match(path))


def resolve_inside(path: str, folder: str) -> str | None:
    """`path` as seen from `folder`, both `/`-separated and relative to one root; None where it leaves the root."""
    if is_absolute(path):
        return None
    joined = posixpath.normpath(posixpath.join(folder, path.replace("\\", "/")))
    return None if joined == ".." or joined.startswith("../") else joined


def is_portable_name(name: str) -> bool:
    """Whether one path segment can exist on Windows, Linux and a FAT stick alike."""
    if name.isascii() and _PLAIN.fullmatch(name):
        return name.partition(".")[0] not in _RESERVED
    stem = name.split(".", 1)[0].strip().lower()
    return bool(name) and not (
        _FORBIDDEN.search(name) or name[-1] in ". " or name[0] == " " or stem in _RESERVED or len(name) > 200
    )


def path_key(path: str) -> str:
    """Key under which two paths collide on a file system that ignores case or normalises Unicode."""
    return unicodedata.normalize("NFC", path).casefold()
