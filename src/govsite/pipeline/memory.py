"""What earlier builds left for this one, and what this one leaves for the next."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from govsite.cache.linked import KnownSite
from govsite.cache.pages import KnownPages
from govsite.cache.sources import KnownFiles, KnownSources
from govsite.cache.store import CacheStore
from govsite.files.damage import DamagedCacheError
from govsite.files.digest import digest_of
from govsite.files.lock import FileLock, LockedError
from govsite.files.swap import remove_folder
from govsite.files.trees import Tree
from govsite.pipeline.request import memory_lock
from govsite.write.staging import Trees

_SITE = ("tables", "frame", "lists")
_PAGES = ("pages", "reads", "names")


class Memory:
    """Remembered results. packs: folder for this build's records; run: a number that no pack in it begins with.

    Everything asked for raises `DamagedCacheError` where it is not what was kept.
    """

    def __init__(self, site: Path, packs: Path, store: CacheStore | None = None) -> None:
        self.packs = packs
        self.run = store.run if store else 1
        self._store = store
        self.sources = KnownSources(site, self.section("sources"))
        self.files = KnownFiles(site, self.section("files"))
        self._sections: dict[str, bytes] = {}
        self._site: KnownSite | None = None

    def facts(self, name: str) -> dict[str, Any]:
        """A section of JSON facts, empty where there is none."""
        content = self.section(name)
        if not content:
            return {}
        try:
            read: dict[str, Any] = json.loads(content)
        except ValueError as error:
            raise DamagedCacheError(name) from error
        return read

    def site(self) -> KnownSite | None:
        """The linked site of the last build."""
        if self._site is None:
            self._site = self._read_site()
        return self._site

    def _read_site(self) -> KnownSite | None:
        found = [self.section(name) for name in _SITE[:2]]
        if None in found:
            return None
        return KnownSite(
            found[0] or b"",
            found[1] or b"",
            lambda: self.section("lists") or b"{}",
            lambda: self.section("outlines") or b"[]",
        )

    def pages(self) -> KnownPages | None:
        """The outputs of the last build."""
        found = [content for content in map(self.section, _PAGES) if content is not None]
        return KnownPages(*found) if len(found) == len(_PAGES) else None

    @property
    def is_placed(self) -> bool:
        """Whether the folder of the last build holds just the outputs that are remembered."""
        digest = self._store.digest("pages") if self._store else ""
        return bool(digest) and self.facts("placed").get("pages") == digest

    def keep_placed(self, *, is_placed: bool) -> None:
        """Remember that `keep_trees` is told of the folder that holds the outputs kept, and nothing that they do not name."""
        placed = json.dumps({"pages": digest_of(self._sections["pages"])}).encode()
        self.keep({"placed": placed if is_placed else b""})

    def trees(self) -> Trees:
        """The folders of the last build."""
        current, previous = self.section("tree.current"), self.section("tree.previous")
        return Trees(
            Tree.from_bytes(current) if current else Tree(), Tree.from_bytes(previous) if previous else Tree()
        )

    def keep(self, sections: Mapping[str, bytes]) -> None:
        """Have `sections` for the next build, once this one is done."""
        self._sections |= sections

    def keep_trees(self, trees: Trees) -> None:
        """Remember the folders."""
        self.keep({"tree.current": trees.current.to_bytes(), "tree.previous": trees.previous.to_bytes()})

    def commit(self, packs: set[str]) -> None:
        """Let the next build have what was kept. packs: names of those still in use. A cache that cannot be written is let be."""
        if self._store is None:
            return
        try:
            self._store.commit(self._sections, packs)
        except OSError:
            return

    def renew(self, sections: Mapping[str, bytes]) -> None:
        """Let the next build have `sections`, where all else is as it was. A cache that cannot be written is let be."""
        if self._store is None:
            return
        try:
            self._store.renew(sections)
        except OSError:
            return

    def section(self, name: str) -> bytes | None:
        """A section as it was kept, None where there is none."""
        return self._store.section(name) if self._store else None


@contextmanager
def open_memory(site: Path, folder: Path | None, key: str, *, clean: bool) -> Iterator[tuple[Memory, str]]:
    """The memory in `folder`, and `""`, or why it begins empty: `new`, `foreign`, `damaged`.

    Without a folder, or where it cannot be used (another build has it, it cannot be written: `busy`), the memory
    begins empty and is forgotten.
    """
    with tempfile.TemporaryDirectory(prefix="govsite-", ignore_cleanup_errors=True) as spare:
        if folder is None:
            yield Memory(site, Path(spare)), "new"
            return
        lock = FileLock(memory_lock(folder))
        try:
            lock.__enter__()
        except (LockedError, OSError):
            yield Memory(site, Path(spare)), "busy"
            return
        try:
            memory, state = _open(site, folder, key, clean=clean)
            yield (memory, state) if memory else (Memory(site, Path(spare)), "busy")
        finally:
            lock.__exit__(None, None, None)


def _open(site: Path, folder: Path, key: str, *, clean: bool) -> tuple[Memory | None, str]:
    try:
        if clean:
            remove_folder(folder)
        store = CacheStore(folder, key)
        state = store.open()
        try:
            return Memory(site, store.packs, store), state
        except (DamagedCacheError, ValueError, TypeError, KeyError):
            remove_folder(folder)
            store = CacheStore(folder, key)
            store.open()
            return Memory(site, store.packs, store), "damaged"
    except OSError:
        return None, "busy"
