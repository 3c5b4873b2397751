"""320 px and 400 % zoom: nothing but tables and flow charts in their own boxes scrolls sideways (WCAG 1.4.10)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from ways import ROOT, Way, kinds_of_pages, opened

from govsite.settings.read import read_settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from conftest import SampleSite, Serve

pytestmark = [pytest.mark.browser, pytest.mark.slow]
# 400 % zoom of a window of 1280 × 1024 is a window of 320 × 256 with four device pixels to one.
NARROW = {
    "320 px": (Way(320, 640, touch=True), 1),
    "400 % zoom": (Way(320, 256), 4),
    "320 px, 长者模式": (Way(320, 640, modes="elder"), 1),
}
# Boxes that may be wider inside than outside: tables, and rows of links that scroll on touch.
_WIDE = """() => {
    const inBox = (node) => node.closest(".table-box, .flow-box, .topnav ul, .chips ul, .jump ul, .side ul, .vh, .skip");
    const width = document.documentElement.clientWidth;
    const found = [];
    for (const node of document.body.querySelectorAll("*")) {
        const box = node.getBoundingClientRect();
        if (box.width && box.right > width + 1 && !inBox(node) && getComputedStyle(node).position !== "fixed")
            found.push(node.tagName + "." + node.className + " " + Math.round(box.right));
    }
    return [document.documentElement.scrollWidth - window.innerWidth, found.slice(0, 3)];
}"""


@pytest.mark.parametrize("name", NARROW)
def test_no_kind_of_page_scrolls_sideways(
    name: str, browser: Browser, sample_site: SampleSite, serve: Serve
) -> None:
    way, scale = NARROW[name]
    base = serve(sample_site.folder, read_settings(ROOT, {})[0].site.path)
    wide = []
    with opened(browser, way, device_scale_factor=scale) as page:
        for kind, path in kinds_of_pages(sample_site).items():
            page.goto(base + path)
            over, nodes = page.evaluate(_WIDE)
            if over > 0 or nodes:
                wide.append((kind, over, nodes))
    assert wide == []
