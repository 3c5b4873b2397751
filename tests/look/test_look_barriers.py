"""axe-core over every kind of page in the ways that `tests/browser/test_accessibility.py` leaves out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from ways import ROOT, TOOLS, WAYS, kinds_of_pages, opened, speaking_pages

from govsite.settings.read import read_settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from conftest import SampleSite, Serve

pytestmark = [pytest.mark.browser, pytest.mark.slow]
AXE = TOOLS / "axe-core" / "axe.min.js"
# Desktop and phone on every kind, and dark: tests/browser. Rules that need a pointer or colours on screen say nothing of paper.
OURS = ("kiosk", "elder", "elder phone", "contrast", "dark contrast", "print")
_RUN = """async (printed) => {
    const rules = printed ? {"color-contrast": {enabled: true}, "target-size": {enabled: false},
        "skip-link": {enabled: false}, "landmark-one-main": {enabled: true}} : {"target-size": {enabled: true}};
    const result = await axe.run(document, {resultTypes: ["violations"], rules});
    return result.violations.map((rule) => [rule.id, rule.impact, rule.nodes.slice(0, 3).map((node) => node.html.slice(0, 160))]);
}"""


@pytest.mark.parametrize("way", OURS)
def test_no_kind_of_page_has_a_barrier(
    way: str, browser: Browser, sample_site: SampleSite, serve: Serve
) -> None:
    if not AXE.is_file():
        pytest.skip("axe-core is not in build/tools: run `python3 dev/test.py`")
    source = AXE.read_text(encoding="utf-8")
    base = serve(sample_site.folder, read_settings(ROOT, {})[0].site.path)
    violations = []
    with opened(browser, WAYS[way]) as page:
        for kind, path in speaking_pages(kinds_of_pages(sample_site)).items():
            page.goto(base + path)
            page.evaluate(source)
            violations += [(kind, *found) for found in page.evaluate(_RUN, WAYS[way].printed)]
    assert violations == []
