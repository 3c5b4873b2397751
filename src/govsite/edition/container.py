"""The file that goes on the stick: a zip whose comment is a signature over every byte before it.

Nothing is read out of a file before that signature holds, so the zip reader never sees a stranger's bytes. Any
program that knows zip opens the file all the same.
"""

from __future__ import annotations

import base64
import hashlib
import re
import shutil
import zipfile
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, NamedTuple, Self

from govsite.edition.refusal import RefusedError
from govsite.files.signature import fingerprint, is_signed, public_key_of, sign
from govsite.problems.problem import Problem

MANIFEST = "edition.json"
SIGNATURE = "edition.sig"
DELTA = "delta.json"
PATCHES = "patches.bin"
_PURPOSE = b"govsite edition file 1\n"
_MANIFEST_PURPOSE = b"govsite edition manifest 1\n"
_SEAL = re.compile(rb"govsite edition 1 ([0-9a-f]{16}) ([A-Za-z0-9+/]{86}==)\n")
_SEAL_BYTES = 18 + 16 + 1 + 88 + 1
_SEAL_START = b"govsite edition 1 "
_BLOCK = 1 << 20
_EPOCH = (1980, 1, 1, 0, 0, 0)
_STORED = frozenset(
    {"xlsx", "docx", "pptx", "zip", "jpg", "jpeg", "png", "webp", "gif", "mp3", "mp4", "webm", "ogg"}
)


class Member(NamedTuple):
    """What goes into the file. source: bytes, or the file they are read from."""

    name: str
    source: bytes | Path


def sign_manifest(private: bytes, manifest: bytes) -> bytes:
    """The text that vouches for a manifest wherever it lies. Raises `KeyFault`."""
    return base64.b64encode(sign(private, _MANIFEST_PURPOSE + manifest)) + b"\n"


def is_manifest_signed(public: bytes, manifest: bytes, signature: bytes) -> bool:
    """Whether `signature` is the text that `sign_manifest` gives. Raises `KeyFault` for a bad key."""
    try:
        raw = base64.b64decode(signature.strip(), validate=True)
    except ValueError:
        return False
    is_canonical = signature == base64.b64encode(raw) + b"\n"
    return is_canonical and is_signed(public, _MANIFEST_PURPOSE + manifest, raw)


def write_container(path: Path, members: Iterable[Member], private: bytes) -> None:
    """Write the members in the order given, and seal the file. The same members and key give the same bytes.

    The file appears under its name when it is whole. Raises OSError, `KeyFault`.
    """
    name = fingerprint(public_key_of(private)).encode()
    new = path.with_name(f"{path.name}.new")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with new.open("w+b") as file:
            with zipfile.ZipFile(file, "w", allowZip64=True) as archive:
                for member in members:
                    _add(archive, member)
                archive.comment = b" " * _SEAL_BYTES
            file.seek(-_SEAL_BYTES, 2)
            end = file.tell()
            signature = sign(private, _message(file, end))
            file.seek(end)
            file.write(_SEAL_START + name + b" " + base64.b64encode(signature) + b"\n")
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)


def _add(archive: zipfile.ZipFile, member: Member) -> None:
    info = zipfile.ZipInfo(member.name, _EPOCH)
    suffix = member.name.rpartition("/")[2].rpartition(".")[2].lower()
    info.compress_type = zipfile.ZIP_STORED if suffix in _STORED else zipfile.ZIP_DEFLATED
    info.create_system = 3
    info.external_attr = 0o100644 << 16
    if isinstance(member.source, bytes):
        archive.writestr(info, member.source)
        return
    info.file_size = member.source.stat().st_size
    with member.source.open("rb") as source, archive.open(info, "w") as target:
        shutil.copyfileobj(source, target, _BLOCK)


def _message(file: BinaryIO, end: int) -> bytes:
    """What the seal signs: the digest of the first `end` bytes."""
    digest = hashlib.sha512()
    file.seek(0)
    left = end
    while left > 0:
        block = file.read(min(_BLOCK, left))
        if not block:
            break
        digest.update(block)
        left -= len(block)
    return _PURPOSE + digest.digest()


class Container:
    """A sealed file whose seal holds. Raises `RefusedError`: KSK101 no edition or cut short, KSK102 no seal, KSK103
    a seal that does not hold.
    """

    def __init__(self, path: Path, public: bytes) -> None:
        self.file = path.open("rb")
        try:
            self.fingerprint = self._check_seal(public)
            self._archive = zipfile.ZipFile(self.file)
        except BaseException:
            self.file.close()
            raise
        self._infos = {info.filename: info for info in self._archive.infolist()}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._archive.close()
        self.file.close()

    def _check_seal(self, public: bytes) -> str:
        self.file.seek(0, 2)
        size = self.file.tell()
        end = size - _SEAL_BYTES
        self.file.seek(max(0, end))
        seal = _SEAL.fullmatch(self.file.read())
        if seal is None or end < 0:
            self.file.seek(0)
            whole = self.file.read(4) == b"PK\x03\x04" and zipfile.is_zipfile(self.file)
            raise RefusedError(Problem.at("KSK102", None) if whole else Problem.at("KSK101", None))
        key = fingerprint(public)
        signature = base64.b64decode(seal[2])
        is_canonical = seal[1] == key.encode() and seal[2] == base64.b64encode(signature)
        if not is_canonical or not is_signed(public, _message(self.file, end), signature):
            raise RefusedError(Problem.at("KSK103", None, signed_by=seal[1].decode(), expected=key))
        return key

    @property
    def names(self) -> frozenset[str]:
        """Names of all members."""
        return frozenset(self._infos)

    @property
    def is_plain(self) -> bool:
        """Whether every member is an ordinary file that stands there once."""
        listed = self._archive.infolist()
        return len(listed) == len(self._infos) and all(
            not info.is_dir() and info.external_attr >> 16 == 0o100644 for info in listed
        )

    def read(self, name: str, limit: int) -> bytes:
        """A member whole, at most `limit` bytes. Raises KeyError where there is none, `RefusedError` KSK101."""
        info = self._infos[name]
        if info.file_size > limit:
            raise RefusedError(Problem.at("KSK101", None))
        with self.open(name) as file:
            return file.read(limit + 1)

    def open(self, name: str) -> BinaryIO:
        """A member to read from. Raises KeyError, zipfile.BadZipFile."""
        return self._archive.open(self._infos[name])  # type: ignore[return-value]
