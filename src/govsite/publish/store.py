"""What a place to publish to can do. Every write appears whole or not at all; that is all the layouts build on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import NamedTuple, Protocol


class Upload(NamedTuple):
    """A file that travels. path: where to, relative to the target; source: where from."""

    path: str
    source: Path


Done = Callable[[str], None]


class Store(Protocol):
    """A place to publish to. Paths are relative, `/`-separated. Every method raises `StoreError` where it fails."""

    def read(self, path: str) -> bytes | None:
        """Content of a file, None where there is none."""
        ...

    def write(self, path: str, content: bytes) -> None:
        """Write one file; it appears whole."""
        ...

    def create(self, path: str, content: bytes) -> bool:
        """Write a file that must not be there yet, in one step; False where it is."""
        ...

    def put(self, files: Sequence[Upload], done: Done) -> None:
        """Write files, each of which appears whole; all are there when this returns. done: told each path."""
        ...

    def remove(self, paths: Sequence[str]) -> None:
        """Remove files, in order; one that is not there is no error. Folders that become empty may stay."""
        ...

    def differing(self, expected: Sequence[tuple[str, str, int]]) -> list[str]:
        """Paths among (path, SHA-256, bytes) that are not so; as exactly as the place can tell (`exactness`)."""
        ...

    @property
    def exactness(self) -> str:
        """What `differing` compares: `content` or `size`."""
        ...

    def sweep(self) -> None:
        """Clear away what a run that died was writing. Only whoever holds the lock may."""
        ...

    def close(self) -> None:
        """Let go of connections."""
        ...


class FolderStore(Store, Protocol):
    """A place with folders, links and a switch."""

    def present(self, folder: str, paths: Sequence[str]) -> AbstractSet[str]:
        """Which of `paths`, relative to `folder`, are there."""
        ...

    def clone(self, old: str, new: str, paths: Sequence[str]) -> None:
        """Fill the folder `new` with `paths` of the folder `old`, and nothing else of it, without sending them again, as
        far as that can be done. Where this was interrupted it can be called again.
        """
        ...

    def switch(self, name: str, folder: str) -> None:
        """Let the link `name` lead to `folder` from now on, in one step."""
        ...

    def remove_tree(self, folder: str, paths: Sequence[str]) -> None:
        """Remove a folder. paths: the files in it as far as they are known, for places that cannot look."""
        ...
