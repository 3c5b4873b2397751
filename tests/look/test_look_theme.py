"""Themes: the built-in one, the second one, words of their own, and what `govsite theme check` says."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from ways import ROOT, TOOLS

from govsite.cli.common import UsageProblem
from govsite.cli.theme import theme
from govsite.extend import views
from govsite.extend.samples import sample_views
from govsite.messages.catalogue import catalogue
from govsite.pipeline.theme import check_theme
from running import CONFIG, document, govsite, write_site

if TYPE_CHECKING:
    from pathlib import Path

QINGYA = ROOT / "themes" / "qingya"
BUILT_IN = ROOT / "src" / "govsite" / "theme"
VNU = TOOLS / "vnu-jar" / "build" / "dist" / "vnu.jar"


@pytest.mark.parametrize("folder", [None, QINGYA], ids=["built-in", "qingya"])
def test_a_theme_of_ours_makes_every_kind_of_page(folder: Path | None) -> None:
    checked = check_theme(folder)
    assert checked.findings == ()
    assert checked.unused == ()
    assert checked.pages == 2 * len(views.TEMPLATES) - 1


def test_the_second_theme_keeps_to_the_contract() -> None:
    """It takes its colours from tokens and asks templates for nothing but `view`, `site`, `t` and `url`."""
    names = set()
    for file in QINGYA.glob("templates/**/*.html"):
        for expression in re.findall(r"\{[{%](.*?)[%}]\}", file.read_text(encoding="utf-8"), re.DOTALL):
            names |= set(re.findall(r"(?<![\w.\"'|/-])([a-z_]\w*)(?=[.(])", expression))
    assert names <= {"view", "site", "t", "url", "b", "link", "block", "super"}
    tokens = set(re.findall(r"(--[\w-]+):", BUILT_IN.joinpath("static/site.css").read_text(encoding="utf-8")))
    css = QINGYA.joinpath("static/theme.css").read_text(encoding="utf-8")
    assert set(re.findall(r"(--[\w-]+)", css)) <= tokens


def test_every_view_of_the_contract_has_samples() -> None:
    made = sample_views().values()
    assert {type(view) for view in made} == set(views.TEMPLATES)
    full = [view for path, view in sample_views().items() if "-bare" not in path]
    empty = [
        f"{type(view).__name__}.{field.name}"
        for view in full
        for field in fields(view)
        if is_dataclass(view) and getattr(view, field.name) in ((), None)
    ]
    assert empty == []


def test_every_word_of_the_built_in_templates_is_known() -> None:
    used = set()
    for file in BUILT_IN.glob("templates/**/*.html"):
        used |= set(re.findall(r"""\bt\(\s*["']([\w.]+)["']\s*[,)]""", file.read_text(encoding="utf-8")))
    assert sorted(used - catalogue().keys()) == []


def _theme(*words: str | Path) -> tuple[int, str]:
    """Exit code and words of `govsite theme WORDS…`."""
    result = CliRunner().invoke(theme, [str(word) for word in words], standalone_mode=False)
    if isinstance(result.exception, UsageProblem):
        return 2, result.exception.format_message()
    return int(result.return_value), result.output


def _site(folder: Path, **files: str) -> Path:
    source = {"config.yaml": CONFIG + "主题: mine\n", "content/disclosures/a.md": document()}
    return write_site(folder, source | {f"themes/mine/{path}": text for path, text in files.items()})


def test_a_theme_brings_its_own_words(tmp_path: Path) -> None:
    site = _site(tmp_path, **{"words.yaml": "nav.home: 本站首页\nfind.go: 搜\n"})
    assert govsite("build", "--site", site, "--out", tmp_path / "out")[0] == 0
    home = tmp_path.joinpath("out", "index.html").read_text(encoding="utf-8")
    assert ">本站首页</a>" in home
    assert ">搜</button>" in home
    assert '<html lang="zh-CN">' in home


def test_a_site_may_speak_another_language(tmp_path: Path) -> None:
    site = _site(tmp_path, **{"words.yaml": "site.language: en-GB\nnav.home: Start\n"})
    code, said = govsite("build", "--site", site, "--out", tmp_path / "out")
    assert code == 0, said
    home = tmp_path.joinpath("out", "index.html").read_text(encoding="utf-8")
    assert '<html lang="en-GB">' in home
    assert ">Start</a>" in home
    assert "Skip to content" in home


def test_an_english_site_names_terms_columns_and_elements_in_english(tmp_path: Path) -> None:
    """Only what officials wrote themselves stays Chinese: titles, texts, descriptions, names of bodies."""
    files = {
        "words.yaml": "site.language: en\n",
        "../../content/policies/a.md": document(
            标题="示例办法", 发文字号="示政发〔2026〕1号", 发文机关="示例镇人民政府", 成文日期="2026-01-04"
        ),
    }
    assert govsite("build", "--site", _site(tmp_path, **files), "--out", tmp_path / "out")[0] == 0
    policy = tmp_path.joinpath("out", "policies", "a.html").read_text(encoding="utf-8")
    for word in (">Policies</a>", "<dt>Document number</dt>", "<dt>Date of document</dt><dd>2026-01-04</dd>", ">in force<",
                 "published on own initiative", '<meta name="ColumnName" content="政策文件">'):  # fmt: skip
        assert word in policy, word
    home = tmp_path.joinpath("out", "index.html").read_text(encoding="utf-8")
    nav = home.partition('id="topnav"')[2].partition("</ul>")[0]
    assert not re.search("[\u4e00-\u9fff]", nav), nav


def test_the_command_names_template_and_line(tmp_path: Path) -> None:
    site = _site(
        tmp_path,
        **{
            "templates/home.html": "{% extends 'base.html' %}\n{% block main %}\n<h1>{{ site.fax }}</h1>\n{% endblock %}\n",
            "templates/browse.html": '{% extends "base.html" %}{% block main %}<h2 id="main">x</h2>{% endblock %}\n',
            "templates/hom.html": "nobody asks for this\n",
            "words.yaml": "nav.hom: 首页\n",
        },
    )
    code, said = _theme("check", "mine", "--site", site)
    assert code == 1
    for found in ("THM102", "themes/mine/templates/home.html:3", "THM105", "WEB102", "WEB105", "hom.html"):
        assert found in said, found
    assert said.count("[THM102]") == 1, "once, not for every sample"


def test_a_theme_that_is_not_there_is_wrong_usage(tmp_path: Path) -> None:
    code, said = _theme("check", "nobody", "--site", _site(tmp_path))
    assert code == 2
    assert "nobody" in said


def test_sample_pages_and_style_sheets_of_both_themes_are_valid(tmp_path: Path) -> None:
    java = shutil.which("java")
    if java is None or not VNU.is_file():
        pytest.skip("no Java or no Nu HTML checker in build/tools: run `python3 dev/test.py`")
    for folder in (None, QINGYA):
        check_theme(folder, tmp_path / (folder.name if folder else "built-in"))
    done = subprocess.run(
        [java, "-Xss4m", "-jar", str(VNU), "--format", "json", "--exit-zero-always", "--stdout", "--also-check-css",
         "--skip-non-html", str(tmp_path)], capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    # In files the checker takes 'self' of the page's policy for nothing at all; tests/browser/test_crawl.py has it right.
    messages = [
        (item["url"].rpartition("/")[2], item.get("lastLine", 0), item["message"])
        for item in json.loads(done.stdout)["messages"]
        if not (item["type"] == "info" and "Content Security Policy" in item["message"])
    ]
    assert messages == []
