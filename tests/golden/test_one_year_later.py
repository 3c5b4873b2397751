"""The sample site keeps its duties today, and a year later everything that fell due is named, and nothing else.

    tests/golden/one_year_later/expected.txt   what `govsite check --strict` prints when nobody publishes for a year

Written by `pytest tests/golden --update`; read the diff as an inspector would.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from govsite.check.duties.judge import check_duties
from govsite.pipeline.request import Request
from govsite.pipeline.survey import survey_site
from running import govsite

SITE = Path(__file__).parents[2]
EXPECTED = Path(__file__).parent / "one_year_later" / "expected.txt"
# What may be owed by a site that was in order and then left alone.
HEAD = re.compile(r"(?:错误|警告|提示)\[(\w+)\]")
FALLS_DUE = re.compile(r"TIM\d{3}|CAT203|CAT204|INT102")


def check(day: str, *options: str) -> tuple[int, str]:
    """Exit code and everything printed."""
    return govsite("check", "--strict", "--as-of", day, "--site", SITE, "--quiet", *options)


def test_today_nothing_is_owed() -> None:
    assert check("2026-11-22") == (0, "")


def test_a_year_later_exactly_what_fell_due_is_named(update: bool) -> None:
    code, output = check("2027-11-22")
    if update:
        EXPECTED.parent.mkdir(exist_ok=True)
        EXPECTED.write_text(output, encoding="utf-8", newline="\n")
    assert code == 1
    assert output == EXPECTED.read_text(encoding="utf-8")
    codes = [match[1] for line in output.splitlines() if (match := HEAD.match(line))]
    assert [code for code in codes if not FALLS_DUE.fullmatch(code)] == []
    assert {"TIM101", "TIM102", "TIM104", "TIM105", "TIM107", "TIM112"} <= set(codes)


@pytest.mark.parametrize(("day", "found"), [("2026-12-04", []), ("2026-12-05", ["TIM102", "TIM103"])])
def test_the_first_day_on_which_something_is_late(day: str, found: list[str]) -> None:
    """Fourteen days after the newest publication homepage and news are still in time."""
    with survey_site(Request(SITE, None, as_of=day)) as survey:
        problems = check_duties(survey.site, survey.settings, day, body=survey.body, lines=survey.lines)
    assert [problem.code for problem in problems] == found
