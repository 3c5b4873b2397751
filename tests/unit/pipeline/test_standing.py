"""A build in which nothing has changed is over at once: what it goes by, and what it must not miss."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from govsite.pipeline.build import Outcome, Request, build_site
from govsite.pipeline.standing import standing_site
from running import CONFIG, document, govsite, policy, write_site

TICK = 0.05  # seconds after which a stamp is trusted
PACK = "名称: 甲\n级别:\n  LNK101: notice\n"
FILES: dict[str, str | bytes] = {
    "config.yaml": CONFIG.replace("履职检查: 否", "履职检查: [TIM103]")
    + "  规则包: [packs/own.yaml]\n主题: own\n",
    "packs/own.yaml": PACK,
    "themes/own/words.yaml": "view.home: 首页一\n",
    "content/policies/1.md": policy("见[表](biao.txt)。\n", 发文字号="试政发〔2024〕1号"),
    "content/policies/biao.txt": "一二三" * 100,
    "content/disclosures/1.md": document(栏目="tzgg"),
}


def _tell(outcome: Outcome) -> str:
    return repr(outcome.findings)


def _built(folder: Path) -> Request:
    """A site that was built some time after its files were written."""
    site = write_site(folder / "site", FILES)
    time.sleep(TICK)
    memory = site / "build" / "cache" / "site"
    request = Request(site, site / "build" / "site", memory=memory, words="t", tell=_tell)
    assert build_site(request).written
    return request


@pytest.fixture
def request_(tmp_path: Path) -> Request:
    """For a test that builds."""
    return _built(tmp_path)


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Request:
    """For tests that leave everything as it was."""
    return _built(tmp_path_factory.mktemp("standing"))


Make = Callable[[Path, Path], object]


def _text(text: str = "别的") -> Make:
    return lambda _, file: file.write_text(text, encoding="utf-8")


GONE: Make = lambda before, file: None  # noqa: E731
CHANGES: dict[str, tuple[str, Make]] = {
    "a source is edited": ("content/policies/1.md", _text()),
    "a source is touched": ("content/policies/1.md", shutil.copyfile),
    "a file of one size and time stands in a source's place": ("content/policies/1.md", shutil.copy2),
    "a source comes": ("content/disclosures/2.md", _text()),
    "a source goes": ("content/disclosures/1.md", GONE),
    "an attachment is edited": ("content/policies/biao.txt", _text()),
    "a file comes in a new folder": ("content/files", lambda _, file: write_site(file, {"a/1.txt": ""})),
    "a link comes": ("content/policies/2.txt", lambda _, file: file.symlink_to("biao.txt")),
    "settings are edited": ("config.yaml", _text(CONFIG)),
    "a rule pack is edited": ("packs/own.yaml", _text(PACK.replace("notice", "warning"))),
    "a rule pack goes": ("packs/own.yaml", GONE),
    "the theme is edited": ("themes/own/words.yaml", _text("view.home: 首页二\n")),
    "the theme gets a file": ("themes/own/own.css", _text("a{}")),
    "addresses come": ("addresses.yaml", _text("搬家: []\n")),
    "the record of addresses comes": ("published.txt", _text("a.html\n")),
    "a member's report comes": ("members", lambda _, file: write_site(file, {"2024/a.yaml": "类型: 年报\n"})),
    "an origin comes": ("content/.import", lambda _, file: write_site(file, {"policies/1.md.json": "{}"})),
    "the site enters a repository": (".git", lambda _, file: file.mkdir()),
    "a page is edited": ("build/site/index.html", _text()),
    "a page goes": ("build/site/disclosures/1.html", GONE),
    "a file comes between the pages": ("build/site/disclosures/own.html", _text()),
    "a folder of pages goes": ("build/site/disclosures", GONE),
    "the site goes": ("build/site", GONE),
    "the memory goes": ("build/cache", GONE),
}


@contextmanager
def _changed(file: Path, make: Make, aside: Path) -> Iterator[None]:
    """Something else in the place of a file or folder, which comes back as it was, its number and times too."""
    was_there = os.path.lexists(file)
    if was_there:
        file.rename(aside)
    make(aside, file)
    yield
    if file.is_dir() and not file.is_symlink():
        shutil.rmtree(file)
    else:
        file.unlink(missing_ok=True)
    if was_there:
        aside.rename(file)


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_no_change_is_missed(change: tuple[str, Make], standing: Request, tmp_path: Path) -> None:
    path, make = change
    time.sleep(TICK)
    assert standing_site(standing) is not None
    with _changed(standing.site / path, make, tmp_path / "aside"):
        assert standing_site(standing) is None
    time.sleep(TICK)
    assert standing_site(standing) is not None


@pytest.mark.parametrize(
    "other",
    [
        {"as_of": "2030-01-01"},
        {"today": "2030-01-01"},
        {"strict": True},
        {"drafts": True},
        {"clean": True},
        {"words": "u"},
        {"environ": {"GOVSITE_NAME": "别的镇"}},
        {"out": None},
    ],
    ids=str,
)
def test_another_request_gets_no_answer(other: dict[str, object], standing: Request) -> None:
    assert standing_site(replace(standing, **other)) is None  # type: ignore[arg-type]


def test_what_was_told_is_told_again(request_: Request) -> None:
    standing = standing_site(request_)
    outcome = build_site(request_)
    assert standing is not None
    assert standing.told == outcome.told == _tell(outcome)
    assert (standing.exit_code, standing.documents, standing.pages) == (
        outcome.exit_code,
        outcome.documents,
        outcome.pages,
    )


def test_hidden_files_and_empty_folders_are_no_change(standing: Request) -> None:
    policies = standing.site / "content" / "policies"
    for hidden in (".swap", "~$1.docx"):
        policies.joinpath(hidden).write_text("", encoding="utf-8")
    for folder in (policies, standing.site / "build" / "site"):
        folder.joinpath("new").mkdir()
    assert standing_site(standing) is not None


def test_a_build_that_looked_closer_has_the_next_one_look_less(request_: Request) -> None:
    os.utime(request_.site / "content/policies/1.md")
    time.sleep(TICK)
    assert standing_site(request_) is None
    assert build_site(request_).timings[-1][0] == "same"
    assert standing_site(request_) is not None


def test_other_words_are_kept_beside_the_first(request_: Request) -> None:
    other = replace(request_, words="u", tell=lambda _: "others")
    build_site(other)
    told = [standing.told for standing in map(standing_site, (request_, other)) if standing]
    assert told == [_tell(build_site(request_)), "others"]


def test_a_source_edited_a_moment_before_the_build_is_not_vouched_for(request_: Request) -> None:
    text = document("新。\n", 栏目="tzgg")
    request_.site.joinpath("content/disclosures/1.md").write_text(text, encoding="utf-8")
    ahead = time.time_ns() + 60_000_000_000
    os.utime(request_.site / "content/disclosures/1.md", ns=(ahead, ahead))
    assert build_site(request_).written
    assert standing_site(request_) is None


def test_no_excerpt_of_what_may_not_be_public_is_kept(request_: Request) -> None:
    number = {"发文字号": "试政发[2024]7号", "公开属性": "不予公开", "不公开理由": "条例第十六条"}
    secret = policy("内部讨论。\n", **number)
    request_.site.joinpath("content/policies/9.md").write_text(secret, encoding="utf-8")
    time.sleep(TICK)
    outcome = build_site(request_)
    assert outcome.written
    assert "content/policies/9.md" in outcome.files
    assert standing_site(request_) is None


def test_a_damaged_record_is_no_answer(request_: Request) -> None:
    assert request_.memory
    for file in request_.memory.joinpath("sections").iterdir():
        if b'"asked"' in file.read_bytes()[:20]:
            file.write_bytes(file.read_bytes().replace(b'"exit":0', b'"exit":1'))
    assert standing_site(request_) is None


@pytest.mark.parametrize(
    "words", [(), ("--quiet",), ("--format", "json"), ("--lang", "en"), ("--strict",)], ids=str
)
def test_the_command_says_the_same_again(words: tuple[str, ...], standing: Request) -> None:
    first = govsite("build", "--site", standing.site, *words)
    assert govsite("build", "--site", standing.site, *words) == first
    assert govsite("build", "--site", standing.site, "--timings", *words)[1].startswith(first[1])


LOADED = """
import sys
from govsite.cli.app import run
code = run(["build", "--quiet", "--site", sys.argv[1]])
print(code, *sorted(sys.modules))
"""
HEAVY = frozenset(
    [
        "yaml",
        "jinja2",
        "markdown_it",
        "numpy",
        "multiprocessing",
        "concurrent",
        "logging",
        "tempfile",
        "subprocess",
        "traceback",
        "ctypes",
        "shutil",
        "difflib",
        "decimal",
        "importlib.resources",
        "importlib.metadata",
        "unicodedata",
        "asyncio",
        "xml",
        "html",
    ]
)
OWN = frozenset(
    [
        "govsite",
        "govsite.cache",
        "govsite.cache.store",
        "govsite.cache.tool",
        "govsite.cli",
        "govsite.cli.app",
        "govsite.cli.build",
        "govsite.cli.common",
        "govsite.cli.costs",
        "govsite.cli.progress",
        "govsite.cli.words",
        "govsite.files",
        "govsite.files.damage",
        "govsite.files.digest",
        "govsite.files.listing",
        "govsite.files.lock",
        "govsite.files.marks",
        "govsite.files.stamps",
        "govsite.files.swap",
        "govsite.files.trees",
        "govsite.frozen",
        "govsite.hanzi",
        "govsite.hanzi.width",
        "govsite.load",
        "govsite.load.commit",
        "govsite.load.folders",
        "govsite.messages",
        "govsite.messages.catalogue",
        "govsite.pipeline",
        "govsite.pipeline.meter",
        "govsite.pipeline.parallel",
        "govsite.pipeline.request",
        "govsite.pipeline.standing",
        "govsite.settings",
        "govsite.settings.names",
    ]
)


def test_a_build_of_a_site_that_stands_loads_little(standing: Request) -> None:
    words = [sys.executable, "-c", LOADED, str(standing.site)]
    for _ in range(2):
        done = subprocess.run(words, capture_output=True, text=True, check=True, encoding="utf-8")
    code, *modules = done.stdout.split("\n")[-2].split(" ")
    assert code == "0"
    assert {name for name in modules if name.startswith("govsite")} - OWN == set()
    assert HEAVY & set(modules) == set()
