"""Pages that exist once: home, site map, search, not found."""

from __future__ import annotations

from dataclasses import replace

from govsite.extend.views import (
    BlockView,
    HomeView,
    LinkView,
    NavView,
    NotFoundView,
    PageHead,
    SearchView,
    SitemapView,
)
from govsite.model.addresses import BROWSE, HOME, JOINT, NOT_FOUND, REQUEST, SEARCH, SITEMAP, column_path
from govsite.model.outline import outlines_of
from govsite.render.columns import block_view
from govsite.render.context import RenderContext
from govsite.render.head import named_column_meta, plain_head, site_meta
from govsite.render.navigation import domain_navigation
from govsite.render.ongoing import ongoing
from govsite.vocab.records import read_data

_HOME_FIRST = ("tzgg", "zwdt", "zcwj", "zcjd")
_QUICK = ("bsfw", "cwgk", "yjzj")
_NOT_ON_HOME = frozenset({"zwgk", "zdly"})
HOME_BLOCK_SIZE = 6


def home_view(context: RenderContext) -> HomeView:
    """The home page: statutory columns, then each top-level column with its newest entries."""
    head = plain_head(context, HOME, context.t("view.home"), "home")
    meta = site_meta(context) + named_column_meta(
        context.t("view.home"), context.settings.site.name, context.t("view.home")
    )
    tops = [column.id for column in context.site.columns.values() if not column.parent]
    order = [
        *(name for name in _HOME_FIRST if name in tops),
        *(name for name in tops if name not in _HOME_FIRST),
    ]
    blocks: list[BlockView] = []
    for column_id in order:
        if column_id not in _NOT_ON_HOME:
            block = block_view(context, column_id, HOME_BLOCK_SIZE)
            if block.entries:
                blocks.append(block)
    domains = tuple(
        replace(entry.link, note=str(entry.count) if entry.count else "")
        for entry in domain_navigation(context)
    )
    return HomeView(
        _with_meta(head, meta), context.statutory, tuple(blocks), domains, _doors(context), _quick(context),
        ongoing(context),
    )  # fmt: skip


def _doors(context: RenderContext) -> tuple[LinkView, ...]:
    """The large doors of a terminal; those that lead nowhere on this site are left out."""
    pages = {"search": SEARCH}
    if any(column.form for column in context.site.columns.values()):
        pages["request"] = REQUEST
    doors = []
    for door in read_data("doors")["doors"]:
        found = [name for name in door.get("columns", ()) if name in context.site.columns]
        path = pages.get(door.get("page", ""), column_path(found[0]) if found else "")
        if path:
            name = door["id"]
            doors.append(LinkView(context.t(f"door.{name}"), path, context.t(f"door.{name}_note")))
    return tuple(doors)


def _quick(context: RenderContext) -> tuple[LinkView, ...]:
    columns = context.site.columns
    links = [context.column_link(columns[name]) for name in _QUICK if name in columns]
    if any(column.form for column in columns.values()):
        links.append(context.request_link)
    return (*links, LinkView(context.t("view.browse"), BROWSE))


def _with_meta(head: PageHead, meta: list[tuple[str, str]]) -> PageHead:
    return replace(head, meta=tuple(meta))


def sitemap_view(context: RenderContext) -> SitemapView:
    """The tree of columns, the domains, the standing pages."""
    columns = context.site.columns
    tree = tuple(
        NavView(
            context.column_link(column),
            depth=len(column.path) - 1,
            count=len(context.site.members.get(column.id, ())),
        )
        for column in columns.values()
    )
    pages = tuple(
        context.document_link(key)
        for key, outline in outlines_of(context.site.documents).items()
        if outline.kind == "page"
    )
    browse = (LinkView(context.t("view.browse"), BROWSE), LinkView(context.t("view.search"), SEARCH))
    groups = tuple(
        group for group in ((context.t("view.pages"), pages), (context.t("view.browse"), browse)) if group[1]
    )
    head = plain_head(context, SITEMAP, context.t("view.sitemap"), "sitemap")
    return SitemapView(head, tree, domain_navigation(context), groups)


def search_view(context: RenderContext) -> SearchView:
    """The search page, with the ways on that need no script."""
    browse = (LinkView(context.t("view.browse"), BROWSE), LinkView(context.t("view.sitemap"), SITEMAP))
    joint = JOINT if context.site.workspace else ""
    return SearchView(plain_head(context, SEARCH, context.t("view.search"), "search"), browse, joint)


def not_found_view(context: RenderContext) -> NotFoundView:
    """The page for addresses that do not exist."""
    links = (
        LinkView(context.t("view.home"), HOME),
        LinkView(context.t("view.search"), SEARCH),
        LinkView(context.t("view.sitemap"), SITEMAP),
    )
    return NotFoundView(plain_head(context, NOT_FOUND, context.t("view.not_found"), "not_found"), links)
