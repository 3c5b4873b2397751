"""Villages (村居): their calendar by period, and the sheet for the notice board."""

from __future__ import annotations

import re
from dataclasses import replace

from govsite.extend.views import (
    BoardPartView,
    BoardView,
    CalendarRowView,
    CalendarView,
    DocumentBodyView,
    LinkView,
    PageHead,
    VillageView,
)
from govsite.files.digest import digest_of
from govsite.hanzi.periods import read_period
from govsite.model.details import VillageDetails
from govsite.model.document import Document
from govsite.render.bodies import Url, body_view
from govsite.render.context import RenderContext
from govsite.render.facts import header_facts
from govsite.render.head import breadcrumb, canonical_address, column_meta, site_meta, top_column
from govsite.render.sheets import sheets
from govsite.vocab.terms import term_list

VILLAGE_SIZE = 12
_YEARS = 3
_ANCHORS = re.compile(r'( id="| href="#)')


def by_village(context: RenderContext, keys: tuple[str, ...]) -> dict[str, list[str]]:
    """Keys of documents by the village that they are about, newest first."""
    grouped: dict[str, list[str]] = {}
    for key in keys:
        details = context.site.documents[key].details
        grouped.setdefault(details.village if isinstance(details, VillageDetails) else "", []).append(key)
    return grouped


def village_views(context: RenderContext, keys: tuple[str, ...]) -> tuple[VillageView, ...]:
    """Villages in the order of their names as written, each with its newest documents."""
    grouped = by_village(context, keys)
    return tuple(
        VillageView(
            name,
            f"cun-{index}",
            context.entries(tuple(grouped[name][:VILLAGE_SIZE])),
            _calendars(context, grouped[name]),
            LinkView(context.t("village.board"), board_path(name)) if name else None,
        )
        for index, name in enumerate(sorted(grouped), 1)
    )


def board_path(village: str) -> str:
    """The board sheet of a village; Chinese names become digests, as in lists."""
    return f"boards/{digest_of(village.encode())[:10]}.html"


def _calendars(context: RenderContext, keys: list[str]) -> tuple[CalendarView, ...]:
    """The newest years, each with a row a category and a cell a period."""
    found: dict[int, dict[str, dict[int, Document]]] = {}
    monthly: set[int] = set()
    for key in keys:
        document = context.site.documents[key]
        details = document.details
        period = read_period(details.period) if isinstance(details, VillageDetails) else None
        if period is None or not isinstance(details, VillageDetails) or not details.category:
            continue
        start, months = period
        year = start // 12
        if months == 1:
            monthly.add(year)
        cells = found.setdefault(year, {}).setdefault(details.category, {})
        for offset in range(months):
            cells.setdefault(start % 12 + offset, document)
    first: dict[str, int] = {}
    for year, categories in found.items():
        for category, held in categories.items():
            first[category] = min(first.get(category, 1 << 30), year * 12 + min(held))
    return tuple(
        _calendar(context, year, found[year], first, 1 if year in monthly else 3)
        for year in sorted(found, reverse=True)[:_YEARS]
    )


def _calendar(
    context: RenderContext,
    year: int,
    categories: dict[str, dict[int, Document]],
    first: dict[str, int],
    months: int,
) -> CalendarView:
    starts = range(0, 12, months)
    name = "village.quarter" if months == 3 else "village.month"
    numbers = [start // months + 1 for start in starts]
    ends = [f"{year:04d}-{start + months:02d}-31" for start in starts]
    over = tuple(end < context.site.assembly.as_of for end in ends)
    rows = []
    for term in term_list("village_category").terms:
        cells = categories.get(term.id)
        if cells:
            links = tuple(
                context.document_link(cells[start].key, cells[start].published[:10])
                if start in cells
                else None
                for start in starts
            )
            missing = tuple(
                link is None and past and year * 12 + start > first[term.id]
                for link, past, start in zip(links, over, starts, strict=True)
            )
            rows.append(CalendarRowView(term.label, links, missing))
    return CalendarView(
        str(year), tuple(context.t(name, number=number) for number in numbers), over, tuple(rows)
    )


def board_view(context: RenderContext, column_id: str, village: str, url: Url) -> BoardView:
    """The newest notice of each category of a village in full, expired ones left out."""
    keys = by_village(context, context.site.members.get(column_id, ()))[village]
    newest: dict[str, str] = {}
    for key in keys:
        details = context.site.documents[key].details
        if isinstance(details, VillageDetails) and key not in context.site.assembly.expired:
            newest.setdefault(details.category, key)
    order = [term.id for term in term_list("village_category").terms]
    chosen = sorted(newest, key=lambda category: order.index(category) if category in order else len(order))
    column = context.site.columns[column_id]
    path = board_path(village)
    title = context.t("village.board_title", village=village)
    head = PageHead(
        path=path,
        title=title,
        page_kind="board",
        meta=tuple(site_meta(context) + column_meta(column)),
        canonical=canonical_address(context, path),
        breadcrumb=breadcrumb(context, column_id, LinkView(title, path)),
        section=top_column(context, column_id),
    )
    documents = [context.site.documents[newest[category]] for category in chosen]
    parts = tuple(_part(context, document, number, url) for number, document in enumerate(documents, 1))
    return BoardView(head, village, context.column_link(column), parts)


def _part(context: RenderContext, document: Document, number: int, url: Url) -> BoardPartView:
    """One notice; anchors get its number, since several texts stand on the sheet."""
    body = body_view(context, document, context.body(document.key), url)
    html = _ANCHORS.sub(rf"\g<1>b{number}-", body.html)
    own = tuple(replace(sheet, id=f"{sheet.id}-{number}") for sheet in sheets(context, document))
    facts = tuple(fact for fact in header_facts(context, document) if fact.text)
    return BoardPartView(document.title, document.published[:10], facts, own, DocumentBodyView(html, ()))
