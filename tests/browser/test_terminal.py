"""The terminal in a real Chromium, over file:// and over `govsite kiosk`: a whole visit by touch, and nothing left of it."""

from __future__ import annotations

import hashlib
import os
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from conftest import CHROMIUM_NAMES, ROOT, SampleSite
from govsite.edition.install import Order, install
from govsite.files.signature import make_keys
from govsite.pipeline.pack import PackRequest, pack_site

pytestmark = pytest.mark.browser
CODE = "4826"
SALT = "00112233445566778899aabbccddeeff"
ROUNDS = 1000
FEEDBACK = "https://www.example.gov.cn/liuyan/"


@pytest.fixture(scope="module")
def terminal(sample_site: SampleSite, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample site, packed and installed; its settings have a staff code and a page for opinions."""
    place = tmp_path_factory.mktemp("终端 browser")
    hashed = hashlib.pbkdf2_hmac("sha256", CODE.encode(), bytes.fromhex(SALT), ROUNDS).hex()
    config = ROOT.joinpath("config.yaml").read_text(encoding="utf-8")
    config += f"终端:\n  值守口令: pbkdf2:{ROUNDS}:{SALT}:{hashed}\n  意见反馈: {FEEDBACK}\n"
    (place / "config.yaml").write_text(config, encoding="utf-8")
    keys = make_keys()
    packed = pack_site(PackRequest(place, sample_site.folder, place / "shelf", keys.private))
    install(Order(place / "终端", datetime.now().astimezone(), keys.public, packed.whole))
    return place / "终端"


@pytest.fixture(scope="module")
def served(terminal: Path) -> Iterator[str]:
    """Address of `govsite kiosk` on that terminal."""
    words = [
        sys.executable,
        "-m",
        "govsite",
        "kiosk",
        str(terminal),
        "--port",
        "0",
        "--lang",
        "en",
        "--quiet",
    ]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, encoding="utf-8") as server:
        assert server.stdout is not None
        line = server.stdout.readline()
        assert "http://127.0.0.1:" in line, line
        yield "http://127.0.0.1:" + line.split("http://127.0.0.1:")[1].split("/")[0] + "/"
        server.terminate()


@dataclass
class Visit:
    """A visitor's page. asked: every address requested; told: console messages and failures."""

    page: Page
    start: str
    asked: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    def open(self) -> None:
        self.page.goto(self.start)
        self.page.wait_for_selector(".k-bar")

    def type(self, letters: str) -> None:
        for letter in letters:
            self.page.tap(f"[data-key={letter}]")
        self.page.wait_for_selector(f".k-suggest[data-ready={letters}]")

    def wait_idle(self) -> None:
        """Nobody touches the screen until the countdown, and then until it is over."""
        self.page.clock.fast_forward(91_000)
        expect(self.page.locator(".k-counting")).to_be_visible()
        assert "秒后回到首页" in self.page.inner_text(".k-count")
        self.page.clock.fast_forward(16_000)
        self.page.wait_for_selector(".doors", timeout=20_000)
        expect(self.page.locator(".k-counting")).to_have_count(0)

    def traces(self) -> dict[str, object]:
        return self.page.evaluate(
            """() => ({session: sessionStorage.length, local: localStorage.length, cookies: document.cookie,
                search: location.search, hash: location.hash, name: window.name, scroll: scrollY, modes: document.documentElement.className.match(/elder|contrast|airy|size-./),
                values: Array.from(document.querySelectorAll("input, textarea")).map((one) => one.value).join(""), length: history.length})"""
        )  # type: ignore[no-any-return]


@pytest.fixture(params=["file", "kiosk"])
def visit(request: pytest.FixtureRequest, browser: Browser, terminal: Path) -> Iterator[Visit]:
    start = (
        (terminal / "index.html").as_uri() if request.param == "file" else request.getfixturevalue("served")
    )
    context: BrowserContext = browser.new_context(
        viewport={"width": 1280, "height": 1024}, has_touch=True, locale="zh-CN"
    )
    page = context.new_page()
    page.clock.install()
    visit = Visit(page, start)
    page.on("request", lambda asked: visit.asked.append(asked.url))
    page.on("console", lambda message: visit.told.append(message.text))
    page.on("pageerror", lambda error: visit.told.append(str(error)))
    page.on("requestfailed", lambda asked: visit.told.append(f"failed {asked.url} {asked.failure}"))
    visit.open()
    yield visit
    context.close()
    allowed = terminal.as_uri() + "/" if request.param == "file" else start
    assert [url for url in visit.asked if not url.startswith((allowed, "data:"))] == []
    assert [text for text in visit.told if "ERR_ABORTED" not in text] == []


def test_a_whole_visit_by_touch_leaves_nothing_behind(visit: Visit) -> None:
    page = visit.page
    fresh = visit.traces()
    page.tap(".doors li:first-child a")
    page.wait_for_selector(".k-board")
    visit.type("lsjz")
    words = page.locator(".k-word").all_inner_texts()
    assert "临时救助" in words
    page.locator(".k-word", has_text="临时救助").first.tap()
    page.tap(".k-find")
    page.wait_for_selector(".search-hit")
    policy = page.locator(".search-hit", has=page.locator(".search-interpretation")).first
    policy.locator("a").first.tap()
    page.wait_for_selector(".doc-policy")
    page.tap("[data-k=elder]")
    page.locator(".read-this a").first.tap()
    page.wait_for_selector(".doc-interpretation")
    address = page.get_attribute("link[rel=canonical]", "href") or ""
    page.tap("[data-k=take]")
    expect(page.locator(".k-code svg")).to_be_visible()
    assert page.inner_text(".k-address") == address
    assert address.startswith("https://www.example.gov.cn/shilizhen/interpretations/")
    page.tap(".k-sheet .k-main")
    page.tap(".find input")
    visit.type("gk")
    page.locator(".k-word").first.tap()
    assert visit.traces()["values"]
    assert visit.traces()["length"] == fresh["length"], "a visit is one entry of the history"
    visit.wait_idle()
    assert visit.traces() == fresh
    assert page.url.endswith(("/site/index.html", "/", ":80/index.html"))
    assert page.locator("[data-k=back]").is_disabled()


def test_what_was_filled_into_the_application_is_gone_after_the_visit(visit: Visit) -> None:
    page = visit.page
    fresh = visit.traces()
    page.locator(".doors a", has_text="依申请公开").tap()
    page.wait_for_selector(".request")
    expect(page.locator("[data-finish]")).to_be_hidden()
    assert "没有打印机" in page.inner_text(".k-note")
    name = page.locator(".request input[type=text]:visible").first
    name.tap()
    page.wait_for_selector(".k-board")
    visit.type("wang")
    page.locator(".k-word", has_text="王").first.tap()
    assert name.input_value() == "王"
    visit.wait_idle()
    assert visit.traces() == fresh


def test_every_suggestion_finds_something_also_behind_other_words(visit: Visit) -> None:
    page = visit.page
    page.tap("[data-k=search]")
    page.wait_for_selector(".k-board")
    visit.type("gk")
    first = page.locator(".k-word").all_inner_texts()
    assert first
    page.locator(".k-word").first.tap()
    visit.type("zn")
    for text in page.locator(".k-word").all_inner_texts():
        found = page.evaluate(
            """async (words) => { const engine = new GovsiteSearch.Engine(new URL("search/", govsiteTerminal.base).href);
                const totals = []; for (const word of words) { const answer = await engine.ask(word); totals.push((await answer.page(0, 1)).length); } return totals; }""",
            [text, *first],
        )
        assert all(found), (text, found)


def test_digits_and_the_signs_of_document_numbers_are_on_the_keyboard(visit: Visit) -> None:
    page = visit.page
    page.tap(".find input")
    page.wait_for_selector(".k-board")
    page.locator(".k-tabs button", has_text="文号").tap()
    for sign in "〔2024〕":
        page.locator(f"[data-key='{sign}']").tap()
    assert page.input_value(".find input") == "〔2024〕"
    page.tap(".k-find")
    page.wait_for_selector(".search-hit")
    assert "2024" in page.input_value("#search-query")


def test_targets_are_large_and_nothing_scrolls_sideways(visit: Visit) -> None:
    page = visit.page
    sizes = page.evaluate(
        """() => Array.from(document.querySelectorAll(".doors a, .k-bar button")).map((one) => { const box = one.getBoundingClientRect(); return Math.min(box.width, box.height); })"""
    )
    assert min(sizes) >= 60
    page.tap(".find input")
    page.wait_for_selector(".k-key")
    keys = page.eval_on_selector_all(
        ".k-key",
        "all => all.map((one) => Math.min(one.getBoundingClientRect().width, one.getBoundingClientRect().height))",
    )
    assert min(keys) >= 60
    page.locator(".k-row button", has_text="完成").tap()
    for mode in ("", "elder"):
        if mode:
            page.tap("[data-k=elder]")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    small = page.evaluate(
        """() => Array.from(document.querySelectorAll("main a, main button")).filter((one) => one.offsetParent).map((one) => [one.textContent.trim(), one.getBoundingClientRect().height]).filter((one) => one[1] < 44)"""
    )
    assert small == []


def test_what_lies_outside_is_a_code_to_scan_and_never_opened(visit: Visit) -> None:
    page = visit.page
    before = page.url
    page.evaluate(
        """() => { for (const [id, href] of [["out", "https://www.gov.cn/x"], ["mail", "mailto:a@example.gov.cn"], ["script", "javascript:document.title='x'"]]) {
            const link = document.createElement("a"); link.id = id; link.href = href; link.textContent = id; document.querySelector("main").prepend(link); } }"""
    )
    for name, shown in (("out", "https://www.gov.cn/x"), ("mail", "a@example.gov.cn")):
        page.evaluate(f"document.getElementById('{name}').click()")
        assert page.inner_text(".k-address") == shown
        page.tap(".k-sheet .k-main")
    page.evaluate("document.getElementById('script').click()")
    assert page.title() != "x"
    assert page.url == before


def test_an_attachment_is_shown_as_text_since_a_terminal_has_no_office(visit: Visit) -> None:
    page = visit.page
    files = page.evaluate("govsiteTerminal.previewed")
    table = next(path for path in files if path.endswith((".xlsx", ".csv")))
    page.evaluate(
        """(path) => { const link = document.createElement("a"); link.href = govsiteTerminal.base + path; link.textContent = "附件"; link.id = "file";
            document.querySelector("main").prepend(link); }""",
        table,
    )
    page.evaluate("document.getElementById('file').click()")
    page.wait_for_selector(".k-text td")
    assert page.inner_text(".k-text").strip()
    assert "以原文件为准" in page.inner_text(".k-sheet")


def test_the_staff_page_opens_by_a_long_press_and_the_code(visit: Visit) -> None:
    page = visit.page
    page.mouse.move(10, 10)
    page.mouse.down()
    page.clock.run_for(3200)
    page.mouse.up()
    for code, right in (("1111", False), (CODE, True)):
        for digit in code:
            page.locator(".k-pad button", has_text=digit).tap()
        page.locator(".k-pad button", has_text="确定").tap()
        if not right:
            expect(page.locator(".k-told")).to_have_text("口令不对")
    page.wait_for_selector(".k-facts")
    facts = page.inner_text(".k-facts")
    assert "版号" in facts
    assert "2026-11-20" in facts or "数据截至" in facts
    assert ("签名正确" in facts) == visit.start.startswith("http")


def test_old_data_and_passed_days_are_told_by_the_terminal_s_own_clock(
    browser: Browser, terminal: Path
) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 1024}, has_touch=True)
    page = context.new_page()
    page.clock.install(time=datetime(2027, 6, 1, 9, 0))
    page.goto((terminal / "index.html").as_uri())
    page.wait_for_selector(".k-bar")
    assert "天没有更新" in page.inner_text(".k-warning")
    until = page.evaluate("govsiteTerminal.until")
    over = sorted(path for path, day in until.items() if path.endswith(".html") and day < "2027-06-01")
    assert over, "the sample site has lists with a last day"
    page.goto(page.evaluate("govsiteTerminal.base") + over[0])
    page.wait_for_selector(".k-bar")
    assert page.locator("[data-until-body]").count() == 0
    title = page.inner_text("h1")
    base = page.evaluate("govsiteTerminal.base")
    page.goto(f"{base}search.html?q={title[:12]}")
    page.wait_for_function(
        "document.querySelector('#search-status').textContent && !document.querySelector('#search[aria-busy]')"
    )
    assert not [text for text in page.locator(".search-title").all_inner_texts() if title in text]
    context.close()


