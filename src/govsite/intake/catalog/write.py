"""Items of a domain as YAML, the way `content/catalog/` has it."""

from __future__ import annotations

from collections.abc import Sequence

from govsite.hanzi.pending import pending
from govsite.intake.catalog.items import Item, Value
from govsite.source.scalars import yaml_list, yaml_scalar
from govsite.vocab.keys import record_keys


def catalog_yaml(domain: str, basis_document: str, items: Sequence[Item]) -> str:
    """One domain's file. Keys stand in the order of the reference; the same items give the same bytes."""
    words = record_keys("catalog").by_word
    lines = [f"{words['domain'].label}: {yaml_scalar(domain)}"]
    if basis_document:
        lines.append(f"{words['basis_document'].label}: {yaml_scalar(basis_document)}")
    lines.append(f"{words['items'].label}:")
    for item in items:
        lines += _item_lines(item)
    return "\n".join(lines) + "\n"


def _item_lines(item: Item) -> list[str]:
    lines: list[str] = []
    for key in record_keys("catalog_item").keys:
        value = Value((item.id,)) if key.id == "id" else item.values.get(key.id)
        if value is None or (not value.texts and not value.doubt):
            continue
        indent = "    " if lines else "  - "
        texts = value_texts(value)
        if value.is_list:
            lines.append(f"{indent}{key.label}:{yaml_list(texts, '      ')}")
        else:
            text = f'"{texts[0]}"' if key.id == "no" and texts[0].isdecimal() else yaml_scalar(texts[0])
            lines.append(f"{indent}{key.label}: {text}")
    return lines


def value_texts(value: Value) -> list[str]:
    """What is written for a value: its texts, each behind 待核 where they are in doubt."""
    if not value.doubt:
        return list(value.texts)
    return [pending(text) for text in value.texts] or [pending()]
