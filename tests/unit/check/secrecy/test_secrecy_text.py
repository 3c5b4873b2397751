"""Marks and leftovers in text."""

from __future__ import annotations

from pathlib import Path

import pytest

from govsite.check.secrecy.document import check_document_secrecy
from govsite.check.secrecy.leftovers import find_leftovers
from govsite.check.secrecy.marks import find_marks
from govsite.model.body import BodyFacts
from govsite.model.details import DisclosureDetails
from govsite.model.document import Document
from govsite.vocab.records import read_data


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("机密★1年", "mark"),
        ("绝密 ★", "mark"),
        ("密级：秘密", "mark"),
        ("秘密", "mark"),
        ("机密　特急", "mark"),
        ("秘密（3年）", "mark"),
        ("内部资料　注意保存", "internal"),
        ("【内部文件，不得外传】", "internal"),
        ("**不公开发布**", "internal"),
        ("（此件公开发布）", "release"),
        ("(此件不公开)", "release"),
        ("公开属性：依申请公开", "release"),
    ],
)
def test_a_mark_on_its_own_line_is_found(text: str, kind: str) -> None:
    assert [mark.kind for mark in find_marks(f"标题\n{text}\n正文。")] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "印发公文时明确标注“此件公开发布”“不公开发布”等字样",
        "标注“秘密★1年”的，按照国家秘密管理",
        "保守国家秘密和商业秘密",
        "不得公开的信息，由镇党政办审查",
        "内部资料由档案室保管，任何人不得带出",
        "秘密级文件一律登记",
    ],
)
def test_text_may_speak_of_marks(text: str) -> None:
    assert find_marks(f"标题\n{text}\n正文。") == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("此件公开发布", "public"),
        ("此件主动公开", "public"),
        ("此件删减后公开", "public"),
        ("此件依申请公开", "on_request"),
        ("此件不予公开", "withheld"),
        ("此件不公开发布", "withheld"),
        ("信息公开形式：主动公开", "public"),
    ],
)
def test_a_release_line_states_an_attribute(text: str, says: str) -> None:
    assert [mark.says for mark in find_marks(text)] == [says]


@pytest.mark.parametrize(
    ("disclosure", "codes"), [("public", ["SEC103"]), ("withheld", []), ("on_request", [])]
)
def test_a_release_line_is_compared_with_the_attribute(disclosure: str, codes: list[str]) -> None:
    document = Document("disclosure", "x", "a.md", "t", "", disclosure, DisclosureDetails(), BodyFacts(), "")
    problems = check_document_secrecy(document, ["---", "---", "正文", "（此件不公开）"], 2)
    assert [problem.code for problem in problems] == codes
    assert [problem.span and problem.span.line for problem in problems] == [4] * len(codes)


def test_a_secrecy_mark_is_reported_in_what_is_not_public_as_well() -> None:
    document = Document("disclosure", "x", "a.md", "t", "", "withheld", DisclosureDetails(), BodyFacts(), "")
    problems = check_document_secrecy(document, ["---", "标题: 秘密★1年 通知", "---", "机密★"], 3)
    assert [(problem.code, problem.span and problem.span.line) for problem in problems] == [
        ("SEC101", 2),
        ("SEC101", 4),
    ]


def test_the_contamination_of_real_documents_is_found(shared_data: Path) -> None:
    kinds = {
        file.name[:3]: {item.kind for item in find_leftovers(file.read_text(encoding="utf-8"))}
        for file in sorted((shared_data / "source-documents").glob("*.txt"))
    }
    assert kinds == {
        "000": {"page"},
        "001": {"advertisement", "traditional"},
        "002": {"pinyin", "punctuation", "traditional"},
        "003": {"page", "brackets"},
        "004": set(),
    }


@pytest.mark.parametrize(
    "text",
    [
        "县财政局代理记账机构许可咨询电话：0912-3891234",
        "圳（zhèn）字指田间水沟",
        "详见（2021）陕0802民初123号判决",
        "乾隆年间修建，於某负责",
        "请登录 https://www.example.gov.cn 查询",
        "免责声明应当写明责任",
        "当前位置优越，交通便利",
    ],
)
def test_clean_text_has_no_leftovers(text: str) -> None:
    assert find_leftovers(text) == []


def test_every_internal_phrase_holds_a_hint() -> None:
    internal = read_data("secrecy")["internal"]
    assert [
        phrase for phrase in internal["phrases"] if not any(hint in phrase for hint in internal["hints"])
    ] == []
