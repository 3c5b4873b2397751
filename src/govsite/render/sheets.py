"""Sections of a document made from the keys of its kind: texts, lists, tables, flow charts."""

from __future__ import annotations

import re
from decimal import Decimal

from govsite.extend.views import FactView, FileView, SheetView, TableView
from govsite.model.details import RecordDetails, value_of
from govsite.model.document import Document
from govsite.model.values import Attachment, Row, Value
from govsite.render.context import RenderContext
from govsite.render.files import file_view
from govsite.render.flow import flow_view
from govsite.render.values import amount_words, value_items, value_words
from govsite.vocab.keys import Key, own_keys, part_keys
from govsite.vocab.sums import total_of
from govsite.vocab.terms import term_list

_PARAGRAPHS = re.compile(r"\n\s*\n|\n")
_LISTS = frozenset({"list"})
_APART = frozenset({"materials", "references", "media", "opinions", "path", "rows", "prose", *_LISTS})
_STEPS = "steps"
FLOW = "flow_step"


def record_facts(context: RenderContext, document: Document) -> list[FactView]:
    """The values of one line each, in the order of the keys; of kinds with a class of their own, their numbers only."""
    is_record = isinstance(document.details, RecordDetails)
    facts = []
    for key in own_keys(document.kind):
        if key.base in _APART or not (is_record or key.base == "amount"):
            continue
        text = value_words(context, key, value_of(document.details, key.id))
        facts.append(FactView(context.word(key), text, wide=len(text) > 24))
    return facts


def sheets(context: RenderContext, document: Document) -> tuple[SheetView, ...]:
    """The sections in the order of the keys. Kinds with a class of their own have builders for all but their tables."""
    is_record = isinstance(document.details, RecordDetails)
    found = []
    for key in own_keys(document.kind):
        value = value_of(document.details, key.id)
        if value is None or value == ():
            continue
        if key.base == "rows" and isinstance(value, tuple):
            rows = tuple(row for row in value if isinstance(row, Row))
            found.append(_table_sheet(context, document, key, rows))
        elif is_record and key.base == "prose":
            found.append(SheetView(key.id, context.word(key), _paragraphs(value)))
        elif is_record and key.base in _LISTS and key.id != _STEPS:
            found.append(SheetView(key.id, context.word(key), items=value_items(key, value)))
    return tuple(found)


def _paragraphs(value: Value) -> tuple[str, ...]:
    return tuple(part.strip() for part in _PARAGRAPHS.split(str(value)) if part.strip())


def _table_sheet(context: RenderContext, document: Document, key: Key, rows: tuple[Row, ...]) -> SheetView:
    table, files = rows_table(context, key, rows)
    if key.argument == FLOW:
        return SheetView(
            key.id, context.word(key), flow=flow_view(context.t, document.title, key.label, rows, table)
        )
    of, total_key = total_of(document.kind, key.id)
    total = value_of(document.details, total_key) if total_key else None
    label = next((own.label for own in own_keys(document.kind) if own.id == total_key), "")
    if total is None and of:
        amounts = [row.amount(of) for row in rows]
        written = [amount for amount in amounts if amount is not None]
        total = sum(written[1:], written[0]) if written else None
    words = amount_words(total) if isinstance(total, int | Decimal) else ""
    return SheetView(
        key.id, context.word(key), table=table, total=(label, words) if words else ("", ""), files=files
    )


def rows_table(
    context: RenderContext, key: Key, rows: tuple[Row, ...]
) -> tuple[TableView, tuple[FileView, ...]]:
    """The rows as a table with the columns that any row fills; files that they name."""
    columns = [part for part in part_keys(key.argument).keys if any(part.id in row.values for row in rows)]
    shown = [part for part in columns if part.base != "path"]
    lines = tuple(
        tuple(value_words(context, part, row.values.get(part.id)) for part in shown) for row in rows
    )
    files = []
    for part in columns:
        for row in rows:
            file = row.values.get(part.id)
            if isinstance(file, Attachment):
                name = value_words(context, shown[0], row.values.get(shown[0].id)) if shown else ""
                view = file_view(file)
                files.append(FileView(name or view.name, view.path, view.type, view.size))
    return TableView(key.label, (tuple(part.label for part in shown),), lines), tuple(files)


def record_texts(context: RenderContext, document: Document) -> tuple[str, ...]:
    """Everything that the keys of a kind say, as lines for the search index."""
    lines: list[str] = []
    for key in own_keys(document.kind):
        value = value_of(document.details, key.id)
        if value is None or key.base in {"references", "day", "number", "amount", "path", "media"}:
            continue
        if key.base == "rows" and isinstance(value, tuple):
            rows = tuple(row for row in value if isinstance(row, Row))
            lines += [
                " ".join(cell for cell in line if cell) for line in rows_table(context, key, rows)[0].rows
            ]
        elif isinstance(value, tuple):
            lines += value_items(key, value)
        else:
            lines += [line for line in value_words(context, key, value).splitlines() if line.strip()]
    return tuple(lines)


def fits_all(group: str, value: str) -> bool:
    """Whether a term of a closed list stands for all of them (各类经营主体, 各行业)."""
    term = term_list(group).find(value)
    return term is not None and term.has("all")
