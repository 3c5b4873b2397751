"""Names inside an edition: they become files on a stranger's disk, so only plain ones pass."""

from __future__ import annotations

from govsite.files.paths import is_absolute, is_portable_name

_DEEPEST = 12
_LONGEST = 400


def is_safe_path(path: str) -> bool:
    """Whether a `/`-separated path stays below its folder and can exist on Windows, Linux and FAT alike.

    Refused: absolute ones, `..`, empty steps, backslashes, drive letters, reserved and over-long names, and what
    cannot be encoded.
    """
    if not path or len(path) > _LONGEST or is_absolute(path) or not _is_encodable(path):
        return False
    steps = path.split("/")
    return len(steps) <= _DEEPEST and all(
        is_portable_name(step) and step not in {".", ".."} for step in steps
    )


def _is_encodable(path: str) -> bool:
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
