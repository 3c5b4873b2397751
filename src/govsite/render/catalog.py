"""The standard catalog: a table for each domain, a page for each item (国办发〔2019〕54号)."""

from __future__ import annotations

from collections.abc import Sequence

from govsite.extend.views import (
    CatalogCellView,
    CatalogItemView,
    CatalogRowView,
    CatalogView,
    FactView,
    LinkView,
    PageHead,
)
from govsite.model.addresses import catalog_folder, catalog_path, item_path
from govsite.model.catalog import CatalogDomain, CatalogItem
from govsite.render.context import RenderContext
from govsite.render.head import breadcrumb, canonical_address, named_column_meta, site_meta
from govsite.render.navigation import domain_navigation, history_link
from govsite.render.paging import item_pages, page_of, pager_view
from govsite.vocab.keys import record_keys
from govsite.vocab.terms import domains, label_of, term_list

CATALOG_COLUMN = "jbml"
DOMAIN_COLUMN = "zdly"
_LEVELS = ("level1", "level2", "level3")
_FURTHER = (
    "responsible_unit",
    "responsible_section",
    "disclosure",
    "disclosure_reason",
    "column",
    "category",
)
_DATA = (("xlsx", "view.data_xlsx"), ("json", "view.data_json"), ("csv", "view.data_csv"))


def _label(context: RenderContext, key: str) -> str:
    return context.word(record_keys("catalog_item").by_word[key])


def channel_label(channel: str) -> str:
    """A channel as the table prints it: the box's name, `其他：…`, or the site's own."""
    if channel.startswith("other:"):
        text = channel.removeprefix("other:")
        return f"{label_of('channel', 'other')}：{text}" if text else label_of("channel", "other")
    return label_of("channel", channel)


def channel_boxes(channels: Sequence[str]) -> tuple[tuple[str, bool], ...]:
    """The thirteen boxes in standard order with their marks, then the site's own channels."""
    own = [channel for channel in channels if term_list("channel").find(channel) is None]
    boxes = [(term.label, term.id in channels) for term in term_list("channel").terms if term.id != "other"]
    return (*boxes, *((channel_label(channel), True) for channel in own))


def list_cell(texts: Sequence[str]) -> str:
    """A list in one cell, an entry a line; a line end behind a single entry keeps an import from cutting it at semicolons."""
    if len(texts) == 1 and ("；" in texts[0] or ";" in texts[0]):
        return f"{texts[0]}\n"
    return "\n".join(texts)


def tick_text(item: CatalogItem, group: str, value: str, *, noted: bool) -> str:
    """What stands under a tick column. noted: who the specific group is stands in the place of its tick."""
    if value not in getattr(item, group):
        return ""
    return item.audience_note if noted and value == "specific" and item.audience_note else "√"


def further_keys(domain: CatalogDomain) -> tuple[str, ...]:
    """Keys beyond the national table that some item of a domain has; the id is always among them."""
    return ("id", *(key for key in _FURTHER if any(getattr(item, key) for item in domain.items)))


def further_text(item: CatalogItem, key: str) -> str:
    """The value of such a key as it is written in a source."""
    value = str(getattr(item, key))
    return label_of("disclosure", value) if key == "disclosure" else value


def catalog_columns(domain: CatalogDomain) -> dict[str, tuple[str, ...]]:
    """Sub-columns of the four groups of a domain's table, as term ids or the words that stand in the catalog."""
    chosen: dict[str, tuple[str, ...]] = {"levels": _levels(domain)}
    for group in ("audience", "mode", "tier"):
        standard = [term.id for term in term_list(group).terms]
        used = {value for item in domain.items for value in getattr(item, group)}
        if group == "tier":
            standard = [value for value in standard if value in used or value in {"county", "town"}]
        own = sorted(used - set(standard))
        chosen[group] = (*standard, *own)
    return chosen


def _levels(domain: CatalogDomain) -> tuple[str, ...]:
    used = [level for level in _LEVELS if any(getattr(item, level) for item in domain.items)]
    return tuple(used) or ("level1",)


def catalog_view(context: RenderContext, domain_id: str) -> CatalogView:
    """The table of one domain."""
    domain = next(item for item in context.site.assembly.domains if item.id == domain_id)
    title = context.t("view.catalog_title", domain=context.domain_name(domain.id, domain.label))
    columns = catalog_columns(domain)
    known = domains().get(domain_id)
    column_id = f"{DOMAIN_COLUMN}/{domain_id}"
    column = context.site.columns.get(column_id)
    return CatalogView(
        head=_head(context, catalog_path(domain_id), title, domain),
        domain=context.domain_name(domain.id, domain.label),
        title=title,
        basis_document=domain.basis_document,
        guide=known.guide if known else "",
        level_labels=tuple(_label(context, level) for level in columns["levels"]),
        audience_labels=tuple(context.term("audience", value) for value in columns["audience"]),
        mode_labels=tuple(context.term("mode", value) for value in columns["mode"]),
        tier_labels=tuple(context.term("tier", value) for value in columns["tier"]),
        rows=_rows(context, domain, columns),
        entries=context.entries(context.site.members.get(column_id, ())[:10]),
        entries_link=context.column_link(column) if column else None,
        side=domain_navigation(context, domain_id),
        data=tuple(
            LinkView(context.t(key), f"{catalog_folder(domain_id)}catalog.{suffix}") for suffix, key in _DATA
        ),
        history=history_link(context),
    )


