"""What travels and in which order: at every moment a page has what it loads, and who begins at the home page and follows
links meets no dead one.

New files come first, so that nothing links to what is not yet there; changed files then take the place of old ones one
at a time; files that nothing links to any more go last. Names under `assets/` are made of their content: the ones of
the edition that is being replaced stay for one edition more, for pages that a reader has just loaded.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet

from govsite.frozen import dataclass
from govsite.model.addresses import HOME, MANIFEST
from govsite.publish.edition import Entry

COMPRESSED = (".gz", ".br")
_ASSETS = "assets/"
_LISTS = ("columns/", "lists/", "catalog/")


@dataclass(frozen=True, slots=True)
class Plan:
    """add, change, remove: paths in the order of travel; retain: assets of the replaced edition that stay."""

    add: tuple[str, ...]
    change: tuple[str, ...]
    remove: tuple[str, ...]
    retain: tuple[str, ...]

    @property
    def touched(self) -> tuple[str, ...]:
        """Every path that is to change."""
        return (*self.add, *self.change, *self.remove)


def plan_changes(
    old: Mapping[str, Entry],
    new: Mapping[str, Entry],
    unknown: AbstractSet[str] = frozenset(),
    outlived: AbstractSet[str] = frozenset(),
) -> Plan:
    """The way from `old` to `new`. unknown: paths whose state an interrupted publication left open; outlived: assets
    that stayed one edition longer already.
    """
    add = [path for path in new if path not in old]
    change = [path for path in new if path in old and (old[path] != new[path] or path in unknown)]
    gone = (old.keys() | unknown) - new.keys()
    retain = sorted(path for path in gone if path.startswith(_ASSETS) and path not in outlived)
    remove = sorted(gone - set(retain), key=_removal)
    return Plan(
        tuple(sorted(add, key=_travel)), tuple(sorted(change, key=_travel)), tuple(remove), tuple(retain)
    )


def base_of(path: str) -> str:
    """The file that a precompressed one stands beside; any other path as it is."""
    return path[:-3] if path.endswith(COMPRESSED) else path


def _rank(path: str) -> int:
    """0 assets · 1 attachments · 2 search and data · 3 documents · 4 lists · 5 the home page · 6 the manifest."""
    base = base_of(path)
    if base.startswith(_ASSETS):
        return 0
    if base.startswith("files/"):
        return 1
    if base == MANIFEST:
        return 6
    if base == HOME:
        return 5
    if not base.endswith(".html"):
        return 2
    return 4 if base.startswith(_LISTS) or "/" not in base else 3


def _travel(path: str) -> tuple[int, bool, str, str]:
    # The search index names its parts in search/manifest.js: it follows them.
    base = base_of(path)
    return (_rank(path), base == "search/manifest.js", base, path)


def _removal(path: str) -> tuple[int, str, str]:
    # A compressed twin goes before its file: no server must offer it alone.
    base = base_of(path)
    return (-_rank(path), base, "" if base != path else "~")


def merge_retained(
    entries: Mapping[str, Entry], known: Mapping[str, Entry], retain: Iterable[str]
) -> dict[str, Entry]:
    """Entries of the new state: those of the edition, and what is known of the assets that stay."""
    return {**entries, **{path: known.get(path, Entry("", 0)) for path in retain}}


def stage_of(path: str) -> tuple[int, bool]:
    """Files of one stage may travel in any order; a stage is whole before the next begins."""
    return _travel(path)[:2]
