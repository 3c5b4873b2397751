"""The search page in a real Chromium, over file:// and http: vectors, keyboard, touch, filters, broken parts."""

from __future__ import annotations

import json
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from search_site import write_search_site

from govsite.hanzi.fold import fold
from govsite.hanzi.pinyin import syllables
from govsite.index.grams import parse_grams
from govsite.index.labels import IndexLabels
from govsite.index.parts import FORMAT_VERSION, read_part
from govsite.model.search import AttachmentText, SearchRecord

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.browser
VECTORS = json.loads((Path(__file__).parents[1] / "vectors/search.json").read_text("utf-8"))


def _records() -> tuple[list[SearchRecord], IndexLabels]:
    ranking = VECTORS["ranking"]
    records = [
        SearchRecord(
            url=f"{given['key']}.html",
            attachments=tuple(AttachmentText(*file) for file in given.get("attachments", ())),
            **{
                name: tuple(value) if isinstance(value, list) else value
                for name, value in given.items()
                if name != "attachments"
            },
        )
        for given in ranking["records"]
    ]
    names = {"policy": "政策文件", "question": "关切问答"}
    labels = IndexLabels(names, ranking["columns"], synonyms=tuple(map(tuple, ranking["synonyms"])))
    return records, labels


def _make(given: dict[str, Any]) -> SearchRecord:
    tuples = {name: tuple(value) for name, value in given.items() if isinstance(value, list)}
    return SearchRecord(url=f"{given['key']}.html", **{**given, **tuples})


def _daily() -> list[SearchRecord]:
    """Enough documents for the newest to have lists of their own."""
    return [
        SearchRecord(
            key=f"d/{number:03}",
            url=f"d/{number:03}.html",
            kind="policy",
            title=f"第{number}日{'晴雨雪'[number % 3]}记",
            published=f"{2019 + number // 96}-{1 + number // 8 % 12:02}-{1 + 3 * (number % 8):02}",
            column="zcwj",
            blocks=(
                f"本日{'甲乙丙丁戊'[number % 5]}{'子丑寅卯辰巳午'[number % 7]}，编号{number}。{chr(0x4E00 + 7 * number)}{chr(0x5E00 + 3 * number)}",
            ),
        )
        for number in range(500)
    ]


def _many() -> list[SearchRecord]:
    return [
        SearchRecord(
            key=f"m/{number:03}",
            url=f"m/{number:03}.html",
            kind="policy",
            title=f"第{number}号耕地保护补贴通知",
            published=f"{2015 + number % 10}-03-04",
            column="zcwj",
            issuer=f"示例镇{'甲乙丙丁'[number % 4]}站",
            validity="valid",
            blocks=(f"编号{number}的正文，耕地保护<b>补贴</b>&amp;发放。",),
            interpretations=(("解读标题", "jd/1.html"),) if number == 7 else (),
        )
        for number in range(130)
    ]


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        yield launched
        launched.close()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("站点 site")
    records, labels = _records()
    write_search_site(folder, records + _many(), labels)
    return folder


@pytest.fixture(scope="module", params=["file", "http"])
def address(request: pytest.FixtureRequest, site: Path) -> Iterator[str]:
    if request.param == "file":
        yield site.joinpath("search.html").as_uri()
        return
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/search.html"
    server.shutdown()
    server.server_close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page(viewport={"width": 1200, "height": 900})
    said: list[str] = []
    opened.on("console", lambda message: said.append(message.text))
    opened.on("pageerror", lambda error: said.append(str(error)))
    opened.said = said  # type: ignore[attr-defined]
    yield opened
    opened.close()


def _ask(page: Page, query: str) -> list[str]:
    page.fill("#search-query", query)
    page.press("#search-query", "Enter")
    _settle(page)
    return page.locator(".search-title > a:not(.search-interpretation)").all_inner_texts()


def _settle(page: Page) -> None:
    page.wait_for_selector("#search:not([aria-busy])")


