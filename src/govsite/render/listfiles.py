"""Lists and several domains as workbooks and files for programs: what `export` writes beside the site's own data files."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence

from govsite.render.context import RenderContext
from govsite.render.data import item_record, record_of, safe_cell
from govsite.render.workbook import list_xlsx
from govsite.vocab.keys import keys_of, record_keys

_COLUMNS = (
    "index_no",
    "title",
    "doc_no",
    "issuer",
    "written",
    "published",
    "validity",
    "topic",
    "keywords",
    "summary",
    "column",
    "url",
)


def list_file(context: RenderContext, title: str, keys: Sequence[str], form: str) -> bytes:
    """Documents in the order of `keys` as `xlsx`, `csv` or `json`."""
    records = [record_of(context, key) for key in keys]
    if form == "json":
        data = {"version": 1, "title": title, "total": len(records), "documents": records}
        return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()
    words = keys_of("policy").by_word
    labels = [words[name].label if name in words else context.t("data.url") for name in _COLUMNS]
    rows = [[_text(record[name]) for name in _COLUMNS] for record in records]
    return list_xlsx(title, labels, rows) if form == "xlsx" else _csv(labels, rows)


def catalog_list(context: RenderContext, domains: Sequence[str], form: str) -> bytes:
    """Several domains in one `csv` or `json`, the domain as first column."""
    chosen = [domain for domain in context.site.assembly.domains if domain.id in domains]
    if form == "json":
        data = {
            "version": 1,
            "domains": [
                {"domain": one.label, "basis_document": one.basis_document, "items": [item_record(context, item) for item in one.items]}
                for one in chosen
            ],
        }  # fmt: skip
        return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()
    names = [
        key.id for key in record_keys("catalog_item").keys if key.id not in {"column", "disclosure_reason"}
    ]
    words = record_keys("catalog_item").by_word
    labels = [record_keys("catalog").by_word["domain"].label, *(words[name].label for name in names)]
    rows = [
        [one.label, *(_text(record[name]) for name in names)]
        for one in chosen
        for record in (item_record(context, item) for item in one.items)
    ]
    return _csv(labels, rows)


def _csv(labels: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """UTF-8 with its mark, so that Excel reads Chinese; no cell that a program would run."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    for row in (labels, *rows):
        writer.writerow([safe_cell(cell) for cell in row])
    return b"\xef\xbb\xbf" + buffer.getvalue().encode()


def _text(value: object) -> str:
    return "；".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
