"""Content digests. BLAKE2b of 128 bits inside; SHA-256 where others check."""

from __future__ import annotations

import hashlib
from pathlib import Path


def digest_of(*parts: bytes) -> str:
    """Hex digest (32 characters) of `parts`, each preceded by its length so that their borders count."""
    state = hashlib.blake2b(digest_size=16)
    for part in parts:
        state.update(len(part).to_bytes(8, "big"))
        state.update(part)
    return state.hexdigest()


def sha256_of(data: bytes) -> str:
    """SHA-256 in hex, for manifests that outsiders verify."""
    return hashlib.sha256(data).hexdigest()


def sha256_of_file(path: Path) -> str:
    """SHA-256 in hex of a file's bytes, read piece by piece. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
