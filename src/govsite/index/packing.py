"""Writing many posting lists at once over numpy arrays: the same characters as `codes.encode_list` writes for one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

from govsite.index.codes import (
    CLASS_CODES,
    CLASS_SIZES,
    ESCAPE_BITS,
    ESCAPE_ONES,
    GROUP_BITS,
    SHORT_BITS,
    rice_limit,
)
from govsite.index.parts import ALPHABET

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints: TypeAlias = NDArray[np.int64]
    Words: TypeAlias = NDArray[np.uint64]

__all__ = ["encode_lists"]

_BLOCK: Final = 1 << 17
"""Postings written at a time: what fits in a processor's cache is done in half the time."""

_LETTERS: Final = np.frombuffer(ALPHABET.encode(), dtype=np.uint8)
_GROUPS: Final = np.arange(len(ALPHABET) ** 2)
_PAIRS: Final = (
    np.stack([_LETTERS[_GROUPS // len(ALPHABET)], _LETTERS[_GROUPS % len(ALPHABET)]], axis=1)
    .view(np.uint16)
    .ravel()
)
"""The two characters of every group of bits."""

_CODES: Final = np.array(CLASS_CODES, dtype=np.uint64)
_SIZES: Final = np.array(CLASS_SIZES, dtype=np.int64)


def encode_lists(slots: Ints, classes: NDArray[np.uint8], firsts: Ints, scale: int) -> tuple[bytes, Ints]:
    """Return (lists written one behind the other, how many characters each takes).

    slots, classes: of all postings, list after list, slots ascending in each. firsts: where each list begins in them.
    """
    ends = np.append(firsts[1:], len(slots))
    written: list[bytes] = []
    sizes: list[Ints] = [np.zeros(0, dtype=np.int64)]
    begin = 0
    while begin < len(firsts):
        end = max(begin + 1, int(np.searchsorted(ends, firsts[begin] + _BLOCK, side="right")))
        block = slice(int(firsts[begin]), int(ends[end - 1]))
        blob, taken = _encode_block(slots[block], classes[block], firsts[begin:end] - firsts[begin], scale)
        written.append(blob)
        sizes.append(taken)
        begin = end
    return b"".join(written), np.concatenate(sizes)


def _encode_block(slots: Ints, classes: NDArray[np.uint8], firsts: Ints, scale: int) -> tuple[bytes, Ints]:
    found = np.diff(firsts, append=len(slots))
    gaps = np.empty_like(slots)
    np.subtract(slots[1:], slots[:-1] + 1, out=gaps[1:])
    gaps[firsts] = slots[firsts]
    codes, sizes = _with_heads(*_write_postings(gaps, classes, found, scale), found, firsts)
    heads = firsts + np.arange(len(firsts))
    places = np.cumsum(sizes)
    places -= sizes
    bits = np.append(places[heads[1:]], places[-1] + sizes[-1]) - places[heads]
    groups = -(-bits // GROUP_BITS)
    group_ends = np.cumsum(groups)
    places += np.repeat((group_ends - groups) * GROUP_BITS - places[heads], found + 1)
    values = _pack_groups(codes, sizes, places, int(group_ends[-1]))
    is_short = (bits - 1) % GROUP_BITS < SHORT_BITS
    short = group_ends[is_short] - 1
    values[short] >>= np.uint64(GROUP_BITS - SHORT_BITS)
    kept = np.ones((len(values), 2), dtype=np.bool_)
    kept[short, 0] = False
    return _PAIRS[values].view(np.uint8)[kept.ravel()].tobytes(), groups * 2 - is_short


def _write_postings(gaps: Ints, classes: NDArray[np.uint8], found: Ints, scale: int) -> tuple[Words, Ints]:
    """Return (code word of each posting in the low bits, its length)."""
    limits = (rice_limit(scale) // found).astype(np.float64)
    parameters = np.repeat(np.maximum(np.frexp(limits)[1].astype(np.int64) - 1, 0), found)
    runs = gaps >> parameters
    codes = ((2 << runs) - 2) << parameters
    codes |= gaps - (runs << parameters)
    class_sizes = _SIZES[classes]
    sizes = runs + parameters
    sizes += class_sizes + 1
    escaped = np.flatnonzero(runs >= ESCAPE_ONES)
    codes[escaped] = (((1 << ESCAPE_ONES) - 1) << ESCAPE_BITS) | gaps[escaped]
    sizes[escaped] = ESCAPE_ONES + ESCAPE_BITS + class_sizes[escaped]
    codes <<= class_sizes
    words = codes.view(np.uint64)
    words |= _CODES[classes]
    return words, sizes


def _with_heads(codes: Words, sizes: Ints, found: Ints, firsts: Ints) -> tuple[Words, Ints]:
    """Put the number of its postings before each list."""
    heads = firsts + np.arange(len(firsts))
    is_posting = np.ones(len(codes) + len(heads), dtype=np.bool_)
    is_posting[heads] = False
    all_codes = np.empty(len(is_posting), dtype=np.uint64)
    all_codes[is_posting] = codes
    all_codes[heads] = found.view(np.uint64)
    all_sizes = np.empty(len(is_posting), dtype=np.int64)
    all_sizes[is_posting] = sizes
    all_sizes[heads] = 2 * np.frexp(found.astype(np.float64))[1].astype(np.int64) - 1
    return all_codes, all_sizes


def _pack_groups(codes: Words, sizes: Ints, places: Ints, groups: int) -> Words:
    """Lay code words of up to 64 bits at bit places (ascending) and return the bits in groups of thirteen."""
    words = np.zeros(groups * GROUP_BITS // 64 + 3, dtype=np.uint64)
    word = places >> 6
    room = 64 - (places & 63) - sizes
    over = np.flatnonzero(room < 0)
    beyond = -room[over]
    room[over] = 0
    inside = codes << room.view(np.uint64)
    inside[over] = codes[over] >> beyond.view(np.uint64)
    firsts = np.flatnonzero(word[1:] != word[:-1])
    firsts += 1
    firsts = np.concatenate([np.zeros(1, dtype=np.int64), firsts])
    words[word[firsts]] = np.bitwise_or.reduceat(inside, firsts)
    words[word[over] + 1] |= codes[over] << (64 - beyond).view(np.uint64)
    begins = np.arange(0, groups * GROUP_BITS, GROUP_BITS, dtype=np.uint64)
    at = (begins >> np.uint64(6)).view(np.int64)
    begins &= np.uint64(63)
    values = words[at] << begins
    values |= (words[at + 1] >> np.uint64(1)) >> (np.uint64(63) - begins)
    values >>= np.uint64(64 - GROUP_BITS)
    return values
