"""What must hold on every finished page, whatever theme made it."""

from __future__ import annotations

import pytest

from govsite.check.pages import PageCheck

GOOD = (
    '<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>甲</title><meta name="SiteName" content="甲">'
    '<link rel="stylesheet" href="../assets/a.css"><script src="../assets/a.js"></script></head><body><header></header><nav></nav>'
    '<main id="main"><h1>甲</h1>{}</main><footer></footer></body></html>'
)
PATHS = {
    "policies/1.html",
    "policies/2.html",
    "assets/a.css",
    "assets/a.js",
    "files/附件 1.pdf",
    "404.html",
    "index.html",
}


def _codes(inner: str, page: str = GOOD, path: str = "policies/1.html") -> list[tuple[str, ...]]:
    problems = PageCheck(PATHS, ("SiteDomain", "SiteIDCode"), "/shiyan/").check(
        path, page.replace("{}", inner), ("site",)
    )
    return [
        (problem.code, *(value for name, value in problem.facts if name != "page")) for problem in problems
    ]


def test_a_good_page_has_no_problem() -> None:
    inner = '<a href="2.html">b</a><a href="#main">c</a><a href="../files/%E9%99%84%E4%BB%B6%201.pdf">d</a><a href="https://example.com">e</a>'
    inner += '<a href="mailto:a@b.cn">f</a><img src="data:image/png;base64,x" alt=""><script type="application/json">{"a": 1}</script>'
    assert _codes(inner) == []


@pytest.mark.parametrize(
    ("inner", "found"),
    [
        ('<img src="https://example.com/a.png" alt="">', ("WEB103", "https://example.com/a.png")),
        ('<script src="//example.com/a.js"></script>', ("WEB103", "//example.com/a.js")),
        ('<link rel="stylesheet" href="http://example.com/a.css">', ("WEB103", "http://example.com/a.css")),
        ("<iframe src='https://example.com'></iframe>", ("WEB103", "https://example.com")),
        ("<script>alert(1)</script>", ("WEB104", "<script>")),
        ("<style>a{}</style>", ("WEB104", "<style>")),
        ('<p style="color:red">x</p>', ("WEB104", "style=")),
        ('<p onclick="x()">x</p>', ("WEB104", "onclick=")),
        ('<p id="a"></p><p id="a"></p>', ("WEB105", "a")),
        ('<a href="3.html">x</a>', ("WEB106", "3.html")),
        ('<a href="/policies/2.html">x</a>', ("WEB106", "/policies/2.html")),
        ('<a href="../../x.html">x</a>', ("WEB106", "../../x.html")),
        ('<a href="#none">x</a>', ("WEB107", "#none")),
    ],
)
def test_what_must_not_be_is_found(inner: str, found: tuple[str, ...]) -> None:
    assert _codes(inner) == [found]


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ('lang="zh-CN"', "", "lang"),
        ("<title>甲</title>", "<title></title>", "title"),
        ("<h1>甲</h1>", "", "h1"),
        ("<h1>甲</h1>", "<h1>甲</h1><h1>乙</h1>", "h1"),
        ("<nav></nav>", "", "nav"),
        ("<footer></footer>", "", "footer"),
        ("<header></header>", "", "header"),
    ],
)
def test_the_frame_of_a_page_must_be_whole(old: str, new: str, what: str) -> None:
    assert _codes("", GOOD.replace(old, new)) == [("WEB102", what)]


def test_a_page_without_the_tags_of_the_guideline_is_found() -> None:
    assert _codes("", GOOD.replace('<meta name="SiteName" content="甲">', "")) == [("WEB101", "SiteName")]
    assert _codes("", GOOD.replace('content="甲"', 'content=""')) == [("WEB101", "SiteName")]


def test_links_of_the_page_for_unknown_addresses_start_at_the_configured_path() -> None:
    page = GOOD.replace("../assets/", "/shiyan/assets/")
    assert _codes('<a href="/shiyan/index.html">x</a>', page, "404.html") == []
    assert _codes('<a href="/index.html">x</a>', page, "404.html") == [("WEB106", "/index.html")]


def test_what_stands_in_a_comment_is_not_there() -> None:
    assert _codes('<!-- <a href="3.html"><script>x</script> -->') == []


def test_the_foot_says_whose_site_it_is_however_a_template_escapes_it() -> None:
    marks = {"主办单位": "某县人民政府", "地址": "“一号”院 & 'A' 座", "ICP备案": ""}
    check = PageCheck(PATHS, ("SiteDomain", "SiteIDCode"), marks=marks)
    page = GOOD.replace("{}", "某县人民政府")

    def lacking(foot: str) -> list[str]:
        found = check.check("policies/1.html", page.replace("<footer>", f"<footer>{foot}"), ("site",))
        return [dict(problem.facts)["what"] for problem in found if problem.code == "WEB108"]

    assert lacking("") == ["主办单位", "地址"]
    assert lacking("某县人民政府\n“一号”院 &amp; &#39;A&#39;\n座") == []
    assert lacking("某县人民政府 “一号”院 &amp; &#x27;A&#x27; 座") == []
