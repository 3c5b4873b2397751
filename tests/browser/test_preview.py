"""`govsite serve` as a reviewer has it: the overlay, problems at their paragraphs, an edit, faults that do not end it."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from running import CONFIG, catalog, document, interpretation, policy, tree, write_site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parents[2]
AXE = ROOT / "build" / "tools" / "node_modules" / "axe-core" / "axe.min.js"
POLICY = "content/policies/2024/jiuzhu.md"
BODY = """\
**第一条** 本办法适用于本镇居民。

**第二条** 名单见[附表](meiyou.xlsx)。

| 档次 | 标准 |
| --- | --- |
| 一档 | 每月100元，经办人13912345678 |

**第三条** 本办法自发布之日起施行。
"""


def _port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_site(
        tmp_path_factory.mktemp("preview") / "示例 站点",
        {
            "config.yaml": CONFIG + "主题: ziji\n",
            "content/catalog/shjz.yaml": catalog(
                二级事项="政策法规文件", 公开内容="[法律法规]", 公开时限="制定或获取信息之日起10个工作日内",
                公开主体="[试验镇人民政府]", 公开层级="[乡级]",
            ),
            POLICY: policy(BODY, 标题="关于临时救助的通知", 公开事项="[shjz-01]", 文件类别="行政规范性文件", 发文字号="试镇政发〔2024〕1号", 失效日期="2999-12-31"),
            "content/interpretations/jd.md": interpretation(
                标题="《关于临时救助的通知》解读", 解读文件="试镇政发〔2024〕1号", 草稿="是", 发布日期=""
            ),
            "content/disclosures/a.md": document(标题="一件普通的公告", 栏目="tzgg"),
            "themes/ziji/words.yaml": "{}\n",
        },
    )  # fmt: skip


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    """A real `govsite serve`, ended at the end."""
    port = _port()
    words = [
        sys.executable,
        "-m",
        "govsite",
        "serve",
        "--site",
        os.fspath(site),
        "--port",
        str(port),
        "--no-open",
    ]
    with subprocess.Popen(words, stdout=subprocess.DEVNULL) as server:
        found = f"http://127.0.0.1:{port}/"
        for _ in range(300):
            try:
                urllib.request.urlopen(found, timeout=5).close()
                break
            except OSError:
                assert server.poll() is None
                time.sleep(0.1)
        yield found
        assert server.poll() is None, "the server died on the way"
        server.terminate()


@pytest.fixture(scope="module")
def page(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    shown = context.new_page()
    yield shown
    context.close()


def _open(page: Page, url: str, *, wait: bool = True) -> None:
    page.goto(url)
    if wait:
        page.wait_for_selector("#govsite-overlay[data-ready]", state="attached")


def _rows(page: Page, title: str) -> list[str]:
    section = page.locator("#govsite-overlay section", has=page.locator("h2", has_text=title))
    return [row.inner_text().replace("\n", " ") for row in section.locator("li").all()]


def test_the_overlay_says_what_a_reviewer_asks(page: Page, address: str) -> None:
    _open(page, address + "policies/2024/jiuzhu.html")
    panel = page.locator("#govsite-overlay aside")
    assert panel.is_hidden()
    page.keyboard.press("Alt+Shift+KeyR")
    assert panel.is_visible()
    assert _rows(page, "公开属性")[1] == "公开属性 主动公开"
    clocks = _rows(page, "时限")
    assert clocks[0].startswith("解读 2024-03-0") and "已过" in clocks[0]
    assert clocks[1].startswith("有效期 2999-12-31，还有 ")
    assert _rows(page, "审核") == ["没有审核记录"]
    assert _rows(page, "落实的公开事项")[0].startswith("政策法规文件")
    assert _rows(page, "关联") == ["← 本文件的解读 《关于临时救助的通知》解读 草稿"]
    page.keyboard.press("Escape")
    assert panel.is_hidden()
    assert page.evaluate("document.activeElement.id") == "govsite-overlay"  # focus is on the chip


def test_problems_stand_at_their_paragraphs_and_the_others_on_top(page: Page, address: str) -> None:
    _open(page, address + "policies/2024/jiuzhu.html")
    outlined = page.locator("main [style*=outline]")
    texts = [" ".join(node.inner_text().replace("¶", "").split()) for node in outlined.all()]
    assert texts == ["第二条 名单见附表。", "一档 每月100元，经办人13912345678"]
    marks = page.locator("#govsite-overlay .marks button")
    assert marks.count() == 2
    marks.last.click()
    shown = page.locator("#govsite-overlay .problem:focus")
    assert "PRV" in shown.inner_text() and "13912345678" not in shown.inner_text()
    assert f"{POLICY}:" in shown.inner_text()
    page.keyboard.press("Alt+Shift+KeyR")
    page.wait_for_timeout(50)


def test_the_overlay_moves_nothing_and_leaves_no_byte_in_the_build(
    page: Page, address: str, site: Path
) -> None:
    _open(page, address + "policies/2024/jiuzhu.html")
    measure = "JSON.stringify([...document.querySelectorAll('main *')].map(e => { const b = e.getBoundingClientRect(); return [b.x, b.y + scrollY, b.width, b.height]; }))"
    height = "document.documentElement.scrollHeight"
    with_it = (page.evaluate(measure), page.evaluate(height))
    page.evaluate("document.getElementById('govsite-overlay').remove()")
    assert (page.evaluate(measure), page.evaluate(height)) == with_it
    built = tree(site / "build" / "preview")
    assert built["index.html"]
    assert [
        path for path, content in built.items() if b"/.govsite/" in content or b"livereload" in content
    ] == []


def test_drafts_are_marked_wherever_they_are_linked(page: Page, address: str) -> None:
    _open(page, address + "policies/2024/jiuzhu.html")
    drafts = page.locator("a[data-govsite-draft]")
    assert {link.inner_text() for link in drafts.all()} == {"《关于临时救助的通知》解读"}
    _open(page, address + "interpretations/jd.html")
    assert "草稿" in page.locator("#govsite-overlay .chip").inner_text()


def test_one_press_shows_phone_elder_print_and_terminal(page: Page, address: str) -> None:
    _open(page, address + "policies/2024/jiuzhu.html")
    page.keyboard.press("Alt+Shift+KeyR")
    looks = page.locator("#govsite-overlay .looks button")
    widths = {"手机": 390, "长者模式": 1180, "打印": 794}
    for name, width in widths.items():
        looks.filter(has_text=name).click()
        frame = page.frame_locator("#govsite-overlay iframe")
        frame.locator("main h1").wait_for()
        page.wait_for_timeout(100)
        assert frame.locator("body").evaluate("() => innerWidth") == width
        if name == "长者模式":
            assert "elder" in str(frame.locator("html").get_attribute("class"))
        if name == "打印":
            assert frame.locator(".doc-tools").is_hidden()
        assert frame.locator("#govsite-overlay").count() == 0
        page.keyboard.press("Escape")
        assert page.locator("#govsite-overlay iframe").count() == 0
    looks.filter(has_text="终端机").click()
    page.wait_for_selector("html.kiosk")
    page.get_by_role("button", name="退出终端机样子").click()
    page.wait_for_url(address + "policies/2024/jiuzhu.html")
    page.wait_for_selector("#govsite-overlay[data-ready]", state="attached")
    page.keyboard.press("Escape")


@pytest.mark.parametrize("width", [390, 1280])
def test_the_overlay_is_accessible(width: int, browser: Browser, address: str) -> None:
    if not AXE.is_file():
        pytest.skip("axe-core is not installed: run `python3 dev/test.py`")
    context = browser.new_context(viewport={"width": width, "height": 844})
    page = context.new_page()
    _open(page, address + "policies/2024/jiuzhu.html")
    page.locator("#govsite-overlay .chip").click()
    page.wait_for_timeout(100)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.add_script_tag(content=AXE.read_text(encoding="utf-8"))
    result = page.evaluate("axe.run({include: [['#govsite-overlay']]})")
    assert [(each["id"], each["nodes"][0]["html"]) for each in result["violations"]] == []
    assert len(result["passes"]) > 5
    context.close()


def test_an_edit_a_broken_setting_and_a_broken_theme_reach_the_open_page(
    page: Page, address: str, site: Path
) -> None:
    source, config = site / POLICY, site / "config.yaml"
    _open(page, address + "policies/2024/jiuzhu.html")
    page.wait_for_timeout(300)  # the connection for reloading is up
    first = source.read_text(encoding="utf-8")
    for title in ("关于临时救助标准的通知", "关于临时救助和慰问的通知"):  # one right after the other
        source.write_text(first.replace("关于临时救助的通知", title), encoding="utf-8")
        page.locator("h1", has_text=title).wait_for(timeout=30_000)

    config.write_text(CONFIG + "  坏的: [\n", encoding="utf-8")
    note = page.locator("#govsite-overlay .note")
    note.wait_for(timeout=30_000)
    assert "config.yaml" in note.inner_text()
    assert "试验镇" in page.title()  # the page is what it was
    config.write_text(CONFIG + "主题: ziji\n", encoding="utf-8")
    note.wait_for(state="detached", timeout=30_000)

    template = site / "themes" / "ziji" / "templates" / "document.html"
    template.parent.mkdir(exist_ok=True)
    template.write_text(
        "{% extends 'base.html' %}\n{% block main %}\n{{ view.meiyou }}\n{% endblock %}\n", encoding="utf-8"
    )
    page.locator("h1", has_text="主题模板有错").wait_for(timeout=30_000)
    assert "document.html:3" in page.locator("main").inner_text()
    template.unlink()
    page.locator("h1", has_text="慰问").wait_for(timeout=30_000)


def _ask(url: str, **headers: str) -> int:
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=10) as answer:  # noqa: S310
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def test_only_this_machine_reads_drafts(address: str, site: Path) -> None:
    assert _ask(address) == 200
    assert _ask(address, Host="evil.example.com") == 403
    for path in (
        "../config.yaml",
        "%2e%2e/config.yaml",
        "..%2f..%2fconfig.yaml",
        ".govsite/../../x",
        "assets",
    ):
        assert _ask(address + path) in {404, 403}, path
    asked = urllib.request.Request(  # noqa: S310
        address + ".govsite/page",
        json.dumps({"page": "../../x", "links": ["../y"]}).encode(),
        {"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(asked, timeout=10) as answer:  # noqa: S310
        assert json.load(answer)["sections"] == []
    for body in (b"", b"[]", b'{"page": 1}', b"\xff"):
        bad = urllib.request.Request(address + ".govsite/page", body, {"Content-Type": "application/json"})  # noqa: S310
        with pytest.raises(urllib.error.HTTPError):
            urllib.request.urlopen(bad, timeout=10)  # noqa: S310