def test_browser_passes_the_vectors(page: Page, address: str) -> None:
    page.goto(address)
    given = {name: VECTORS[name] for name in ("fold", "grams", "order", "query", "pinyin_query", "synonyms")}
    wrong = page.evaluate(
        """async ([given, syllables]) => {
            const search = GovsiteSearch, wrong = [];
            const same = (a, b, what) => JSON.stringify(a) === JSON.stringify(b) || wrong.push([what, a, b]);
            await govsiteSearchPage.engine.index.open();
            await govsiteSearchPage.engine.loadTraditional();
            for (const [text, folded] of given.fold) {
                same(search.fold(text), folded, text);
                same(search.foldWithPlaces(text).text, folded, 'places ' + text);
            }
            for (const [text, grams] of given.grams)
                for (const line of text.split('\\n').filter((one) => Array.from(one).length > 1))
                    for (const common of [() => true, () => false]) {
                        const plan = search.planGrams(Array.from(line), common);
                        same(plan.cover.concat(plan.rest).filter((gram) => !grams.includes(gram)), [], text);
                    }
            same(given.order.slice().sort(search.compare), given.order, 'order');
            for (const [text, expected] of given.query) {
                const read = search.parseQuery(text);
                same(read.words.map((word) => word.text), Array.from(new Set(expected.words)), text);
                same(read.excluded.map((word) => word.text), expected.excluded, text);
                same(read.tooLong, expected.too_long, text);
            }
            for (const [typed, ways] of given.pinyin_query) same(search.parsePinyin(typed, syllables), ways, typed);
            for (const [word, expanded] of given.synonyms.cases)
                same(search.expandSynonyms(word, given.synonyms.groups), expanded, word);
            return wrong;
        }""",
        [given, list(syllables())],
    )
    assert wrong == []
    assert page.said == []  # type: ignore[attr-defined]


def test_every_code_point_folds_as_in_python(page: Page, address: str) -> None:
    page.goto(address)
    folded: list[str] = page.evaluate(
        """async () => {
            await govsiteSearchPage.engine.index.open();
            await govsiteSearchPage.engine.loadTraditional();
            const all = [];
            for (let code = 0; code < 0x32000; code++) all.push(GovsiteSearch.fold(String.fromCodePoint(code)));
            return all;
        }"""
    )
    import unicodedata

    differ = [
        f"{code:x}"
        for code, text in enumerate(folded)
        if text != fold(chr(code)) and unicodedata.category(chr(code)) not in ("Cn", "Cs")
    ]
    assert differ == []


def test_hits_stand_in_the_order_of_the_vectors(page: Page, browser: Browser, tmp_path: Path) -> None:
    records, labels = _records()
    write_search_site(tmp_path, records, labels)
    page.goto(tmp_path.joinpath("search.html").as_uri())
    for query, keys in VECTORS["ranking"]["queries"]:
        found = page.evaluate(
            """async (query) => {
                const answer = await govsiteSearchPage.engine.ask(query);
                return (await answer.page(0, 50)).map((hit) => hit.key);
            }""",
            query,
        )
        assert found == keys, query


def test_results_can_be_paged_linked_and_left_by_the_back_button(page: Page, address: str) -> None:
    page.goto(address)
    first = _ask(page, "耕地保护")
    assert len(first) == 10
    assert page.inner_text("#search-status") == "约有130条"
    page.get_by_role("button", name="下一页").click()
    _settle(page)
    assert page.evaluate("document.activeElement.id") == "search-results"
    second = page.locator(".search-title > a:first-of-type").all_inner_texts()
    assert not set(first) & set(second)
    linked = page.url
    page.go_back()
    _settle(page)
    assert page.locator(".search-title > a:first-of-type").all_inner_texts() == first
    page.goto("about:blank")
    page.goto(linked)
    _settle(page)
    assert page.locator(".search-title > a:first-of-type").all_inner_texts() == second
    assert page.said == []  # type: ignore[attr-defined]


def test_filters_count_and_narrow(page: Page, address: str) -> None:
    page.goto(address)
    _ask(page, "耕地保护")
    page.get_by_role("button", name="示例镇甲站 33").click()
    _settle(page)
    assert page.inner_text("#search-status") == "约有33条"
    assert "issuer=" in page.url
    assert page.get_by_role("button", name="示例镇甲站 33").get_attribute("aria-pressed") == "true"
    page.get_by_role("button", name="2019").click()
    _settle(page)
    assert all("2019" in facts for facts in page.locator(".search-facts").all_inner_texts())
    page.get_by_role("button", name="清除筛选").click()
    _settle(page)
    assert page.inner_text("#search-status") == "约有130条"
    assert page.said == []  # type: ignore[attr-defined]


def test_sort_by_date_puts_the_newest_first(page: Page, address: str) -> None:
    page.goto(address)
    _ask(page, "通知")
    page.select_option("#search-sort", "date")
    _settle(page)
    dates = [facts.split()[-1] for facts in page.locator(".search-facts").all_inner_texts()]
    years = [
        fact[:4]
        for fact in page.locator(".search-facts").all_inner_texts()
        for fact in fact.split()
        if fact[:2] == "20"
    ]
    assert dates
    assert years == sorted(years, reverse=True)


