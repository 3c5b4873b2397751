"""Zip containers (压缩包) with every byte counted; their declared sizes are never believed."""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from govsite.attachments.gather import BrokenError, Gatherer
from govsite.frozen import dataclass

_CHUNK = 64 * 1024
_RATIO_FROM = 16 * 1024 * 1024
_ENTRY_MARK = b"PK\x01\x02"
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
"""Those that Office and Windows write. Python decompresses the others without a bound on one step."""

_DAMAGE = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    struct.error,
    OSError,
    EOFError,
    ValueError,
    LookupError,
    ArithmeticError,
    RuntimeError,
)


@dataclass(frozen=True, slots=True)
class Member:
    r"""One entry. name: as the archive has it, `\` included; encrypted: needs a password; is_link: a symbolic link."""

    name: str
    encrypted: bool
    is_link: bool
    info: zipfile.ZipInfo


class Archive:
    """A zip file in memory. Raises BrokenError if it is none."""

    def __init__(self, data: bytes, gatherer: Gatherer) -> None:
        # Python's reader makes an object of every entry before one can count them.
        if data.count(_ENTRY_MARK) > 4 * gatherer.limits.members:
            raise gatherer.stop("too_large", "members")
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except Exception as error:
            raise BrokenError("zip directory") from error
        self._gatherer = gatherer
        self._packed = max(1, len(data))
        self._unpacked = 0
        self.members = tuple(_member(info) for info in self._zip.infolist() if not info.is_dir())
        self._by_name = {
            member.name.replace("\\", "/").lstrip("/").lower(): member for member in self.members
        }

    @property
    def has_duplicates(self) -> bool:
        """Whether two entries bear one name, so that two programs may show two contents."""
        return len(self._by_name) < len(self.members)

    def find(self, name: str) -> Member | None:
        """The entry of that name; Office file names ignore case."""
        return self._by_name.get(name.lstrip("/").lower())

    def stream(self, member: Member) -> Iterator[bytes]:
        """Decompressed bytes of `member` in chunks. Raises BrokenError for damage, StopReadingError for a bomb."""
        if member.encrypted:
            raise BrokenError("encrypted member")
        if member.info.compress_type not in _METHODS:
            raise BrokenError(f"compression method {member.info.compress_type}")
        try:
            with self._zip.open(member.info) as file:
                while chunk := file.read(_CHUNK):
                    self._count(len(chunk))
                    yield chunk
        except _DAMAGE as error:
            raise BrokenError("zip member") from error

    def read(self, member: Member) -> bytes:
        """All bytes of `member`, at most as many as a file may have. Raises as `stream` does."""
        chunks: list[bytes] = []
        size = 0
        for chunk in self.stream(member):
            size += len(chunk)
            if size > self._gatherer.limits.file_bytes:
                raise self._gatherer.stop("too_large", "file_bytes")
            chunks.append(chunk)
        return b"".join(chunks)

    def _count(self, size: int) -> None:
        self._unpacked += size
        if self._unpacked > _RATIO_FROM and self._unpacked > self._gatherer.limits.ratio * self._packed:
            raise self._gatherer.stop("too_large", "ratio")
        self._gatherer.count_unpacked(size)


def _member(info: zipfile.ZipInfo) -> Member:
    mode = info.external_attr >> 16
    return Member(_name_of(info), bool(info.flag_bits & 0x1), stat.S_ISLNK(mode), info)


def _name_of(info: zipfile.ZipInfo) -> str:
    """The name as its writer meant it: Chinese Windows writes GBK without saying so, macOS UTF-8."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        raw = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename
