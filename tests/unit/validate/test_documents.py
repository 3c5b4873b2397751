"""One source to one typed document: aliases, dates, files, what may be silenced."""

from __future__ import annotations

from pathlib import Path

import pytest

from govsite.load.read import read_source
from govsite.model.details import GuideDetails, PolicyDetails
from govsite.model.document import Document
from govsite.model.sources import SourceFile
from govsite.problems.problem import Problem
from govsite.validate.context import Context
from govsite.validate.document import check_document
from running import document, policy, write_site

FILES = {"policies/2024/a.pdf": 10, "files/shared.xlsx": 20, "policies/b.pdf": 30}


def _check(
    tmp_path: Path, text: str, kind: str = "policy", path: str = "content/policies/2024/1.md"
) -> tuple[Document, list[Problem]]:
    write_site(tmp_path, {path: text})
    source, problems, _ = read_source(tmp_path, SourceFile(path, kind, 0))
    assert source is not None
    checked = check_document(source, Context(FILES))
    assert checked.document is not None
    return checked.document, [*problems, *checked.problems]


def _told(problems: list[Problem]) -> list[tuple[str, int, int]]:
    return [(problem.code, problem.span.line, problem.span.column) for problem in problems if problem.span]


def test_chinese_keys_and_english_aliases_say_the_same(tmp_path: Path) -> None:
    chinese = "---\n标题: 甲\n发布日期: 2024-01-02\n公开属性: 主动公开\n发文机关: [甲, 乙]\n成文日期: 2024-01-01\n关键词: 一，二、三;四\n---\n"
    english = "---\ntitle: 甲\npublished: 2024-01-02\ndisclosure: public\nissuer: [甲, 乙]\nwritten: 2024-01-01\nkeywords: [一, 二, 三, 四]\n---\n"
    first, told_first = _check(tmp_path, chinese)
    second, told_second = _check(tmp_path, english)
    assert told_first == told_second == []
    assert (first.title, first.details, first.keywords) == (second.title, second.details, second.keywords)
    assert first.keywords == ("一", "二", "三", "四")


def test_a_key_in_both_languages_is_a_key_written_twice(tmp_path: Path) -> None:
    document_, problems = _check(tmp_path, policy(title="乙"))
    assert _told(problems) == [("FM102", 7, 1)]
    assert document_.title == "关于试验的通知"


def test_an_unknown_key_gets_a_proposal(tmp_path: Path) -> None:
    _, problems = _check(tmp_path, policy(发文字好="试政发〔2024〕1号"))
    assert _told(problems) == [("FM101", 7, 1)]
    assert dict(problems[0].facts)["nearest"] == "发文字号"


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ({"公开属性": ""}, [("DOC101", 1, 1)]),
        ({"公开属性": "公开"}, [("FM107", 4, 7)]),
        ({"公开属性": "不予公开"}, [("DOC102", 4, 7)]),
        ({"公开属性": "依申请公开", "不公开理由": "含个人信息"}, []),
        ({"成文日期": "2024-03-02"}, [("DOC107", 3, 7)]),
        ({"发文字号": "试政发[2024]1号"}, [("DOC104", 7, 7)]),
        ({"发文字号": "试政发〔2023〕1号"}, [("DOC108", 7, 7)]),
        ({"失效日期": "2024-02-28"}, [("DOC117", 7, 7)]),
        ({"施行日期": "2024-02-30"}, [("FM105", 7, 7)]),
        ({"施行日期": "2024年3月1日"}, [("FM106", 7, 7)]),
        ({"标题": ""}, [("FM103", 1, 1)]),
        ({"发布日期": "", "草稿": "是"}, []),
        ({"草稿": "也许"}, [("FM108", 7, 5)]),
        ({"忽略": "{DOC104: 历史文件}"}, []),
        ({"忽略": "{DOC101: 想}"}, [("FM112", 7, 6)]),
        ({"忽略": "{DOC104: }"}, [("FM110", 7, 6)]),
        ({"忽略": "{DOC999: 无}"}, [("FM114", 7, 6)]),
        ({"编号": "a b"}, [("FM113", 7, 5)]),
        ({"编号": "../x"}, [("FM113", 7, 5)]),
        ({"附件": "a.pdf"}, []),
        ({"附件": "[../b.pdf, shared.xlsx]"}, []),
        ({"附件": "none.pdf"}, [("DOC112", 7, 5)]),
        ({"附件": "../../../etc/passwd"}, [("DOC113", 7, 5)]),
        ({"附件": "/etc/passwd"}, [("DOC113", 7, 5)]),
        ({"附件": "C:\\a.pdf"}, [("DOC113", 7, 5)]),
        ({"附件": "{名称: 甲}"}, [("FM103", 7, 5)]),
    ],
)
def test_every_mistake_is_told_at_its_place(
    keys: dict[str, str], told: list[tuple[str, int, int]], tmp_path: Path
) -> None:
    _, problems = _check(tmp_path, policy(**keys))
    assert _told(problems) == told


