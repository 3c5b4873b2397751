"""Slots (文档号): the number of each document in the posting lists, a pure function of all keys and dates.

Slots ascend with the date of publication, so "newer first" needs no table, and lie with gaps, so that a document that
comes or goes moves only its neighbours, not all that are newer:

- each year owns a stretch of slots, a tenth longer than its documents need, rounded up to three significant bits;
- within the year a document stands where its day falls, or at the next free slot;
- documents of one day stand in the order of a digest of their keys, undated ones before the first year.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from hashlib import blake2b
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["assign_slots", "key_digest"]

_DAYS: Final = 366
_SPARE: Final = 1.1


def key_digest(key: str) -> int:
    """Return 64 bits of BLAKE2b of a key: the order that no arrival decides."""
    return int.from_bytes(blake2b(key.encode("utf-8", "replace"), digest_size=8).digest(), "big")


def _round_up(count: int) -> int:
    """Round a tenth more up to three significant bits: 4 5 6 7 8 10 12 14 16 20 …"""
    wanted = max(4, int(count * _SPARE) + 1)
    step = 1 << max(0, wanted.bit_length() - 3)
    return -(-wanted // step) * step


def _place(published: str) -> tuple[int, int]:
    """Return (year, day of the year from 0), (0, 0) for what is no ISO date."""
    try:
        day = date.fromisoformat(published[:10])
    except ValueError:
        return 0, 0
    return day.year, day.timetuple().tm_yday - 1


def assign_slots(documents: Iterable[tuple[str, str]]) -> tuple[list[int], int, list[tuple[int, int]]]:
    """Return (slot of each document in the order given, number of slots, (year, its first slot) ascending).

    documents: (key, ISO date of publication or anything else). Raises ValueError for a key given twice.
    """
    placed = [(*_place(published), key_digest(key), key) for key, published in documents]
    if len({key for *_, key in placed}) < len(placed):
        twice = sorted(key for key, count in Counter(key for *_, key in placed).items() if count > 1)
        raise ValueError(f"search keys given twice: {', '.join(twice[:5])}")
    counts = Counter(year for year, *_ in placed)
    slots = [0] * len(placed)
    firsts: list[tuple[int, int]] = []
    base = room = 0
    after = 0
    for index in sorted(range(len(placed)), key=placed.__getitem__):
        year, day, *_ = placed[index]
        if not firsts or firsts[-1][0] != year:
            base = max(base + room, after)
            room = _round_up(counts[year])
            firsts.append((year, base))
        slots[index] = max(after, base + room * day // _DAYS)
        after = slots[index] + 1
    return slots, max(after, base + room), firsts
