"""The folder: one root file that names everything else by digest, replaced in one step when a build is done.

    root.json       version, key, number of the run, names of sections with their digests, names of packs; a check of it all
    sections/       one file a section, named by its digest
    packs/          records by position, each with a checksum (`files/bodies.py`)

What the root does not name is not there: a build that dies leaves orphans, which the next one clears away.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from govsite.files.damage import DamagedCacheError
from govsite.files.digest import digest_of
from govsite.files.swap import remove_folder

VERSION = 1
ROOT = "root.json"


class _Root(NamedTuple):
    """key: of the tool; sections: digests by name; packs: names of those in use; run: of the build that wrote it."""

    key: str
    sections: dict[str, str]
    packs: set[str]
    run: int


class KnownSections:
    """What the last build left, only to be read. key: of the tool that made it. Raises OSError where there is nothing, `DamagedCacheError` where it cannot be used."""

    def __init__(self, folder: Path) -> None:
        root = _root_in(folder)
        if root is None:
            raise DamagedCacheError(ROOT)
        self._folder = folder
        self._sections = root.sections
        self.key = root.key

    def __contains__(self, name: str) -> bool:
        return name in self._sections

    def __getitem__(self, name: str) -> bytes:
        """A section's content, `b""` where the last build left none."""
        return _section_in(self._folder, self._sections, name) or b""


class CacheStore:
    """A cache folder in use by one build. key: digest of all that makes older contents worthless."""

    def __init__(self, folder: Path, key: str) -> None:
        self.packs = folder / "packs"
        self._folder = folder
        self._key = key
        self._sections: dict[str, str] = {}
        self._packs: set[str] = set()
        self.run = 1

    def open(self) -> str:
        """Read the root. `""` where the cache can be used, else why it starts empty: `new`, `foreign` or `damaged`.

        Raises OSError where the folder cannot be made.
        """
        state = self._read_root()
        if state != "":
            remove_folder(self._folder / "sections")
            remove_folder(self.packs)
            (self._folder / ROOT).unlink(missing_ok=True)
        self.packs.mkdir(parents=True, exist_ok=True)
        (self._folder / "sections").mkdir(exist_ok=True)
        _keep_only(self.packs, self._packs)  # a build that died may have left names that this one will use
        return state

    def _read_root(self) -> str:
        try:
            root = _root_in(self._folder, self._key)
        except FileNotFoundError:
            return "new"
        except (OSError, DamagedCacheError):
            return "damaged"
        if root is None:
            return "foreign"
        self._sections, self._packs, self.run = root.sections, root.packs, root.run + 1
        return ""

    def section(self, name: str) -> bytes | None:
        """A section's content, None where the last build left none. Raises `DamagedCacheError`."""
        return _section_in(self._folder, self._sections, name)

    def digest(self, name: str) -> str:
        """Digest of a section, `""` where the last build left none."""
        return self._sections.get(name, "")

    def renew(self, sections: Mapping[str, bytes]) -> None:
        """`commit` where nothing else has changed. Raises OSError."""
        self.commit(sections, self._packs)

    def commit(self, sections: Mapping[str, bytes], packs: Iterable[str]) -> None:
        """Make `sections`, with those of before that are not named anew, the content. packs: those still in use.

        An empty section is one that is gone. Raises OSError; the content is then what it was.
        """
        named = dict(self._sections)
        for name, content in sections.items():
            named.pop(name, None)
            if content:
                digest = named[name] = digest_of(content)
                path = self._path(digest)
                if not path.is_file():
                    path.write_bytes(content)
        self._packs = set(packs)
        root = {
            "version": VERSION,
            "key": self._key,
            "run": self.run,
            "sections": named,
            "packs": sorted(self._packs),
        }
        root["check"] = _check(root)
        new = self._folder / f"{ROOT}.new"
        new.write_text(json.dumps(root), encoding="ascii")
        new.replace(self._folder / ROOT)
        self._sections = named
        self.run += 1
        _keep_only(self._folder / "sections", set(named.values()))
        _keep_only(self.packs, self._packs)

    def _path(self, digest: str) -> Path:
        return self._folder / "sections" / digest


def _root_in(folder: Path, key: str = "") -> _Root | None:
    """The root in `folder`, None where another version wrote it, or one of another key than the one asked for. Raises OSError, `DamagedCacheError`."""
    text = (folder / ROOT).read_bytes()
    try:
        root = json.loads(text)
        if root["version"] != VERSION or (key and root["key"] != key):
            return None
        if root.pop("check") != _check(root):
            raise DamagedCacheError(ROOT)
        sections = {str(name): str(digest) for name, digest in root["sections"].items()}
        return _Root(str(root["key"]), sections, {str(name) for name in root["packs"]}, int(root["run"]))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise DamagedCacheError(ROOT) from error


def _section_in(folder: Path, sections: Mapping[str, str], name: str) -> bytes | None:
    digest = sections.get(name)
    if digest is None:
        return None
    try:
        content = (folder / "sections" / digest).read_bytes()
    except OSError as error:
        raise DamagedCacheError(name) from error
    if digest_of(content) != digest:
        raise DamagedCacheError(name)
    return content


def _check(root: Mapping[str, object]) -> str:
    return digest_of(json.dumps(root, sort_keys=True).encode())


def _keep_only(folder: Path, names: set[str]) -> None:
    for path in folder.iterdir():
        if path.name not in names:
            path.unlink(missing_ok=True)
