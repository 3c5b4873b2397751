"""How a changed file is sent as its difference: the only door to bsdiff4, for large files; deflate for small ones.

Both ends have the old file, byte for byte. What is made here is only read out of a file whose seal holds, and its
result counts only if its digest is the one in the manifest.
"""

from __future__ import annotations

import zlib

SMALL = 1 << 15
"""Deflate looks back this far."""
LARGEST = 48 << 20
"""Bytes that may differ between the first and the last difference; bsdiff needs 17 times as much memory."""
_LEVEL = 9


class PatchError(ValueError):
    """A patch that does not fit."""


def make_patch(old: bytes, new: bytes) -> bytes | None:
    """What turns `old` into `new`; None where sending `new` is no worse."""
    if len(old) <= SMALL and len(new) <= SMALL:
        packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -15, zdict=old)
        patch = b"z" + packer.compress(new) + packer.flush()
    else:
        start = _common_start(old, new)
        end = _common_start(old[start:][::-1], new[start:][::-1])
        middle_old, middle_new = old[start : len(old) - end], new[start : len(new) - end]
        if max(len(middle_old), len(middle_new)) > LARGEST:
            return None
        import bsdiff4

        patch = b"b%d %d " % (start, end) + bsdiff4.diff(middle_old, middle_new)
    return patch if len(patch) < len(zlib.compress(new, 6)) * 9 // 10 else None


def apply_patch(old: bytes, patch: bytes, size: int) -> bytes:
    """The new file, of `size` bytes. Raises `PatchError`."""
    try:
        if patch[:1] == b"z":
            unpacker = zlib.decompressobj(-15, zdict=old)
            new = unpacker.decompress(patch[1:], size + 1)
        else:
            first, second, rest = patch[1:].split(b" ", 2)
            start, end = int(first), int(second)
            import bsdiff4

            middle = bsdiff4.patch(old[start : len(old) - end], rest)
            new = old[:start] + middle + old[len(old) - end :]
    except (ValueError, zlib.error, MemoryError, OverflowError) as error:
        raise PatchError(str(error)) from error
    if len(new) != size:
        raise PatchError("size")
    return new


def _common_start(first: bytes, second: bytes) -> int:
    """Bytes that two texts begin with in common: found by halving, since comparing slices is quick."""
    low, high = 0, min(len(first), len(second))
    if first[:high] == second[:high]:
        return high
    while high - low > 1:
        middle = (low + high) // 2
        if first[low:middle] == second[low:middle]:
            low = middle
        else:
            high = middle
    return low if first[low : low + 1] != second[low : low + 1] else low + 1
