"""Columns of a profile changed by the site; what may stand only once; where documents are at home."""

from __future__ import annotations

from pathlib import Path

import pytest

from govsite.model.site import Site
from govsite.problems.problem import Problem
from running import CONFIG, document, interpretation, link_site, policy, write_site


def _site(tmp_path: Path, columns: str = "", tier: str = "乡级", **files: str) -> tuple[Site, list[str]]:
    sources: dict[str, str | bytes] = dict(files.items())
    config = CONFIG.replace("乡级", tier) + (f"栏目:\n{columns}" if columns else "")
    site, problems = link_site(
        write_site(tmp_path, {"config.yaml": config, "content/policies/1.md": policy(), **sources})
    )
    return site, [problem.code for problem in _own(problems)]


def _own(problems: list[Problem]) -> list[Problem]:
    return [problem for problem in problems if problem.code.startswith(("CFG", "DOC", "CAT"))]


def test_a_column_of_the_sites_own_needs_a_name_and_stands_last(tmp_path: Path) -> None:
    site, codes = _site(tmp_path, "  - {编号: own, 名称: 镇情概况, 类型: 概况信息}\n")
    assert codes == []
    assert list(site.columns)[-1] == "own"
    assert (site.columns["own"].name, site.columns["own"].type, site.columns["own"].path) == (
        "镇情概况",
        "概况信息",
        ("镇情概况",),
    )


@pytest.mark.parametrize(
    ("columns", "code"),
    [
        ("  - {编号: own}\n", "CFG111"),
        ("  - {编号: own, 名称: 甲, 上级: none}\n", "CFG112"),
        ("  - {编号: a, 名称: 甲, 上级: b}\n  - {编号: b, 名称: 乙, 上级: a}\n", "CFG112"),
        ("  - {编号: own, 名称: 甲}\n  - {编号: own, 名称: 乙}\n", "CFG113"),
        ("  - {编号: zhinan, 名称: 公开指引}\n", "CFG114"),
        ("  - {编号: own, 名称: 甲, 版式: grid}\n", "CFG106"),
        ("  - {编号: zhinan2, 隐藏: 不需要}\n", "CFG111"),
    ],
)
def test_what_cannot_be_a_column_is_told(columns: str, code: str, tmp_path: Path) -> None:
    site, codes = _site(tmp_path, columns)
    assert code in codes
    assert site.columns["zhinan"].name == "政府信息公开指南"


def test_a_hidden_column_takes_what_is_below_it_along(tmp_path: Path) -> None:
    site, codes = _site(tmp_path, "  - {编号: tzgg, 隐藏: 另有平台, 下级: [{编号: tzgg/zk, 名称: 招考}]}\n")
    assert codes == []
    assert "tzgg" not in site.columns
    assert "tzgg/zk" not in site.columns


def test_columns_stand_parents_first_and_by_order(tmp_path: Path) -> None:
    site, _ = _site(
        tmp_path,
        "  - {编号: zwdt, 排序: 1}\n  - {编号: tzgg, 下级: [{编号: tzgg/b, 名称: 乙}, {编号: tzgg/a, 名称: 甲}]}\n",
    )
    order = list(site.columns)
    assert order[0] == "zwdt"
    assert order.index("tzgg") + 1 == order.index("tzgg/b") == order.index("tzgg/a") - 1
    assert site.columns["tzgg"].children == ("tzgg/b", "tzgg/a")


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({"content/policies/2.md": policy(编号='"1"')}, "DOC103"),
        ({"content/policies/2.md": policy(索引号="甲/1"), "content/policies/3.md": policy(索引号="甲/1")}, "DOC105"),
        ({"content/policies/2.md": policy(发文字号="甲发〔2024〕1号"), "content/policies/3.md": policy(发文字号="甲发（2024）1号")}, "DOC106"),
        ({"content/policies/A.md": policy(), "content/policies/b.md": policy(编号="a")}, "DOC111"),
        ({"content/disclosures/1.md": document(栏目="tzgg2")}, "DOC110"),
    ],
)  # fmt: skip
def test_what_may_stand_only_once_is_told_when_it_stands_twice(
    files: dict[str, str], code: str, tmp_path: Path
) -> None:
    _, codes = _site(tmp_path, **files)
    assert code in codes


def test_a_number_of_a_withheld_document_may_stand_again(tmp_path: Path) -> None:
    withheld = policy(发文字号="甲发〔2024〕1号", 公开属性="不予公开", 不公开理由="内部事务")
    _, codes = _site(
        tmp_path,
        **{"content/policies/2.md": withheld, "content/policies/3.md": policy(发文字号="甲发〔2024〕1号")},
    )
    assert "DOC106" not in codes


@pytest.mark.parametrize("shown", ["attachment", "in the text"])
@pytest.mark.parametrize("hidden", ["attachment", "in the text"])
def test_a_file_of_a_public_and_a_withheld_document_is_told(shown: str, hidden: str, tmp_path: Path) -> None:
    ways = {"attachment": ({"附件": "a.pdf"}, "正文。\n"), "in the text": ({}, "[表](a.pdf)\n")}
    public, withheld = ways[shown], ways[hidden]
    files = {
        "content/policies/2.md": policy(public[1], **public[0]),
        "content/policies/3.md": policy(
            withheld[1], 公开属性="不予公开", 不公开理由="内部事务", **withheld[0]
        ),
        "content/policies/a.pdf": "x",
    }
    _, codes = _site(tmp_path, **files)
    assert "DOC114" in codes


def test_documents_are_at_home_where_they_say_or_where_their_kind_belongs(tmp_path: Path) -> None:
    files = {
        "content/disclosures/1.md": document(栏目="tzgg"),
        "content/interpretations/1.md": interpretation(解读文件="1"),
        "content/disclosures/2.md": document(),
    }
    site, _ = _site(tmp_path, **files)
    assert site.assembly.home == {
        "policy/1": "zcwj", "interpretation/1": "zcjd", "disclosure/1": "tzgg", "disclosure/2": "zhudong",
    }  # fmt: skip
    assert site.members["zcwj"] == ("policy/1",)
    assert site.members["tzgg"] == ("disclosure/1",)


def test_a_class_of_policies_is_also_listed_in_its_statutory_column(tmp_path: Path) -> None:
    site, _ = _site(tmp_path, **{"content/policies/2.md": policy(文件类别="行政规范性文件")})
    assert site.members["zhudong/gfxwj"] == ("policy/2",)


def test_documents_stand_newest_first_and_by_key_within_a_day(tmp_path: Path) -> None:
    files = {
        f"content/policies/{name}.md": policy(发布日期=day)
        for name, day in (("b", "2024-03-02"), ("a", "2024-03-02"), ("c", "2024-03-03 08:00"))
    }
    site, _ = _site(tmp_path, **files)
    assert list(site.documents) == ["policy/c", "policy/a", "policy/b", "policy/1"]
