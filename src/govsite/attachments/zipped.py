"""Zip files: Office packages, or archives whose members are read one by one."""

from __future__ import annotations

import posixpath

from govsite.attachments.archive import Archive, Member
from govsite.attachments.gather import BrokenError, Gatherer
from govsite.files.paths import is_absolute, is_portable_name

_UNSUPPORTED_BY_MIMETYPE = {
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "application/vnd.oasis.opendocument.presentation": "odp",
    "application/epub+zip": "epub",
}
_PROGRAM_MEMBERS = ("meta-inf/manifest.mf", "androidmanifest.xml", "classes.dex")


def read_zip(data: bytes, name: str, gatherer: Gatherer) -> str:
    """Read a zip by what is in it; return its type. A package of Office has a list of content types."""
    archive = Archive(data, gatherer)
    if archive.find("[Content_Types].xml"):
        from govsite.attachments.office import read_office

        return read_office(archive, name, gatherer)
    if archive.find("OFD.xml"):
        gatherer.fault("unsupported", detail="ofd")
        return "ofd"
    mimetype = archive.find("mimetype")
    if mimetype:
        kind = _UNSUPPORTED_BY_MIMETYPE.get(archive.read(mimetype)[:100].decode("ascii", "replace").strip())
        if kind:
            gatherer.fault("unsupported", detail=kind)
            return kind
    if any(archive.find(member) for member in _PROGRAM_MEMBERS):
        gatherer.fault("executable", detail="jar")
    if archive.has_duplicates:
        gatherer.fault("broken", detail="duplicate members")
    for member in archive.members:
        gatherer.count_member()
        gatherer.check_time()
        _read_member(archive, member, gatherer)
    return "zip"


def _read_member(archive: Archive, member: Member, gatherer: Gatherer) -> None:
    gatherer.add(member.name, member.name, "name")
    if _leaves_folder(member.name) or member.is_link:
        gatherer.fault("unsafe_name", member.name, "symlink" if member.is_link else "")
    if member.encrypted:
        gatherer.fault("encrypted", member.name)
        return
    try:
        data = archive.read(member)
    except BrokenError as broken:
        gatherer.fault("broken", member.name, broken.detail)
        return
    gatherer.read_member(data, member.name)


def _leaves_folder(name: str) -> bool:
    """Whether some program would write the member outside its folder, or nowhere at all."""
    path = name.replace("\\", "/")
    return (
        is_absolute(name)
        or not all(is_portable_name(segment) for segment in path.split("/") if segment != "")
        or (".." in path.split("/") or posixpath.normpath(path).startswith(".."))
    )
