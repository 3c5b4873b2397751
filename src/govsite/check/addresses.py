"""Permanent addresses: LNK201-LNK204. What was published is there, leads on, or says why it is gone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from govsite.frozen import dataclass
from govsite.hanzi.nearest import nearest
from govsite.model.addresses import (
    HOME,
    PUBLISHED_FILE,
    catalog_path,
    column_path,
    document_path,
    file_path,
    item_path,
)
from govsite.model.document import Document
from govsite.model.site import Site
from govsite.problems.problem import Problem
from govsite.settings.settings import Settings
from govsite.source.span import Span
from govsite.vocab.limits import limits

STATES = ("live", "new", "moved", "withdrawn", "expired", "vanished")


@dataclass(frozen=True, slots=True)
class AddressEntry:
    """One permanent address. state: `live` · `new` (live, not in the record) · `moved` · `withdrawn` · `expired` (file of a
    list whose 公示期 is over) · `vanished`. target: where a moved one leads.
    """

    address: str
    state: str
    target: str = ""


def permanent_addresses(site: Site) -> dict[str, Document | None]:
    """Addresses that others may hold, with their document where they have one: home, columns, documents, files, items.

    Older pages of lists, feeds and assets are not among them.
    """
    assembly = site.assembly
    found: dict[str, Document | None] = {HOME: None}
    found |= {column_path(column): None for column in site.columns}
    for domain in assembly.domains:
        found[catalog_path(domain.id)] = None
        found |= {item_path(domain.id, item.id): None for item in domain.items}
    for key, doc in site.documents.items():
        found[document_path(doc.kind, doc.id)] = doc
        if key not in assembly.expired:
            found |= {file_path(file.path): doc for file in (*doc.attachments, *doc.embedded)}
    return found


def address_entries(site: Site) -> list[AddressEntry]:
    """Every address of the record and every permanent one of today, by address."""
    book = site.assembly.addresses
    live, ends = permanent_addresses(site), book.destinations()
    withdrawn = {withdrawal.path for withdrawal in book.withdrawals}
    expired = _expired_files(site)
    entries = []
    for address in sorted({*live, *book.published, *ends, *withdrawn}):
        if address in live:
            state = "live" if address in book.published else "new"
        elif address in ends:
            state = "moved"
        else:
            state = "withdrawn" if address in withdrawn else "expired" if address in expired else "vanished"
        entries.append(AddressEntry(address, state, ends.get(address, "") if state == "moved" else ""))
    return entries


def _expired_files(site: Site) -> set[str]:
    documents = (site.documents[key] for key in site.assembly.expired)
    return {file_path(file.path) for doc in documents for file in (*doc.attachments, *doc.embedded)}


def check_addresses(site: Site, settings: Settings) -> Iterator[Problem]:
    """LNK201 vanished · LNK202 a move that leads nowhere · LNK203 moved or withdrawn, yet in use · LNK204 not recorded."""
    book = site.assembly.addresses
    live, ends = permanent_addresses(site), book.destinations()
    for entry in address_entries(site) if book.published else ():
        if entry.state == "vanished":
            line = book.published.get(entry.address, 0)
            span = Span.of_line(PUBLISHED_FILE, line, 1, len(entry.address))
            near = nearest(entry.address, _alike(entry.address, live), 0.7)
            yield Problem.at("LNK201", span, address=entry.address, nearest=near)
    for move in book.moves:
        if ends.get(move.path, "") not in live:
            near = nearest(move.target, _alike(move.target, live), 0.7)
            yield Problem.at("LNK202", move.span, address=move.path, target=move.target, nearest=near)
    gone = [(move.path, move.span) for move in book.moves]
    gone += [(withdrawal.path, withdrawal.span) for withdrawal in book.withdrawals]
    for path, span in gone:
        if path in live:
            yield Problem.at("LNK203", span, address=path)
    yield from _unrecorded(site, settings, live)


def _alike(address: str, live: dict[str, Document | None]) -> list[str]:
    """Addresses of the same folder at the top: the only ones a page is likely to have gone to."""
    top = address.partition("/")[0] + "/"
    return [path for path in live if path.startswith(top)]


def _unrecorded(site: Site, settings: Settings, live: dict[str, Document | None]) -> Iterator[Problem]:
    """LNK204, once: documents that have been out for a while and stand in no record."""
    book = site.assembly.addresses
    if not book.published:
        return
    days = settings.duties.limits.get("record_days", limits()["record_days"].value)
    before = (date.fromisoformat(site.assembly.as_of) - timedelta(days=days)).isoformat()
    waiting = [
        address
        for address, doc in live.items()
        if doc is not None and address not in book.published and "" < doc.published[:10] < before
    ]
    if waiting:
        yield Problem.at(
            "LNK204", Span.of_file(PUBLISHED_FILE), count=len(waiting), first=min(waiting), days=days
        )
