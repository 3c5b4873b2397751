"""Reads any attachment. Whatever the bytes are, the answer is an `Extracted`, never an exception."""

from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from govsite.attachments.gather import BrokenError, Gatherer, StopReadingError
from govsite.attachments.limits import DEFAULT_LIMITS, ExtractLimits
from govsite.attachments.magic import content_of
from govsite.attachments.suffixes import is_executable_suffix, suffix_of, type_in_container, types_of
from govsite.model.extracted import Extracted, Fault

_Reader: TypeAlias = Callable[[bytes, str, Gatherer], str]

_IMAGES = frozenset({"jpeg", "png", "tiff", "webp", "gif", "bmp", "heic"})
_ISOLATED = frozenset({"pdf", "ole"})


def extract(source: bytes | Path, name: str, limits: ExtractLimits = DEFAULT_LIMITS) -> Extracted:
    """Text, hidden matter and faults of one attachment.

    source: its bytes or where they are; name: the name it will be published under, of which only the suffix counts.
    Never raises for any bytes and costs no more than `limits`. Pieces stand in the order of the file. The same bytes
    give the same result, unless time ended the reading (`stored.is_settled`).
    """
    data = _bytes_of(source, limits)
    if isinstance(data, Fault):
        return Extracted("unknown", (), (data,))
    return read_all(data, name, Gatherer(limits, read_content))


def read_all(data: bytes, name: str, gatherer: Gatherer) -> Extracted:
    """What `gatherer` holds after reading `data`."""
    kind = "unknown"
    try:
        kind = read_content(data, name, gatherer)
    except StopReadingError as stop:
        kind = _likely_type(content_of(data), suffix_of(name))
        found = stop.found
        gatherer.fault(found.kind, found.place, found.detail)
    kind = "image" if kind in _IMAGES else kind
    return Extracted(kind, tuple(gatherer.pieces), tuple(gatherer.faults))


def read_content(data: bytes, name: str, gatherer: Gatherer) -> str:
    """Read one file, which may stand inside another, into `gatherer`; return its type.

    Raises only StopReadingError.
    """
    suffix = suffix_of(name)
    if is_executable_suffix(suffix):
        gatherer.fault("executable", detail=f".{suffix}")
    if len(data) > gatherer.limits.file_bytes:
        gatherer.fault("too_large", detail="file_bytes")
        return _likely_type(content_of(data), suffix)
    content = content_of(data)
    try:
        kind = _read(content, data, name, gatherer)
    except BrokenError as broken:
        gatherer.fault("broken", detail=broken.detail)
        kind = _likely_type(content, suffix)
    except MemoryError:
        gatherer.fault("too_large", detail="memory")
        kind = _likely_type(content, suffix)
    except Exception as error:  # noqa: BLE001 - no bytes may stop the run; the kind of error is reported
        gatherer.fault("broken", detail=type(error).__name__)
        kind = _likely_type(content, suffix)
    allowed = types_of(suffix)
    if allowed and kind not in allowed and kind != "empty":
        gatherer.fault("wrong_type", detail=kind)
    return kind


def _read(content: str, data: bytes, name: str, gatherer: Gatherer) -> str:
    if content in _ISOLATED and not gatherer.isolated:
        from govsite.attachments.isolate import read_isolated

        return read_isolated(data, name, gatherer)
    reader = _READERS.get(content)
    if reader is None:
        gatherer.fault("unsupported", detail=content)
        return content
    return reader(data, name, gatherer)


def _likely_type(content: str, suffix: str) -> str:
    if content in {"zip", "ole"}:
        return type_in_container(content, suffix)
    if content == "text":
        return "csv" if "csv" in types_of(suffix) else "txt"
    return content


def _bytes_of(source: bytes | Path, limits: ExtractLimits) -> bytes | Fault:
    if isinstance(source, bytes):
        return source
    try:
        size = source.stat().st_size
        if size > limits.file_bytes:
            return Fault("too_large", detail="file_bytes")
        return source.read_bytes()
    except OSError as error:
        return Fault("broken", detail=errno.errorcode.get(error.errno or 0, "OSError"))
    except ValueError:  # a NUL in the path
        return Fault("broken", detail="path")


def _read_zip(data: bytes, name: str, gatherer: Gatherer) -> str:
    from govsite.attachments.zipped import read_zip

    return read_zip(data, name, gatherer)


def _read_ole(data: bytes, name: str, gatherer: Gatherer) -> str:
    from govsite.attachments.ole import read_ole

    return read_ole(data, name, gatherer)


def _read_pdf(data: bytes, name: str, gatherer: Gatherer) -> str:
    from govsite.attachments.pdf import read_pdf

    read_pdf(data, gatherer)
    return "pdf"


def _read_text(data: bytes, name: str, gatherer: Gatherer) -> str:
    from govsite.attachments import plain

    kind = _likely_type("text", suffix_of(name))
    (plain.read_csv if kind == "csv" else plain.read_text)(data, gatherer)
    return kind


def _read_svg(data: bytes, name: str, gatherer: Gatherer) -> str:
    from govsite.attachments.svg import read_svg

    read_svg(data, gatherer)
    return "svg"


def _read_image(data: bytes, name: str, gatherer: Gatherer) -> str:
    from govsite.attachments.image import read_image

    kind = content_of(data)
    read_image(data, kind, gatherer)
    return kind


def _report_empty(data: bytes, name: str, gatherer: Gatherer) -> str:
    gatherer.fault("broken", detail="empty")
    return "empty"


def _report_executable(data: bytes, name: str, gatherer: Gatherer) -> str:
    content = content_of(data)
    gatherer.fault("executable", detail=content)
    return content


_READERS: dict[str, _Reader] = {
    "zip": _read_zip,
    "ole": _read_ole,
    "pdf": _read_pdf,
    "text": _read_text,
    "svg": _read_svg,
    "empty": _report_empty,
    "executable": _report_executable,
    "html": _report_executable,
    **dict.fromkeys(_IMAGES, _read_image),
}
