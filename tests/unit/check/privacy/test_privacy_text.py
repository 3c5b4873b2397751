"""What counts as personal data in text, and where it is said to stand."""

from __future__ import annotations

import pytest

from govsite.check.privacy.leak import PrivacyContext, mask_value
from govsite.check.privacy.lists import find_personal_data

CONTEXT = PrivacyContext()
ID = "11010519491231002X"


def found(text: str, context: PrivacyContext = CONTEXT) -> list[tuple[str, str]]:
    return [(item.kind, text[item.start : item.end]) for item in find_personal_data(text, context)]


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        (f"张某{ID}，", "id_18", ID),
        (f"张某{ID.lower()}", "id_18", ID.lower()),
        ("证件 110105 19491231 002X", "id_18", "110105 19491231 002X"),
        ("110105-19491231-002X", "id_18", "110105-19491231-002X"),
        ("110105\n19491231002X", "id_18", "110105\n19491231002X"),
        ("11010519491231\u200b002X", "id_18", "11010519491231\u200b002X"),
        (
            "身份证号110105194912310021",
            "id_18",
            "110105194912310021",
        ),  # a slip in it makes it no less personal
        (f"残疾证{ID}42", "id_18", ID),
        ("身份证110105491231002", "id_15", "110105491231002"),
        ("电话１３８１２３４５６７８", "mobile", "１３８１２３４５６７８"),
        ("138-1234-5678", "mobile", "138-1234-5678"),
        ("+86 13812345678", "mobile", "13812345678"),
        ("0912-3891234 13812345678", "mobile", "13812345678"),
        ("Tel13812345678", "mobile", "13812345678"),
        ("张三 6222021234567890128", "bank_card", "6222021234567890128"),
        ("卡号 6222 0212 3456 7890 128", "bank_card", "6222 0212 3456 7890 128"),
        ("户名张三，一卡通6217991234567890123", "bank_card", "6217991234567890123"),
        ("，住示例县东坪村12号，", "address", "住示例县东坪村12号"),
    ],
)
def test_a_leak_is_found_with_its_place(text: str, kind: str, value: str) -> None:
    assert found(text) == [(kind, value)]


@pytest.mark.parametrize(
    "text",
    [
        "登记编号：110105202412310012",
        "统一社会信用代码91350100M000100Y43",
        "13812345678元",
        "￥13812345678",
        "13812345678.50",
        "0.13812345678",
        "第13812345678号",
        "KS13812345678",
        "13812345678A",
        "http://example.gov.cn/a/13812345678.html",
        "138 1234 5678 90 12",
        "0912-3891234-8001",
        "合计 3812 1381 2345 678",
        "办公地址：示例镇政通路1号201室",
        "户籍所在地为本县",
        "1101**********002X",
        "138****5678",
        "2026-03-08 10:45:12",
    ],
)
def test_what_only_looks_like_one_is_left_alone(text: str) -> None:
    assert found(text) == []


def test_a_declared_office_phone_is_no_leak() -> None:
    assert found("值班13812345678", PrivacyContext(phones=frozenset({"13812345678"}))) == []


def test_a_serial_excuses_only_the_number_behind_it() -> None:
    assert found("项目编号2024-05，联系人张三13812345678") == [("mobile", "13812345678")]
    assert found("项目编号2024-05 联系人张三 13812345678") == [("mobile", "13812345678")]


def test_a_mask_that_leaves_more_than_ten_digits_is_no_mask() -> None:
    assert found("110105194912**002X") == [("mask_leaves_too_much", "110105194912**002X")]
    assert found("110105194912\\*\\*002X") == [("mask_leaves_too_much", "110105194912\\*\\*002X")]
    assert found("6222021234****0128") == [("mask_leaves_too_much", "6222021234****0128")]
    assert found("110105********002X") == []


def test_a_typed_list_is_read_by_its_header() -> None:
    text = "残疾人补贴名单\n序号　姓名　村\n1　张秀兰　东坪村\n2　李*　柳湾村\n"
    assert found(text) == [("name_in_sensitive_list", "张秀兰")]


@pytest.mark.parametrize(
    ("kind", "value", "masked"),
    [
        ("id_18", ID, "1101**********002X"),
        ("id_15", "110105491231002", "1101*******1002"),
        ("mobile", "138-1234-5678", "138****5678"),
        ("bank_card", "6222021234567890128", "6222***********0128"),
        ("bank_card", "12345678", "********"),
        ("address", "示例县示例镇东坪村三组12号", "示例县示例镇东坪村"),
        ("address", "幸福里3号楼2单元501室", "***"),
        ("name_in_sensitive_list", "张秀兰", "张**"),
        ("minor", "张文博", "***"),
        ("sensitive_column", "瘫痪", "***"),
    ],
)
def test_a_value_is_masked_by_its_kind(kind: str, value: str, masked: str) -> None:
    assert mask_value(kind, value) == masked
    assert find_personal_data(masked, CONTEXT) == ()