def test_traps_of_yaml_leave_text_as_text(tmp_path: Path) -> None:
    found, problems = _check(
        tmp_path, policy(标题="no", 来源="0123", 作者="12:30", 责任编辑="1_0", 索引号="2021-178")
    )
    assert problems == []
    assert (found.title, found.source, found.author, found.editor, found.index_no) == (
        "no",
        "0123",
        "12:30",
        "1_0",
        "2021-178",
    )


@pytest.mark.parametrize(
    ("written", "standard"),
    [
        ("试政发(2024)1号", "试政发〔2024〕1号"),
        ("试政发〔2024〕第001号", "试政发〔2024〕1号"),
        ("无号", "无号"),
    ],
)
def test_a_document_number_is_kept_in_standard_form(written: str, standard: str, tmp_path: Path) -> None:
    found, _ = _check(tmp_path, policy(发文字号=written))
    assert isinstance(found.details, PolicyDetails)
    assert found.details.doc_no == standard


def test_the_path_gives_the_id_and_a_key_overrides_it(tmp_path: Path) -> None:
    assert _check(tmp_path, policy())[0].key == "policy/2024/1"
    assert _check(tmp_path, policy(编号="own/7"))[0].key == "policy/own/7"


def test_the_folder_gives_the_kind_and_a_key_overrides_it(tmp_path: Path) -> None:
    found, problems = _check(tmp_path, document(类型="办事指南", 申请条件="[甲, 乙]"))
    assert problems == []
    assert found.key == "guide/2024/1"
    assert isinstance(found.details, GuideDetails)
    assert found.details.conditions == ("甲", "乙")


def test_the_summary_is_made_of_running_text(tmp_path: Path) -> None:
    body = "各村：\n\n# 一、标题\n\n" + "为了做好防汛工作，现将有关事项通知如下。" * 10 + "\n"
    found, _ = _check(tmp_path, policy(body))
    assert found.body.summary.startswith("为了做好防汛工作")
    assert found.body.summary.endswith("。")
    assert 40 < len(found.body.summary) <= 120


def test_files_that_a_body_shows_belong_to_the_document(tmp_path: Path) -> None:
    found, problems = _check(tmp_path, policy("![图](a.pdf) [表](../../files/shared.xlsx)\n"))
    assert problems == []
    assert [file.path for file in found.embedded] == ["policies/2024/a.pdf", "files/shared.xlsx"]


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("![](a.pdf)", [("DOC119", 9, 5)]),
        ("![图](https://example.com/a.png)", [("LNK107", 9, 6)]),
        ("[x](javascript:alert(1))", [("LNK108", 9, 5)]),
        ("[x](none.pdf)", [("LNK105", 9, 5)]),
        ("[x](../../../secret.pdf)", [("DOC113", 9, 5)]),
        ("一\n<br>二<b>三</b>", [("DOC118", 10, 6), ("DOC118", 10, 10)]),
        ("一<BR/>二", []),
        ("[x](https://example.com) [y](mailto:a@b.cn) [z](tel:12345)", []),
    ],
)
def test_every_mistake_in_a_body_is_told_at_its_place(
    body: str, told: list[tuple[str, int, int]], tmp_path: Path
) -> None:
    _, problems = _check(tmp_path, policy(body + "\n"))
    assert _told(problems) == told
