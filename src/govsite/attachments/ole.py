"""OLE2 files: the Office files before 2007, WPS files, and the wrapper of encrypted new ones."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from govsite.attachments.exif import decode_loosely
from govsite.attachments.gather import BrokenError, Gatherer

_TYPE_BY_STREAM = (
    ("encryptedpackage", "office"),
    ("workbook", "xls"),
    ("book", "xls"),
    ("worddocument", "doc"),
    ("powerpoint document", "ppt"),
    ("__properties_version1.0", "msg"),
)
_MACRO_STORAGES = frozenset({"macros", "_vba_project_cur", "_vba_project", "vba"})
_PROPERTIES = ("title", "subject", "author", "keywords", "comments", "template", "last_saved_by", "creating_application",
               "manager", "company", "category")  # fmt: skip


def read_ole(data: bytes, name: str, gatherer: Gatherer) -> str:
    """Read what can be read of an OLE2 file; return its type, `ole` for one of an unknown program."""
    import olefile

    try:
        file = olefile.OleFileIO(BytesIO(data))
    except Exception as error:
        raise BrokenError("ole directory") from error
    with file:
        entries = [
            tuple(part.lower() for part in entry) for entry in file.listdir(streams=True, storages=True)
        ]
        kind = _type_of({entry[0] for entry in entries})
        _add_properties(file, gatherer)
        _report_contents(entries, gatherer)
    if kind == "xls":
        from govsite.attachments.xls import read_xls

        read_xls(data, gatherer)
    elif kind == "office":
        gatherer.fault("encrypted")
    else:
        gatherer.fault("unsupported", detail=kind)
    return kind


def _type_of(names: set[str]) -> str:
    return next((kind for stream, kind in _TYPE_BY_STREAM if stream in names), "ole")


def _report_contents(entries: list[tuple[str, ...]], gatherer: Gatherer) -> None:
    for entry in entries:
        if _MACRO_STORAGES.intersection(entry):
            gatherer.fault("macro", detail=entry[0])
        elif (entry[0] == "objectpool" and len(entry) == 2) or (
            entry[0].startswith("mbd") and len(entry) == 1
        ):
            gatherer.fault("embedded", "/".join(entry))


def _add_properties(file: Any, gatherer: Gatherer) -> None:
    try:
        metadata = file.get_metadata()
    except Exception:  # noqa: BLE001 - properties are worth reporting, their damage is not: Office ignores it
        return
    for name in _PROPERTIES:
        value = getattr(metadata, name, None)
        if isinstance(value, bytes):
            value = _decode(value.rstrip(b"\x00"), metadata.codepage)
        if isinstance(value, str):
            gatherer.add(value, f"SummaryInformation {name}", "property")


def _decode(value: bytes, codepage: object) -> str:
    encodings = {65001: "utf-8", 936: "gbk", 54936: "gb18030", 950: "big5", 1200: "utf-16-le"}
    encoding = encodings.get(codepage % 65536) if isinstance(codepage, int) else None
    return value.decode(encoding, "replace") if encoding else decode_loosely(value)