def test_hits_are_marked_and_markup_in_texts_stays_text(page: Page, address: str) -> None:
    page.goto(address)
    _ask(page, "補貼 b耕地".replace("b", ""))
    assert "补贴" in page.locator("mark").all_inner_texts()
    assert page.locator(".search-snippet b").count() == 0
    assert "<b>" in page.locator(".search-snippet").first.inner_text()


def test_interpretation_stands_behind_its_policy_and_answers_come_first(page: Page, address: str) -> None:
    page.goto(address)
    _ask(page, "第7号耕地")
    assert page.locator(".search-interpretation").first.get_attribute("href") == "./jd/1.html"
    _ask(page, "养老服务")
    assert page.locator(".search-hit").first.locator(".search-answer").inner_text() == "一键应答"


def test_attachment_that_holds_the_hit_is_named(page: Page, address: str) -> None:
    page.goto(address)
    _ask(page, "末行藏语")
    link = page.locator(".search-file")
    assert link.inner_text() == "见附件 名单.xlsx"
    assert link.get_attribute("href") == "./files/list.xlsx"


@pytest.mark.parametrize(
    "query",
    ["<script>alert(1)</script>", "龘" * 10_000, "\ud800\udc00\udfff", ".*", "[龘-", "\\", "__proto__", "constructor", "' OR 1=1",
     "-养老", "\"", "%龘", "\x00\x01", "𠮷𠮷", "a" * 24, "zh" * 12],
)  # fmt: skip
def test_hostile_queries_find_nothing_and_do_nothing(page: Page, address: str, query: str) -> None:
    page.goto(address)
    page.evaluate(
        "(query) => { document.querySelector('#search-query').value = query;"
        " document.querySelector('#search form').requestSubmit(); }",
        query.encode("utf-16", "surrogatepass").decode("utf-16", "replace"),
    )
    _settle(page)
    assert page.locator(".search-hit").count() == 0
    assert page.said == []  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "units", [[0xD800], [0xDFFF, 0x517B], [0x517B, 0xD800, 0x8001], [0xD842], [0xDC00, 0xD800]]
)
def test_half_characters_find_nothing_and_do_nothing(page: Page, address: str, units: list[int]) -> None:
    page.goto(address)
    page.evaluate(
        """async (units) => {
            const query = '龘' + String.fromCharCode(...units);
            await govsiteSearchPage.go({query: query, sort: 'relevance', filters: {}, page: 1});
            await govsiteSearchPage.go({query: '-' + query, sort: 'date', filters: {column: query}, page: 1});
        }""",
        units,
    )
    _settle(page)
    assert page.locator(".search-hit").count() == 0
    assert page.said == []  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "address_part",
    [
        "q=%ED%A0%80",
        "q=%",
        "q=养老&page=-7",
        "q=养老&page=1e99",
        "q=养老&sort=<b>",
        "q=养老&year=%27%3E",
        "q=养老&kind=__proto__",
        "q=%3Cimg src=x onerror=alert(1)%3E",
    ],
)
def test_hostile_addresses_do_nothing(page: Page, address: str, address_part: str) -> None:
    page.goto(f"{address}?{address_part}")
    _settle(page)
    assert page.locator("#search img").count() == 0
    assert page.said == []  # type: ignore[attr-defined]


def test_keyboard_alone_is_enough(page: Page, address: str) -> None:
    page.goto(address)
    page.keyboard.press("/")
    page.keyboard.type("zwgk")
    page.keyboard.press("Enter")
    _settle(page)
    assert "没有找到" in page.inner_text("#search-status")
    page.fill("#search-query", "cqyh")
    page.keyboard.press("Enter")
    _settle(page)
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('.search-hit') !== null"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/p/bank.html")


