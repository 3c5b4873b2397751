"""Office files of all kinds: the choice of reader, and what is in a package besides its text."""

from __future__ import annotations

import itertools
import posixpath
import re

from govsite.attachments.archive import Archive, Member
from govsite.attachments.gather import BrokenError, Gatherer
from govsite.attachments.package import Package, Relations
from govsite.attachments.xmlstream import attribute, parse_xml

_STATISTIC = re.compile(r"[0-9.]+|true|false")
"""Counts of pages and words, versions, switches: they tell of nobody."""
_PROPERTY_PARTS = re.compile(r"docProps/\w+\.xml", re.IGNORECASE)
_MACROS = re.compile(
    r"vbaProject\.bin$|vbaProjectSignature|/activeX/activeX\d+\.|/macrosheets/", re.IGNORECASE
)
_EMBEDDED = re.compile(r"/(embeddings|attachments|afchunk\w*)(/|\.)", re.IGNORECASE)
_PICTURE = re.compile(r"\.(jpe?g|png|tiff?|webp|gif|bmp|heic|svg)$", re.IGNORECASE)
_HARMLESS_LINK = re.compile(r"(https?:|mailto:|tel:|ftps?:|#|[\w./%?=&-]*$)", re.IGNORECASE)


def read_office(archive: Archive, name: str, gatherer: Gatherer) -> str:
    """Read an Office file; return `docx` · `xlsx` · `pptx`, or `zip` for packages of other programs."""
    package = Package(archive, gatherer)
    if archive.has_duplicates:
        gatherer.fault("broken", detail="duplicate members")
    main = package.main_part
    kind = "xlsb" if main.lower().endswith(".bin") else _kind_of(package, main)
    if kind == "docx":
        from govsite.attachments.docx import read_docx

        read_docx(package, gatherer)
    elif kind == "xlsx":
        from govsite.attachments.xlsx import read_xlsx

        read_xlsx(package, gatherer)
    elif kind == "pptx":
        from govsite.attachments.pptx import read_pptx

        read_pptx(package, gatherer)
    else:
        gatherer.fault("unsupported", detail=kind)
    for member in archive.members:
        _read_aside(package, member, gatherer)
    return kind


def _kind_of(package: Package, main: str) -> str:
    """Type by the root element of the main part."""
    root = _Root()
    member = package.archive.find(main)
    if member:
        try:
            parse_xml(itertools.takewhile(lambda _chunk: not root.name, package.archive.stream(member)), root)
        except BrokenError:
            if not root.name:  # else: the document was only cut off after its first chunk
                raise
    return {"document": "docx", "workbook": "xlsx", "presentation": "pptx"}.get(root.name, root.name or "xml")


def _read_aside(package: Package, member: Member, gatherer: Gatherer) -> None:
    """What is in the file besides its text: properties, links, macros, files, pictures."""
    gatherer.count_member()
    path = member.name.replace("\\", "/")
    if path.lower().endswith(".rels"):
        _read_links(package, path, gatherer)
    elif _PROPERTY_PARTS.fullmatch(path):
        _read_properties(package, path, gatherer)
    elif _MACROS.search(path):
        gatherer.fault("macro", path)
    elif _EMBEDDED.search(path) or _PICTURE.search(path):
        if _EMBEDDED.search(path):
            gatherer.fault("embedded", path)
        try:
            data = package.archive.read(member)
        except BrokenError as broken:
            gatherer.fault("broken", path, broken.detail)
            return
        gatherer.read_member(data, path)


def _read_links(package: Package, path: str, gatherer: Gatherer) -> None:
    handler = Relations(posixpath.dirname(posixpath.dirname(path)))
    package.parse(path, handler)
    for relation in handler.found:
        if relation.is_external and not (
            relation.type == "hyperlink" and _HARMLESS_LINK.match(relation.target)
        ):
            gatherer.fault("external_link", path, relation.target)


def _read_properties(package: Package, path: str, gatherer: Gatherer) -> None:
    handler = _Properties()
    package.parse(path, handler)
    is_statistics = path.lower() == "docprops/app.xml"
    for name, text in handler.found:
        if is_statistics and _STATISTIC.fullmatch(text):
            continue
        gatherer.add(text, f"{path} {name}", "property")


class _Root:
    def __init__(self) -> None:
        self.name = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.name = self.name or name

    def end(self, name: str) -> None: ...

    def text(self, data: str) -> None: ...


class _Properties:
    """Leaf texts of a property part; a custom property is called by its `name`."""

    def __init__(self) -> None:
        self.found: list[tuple[str, str]] = []
        self._custom = ""
        self._buffer: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._buffer.clear()
        if name == "property":
            self._custom = attribute(attributes, "name")

    def end(self, name: str) -> None:
        text = "".join(self._buffer).strip()
        self._buffer.clear()
        if text:
            self.found.append((self._custom or name, text))

    def text(self, data: str) -> None:
        self._buffer.append(data)
