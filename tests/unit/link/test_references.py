"""References: by id, path, 发文字号, 索引号; to nothing, to two, to what is not public."""

from __future__ import annotations

from pathlib import Path

import pytest

from govsite.model.site import CITES, INTERPRETS, Site
from govsite.problems.problem import Problem
from running import document, interpretation, link_site, policy, write_site

A = policy(发文字号="试政发〔2024〕1号", 索引号="9908020000/2024-00001")


def _link(tmp_path: Path, **files: str) -> tuple[Site, list[Problem]]:
    folders = {
        "p": "policies",
        "i": "interpretations",
        "d": "disclosures",
        "q": "questions",
        "c": "consultations",
    }
    sources = {f"content/{folders[name[0]]}/2024/{name}.md": text for name, text in files.items()}
    return link_site(write_site(tmp_path, sources))


def _codes(problems: list[Problem]) -> list[tuple[str, int, int]]:
    return [(problem.code, problem.span.line, problem.span.column) for problem in problems if problem.span]


@pytest.mark.parametrize(
    "written",
    [
        "2024/p", "policies/2024/p.md", "policies/2024/p", "content/policies/2024/p.md", "/policies/2024/p.md", "policy/2024/p",
        "试政发〔2024〕1号", '"试政发[2024]1号"', "试政发（2024）1号", "试政发(2024)１号", "试政发【2024】第1号", "试政发 〔2024〕 1 号", "试政发〔2024〕001号",
        "9908020000/2024-00001",
    ],
)  # fmt: skip
def test_a_document_answers_to_all_its_names(written: str, tmp_path: Path) -> None:
    site, problems = _link(tmp_path, p=A, i=interpretation(解读文件=written))
    assert problems == []
    assert site.graph.targets(INTERPRETS, "interpretation/2024/i") == ("policy/2024/p",)
    assert site.graph.sources(INTERPRETS, "policy/2024/p") == ("interpretation/2024/i",)


def test_a_link_written_on_both_sides_is_one_link(tmp_path: Path) -> None:
    site, problems = _link(tmp_path, p=policy(解读="2024/i"), i=interpretation(解读文件="2024/p"))
    assert problems == []
    assert site.graph.sources(INTERPRETS, "policy/2024/p") == ("interpretation/2024/i",)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("试政发〔2024〕9号", "LNK101"),
        ("2024/nothing", "LNK101"),
        ("2024/q", "LNK104"),
        ("2024/p2", "LNK103"),
        ("2024/p3", "LNK103"),
        ("试政发〔2023〕5号", "LNK102"),
    ],
)
def test_a_reference_that_leads_nowhere_is_told_at_its_place(written: str, code: str, tmp_path: Path) -> None:
    files = {
        "p2": policy(公开属性="依申请公开", 不公开理由="含个人信息"),
        "p3": policy(草稿="是"),
        "p4": policy(发文字号="试政发〔2023〕5号", 成文日期="2023-02-28"),
        "p5": policy(发文字号="试政发〔2023〕5号", 成文日期="2023-02-28"),
        "q": document(),
        "i": interpretation(解读文件=written),
    }
    _, problems = _link(tmp_path, **files)
    found = [item for item in _codes(problems) if item[0].startswith("LNK")]
    assert found == [(code, 6, 7)]


def test_a_document_cannot_refer_to_itself(tmp_path: Path) -> None:
    _, problems = _link(tmp_path, p=policy(废止="2024/p"))
    assert [code for code, _, _ in _codes(problems)] == ["LNK109"]


def test_a_reference_to_a_source_that_cannot_be_read_is_not_told_twice(tmp_path: Path) -> None:
    broken = A.replace("标题: ", "标题: [")
    _, problems = _link(
        tmp_path, p=broken, i=interpretation(解读文件="试政发[2024]1号"), i2=interpretation(解读文件="2024/p")
    )
    assert {code for code, _, _ in _codes(problems)} == {"SRC105", "INT101"}


def test_one_id_in_two_kinds_is_told_apart_by_the_kind_that_fits(tmp_path: Path) -> None:
    files = {"content/policies/1.md": policy(), "content/interpretations/1.md": interpretation(解读文件="1")}
    site, problems = link_site(write_site(tmp_path, files))
    assert problems == []
    assert site.graph.targets(INTERPRETS, "interpretation/1") == ("policy/1",)


def test_a_citation_says_nothing_where_a_relation_says_more(tmp_path: Path) -> None:
    site, _ = _link(
        tmp_path,
        p=A,
        p2=policy("废止试政发〔2024〕1号。", 废止="2024/p"),
        d=document("见试政发〔2024〕1号。"),
    )
    assert site.graph.sources(CITES, "policy/2024/p") == ("disclosure/2024/d",)


def test_links_to_sources_and_anchors_are_checked(tmp_path: Path) -> None:
    body = "[一](../../policies/2024/p.md#tiao-1) [二](../../policies/2024/p.md#no) [三](#no) [四](x.md) [五](../../policies/2024/p2.md)\n"
    withheld = policy(公开属性="不予公开", 不公开理由="内部事务")
    _, problems = _link(tmp_path, p=policy("第一条 甲。"), p2=withheld, d=document(body))
    assert sorted(code for code, _, _ in _codes(problems)) == ["LNK103", "LNK105", "LNK106", "LNK106"]
    assert {line for _, line, _ in _codes(problems)} == {7}
