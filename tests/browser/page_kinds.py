"""Which pages of a built site stand for all: one of every kind and of every layout of a column."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

from govsite.vocab.columns import columns_of
from govsite.vocab.terms import kinds

if TYPE_CHECKING:
    from pathlib import Path

NOT_OF_A_TOWN = frozenset({"gazette"})  # 政府公报 is published by counties and above
SINGLES = (
    "index.html",
    "search.html",
    "sitemap.html",
    "lists/index.html",
    "request.html",
    "404.html",
    "catalog/history.html",
)


# Kinds that show every component between them. What another way of looking changes are colours and places of components: in CI
# the further ways look at these, with EVERY_KIND=1 at all.
SPEAKING = frozenset({
    "index.html", "styleguide.html", "search.html", "request.html", "statistics.html", "catalog", "catalog item", "policy",
    "interpretation", "guide", "power", "village", "column: list", "column: register", "column: organisations",
})  # fmt: skip
EVERY_KIND = os.environ.get("EVERY_KIND", "") == "1"


def speaking_pages(chosen: dict[str, str]) -> dict[str, str]:
    """Those of the chosen pages that a further way looks at. Raises LookupError where none is of a kind named here."""
    found = {kind: path for kind, path in chosen.items() if EVERY_KIND or kind in SPEAKING}
    if len(found) < len(SPEAKING) - 2:
        raise LookupError(f"hardly any page: {sorted(found)}")
    return found


def pages_there_are(folder: Path, pages: tuple[str, ...]) -> dict[str, str]:
    """Page by the name of its kind, of any site: kinds it has no page of are left out."""
    return {kind: path for kind, path in _chosen(folder, pages).items() if path in pages}


def chosen_pages(folder: Path, pages: tuple[str, ...]) -> dict[str, str]:
    """Page by the name of its kind. Raises LookupError where the site has no page of a kind: the sample has all."""
    chosen = _chosen(folder, pages)
    missing = [kind for kind, path in chosen.items() if not path and kind not in NOT_OF_A_TOWN]
    if missing:
        raise LookupError(f"the sample site has no page of these kinds: {', '.join(missing)}")
    return {kind: path for kind, path in chosen.items() if path}


def _chosen(folder: Path, pages: tuple[str, ...]) -> dict[str, str]:
    chosen = {name: name for name in SINGLES}
    for kind in kinds().values():
        chosen[kind.id] = _largest(folder, [path for path in pages if path.startswith(f"{kind.folder}/")])
    results = [path for path in pages if path.startswith("consultations/") and "jieguo" in path]
    chosen["consultation with result"] = _largest(folder, results)
    open_ones = [path for path in pages if path.startswith("consultations/") and path not in results]
    chosen["consultation"] = _largest(folder, open_ones)
    for layout in sorted({column.layout for column in columns_of("town")}):
        names = [
            f"columns/{column.id}/index.html" for column in columns_of("town") if column.layout == layout
        ]
        chosen[f"column: {layout}"] = _largest(folder, [name for name in names if name in pages])
    chosen["column: older page"] = _largest(folder, [path for path in pages if "/page-" in path])
    tables = [path for path in pages if path.startswith("catalog/") and path.endswith("/index.html")]
    chosen["catalog"] = _largest(folder, tables)
    chosen["catalog item"] = _largest(folder, _items(folder, tables))
    for axis in ("year", "topic", "issuer"):
        found = [path for path in pages if path.startswith(f"lists/{axis}/")]
        chosen[f"listing: {axis}"] = _largest(folder, found)
    for state in ("repealed", "amended", "void", "not_yet"):
        banner = [
            path for path in pages if f"banner-{state}" in folder.joinpath(path).read_text(encoding="utf-8")
        ]
        if banner:
            chosen[f"policy: {state}"] = banner[0]
    return chosen


def _items(folder: Path, tables: list[str]) -> list[str]:
    """Pages of catalog items that something fulfils."""
    found = []
    for table in tables:
        catalog = json.loads(folder.joinpath(table).with_name("catalog.json").read_text(encoding="utf-8"))
        found += [item["url"] for item in catalog["items"] if item["fulfilled_by"]]
    return found


def _largest(folder: Path, paths: list[str]) -> str:
    """The page with the most on it, `""` where there is none."""
    return "" if not paths else max(sorted(paths), key=lambda path: folder.joinpath(path).stat().st_size)
