"""Making an edition out of a built site: the same site, number and key give the same bytes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from govsite.edition.container import (
    DELTA,
    MANIFEST,
    PATCHES,
    SIGNATURE,
    Container,
    Member,
    sign_manifest,
    write_container,
)
from govsite.edition.delta import Delta, compare, make_patches
from govsite.edition.manifest import Entry, Manifest, ManifestError, read_manifest
from govsite.edition.names import is_safe_path
from govsite.edition.refusal import RefusedError
from govsite.files.digest import sha256_of
from govsite.files.paths import path_key
from govsite.frozen import dataclass
from govsite.problems.problem import Problem

LARGEST_MANIFEST = 256 << 20


@dataclass(frozen=True, slots=True)
class Contents:
    """What an edition is to hold. files: path in the edition → bytes, or the file they are read from."""

    files: Mapping[str, bytes | Path]

    def read(self, path: str) -> bytes:
        """A file whole. Raises OSError."""
        source = self.files[path]
        return source if isinstance(source, bytes) else source.read_bytes()


def list_folder(folder: Path, prefix: str) -> dict[str, bytes | Path]:
    """Every file below `folder` by its path in the edition."""
    return {
        prefix + path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()
    }


def describe(contents: Contents, **head: object) -> Manifest:
    """The manifest of some contents; head: its other fields. Raises OSError, `RefusedError` KSK105."""
    entries = []
    seen: dict[str, str] = {}
    for path in sorted(contents.files):
        if not is_safe_path(path) or path_key(path) in seen:
            raise RefusedError(Problem.at("KSK105", None, path=path))
        seen[path_key(path)] = path
        data = contents.read(path)
        entries.append(Entry(path, len(data), sha256_of(data)))
    return Manifest(entries=tuple(entries), **head)  # type: ignore[arg-type]


def write_edition(out: Path, contents: Contents, manifest: Manifest, private: bytes) -> None:
    """Write a whole edition. Raises OSError, `KeyFault`."""
    signed = manifest.to_bytes()
    members = [Member(MANIFEST, signed), Member(SIGNATURE, sign_manifest(private, signed))]
    members += [Member(entry.path, contents.files[entry.path]) for entry in sorted(manifest.entries)]
    write_container(out, members, private)


def write_delta(out: Path, contents: Contents, manifest: Manifest, base: BaseEdition, private: bytes) -> None:
    """Write what changed since `base`. Raises OSError, `KeyFault`."""
    old = base.manifest
    removed, changed = compare(old, manifest)
    blob, places = bytearray(), dict[str, tuple[int, int]]()
    for path, patch in make_patches(old, changed, base.read, contents.read):
        places[path] = (len(blob), len(patch))
        blob += patch
    delta = Delta(old.edition, old.digest, manifest.head(), removed, changed, places)
    members = [
        Member(DELTA, delta.to_bytes()),
        Member(SIGNATURE, sign_manifest(private, manifest.to_bytes())),
        Member(PATCHES, bytes(blob)),
    ]
    members += [
        Member(entry.path, contents.files[entry.path]) for entry in changed if entry.path not in places
    ]
    write_container(out, members, private)


@dataclass(frozen=True, slots=True)
class BaseEdition:
    """The edition that a small one builds on. read: gives a file of it by path."""

    manifest: Manifest
    read: Callable[[str], bytes]


def open_base(container: Container) -> BaseEdition:
    """A whole edition as a base. Raises `RefusedError` KSK121 where it is a small one itself, KSK101."""
    if MANIFEST not in container.names:
        raise RefusedError(Problem.at("KSK121", None))
    try:
        manifest = read_manifest(container.read(MANIFEST, LARGEST_MANIFEST))
    except ManifestError as error:
        raise RefusedError(Problem.at("KSK101", None)) from error

    def read(path: str) -> bytes:
        return container.read(path, manifest.by_path[path].size)

    return BaseEdition(manifest, read)
