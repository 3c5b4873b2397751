"""Slots (文档号): the number of each document in the posting lists, a pure function of all keys and dates.

Slots ascend with the date of publication, so "newer first" needs no table, and lie with gaps, so that a document that
comes or goes moves only its neighbours, not all that are newer:

- each year owns a stretch of slots, a tenth longer than its documents need, rounded up to three significant bits;
- within the year a document stands where its day falls, or at the next free slot;
- documents of one day stand in the order of a digest of their keys, undated ones before the first year;
- the newest year, which grows, is packed without gaps: what comes last moves nothing.

The newest documents (新近文档) have posting lists of their own, small ones: `find_border` says from which slot on.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from hashlib import blake2b
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["assign_slots", "find_border", "key_digest"]

_DAYS: Final = 366
_SPARE: Final = 1.1

_LEAST_NEW: Final = 96
_MOST_NEW: Final = 1024
_FEW: Final = 4 * _LEAST_NEW
_STRETCHES: Final = (len("2024-05"), len("2024-05-1"), len("2024-05-17"))
"""Where newest documents may begin: with a month; with ten days where months are too long; with a day."""


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
    newest = max(counts, default=0)
    for index in sorted(range(len(placed)), key=placed.__getitem__):
        year, day, *_ = placed[index]
        if not firsts or firsts[-1][0] != year:
            base = max(base + room, after)
            room = 0 if year == newest else _round_up(counts[year])
            firsts.append((year, base))
        slots[index] = max(after, base + room * day // _DAYS)
        after = slots[index] + 1
    return slots, max(after, base + room), firsts


def find_border(documents: Iterable[tuple[str, str]], slots: Iterable[int]) -> int:
    """Return the first slot of the newest documents, one above all slots where none are set apart.

    The newest begin with a month, the last one with at least 96 documents in it and behind it: for weeks, a document
    that comes changes their lists and no others. The rule knows dates and counts alone.
    """
    dated = sorted(
        (published[:10] if _place(published)[0] else "", slot)
        for (_, published), slot in zip(documents, slots, strict=True)
    )
    none = max((slot for _, slot in dated), default=-1) + 1
    if len(dated) < _FEW:
        return none
    last = dated[-_LEAST_NEW][0]
    for length in _STRETCHES:
        newest = [slot for day, slot in dated if day >= last[:length]]
        if last and len(newest) <= _MOST_NEW:
            return min(newest)
    return none
