"""An edition (一版): a built site as its manifest vouches for it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from govsite.files.digest import sha256_of
from govsite.files.merkle import leaf_of, root_of
from govsite.frozen import dataclass
from govsite.model.addresses import MANIFEST
from govsite.problems.problem import Problem
from govsite.publish.failure import PublishError


class Entry(NamedTuple):
    """A file: SHA-256 in hex, bytes."""

    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Edition:
    """A built site. entries: every file by path, the manifest among them; root: Merkle root in hex over the entries of
    the manifest, in its order; manifest: the manifest's bytes.
    """

    folder: Path
    entries: Mapping[str, Entry]
    root: str
    manifest: bytes
    data_date: str
    generator: str

    @property
    def id(self) -> str:
        """Name of the edition: data date and the first digits of its root. The same site has the same name."""
        return f"{self.data_date or 'undated'}-{self.root[:12]}"


def manifest_entries(manifest: bytes) -> dict[str, Entry]:
    """Path to entry, as a manifest lists them. Raises ValueError for what is no manifest."""
    try:
        return {path: Entry(sha256, size) for path, sha256, size in json.loads(manifest)["entries"]}
    except (KeyError, TypeError) as error:
        raise ValueError("manifest") from error


def entries_root(entries: Mapping[str, Entry]) -> str:
    """Merkle root in hex over entries, in their order."""
    return root_of([entry_leaf(path, entry) for path, entry in entries.items()]).hex()


def entry_leaf(path: str, entry: Entry) -> bytes:
    """The Merkle leaf of a file."""
    return leaf_of(f"{path}\n{entry.sha256}\n{entry.size}".encode())


def read_edition(folder: Path) -> Edition:
    """The edition in `folder`, every byte of it compared with its manifest.

    Raises `PublishError`: PUB301 where there is no built site, PUB302 where a file is not what the build wrote.
    """
    try:
        manifest = (folder / MANIFEST).read_bytes()
        head = json.loads(manifest)
        entries = manifest_entries(manifest)
    except (OSError, ValueError):
        raise PublishError(Problem.at("PUB301", None, folder=folder.name)) from None
    for path, entry in entries.items():
        if _digest(folder / path) != entry.sha256:
            raise PublishError(Problem.at("PUB302", None, path=path))
    for file in sorted(folder.rglob("*")):
        path = file.relative_to(folder).as_posix()
        if not file.is_dir() and path != MANIFEST and path not in entries:
            raise PublishError(Problem.at("PUB302", None, path=path))
    whole = {**entries, MANIFEST: Entry(sha256_of(manifest), len(manifest))}
    return Edition(
        folder, whole, entries_root(entries), manifest, str(head.get("data_date", "")), str(head.get("generator", ""))
    )  # fmt: skip


def _digest(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""
