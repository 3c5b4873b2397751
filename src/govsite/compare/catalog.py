"""Two states of a catalog to what was added, changed and removed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from govsite.model.catalog import WITHHELD, CatalogDomain, CatalogItem
from govsite.model.catalog_history import (
    CHANGED,
    GONE,
    NEW,
    CatalogChange,
    CatalogDay,
    CatalogHistory,
    CatalogVersion,
    ElementChange,
)
from govsite.vocab.terms import label_of

_TERMS = {"audience": "audience", "mode": "mode", "tier": "tier", "channels": "channel"}
_TEXTS = (
    "level1", "level2", "level3", "content", "basis", "deadline_text", "subject", "channels", "audience",
    "audience_note", "mode", "tier", "responsible_unit", "responsible_section", "disclosure", "category",
)  # fmt: skip
_KEYS = {"deadline_text": "deadline", "audience_note": "audience"}


def history_of(versions: Sequence[CatalogVersion], hide: Callable[[str], str]) -> CatalogHistory:
    """The record of a catalog that stood thus on those days, oldest first. hide: covers personal data in a text."""
    days: list[CatalogDay] = []
    before: tuple[CatalogDomain, ...] = ()
    first: CatalogVersion | None = None
    for version in versions:
        domains = _shown(version.domains)
        if first is None:
            first = replace(version, domains=domains) if domains else None
        else:
            changes = tuple(compare_catalogs(before, domains, hide))
            if changes:
                days.insert(0, CatalogDay(version.day, changes))
        before = domains
    if first is None:
        return CatalogHistory()
    items = sum(len(domain.items) for domain in first.domains)
    return CatalogHistory(first.day, len(first.domains), items, tuple(days))


def since(history: CatalogHistory, day: str, hidden: frozenset[str]) -> CatalogHistory:
    """The record from a day on (`""` for all of it), without items that are withheld today. hidden: their ids."""
    kept = []
    for one in history.days:
        changes = tuple(change for change in one.changes if not change.item or change.item not in hidden)
        if changes and one.day >= day:
            kept.append(replace(one, changes=changes))
    if day <= history.begins:
        return replace(history, days=tuple(kept))
    return CatalogHistory(day, days=tuple(kept))


def compare_catalogs(
    old: Sequence[CatalogDomain], new: Sequence[CatalogDomain], hide: Callable[[str], str]
) -> Iterator[CatalogChange]:
    """Changes in the order of the new catalog, then of the old one. Items are known by their ids, whatever domain they are in."""
    before = {item.id: item for domain in old for item in domain.items}
    after = {item.id for domain in new for item in domain.items}
    old_ids = {domain.id for domain in old}
    new_ids = {domain.id for domain in new}
    for domain in new:
        if domain.id not in old_ids and not any(item.id in before for item in domain.items):
            yield CatalogChange(NEW, domain.id, domain.label, count=len(domain.items))
            continue
        for item in domain.items:
            known = before.get(item.id)
            if known is None:
                yield CatalogChange(NEW, domain.id, domain.label, item.id, hide(item.name))
                continue
            elements = tuple(_elements(known, item, hide))
            if elements:
                yield CatalogChange(
                    CHANGED, domain.id, domain.label, item.id, hide(item.name), elements=elements
                )
    for domain in old:
        gone = [item for item in domain.items if item.id not in after]
        if domain.id not in new_ids and len(gone) == len(domain.items):
            yield CatalogChange(GONE, domain.id, domain.label, count=len(gone))
            continue
        for item in gone:
            yield CatalogChange(GONE, domain.id, domain.label, item.id, hide(item.name))


def _shown(domains: Sequence[CatalogDomain]) -> tuple[CatalogDomain, ...]:
    """Domains without what was 不予公开 then; of two with one id the first."""
    found: dict[str, CatalogDomain] = {}
    for domain in domains:
        items = tuple(item for item in domain.items if item.disclosure != WITHHELD)
        if items:
            found.setdefault(domain.id, replace(domain, items=items))
    return tuple(found[key] for key in sorted(found))


def _elements(old: CatalogItem, new: CatalogItem, hide: Callable[[str], str]) -> Iterator[ElementChange]:
    for name in _TEXTS:
        before, after = element_text(old, name), element_text(new, name)
        if before != after:
            yield ElementChange(_KEYS.get(name, name), hide(before), hide(after))


def element_text(item: CatalogItem, name: str) -> str:
    """An element as one line of text."""
    value = getattr(item, name)
    if name == "content":
        return "；".join(element.text for element in item.content)
    if name == "disclosure":
        return label_of("disclosure", item.disclosure)
    if isinstance(value, tuple):
        group = _TERMS.get(name, "")
        words = [label_of(group, word.removeprefix("other:")) if group else word for word in value]
        return "、".join(words)
    return str(value)