def test_filters_are_folded_on_a_phone_and_work_by_touch(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(address)
    page.fill("#search-query", "耕地保护")
    page.locator(".search-submit").tap()
    _settle(page)
    page.wait_for_selector(".search-hit")
    assert not page.locator("#search-filters").evaluate("(element) => element.open")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator("#search-filters summary").tap()
    page.get_by_role("button", name="示例镇乙站").tap()
    _settle(page)
    assert page.inner_text("#search-status") == "约有33条"
    context.close()


def test_without_script_the_page_says_so(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    assert "没有脚本时" in page.locator("noscript").inner_text()
    context.close()


@pytest.mark.parametrize(
    ("damage", "sentence"), [("missing", "读不到"), ("broken", "不完整"), ("version", "不是同一版本")]
)
def test_damaged_parts_are_named_in_a_sentence(
    page: Page, tmp_path: Path, damage: str, sentence: str
) -> None:
    records, labels = _records()
    write_search_site(tmp_path, records, labels)
    _damage(tmp_path / "search/manifest.js", damage)
    page.goto(tmp_path.joinpath("search.html").as_uri())
    _ask(page, "养老服务")
    assert sentence in page.inner_text("#search-problem")


def test_snippets_are_those_of_the_vectors(page: Page, tmp_path: Path) -> None:
    records = [_make(given) for given in VECTORS["snippets"]["records"]]
    write_search_site(tmp_path, records, _records()[1])
    page.goto(tmp_path.joinpath("search.html").as_uri())
    for query, snippet in VECTORS["snippets"]["queries"]:
        _ask(page, query)
        assert page.locator(".search-snippet").first.inner_text() == snippet, query


def test_old_and_newest_documents_are_found_together(page: Page, tmp_path: Path) -> None:
    records = _daily()
    write_search_site(tmp_path, records, IndexLabels())
    assert list(tmp_path.glob("search/n/*.js"))
    page.goto(tmp_path.joinpath("search.html").as_uri())
    for query in ("本日", "甲子", "雨记", "雪", "乙", "丁卯", "号49", "第499日", "日晴记", "本日戊辰"):
        expected = {
            record.key
            for record in records
            if query in record.title or any(query in one for one in record.blocks)
        }
        found = page.evaluate(
            """async (query) => {
                const answer = await govsiteSearchPage.engine.ask(query);
                return (await answer.page(0, 500)).map((hit) => hit.key);
            }""",
            query,
        )
        assert set(found) == expected, query
        assert len(found) == len(expected), query


@pytest.mark.parametrize("damage", ["missing", "broken", "version"])
@pytest.mark.parametrize("folder", ["g", "n"])
def test_damaged_lists_are_named_and_the_rest_answers(
    page: Page, tmp_path: Path, folder: str, damage: str
) -> None:
    write_search_site(tmp_path, _daily(), IndexLabels())
    grams = {
        path: [gram for gram, _ in parse_grams(str(read_part(path.read_bytes())[2]))]
        for path in tmp_path.glob(f"search/{folder}/*.js")
    }
    good = {
        path: [gram for gram in grams[path] if len(gram) == 2 and "\u4e00" < gram < "\ue000"]
        for path in grams
    }
    first, *_, last = sorted((path for path in grams if good[path]), key=grams.__getitem__)
    _damage(last, damage)
    page.goto(tmp_path.joinpath("search.html").as_uri())
    for _ in range(2):
        assert _ask(page, good[first][0])
        assert not page.is_visible("#search-problem")
        _ask(page, good[last][-1])
        assert not page.is_visible("#search-found")
        sentence = page.inner_text("#search-problem")
        assert ("不是同一版本" if damage == "version" else f"{folder}/{last.stem}") in sentence


@pytest.mark.parametrize("damage", ["missing", "broken", "version"])
def test_one_damaged_text_leaves_the_rest_answering(page: Page, tmp_path: Path, damage: str) -> None:
    records, labels = _records()
    write_search_site(tmp_path, records, labels)
    texts = sorted(tmp_path.glob("search/t/*/*.js"))
    held = next(path for path in texts if "养老服务条例" in path.read_text("utf-8"))
    _damage(held, damage)
    page.goto(tmp_path.joinpath("search.html").as_uri())
    titles = _ask(page, "养老服务")
    assert "养老服务办法" in titles
    assert "没有显示" in page.inner_text("#search-problem")


def _damage(path: Path, damage: str) -> None:
    content = path.read_bytes()
    if damage == "missing":
        path.unlink()
    elif damage == "broken":
        path.write_bytes(content[: len(content) // 2])
    else:
        path.write_bytes(content.replace(b"govsiteSearch(%d," % FORMAT_VERSION, b"govsiteSearch(999,", 1))


def test_script_is_what_its_sources_say() -> None:
    import runpy

    root = Path(__file__).parents[2]
    made: Any = runpy.run_path(str(root / "dev/make_search_script.py"))
    assert made["SCRIPT"].read_text("utf-8") == made["join_sources"]()


def test_answer_is_loaded_while_a_visitor_pauses_typing(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_function("() => govsiteSearchPage.engine.index.manifest")
    asked: list[str] = []
    page.on("request", lambda request: asked.extend(request.url.split("/search/")[1:]))
    page.locator("#search-query").press_sequentially("yang", delay=20)
    page.wait_for_timeout(400)
    assert not asked
    with page.expect_request(lambda request: "/search/t/" in request.url):
        page.locator("#search-query").fill("养老服务")
    page.wait_for_timeout(200)
    assert page.locator("#search-status").text_content() == ""
    assert page.locator(".search-hit").count() == 0
    known = len(asked)
    _ask(page, "养老服务")
    assert page.locator(".search-hit").count() > 0
    assert not any(name.startswith(("d/", "g/", "n/", "t/")) for name in asked[known:])


_HOLD = """() => {
    const index = govsiteSearchPage.engine.index, load = index.fetchPart;
    window.held = [];
    window.said = [];
    index.fetchPart = (name) => name[0] !== "t" ? load(name) : new Promise((done) => held.push(() => done(load(name))));
    new MutationObserver(() => said.push(document.querySelector("#search-status").textContent))
        .observe(document.querySelector("#search-status"), {childList: true});
}"""
"""Texts wait until a test lets them come, one by one, in the order they were asked for."""


def _begin(page: Page, query: str) -> None:
    page.evaluate("held.length = said.length = 0, govsiteSearchPage.engine.index.parts.clear()")
    page.fill("#search-query", query)
    page.press("#search-query", "Enter")
    page.wait_for_function("() => held.length > 4")


def test_hits_are_shown_in_order_as_they_are_proved(page: Page, address: str) -> None:
    page.goto(address)
    whole = _ask(page, "耕地保护")
    page.goto(address)
    page.evaluate(_HOLD)
    titles = page.locator(".search-title > a:not(.search-interpretation)")
    _begin(page, "耕地保护")
    page.evaluate("held.pop()()")
    page.wait_for_timeout(50)
    assert titles.count() == 0, "what comes first on the wire is not what ranks first"
    page.evaluate("held.shift()()")
    page.wait_for_selector(".search-hit")
    assert page.locator("#search[aria-busy]").count() == 1
    first = titles.all_inner_texts()
    assert first == whole[: len(first)]
    assert len(first) < len(whole)
    titles.first.focus()
    page.evaluate("window.before = document.querySelector('.search-hit')")
    page.evaluate("held.forEach((come) => come())")
    _settle(page)
    assert titles.all_inner_texts() == whole
    assert page.evaluate("document.querySelector('.search-hit') === before")
    assert page.evaluate("before.contains(document.activeElement)")
    assert page.said == []  # type: ignore[attr-defined]


def test_only_the_whole_answer_is_announced(page: Page, address: str) -> None:
    page.goto(address)
    page.evaluate(_HOLD)
    _begin(page, "耕地保护")
    page.evaluate("held.splice(0).forEach((come) => come())")
    _settle(page)
    said = [text for text in page.evaluate("said") if text]
    assert said in (["约有130条"], ["正在检索……", "约有130条"]), "a busy machine may be slow"
    height = page.evaluate("document.querySelector('#search-hits').offsetHeight")
    _begin(page, "通知 编号")
    page.wait_for_function("() => document.querySelector('#search-status').textContent")
    page.evaluate("held.shift()()")
    page.wait_for_function("() => document.querySelectorAll('.search-hit').length < 10")
    assert page.evaluate("document.querySelector('#search-hits').offsetHeight") >= height, "the list jumped"
    page.evaluate("held.splice(0).forEach((come) => come())")
    _settle(page)
    said = [text for text in page.evaluate("said") if text]
    assert len(said) == 2, "a slow answer says that it is coming, once"
    assert page.evaluate("document.querySelector('#search-hits').style.minHeight") == ""


def test_an_answer_that_was_overtaken_is_neither_shown_nor_kept(page: Page, address: str) -> None:
    page.goto(address)
    titles = _ask(page, "示例镇甲站")
    page.goto(address)
    page.evaluate(_HOLD)
    length = page.evaluate("history.length")
    page.evaluate(
        """() => ["耕地保护", "示例镇甲站"].forEach((query) =>
            void govsiteSearchPage.go({query: query, sort: "relevance", filters: {}, page: 1}))"""
    )
    page.wait_for_function("() => held.length > 12")
    page.evaluate("held.splice(0).reverse().forEach((come) => come())")
    _settle(page)
    page.wait_for_timeout(50)
    assert page.locator(".search-title > a:not(.search-interpretation)").all_inner_texts() == titles
    assert page.evaluate("history.length") == length + 1
    assert page.input_value("#search-query") == "示例镇甲站"
