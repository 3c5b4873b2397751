"""Stamps: what a file system says of a file without reading it. They save reading a file; they never vouch for one alone."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import NamedTuple

_SECOND = 1_000_000_000
_COARSE = 2 * _SECOND  # FAT
_FINE = 20_000_000  # a kernel's tick, exFAT


class Stamp(NamedTuple):
    """Size in bytes, time of the last change in nanoseconds, number of the file in its file system (0: none)."""

    size: int
    changed: int
    number: int


WHOLE = (1 << 63) - 1
"""Bits of a number that are kept: those of a file on some systems are longer."""

NEVER = Stamp(-1, 0, 0)
"""Equal to the stamp of no file."""


def stamp_of(status: os.stat_result) -> Stamp:
    """The stamp of a file that was asked for its status."""
    return Stamp(status.st_size, status.st_mtime_ns, status.st_ino & WHOLE)


def settled(stamp: Stamp, seen: int) -> Stamp:
    """The stamp where it may be trusted later, else `NEVER`.

    seen: the clock, in nanoseconds, when the stamp was taken or before. A file changed again within one tick of its
    file system's clock has the same stamp and other bytes; so may one whose clock was set back.
    """
    return stamp if trusted_from(stamp.changed) < seen else NEVER


def trusted_from(changed: int) -> int:
    """The clock from which on a file changed at `changed` has been so for a tick of its file system."""
    return changed + (_COARSE if changed % _SECOND == 0 else _FINE)


def are_settled(changes: Iterable[int], seen: int) -> bool:
    """Whether all stamps with these times may be trusted later."""
    return all(changed + _COARSE < seen or trusted_from(changed) < seen for changed in changes)
