"""Dates as authors write them; days that do not exist are no dates."""

from __future__ import annotations

import pytest

from govsite.hanzi.dates import chinese_date, is_impossible_date, parse_date


@pytest.mark.parametrize(
    ("text", "iso", "exact"),
    [
        ("2024-09-05", "2024-09-05", True),
        (" 2024-09-05 ", "2024-09-05", True),
        ("2024-09-05 10:45", "2024-09-05 10:45", True),
        ("2024-09-05T10:45:30", "2024-09-05 10:45", True),
        ("2024-02-29", "2024-02-29", True),
        ("2024-9-5", "2024-09-05", False),
        ("2024/9/5", "2024-09-05", False),
        ("2024.9.5", "2024-09-05", False),
        ("2024年9月5日", "2024-09-05", False),
        ("2024年 9月 5日 8时5分", "2024-09-05 08:05", False),
        ("２０２４－０９－０５", "2024-09-05", False),
        ("２０２４年９月５日", "2024-09-05", False),
        ("二〇二四年九月十五日", "2024-09-15", False),
        ("二○二四年十一月三十日", "2024-11-30", False),
        ("二零二四年一月二十一日", "2024-01-21", False),
    ],
)
def test_a_date_is_read_in_every_usual_form(text: str, iso: str, exact: bool) -> None:
    read = parse_date(text)
    assert read is not None
    assert (read.iso, read.exact) == (iso, exact)


@pytest.mark.parametrize(
    "text",
    [
        "2024-02-30", "2023-02-29", "2024-04-31", "2024-13-01", "2024-00-10", "2024-01-00", "0000-01-01", "二○二四年二月三十日",
        "2024-09-15 24:00", "2024-09-15 10:60", "2024年9月", "2024", "20240915", "", "今天", "24-09-15", "2024-09-15至2024-09-16",
    ],
)  # fmt: skip
def test_a_day_that_does_not_exist_is_no_date(text: str) -> None:
    assert parse_date(text) is None


@pytest.mark.parametrize(
    ("text", "impossible"),
    [
        ("2026年11月31日", True), ("2024-02-30", True), ("二○二四年二月三十日", True), ("2024-09-15 24:00", True),
        ("2026年11月30日", False), ("2024年9月", False), ("2024年9月31日至10月", False), ("", False),
    ],
)  # fmt: skip
def test_a_day_in_no_calendar_is_told_from_what_is_no_date(text: str, impossible: bool) -> None:
    assert is_impossible_date(text) is impossible


def test_a_date_is_written_in_chinese_without_leading_zeros() -> None:
    assert chinese_date("2024-09-05") == "2024年9月5日"
    assert chinese_date("2024-09-05 10:45") == "2024年9月5日"
    assert chinese_date("") == ""
