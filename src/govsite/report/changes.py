"""Differences of two states as text and as JSON."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from govsite.messages.catalogue import Translate
from govsite.model.catalog_history import CatalogChange
from govsite.model.changes import Changes, DocumentChange, Segment
from govsite.vocab.keys import record_keys

ORDER = ("gone", "changed", "new")


def changes_json(changes: Changes) -> str:
    """Version 1: the fields of `model/changes.py`; segments are `[op, text]`."""
    counts = {op: changes.count(op) for op in ORDER}
    data = {"version": 1, "counts": counts, **_plain(changes)}
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _plain(value: Any) -> Any:
    """Records as mappings; a segment, of which there are many, as a pair."""
    if isinstance(value, Segment):
        return list(value)
    if dataclasses.is_dataclass(value):
        return {each.name: _plain(getattr(value, each.name)) for each in dataclasses.fields(value)}
    if hasattr(value, "_asdict"):
        return {name: _plain(each) for name, each in value._asdict().items()}
    if isinstance(value, Mapping):
        return {name: _plain(each) for name, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, tuple) else value


def changes_text(changes: Changes, t: Translate) -> str:
    """For a terminal; deleted text stands in `[-…-]`, inserted text in `{+…+}`."""
    return "\n".join(_lines(changes, t)) + "\n"


def _lines(changes: Changes, t: Translate) -> Iterator[str]:
    yield t("diff.about", old=changes.old, new=changes.new)
    yield "，".join(f"{t('diff.count.' + op)} {changes.count(op)}" for op in ("new", "changed", "gone"))
    for op in ORDER:
        for change in (each for each in changes.documents if each.op == op):
            yield ""
            yield from _document(change, t)
    if changes.catalog:
        yield ""
        yield t("diff.part.catalog")
        for item in changes.catalog:
            yield f"  {t('diff.op.' + item.op)} {catalog_name(item, t)}"
            for label, old, new in catalog_elements(item, t):
                yield f"    {label}: {old} → {new}"
    if changes.links:
        yield ""
        yield t("diff.part.links")
        for link in changes.links:
            yield f"  {t('diff.link.' + link.op)} {link.title} → {link.target}"
    yield ""
    yield _pages(changes, t)
    for name in ("new", "cured"):
        found = changes.problems[name]
        if found:
            yield t(f"diff.problems_{name}", count=len(found))
            yield from (f"  {t('severity.' + word)} {text}" for text, word in found)


def catalog_name(change: CatalogChange, t: Translate) -> str:
    """Domain and item in words, or the whole domain with how many items it has."""
    name = change.name if change.item else t("diff.catalog_domain", count=change.count)
    return f"{change.label}：{name}" + (f"（{change.item}）" if change.item else "")


def catalog_elements(change: CatalogChange, t: Translate) -> Iterator[tuple[str, str, str]]:
    """(label, before, after) of every element that changed."""
    words = record_keys("catalog_item").by_word
    for one in change.elements:
        yield words[one.key].label, one.old or t("diff.empty"), one.new or t("diff.empty")


def _pages(changes: Changes, t: Translate) -> str:
    if not any(changes.pages.values()) and changes.documents:
        return t("diff.pages_none")
    return t(
        "diff.pages_line", new=len(changes.pages["new"]), changed=len(changes.pages["changed"]),
        gone=len(changes.pages["gone"]), lists=len(changes.lists),
    )  # fmt: skip


def _document(change: DocumentChange, t: Translate) -> Iterator[str]:
    yield f"{t('diff.op.' + change.op)}【{change.kind}】{change.title}  {change.file}"
    if change.marks:
        yield f"  {t('diff.marks')}: {'、'.join(t('diff.mark.' + mark) for mark in change.marks)}"
    if change.moved_from:
        yield "  " + t("diff.moved", old=change.moved_from, new=change.url)
    for field in change.fields:
        yield f"  {field.label}: {_inline(field.segments)}"
    for paragraph in change.paragraphs:
        yield f"  {t('diff.text.' + paragraph.op)} {t('diff.paragraph', number=paragraph.number)}: {_inline(paragraph.segments)}"


def _inline(segments: Sequence[Segment]) -> str:
    marks = {"same": ("", ""), "gone": ("[-", "-]"), "new": ("{+", "+}")}
    return "".join(f"{marks[op][0]}{text}{marks[op][1]}" for op, text in segments).replace("\n", " ")
