"""How a posting list is written: Rice-coded gaps and a class each, as bits in printable ASCII.

A list is the number of its documents (Elias gamma), then for each document, slots ascending:

- the gap: how many slots lie between this and the one before, Rice-coded with the parameter of `rice_parameter`;
  sixteen ones instead of a longer run, then the gap plain in `ESCAPE_BITS`;
- the class: `0` once, `10` title, `110` several times, `111` keywords.

Bits are written thirteen to two characters, up to six that remain to one; what is left of a character is zero. That
is 25 % shorter than whole characters for each number, and `benchmarks/search` holds it to the measured sizes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

from govsite.index.parts import ALPHABET

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints: TypeAlias = NDArray[np.int64]

__all__ = [
    "ESCAPE_BITS",
    "ESCAPE_ONES",
    "decode_list",
    "encode_list",
    "encode_lists",
    "rice_parameter",
    "round_scale",
]

ESCAPE_ONES: Final = 16
ESCAPE_BITS: Final = 22
_GROUP: Final = 13
_SHORT: Final = 6
_BASE: Final = len(ALPHABET)
_CLASS_CODES: Final = np.array([0b0, 0b110, 0b111, 0b10], dtype=np.uint64)
_CLASS_SIZES: Final = np.array([1, 3, 3, 2], dtype=np.int64)


def round_scale(slots: int) -> int:
    """Return the scale written in the manifest: a power of two or one and a half of it, at least the slots."""
    power = 1 << max(4, (slots - 1).bit_length())
    return power * 3 // 4 if power * 3 // 4 >= slots else power


def rice_parameter(documents: int, scale: int) -> int:
    """Return how many low bits of each gap are written plain, for a list of so many documents."""
    return max(0, (scale * 11 // 16 // documents).bit_length() - 1)


def encode_lists(gaps: Ints, classes: Ints, firsts: Ints, scale: int) -> tuple[bytes, Ints]:
    """Return (lists written one behind the other, how many characters each takes).

    gaps, classes: of all postings, list after list. firsts: where each list begins in them.
    """
    if not len(firsts):
        return b"", firsts
    found = np.diff(firsts, append=len(gaps))
    limits = scale * 11 // 16 // found
    parameters = np.maximum(np.frexp(limits.astype(np.float64))[1].astype(np.int64) - 1, 0)
    codes, sizes = _write_postings(gaps, classes, np.repeat(parameters, found))
    header_sizes = 2 * np.frexp(found.astype(np.float64))[1].astype(np.int64) - 1
    codes = np.insert(codes, firsts, found.astype(np.uint64))
    sizes = np.insert(sizes, firsts, header_sizes)
    heads = firsts + np.arange(len(firsts))
    bits = np.add.reduceat(sizes, heads)
    groups = -(-bits // _GROUP)
    group_ends = np.cumsum(groups)
    ends = np.cumsum(sizes)
    shift = (group_ends - groups) * _GROUP - (ends[heads] - sizes[heads])
    places = ends - sizes + np.repeat(shift, np.diff(heads, append=len(sizes)))
    values = _pack_groups(codes, sizes, places, int(group_ends[-1]))
    short = np.zeros(len(values), dtype=np.bool_)
    short[group_ends[(bits - 1) % _GROUP < _SHORT] - 1] = True
    return _write_groups(values, short), groups * 2 - ((bits - 1) % _GROUP < _SHORT)


def _write_postings(gaps: Ints, classes: Ints, parameters: Ints) -> tuple[NDArray[np.uint64], Ints]:
    """Return (code word of each posting in the low bits, its length)."""
    runs = gaps >> parameters
    escaped = runs >= ESCAPE_ONES
    ones = np.minimum(runs, ESCAPE_ONES)
    plain = np.where(escaped, ESCAPE_BITS, parameters)
    stop = np.where(escaped, 0, 1)
    codes = (((1 << ones) - 1) << stop << plain) | np.where(escaped, gaps, gaps & ((1 << parameters) - 1))
    class_sizes = _CLASS_SIZES[classes]
    return codes.astype(np.uint64) << class_sizes.astype(np.uint64) | _CLASS_CODES[classes], (
        ones + stop + plain + class_sizes
    )


def _pack_groups(codes: NDArray[np.uint64], sizes: Ints, places: Ints, groups: int) -> Ints:
    """Lay code words of up to 64 bits at bit places (ascending) and return the bits in groups of thirteen."""
    words = np.zeros(groups * _GROUP // 64 + 2, dtype=np.uint64)
    word = places >> 6
    room = 64 - (places & 63) - sizes
    inside = np.where(room >= 0, codes << np.maximum(room, 0).astype(np.uint64), 0)
    inside |= np.where(room < 0, codes >> np.maximum(-room, 0).astype(np.uint64), 0).astype(np.uint64)
    firsts = np.flatnonzero(np.diff(word, prepend=-1))
    words[word[firsts]] = np.bitwise_or.reduceat(inside.astype(np.uint64), firsts)
    over = np.flatnonzero(room < 0)
    words[word[over] + 1] |= codes[over] << (64 + room[over]).astype(np.uint64)
    bits = np.unpackbits(words.astype(">u8").view(np.uint8), count=groups * _GROUP).reshape(groups, _GROUP)
    values = np.zeros(groups, dtype=np.int64)
    for column in range(_GROUP):
        values <<= 1
        values |= bits[:, column]
    return values


def _write_groups(values: Ints, short: NDArray[np.bool_]) -> bytes:
    letters = np.frombuffer(ALPHABET.encode(), dtype=np.uint8)
    values = np.where(short, values >> (_GROUP - _SHORT), values)
    pairs = np.stack([letters[values // _BASE], letters[values % _BASE]], axis=1)
    kept = np.ones(pairs.shape, dtype=np.bool_)
    kept[short, 0] = False
    return pairs[kept].tobytes()


def encode_list(postings: list[tuple[int, int]], scale: int) -> str:
    """Write one list of (slot, class), slots ascending."""
    slots = np.array([slot for slot, _ in postings], dtype=np.int64)
    classes = np.array([kind for _, kind in postings], dtype=np.int64)
    blob, _ = encode_lists(
        np.diff(slots, prepend=-1) - 1, classes, np.zeros(min(1, len(slots)), np.int64), scale
    )
    return blob.decode()


def decode_list(text: str, scale: int) -> list[tuple[int, int]]:
    """Return the (slot, class) pairs of a written list; raises ValueError for what is none."""
    bits = _read_bits(text)
    try:
        return _read_postings(bits, scale)
    except (IndexError, ValueError) as error:
        raise ValueError("not a posting list") from error


def _read_bits(text: str) -> str:
    digits = [ALPHABET.index(char) for char in text]
    pairs = zip(digits[::2], digits[1::2], strict=False)
    bits = "".join(f"{high * _BASE + low:013b}" for high, low in pairs)
    return bits + (f"{digits[-1]:06b}" if len(digits) % 2 else "")


def _read_postings(bits: str, scale: int) -> list[tuple[int, int]]:
    zeros = bits.index("1")
    at = 2 * zeros + 1
    count = int(bits[zeros:at], 2)
    parameter = rice_parameter(count, scale)
    postings: list[tuple[int, int]] = []
    slot = -1
    for _ in range(count):
        run = 0
        while run < ESCAPE_ONES and bits[at + run] == "1":
            run += 1
        at += run + (run < ESCAPE_ONES)
        width = ESCAPE_BITS if run == ESCAPE_ONES else parameter
        gap = int(bits[at : at + width] or "0", 2) + (0 if run == ESCAPE_ONES else run << parameter)
        at += width
        ones = 0
        while ones < 2 and bits[at + ones] == "1":
            ones += 1
        kind = (0, 3)[ones] if ones < 2 else 1 + int(bits[at + 2])
        at += (1, 2, 3)[ones]
        slot += gap + 1
        postings.append((slot, kind))
    return postings
