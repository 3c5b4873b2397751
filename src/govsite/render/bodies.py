"""A body's parts to HTML for one page: every open place filled with an address relative to that page."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from urllib.parse import quote

from govsite.extend.views import DocumentBodyView, HeadingView
from govsite.model.addresses import document_path, file_path
from govsite.model.body import Body, Slot
from govsite.model.document import Document
from govsite.model.site import Citation
from govsite.render.context import RenderContext

Url = Callable[[str], str]

_AS_IT_IS = ("#", "https://", "http://")
# Percent-encoded paths; most are asked for on every page.
_quoted: dict[str, str] = {}


def relative_url(page: str) -> Url:
    """`url(path)` for the page at `page`: addresses relative to it, percent-encoded, anchors kept."""
    root = "../" * page.count("/") or "./"

    def url(path: str) -> str:
        if path.startswith(_AS_IT_IS):
            return path
        quoted = _quoted.get(path)
        if quoted is None:
            name, mark, anchor = path.partition("#")
            quoted = _quoted[path] = quote(name) + mark + anchor
        return root + quoted

    return url


def absolute_url(prefix: str) -> Url:
    """`url(path)` for a page that is served at any address (404): paths from the host's root."""

    def url(path: str) -> str:
        return path if path.startswith(_AS_IT_IS) else prefix + quote(path, safe="/#")

    return url


def body_view(context: RenderContext, document: Document, body: Body, url: Url) -> DocumentBodyView:
    """HTML and table of contents of a document's body on a page."""
    citations = context.site.citations.get(document.key, {})
    pieces = []
    for part in body.parts:
        pieces.append(
            part
            if isinstance(part, str)
            else _fill(context, part, citations.get((part.kind, part.target, part.anchor)), url)
        )
    top = min((heading.level for heading in body.headings), default=2)
    toc = tuple(HeadingView(heading.text, heading.anchor, heading.level - top) for heading in body.headings)
    return DocumentBodyView("".join(pieces), toc)


def _fill(context: RenderContext, slot: Slot, target: Citation | None, url: Url) -> str:
    if slot.kind == "table":
        label = escape(context.t("body.table", number=slot.target))
        return f'<div class="table-box" role="region" tabindex="0" aria-label="{label}">'
    if slot.kind == "image":
        return f'<img src="{url(file_path(slot.target))}" alt="{escape(slot.extra)}" loading="lazy">'
    title = f' title="{escape(slot.extra)}"' if slot.extra else ""
    if slot.kind == "file":
        return f'<a href="{url(file_path(slot.target))}"{title}>{slot.inner}</a>'
    if slot.kind == "external":
        address = escape(quote(slot.target, safe=":/?#[]@!$&'()*+,;=%~-._"))
        return f'<a href="{address}" class="external" rel="noopener noreferrer"{title}>{slot.inner}</a>'
    if target is None:
        return slot.inner
    if slot.kind == "anchor":
        return f'<a href="#{escape(target.anchor)}"{title}>{slot.inner}</a>'
    path, name = _place_of(context, target)
    address = escape(url(path))
    if slot.kind == "document":
        return f'<a href="{address}"{title}>{slot.inner}</a>'
    before, shown = escape(slot.target[: target.start]), slot.inner
    if target.start:
        shown = escape(slot.target[target.start :])
    return f'{before}<a href="{address}" class="cite" title="{escape(name)}">{shown}</a>'


def _place_of(context: RenderContext, target: Citation) -> tuple[str, str]:
    """Where a citation leads, and the title of what is there."""
    if target.abroad:
        return target.abroad, target.title
    document = context.site.documents[target.document]
    anchor = f"#{target.anchor}" if target.anchor else ""
    return document_path(document.kind, document.id) + anchor, document.title
