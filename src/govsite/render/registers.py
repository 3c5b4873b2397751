"""Registers (台账): the documents of a column as one table a kind, narrowed by facets."""

from __future__ import annotations

from govsite.extend.views import FacetOptionView, FacetView, LinkView, RegisterRowView, RegisterView
from govsite.model.addresses import column_folder
from govsite.model.column import Column
from govsite.model.details import value_of
from govsite.model.document import Document
from govsite.model.values import Value
from govsite.render.context import RenderContext
from govsite.render.data import csv_line
from govsite.render.sheets import fits_all
from govsite.render.values import value_words
from govsite.vocab.keys import Key, keys_of
from govsite.vocab.terms import Kind, kinds, label_of, term_list

MOST_ROWS = 400
_ALL = "*"


def registered_kinds(context: RenderContext, column: Column) -> tuple[str, ...]:
    """Kinds that a column of layout `register` shows as tables, in the order of the vocabulary."""
    if column.layout != "register":
        return ()
    present = {context.site.documents[key].kind for key in context.site.members.get(column.id, ())}
    return tuple(kind.id for kind in kinds().values() if kind.id in present and kind.register)


def registers(context: RenderContext, column: Column) -> tuple[RegisterView, ...]:
    """The tables of a column."""
    return tuple(_register(context, column, kind) for kind in registered_kinds(context, column))


def register_keys(context: RenderContext, column: Column, kind: str) -> tuple[str, ...]:
    """Documents of a kind in a column: newest first, or by the order that they give themselves (领导顺序)."""
    found = [
        key for key in context.site.members.get(column.id, ()) if context.site.documents[key].kind == kind
    ]
    if any(value_of(context.site.documents[key].details, "order") for key in found):
        found.sort(key=lambda key: _order(context.site.documents[key]))
    return tuple(found)


def _order(document: Document) -> int:
    order = value_of(document.details, "order")
    return order if isinstance(order, int) else 1 << 30


def _register(context: RenderContext, column: Column, kind_id: str) -> RegisterView:
    kind = kinds()[kind_id]
    keys = register_keys(context, column, kind_id)
    documents = [context.site.documents[key] for key in keys[:MOST_ROWS]]
    heads = [name for name in kind.register if any(_cell(context, document, name) for document in documents)]
    words = keys_of(kind_id).by_word
    folder = column_folder(column.id)
    facets = tuple(_facet(context, kind, words[name], documents) for name in kind.facets)
    useful = [facet for facet in facets if len(facet.options) > 1]
    return RegisterView(
        kind=kind.id,
        label=kind.label,
        unit=kind.unit,
        heads=tuple(words[name].label for name in heads),
        facets=tuple(useful),
        rows=tuple(_row(context, document, heads, [facet.id for facet in useful]) for document in documents),
        left=len(keys) - len(documents),
        data=(
            LinkView(context.t("view.list_xlsx"), f"{folder}{kind.id}.xlsx"),
            LinkView(context.t("view.data_csv"), f"{folder}{kind.id}.csv"),
        ),
    )


def _row(context: RenderContext, document: Document, heads: list[str], facets: list[str]) -> RegisterRowView:
    entry = context.entry(document.key)
    closes = value_of(document.details, "closes")
    day = closes if isinstance(closes, str) else ""
    return RegisterRowView(
        link=LinkView(document.title, entry.path),
        cells=tuple(_cell(context, document, name) for name in heads),
        values=tuple(_values(context, document, name) for name in facets),
        ended=(not entry.in_force and entry.validity != "not_yet")
        or bool(day and day < context.site.assembly.as_of),
        closes=day,
    )


def _cell(context: RenderContext, document: Document, name: str) -> str:
    if name == "validity":
        return label_of("validity", context.site.validity.get(document.key, ""))
    if document.key in context.site.assembly.expired:
        return ""
    key = keys_of(document.kind).by_word[name]
    if key.base == "references":
        relation = f"{document.kind}.{name}" if key.back else name
        titles = [
            context.site.documents[target].title
            for target in context.site.graph.targets(relation, document.key)
        ]
        return context.t("page.comma").join(titles)
    value = value_of(document.details, name)
    return str(value) if key.base == "day" and value else value_words(context, key, value)


def _values(context: RenderContext, document: Document, name: str) -> tuple[str, ...]:
    """Option values that a document fits under a facet. One that says nothing fits whoever asks."""
    if name == "validity":
        return (context.site.validity.get(document.key, ""),)
    key = keys_of(document.kind).by_word[name]
    value: Value = value_of(document.details, name)
    found = value if isinstance(value, tuple) else (value,)
    words = tuple(str(item) for item in found if item is not None and item != "")
    if not words or any(fits_all(key.argument, word) for word in words if key.base in {"term", "terms"}):
        return (_ALL,)
    return words


def _facet(context: RenderContext, kind: Kind, key: Key, documents: list[Document]) -> FacetView:
    counts: dict[str, int] = {}
    fitting = [_values(context, document, key.id) for document in documents]
    for values in fitting:
        for value in values:
            counts[value] = counts.get(value, 0) + 1
    anyone = counts.pop(_ALL, 0)
    if key.base in {"term", "terms"}:
        order = [term.id for term in term_list(key.argument).terms if term.id in counts]
    else:
        order = sorted(counts, reverse=key.base == "number")
    options = tuple(
        FacetOptionView(
            value, label_of(key.argument, value) if key.argument else value, counts[value] + anyone
        )
        for value in order
    )
    return FacetView(key.id, key.label, options)


def register_table(context: RenderContext, column_id: str, kind_id: str) -> tuple[list[str], list[list[str]]]:
    """Labels and rows of a register: every document, the kind's columns, its day and its address."""
    column = context.site.columns[column_id]
    words = keys_of(kind_id).by_word
    names = kinds()[kind_id].register
    labels = [
        words["title"].label,
        *(words[name].label for name in names),
        words["published"].label,
        context.t("data.url"),
    ]
    rows = []
    for key in register_keys(context, column, kind_id):
        document = context.site.documents[key]
        entry = context.entry(key)
        cells = [_cell(context, document, name) for name in names]
        rows.append([document.title, *cells, entry.date, entry.path])
    return labels, rows


def register_csv(context: RenderContext, column_id: str, kind_id: str) -> bytes:
    """A register as CSV for spreadsheet programs."""
    labels, rows = register_table(context, column_id, kind_id)
    return b"\xef\xbb\xbf" + "".join(csv_line(cells) for cells in (labels, *rows)).encode()
