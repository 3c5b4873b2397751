"""What a document is called reaches others by few ways: each of them walked by incremental builds, and compared with first ones."""

from __future__ import annotations

import os
import random
from dataclasses import replace
from pathlib import Path

import pytest

from govsite.cache.titles import KnownTitles, titles_section
from govsite.pipeline.build import Outcome, Request, build_site
from running import CONFIG, catalog, document, interpretation, link_site, policy, tree, write_site

pytestmark = pytest.mark.slow
STEPS = int(os.environ.get("EDITS", "30")) // 2
SEED = int(os.environ.get("SEED", "7"))
JUDGED = CONFIG.partition("检查:")[0]  # duties are judged: some of them ask for titles
CITED = ("社会救助暂行办法", "示例镇值班办法", "示例镇人民政府关于印发《示例镇防汛预案》的通知")
FREE = ("一号通知", "二号通知", "三号通知", "四号通知", "五号通知", "六号通知")
LONG = (
    "各村民委员会要认真做好防汛工作，落实责任，加强值守，及时报告，确保人民群众生命财产安全，不得有误。" * 2
)


def _site(folder: Path) -> Path:
    files = {"config.yaml": JUDGED, "content/catalog/救助.yaml": catalog()}
    for number in range(1, 5):
        body = "第一条 为了试验，制定本办法。\n\n依照《示例镇防汛预案》和《示例镇值班办法》办理。\n"
        files[f"content/policies/{number}.md"] = policy(
            body if number % 2 else f"{LONG}\n", 标题=f"示例办法第{number}部", 发文字号=f"试政发〔2024〕{number}号",
            发布日期=f"2024-0{number}-10", 失效日期="2024-05-01" if number == 2 else "", 概述="写好的概述。",
        )  # fmt: skip
    for number in range(1, 9):
        files[f"content/disclosures/{number}.md"] = document(
            f"{LONG}\n",
            标题=f"通知{number}",
            栏目="tzgg" if number % 2 else "zwdt",
            发布日期=f"2024-0{number}-20",
        )
    files["content/interpretations/1.md"] = interpretation(标题="一读就懂", 解读文件="试政发〔2024〕1号")
    return write_site(folder, files)


class _Namer:
    """Gives documents other titles, summaries, keywords and texts."""

    def __init__(self, site: Path, seed: int) -> None:
        self.files = sorted(site.joinpath("content").rglob("*.md"))
        self.random = random.Random(seed)  # noqa: S311 - a sequence to repeat, no secret

    def edit(self) -> str:
        file = self.random.choice(self.files)
        text = file.read_text(encoding="utf-8")
        what = self.random.choice(("title", "title", "title", "summary", "keywords", "text", "citation"))
        if what == "title":
            text = _with(text, "标题", self.random.choice((*CITED, *FREE, *FREE)))
        elif what == "summary":
            text = _with(text, "概述", self.random.choice(("", "换了的概述。", "又换了的概述。")))
        elif what == "keywords":
            text = _with(text, "关键词", self.random.choice(("", "防汛", "防汛、值守")))
        elif what == "text":
            text += f"\n{self.random.choice(FREE)}一事已办。\n"
        else:
            text += f"\n根据《{self.random.choice((*CITED, *FREE))}》办理。\n"
        file.write_text(text, encoding="utf-8")
        return f"{what} of {file.parent.name}/{file.name}"


def _with(text: str, key: str, value: str) -> str:
    head, _, rest = text.partition("\n---\n")
    lines = [line for line in head.split("\n") if not line.startswith(f"{key}: ")]
    return "\n".join([*lines, *([f"{key}: {value}"] if value else [])]) + "\n---\n" + rest


def _is_short(outcome: Outcome) -> bool:
    return "attachments" not in dict(outcome.timings)


