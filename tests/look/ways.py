"""The ways in which people meet a page, and how a browser is put into each."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from conftest import SampleSite

ROOT = Path(__file__).parents[2]
TOOLS = ROOT / "build" / "tools" / "node_modules"
sys.path.insert(0, str(ROOT / "tests" / "browser"))  # page_kinds: which pages stand for all


@dataclass(frozen=True, slots=True)
class Way:
    """width, height: of the window in CSS pixels; modes: the reader's own settings; touch, dark, print: as they say."""

    width: int = 1280
    height: int = 900
    modes: str = ""
    touch: bool = False
    dark: bool = False
    printed: bool = False


WAYS = {
    "desktop": Way(),
    "phone": Way(390, 844, touch=True),
    "kiosk": Way(1080, 1920, touch=True),
    "elder": Way(modes="elder"),
    "elder phone": Way(390, 844, modes="elder contrast size-2", touch=True),
    "contrast": Way(modes="contrast"),
    "dark": Way(dark=True),
    "dark contrast": Way(modes="contrast airy", dark=True),
    "print": Way(794, 1123, printed=True),
}


@contextmanager
def opened(browser: Browser, way: Way, **words: Any) -> Iterator[Page]:
    """A page of the browser in that way."""
    context = browser.new_context(
        viewport={"width": way.width, "height": way.height},
        has_touch=way.touch,
        color_scheme="dark" if way.dark else "light",
        reduced_motion="reduce",
        **words,
    )
    if way.modes:
        context.add_init_script(f"localStorage.setItem('govsite-mode', '{way.modes}')")
    page = context.new_page()
    if way.printed:
        page.emulate_media(media="print")
    try:
        yield page
    finally:
        context.close()


def kinds_of_pages(site: SampleSite) -> dict[str, str]:
    """Path by the name of its kind; a page that stands for two kinds is there once."""
    from page_kinds import chosen_pages

    chosen: dict[str, str] = {}
    for kind, path in chosen_pages(site.folder, site.pages).items():
        if path not in chosen.values():
            chosen[kind] = path
    return chosen


def speaking_pages(chosen: dict[str, str]) -> dict[str, str]:
    """Those of the chosen pages that stand for all where only colours and places differ."""
    import page_kinds

    return page_kinds.speaking_pages(chosen)
