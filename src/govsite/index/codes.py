"""How a posting list is written: Rice-coded gaps and a class each, as bits in printable ASCII.

A list is the number of its documents (Elias gamma), then for each document, slots ascending:

- the gap: how many slots lie between this and the one before, Rice-coded with the parameter of `rice_parameter`;
  sixteen ones instead of a longer run, then the gap plain in `ESCAPE_BITS`;
- the class: `0` once, `10` title, `110` several times, `111` keywords.

Bits are written thirteen to two characters, up to six that remain to one; what is left of a character is zero. That
is 25 % shorter than whole characters for each number, and `benchmarks/search` holds it to the measured sizes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from govsite.index.parts import ALPHABET

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "CLASS_CODES",
    "CLASS_SIZES",
    "ESCAPE_BITS",
    "ESCAPE_ONES",
    "GROUP_BITS",
    "SHORT_BITS",
    "count_postings",
    "decode_list",
    "encode_list",
    "rice_limit",
    "rice_parameter",
    "round_scale",
]

ESCAPE_ONES: Final = 16
ESCAPE_BITS: Final = 22
GROUP_BITS: Final = 13
SHORT_BITS: Final = 6
CLASS_CODES: Final = (0b0, 0b110, 0b111, 0b10)
CLASS_SIZES: Final = (1, 3, 3, 2)
_BASE: Final = len(ALPHABET)
_CLASSES: Final = tuple(f"{code:0{size}b}" for code, size in zip(CLASS_CODES, CLASS_SIZES, strict=True))


def round_scale(slots: int) -> int:
    """Return the scale written in the manifest: a power of two or one and a half of it, at least the slots."""
    power = 1 << max(4, (slots - 1).bit_length())
    return power * 3 // 4 if power * 3 // 4 >= slots else power


def rice_limit(scale: int) -> int:
    """Return what `rice_parameter` divides by the number of documents."""
    return scale * 11 // 16


def rice_parameter(documents: int, scale: int) -> int:
    """Return how many low bits of each gap are written plain, for a list of so many documents."""
    return max(0, (rice_limit(scale) // documents).bit_length() - 1)


def encode_list(postings: Sequence[tuple[int, int]], scale: int) -> str:
    """Write one list of (slot, class), slots ascending."""
    if not postings:
        return ""
    width = rice_parameter(len(postings), scale)
    bits = [f"{len(postings):0{2 * len(postings).bit_length() - 1}b}"]
    last = -1
    for slot, kind in postings:
        gap, last = slot - last - 1, slot
        run = gap >> width
        if run >= ESCAPE_ONES:
            bits.append(f"{(1 << ESCAPE_ONES) - 1:b}{gap:0{ESCAPE_BITS}b}")
        else:
            bits.append("1" * run + f"{gap & ((1 << width) - 1):0{width + 1}b}")
        bits.append(_CLASSES[kind])
    return _write_bits("".join(bits))


def _write_bits(bits: str) -> str:
    whole, rest = divmod(len(bits), GROUP_BITS)
    letters: list[str] = []
    for at in range(0, whole * GROUP_BITS, GROUP_BITS):
        high, low = divmod(int(bits[at : at + GROUP_BITS], 2), _BASE)
        letters.append(ALPHABET[high] + ALPHABET[low])
    if rest:
        width = SHORT_BITS if rest <= SHORT_BITS else GROUP_BITS
        value = int(bits[-rest:].ljust(width, "0"), 2)
        letters.append(
            ALPHABET[value] if width == SHORT_BITS else ALPHABET[value // _BASE] + ALPHABET[value % _BASE]
        )
    return "".join(letters)


def decode_list(text: str, scale: int) -> list[tuple[int, int]]:
    """Return the (slot, class) pairs of a written list; raises ValueError for what is none."""
    bits = _read_bits(text)
    try:
        return _read_postings(bits, scale)
    except (IndexError, ValueError) as error:
        raise ValueError("not a posting list") from error


def count_postings(text: str) -> int:
    """Return how many documents a written list has."""
    bits = _read_bits(text[:10])
    zeros = bits.index("1")
    return int(bits[zeros : 2 * zeros + 1], 2)


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
