"""One output, three places: the sample site at a domain root, below a path, and opened from a folder."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import pytest
from page_kinds import EVERY_KIND

from govsite.model.addresses import NOT_FOUND
from govsite.settings.read import read_settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from playwright.sync_api import Browser, Page

    from conftest import SampleSite, Serve

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ROOT = Path(__file__).parents[2]
PLACES = {"at the root of a host": "/", "below a path": "/a/b/", "from a folder": ""}
_OUTSIDE = ("http:", "https:", "mailto:", "tel:")

# Every address that a page holds, as written, and every id.
_COLLECT = """() => {
    const targets = new Set();
    for (const [selector, name] of [["[href]", "href"], ["[src]", "src"], ["form[action]", "action"],
                                    ["object[data]", "data"], ["[poster]", "poster"]])
        for (const element of document.querySelectorAll(selector))
            if (!(element.tagName === "LINK" && element.rel === "canonical")) targets.add(element.getAttribute(name));
    const ids = Array.from(document.querySelectorAll("[id]"), (element) => element.id);
    return [Array.from(targets), ids, document.title, document.body.innerText.length];
}"""


@dataclass
class Crawl:
    """What a crawl saw. ids and targets: by page; trouble: what must not be."""

    targets: dict[str, list[str]] = field(default_factory=dict)
    ids: dict[str, frozenset[str]] = field(default_factory=dict)
    trouble: list[str] = field(default_factory=list)


def _watch(page: Page, base: str, crawl: Crawl) -> None:
    page.on("console", lambda message: crawl.trouble.append(f"{page.url}: console: {message.text}"))
    page.on("pageerror", lambda error: crawl.trouble.append(f"{page.url}: script: {error}"))

    def failed(url: str, reason: str) -> None:
        # The crawl itself goes on before an icon is there; whether the file exists is seen from its address.
        if reason != "net::ERR_ABORTED":
            crawl.trouble.append(f"{page.url}: {reason}: {url}")

    page.on("requestfailed", lambda request: failed(request.url, request.failure or ""))

    def answered(status: int, url: str) -> None:
        if status >= 400:
            crawl.trouble.append(f"{page.url}: {status}: {url}")

    page.on("response", lambda response: answered(response.status, response.url))
    page.on(
        "request",
        lambda request: (
            None
            if request.url.startswith((base, "data:"))
            else crawl.trouble.append(f"{page.url}: leaves the site: {request.url}")
        ),
    )


def _resolve(page: str, target: str) -> tuple[str, str]:
    """(file, anchor) that an address on a page means."""
    name, _, anchor = target.partition("#")
    name = unquote(name.partition("?")[0])
    file = posixpath.normpath(posixpath.join(posixpath.dirname(page), name)) if name else page
    return file, unquote(anchor)


def _crawl(browser: Browser, base: str, within: frozenset[str] | None = None) -> Crawl:
    """Load every page that can be reached from the home page by links, each once. within: only of these, links or not."""
    crawl = Crawl()
    context = browser.new_context()
    page = context.new_page()
    _watch(page, base, crawl)
    waiting = sorted(within or {"index.html"})
    seen = set(waiting)
    while waiting:
        path = waiting.pop()
        page.goto(base + path, wait_until="load")
        targets, ids, title, length = page.evaluate(_COLLECT)
        crawl.targets[path] = sorted(targets)
        crawl.ids[path] = frozenset(ids)
        if not title or not length:
            crawl.trouble.append(f"{path}: empty page")
        for target in targets:
            file, _ = _resolve(path, target)
            if (
                within is None
                and file.endswith(".html")
                and not target.startswith(_OUTSIDE)
                and file not in seen
            ):
                seen.add(file)
                waiting.append(file)
    context.close()
    return crawl


def _dead(crawl: Crawl, files: Mapping[str, int]) -> Iterator[str]:
    """Addresses that lead to no file, or to an id that is not on the page."""
    for path, targets in crawl.targets.items():
        for target in targets:
            if target.startswith((*_OUTSIDE, "data:")):
                continue
            file, anchor = _resolve(path, target)
            if target.startswith("/") or file not in files:
                yield f"{path} -> {target}"
            elif anchor and file in crawl.targets and anchor not in crawl.ids[file]:
                yield f"{path} -> {target} (no such id)"


@pytest.mark.parametrize("place", PLACES)
def test_every_page_is_reached_loads_and_links_only_to_what_is_there(
    place: str, browser: Browser, serve: Serve, sample_site: SampleSite
) -> None:
    prefix = PLACES[place]
    base = serve(sample_site.folder, prefix) if prefix else sample_site.folder.as_uri() + "/"
    pages = set(sample_site.pages) - {NOT_FOUND}
    # The bytes and the links, which are relative, are the same in all places: one of them is walked from end to end in CI.
    is_whole = EVERY_KIND or not prefix
    shapes = None if is_whole else frozenset({_shape(path): path for path in sorted(pages)}.values())
    crawl = _crawl(browser, base, shapes)
    assert crawl.trouble == []
    assert list(_dead(crawl, sample_site.files)) == []
    assert len(crawl.targets) > 30
    assert set(crawl.targets) == (shapes or pages)


def test_the_page_for_unknown_addresses_works_at_any_depth(
    browser: Browser, serve: Serve, sample_site: SampleSite
) -> None:
    settings, _ = read_settings(ROOT, {})
    prefix = settings.site.path
    base = serve(sample_site.folder, prefix)
    host = base.removesuffix(prefix)
    page = browser.new_page()
    failed: list[str] = []
    page.on("response", lambda response: failed.append(response.url) if response.status >= 400 else None)
    for address in (f"{base}nothing.html", f"{base}policies/2099/nothing/here.html"):
        failed.clear()
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 404
        assert failed == [address]
        targets, ids, _, _ = page.evaluate(_COLLECT)
        for target in targets:
            if target.startswith("#"):
                assert target[1:] in ids
                continue
            assert target.startswith(prefix), target
            assert urlsplit(target.removeprefix(prefix)).path in sample_site.files, f"{host}{target}"
    page.close()


def test_the_site_is_complete_without_script(browser: Browser, sample_site: SampleSite) -> None:
    """Without script a page shows the same links and as much text; only tools that need script may be missing."""
    base = sample_site.folder.as_uri() + "/"
    chosen = sorted({_shape(path): path for path in sample_site.pages if path != NOT_FOUND}.values())
    plain = browser.new_context(java_script_enabled=False).new_page()
    for path in chosen:
        plain.goto(base + path)
        assert plain.locator("h1").is_visible(), path
        assert plain.locator("main").inner_text().strip(), path
        if path != "search.html":
            assert plain.locator("header a, nav a").count() > 3, path
            hidden = plain.locator("main a[href]:not(:visible)")
            inside = [hidden.nth(index).text_content() for index in range(hidden.count())]
            closed = plain.locator("main details:not([open]) a[href]").count()
            doors = plain.locator(
                "main .kiosk-only a[href]"
            ).count()  # large tiles of a terminal; their targets stand in the navigation
            assert hidden.count() <= closed + doors, f"{path}: {inside}"
    plain.context.close()


def _shape(path: str) -> str:
    """What kind of page a path is, roughly: folder and depth."""
    parts = path.split("/")
    return f"{parts[0]}/{parts[1] if parts[0] in {'columns', 'lists'} and len(parts) > 1 else len(parts)}"
