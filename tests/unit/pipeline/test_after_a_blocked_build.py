"""A build that made its pages and was not let through leaves the old site; the next one knows which pages lie there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from govsite.pipeline.build import Request, build_site
from govsite.pipeline.request import memory_folder
from running import CONFIG, document, tree, write_site

if TYPE_CHECKING:
    from govsite.pipeline.build import Outcome

# A theme that makes a page no site may show (WEB104), wherever a title has this word.
TEMPLATE = """{% extends "built-in/document.html" %}
{% block main %}{{ super() }}{% if "坏" in view.title %}<script>1</script>{% endif %}{% endblock %}
"""
ONE, TWO = "content/disclosures/1.md", "content/disclosures/2.md"


def _build(site: Path, *, strict: bool = False, is_clean: bool = False) -> Outcome:
    out = site / "build" / ("clean" if is_clean else "site")
    memory = None if is_clean else memory_folder(site, out)
    return build_site(Request(site, out, 1, as_of="2024-06-01", memory=memory, strict=strict))


def _write(site: Path, path: str, text: str) -> None:
    (site / path).write_text(text, encoding="utf-8")


def test_a_site_that_was_never_written_is_written_when_less_is_asked_for(tmp_path: Path) -> None:
    owing = CONFIG.partition("检查:")[0]  # the whole of what a site must have, which is told as warnings
    site = write_site(tmp_path, {"config.yaml": owing, ONE: document(栏目="tzgg")})
    first = _build(site, strict=True)
    assert (first.written, first.exit_code) == (False, 1)
    assert _build(site).written
    assert _build(site, is_clean=True).written
    assert tree(site / "build" / "site") == tree(site / "build" / "clean")


def test_pages_of_a_blocked_build_are_not_taken_for_those_of_the_site(tmp_path: Path) -> None:
    site = write_site(
        tmp_path,
        {
            "config.yaml": CONFIG + "主题: own\n",
            "themes/own/templates/document.html": TEMPLATE,
            ONE: document("甲。\n", 栏目="tzgg", 标题="关于甲的通知"),
            TWO: document("乙。\n", 栏目="tzgg", 标题="关于乙的通知"),
        },
    )
    assert _build(site).written
    _write(site, ONE, document("甲。\n", 栏目="tzgg", 标题="关于坏甲的通知"))
    blocked = _build(site)
    assert not blocked.written
    assert "WEB104" in {found.problem.code for found in blocked.findings}
    _write(site, TWO, document("乙，改过。\n", 栏目="tzgg", 标题="关于乙的通知"))
    assert not _build(site).written
    _write(site, ONE, document("甲。\n", 栏目="tzgg", 标题="关于甲的通知"))
    assert _build(site).written
    assert _build(site, is_clean=True).written
    assert tree(site / "build" / "site") == tree(site / "build" / "clean")
