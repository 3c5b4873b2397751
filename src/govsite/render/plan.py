"""Which outputs a site has. Each is a job: a path, a maker, and small arguments; any process can carry it out."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from govsite.model.addresses import (
    BROWSE,
    CATALOG_HISTORY,
    CATALOG_HISTORY_CSV,
    HOME,
    NOT_FOUND,
    REQUEST,
    SEARCH,
    SITEMAP,
    STATISTICS,
    STATISTICS_CSV,
    STATISTICS_XLSX,
    catalog_folder,
    catalog_path,
    column_folder,
    document_path,
    listing_folder,
)
from govsite.render.context import RenderContext
from govsite.render.listings import Listings
from govsite.render.paging import item_pages, list_pages
from govsite.render.paper import offered_forms, paper_path
from govsite.render.registers import registered_kinds
from govsite.render.villages import board_path, by_village


class Job(NamedTuple):
    """One output. path: relative to the site root; maker: name in `make.py`; args: what to make."""

    path: str
    maker: str
    args: tuple[str | int, ...] = ()


def plan_jobs(context: RenderContext, listings: Listings) -> list[Job]:
    """Every page and data file of the site but copies (attachments, assets) and the search index, in a fixed order."""
    jobs = [
        *_documents(context),
        *_columns(context),
        *_catalog(context),
        *_listings(listings),
        *_forms(context),
        *_singles(),
    ]
    pages = tuple(
        job.path for job in jobs if job.path.endswith(".html") and job.path not in {NOT_FOUND, SEARCH}
    )
    taken = {job.path for job in jobs}
    return [*jobs, Job("sitemap.xml", "sitemap_xml", pages), *_notices(context, taken)]


def _notices(context: RenderContext, taken: Collection[str]) -> Iterator[Job]:
    """Pages left at addresses that moved or were withdrawn; at a file's address no page can stand, only a server's rule."""
    book = context.site.assembly.addresses
    for path in (*book.destinations(), *(withdrawal.path for withdrawal in book.withdrawals)):
        if path.endswith(".html") and path not in taken:
            yield Job(path, "notice", (path,))


def _documents(context: RenderContext) -> Iterator[Job]:
    for key, document in context.site.documents.items():
        yield Job(document_path(document.kind, document.id), "document", (key,))
        for form in offered_forms(context, document):
            yield Job(paper_path(document, form), "paper", (key, form))


def _columns(context: RenderContext) -> Iterator[Job]:
    for column in context.site.columns.values():
        folder = column_folder(column.id)
        members = context.site.members.get(column.id, ())
        for page in list_pages(len(members)):
            yield Job(folder + page.name, "column", (column.id, page.number))
        yield Job(f"{folder}feed.xml", "feed", (column.id,))
        yield Job(f"{folder}list.json", "column_json", (column.id,))
        yield Job(f"{folder}list.csv", "column_csv", (column.id,))
        for kind in registered_kinds(context, column):
            yield Job(f"{folder}{kind}.csv", "register_csv", (column.id, kind))
            yield Job(f"{folder}{kind}.xlsx", "register_xlsx", (column.id, kind))
        if column.layout == "villages":
            for village in sorted(filter(None, by_village(context, members))):
                yield Job(board_path(village), "board", (column.id, village))


def _catalog(context: RenderContext) -> Iterator[Job]:
    if context.site.assembly.domains:
        yield Job(CATALOG_HISTORY, "catalog_history")
        yield Job(CATALOG_HISTORY_CSV, "catalog_history_csv")
    for domain in context.site.assembly.domains:
        folder = catalog_folder(domain.id)
        yield Job(catalog_path(domain.id), "catalog", (domain.id,))
        for suffix in ("json", "csv", "xlsx"):
            yield Job(f"{folder}catalog.{suffix}", f"catalog_{suffix}", (domain.id,))
        for item in domain.items:
            fulfilled = len(context.site.fulfilled_by.get(item.id, ()))
            for page in item_pages(item.id, fulfilled):
                yield Job(folder + page.name, "item", (item.id, page.number))


def _listings(listings: Listings) -> Iterator[Job]:
    for axis, values in listings.items():
        for value, keys in values.items():
            folder = listing_folder(axis, value)
            for page in list_pages(len(keys)):
                yield Job(folder + page.name, "listing", (axis, value, page.number))
            yield Job(f"{folder}list.json", "listing_json", (axis, value))
            yield Job(f"{folder}list.csv", "listing_csv", (axis, value))


def _forms(context: RenderContext) -> Iterator[Job]:
    """The application is filled in on one page, in the name of the first column that wants it."""
    for column in context.site.columns.values():
        if column.form:
            yield Job(REQUEST, "request", (column.id,))
            return


def _singles() -> Iterator[Job]:
    yield Job(HOME, "home")
    yield Job(SEARCH, "search")
    yield Job(SITEMAP, "sitemap")
    yield Job(BROWSE, "browse")
    yield Job(STATISTICS, "statistics")
    yield Job(STATISTICS_CSV, "statistics_csv")
    yield Job(STATISTICS_XLSX, "statistics_xlsx")
    yield Job(NOT_FOUND, "not_found")
    yield Job("robots.txt", "robots")
    yield Job("data.json", "open_data")