def merged_levels(items: Sequence[CatalogItem], levels: Sequence[str]) -> list[tuple[CatalogCellView, ...]]:
    """Cells of the level columns, merged downwards where a level and all before it repeat."""
    grid = [[CatalogCellView(getattr(item, level), 1) for level in levels] for item in items]
    for position in range(len(levels) - 1):
        start = 0
        for row in range(1, len(items) + 1):
            prefix = [getattr(items[start], level) for level in levels[: position + 1]]
            if (
                row < len(items)
                and prefix[-1]
                and prefix == [getattr(items[row], x) for x in levels[: position + 1]]
            ):
                continue
            grid[start][position] = CatalogCellView(prefix[-1], row - start)
            for covered in range(start + 1, row):
                grid[covered][position] = CatalogCellView("", 0)
            start = row
    return [tuple(cells) for cells in grid]


def _rows(
    context: RenderContext, domain: CatalogDomain, columns: dict[str, tuple[str, ...]]
) -> tuple[CatalogRowView, ...]:
    cells = merged_levels(domain.items, columns["levels"])
    return tuple(
        CatalogRowView(
            id=item.id,
            no=item.no,
            name=item.name,
            path=item_path(domain.id, item.id),
            levels=levels,
            content=tuple((element.text, element.required) for element in item.content),
            basis=item.basis,
            deadline=item.deadline_text,
            subject=item.subject,
            channels=channel_boxes(item.channels),
            audience=tuple(value in item.audience for value in columns["audience"]),
            mode=tuple(value in item.mode for value in columns["mode"]),
            tier=tuple(value in item.tier for value in columns["tier"]),
            fulfilled=len(context.site.fulfilled_by.get(item.id, ())),
        )
        for item, levels in zip(domain.items, cells, strict=True)
    )


def _head(
    context: RenderContext, path: str, title: str, domain: CatalogDomain, *, item: bool = False
) -> PageHead:
    column = next((name for name in (DOMAIN_COLUMN, CATALOG_COLUMN) if name in context.site.columns), "")
    last = [context.domain_link(domain.id)] + ([LinkView(title, path)] if item else [])
    type_ = "信息公开目录" if not column else context.site.columns[column].type
    return PageHead(
        path=path,
        title=title,
        page_kind="catalog_item" if item else "catalog",
        meta=tuple(site_meta(context) + named_column_meta(title, domain.basis_document or title, type_)),
        canonical=canonical_address(context, path),
        breadcrumb=breadcrumb(context, column, *last),
        section=column,
    )


def item_view(context: RenderContext, item_id: str, number: int = 1) -> CatalogItemView:
    """A page of one catalog item, with every element and what fulfils it. number: 1 for the newest documents."""
    item = context.site.assembly.items[item_id]
    keys = context.site.fulfilled_by.get(item_id, ())
    folder = catalog_folder(item.domain)
    pages = item_pages(item_id, len(keys))
    page = pages[number - 1]
    name = item.name if number == 1 else f"{item.name} - {context.t('view.page', number=number)}"
    domain = next(found for found in context.site.assembly.domains if found.id == item.domain)
    return CatalogItemView(
        head=_head(context, folder + page.name, name, domain, item=True),
        id=item.id,
        name=item.name,
        domain_link=context.domain_link(item.domain),
        facts=_facts(context, item),
        channels=channel_boxes(item.channels),
        entries=context.entries(page_of(keys, page)),
        pager=pager_view(folder, pages, page, len(keys), context.t("view.page")),
        side=domain_navigation(context, item.domain),
    )


def _facts(context: RenderContext, item: CatalogItem) -> tuple[FactView, ...]:
    column = context.site.columns.get(item.column)
    marks = tuple(f"● {element.text}" if element.required else element.text for element in item.content)
    facts = [
        FactView(context.t("fact.domain"), links=(context.domain_link(item.domain),)),
        FactView(_label(context, "no"), item.no),
        *(FactView(_label(context, level), getattr(item, level)) for level in _LEVELS),
        FactView(context.t("fact.content"), items=marks, wide=True),
        FactView(_label(context, "basis"), items=item.basis, wide=True),
        FactView(_label(context, "deadline"), item.deadline_text),
        FactView(_label(context, "subject"), items=item.subject),
        FactView(_label(context, "responsible_unit"), context.organisation(item.responsible_unit)),
        FactView(_label(context, "responsible_section"), item.responsible_section),
        FactView(_label(context, "audience"), _words(context, "audience", item.audience, item.audience_note)),
        FactView(_label(context, "mode"), _words(context, "mode", item.mode)),
        FactView(_label(context, "tier"), _words(context, "tier", item.tier)),
        FactView(_label(context, "disclosure"), context.term("disclosure", item.disclosure)),
        FactView(_label(context, "disclosure_reason"), item.disclosure_reason),
        FactView(_label(context, "category"), item.category),
        FactView(_label(context, "column"), links=(context.column_link(column),) if column else ()),
    ]
    return tuple(fact for fact in facts if fact.text or fact.links or fact.items)


def _words(context: RenderContext, group: str, values: Sequence[str], note: str = "") -> str:
    words = context.t("page.comma").join(context.term(group, value) for value in values)
    return f"{words}（{note}）" if note else words
