"""The site: documents, columns, catalog, and the graph that ties them together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import NamedTuple

from govsite.frozen import dataclass
from govsite.model.address_book import AddressBook
from govsite.model.addresses import JOINT
from govsite.model.catalog import CatalogDomain, CatalogItem
from govsite.model.catalog_history import CatalogHistory
from govsite.model.column import Column
from govsite.model.document import Document
from govsite.model.inventory import Abroad
from govsite.model.organisation import Organisation

# Relations between documents, written once and read both ways. The name says what the source does to the target.
INTERPRETS = "interprets"
REPEALS = "repeals"
AMENDS = "amends"
ABOUT = "about"
RESULT_OF = "result_of"
OUTCOME = "outcome"
CITES = "cites"
RELATIONS = (INTERPRETS, REPEALS, AMENDS, ABOUT, RESULT_OF, OUTCOME, CITES)


@dataclass(frozen=True, slots=True)
class Assembly:
    """Documents and settings put together, references still unread.

    documents: what may be published, by key, newest first; withheld: what may not, by key, for references only;
    columns: in site order; home: column id of each document; members: documents of each column, newest first;
    items: catalog items by id; organisations: by id; as_of: ISO day by which validity and display are judged;
    expired: keys of documents whose 公示期 is over; files: path under `content/` to size; withheld_items: ids of catalog items
    that are 不予公开, for references only.
    """

    documents: Mapping[str, Document]
    withheld: Mapping[str, Document]
    columns: Mapping[str, Column]
    home: Mapping[str, str]
    domains: tuple[CatalogDomain, ...]
    items: Mapping[str, CatalogItem]
    organisations: Mapping[str, Organisation]
    as_of: str
    expired: frozenset[str]
    files: Mapping[str, int]
    withheld_items: frozenset[str] = frozenset()
    addresses: AddressBook = AddressBook()


class Citation(NamedTuple):
    """What stands in running text and leads to a document.

    start: characters of the text before the name proper; anchor: id in the target's page, `""` for its top; abroad: address of a
    document of another site (`document` is then `""`), title: its title.

    A number's code word cannot be told from the words before it by its form (`按照示镇政发〔2026〕1号`); the documents
    of the site decide where it begins.
    """

    document: str
    start: int = 0
    anchor: str = ""
    abroad: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Graph:
    """Typed links both ways. Targets stand in the order written, sources newest first; each at most once."""

    forward: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    backward: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)

    def targets(self, relation: str, source: str) -> tuple[str, ...]:
        """Keys of the documents that `source` points to."""
        return self.forward.get((relation, source), ())

    def sources(self, relation: str, target: str) -> tuple[str, ...]:
        """Keys of the documents that point to `target`."""
        return self.backward.get((relation, target), ())


@dataclass(frozen=True, slots=True)
class Site:
    """Everything the pages are made of.

    validity: state id by policy key; members: document keys of each column, newest first; fulfils: catalog item ids
    by document key; fulfilled_by: document keys by item id, newest first; citations: for each document, what in its
    running text leads to which document; footer: (text, document key or http address or `""`) of the foot's links;
    catalog_history: what changed in the catalog, by the commits up to HEAD; abroad: links to and from documents of other sites by
    document key; workspace: name of the workspace (集约化平台) that the site belongs to, `""` for none.
    """

    assembly: Assembly
    graph: Graph
    validity: Mapping[str, str]
    members: Mapping[str, tuple[str, ...]]
    fulfils: Mapping[str, tuple[str, ...]]
    fulfilled_by: Mapping[str, tuple[str, ...]]
    citations: Mapping[str, Mapping[tuple[str, str, str], Citation]]
    footer: tuple[tuple[str, str], ...] = ()
    catalog_history: CatalogHistory = CatalogHistory()
    abroad: Mapping[str, tuple[Abroad, ...]] = field(default_factory=dict)
    workspace: str = ""

    @property
    def outside(self) -> frozenset[str]:
        """Addresses in other sites that pages of this one link to."""
        if not self.workspace:
            return frozenset()
        links = {JOINT} | {link.address for found in self.abroad.values() for link in found}
        return frozenset(
            links | {one.abroad for found in self.citations.values() for one in found.values() if one.abroad}
        )

    @property
    def documents(self) -> Mapping[str, Document]:
        """Published documents by key, newest first."""
        return self.assembly.documents

    @property
    def columns(self) -> Mapping[str, Column]:
        """Columns by id in site order."""
        return self.assembly.columns
