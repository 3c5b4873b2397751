"""The reading view: articles to cite, tools, contents, QR code, what prints."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from ways import WAYS, opened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from conftest import SampleSite

pytestmark = [pytest.mark.browser, pytest.mark.slow]
POLICY = "policies/2022/zzf-11.html"
ADDRESS = "https://www.example.gov.cn/shilizhen/policies/2022/zzf-11.html"
HERE = Path(__file__).parent


@pytest.fixture
def page(browser: Browser, sample_site: SampleSite) -> Iterator[Page]:
    """A policy, opened from its folder."""
    with opened(browser, WAYS["desktop"]) as page:
        page.add_init_script(
            "Object.defineProperty(navigator, 'clipboard', {value: {writeText: async (text) => { window.copied = text; }}});"
        )
        page.goto(sample_site.folder.joinpath(POLICY).as_uri())
        yield page


def test_every_article_has_a_link_to_copy(page: Page) -> None:
    articles = page.locator(".prose [id^=tiao-]").count()
    assert articles == page.locator(".pilcrow").count() == 8
    link = page.get_by_role("link", name="复制第三条的链接")
    link.focus()
    assert link.evaluate("(node) => getComputedStyle(node).opacity") == "1"
    link.click()
    assert page.evaluate("window.copied") == f"{ADDRESS}#tiao-3"
    assert page.url.endswith("#tiao-3")
    expect(page.locator("#status")).to_have_text("第三条的链接已复制。")


def test_the_document_is_cited_as_the_rules_say(page: Page) -> None:
    page.get_by_role("button", name="复制引文").click()
    assert page.evaluate("window.copied") == (
        "《示例镇人民政府关于印发〈示例镇临时救助备用金使用管理办法〉的通知》（示镇政发〔2022〕11号），示例镇人民政府，2022年5月16日 "
        + ADDRESS
    )


def test_a_policys_life_stands_in_order(page: Page) -> None:
    steps = page.locator(".timeline li").all_inner_texts()
    assert [step.split()[1] for step in steps][:3] == ["成文", "发布", "施行"]
    assert steps[-1].split()[1] == "废止"
    days = page.locator(".timeline time").all_inner_texts()
    assert days == sorted(days)


def test_wider_lines_are_kept(page: Page) -> None:
    height = "parseFloat(getComputedStyle(document.querySelector('.prose p')).lineHeight)"
    before = page.evaluate(height)
    page.get_by_role("button", name="加宽行距").click()
    assert page.evaluate(height) > before * 1.3
    page.reload()
    assert page.evaluate(height) > before * 1.3


def test_reading_aloud_marks_what_is_read_and_stops(browser: Browser, sample_site: SampleSite) -> None:
    """With a voice that speaks at once, as a real one cannot be had here."""
    with opened(browser, WAYS["desktop"]) as page:
        page.add_init_script(
            """window.spoken = [];
            Object.defineProperty(window, 'speechSynthesis', {value: {speaking: true, cancel() {}, speak(words) {
                window.spoken.push(words.text); words.onstart(); if (window.spoken.length < 4) words.onend(); }}});"""
        )
        page.goto(sample_site.folder.joinpath(POLICY).as_uri())
        button = page.locator(".doc-tools [data-read]")
        button.click()
        assert button.inner_text() == "停止朗读"
        assert page.locator(".reading").count() == 1
        assert page.evaluate("window.spoken").count("本文件已废止") == 1
        button.click()
        assert button.inner_text() == "朗读"
        assert page.locator(".reading").count() == 0


def test_without_a_voice_there_is_no_button_to_read_aloud(browser: Browser, sample_site: SampleSite) -> None:
    with opened(browser, WAYS["desktop"]) as page:
        page.add_init_script("Object.defineProperty(window, 'speechSynthesis', {value: undefined});")
        page.goto(sample_site.folder.joinpath(POLICY).as_uri())
        assert page.locator("[data-read]:visible").count() == 0


def test_qr_codes_are_those_of_another_encoder(page: Page) -> None:
    """`qr_vectors.json`: made with python-qrcode 8.2, level M, mask 3; rows as SHA-256 of lines of 0 and 1."""
    vectors = json.loads(HERE.joinpath("qr_vectors.json").read_text(encoding="utf-8"))
    rows = page.evaluate(
        "(texts) => texts.map((text) => window.govsite.qrRows(text).map((row) => row.join('')).join('\\n'))",
        [vector["text"] for vector in vectors],
    )
    assert [sha256(text.encode()).hexdigest() for text in rows] == [vector["rows"] for vector in vectors]
    assert {vector["version"] for vector in vectors} >= {1, *range(3, 21)}
    assert page.evaluate("window.govsite.qr('x'.repeat(667))") is None


def test_the_code_is_shown_when_asked_for_and_printed_always(page: Page) -> None:
    button = page.get_by_role("button", name="手机打开")
    assert page.locator("#qr svg").is_hidden()
    button.click()
    assert page.locator("#qr svg").is_visible()
    page.emulate_media(media="print")
    assert page.locator(".print-foot svg").is_visible()
    assert ADDRESS in page.locator(".print-foot").inner_text()
    for hidden in (".topnav", ".find", ".foot", ".doc-tools", ".toc", "#qr"):
        assert page.locator(hidden).first.is_hidden() or not page.locator(hidden).count(), hidden
    assert page.locator(".facts").first.is_visible()


def test_without_script_nothing_is_lost(browser: Browser, sample_site: SampleSite) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(sample_site.folder.joinpath(POLICY).as_uri())
    for shown in (".facts", ".prose", ".timeline", "#citation", ".read-this a", ".topnav ul"):
        assert page.locator(shown).first.is_visible(), shown
    for hidden in (".doc-tools", ".tools", "[data-beside]", ".menu"):
        assert page.locator(hidden).first.is_hidden(), hidden
    context.close()
