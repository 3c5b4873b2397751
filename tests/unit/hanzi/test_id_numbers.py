"""Checksums, each against the example that its standard or its issuer publishes."""

from __future__ import annotations

import pytest

from govsite.hanzi.id_numbers import (
    birth_in_id15,
    birth_in_id18,
    half_width,
    is_credit_code,
    is_id18,
    is_isbn,
    is_registration_number,
    passes_luhn,
)


def test_the_example_of_gb_11643_is_an_identity_number() -> None:
    assert is_id18("11010519491231002X")
    assert birth_in_id18("11010519491231002X") == "1949-12-31"


@pytest.mark.parametrize(
    "number",
    [
        "110105194912310021",  # check digit
        "110105194913310021",  # month
        "110105194902300021",  # day
        "990105194912310021",  # region
        "11010517491231002X",  # century
        "11010519491231002",
        "",
    ],
)
def test_what_is_no_identity_number(number: str) -> None:
    assert not is_id18(number)


def test_any_changed_digit_is_noticed() -> None:
    number = "11010519491231002X"
    for place in range(17):
        for digit in "0123456789":
            changed = number[:place] + digit + number[place + 1 :]
            assert is_id18(changed) == (changed == number)


def test_old_numbers_have_a_date_of_the_twentieth_century() -> None:
    assert birth_in_id15("110105491231002") == "1949-12-31"
    assert birth_in_id15("110105491331002") == ""
    assert birth_in_id15("110105491231000") == ""


def test_credit_codes_follow_gb_32100() -> None:
    assert is_credit_code("91350100M000100Y43")
    assert not is_credit_code("91350100M000100Y44")
    assert not is_credit_code("91350100I000100Y43")


def test_registration_numbers_follow_gs_15() -> None:
    assert is_registration_number("110108000000016")
    assert not is_registration_number("110108000000017")


def test_cards_have_a_luhn_digit() -> None:
    assert passes_luhn("4111111111111111")
    assert not passes_luhn("4111111111111112")


def test_books_have_numbers_of_ten_and_thirteen_signs() -> None:
    assert is_isbn("9787302511625")
    assert is_isbn("0306406152")
    assert is_isbn("080442957X")
    assert not is_isbn("9787302511626")


def test_width_changes_no_length() -> None:
    text = "１１０１０５１９４９１２３１００２ｘ"
    assert half_width(text) == "11010519491231002X"
    assert len(half_width(text)) == len(text)
