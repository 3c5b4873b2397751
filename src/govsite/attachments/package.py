"""Packages of Office Open XML: their parts and how these hang together."""

from __future__ import annotations

import posixpath
from functools import cached_property

from govsite.attachments.archive import Archive
from govsite.attachments.gather import BrokenError, Gatherer
from govsite.attachments.xmlstream import XmlHandler, attribute, parse_xml
from govsite.frozen import dataclass


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
        handler = Relations(folder)
        self.parse(posixpath.join(folder, "_rels", f"{base}.rels"), handler)
        return handler.found

    def related(self, part: str, kind: str) -> list[str]:
        """Parts that `part` is related to by a relation of type `kind`."""
        return [
            relation.target
            for relation in self.relations(part)
            if relation.type == kind and not relation.is_external
        ]

    def parse(self, part: str, handler: XmlHandler) -> None:
        """Parse a part if it is there. Damage is reported with the part's name, and what came before it stays."""
        member = self.archive.find(part)
        if member is None:
            return
        try:
            parse_xml(self.archive.stream(member), handler)
        except BrokenError as broken:
            self._gatherer.fault("broken", part, broken.detail)


class Relations:
    """Reads a list of relations; folder: that of the part they belong to."""

    def __init__(self, folder: str) -> None:
        self.found: list[Relation] = []
        self._folder = folder

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take one relation."""
        if name != "Relationship":
            return
        is_external = attribute(attributes, "TargetMode").lower() == "external"
        target = attribute(attributes, "Target")
        if not is_external:
            target = posixpath.normpath(posixpath.join("/", self._folder, target)).lstrip("/")
        kind = attribute(attributes, "Type").rpartition("/")[2]
        self.found.append(Relation(attribute(attributes, "Id"), kind, target, is_external))

    def end(self, name: str) -> None:
        """Nothing ends here."""

    def text(self, data: str) -> None:
        """No text counts."""
