"""Head and frame of a page: 47号 meta tags, breadcrumb, canonical address."""

from __future__ import annotations

from urllib.parse import quote

from govsite.extend.views import LinkView, PageHead
from govsite.model.addresses import HOME, column_folder
from govsite.model.column import Column
from govsite.model.document import Document
from govsite.render.context import RenderContext

Meta = list[tuple[str, str]]


def pub_date(published: str) -> str:
    """`YYYY-MM-DD HH:MM` as 国办发〔2017〕47号 wants it."""
    return published if len(published) > 10 else f"{published} 00:00"


def site_meta(context: RenderContext) -> Meta:
    """Tags of the site, on every page."""
    identity = context.settings.site
    return [("SiteName", identity.name), ("SiteDomain", identity.domain), ("SiteIDCode", identity.id_code)]


def column_meta(column: Column) -> Meta:
    """Tags of a column."""
    keywords = ",".join(dict.fromkeys([column.name, *reversed(column.path[:-1]), column.type]))
    return [
        ("ColumnName", column.name),
        ("ColumnDescription", column.description or column.name),
        ("ColumnKeywords", keywords),
        ("ColumnType", column.type),
    ]


def named_column_meta(name: str, description: str, type_: str) -> Meta:
    """Tags of a page that is like a column: the home page, lists, the site map."""
    return [
        ("ColumnName", name), ("ColumnDescription", description or name),
        ("ColumnKeywords", name), ("ColumnType", type_),
    ]  # fmt: skip


def content_meta(context: RenderContext, document: Document, canonical: str) -> Meta:
    """Tags of a content page."""
    meta = [
        ("ArticleTitle", document.title),
        ("PubDate", pub_date(document.published)),
        ("ContentSource", document.source or context.publisher(document)),
    ]
    optional = [
        ("Keywords", ",".join(document.keywords)),
        ("Author", document.author or document.editor),
        ("Description", context.summary(document)),
        ("Url", canonical),
    ]
    return meta + [(name, value) for name, value in optional if value]


def canonical_address(context: RenderContext, path: str) -> str:
    """Absolute address of a page, `""` where the site has no domain."""
    prefix = context.settings.site.address_prefix
    return prefix + quote("" if path == HOME else path) if prefix else ""


def breadcrumb(context: RenderContext, column_id: str, *last: LinkView) -> tuple[LinkView, ...]:
    """From the home page through the columns down to `column_id`, then `last`."""
    kept = context.once(("breadcrumb", column_id), lambda: _way(context, column_id))
    return (*kept, *last)


def _way(context: RenderContext, column_id: str) -> tuple[LinkView, ...]:
    links: list[LinkView] = []
    columns = context.site.columns
    current = column_id
    while current:
        links.append(context.column_link(columns[current]))
        current = columns[current].parent
    return (LinkView(context.t("view.home"), HOME), *reversed(links))


def top_column(context: RenderContext, column_id: str) -> str:
    """Id of the top-level column above `column_id`, itself where it is one."""
    current = column_id
    while current and context.site.columns[current].parent:
        current = context.site.columns[current].parent
    return current


def column_head(context: RenderContext, column: Column, path: str, title: str) -> PageHead:
    """Head of a page of a column."""
    feed = LinkView(context.t("view.feed", name=column.name), f"{column_folder(column.id)}feed.xml")
    return PageHead(
        path=path,
        title=title,
        page_kind="column",
        meta=tuple(site_meta(context) + column_meta(column)),
        canonical=canonical_address(context, path),
        breadcrumb=breadcrumb(context, column.id),
        section=top_column(context, column.id),
        feeds=(feed,),
    )


def plain_head(
    context: RenderContext, path: str, title: str, kind: str, type_: str = "信息公开目录"
) -> PageHead:
    """Head of a page that belongs to no column: home, lists, site map, search."""
    home = LinkView(context.t("view.home"), HOME)
    crumbs = (home,) if path == HOME else (home, LinkView(title, path))
    return PageHead(
        path=path,
        title=title,
        page_kind=kind,
        meta=tuple(site_meta(context) + named_column_meta(title, context.settings.site.name + title, type_)),
        canonical=canonical_address(context, path),
        breadcrumb=crumbs,
        section="",
    )
