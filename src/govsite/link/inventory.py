"""A site to its inventory (清单): what others may link to, and what it asks of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from govsite.link.directory import Directory, build_directory
from govsite.link.references import WRITTEN
from govsite.model.addresses import catalog_path, column_path, document_path, item_path
from govsite.model.details import PolicyDetails
from govsite.model.document import Document
from govsite.model.inventory import FULFILS, Ask, Inventory, Listed, ListedItem
from govsite.model.lifespan import in_effect_from
from govsite.model.site import CITES, Assembly, Site
from govsite.source.span import Span
from govsite.vocab.keys import own_keys

# Kinds that a reference of another site may mean.
LINKABLE = frozenset({"policy", "interpretation", "consultation"})


def make_inventory(site: Site, place: str, name: str, prefix: str) -> Inventory:
    """The inventory of a site that was linked on its own. Nothing of a withheld document is in it."""
    assembly = site.assembly
    directory = build_directory([*assembly.documents.values(), *assembly.withheld.values()])
    asks = tuple(
        dict.fromkeys(ask for doc in site.documents.values() for ask in _asks(doc, assembly, directory))
    )
    asking = {ask.source for ask in asks}
    listed = [
        _listed(doc, site) for doc in site.documents.values() if doc.kind in LINKABLE or doc.key in asking
    ]
    items = [
        ListedItem(item.id, item.name, item_path(item.domain, item.id)) for item in assembly.items.values()
    ]
    return Inventory(
        place=place,
        name=name,
        prefix=prefix,
        as_of=assembly.as_of,
        documents=tuple(sorted(listed)),
        items=tuple(sorted(items)),
        organisations=tuple(
            replace(one, span=Span("")) for _, one in sorted(assembly.organisations.items()) if not one.external
        ),
        addresses=tuple(sorted(_addresses(site))),
        asks=tuple(sorted(asks)),
    )  # fmt: skip


def _listed(doc: Document, site: Site) -> Listed:
    details = doc.details
    is_policy = isinstance(details, PolicyDetails)
    return Listed(
        doc.key, doc.kind, doc.id, doc.title, document_path(doc.kind, doc.id), doc.published[:10],
        str(getattr(details, "doc_no", "") or ""), doc.index_no, site.validity.get(doc.key, ""),
        isinstance(details, PolicyDetails) and bool(details.validity), in_effect_from(doc) if is_policy else "",
    )  # fmt: skip


def _addresses(site: Site) -> Iterator[str]:
    yield from ("index.html", "search.html", "sitemap.html")
    for doc in site.documents.values():
        yield document_path(doc.kind, doc.id)
    for column in site.columns:
        yield column_path(column)
    for domain in site.assembly.domains:
        yield catalog_path(domain.id)
    for item in site.assembly.items.values():
        yield item_path(item.domain, item.id)


def _asks(doc: Document, assembly: Assembly, directory: Directory) -> Iterator[Ask]:
    """What one document refers to and the site does not hold, public or not."""
    for key, relation, kind, reverse in WRITTEN:
        for text in _references(doc, key):
            if not directory.find(text, kind):
                yield Ask("reference", text, kind, relation, doc.key, reverse)
    for own in own_keys(doc.kind):
        for text in _references(doc, own.id) if own.back else ():
            if not directory.find(text, own.argument):
                yield Ask("reference", text, own.argument, f"{doc.kind}.{own.id}", doc.key)
    for slot in doc.body.slots:
        if slot.kind == "number" and not directory.find_number(slot.target)[0]:
            yield Ask("number", slot.target, "", CITES, doc.key)
        elif slot.kind == "title" and not directory.find_title(slot.target):
            yield Ask("title", slot.target, "", CITES, doc.key)
    for reference in doc.catalog_items:
        if reference.text not in assembly.items and reference.text not in assembly.withheld_items:
            yield Ask("item", reference.text, "", FULFILS, doc.key)


def _references(doc: Document, key: str) -> Iterable[str]:
    return [reference.text for reference in getattr(doc.details, key, ())]
