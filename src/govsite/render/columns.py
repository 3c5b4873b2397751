"""Pages of columns (栏目): every layout."""

from __future__ import annotations

from bisect import bisect_left
from functools import partial

from govsite.extend.views import (
    BlockView,
    ColumnView,
    FactView,
    FileView,
    LinkView,
    NavView,
    OrganisationView,
)
from govsite.model.addresses import catalog_path, column_folder, listing_folder
from govsite.model.column import Column
from govsite.render.bodies import Url, body_view
from govsite.render.context import RenderContext
from govsite.render.files import file_view
from govsite.render.head import column_head
from govsite.render.navigation import domain_navigation, history_link, sibling_navigation
from govsite.render.paging import list_pages, page_of, pager_view
from govsite.render.registers import MOST_ROWS, registered_kinds, registers
from govsite.render.villages import VILLAGE_SIZE, by_village, village_views
from govsite.vocab.keys import record_keys

BLOCK_SIZE = 5
_DATA = (("json", "view.data_json"), ("csv", "view.data_csv"))


def block_view(context: RenderContext, column_id: str, size: int = BLOCK_SIZE) -> BlockView:
    """A column's newest entries as shown elsewhere; of an overview column those below it."""
    column = context.site.columns[column_id]
    keys = column_members(context, column)
    return BlockView(
        link=context.column_link(column),
        id=column.id,
        type=column.type,
        description=context.column_description(column),
        entries=context.entries(keys[:size]),
        total=len(keys),
    )


def column_members(context: RenderContext, column: Column) -> tuple[str, ...]:
    """Documents of a column; of a column that has only children, those of its children, newest first."""
    own = context.site.members.get(column.id, ())
    if own or not column.children:
        return own
    below = {key for child in column.children for key in column_members(context, context.site.columns[child])}
    return tuple(key for key in context.site.documents if key in below)


def data_links(context: RenderContext, folder: str) -> tuple[LinkView, ...]:
    """Links to a list's open data."""
    return tuple(LinkView(context.t(key), f"{folder}list.{suffix}") for suffix, key in _DATA)


def column_view(context: RenderContext, column_id: str, number: int, url: Url) -> ColumnView:
    """Page `number` (1 = newest) of a column."""
    column = context.site.columns[column_id]
    keys = context.site.members.get(column_id, ())
    pages = list_pages(len(keys))
    page = pages[number - 1]
    folder = column_folder(column_id)
    title = (
        context.column_name(column)
        if number == 1
        else f"{context.column_name(column)} - {context.t('view.page', number=number)}"
    )
    first = number == 1
    standing = keys[0] if first and column.layout == "standing" and keys else ""
    shown = keys[1:] if standing else page_of(keys, page)
    return ColumnView(
        head=column_head(context, column, folder + page.name, title),
        id=column.id,
        name=context.column_name(column),
        type=column.type,
        layout=column.layout,
        description=context.column_description(column),
        basis=str(column.basis),
        statutory=column.statutory,
        side=sibling_navigation(context, column_id, is_page=True),
        entries=() if first and _shows_all(context, column, keys) else context.entries(tuple(shown)),
        pager=None
        if standing or (first and _shows_all(context, column, keys))
        else pager_view(folder, pages, page, len(keys), context.t("view.page")),
        blocks=_blocks(context, column) if first else (),
        standing=body_view(context, context.site.documents[standing], context.body(standing), url)
        if standing
        else None,
        standing_link=context.document_link(standing) if standing else None,
        standing_files=_files(context, standing),
        domains=_domains(context, column) if first else (),
        villages=village_views(context, keys) if first and column.layout == "villages" else (),
        organisations=_organisations(context) if first and column.layout == "organisations" else (),
        data=data_links(context, folder),
        years=_years(context, keys) if first else (),
        form=context.request_link if column.form and first else None,
        registers=registers(context, column) if first and column.layout == "register" else (),
        history=history_link(context) if first and column.layout in {"catalog", "domains"} else None,
    )


def _files(context: RenderContext, key: str) -> tuple[FileView, ...]:
    return tuple(file_view(file) for file in context.site.documents[key].attachments) if key else ()


def _blocks(context: RenderContext, column: Column) -> tuple[BlockView, ...]:
    if column.layout not in {"overview", "domains"} and column.children:
        return tuple(block_view(context, child, 0) for child in column.children)
    return tuple(block_view(context, child, 3) for child in column.children)


def _domains(context: RenderContext, column: Column) -> tuple[NavView, ...]:
    if column.layout in {"catalog", "domains"}:
        return domain_navigation(context)
    if column.domain:
        label = context.t("view.catalog_title", domain=context.column_name(column))
        return (NavView(LinkView(label, catalog_path(column.domain)), count=0),)
    return ()


def _shows_all(context: RenderContext, column: Column, keys: tuple[str, ...]) -> bool:
    """Whether the column's first page shows every document in another shape already."""
    if column.layout == "register":
        kinds_shown = registered_kinds(context, column)
        return len(keys) <= MOST_ROWS and all(context.site.documents[key].kind in kinds_shown for key in keys)
    if column.layout != "villages":
        return False
    return all(len(found) <= VILLAGE_SIZE for found in by_village(context, keys).values())


def _organisations(context: RenderContext) -> tuple[OrganisationView, ...]:
    """Our own organisations with what 条例 art. 20-二 wants of them."""
    keys = record_keys("organisation")
    shown = ("head", "address", "hours", "phone", "fax", "email")
    views = []
    for organisation in context.site.assembly.organisations.values():
        if organisation.external:
            continue
        facts = [FactView(context.word(keys.by_word["duties"]), items=organisation.duties, wide=True)]
        facts += [FactView(context.word(keys.by_word[name]), getattr(organisation, name)) for name in shown]
        kept = tuple(fact for fact in facts if fact.text or fact.items)
        views.append(OrganisationView(organisation.name, f"jg-{organisation.id}", kept))
    return tuple(views)


def _years(context: RenderContext, keys: tuple[str, ...]) -> tuple[LinkView, ...]:
    """Links to the lists of the years in which members were published. They stand newest first: few of them tell."""
    years: list[str] = []
    place = 0
    while place < len(keys):
        year = context.site.documents[keys[place]].published[:4]
        years.append(year)
        place = bisect_left(keys, True, place + 1, key=partial(_is_before, context, year))
    return tuple(
        LinkView(context.t("view.year_value", value=year), f"{listing_folder('year', year)}index.html")
        for year in years
        if year
    )


def _is_before(context: RenderContext, year: str, key: str) -> bool:
    return context.site.documents[key].published[:4] < year
