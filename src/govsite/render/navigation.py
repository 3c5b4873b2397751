"""Side navigation: where a page stands among its neighbours."""

from __future__ import annotations

from govsite.extend.views import LinkView, NavView
from govsite.model.addresses import CATALOG_HISTORY, catalog_path
from govsite.render.context import RenderContext
from govsite.render.head import top_column


def sibling_navigation(
    context: RenderContext, column_id: str, *, is_page: bool = False
) -> tuple[NavView, ...]:
    """The columns below the top-level column of `column_id`, opened along the way to it.

    is_page: the page shown is the column itself. Only then are documents counted: a new notice must not change every older
    document's page. The same object for all pages that show the same.
    """
    name = ("navigation", column_id, is_page)
    return context.once(name, lambda: _siblings(context, column_id, is_page=is_page))


def _siblings(context: RenderContext, column_id: str, *, is_page: bool) -> tuple[NavView, ...]:
    columns = context.site.columns
    open_ids = set()
    current = column_id
    while current:
        open_ids.add(current)
        current = columns[current].parent
    entries: list[NavView] = []

    def walk(parent: str, depth: int) -> None:
        for child in columns[parent].children:
            link = context.column_link(columns[child])
            here = is_page and child == column_id
            count = len(context.site.members.get(child, ())) if is_page else 0
            entries.append(NavView(link, here, child in open_ids, depth, count))
            if child in open_ids:
                walk(child, depth + 1)

    walk(top_column(context, column_id), 0)
    return tuple(entries)


def domain_navigation(context: RenderContext, current: str = "") -> tuple[NavView, ...]:
    """The catalog's domains in standard order; count: items."""
    return tuple(
        NavView(
            LinkView(context.domain_name(domain.id, domain.label), catalog_path(domain.id)),
            domain.id == current,
            domain.id == current,
            0,
            len(domain.items),
        )
        for domain in context.site.assembly.domains
    )


def history_link(context: RenderContext) -> LinkView:
    """Link to the record, with the day of the last change as its note."""
    days = context.site.catalog_history.days
    note = context.t("catalog_history.none_yet")
    if days:
        note = context.t("catalog_history.last", date=context.day(days[0].day))
    return LinkView(context.t("catalog_history.link"), CATALOG_HISTORY, note)
