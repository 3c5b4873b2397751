"""Documents, catalog and settings to an `Assembly`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from govsite.assemble.columns import assemble_columns
from govsite.files.paths import path_key
from govsite.hanzi.nearest import nearest
from govsite.hanzi.pending import PENDING
from govsite.model.address_book import AddressBook
from govsite.model.addresses import document_path
from govsite.model.catalog import WITHHELD, CatalogDomain, CatalogItem
from govsite.model.column import Column
from govsite.model.document import Document
from govsite.model.organisation import Organisation
from govsite.model.site import Assembly
from govsite.problems.problem import Problem
from govsite.settings.settings import Settings
from govsite.source.span import Span
from govsite.vocab.keys import own_keys
from govsite.vocab.terms import domains as standard_domains
from govsite.vocab.terms import kinds

EPOCH = "1970-01-01"
_FREE_KIND = "disclosure"


def assemble(
    documents: Iterable[Document],
    domains: Iterable[CatalogDomain],
    organisations: Iterable[Organisation],
    settings: Settings,
    files: Mapping[str, int],
    *,
    as_of: str = "",
    drafts: bool = False,
    addresses: AddressBook | None = None,
    shared: Iterable[Organisation] = (),
) -> tuple[Assembly, list[Problem]]:
    """The site's parts put together. Nothing that is not 主动公开 is among its documents.

    as_of: ISO day; where empty, the newest publication decides, so that the output does not depend on the clock.
    drafts: let drafts in (preview only). addresses: that were published once. shared: organisations of other sites, of which those count
    that a document here names.
    Reports DOC103 (id), DOC105 (索引号), DOC106 (发文字号) and DOC111 (address) that stand twice, DOC109 (unknown
    organisation), DOC110 (unknown column), DOC114 (a file of a public and a withheld document), CAT102, CAT108.
    """
    problems: list[Problem] = []
    unique = _unique(documents, problems)
    public = [doc for doc in unique if doc.is_public and (drafts or not doc.draft)]
    public.sort(key=lambda doc: doc.key)
    public.sort(key=lambda doc: doc.published, reverse=True)
    published = {doc.key: doc for doc in public}
    withheld = {doc.key: doc for doc in unique if doc.key not in published}
    known_domains = _domains(domains, problems)
    items, hidden_items = _items(known_domains, problems)
    domain_list = _with_items(known_domains, items)
    filled = {word for doc in public for word in (doc.column, kinds()[doc.kind].column)}
    columns = assemble_columns(settings, domain_list, problems, filled)
    organisation_map = {organisation.id: organisation for organisation in organisations}
    if organisation_map:
        organisation_map |= _named(unique, organisation_map, shared)
    _check_twice(published, problems)
    _check_organisations(unique, organisation_map, problems)
    _check_shared_files(published, withheld, problems)
    day = as_of or max((doc.published[:10] for doc in public), default=EPOCH)
    assembly = Assembly(
        documents=published,
        withheld=withheld,
        columns=columns,
        home=_homes(published, columns, items, problems),
        domains=domain_list,
        items=items,
        withheld_items=hidden_items,
        organisations=organisation_map,
        as_of=day,
        expired=frozenset(doc.key for doc in public if doc.shown_until and doc.shown_until < day),
        files=files,
        addresses=addresses or AddressBook(),
    )
    return assembly, problems


def _unique(documents: Iterable[Document], problems: list[Problem]) -> list[Document]:
    """Documents in file order, of two with one key the first."""
    kept: dict[str, Document] = {}
    for doc in sorted(documents, key=lambda doc: doc.file):
        first = kept.setdefault(doc.key, doc)
        if first is not doc:
            problems.append(
                Problem.at("DOC103", doc.span_of("id"), (first.span_of("id"),), id=doc.id, other=first.file)
            )
    return list(kept.values())


def _check_twice(published: Mapping[str, Document], problems: list[Problem]) -> None:
    seen: dict[tuple[str, str], Document] = {}
    for doc in sorted(published.values(), key=lambda doc: doc.file):
        marks = [("DOC111", path_key(document_path(doc.kind, doc.id)), "id")]
        if doc.index_no:
            marks.append(("DOC105", doc.index_no, "index_no"))
        number = getattr(doc.details, "doc_no", "")
        if number:
            marks.append(("DOC106", number, "doc_no"))
        for code, value, key in marks:
            first = seen.setdefault((code, value), doc)
            if first is not doc:
                related = (first.span_of(key),)
                problems.append(Problem.at(code, doc.span_of(key), related, found=value, other=first.file))


def _organisation_names(doc: Document) -> list[tuple[str, str]]:
    """(key, name as written) of every organisation that a document names."""
    details = doc.details
    names = [("publisher", doc.publisher)]
    names += [("issuer", name) for name in getattr(details, "issuer", ())]
    names += [
        (key.id, str(getattr(details, key.id, "") or ""))
        for key in own_keys(doc.kind)
        if key.base == "organisation"
    ]
    return [(key, name) for key, name in names if name]


def _check_organisations(
    documents: Iterable[Document], organisations: Mapping[str, Organisation], problems: list[Problem]
) -> None:
    if not organisations:
        return
    known = {word for org in organisations.values() for word in (org.id, org.name, *org.short)}
    names = [org.name for org in organisations.values()]
    for doc in documents:
        for key, name in _organisation_names(doc):
            if name not in known and not name.startswith(PENDING):
                problems.append(
                    Problem.at("DOC109", doc.span_of(key), found=name, nearest=nearest(name, names))
                )


def _named(
    documents: Iterable[Document], own: Mapping[str, Organisation], shared: Iterable[Organisation]
) -> dict[str, Organisation]:
    """Those of `shared` that documents name and the site does not have itself."""
    taken = {word for org in own.values() for word in (org.id, org.name, *org.short)}
    written = {name for doc in documents for _, name in _organisation_names(doc)} - taken
    found: dict[str, Organisation] = {}
    for org in shared:
        if org.id not in taken and written & {org.id, org.name, *org.short}:
            found.setdefault(org.id, org)
    return found


def _check_shared_files(
    published: Mapping[str, Document], withheld: Mapping[str, Document], problems: list[Problem]
) -> None:
    hidden = {
        file.path: doc
        for doc in withheld.values()
        if not doc.is_public
        for file in (*doc.attachments, *doc.embedded)
    }
    for doc in published.values():
        for file in (*doc.attachments, *doc.embedded):
            if file.path in hidden:
                related = (Span.of_file(hidden[file.path].file),)
                problems.append(Problem.at("DOC114", file.span, related, path=file.path))


def _domains(domains: Iterable[CatalogDomain], problems: list[Problem]) -> tuple[CatalogDomain, ...]:
    """Domains in the vocabulary's order, the site's own last; CAT108 for a domain in two files."""
    order = {domain_id: index for index, domain_id in enumerate(standard_domains())}
    kept: dict[str, CatalogDomain] = {}
    for domain in sorted(
        domains, key=lambda domain: (order.get(domain.id, len(order)), domain.id, domain.file)
    ):
        first = kept.setdefault(domain.id, domain)
        if first is not domain:
            related = (Span.of_file(first.file),)
            problems.append(Problem.at("CAT108", Span.of_file(domain.file), related, domain=domain.label))
    return tuple(kept.values())


def _items(
    domains: Iterable[CatalogDomain], problems: list[Problem]
) -> tuple[dict[str, CatalogItem], frozenset[str]]:
    """Catalog items by id, of two with one id the first; and the ids of those that are 不予公开.

    A row of what is open on request stays: the table has a column for it, and it tells people what to ask for.
    """
    items: dict[str, CatalogItem] = {}
    hidden = set()
    for domain in domains:
        for item in domain.items:
            first = items.setdefault(item.id, item)
            if first is not item:
                problems.append(Problem.at("CAT102", item.span, (first.span,), id=item.id))
            elif item.disclosure == WITHHELD:
                hidden.add(item.id)
    return {item_id: item for item_id, item in items.items() if item_id not in hidden}, frozenset(hidden)


def _with_items(
    domains: Iterable[CatalogDomain], items: Mapping[str, CatalogItem]
) -> tuple[CatalogDomain, ...]:
    """Domains with the rows that count."""
    return tuple(
        replace(domain, items=tuple(item for item in domain.items if items.get(item.id) is item))
        for domain in domains
    )


def _homes(
    published: Mapping[str, Document],
    columns: Mapping[str, Column],
    items: Mapping[str, CatalogItem],
    problems: list[Problem],
) -> dict[str, str]:
    """Column id of each document: the one it names, else its kind's; a disclosure's first catalog item comes before."""
    homes: dict[str, str] = {}
    fallback = next(iter(columns), "")
    for doc in published.values():
        if doc.column:
            if doc.column in columns:
                homes[doc.key] = doc.column
                continue
            near = nearest(doc.column, columns)
            name = columns[near].name if near else ""
            problems.append(
                Problem.at("DOC110", doc.span_of("column"), found=doc.column, nearest=near, name=name)
            )
        # Only what has no column of its kind goes where its catalog item says.
        named = [
            items[ref.text].column
            for ref in doc.catalog_items
            if ref.text in items and doc.kind == _FREE_KIND
        ]
        candidates = [*named, kinds()[doc.kind].column, fallback]
        homes[doc.key] = next((column for column in candidates if column in columns), fallback)
    return homes
