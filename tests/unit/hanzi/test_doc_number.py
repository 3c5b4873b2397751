"""Document numbers: what is one, what is none, and where one begins in a sentence."""

from __future__ import annotations

import pytest

from govsite.hanzi.doc_number import find_doc_numbers, parse_doc_number, suffixes


@pytest.mark.parametrize(
    ("text", "standard"),
    [
        ("榆政办函〔2021〕178号", "榆政办函〔2021〕178号"),
        ("榆政办函[2021]178号", "榆政办函〔2021〕178号"),
        ("榆政办函（2021）178号", "榆政办函〔2021〕178号"),
        ("榆政办函(2021)178号", "榆政办函〔2021〕178号"),
        ("榆政办函【2021】第178号", "榆政办函〔2021〕178号"),
        ("榆政办函〔２０２１〕１７８号", "榆政办函〔2021〕178号"),
        ("榆政办函 〔2021〕 178 号", "榆政办函〔2021〕178号"),
        ("榆政办函〔2021年〕178號", "榆政办函〔2021〕178号"),
        ("榆政办函〔2021〕0178", "榆政办函〔2021〕178号"),
        ("苏安监办„2008‟38号", "苏安监办〔2008〕38号"),
        ("国务院令第711号", "国务院令第711号"),
        ("国务院令 711 号", "国务院令第711号"),
    ],
)
def test_a_number_has_one_standard_form(text: str, standard: str) -> None:
    number = parse_doc_number(text)
    assert number is not None
    assert str(number) == standard


@pytest.mark.parametrize(
    "text",
    [
        "",
        "〔2024〕7号",
        "示政办发2024年7号",
        "示政办发〔24〕7号",
        "示政办发〔2024〕号",
        "第7号",
        "甲〔2024〕7号、乙〔2024〕8号",
    ],
)
def test_what_lacks_a_part_is_no_number(text: str) -> None:
    assert parse_doc_number(text) is None


def test_a_number_in_another_year_or_of_another_issuer_is_another() -> None:
    keys = [
        parse_doc_number(text)
        for text in ("示政发〔2024〕7号", "示政发〔2023〕7号", "示政办发〔2024〕7号", "示政发〔2024〕17号")
    ]
    assert len({number.key for number in keys if number}) == 4


def test_numbers_are_found_in_a_sentence_with_their_places() -> None:
    text = "根据国办发〔2019〕54号、《条例》（国务院令第711号）和陕政办发[2020]20号要求"
    found = find_doc_numbers(text)
    assert [str(item.value) for item in found] == [
        "国办发〔2019〕54号",
        "国务院令第711号",
        "陕政办发〔2020〕20号",
    ]
    assert [text[item.start : item.end] for item in found] == [item.text for item in found]


def test_words_swallowed_before_a_number_can_be_taken_off_again() -> None:
    (found,) = find_doc_numbers("现将国办发〔2019〕54号转发给你们")
    assert "国办发〔2019〕54号" in [str(candidate) for candidate in suffixes(found.value)]
