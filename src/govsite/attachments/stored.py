"""Results as bytes, so that an attachment is read once and never again until it changes."""

from __future__ import annotations

import json
from functools import cache

from govsite.attachments.limits import ExtractLimits
from govsite.attachments.suffixes import suffix_of
from govsite.files.digest import digest_of
from govsite.model.extracted import Extracted, Fault, Piece

READER_VERSION = 1
"""Raised with every change of what the readers find in the same bytes."""


def extracted_to_bytes(extracted: Extracted) -> bytes:
    """The result as JSON, the same bytes for the same result."""
    record = {
        "version": READER_VERSION,
        "type": extracted.type,
        "pieces": [
            [piece.text, piece.place, piece.role, piece.row, piece.column, piece.table]
            for piece in extracted.pieces
        ],
        "faults": [[fault.kind, fault.place, fault.detail] for fault in extracted.faults],
    }
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def extracted_from_bytes(data: bytes) -> Extracted | None:
    """The result that was stored; None for damaged bytes or those of another version, which is a miss, no error."""
    try:
        record = json.loads(data)
        if record["version"] != READER_VERSION:
            return None
        return Extracted(
            _text(record["type"]),
            tuple(_piece(*fields) for fields in record["pieces"]),
            tuple(Fault(*map(_text, fields)) for fields in record["faults"]),
        )
    except (ValueError, TypeError, KeyError, RecursionError):
        return None


def extraction_key(data: bytes, name: str, limits: ExtractLimits) -> str:
    """Digest of everything the result of `extract(data, name, limits)` depends on."""
    return digest_of(data, suffix_of(name).encode(), repr(limits).encode(), _readers().encode())


def is_settled(extracted: Extracted) -> bool:
    """Whether reading again would find the same; False where time or memory, not content, ended the reading."""
    return not any(
        fault.kind == "too_slow" or fault.detail in {"memory", "reader died", "no reader process"}
        for fault in extracted.faults
    )


def text_digest(extracted: Extracted) -> str:
    """Digest of the text a reader of the file sees; whatever shows or indexes that text depends on nothing else."""
    return digest_of(extracted.visible_text.encode("utf-8"))


@cache
def _readers() -> str:
    from importlib.metadata import PackageNotFoundError, version

    names = []
    for package in ("pypdf", "xlrd", "olefile", "cryptography", "pycryptodome"):  # the last two read AES
        try:
            names.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            names.append(package)
    return f"{READER_VERSION} " + " ".join(names)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _piece(text: object, place: object, role: object, row: object, column: object, table: object) -> Piece:
    if not (isinstance(row, int) and isinstance(column, int) and isinstance(table, int)):
        raise TypeError
    return Piece(_text(text), _text(place), _text(role), row, column, table)
