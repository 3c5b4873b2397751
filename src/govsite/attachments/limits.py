"""How much one attachment may cost."""

from __future__ import annotations

from govsite.frozen import dataclass

_MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class ExtractLimits:
    """Bounds of reading one file, everything inside it included.

    file_bytes: size of the file, and of each member inside it; unpacked_bytes: sum of all that is decompressed;
    ratio: decompressed to compressed, judged per archive once it has grown beyond 16 MiB; members: of archives,
    together; depth: archives inside archives; faults: kept of each kind; seconds: wall time of the whole file;
    memory_bytes: address space of the helper process (where the system can bound it).
    """

    file_bytes: int = 50 * _MIB
    unpacked_bytes: int = 256 * _MIB
    ratio: int = 300
    members: int = 5_000
    depth: int = 4
    characters: int = 2_000_000
    cells: int = 2_000_000
    pages: int = 2_000
    faults: int = 100
    seconds: float = 30.0
    memory_bytes: int = 1024 * _MIB


DEFAULT_LIMITS = ExtractLimits()
