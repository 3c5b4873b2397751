"""Paging that never shifts: older pages are numbered from the oldest document.

A new document changes the first page alone; only every `size` documents does a further page come into being.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TypeVar

from govsite.extend.views import LinkView, PagerView
from govsite.frozen import dataclass
from govsite.model.addresses import page_name

PAGE_SIZE = 20
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of a list. name: file name; number: counted from the newest, 1-based; start, end: slice of the list."""

    name: str
    number: int
    start: int
    end: int


@lru_cache(maxsize=128)  # every page of a list asks for all of its pages
def list_pages(count: int, size: int = PAGE_SIZE) -> tuple[ListPage, ...]:
    """The pages of a list of `count` entries, newest first. The first page holds `size` to `2 * size - 1` of them."""
    archived = max(0, count // size - 1)
    first = ListPage("index.html", 1, 0, count - archived * size)
    rest = []
    for number in range(archived, 0, -1):
        start = count - number * size
        rest.append(ListPage(page_name(number), archived - number + 2, start, start + size))
    return (first, *rest)


def item_pages(item: str, count: int) -> tuple[ListPage, ...]:
    """The pages of a catalog item that `count` documents fulfil: its own, and older ones in a folder of its name."""
    first, *rest = list_pages(count)
    return (
        replace(first, name=f"{item}.html"),
        *(replace(page, name=f"{item}/{page.name}") for page in rest),
    )


def page_of(items: Sequence[T], page: ListPage) -> tuple[T, ...]:
    """The entries on a page."""
    return tuple(items[page.start : page.end])


def pager_view(
    folder: str, pages: Sequence[ListPage], page: ListPage, count: int, label: str
) -> PagerView | None:
    """Links to the other pages, None where there is one page only. label: text with `{number}`."""
    if len(pages) == 1:
        return None

    def link(index: int) -> LinkView:
        return LinkView(label.format(number=index + 1), folder + pages[index].name, str(index + 1))

    here = page.number - 1
    shown = sorted({0, len(pages) - 1, *range(max(0, here - 2), min(len(pages), here + 3))})
    links: list[LinkView | None] = []
    for position, index in enumerate(shown):
        if position and index - shown[position - 1] > 1:
            links.append(None)
        links.append(link(index))
    return PagerView(
        number=page.number,
        total=len(pages),
        entries=count,
        previous=link(here - 1) if here > 0 else None,
        next=link(here + 1) if here + 1 < len(pages) else None,
        pages=tuple(links),
    )
