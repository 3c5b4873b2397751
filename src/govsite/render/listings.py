"""Lists that cut across columns: by year, topic and issuer; the page that leads to all of them."""

from __future__ import annotations

from collections.abc import Mapping

from govsite.extend.views import BrowseView, LinkView, ListingView, NavView, PageHead
from govsite.model.addresses import BROWSE, HOME, listing_folder
from govsite.render.columns import data_links
from govsite.render.context import RenderContext
from govsite.render.head import canonical_address, named_column_meta, plain_head, site_meta
from govsite.render.paging import list_pages, page_of, pager_view

AXES = ("year", "topic", "issuer")
SIDE_LIMIT = 30

# axis to value to document keys, newest first; values in the order they are shown
Listings = Mapping[str, Mapping[str, tuple[str, ...]]]


def build_listings(context: RenderContext) -> Listings:
    """Documents by year (newest first), topic and issuer (most documents first)."""
    found: dict[str, dict[str, list[str]]] = {axis: {} for axis in AXES}
    for key, document in context.site.documents.items():
        if document.published:
            found["year"].setdefault(document.published[:4], []).append(key)
        if document.topic:
            for name in dict.fromkeys((document.topic[0], "/".join(document.topic))):
                found["topic"].setdefault(name, []).append(key)
        for issuer in context.issuers(document):
            found["issuer"].setdefault(issuer, []).append(key)
    ordered: dict[str, Mapping[str, tuple[str, ...]]] = {}
    for axis, values in found.items():
        names = (
            sorted(values, reverse=True)
            if axis == "year"
            else sorted(values, key=lambda v: (-len(values[v]), v))
        )
        ordered[axis] = {name: tuple(values[name]) for name in names}
    return ordered


def value_label(context: RenderContext, axis: str, value: str) -> str:
    """A value as shown."""
    return context.t("view.year_value", value=value) if axis == "year" else value.replace("/", " / ")


def listing_view(
    context: RenderContext, listings: Listings, axis: str, value: str, number: int
) -> ListingView:
    """Page `number` (1 = newest) of the list of one value."""
    keys = listings[axis][value]
    pages = list_pages(len(keys))
    page = pages[number - 1]
    folder = listing_folder(axis, value)
    path = folder + page.name
    label = value_label(context, axis, value)
    title = label if number == 1 else f"{label} - {context.t('view.page', number=number)}"
    return ListingView(
        head=_head(context, path, title, axis, label),
        axis=axis,
        axis_label=context.t(f"view.{axis}"),
        value=label,
        entries=context.entries(page_of(keys, page)),
        pager=pager_view(folder, pages, page, len(keys), context.t("view.page")),
        side=axis_navigation(context, listings, axis, value, SIDE_LIMIT),
        data=data_links(context, folder),
    )


def _head(context: RenderContext, path: str, title: str, axis: str, label: str) -> PageHead:
    axis_label = context.t(f"view.{axis}")
    crumbs = (
        LinkView(context.t("view.home"), HOME),
        LinkView(context.t("view.browse"), BROWSE),
        LinkView(label, path),
    )
    meta = site_meta(context) + named_column_meta(
        label, f"{context.settings.site.name}{axis_label}：{label}", "信息公开目录"
    )
    return PageHead(path, title, "listing", tuple(meta), canonical_address(context, path), crumbs)


def axis_navigation(
    context: RenderContext, listings: Listings, axis: str, current: str = "", limit: int = 0
) -> tuple[NavView, ...]:
    """Links to the values of an axis; the first `limit` of them where a limit is given, the current one always."""
    entries = []
    for index, (value, keys) in enumerate(listings[axis].items()):
        if limit and index >= limit and value != current:
            continue
        link = LinkView(value_label(context, axis, value), f"{listing_folder(axis, value)}index.html")
        entries.append(NavView(link, value == current, value == current, value.count("/"), len(keys)))
    return tuple(entries)


def browse_view(context: RenderContext, listings: Listings) -> BrowseView:
    """Every year, topic and issuer with its count."""
    groups = tuple((context.t(f"view.{axis}"), axis_navigation(context, listings, axis)) for axis in AXES)
    head = plain_head(context, BROWSE, context.t("view.browse"), "browse")
    return BrowseView(head, tuple(group for group in groups if group[1]))
