"""The search page of the real sample site: no barrier with results and filters open, announced, linkable, without script."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from conftest import SampleSite, Serve

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ROOT = Path(__file__).parents[2]
AXE = ROOT / "build" / "tools" / "node_modules" / "axe-core" / "axe.min.js"
WAYS: dict[str, dict[str, Any]] = {
    "on a desk": {"viewport": {"width": 1280, "height": 900}},
    "on a phone": {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True},
    "in the dark": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
}
_RUN = """async () => (await axe.run(document, {resultTypes: ["violations"]})).violations
    .map((rule) => [rule.id, rule.nodes.map((node) => node.html.slice(0, 200))])"""
WORD = "通知"


@pytest.fixture(params=["file", "http"])
def address(request: pytest.FixtureRequest, serve: Serve, sample_site: SampleSite) -> str:
    """The search page, opened both ways."""
    if request.param == "file":
        return sample_site.folder.joinpath("search.html").as_uri()
    return serve(sample_site.folder, "/") + "search.html"


def _settle(page: Page) -> None:
    page.wait_for_selector("#search:not([aria-busy])")
    page.wait_for_selector(".search-hit")


@pytest.mark.parametrize("elder", [False, True], ids=["usual", "elder"])
@pytest.mark.parametrize("way", WAYS)
def test_answers_and_filters_have_no_barrier(browser: Browser, address: str, way: str, elder: bool) -> None:
    if not AXE.is_file():
        pytest.skip("axe-core is not in build/tools: run `python3 dev/test.py`")
    context = browser.new_context(**WAYS[way])
    page = context.new_page()
    page.goto(f"{address}?q={WORD}")
    if elder:
        page.evaluate("document.documentElement.classList.add('elder')")
    _settle(page)
    page.evaluate("document.querySelector('#search-filters').open = true")
    page.wait_for_selector(".search-value")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    violations = page.evaluate(_RUN)
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    context.close()
    assert violations == []
    assert not wide


def test_answer_is_announced_linked_and_left(browser: Browser, address: str) -> None:
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(address)
    page.keyboard.press("/")
    page.keyboard.type(WORD)
    page.keyboard.press("Enter")
    _settle(page)
    status = page.locator("#search-status")
    assert status.get_attribute("aria-live") == "polite"
    assert any(char.isdigit() for char in status.inner_text())
    titles = page.locator(".search-title").all_inner_texts()
    linked = page.url
    page.locator(".search-title a").first.click()
    page.go_back()
    _settle(page)
    assert page.locator(".search-title").all_inner_texts() == titles
    other = browser.new_page()
    other.goto(linked)
    _settle(other)
    assert other.locator(".search-title").all_inner_texts() == titles
    other.close()
    page.close()
    assert said == []


def test_without_script_lists_remain(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    links = [link.get_attribute("href") for link in page.locator("#main .domain-list a").all()]
    assert links
    page.locator("#main .domain-list a").first.click()
    assert page.locator("main h1").count() == 1
    context.close()
