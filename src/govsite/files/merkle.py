"""Merkle trees as RFC 6962 builds them: one root over many leaves, and short proofs that a leaf is among them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

EMPTY_ROOT = hashlib.sha256(b"").digest()


def leaf_of(data: bytes) -> bytes:
    """Hash of a leaf. Leaves and nodes begin with different bytes: neither can be passed off as the other."""
    return hashlib.sha256(b"\x00" + data).digest()


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def _split(count: int) -> int:
    """The largest power of two below `count`."""
    return 1 << (count - 1).bit_length() - 1


def root_of(leaves: Sequence[bytes]) -> bytes:
    """Root over leaves in order."""
    if not leaves:
        return EMPTY_ROOT
    if len(leaves) == 1:
        return leaves[0]
    middle = _split(len(leaves))
    return _node(root_of(leaves[:middle]), root_of(leaves[middle:]))


def audit_path(index: int, leaves: Sequence[bytes]) -> list[bytes]:
    """The hashes that lead from leaf `index` to the root, nearest first. Raises IndexError."""
    if not 0 <= index < len(leaves):
        raise IndexError(index)
    if len(leaves) == 1:
        return []
    middle = _split(len(leaves))
    if index < middle:
        return [*audit_path(index, leaves[:middle]), root_of(leaves[middle:])]
    return [*audit_path(index - middle, leaves[middle:]), root_of(leaves[:middle])]


def root_from(leaf: bytes, index: int, count: int, path: Sequence[bytes]) -> bytes | None:
    """The root that a proof leads to, None where the proof has the wrong shape (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < count:
        return None
    at, last, found = index, count - 1, leaf
    for step in path:
        if last == 0:
            return None
        if at & 1 or at == last:
            found = _node(step, found)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            found = _node(found, step)
        at, last = at >> 1, last >> 1
    return found if last == 0 else None
