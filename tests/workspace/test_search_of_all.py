"""One box finds documents of every site, from a folder on a drive, in a real browser."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from county import ENVIRON, county

from govsite.index.parts import FORMAT_VERSION
from govsite.render.workspace import theme_file
from running import govsite

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = county(tmp_path_factory.mktemp("search") / "county")
    code, said = govsite("build", "--workspace", "--site", root, environ=ENVIRON)
    assert code == 0, said
    return root / "build/workspace"


def _open(browser: Browser, out: Path, path: str) -> tuple[Page, list[str]]:
    page = browser.new_page(viewport={"width": 1200, "height": 1000})
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto((out / path).as_uri())
    return page, said


def _ask(page: Page, query: str) -> list[str]:
    page.fill("#search-query", query)
    page.click(".search-submit")
    page.wait_for_selector("#search[aria-busy]", state="detached")
    return [
        link.get_attribute("href") or ""
        for link in page.query_selector_all(".search-title > a:first-of-type")
    ]


def test_the_first_page_asks_all_sites(browser: Browser, out: Path) -> None:
    page, said = _open(browser, out, "index.html")
    page.fill("#q", "道路养护")
    page.click("button")
    page.wait_for_selector(".search-hit")
    assert "/xian/search.html?q=" in page.url
    assert "4" in page.inner_text("#search-status")
    page.click("a[href='./../baishui/policies/2024/7.html']")
    page.wait_for_load_state()
    assert page.url == (out / "baishui/policies/2024/7.html").as_uri()
    assert said == []
    page.close()


def test_every_sites_page_finds_the_others_and_filters_by_site(browser: Browser, out: Path) -> None:
    page, said = _open(browser, out, "qingshan/search.html")
    assert set(_ask(page, "县政发〔2024〕2号")) == {"./../xian/policies/2024/2.html"}
    assert set(_ask(page, "daoluyanghu")) == {
        "./../xian/policies/2024/1.html", "./../baishui/policies/2024/7.html", "./policies/2024/7.html",
        "./interpretations/2024/7.html",
    }  # fmt: skip
    page.wait_for_selector(".search-facet")
    facets = page.query_selector_all("fieldset.search-facet")
    assert facets[0].inner_text().split("\n")[0] == "站点"
    page.click("text=白水镇人民政府 1")
    page.wait_for_selector("[aria-pressed=true]")
    assert [link.get_attribute("href") for link in page.query_selector_all(".search-title > a")] == [
        "./../baishui/policies/2024/7.html"
    ]
    page.select_option("#search-sort", "date")
    page.click("#search-clear")
    page.wait_for_selector("#search[aria-busy]", state="detached")
    dates = page.eval_on_selector_all(
        ".search-facts", "all => all.map(one => /\\d{4}-\\d\\d-\\d\\d/.exec(one.textContent)[0])"
    )
    assert dates == sorted(dates, reverse=True)
    assert said == []
    page.close()


def test_a_site_on_its_own_still_searches_itself(browser: Browser, out: Path, tmp_path: Path) -> None:
    shutil.copytree(out / "qingshan", tmp_path / "alone")
    page, _ = _open(browser, tmp_path, "alone/search.html")
    assert sorted(_ask(page, "道路养护")) == ["./interpretations/2024/7.html", "./policies/2024/7.html"]
    page.close()


def test_a_site_that_is_missing_does_not_silence_the_others(
    browser: Browser, out: Path, tmp_path: Path
) -> None:
    shutil.copytree(out, tmp_path / "all")
    shutil.rmtree(tmp_path / "all/baishui")
    page, _ = _open(browser, tmp_path / "all", "xian/search.html")
    assert len(_ask(page, "道路养护")) == 3
    assert page.is_visible("#search-problem")
    page.close()


def test_the_script_is_small_and_knows_the_format() -> None:
    script = theme_file("search.js").decode()
    assert len(script.encode()) < 12_000
    assert f"PART_VERSION = {FORMAT_VERSION};" in script
