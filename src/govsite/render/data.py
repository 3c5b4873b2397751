"""Open data beside every list: JSON and CSV, feeds, the site map for machines."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from html import escape
from urllib.parse import quote

from govsite.model.addresses import SEARCH, catalog_folder, column_path, document_path, item_path, key_path
from govsite.model.catalog import CatalogItem
from govsite.model.details import RecordDetails
from govsite.model.outline import outlines_of
from govsite.render.catalog import channel_label
from govsite.render.context import RenderContext
from govsite.render.values import plain_value
from govsite.vocab.keys import keys_of, own_keys, record_keys
from govsite.vocab.terms import kinds, label_of

FEED_SIZE = 20
_COLUMNS = (
    "index_no", "title", "summary", "written", "published", "doc_no", "issuer", "validity", "topic", "column", "url",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_ITEM_KEYS = (
    "id", "no", "level1", "level2", "level3", "content", "basis", "deadline", "subject", "responsible_unit",
    "responsible_section", "channels", "audience", "mode", "tier", "disclosure", "category",
)  # fmt: skip


def record_of(context: RenderContext, key: str) -> dict[str, object]:
    """A document as open data, made of it and its own relations alone (`revising.py`). 索引、名称、内容概述、生成日期 by 条例 art. 12;
    keys are the English aliases.
    """
    document = context.site.documents[key]
    details = document.details
    record: dict[str, object] = {
        "id": document.key,
        "index_no": document.index_no,
        "title": document.title,
        "kind": kinds()[document.kind].label,
        "doc_no": getattr(details, "doc_no", ""),
        "issuer": "、".join(context.issuers(document)),
        "written": getattr(details, "written", ""),
        "published": document.published,
        "validity": label_of("validity", context.site.validity.get(key, "")),
        "topic": "/".join(document.topic),
        "keywords": list(document.keywords),
        "summary": context.summary(document),
        "column": context.site.columns[context.site.assembly.home[key]].name,
        "catalog_items": list(context.site.fulfils.get(key, ())),
        "interpretations": context.interpretation_paths(key) if document.kind == "policy" else [],
        "url": document_path(document.kind, document.id),
    }
    if isinstance(details, RecordDetails) and key not in context.site.assembly.expired:
        values = ((own, details.values.get(own.id)) for own in own_keys(document.kind))
        record["fields"] = {own.id: plain_value(own, value) for own, value in values if value is not None}
    return record


def json_list(context: RenderContext, title: str, keys: Sequence[str]) -> bytes:
    """A list as JSON: version, title, count, documents newest first. Addresses are relative to the site root."""
    records = ",\n".join(json_line(context, key) for key in keys)
    head = json.dumps({"version": 1, "title": title, "total": len(keys)}, ensure_ascii=False)
    return f'{head[:-1]}, "documents": [\n{records}\n]}}\n'.encode()


def json_line(context: RenderContext, key: str) -> str:
    """A document's line in lists as JSON, without a comma; made once."""
    return context.once(("json", key), lambda: json.dumps(record_of(context, key), ensure_ascii=False))


def csv_list(context: RenderContext, keys: Sequence[str]) -> bytes:
    """A list as CSV for spreadsheet programs: UTF-8 with BOM, Chinese headings, no cell that a program would run."""
    policy = keys_of("policy").by_word
    labels = [
        policy[name].label if name in policy else label
        for name, label in zip(_COLUMNS, _csv_labels(context, _COLUMNS), strict=True)
    ]
    lines = [csv_line(labels), *(csv_record(context, key) for key in keys)]
    return b"\xef\xbb\xbf" + "".join(lines).encode()


def csv_record(context: RenderContext, key: str) -> str:
    """A document's line in lists as CSV; made once."""

    def line() -> str:
        record = record_of(context, key)
        return csv_line(str(record[name]) for name in _COLUMNS)

    return context.once(("csv", key), line)


def _csv_labels(context: RenderContext, names: Iterable[str]) -> list[str]:
    return [context.t("data.url") if name == "url" else name for name in names]


def csv_line(cells: Iterable[str]) -> str:
    """One line of CSV, no cell of which a spreadsheet program would run."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerow([safe_cell(cell) for cell in cells])
    return buffer.getvalue()


def safe_cell(text: str) -> str:
    """A cell that no spreadsheet program takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def item_record(context: RenderContext, item: CatalogItem) -> dict[str, object]:
    """A catalog item as open data."""
    return {
        "id": item.id, "no": item.no, "level1": item.level1, "level2": item.level2, "level3": item.level3,
        "content": [element.text for element in item.content], "basis": list(item.basis),
        "deadline": item.deadline_text, "subject": list(item.subject), "responsible_unit": item.responsible_unit,
        "responsible_section": item.responsible_section,
        "channels": [channel_label(channel) for channel in item.channels],
        "audience": [label_of("audience", value) for value in item.audience],
        "mode": [label_of("mode", value) for value in item.mode],
        "tier": [label_of("tier", value) for value in item.tier],
        "disclosure": label_of("disclosure", item.disclosure), "category": item.category,
        "url": item_path(item.domain, item.id),
        "fulfilled_by": [
            document_path(doc.kind, doc.id)
            for doc in (context.site.documents[key] for key in context.site.fulfilled_by.get(item.id, ()))
        ],
    }  # fmt: skip