def _real_browser() -> str:
    program = next((found for name in CHROMIUM_NAMES if (found := shutil.which(name))), None)
    if program is None:
        pytest.skip("no Chromium of the system")
    return program


_HEADLESS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--dump-dom", "--virtual-time-budget=8000"]


@pytest.mark.parametrize("system", ["debian", "uos"])
def test_the_printed_command_line_opens_the_terminal_in_a_real_browser(terminal: Path, system: str) -> None:
    program = _real_browser()
    words = [sys.executable, "-m", "govsite", "kiosk", str(terminal), "--port", "0", "--system", system]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, encoding="utf-8") as server:
        assert server.stdout is not None
        *_, printed = (server.stdout.readline() for _ in range(3))
        try:
            name, *flags = shlex.split(printed)
            assert name == "chromium"
            done = subprocess.run(
                [program, *_HEADLESS, *flags], capture_output=True, text=True, encoding="utf-8", timeout=120, check=False
            )  # fmt: skip
        finally:
            server.terminate()
    assert 'class="k-bar"' in done.stdout, done.stderr[-2000:]


@pytest.mark.skipif(sys.platform == "win32", reason="a stand-in program is a shell script")
def test_the_browser_is_opened_with_the_server_and_again_when_it_was_closed(
    terminal: Path, tmp_path: Path
) -> None:
    seen = tmp_path / "seen"
    seen.mkdir()
    shim = tmp_path / "bin" / "chromium"
    shim.parent.mkdir()
    shim.write_text(
        f'#!/bin/sh\nexec {shlex.quote(_real_browser())} {" ".join(_HEADLESS)} "$@" > {shlex.quote(str(seen))}/$$\n'
    )
    shim.chmod(0o755)
    words = [sys.executable, "-m", "govsite", "kiosk", str(terminal), "--port", "0", "--browser"]
    path = f"{shim.parent}{os.pathsep}{os.environ['PATH']}"
    with subprocess.Popen(words, env={**os.environ, "PATH": path}) as server:
        limit = time.monotonic() + 90
        while len(list(seen.iterdir())) < 2 and server.poll() is None and time.monotonic() < limit:
            time.sleep(0.2)
        server.terminate()
        assert server.wait(30) == 0
    first = min(seen.iterdir(), key=lambda file: file.stat().st_mtime_ns)
    assert 'class="k-bar"' in first.read_text(encoding="utf-8")
    assert len(list(seen.iterdir())) >= 2
