"""A catalog file to rows: lists or text, boxes, required elements, what is missing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from govsite.load.read import read_source
from govsite.model.catalog import CatalogItem
from govsite.model.sources import SourceFile
from govsite.validate.catalog import check_catalog
from running import write_site

ITEM = {
    "编号": "shjz-01", "序号": '"1"', "一级事项": "综合业务", "公开内容": "[政策文件]", "公开依据": "[《社会救助暂行办法》]",
    "公开时限": "自制定或获取信息之日起10个工作日内", "公开主体": "[镇人民政府]", "公开渠道": "[政府网站]", "公开对象": "[全社会]", "公开方式": "[主动]",
    "公开层级": "[乡级]",
}  # fmt: skip


def _read(tmp_path: Path, **keys: str) -> tuple[CatalogItem | None, list[str]]:
    lines = "".join(f"    {key}: {value}\n" for key, value in {**ITEM, **keys}.items() if value)
    text = f"领域: 社会救助\n依据文件: 社会救助领域基层政务公开标准目录\n事项:\n  -\n{lines}"
    write_site(tmp_path, {"content/catalog/a.yaml": text})
    source, problems, _ = read_source(tmp_path, SourceFile("content/catalog/a.yaml", "catalog", 0))
    assert source is not None, problems
    domain, found = check_catalog(source)
    assert domain is not None
    assert domain.id == "shjz"
    return (domain.items[0] if domain.items else None), [problem.code for problem in found]


@pytest.mark.parametrize(
    ("key", "value", "field", "expected"),
    [
        ("公开内容", "[●甲, 乙, ★丙, ○丁]", "content", [("甲", True), ("乙", False), ("丙", True), ("丁", False)]),
        ("公开内容", "甲；乙;●丙", "content", [("甲", False), ("乙", False), ("丙", True)]),
        ("公开内容", "|\n      甲、乙\n      丙", "content", [("甲、乙", False), ("丙", False)]),
        ("公开渠道", "[■政府网站, □公开查阅点, 行政服务中心]", "channels", ["website", "reading_point", "service_centre"]),
        ("公开渠道", "[政府网站, 其他：办税服务厅]", "channels", ["website", "other:办税服务厅"]),
        ("公开渠道", "[其他（广播）]", "channels", ["other:广播"]),
        ("公开对象", "[特定群体（低保对象）]", "audience", ["specific"]),
        ("公开方式", "[主动公开, 依申请公开]", "mode", ["active", "request"]),
        ("公开层级", "[县级, 镇级]", "tier", ["county", "town"]),
    ],
)  # fmt: skip
def test_what_is_written_in_any_usual_way_is_read(
    key: str, value: str, field: str, expected: list[Any], tmp_path: Path
) -> None:
    item, codes = _read(tmp_path, **{key: value})
    assert codes == []
    assert item is not None
    found = getattr(item, field)
    assert (
        [(part.text, part.required) for part in found] == expected
        if field == "content"
        else list(found) == expected
    )


@pytest.mark.parametrize(
    ("keys", "codes"),
    [
        ({"公开依据": "同上"}, ["CAT105"]),
        ({"公开内容": "[（同上）]"}, ["CAT105"]),
        ({"公开时限": ""}, ["CAT103"]),
        ({"公开依据": "", "公开主体": ""}, ["CAT103"]),
        ({"公开时限": "看情况"}, ["CAT104"]),
        ({"公开渠道": "[门口的黑板]"}, ["CAT106"]),
        ({"公开渠道": "[其他]"}, ["CAT107"]),
        ({"公开方式": "[依申请]"}, ["CAT109"]),
        ({"公开属性": "不予公开"}, ["CAT109"]),
        ({"公开方式": "[依申请]", "不公开理由": "含个人信息"}, []),
        ({"编号": "a b"}, ["FM113"]),
        ({"编号": ""}, ["FM103"]),
        ({"公开时县": "x"}, ["FM101"]),
    ],
)
def test_what_is_wrong_in_a_row_is_told(keys: dict[str, str], codes: list[str], tmp_path: Path) -> None:
    assert list(_read(tmp_path, **keys)[1]) == codes
