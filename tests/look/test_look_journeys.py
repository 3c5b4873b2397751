"""What people come for, done with the keyboard alone; and what a screen reader finds on the way."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from ways import ROOT, WAYS, Way, opened

from govsite.settings.read import read_settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from conftest import SampleSite, Serve

pytestmark = [pytest.mark.browser, pytest.mark.slow]
POLICY = "policies/2022/zzf-11.html"  # repealed, with articles, explained in words
_FOCUS = """() => {
    const node = document.activeElement;
    const style = getComputedStyle(node);
    const box = node.getBoundingClientRect();
    return {text: (node.getAttribute("aria-label") || node.innerText || "").trim(), tag: node.tagName, id: node.id,
            shown: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
            there: box.width > 0 && box.bottom > 0 && box.top < innerHeight};
}"""


@pytest.fixture(scope="module")
def base(sample_site: SampleSite, serve: Serve) -> str:
    """Address of the sample site."""
    return serve(sample_site.folder, read_settings(ROOT, {})[0].site.path)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page on a desk; the console must stay empty."""
    with opened(browser, WAYS["desktop"]) as page:
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        yield page
        assert said == []


def _tab_to(page: Page, text: str, most: int = 120) -> None:
    """Press Tab until what has the focus says `text`; every stop on the way must be seen to have it."""
    for _ in range(most):
        page.keyboard.press("Tab")
        focus = page.evaluate(_FOCUS)
        if focus["tag"] == "BODY":
            continue
        assert focus["shown"], f"no focus ring: {focus}"
        assert focus["there"], f"focus out of sight: {focus}"
        if text in focus["text"]:
            return
    raise AssertionError(f"no way to {text!r} by Tab")


def _is_told(page: Page, text: str) -> None:
    """What a screen reader is told comes up in the live region."""
    expect(page.get_by_role("status").last).to_contain_text(text)


def test_the_first_stop_leads_past_head_and_navigation(page: Page, base: str) -> None:
    page.goto(base + POLICY)
    page.keyboard.press("Tab")
    assert page.evaluate(_FOCUS)["text"] == "跳到正文"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_find_a_policy_and_read_its_explanation(page: Page, base: str) -> None:
    page.goto(base)
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate(_FOCUS)["id"] == "q-top":
            break
    page.keyboard.type("临时救助备用金")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=*")
    page.wait_for_selector(".search-title a")
    _tab_to(page, "示例镇临时救助备用金使用管理办法")
    page.keyboard.press("Enter")
    page.wait_for_selector(".doc")
    if page.locator(".doc-policy").count():
        _tab_to(page, "政策解读")
        page.keyboard.press("Enter")
        page.wait_for_selector(".doc-interpretation")
    assert page.locator(".doc-interpretation").count()


def test_policy_and_explanation_side_by_side(page: Page, base: str) -> None:
    page.goto(base + POLICY)
    _tab_to(page, "对照阅读")
    page.keyboard.press("Enter")
    _is_told(page, "已打开对照")
    frame = page.frame(name="beside")
    assert frame is not None
    frame.wait_for_selector("html.framed .doc-interpretation")
    assert frame.locator(".masthead").is_hidden()
    assert page.evaluate(_FOCUS)["text"] == "关闭对照"
    page.keyboard.press("Escape")
    assert page.locator("iframe").count() == 0
    assert "对照阅读" in page.evaluate(_FOCUS)["text"]


def test_download_an_attachment(page: Page, base: str) -> None:
    page.goto(base + "pages/ysqgk.html")
    _tab_to(page, "示例镇政府信息公开申请表")
    with page.expect_download() as started:
        page.keyboard.press("Enter")
    assert started.value.suggested_filename.endswith(".docx")


def test_switch_to_elder_mode_and_keep_it(page: Page, base: str) -> None:
    page.goto(base)
    _tab_to(page, "长者模式")
    page.keyboard.press("Space")
    _is_told(page, "长者模式已打开")
    assert (
        float(page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)")) >= 24
    )  # 18 pt
    assert "svg" in page.evaluate("getComputedStyle(document.documentElement).cursor")
    page.goto(base + POLICY)
    assert page.get_by_role("button", name="长者模式").get_attribute("aria-pressed") == "true"
    smallest = page.evaluate(
        """Math.min(...Array.from(document.querySelectorAll("main p, main a, main dd, main li"))
           .filter((node) => node.offsetParent).map((node) => parseFloat(getComputedStyle(node).fontSize)))"""
    )
    assert smallest >= 24


def test_the_menu_of_a_phone_opens_and_closes(browser: Browser, base: str) -> None:
    with opened(browser, Way(390, 844)) as page:
        page.goto(base + POLICY)
        _tab_to(page, "栏目")
        page.keyboard.press("Enter")
        assert page.get_by_role("button", name="栏目").get_attribute("aria-expanded") == "true"
        _tab_to(page, "政策解读")
        page.keyboard.press("Escape")
        assert page.get_by_role("button", name="栏目").get_attribute("aria-expanded") == "false"
        assert page.evaluate(_FOCUS)["text"].endswith("栏目")


def test_a_screen_reader_finds_the_policy_by_landmarks_and_headings(page: Page, base: str) -> None:
    page.goto(base + POLICY)
    tree = page.locator("body").aria_snapshot()
    for line in (
        "banner:", "main:", "contentinfo:", 'navigation "主要栏目":', 'navigation "当前位置":', 'search "站内检索":',
        'group "阅读设置":', 'group "阅读工具":', 'heading "示例镇人民政府关于印发《示例镇临时救助备用金使用管理办法》的通知" [level=1]',
        'heading "读懂这份文件" [level=2]', 'heading "文件沿革" [level=2]', 'heading "引用本文" [level=2]', "status",
    ):  # fmt: skip
        assert line in tree, line
    assert tree.index("本文件已废止") < tree.index("[level=1]"), "whether it is in force is said first"
    assert tree.index("[level=1]") < tree.index("读懂这份文件") < tree.index("第一条")
    levels = page.evaluate(
        "Array.from(document.querySelectorAll('h1,h2,h3,h4'), (node) => Number(node.tagName[1]))"
    )
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
