"""An earlier import and its hand-made changes, kept when the table is imported again: ids, and what the table does not say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from govsite.hanzi.pending import PENDING
from govsite.intake.catalog.items import Item, Value
from govsite.intake.notes import Note
from govsite.source.yaml import Mapping, Node, Scalar, YamlFault, parse_yaml
from govsite.source.yaml import Sequence as Nodes
from govsite.vocab.keys import record_keys

_IDENTIFIER = re.compile(r"[A-Za-z0-9][A-Za-z0-9_./-]{0,79}")
_LEVELS = ("level1", "level2", "level3")


def earlier_items(text: str) -> list[Item]:
    """Items of a catalog file that is there already; none where it cannot be read."""
    node = parse_yaml(text, "")
    if not isinstance(node, Mapping):
        return []
    words = record_keys("catalog").by_word
    for key, value in node:
        if words.get(key.text) and words[key.text].id == "items" and isinstance(value, Nodes):
            return [_item(one) for one in value.items if isinstance(one, Mapping)]
    return []


def earlier_basis(text: str) -> str:
    """依据文件 of a catalog file, `""` for none."""
    node = parse_yaml(text, "")
    if node is None or isinstance(node, YamlFault) or not isinstance(node, Mapping):
        return ""
    words = record_keys("catalog").by_word
    return next(
        (value.text for key, value in node if key.text in words and words[key.text].id == "basis_document" and isinstance(value, Scalar)),
        "",
    )  # fmt: skip


def _item(node: Mapping) -> Item:
    words = record_keys("catalog_item").by_word
    item = Item("")
    for key, value in node:
        known = words.get(key.text)
        if known is None:
            continue
        texts = tuple(_texts(value))
        if known.id == "id":
            item.id = texts[0] if texts else ""
        else:
            item.values[known.id] = Value(texts, "", "", is_list=isinstance(value, Nodes))
    return item


def _texts(node: Node) -> Iterable[str]:
    if isinstance(node, Scalar):
        yield node.text
    elif isinstance(node, Nodes):
        for one in node.items:
            yield from _texts(one)


def settle_ids(
    items: Sequence[Item], earlier: Sequence[Item], prefix: str, taken: Iterable[str] = ()
) -> list[Note]:
    """Give every item its id: that of the earlier item with the same levels, else the next free one of `prefix`.

    What the table leaves open and somebody has filled in since stays as it is. taken: ids of other files.
    """
    notes: list[Note] = []
    known = _by_names(earlier)
    used = {*taken, *(item.id for item in earlier)}
    given: set[str] = set()
    for item in items:
        own = item.values.pop("id", None)
        if own and own.texts and _IDENTIFIER.fullmatch(own.texts[0]) and own.texts[0] not in given:
            given.add(own.texts[0])
            item.id = own.texts[0]
    for item in items:
        old = _claim(known, item)
        if old:
            item.id = old.id
            notes += _keep_made_by_hand(item, old)
    number = 1
    for item in items:
        if item.id:
            continue
        while f"{prefix}-{number:02d}" in used | given:
            number += 1
        item.id = f"{prefix}-{number:02d}"
        used.add(item.id)
        given.add(item.id)
    kept = {item.id for item in items}
    gone = [item for item in earlier if item.id and item.id not in kept]
    notes += [
        Note.of("item_gone", "", "check", id=item.id, name="／".join(filter(None, item.names)))
        for item in gone
    ]
    return notes


def _by_names(earlier: Sequence[Item]) -> dict[tuple[str, ...], list[Item]]:
    known: dict[tuple[str, ...], list[Item]] = {}
    for item in earlier:
        known.setdefault(_names(item), []).append(item)
    return known


def _claim(known: dict[tuple[str, ...], list[Item]], item: Item) -> Item | None:
    """The earlier item of the same levels; of several the one with the same 序号, else the first."""
    candidates = [one for one in known.get(_names(item), []) if item.id in {"", one.id}]
    if not candidates:
        return None
    chosen = next((one for one in candidates if one.text("no") == item.text("no")), candidates[0])
    known[_names(item)].remove(chosen)
    return chosen


def _names(item: Item) -> tuple[str, ...]:
    return tuple(name.removeprefix(PENDING).lstrip("：").replace(" ", "") for name in item.names)


def _keep_made_by_hand(item: Item, old: Item) -> list[Note]:
    notes = []
    labels = {key.id: key.label for key in record_keys("catalog_item").keys}
    for key, value in old.values.items():
        is_settled = bool(value.texts) and not any(text.startswith(PENDING) for text in value.texts)
        new = item.values.get(key)
        is_open = new is None or new.doubt or any(text.startswith(PENDING) for text in new.texts)
        if is_settled and is_open:
            if new is not None and new.texts != value.texts:
                notes.append(Note.of("kept_by_hand", new.place, "said", id=old.id, key=labels[key]))
            item.values[key] = value
    return notes
