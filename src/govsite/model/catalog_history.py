"""What was added, changed and removed in the catalog, and when (动态调整): 国办发〔2019〕54号 wants it kept up and shown."""

from __future__ import annotations

from govsite.frozen import dataclass
from govsite.model.catalog import CatalogDomain

NEW, CHANGED, GONE = "new", "changed", "gone"


@dataclass(frozen=True, slots=True)
class ElementChange:
    """An element (要素) of an item that changed. key: its key id; old, new: as text, personal data covered."""

    key: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class CatalogChange:
    """One change. op: `new`, `changed`, `gone`; domain, label: id and name of the domain; item: id, `""` for a whole domain
    that came or went; name: of the item; count: items of a whole domain; elements: of a changed item, in standard order.
    """

    op: str
    domain: str
    label: str
    item: str = ""
    name: str = ""
    count: int = 0
    elements: tuple[ElementChange, ...] = ()


@dataclass(frozen=True, slots=True)
class CatalogDay:
    """What changed on one day (ISO, China's time), in the order of the catalog."""

    day: str
    changes: tuple[CatalogChange, ...]


@dataclass(frozen=True, slots=True)
class CatalogVersion:
    """The catalog as it stood at the end of a day."""

    day: str
    domains: tuple[CatalogDomain, ...]


@dataclass(frozen=True, slots=True)
class CatalogHistory:
    """The record of a catalog. begins: ISO day from which on it is known, `""` for no record; domains, items: how many there were
    then; days: newest first.
    """

    begins: str = ""
    domains: int = 0
    items: int = 0
    days: tuple[CatalogDay, ...] = ()
