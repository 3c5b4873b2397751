"""A folder of this machine, or of a network share, as a place to publish to."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager, suppress
from pathlib import Path

from govsite.publish.failure import StoreError
from govsite.publish.state import INCOMING
from govsite.publish.store import Done, Upload


class LocalFolder:
    """Files are written beside and renamed into place."""

    exactness = "content"

    def __init__(self, root: Path) -> None:
        self._root = root
        self._count = 0

    def read(self, path: str) -> bytes | None:
        """See `Store`."""
        with _failing(path):
            try:
                return (self._root / path).read_bytes()
            except (FileNotFoundError, NotADirectoryError):
                return None

    def write(self, path: str, content: bytes) -> None:
        """See `Store`."""
        with _failing(path):
            new = self._new()
            new.write_bytes(content)
            self._place(new, path)

    def create(self, path: str, content: bytes) -> bool:
        """See `Store`."""
        with _failing(path):
            target = self._root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            new = self._new()
            new.write_bytes(content)
            try:
                if os.name == "nt":
                    new.rename(target)  # never replaces anything there
                else:
                    target.hardlink_to(new)
            except FileExistsError:
                return False
            finally:
                new.unlink(missing_ok=True)
            return True

    def put(self, files: Sequence[Upload], done: Done) -> None:
        """See `Store`."""
        for file in files:
            with _failing(file.path):
                new = self._new()
                shutil.copyfile(file.source, new)
                self._place(new, file.path)
            done(file.path)

    def remove(self, paths: Sequence[str]) -> None:
        """See `Store`. Folders that become empty go too."""
        for path in paths:
            with _failing(path):
                with suppress(FileNotFoundError, NotADirectoryError):
                    (self._root / path).unlink()
                for folder in (self._root / path).parents:
                    if folder == self._root or not _rmdir(folder):
                        break

    def differing(self, expected: Sequence[tuple[str, str, int]]) -> list[str]:
        """See `Store`."""
        return [path for path, sha256, _ in expected if _digest(self._root / path) != sha256]

    def present(self, folder: str, paths: Sequence[str]) -> AbstractSet[str]:
        """See `FolderStore`."""
        return {path for path in paths if (self._root / folder / path).is_file()}

    def clone(self, old: str, new: str, paths: Sequence[str]) -> None:
        """See `FolderStore`."""
        for path in paths:
            source, target = self._root / old / path, self._root / new / path
            with _failing(path), suppress(FileExistsError, FileNotFoundError):
                target.parent.mkdir(parents=True, exist_ok=True)
                _link(source, target, self._new())

    def switch(self, name: str, folder: str) -> None:
        """See `FolderStore`."""
        with _failing(name):
            new = self._new()
            new.symlink_to(folder, target_is_directory=True)
            new.replace(self._root / name)

    def remove_tree(self, folder: str, paths: Sequence[str]) -> None:
        """See `FolderStore`."""
        shutil.rmtree(self._root / folder, ignore_errors=True)

    def sweep(self) -> None:
        """See `Store`."""
        shutil.rmtree(self._root / INCOMING, ignore_errors=True)

    def close(self) -> None:
        """See `Store`: there is nothing to let go of."""

    def _new(self) -> Path:
        self._count += 1
        folder = self._root / INCOMING
        folder.mkdir(parents=True, exist_ok=True)
        return folder / f"{os.getpid()}-{self._count}"

    def _place(self, new: Path, path: str) -> None:
        target = self._root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        new.replace(target)


def _rmdir(folder: Path) -> bool:
    try:
        folder.rmdir()
    except OSError:
        return False
    return True


def _link(source: Path, target: Path, beside: Path) -> None:
    """A second name for a file; a copy, written at `beside` first, where the file system has no links."""
    try:
        target.hardlink_to(source)
    except (FileExistsError, FileNotFoundError):
        raise
    except OSError:
        shutil.copyfile(source, beside)
        beside.replace(target)


def _digest(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""


@contextmanager
def _failing(path: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StoreError(path, error.strerror or type(error).__name__) from error
