"""Pages read line by line, each line once, say what they say when read in one go."""

from __future__ import annotations

import posixpath

from hypothesis import given, settings
from hypothesis import strategies as st

from govsite.check.pages import _resolve
from govsite.check.tags import TagReader, Tags

_PIECES = [
    "<", ">", '"', "'", "=", "\n", " ", "/", "甲", "<!--", "-->", "<p>", "</p>", '<p class="a b">', "<p id=",
    '<a href="a.html">', "<a href='b.html'>", "<a\nhref=c.html>", '<a title="x>y\n<b" href="d.html">', "<header",
    "<header>", "</header>", "<footer>", "</footer>", '<footer class="x">', "<h1>", "<h1", "</h1>", "<nav>", "<main>",
    '<p id="a">', '<p id="b">', "<script>", '<script src="https://e.com/x.js">', "<style>", '<p style="x">', "onclick=x",
    '<html lang="zh">', '<html lang="en">', '<meta name="A" content="1">', '<meta name="A" content="2">', "<a<b>", "<STYLE>",
    '\n<li><a href="a.html">甲</a></li>\n', '\n<li class="x"><a href="#s1">甲</a></li>\n', '\n<li><a href="https://e.com">甲</a></li>\n',
    '\n<meta name="B" content="a>b">\n', '<object data="x.svg">', '<p data="x">', "<img src=//e.com/a.png>", '<link rel="stylesheet" href="http://e.com">',
]  # fmt: skip
_PAGES = st.lists(st.sampled_from(_PIECES), max_size=40).map("".join)


def _order(tags: Tags) -> tuple[object, ...]:
    return (list(tags.meta.items()), tags.ids, tags.remote, tags.inline, list(tags.targets), tags.counts,
            tags.language)  # fmt: skip


@settings(deadline=None)
@given(st.lists(_PAGES, min_size=1, max_size=4))
def test_reading_by_lines_finds_what_reading_at_once_finds(pages: list[str]) -> None:
    reader = TagReader()
    for page in [*pages, *pages]:  # the second time everything is known
        assert _order(reader.read(page)) == _order(Tags().read_page(page))


@settings(deadline=None)
@given(
    st.sampled_from(["", "a", "a/b", "a/b/c"]),
    st.lists(st.sampled_from(["..", ".", "", "x", "y.html", "z."]), min_size=1, max_size=5).map("/".join),
)
def test_addresses_mean_what_they_mean_to_the_library(folder: str, path: str) -> None:
    if not path.startswith("/"):
        assert _resolve(folder, path) == posixpath.normpath(posixpath.join(folder, path))
