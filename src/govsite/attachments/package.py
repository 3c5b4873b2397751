"""Packages of Office Open XML: parts, relations, properties, what hides in them besides the text."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from govsite.attachments.archive import Archive, Member
from govsite.attachments.gather import BrokenError, Gatherer
from govsite.attachments.xmlstream import XmlHandler, attribute, parse_xml

_PROPERTY_PARTS = re.compile(r"docProps/\w+\.xml", re.IGNORECASE)
_MACROS = re.compile(r"vbaProject\.bin$|vbaProjectSignature|/activeX/activeX\d+\.|/macrosheets/", re.IGNORECASE)
_EMBEDDED = re.compile(r"/(embeddings|attachments|afchunk\w*)(/|\.)", re.IGNORECASE)
_PICTURE = re.compile(r"\.(jpe?g|png|tiff?|webp|gif|bmp|heic|svg)$", re.IGNORECASE)
_HARMLESS_LINK = re.compile(r"(https?:|mailto:|tel:|ftps?:|#|[\w./%?=&-]*$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Relation:
    """One relation of a part. type: last word of its type address; target: path of a part, or an address outside."""

    id: str
    type: str
    target: str
    is_external: bool


class Package:
    """The parts of an Office file and how they hang together."""

    def __init__(self, archive: Archive, gatherer: Gatherer) -> None:
        self.archive = archive
        self._gatherer = gatherer

    @cached_property
    def main_part(self) -> str:
        """Path of the document itself, which need not be called `word/document.xml`. Raises BrokenError."""
        for relation in self.relations(""):
            if relation.type == "officeDocument" and self.archive.find(relation.target):
                return relation.target
        raise BrokenError("no main part")

    def relations(self, part: str) -> list[Relation]:
        """Relations of `part` in order, of the package itself for `""`; none if the list is missing or broken."""
        folder, base = posixpath.split(part)
        handler = _Relations(folder)
        self.parse(posixpath.join(folder, "_rels", f"{base}.rels"), handler)
        return handler.found

    def related(self, part: str, kind: str) -> list[str]:
        """Parts that `part` is related to by a relation of type `kind`."""
        return [relation.target for relation in self.relations(part) if relation.type == kind and not relation.is_external]

    def parse(self, part: str, handler: XmlHandler) -> None:
        """Parse a part if it is there. Damage is reported with the part's name, and what came before it stays."""
        member = self.archive.find(part)
        if member is None:
            return
        try:
            parse_xml(self.archive.stream(member), handler)
        except BrokenError as broken:
            self._gatherer.fault("broken", part, broken.detail)


def read_package(archive: Archive, name: str, gatherer: Gatherer) -> str:
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
    root = _Root()
    member = package.archive.find(main)
    if member:
        parse_xml(_until_root(package.archive.stream(member), root), root)
    return {"document": "docx", "workbook": "xlsx", "presentation": "pptx"}.get(root.name, root.name or "xml")


def _until_root(chunks: Iterator[bytes], root: _Root) -> Iterator[bytes]:
    """The first chunks, and then a well-formed end: only the root's name is wanted."""
    for chunk in chunks:
        if root.name:
            break
        yield chunk


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
    handler = _Relations(posixpath.dirname(posixpath.dirname(path)))
    package.parse(path, handler)
    for relation in handler.found:
        if relation.is_external and not (relation.type == "hyperlink" and _HARMLESS_LINK.match(relation.target)):
            gatherer.fault("external_link", path, relation.target)


def _read_properties(package: Package, path: str, gatherer: Gatherer) -> None:
    handler = _Properties()
    package.parse(path, handler)
    for name, text in handler.found:
        gatherer.add(text, f"{path} {name}", "property")


class _Root:
    def __init__(self) -> None:
        self.name = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:  # noqa: ARG002 - the protocol's
        self.name = self.name or name

    def end(self, name: str) -> None: ...

    def text(self, data: str) -> None: ...


class _Relations:
    def __init__(self, folder: str) -> None:
        self.found: list[Relation] = []
        self._folder = folder

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name != "Relationship":
            return
        is_external = attribute(attributes, "TargetMode").lower() == "external"
        target = attribute(attributes, "Target")
        if not is_external:
            target = posixpath.normpath(posixpath.join("/", self._folder, target)).lstrip("/")
        kind = attribute(attributes, "Type").rpartition("/")[2]
        self.found.append(Relation(attribute(attributes, "Id"), kind, target, is_external))

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
