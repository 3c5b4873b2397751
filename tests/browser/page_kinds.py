"""Which pages of a built site stand for all: one of every kind and of every layout of a column."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from govsite.vocab.columns import columns_of
from govsite.vocab.terms import kinds

if TYPE_CHECKING:
    from pathlib import Path

SINGLES = ("index.html", "search.html", "sitemap.html", "lists/index.html", "request.html", "404.html")


def chosen_pages(folder: Path, pages: tuple[str, ...]) -> dict[str, str]:
    """Page by the name of its kind. Raises LookupError where the site has no page of a kind."""
    chosen = {name: name for name in SINGLES}
    for kind in kinds().values():
        chosen[kind.id] = _largest(
            folder, [path for path in pages if path.startswith(f"{kind.folder}/")], kind.id
        )
    results = [path for path in pages if path.startswith("consultations/") and "jieguo" in path]
    chosen["consultation with result"] = _largest(folder, results, "consultation with result")
    for layout in sorted({column.layout for column in columns_of("town")}):
        names = [
            f"columns/{column.id}/index.html" for column in columns_of("town") if column.layout == layout
        ]
        chosen[f"column: {layout}"] = _largest(folder, [name for name in names if name in pages], layout)
    chosen["column: older page"] = _largest(
        folder, [path for path in pages if "/page-" in path], "older page"
    )
    tables = [path for path in pages if path.startswith("catalog/") and path.endswith("/index.html")]
    chosen["catalog"] = _largest(folder, tables, "catalog")
    chosen["catalog item"] = _largest(folder, _items(folder, tables), "catalog item")
    for axis in ("year", "topic", "issuer"):
        found = [path for path in pages if path.startswith(f"lists/{axis}/")]
        chosen[f"listing: {axis}"] = _largest(folder, found, axis)
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


def _largest(folder: Path, paths: list[str], what: str) -> str:
    """The page with the most on it."""
    if not paths:
        raise LookupError(f"the sample site has no page of this kind: {what}")
    return max(sorted(paths), key=lambda path: folder.joinpath(path).stat().st_size)
