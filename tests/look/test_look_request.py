"""The application (申请表): filled in with the keyboard alone, printed, and gone afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from ways import ROOT, WAYS, opened

from govsite.settings.read import read_settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from conftest import SampleSite, Serve

pytestmark = [pytest.mark.browser, pytest.mark.slow]
_PAPER = """() => Object.fromEntries(Array.from(document.querySelectorAll(".paper td[data-from]"),
    (cell) => [cell.dataset.from, cell.textContent]))"""
_TICKED = """() => Array.from(document.querySelectorAll(".paper [data-option]"))
    .filter((box) => box.textContent === "☑").map((box) => box.dataset.option)"""
_KEPT = """async () => [localStorage.length, sessionStorage.length, document.cookie, location.search,
    (await indexedDB.databases()).length]"""


@pytest.fixture(scope="module")
def base(sample_site: SampleSite, serve: Serve) -> str:
    """Address of the sample site."""
    return serve(sample_site.folder, read_settings(ROOT, {})[0].site.path)


@pytest.fixture
def page(browser: Browser, base: str) -> Iterator[Page]:
    """The form. Printing is counted instead of done; the console must stay empty."""
    with opened(browser, WAYS["desktop"]) as page:
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.add_init_script("window.printed = 0; window.print = () => { window.printed += 1; }")
        page.goto(base + "request.html")
        yield page
        assert said == []


def _tab_to(page: Page, id_: str) -> None:
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id || document.activeElement.value") == id_:
            return
    raise AssertionError(f"no way to {id_} by Tab")


_CITIZEN = {"f-name": "赵某某", "f-proof": "居民身份证", "f-phone": "0900-1234567", "f-address": "示例镇青石村",
            "f-description": "2025年村级道路养护合同"}  # fmt: skip


def _type(page: Page, number: str) -> None:
    """Fill in what a citizen must, with the keyboard alone."""
    _tab_to(page, "citizen")
    page.keyboard.press("Space")
    for id_ in ("f-name", "f-proof", "f-proof_no", "f-phone", "f-address", "f-description"):
        _tab_to(page, id_)
        page.keyboard.insert_text((_CITIZEN | {"f-proof_no": number})[id_])
    for value in ("collect", "paper"):
        _tab_to(page, value)
        page.keyboard.press("Space")


def _fill(page: Page, number: str = "11010519491231002X") -> None:
    """The same at once. The number by default is the example of GB 11643."""
    for value in ("citizen", "collect", "paper"):
        page.check(f"[value={value}]")
    for id_, text in (_CITIZEN | {"f-proof_no": number}).items():
        page.fill(f"#{id_}", text)


def _press(page: Page, name: str) -> None:
    button = page.get_by_role("button", name=name, exact=True)
    button.focus()
    page.keyboard.press("Enter")


def test_find_the_form_from_the_home_page_fill_it_in_and_print(page: Page, base: str) -> None:
    page.goto(base)
    page.get_by_role("main").get_by_role("link", name="依申请公开").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/columns/ysqgk/**")
    page.get_by_role("link", name="在线填写申请表").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/request.html")
    _type(page, "11010519491231002X")
    _press(page, "打印申请表")
    assert page.evaluate("window.printed") == 1
    paper = page.evaluate(_PAPER)
    assert paper["f-name"] == "赵某某"
    assert paper["f-description"] == "2025年村级道路养护合同"
    assert paper["f-organisation"] == ""
    assert page.evaluate(_TICKED) == ["citizen", "collect", "paper"]


def test_what_is_missing_is_said_and_may_be_written_by_hand(page: Page) -> None:
    _fill(page, "110101199003070000")  # a wrong check digit
    page.fill("#f-address", "")
    _press(page, "打印申请表")
    assert page.evaluate("window.printed") == 0
    assert page.evaluate("document.activeElement.id") == "request-check"
    expect(page.locator("#request-check li")).to_have_text(
        [r"证件号码：请核对，身份证号码应为18位，这个号码可能写错了", "联系地址：还没有填写"]
    )
    page.get_by_role("link", name="联系地址：还没有填写").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "f-address"
    _press(page, "就这样打印，其余手写")
    assert page.evaluate("window.printed") == 1


def test_the_form_of_an_organisation_prints_nothing_of_a_citizen(page: Page) -> None:
    _fill(page)
    page.check("[value=organisation]")
    page.fill("#f-organisation", "示例镇某合作社")
    expect(page.locator("#f-name")).to_be_hidden()
    paper = page.evaluate(_PAPER)
    assert (paper["f-name"], paper["f-proof_no"], paper["f-organisation"]) == ("", "", "示例镇某合作社")


def test_nothing_is_sent_or_kept(page: Page, base: str) -> None:
    page.wait_for_load_state("networkidle")  # the icon comes last
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    _fill(page)
    page.focus("#f-name")
    page.keyboard.press("Enter")  # there is no form that Enter could send
    _press(page, "打印申请表")
    assert asked == []
    assert page.evaluate(_KEPT) == [0, 0, "", "", 0]
    page.goto(base)
    page.go_back()
    page.wait_for_url("**/request.html")
    assert page.input_value("#f-name") == ""
    assert page.input_value("#f-proof_no") == ""
    assert "赵某某" not in page.content()


def test_clearing_asks_twice_and_a_terminal_may_clear_at_once(page: Page) -> None:
    _fill(page)
    _press(page, "清空")
    assert page.input_value("#f-name") == "赵某某"
    _press(page, "再按一次，清空全部内容")
    assert page.input_value("#f-name") == ""
    _fill(page)
    page.evaluate("document.dispatchEvent(new Event('govsite:clear'))")
    assert page.input_value("#f-proof_no") == ""
    assert page.evaluate(_TICKED) == []


def test_without_script_the_page_prints_as_a_blank_form(browser: Browser, base: str) -> None:
    with opened(browser, WAYS["print"], java_script_enabled=False) as page:
        page.goto(base + "request.html")
        assert page.locator(".paper").is_visible()
        assert page.locator(".fields").first.is_hidden()
        assert page.locator("form:not([role=search])").count() == 0


def test_the_form_fits_one_sheet_of_paper(page: Page) -> None:
    pypdf = pytest.importorskip("pypdf", reason="pypdf is not installed")
    from io import BytesIO

    _fill(page)
    page.fill("#f-description", "道路养护合同" * 20)
    sheets = pypdf.PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages
    assert len(sheets) == 1


def test_a_screen_reader_hears_groups_labels_and_hints(page: Page) -> None:
    tree = page.locator("main").aria_snapshot()
    for line in (
        'heading "政府信息公开申请表" [level=1]', "本页不保存、不上传您填写的任何内容", 'search "第一步：先查一查"', 'group "申请人信息"',
        'group "申请人类别"', 'radio "公民"', 'textbox "联系电话"', 'checkbox "邮寄"', 'button "打印申请表"',
    ):  # fmt: skip
        assert line in tree, line
    assert (
        page.get_by_role("textbox", name="所需信息的名称或者特征描述").get_attribute("aria-describedby")
        == "h-description"
    )
    assert tree.index("先查一查") < tree.index("第二步：填写") < tree.index("第三步：签名、提交")
