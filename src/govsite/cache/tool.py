"""Which tool this is: what a result depends on beside its input. Another one starts with an empty cache."""

from __future__ import annotations

import os
import sys
from functools import cache
from pathlib import Path

import govsite
from govsite.files.digest import digest_of
from govsite.files.marks import IGNORED, folder_stamp

_INSTALLED = frozenset({"site-packages", "dist-packages"})


def tool_digest() -> str:
    """Digest of govsite, of Python, and of the versions of all packages beside them.

    An installed govsite is known by its version and by what was installed (`RECORD`: two wheels of one version differ in
    it); one that runs from a checkout by its files, since these change without either.
    """
    package = Path(govsite.__file__).parent
    parts = _named(package)
    if package.parent.name not in _INSTALLED:
        parts.append(_content(package))
    return digest_of(*(part.encode("utf-8", "surrogateescape") for part in parts))


def tool_mark(seen: int) -> str:
    """What tells that `tool_digest` is what it was, without reading the files of a checkout; `""` where nothing can.

    seen: the clock, in nanoseconds, before any of them was read.
    """
    mark, changed = _mark()
    return mark if changed < seen else ""


@cache
def _mark() -> tuple[str, int]:
    """The mark of the tool that runs, whose files are looked at once, and the clock at which it may be trusted."""
    package = Path(govsite.__file__).parent
    parts = _named(package)
    changed = 0
    if package.parent.name not in _INSTALLED:
        mark, changed = folder_stamp(package)
        parts.append(mark)
    return digest_of(*(part.encode("utf-8", "surrogateescape") for part in parts)), changed


def _named(package: Path) -> list[str]:
    """Versions of govsite, of Python and of the packages beside them; what was installed, where that is recorded."""
    record = package.parent / f"{package.name}-{govsite.__version__}.dist-info" / "RECORD"
    try:
        installed = digest_of(record.read_bytes())
    except OSError:
        installed = ""
    return [govsite.__version__, ".".join(map(str, sys.version_info[:3])), installed, *_versions()]


def _versions() -> list[str]:
    """Names of `*.dist-info` folders on the path: package and version, without opening any."""
    names: set[str] = set()
    for folder in sys.path:
        try:
            names.update(name for name in os.listdir(folder or ".") if name.endswith(".dist-info"))  # noqa: PTH208
        except OSError:
            continue
    return sorted(names)


def _content(package: Path) -> str:
    parts: list[bytes] = []
    for folder, names, files in os.walk(package):
        names[:] = sorted(name for name in names if name not in IGNORED)
        for name in sorted(files):
            file = os.path.join(folder, name)  # noqa: PTH118 - hundreds of files at every start
            with open(file, "rb") as content:  # noqa: PTH123
                parts += [os.path.relpath(file, package).encode(), content.read()]
    return digest_of(*parts)


def folder_digest(folder: Path | None) -> str:
    """Digest of every file of a folder, `""` without one. Raises OSError."""
    return _content(folder) if folder and folder.is_dir() else ""
