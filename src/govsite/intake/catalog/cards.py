"""A page that shows one item as a card: `一级事项 | … | 二级事项 | …`, one label and its value after the other."""

from __future__ import annotations

from collections.abc import Sequence

from govsite.intake.catalog.rows import Found, Row
from govsite.intake.catalog.tokens import Token
from govsite.vocab.catalog_table import catalog_table

_FEWEST_PAIRS = 3


def card_row(tokens: Sequence[Token]) -> tuple[Row, frozenset[str]] | None:
    """The one row of a card and its columns, None where labels and values do not take turns."""
    table = catalog_table()
    found: dict[str, Found] = {}
    columns: set[str] = set()
    waiting = ""
    pairs = labels = 0
    for token in tokens:
        if not token.text.strip():
            continue
        label = table.label_of(token.text)
        if label and label not in {"group", "domain"}:
            labels += 1
            columns.add(label)
            waiting = label
        elif waiting and waiting not in found:
            found[waiting] = Found(token.text, token.place)
            pairs += 1
        elif not label and not waiting:
            return None
    if pairs < _FEWEST_PAIRS or pairs * 2 < labels + 1:
        return None
    place = next(iter(found.values())).place
    return Row(place, found), frozenset(columns)
