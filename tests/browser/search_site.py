"""A small searchable site for browser tests: the search part of the built-in theme on a bare page."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from govsite.index.extract import extract
from govsite.index.merge import merge

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govsite.index.labels import IndexLabels
    from govsite.model.search import SearchRecord

PACKAGE = Path(__file__).parents[2] / "src/govsite"
PAGE = """<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>检索</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="icon.svg">
<link rel="stylesheet" href="site.css"><link rel="stylesheet" href="search.css">
<link rel="preload" as="script" href="search/manifest.js">
<script src="search.js" defer></script></head>
<body><main class="wrap"><h1>检索</h1>{part}</main></body></html>
"""


class _Site:
    assets: dict[str, str] = {}  # noqa: RUF012 (what a template sees of the real one)


def write_search_site(
    folder: Path, records: Sequence[SearchRecord], labels: IndexLabels, *, pages: bool = True
) -> None:
    """Write `search.html`, the script, the styles, the index and an empty page for every record."""
    words = yaml.safe_load((PACKAGE / "messages/data/search.yaml").read_text("utf-8"))
    environment = Environment(
        loader=FileSystemLoader(PACKAGE / "theme/templates"), undefined=StrictUndefined, autoescape=True
    )
    template = environment.get_template("parts/search.html")
    part = template.render(
        view=None, site=_Site(), t=lambda key: words[key]["zh"], url=lambda path: f"./{path}"
    )
    folder.mkdir(parents=True, exist_ok=True)
    folder.joinpath("search.html").write_text(PAGE.replace("{part}", part), encoding="utf-8")
    for name in ("search.js", "search.css", "site.css", "icon.svg"):
        shutil.copy(PACKAGE / "theme/static" / name, folder / name)
    write_index(folder / "search", records, labels)
    for record in records if pages else ():
        path = folder / record.url
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f'<!DOCTYPE html><meta charset="utf-8"><title>{record.key}</title>', encoding="utf-8")


def write_index(folder: Path, records: Sequence[SearchRecord], labels: IndexLabels) -> None:
    """Write the index alone."""
    for path, content in merge([extract(records, labels)], labels).parts:
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
