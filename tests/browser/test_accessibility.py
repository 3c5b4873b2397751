"""axe-core in a real browser over every kind of page: no violations, wide and narrow, light and dark."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from page_kinds import chosen_pages, speaking_pages

from govsite.settings.read import read_settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from conftest import SampleSite, Serve

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ROOT = Path(__file__).parents[2]
AXE = ROOT / "build" / "tools" / "node_modules" / "axe-core" / "axe.min.js"
WAYS: dict[str, dict[str, Any]] = {
    "on a desk": {"viewport": {"width": 1280, "height": 900}},
    "on a phone": {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True},
    "in the dark": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
}
# Every rule of WCAG 2.2 A and AA, and what axe calls good practice.
_RUN = """async () => {
    const result = await axe.run(document, {resultTypes: ["violations"]});
    return result.violations.map((rule) => [rule.id, rule.impact, rule.nodes.map((node) => node.html.slice(0, 200))]);
}"""


@pytest.fixture(scope="module")
def axe() -> str:
    """The source of axe-core."""
    if not AXE.is_file():
        pytest.skip("axe-core is not in build/tools: run `python3 dev/test.py`")
    return AXE.read_text(encoding="utf-8")


@pytest.fixture
def pages(serve: Serve, sample_site: SampleSite) -> dict[str, str]:
    """Addresses of the chosen pages by kind, below the path that the 404 page expects."""
    base = serve(sample_site.folder, read_settings(ROOT, {})[0].site.path)
    return {kind: base + path for kind, path in chosen_pages(sample_site.folder, sample_site.pages).items()}


@pytest.mark.parametrize("way", WAYS)
def test_no_kind_of_page_has_a_barrier(way: str, browser: Browser, axe: str, pages: dict[str, str]) -> None:
    context = browser.new_context(**WAYS[way])
    page = context.new_page()
    violations = []
    seen = speaking_pages(pages) if way == "in the dark" else pages
    for kind, address in seen.items():
        page.goto(address)
        page.evaluate(axe)
        violations += [(kind, *found) for found in page.evaluate(_RUN)]
    context.close()
    assert violations == []


def test_axe_finds_a_barrier_where_there_is_one(browser: Browser, axe: str, tmp_path: Path) -> None:
    tmp_path.joinpath("bad.html").write_text('<html><body><img src="x.png"><button></button></body></html>')
    page = browser.new_page()
    page.goto(tmp_path.joinpath("bad.html").as_uri())
    page.evaluate(axe)
    assert {"image-alt", "button-name", "html-has-lang"} <= {found[0] for found in page.evaluate(_RUN)}
    page.close()


@pytest.mark.parametrize("way", WAYS)
def test_no_kind_of_page_scrolls_sideways(way: str, browser: Browser, pages: dict[str, str]) -> None:
    """Wide tables scroll inside their own box (WCAG 1.4.10)."""
    context = browser.new_context(**WAYS[way])
    page = context.new_page()
    wide = []
    for kind, address in pages.items():
        page.goto(address)
        scroll, shown = page.evaluate("() => [document.documentElement.scrollWidth, window.innerWidth]")
        if scroll > shown:
            wide.append((kind, scroll, shown))
    context.close()
    assert wide == []
