"""What a page costs: bytes over the wire, requests before the first paint, size of the theme's own files."""

from __future__ import annotations

import gzip
import re
from typing import TYPE_CHECKING

from ways import ROOT, kinds_of_pages

from govsite.model.addresses import NOT_FOUND

if TYPE_CHECKING:
    from conftest import SampleSite

STATIC = ROOT / "src" / "govsite" / "theme" / "static"
_LINK = re.compile(r"<(?:link|script)\b[^>]*>")
_PATH = re.compile(r'(?:href|src)="((?:\.\./|\./)*assets/[^"]+)"')
_SMALL = {
    "site.css": 36_000,
    "site.js": 9_000,
    "document.js": 9_000,
    "qr.js": 7_000,
    "print.css": 4_000,
    "mode.js": 1_000,
    "request.js": 7_000,
    "request.css": 6_000,
}


def _loaded(html: str) -> list[tuple[str, str]]:
    """(tag, path below the site) of what the page's head loads."""
    found = []
    for tag in _LINK.findall(html.partition("</head>")[0]):
        path = _PATH.search(tag)
        if path:
            found.append((tag, path[1].replace("../", "").replace("./", "")))
    return found


def _packed(content: bytes) -> int:
    return len(gzip.compress(content, 6, mtime=0))


def test_the_heaviest_policy_is_light(sample_site: SampleSite) -> None:
    """HTML, styles, scripts and icon, compressed, nothing cached; without the document's own pictures."""
    weights = {}
    for path in sample_site.pages:
        if path.startswith("policies/"):
            html = sample_site.folder.joinpath(path).read_bytes()
            parts = {name for _, name in _loaded(html.decode())}
            weights[path] = _packed(html) + sum(
                _packed(sample_site.folder.joinpath(name).read_bytes()) for name in parts
            )
    heaviest = max(weights, key=lambda path: weights[path])
    assert weights[heaviest] <= 60_000, (heaviest, weights[heaviest])


OWN_SHEETS: dict[str, set[str]] = {
    "catalog": {"catalog"}, "catalog/history.html": {"catalog"}, "search.html": {"search"}, "request.html": {"request"},
    "policy": set(), "interpretation": set(), "index.html": set(),
}  # fmt: skip


def test_one_style_sheet_and_one_small_script_stand_before_the_first_paint(sample_site: SampleSite) -> None:
    """Scripts with `defer` and style sheets for print wait. Catalog, search, the application and pages with registers,
    flow charts or calendars have a sheet of their own; a policy has none.
    """
    for kind, path in kinds_of_pages(sample_site).items():
        if path == NOT_FOUND:  # its addresses begin at the root of the host
            continue
        loaded = _loaded(sample_site.folder.joinpath(path).read_text(encoding="utf-8"))
        sheets = [name for tag, name in loaded if "stylesheet" in tag and "print" not in tag]
        scripts = [name for tag, name in loaded if tag.startswith("<script") and "defer" not in tag]
        own = {name.split("/")[-1].split(".")[0] for name in sheets} - {"site"}
        assert len(sheets) == 1 + len(own), (kind, sheets)
        assert own <= OWN_SHEETS.get(kind, {"kinds"}), (kind, sheets)
        assert len(own) <= 1, (kind, sheets)
        assert [name.split("/")[1].split(".")[0] for name in scripts] == ["mode"], (kind, scripts)


def test_the_themes_own_files_stay_small() -> None:
    assert {name: size for name, size in _SMALL.items() if STATIC.joinpath(name).stat().st_size > size} == {}
