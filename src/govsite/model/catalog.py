"""The catalog of disclosure items (公开事项目录), 国办发〔2019〕54号."""

from __future__ import annotations

from govsite.frozen import dataclass
from govsite.model.deadline import Deadline
from govsite.source.span import Span

WITHHELD = "withheld"
"""Disclosure (公开属性) of an item that is 不予公开: a term id."""


@dataclass(frozen=True, slots=True)
class Element:
    """One content element (公开内容要素). required: marked ● in the source."""

    text: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class CatalogItem:
    """One row of a standard catalog.

    id: stable; no: free text as printed. channels, audience, mode, tier: term ids, or the text as written where
    the list does not know it. deadline_text is kept beside the parsed deadline. column: column id.
    """

    id: str
    domain: str
    no: str
    level1: str
    level2: str
    level3: str
    content: tuple[Element, ...]
    basis: tuple[str, ...]
    deadline: Deadline
    deadline_text: str
    subject: tuple[str, ...]
    channels: tuple[str, ...]
    audience: tuple[str, ...]
    mode: tuple[str, ...]
    tier: tuple[str, ...]
    responsible_unit: str
    responsible_section: str
    disclosure: str
    disclosure_reason: str
    column: str
    category: str
    audience_note: str
    span: Span

    @property
    def name(self) -> str:
        """The item's name: its last level that is filled, else its id."""
        return self.level3 or self.level2 or self.level1 or self.id


@dataclass(frozen=True, slots=True)
class CatalogDomain:
    """The catalog of one domain (领域): id, label, title of the base document, rows in source order."""

    id: str
    label: str
    basis_document: str
    file: str
    items: tuple[CatalogItem, ...]
