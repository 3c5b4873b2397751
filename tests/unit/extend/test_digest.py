"""The digest of a view decides whether a page is made again."""

from __future__ import annotations

from dataclasses import replace

from govsite.extend.digest import view_digest
from govsite.extend.views import LinkView, NotFoundView, PageHead, SearchView


def _view() -> NotFoundView:
    head = PageHead("404.html", "页面不存在", "not_found", (("SiteName", "示例镇人民政府"),))
    return NotFoundView(head, (LinkView("首页", "index.html"),))


def test_equal_views_have_equal_digests() -> None:
    assert view_digest(_view()) == view_digest(_view())


def test_a_change_anywhere_in_a_view_changes_its_digest() -> None:
    view = _view()
    changed = [
        replace(view, links=()),
        replace(view, links=(LinkView("首页", "index.html", "回到首页"),)),
        replace(view, head=replace(view.head, meta=(("SiteName", "示例县人民政府"),))),
    ]
    assert len({view_digest(view), *map(view_digest, changed)}) == 4


def test_views_of_two_kinds_with_the_same_content_differ() -> None:
    view = _view()
    assert view_digest(view) != view_digest(SearchView(view.head, view.links))