def catalog_json(context: RenderContext, domain_id: str) -> bytes:
    """A domain's catalog as JSON."""
    domain = next(found for found in context.site.assembly.domains if found.id == domain_id)
    data = {
        "version": 1, "domain": domain.label, "basis_document": domain.basis_document,
        "items": [item_record(context, item) for item in domain.items],
    }  # fmt: skip
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def catalog_csv(context: RenderContext, domain_id: str) -> bytes:
    """A domain's catalog as CSV with the Chinese keys as headings; lists joined with 、 inside a cell."""
    domain = next(found for found in context.site.assembly.domains if found.id == domain_id)
    words = record_keys("catalog_item").by_word
    lines = [csv_line(words[key].label for key in _ITEM_KEYS)]
    for item in domain.items:
        record = item_record(context, item)
        cells = (record[key] for key in _ITEM_KEYS)
        lines.append(csv_line("；".join(cell) if isinstance(cell, list) else str(cell) for cell in cells))
    return b"\xef\xbb\xbf" + "".join(lines).encode()


def atom_feed(context: RenderContext, column_id: str) -> bytes:
    """Atom feed (RFC 4287) of a column's newest documents."""
    identity = context.settings.site
    column = context.site.columns[column_id]
    host = identity.domain or "govsite.invalid"
    prefix = f"https://{host}{identity.path}"
    keys = context.site.members.get(column_id, ())[:FEED_SIZE]
    updated = max(
        (context.site.documents[key].published for key in keys), default=context.site.assembly.as_of
    )
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN">',
        f"<title>{escape(column.name)} - {escape(identity.name)}</title>",
        f"<id>{escape(prefix + quote(column_path(column_id)))}</id>",
        f"<updated>{_atom_time(updated)}</updated>",
        f"<author><name>{escape(identity.publisher)}</name></author>",
        f'<link rel="self" type="application/atom+xml" href="{escape(prefix)}columns/{quote(column_id)}/feed.xml"/>',
        f'<link rel="alternate" type="text/html" href="{escape(prefix + quote(column_path(column_id)))}"/>',
    ]
    for key in keys:
        document = context.site.documents[key]
        address = escape(prefix + quote(document_path(document.kind, document.id)))
        lines.append(
            f"<entry><title>{escape(document.title)}</title><id>{address}</id>"
            f"<updated>{_atom_time(document.published)}</updated>"
            f'<link rel="alternate" type="text/html" href="{address}"/>'
            f"<summary>{escape(context.summary(document))}</summary></entry>"
        )
    return ("\n".join(lines) + "\n</feed>\n").encode()


def _atom_time(published: str) -> str:
    """RFC 3339 in the time of China."""
    return f"{published[:10]}T{published[11:16] or '00:00'}:00+08:00"


def sitemap_xml(context: RenderContext, paths: Sequence[str]) -> bytes:
    """Site map for machines (sitemaps.org). Documents carry their day of publication."""
    identity = context.settings.site
    prefix = f"https://{identity.domain or 'govsite.invalid'}{identity.path}"
    days = {
        key_path(key): outline.published[:10] for key, outline in outlines_of(context.site.documents).items()
    }
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
    ]
    for path in paths:
        day = f"<lastmod>{days[path]}</lastmod>" if days.get(path) else ""
        lines.append(f"<url><loc>{escape(prefix + quote(path))}</loc>{day}</url>")
    return ("\n".join(lines) + "\n</urlset>\n").encode()


def robots_txt(context: RenderContext) -> bytes:
    """robots.txt: everything may be read; the search page with a query need not be."""
    identity = context.settings.site
    lines = ["User-agent: *", f"Disallow: {identity.path}{SEARCH}?"]
    if identity.domain:
        lines.append(f"Sitemap: https://{identity.domain}{identity.path}sitemap.xml")
    return ("\n".join(lines) + "\n").encode()


def open_data_index(context: RenderContext) -> bytes:
    """`data.json`: where every list's open data lies."""
    lists = [
        {"title": column.name, "json": f"columns/{column.id}/list.json", "csv": f"columns/{column.id}/list.csv",
         "feed": f"columns/{column.id}/feed.xml"}
        for column in context.site.columns.values()
    ]  # fmt: skip
    catalogs = [
        {
            "title": domain.label,
            **{suffix: f"{catalog_folder(domain.id)}catalog.{suffix}" for suffix in ("json", "csv", "xlsx")},
        }
        for domain in context.site.assembly.domains
    ]
    data = {"version": 1, "site": context.settings.site.name, "data_date": context.site.assembly.as_of,
            "lists": lists, "catalogs": catalogs}  # fmt: skip
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()
