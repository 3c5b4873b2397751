"""The edition that is served: opened only when every byte of it is what its signature covers."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from govsite.edition.face import shown_until
from govsite.edition.folder import Current, TerminalFolder
from govsite.edition.install import choose_key
from govsite.edition.manifest import INDEX, SITE, Manifest
from govsite.edition.refusal import RefusedError
from govsite.edition.verify import Installed
from govsite.index.whoosh import BrokenIndexError, check_index
from govsite.problems.problem import Problem
from govsite.vocab.terms import kind_by_folder

WHOLE = 8 << 20
"""Bytes up to which a file is read and checked again every time it is asked for."""


class ChangedError(Exception):
    """A file is no longer what was verified."""


@dataclass(frozen=True)
class Served:
    """A verified edition. root: its `site/`; until: path → last ISO day; index: folder of its Whoosh index, None where it has
    none; stamps: size and change time of large files when they were verified.
    """

    current: Current
    manifest: Manifest
    root: Path
    until: Mapping[str, str]
    index: Path | None
    stamps: Mapping[str, tuple[int, int]]

    def is_over(self, path: str, today: str) -> bool:
        """Whether a page or file may no longer be shown on this day."""
        return path in self.until and self.until[path] < today

    def read(self, path: str) -> bytes:
        """A file below `site/`, checked again. Raises KeyError where there is none, `ChangedError`."""
        entry = self.manifest.by_path[SITE + path]
        try:
            data = (self.root / path).read_bytes()
        except OSError as error:
            raise ChangedError(path) from error
        if len(data) != entry.size or hashlib.sha256(data).hexdigest() != entry.sha256:
            raise ChangedError(path)
        return data

    def large(self, path: str) -> Path | None:
        """The file to stream where it is too large to check each time. Raises `ChangedError`."""
        if self.manifest.by_path[SITE + path].size <= WHOLE:
            return None
        file = self.root / path
        if _stamp(file) != self.stamps[SITE + path]:
            raise ChangedError(path)
        return file

    def over(self, today: str) -> tuple[str, ...]:
        """Keys of the documents that may no longer be found on this day."""
        return tuple(sorted({_document_key(path) for path in self.until if self.is_over(path, today)}))


def open_served(
    root: Path, given: bytes | None, progress: Callable[[int, int], None] = lambda done, total: None
) -> Served:
    """Verify and open what a terminal's folder shows. Raises `RefusedError`."""
    folder = TerminalFolder(root)
    key = choose_key(given, folder.pinned_key())
    current = folder.current()
    if current is None:
        raise RefusedError(Problem.at("KSK122", None, folder=root.name))
    manifest = folder.manifest(current.folder, key)
    place = root / current.folder
    installed = Installed(manifest, place)
    until: dict[str, str] = {}
    stamps: dict[str, tuple[int, int]] = {}
    problems: list[Problem] = []
    for number, entry in enumerate(sorted(manifest.entries), 1):
        try:
            stamp = _stamp(place / entry.path)
            data = installed.read(entry.path)
        except RefusedError as error:
            problems += error.problems
            continue
        if entry.size > WHOLE:
            stamps[entry.path] = stamp
        if entry.path.endswith(".html") and b"data-until" in data:
            until |= shown_until(entry.path.removeprefix(SITE), data)
        progress(number, len(manifest.entries))
    if problems:
        raise RefusedError(*problems[:20])
    return Served(current, manifest, place / SITE, until, _checked_index(place, manifest), stamps)


def _checked_index(place: Path, manifest: Manifest) -> Path | None:
    """The Whoosh index, its digest taken from the signed manifest. Raises `RefusedError` KSK116."""
    if not manifest.index_digest:
        return None
    try:
        check_index(place / INDEX, manifest.index_digest)
    except (BrokenIndexError, OSError) as error:
        raise RefusedError(Problem.at("KSK116", None, path=INDEX)) from error
    return place / INDEX


def _document_key(path: str) -> str:
    """Key of the document whose page this is."""
    folder, _, rest = path.partition("/")
    kind = kind_by_folder().get(folder)
    return f"{kind.id}/{rest.removesuffix('.html')}" if kind else ""


def _stamp(file: Path) -> tuple[int, int]:
    try:
        status = file.stat()
    except OSError:
        return (-1, -1)
    return status.st_size, status.st_mtime_ns