def test_incremental_equals_clean_whatever_documents_are_called(tmp_path: Path) -> None:
    site = _site(tmp_path / "site")
    out = site / "build" / "site"
    request = Request(site, out, memory=site / "build" / "cache" / "site", today="2024-12-01")
    assert build_site(request).written
    namer = _Namer(site, SEED)
    short = 0
    for step in range(STEPS):
        done = [namer.edit() for _ in range(namer.random.choice((1, 1, 1, 2)))]
        outcome = build_site(request)
        first = tmp_path / f"first-{step}"
        clean = build_site(Request(site, first, today="2024-12-01"))
        assert outcome.findings == clean.findings, done
        assert (outcome.written, outcome.pages) == (clean.written, clean.pages), done
        assert tree(out) == tree(first), done
        short += _is_short(outcome)
    assert 0 < short < STEPS


def test_a_text_that_was_looked_at_takes_the_whole_road_only_where_it_has_changed(tmp_path: Path) -> None:
    """Two of one name are compared by length; what is said in front of the text is no part of that."""
    site = _site(tmp_path / "site")
    twin = site / "content/disclosures/twin.md"
    twin.write_text(
        document(f"{LONG[:-3]}误事。\n", 标题="通知1", 栏目="tzgg", 概述="概述。"), encoding="utf-8"
    )
    request = Request(
        site, site / "build" / "site", memory=site / "build" / "cache" / "site", today="2024-12-01"
    )
    assert build_site(request).written
    text = twin.read_text(encoding="utf-8")
    for number, (changed, is_short) in enumerate(
        (
            (_with(text, "概述", "换了的概述。"), True),
            (_with(text, "概述", "换了的概述。") + "\n添一段。\n", False),
            (_with(text, "标题", "换了的名字"), False),
        )
    ):
        twin.write_text(changed, encoding="utf-8")
        outcome = build_site(request)
        first = tmp_path / f"first-{number}"
        assert outcome.findings == build_site(Request(site, first, today="2024-12-01")).findings
        assert tree(site / "build" / "site") == tree(first)
        assert _is_short(outcome) is is_short


@pytest.mark.parametrize(
    ("file", "title", "is_free"),
    [
        ("disclosures/1.md", "谁也没有叫过的名字", True),
        ("disclosures/1.md", "通知1", True),
        ("disclosures/1.md", "通知 3", False),  # another is called so
        ("disclosures/1.md", "一读就懂", True),  # but an interpretation
        ("policies/2.md", "示例镇值班办法", False),  # cited in running text
        ("policies/2.md", "关于印发《示例镇防汛预案》的通知", False),
        ("policies/2.md", "社会救助暂行办法", False),  # named by the catalog
    ],
)
def test_a_title_is_free_where_nobody_else_bears_or_names_it(
    file: str, title: str, *, is_free: bool, tmp_path: Path
) -> None:
    site = _site(tmp_path)
    linked, _ = link_site(site)
    titles = KnownTitles(titles_section(linked.documents.values(), {"社会救助暂行办法"}))
    source = site / "content" / file
    before = next(doc for doc in linked.documents.values() if doc.file == f"content/{file}")
    source.write_text(_with(source.read_text(encoding="utf-8"), "标题", title), encoding="utf-8")
    after = link_site(site)[0].documents[before.key]
    assert titles.are_free([(before, after)]) is is_free


def test_two_documents_may_not_take_one_title_in_one_build(tmp_path: Path) -> None:
    documents = link_site(_site(tmp_path))[0].documents
    one, two = documents["disclosure/1"], documents["disclosure/2"]
    titles = KnownTitles(titles_section(documents.values(), ()))
    new = [(document, replace(document, title="同一个名字")) for document in (one, two)]
    assert titles.are_free(new[:1])
    assert not titles.are_free(new)
    swapped = [(one, replace(one, title=two.title)), (two, replace(two, title=one.title))]
    assert not titles.are_free(swapped)
    assert KnownTitles(titles.changed(new[:1])).are_free([(new[0][1], one)])
