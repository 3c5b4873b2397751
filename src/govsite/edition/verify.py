"""Looking at an edition before anything of it is used: every byte, and whether it may be shown."""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from govsite.edition.container import (
    DELTA,
    MANIFEST,
    PATCHES,
    SIGNATURE,
    Container,
    is_manifest_signed,
)
from govsite.edition.delta import Delta, read_delta
from govsite.edition.manifest import READER, Entry, Manifest, ManifestError, read_manifest
from govsite.edition.patches import PatchError, apply_patch
from govsite.edition.refusal import RefusedError
from govsite.frozen import dataclass
from govsite.problems.problem import Problem

LARGEST_MANIFEST = 256 << 20
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Installed:
    """An edition that is installed, as what a small one builds on. folder: where its files lie."""

    manifest: Manifest
    folder: Path

    def read(self, path: str) -> bytes:
        """A file of it whole, its digest checked. Raises `RefusedError` KSK116."""
        entry = self.manifest.by_path[path]
        try:
            data = (self.folder / path).read_bytes()
        except OSError as error:
            raise RefusedError(Problem.at("KSK116", None, path=path)) from error
        if len(data) != entry.size or hashlib.sha256(data).hexdigest() != entry.sha256:
            raise RefusedError(Problem.at("KSK116", None, path=path))
        return data


@dataclass(frozen=True, slots=True)
class Edition:
    """An opened edition file whose seal and manifest hold. delta: None for a whole one."""

    container: Container
    manifest: Manifest
    signature: bytes
    delta: Delta | None

    def files(self, base: Installed | None) -> Iterator[tuple[Entry, Iterator[bytes]]]:
        """Every file with its blocks, in path order; unchanged ones come from `base`.

        Blocks raise `RefusedError` KSK104 at the end where they are not what the manifest says.
        """
        patches = self.container.read(PATCHES, LARGEST_MANIFEST) if self.delta else b""
        changed = {entry.path for entry in self.delta.entries} if self.delta else set()
        for entry in sorted(self.manifest.entries):
            if base is not None and self.delta is not None and entry.path not in changed:
                yield entry, _checked(entry, iter((base.read(entry.path),)))
            elif base is not None and self.delta is not None and entry.path in self.delta.patches:
                offset, length = self.delta.patches[entry.path]
                patch = patches[offset : offset + length]
                yield entry, _checked(entry, _patched(entry, base, patch))
            else:
                yield entry, _checked(entry, _member(self.container, entry))


def _member(container: Container, entry: Entry) -> Iterator[bytes]:
    try:
        with container.open(entry.path) as file:
            while block := file.read(_BLOCK):
                yield block
    except (KeyError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise RefusedError(Problem.at("KSK104", None, path=entry.path)) from error


def _patched(entry: Entry, base: Installed, patch: bytes) -> Iterator[bytes]:
    try:
        yield apply_patch(base.read(entry.path), patch, entry.size)
    except (PatchError, KeyError) as error:
        raise RefusedError(Problem.at("KSK104", None, path=entry.path)) from error


def _checked(entry: Entry, blocks: Iterator[bytes]) -> Iterator[bytes]:
    """The blocks; whoever reads them to the end knows that they are the file."""
    digest, size = hashlib.sha256(), 0
    for block in blocks:
        size += len(block)
        if size > entry.size:
            break
        digest.update(block)
        yield block
    if size != entry.size or digest.hexdigest() != entry.sha256:
        raise RefusedError(Problem.at("KSK104", None, path=entry.path))


def open_edition(container: Container, public: bytes, base: Installed | None) -> Edition:
    """Read manifest or delta and check all that can be checked without the files themselves.

    Raises `RefusedError`: KSK101 unreadable, KSK103 a signature that does not hold, KSK104 members missing or too many, KSK105 unsafe
    names, KSK108 for a newer reader, KSK109 another base.
    """
    if not container.is_plain:
        raise RefusedError(Problem.at("KSK105", None, path="?"))
    delta = None
    try:
        signature = container.read(SIGNATURE, 1000)
        if DELTA in container.names:
            delta = read_delta(container.read(DELTA, LARGEST_MANIFEST))
            if base is None or base.manifest.digest != delta.base_digest:
                here = base.manifest.edition if base else "-"
                raise RefusedError(Problem.at("KSK109", None, base=delta.base, current=here))
            manifest = delta.manifest(base.manifest)
            data = manifest.to_bytes()
        else:
            data = container.read(MANIFEST, LARGEST_MANIFEST)
            manifest = read_manifest(data)
    except ManifestError as error:
        if error.path:
            raise RefusedError(Problem.at("KSK105", None, path=error.path)) from error
        raise RefusedError(Problem.at("KSK101", None)) from error
    except (KeyError, zipfile.BadZipFile, zlib.error) as error:
        raise RefusedError(Problem.at("KSK101", None)) from error
    if not is_manifest_signed(public, data, signature):
        raise RefusedError(Problem.at("KSK103", None, signed_by="?", expected=container.fingerprint))
    if manifest.reader > READER:
        raise RefusedError(Problem.at("KSK108", None, needed=manifest.reader, here=READER))
    _check_members(container, manifest, delta)
    return Edition(container, manifest, signature, delta)


def _check_members(container: Container, manifest: Manifest, delta: Delta | None) -> None:
    if delta is None:
        wanted = {MANIFEST, SIGNATURE, *manifest.by_path}
    else:
        sent = {entry.path for entry in delta.entries} - delta.patches.keys()
        wanted = {DELTA, SIGNATURE, PATCHES, *sent}
    problems = [Problem.at("KSK104", None, path=name) for name in sorted(wanted ^ container.names)[:20]]
    if problems:
        raise RefusedError(*problems)


def check_files(edition: Edition, base: Installed | None) -> list[Problem]:
    """KSK104 for every file that is not what the manifest says, KSK116 where the base is damaged."""
    problems: list[Problem] = []
    for _, blocks in edition.files(base):
        try:
            for _ in blocks:
                pass
        except RefusedError as error:
            problems += error.problems
    return problems


def check_folder(folder: Path, manifest: Manifest) -> list[Problem]:
    """KSK116 for every file of an installed edition that is missing, changed, or not in its manifest."""
    problems: list[Problem] = []
    installed = Installed(manifest, folder)
    for entry in sorted(manifest.entries):
        try:
            installed.read(entry.path)
        except RefusedError as error:
            problems += error.problems
    present = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}
    extra = present - manifest.by_path.keys() - {MANIFEST, SIGNATURE}
    return problems + [Problem.at("KSK116", None, path=path) for path in sorted(extra)]
