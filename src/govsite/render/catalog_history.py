"""The record of the catalog's changes (动态调整): a page, newest first, and all of it as CSV."""

from __future__ import annotations

from collections import Counter

from govsite.extend.views import CatalogChangeView, CatalogDayView, CatalogHistoryView, LinkView
from govsite.model.addresses import CATALOG_HISTORY, CATALOG_HISTORY_CSV, catalog_path, item_path
from govsite.model.catalog_history import CHANGED, GONE, NEW, CatalogChange, CatalogDay
from govsite.render.context import RenderContext
from govsite.render.data import csv_line
from govsite.render.head import plain_head
from govsite.render.navigation import domain_navigation
from govsite.vocab.keys import record_keys

_MOST = 300
"""Changes that the page lists."""
_LONGEST = 160


def catalog_history_view(context: RenderContext) -> CatalogHistoryView:
    """The page."""
    t, history = context.t, context.site.catalog_history
    title = t("catalog_history.title")
    days: list[CatalogDayView] = []
    shown = 0
    for day in history.days:
        if shown < _MOST:
            changes = day.changes[: _MOST - shown]
            shown += len(changes)
            days.append(_day(context, day, changes))
    total = sum(len(day.changes) for day in history.days)
    return CatalogHistoryView(
        plain_head(context, CATALOG_HISTORY, title, "catalog"),
        title,
        t("catalog_history.lead"),
        _begins(context),
        tuple(days),
        t("catalog_history.more", count=shown) if shown < total else "",
        domain_navigation(context),
        (LinkView(t("view.data_csv"), CATALOG_HISTORY_CSV),),
    )


def _begins(context: RenderContext) -> str:
    t, history = context.t, context.site.catalog_history
    if not history.begins:
        return t("catalog_history.unknown")
    date = context.day(history.begins)
    text = t("catalog_history.begins_day", date=date)
    if history.domains:
        text = t("catalog_history.begins", date=date, domains=history.domains, items=history.items)
    return text if history.days else text + t("catalog_history.empty")


def _day(context: RenderContext, day: CatalogDay, changes: tuple[CatalogChange, ...]) -> CatalogDayView:
    t = context.t
    counts: Counter[str] = Counter()
    for change in day.changes:
        counts[change.op] += change.count or 1
    words = [
        t("catalog_history.count", op=t(f"catalog_history.op.{op}"), count=counts[op])
        for op in (NEW, CHANGED, GONE)
        if counts[op]
    ]
    return CatalogDayView(
        day.day,
        context.day(day.day),
        t("page.comma").join(words),
        tuple(_change(context, change) for change in changes),
    )


def _change(context: RenderContext, change: CatalogChange) -> CatalogChangeView:
    assembly = context.site.assembly
    domain = context.domain_name(change.domain, change.label)
    name = change.name or context.t("catalog_history.domain", count=change.count)
    link = None
    known = assembly.items.get(change.item)
    if known is not None:
        link = LinkView(name, item_path(known.domain, known.id))
    elif not change.item and any(one.id == change.domain for one in assembly.domains):
        link = LinkView(name, catalog_path(change.domain))
    keys = record_keys("catalog_item").by_word
    elements = tuple(
        (context.word(keys[one.key]), _short(one.old), _short(one.new)) for one in change.elements
    )
    op = context.t(f"catalog_history.op.{change.op}")
    return CatalogChangeView(change.op, op, domain, name, link, elements)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def catalog_history_csv(context: RenderContext) -> bytes:
    """All changes as CSV, an element a line; texts are whole."""
    t = context.t
    names = ("day", "change", "of_domain", "id", "item", "element", "before", "after")
    lines = [csv_line(tuple(t(f"catalog_history.{name}") for name in names))]
    keys = record_keys("catalog_item").by_word
    for day in context.site.catalog_history.days:
        for change in day.changes:
            name = change.name or t("catalog_history.domain", count=change.count)
            head = (day.day, t(f"catalog_history.op.{change.op}"), change.label, change.item, name)
            rows = [(context.word(keys[one.key]), one.old, one.new) for one in change.elements]
            lines += [csv_line((*head, *row)) for row in rows or [("", "", "")]]
    return b"\xef\xbb\xbf" + "".join(lines).encode()
