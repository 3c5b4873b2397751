"""Values of a kind's own keys as text, for tables, facts, search and open data."""

from __future__ import annotations

from decimal import Decimal

from govsite.hanzi.dates import chinese_date
from govsite.model.values import Attachment, Material, Media, Opinion, Reference, Row, Value
from govsite.render.context import RenderContext
from govsite.vocab.keys import Key, part_keys
from govsite.vocab.terms import label_of

_YEARS = frozenset({"year", "starts", "ends"})


def amount_words(value: Decimal | int) -> str:
    """A number in groups of three, decimals as written."""
    return f"{value:,}"


def value_words(context: RenderContext, key: Key, value: Value) -> str:
    """A value in one line; `""` for nothing. Tables (`rows`) have no line."""
    if value is None or value == "" or isinstance(value, Attachment | Media):
        return ""
    if isinstance(value, Decimal):
        return amount_words(value)
    if isinstance(value, int):
        return str(value) if key.id in _YEARS else amount_words(value)
    if isinstance(value, str):
        return _text_words(context, key, value)
    return context.t("page.comma").join(text for text in value_items(key, value) if text)


def _text_words(context: RenderContext, key: Key, value: str) -> str:
    if key.base == "term":
        return label_of(key.argument, value)
    if key.base == "day":
        return chinese_date(value)
    return context.organisation(value) if key.base == "organisation" else value


def value_items(key: Key, value: Value) -> tuple[str, ...]:
    """The members of a list as text; of anything else nothing."""
    if not isinstance(value, tuple):
        return ()
    items = []
    for item in value:
        if isinstance(item, str):
            items.append(label_of(key.argument, item) if key.base == "terms" else item)
        elif isinstance(item, Reference):
            items.append(item.text)
        elif isinstance(item, Material):
            items.append(item.name)
        elif isinstance(item, Opinion):
            items.append(item.opinion)
        elif not isinstance(item, Row):
            items.append(item.name)
    return tuple(items)


def plain_value(key: Key, value: Value) -> object:
    """A value as open data: text, number, list, or list of objects for a table. Files are their names."""
    if isinstance(value, tuple):
        rows = [row for row in value if isinstance(row, Row)]
        if rows:
            parts = part_keys(key.argument).by_word
            return [
                {name: plain_value(parts[name], cell) for name, cell in row.values.items()} for row in rows
            ]
        return list(value_items(key, value))
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, Attachment):
        return value.name
    if isinstance(value, str) and key.base == "term":
        return label_of(key.argument, value)
    return value if isinstance(value, str | int) else ""
