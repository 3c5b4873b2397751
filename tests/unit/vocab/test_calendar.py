"""Working days with the yearly 调休, held against the State Council's notices."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govsite.vocab.calendar import UnknownYearError, WorkYear, days_of, known_years, standard_workdays

YEARS = sorted(known_years())
DAYS = st.dates(date(YEARS[0], 1, 1), date(YEARS[-1], 10, 1)).map(date.isoformat)


def test_the_years_are_without_a_gap() -> None:
    assert list(range(YEARS[0], YEARS[-1] + 1)) == YEARS
    assert {2019, 2026} <= set(YEARS)


@pytest.mark.parametrize("year", YEARS)
def test_every_year_names_its_notice_and_trades_only_weekends_for_work(year: int) -> None:
    known = known_years()[year]
    assert str(year) in known.basis.title
    assert known.basis.number.startswith("国办发明电〔")
    assert all(day.weekday() >= 5 for day in known.work)
    assert not known.off & known.work
    assert {day.year for day in known.off | known.work} == {year}


@pytest.mark.parametrize("year", YEARS)
def test_a_year_has_as_many_days_off_as_the_law_gives(year: int) -> None:
    """11 statutory days (13 from 2025 on) beside the weekends; what else is off is worked at a weekend."""
    known = known_years()[year]
    off_weekdays = sum(day.weekday() < 5 for day in known.off)
    statutory = 13 if year >= 2025 else 11
    on_weekends = off_weekdays - len(known.work)
    assert statutory - 2 <= on_weekends <= statutory + 3, on_weekends


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2026-02-14", True),  # Saturday before the Spring Festival
        ("2026-02-23", False),  # Monday, last day of it
        ("2026-09-20", True),
        ("2026-10-10", True),
        ("2026-10-08", True),
        ("2025-05-05", False),
        ("2025-02-08", True),
        ("2020-01-31", False),  # the prolonged holiday of 2020
        ("2019-05-03", False),  # Labour Day as changed in March 2019
        ("2024-11-23", False),  # an ordinary Saturday
    ],
)
def test_single_days_are_as_the_notices_say(day: str, works: bool) -> None:
    assert standard_workdays().is_workday(day) is works


def test_the_day_on_which_a_limit_starts_is_not_counted() -> None:
    workdays = standard_workdays()
    assert workdays.add_workdays("2026-11-20", 1) == "2026-11-23"
    assert workdays.add_workdays("2026-11-20", 0) == "2026-11-20"
    assert workdays.add_workdays("2026-09-18", 1) == "2026-09-20"  # a Sunday worked
    assert workdays.add_workdays("2026-09-30", 3) == "2026-10-10"  # across the National Day


@given(DAYS, st.integers(1, 40))
def test_adding_and_counting_agree(day: str, number: int) -> None:
    workdays = standard_workdays()
    end = workdays.add_workdays(day, number)
    assert workdays.is_workday(end)
    assert workdays.workdays_between(day, end) == number
    assert workdays.workdays_between(end, day) == -number


def test_a_year_without_a_notice_is_unknown_and_never_guessed() -> None:
    workdays = standard_workdays()
    after = YEARS[-1] + 1
    with pytest.raises(UnknownYearError) as caught:
        workdays.add_workdays(f"{YEARS[-1]}-12-31", 1)
    assert caught.value.year == after
    with pytest.raises(UnknownYearError):
        workdays.is_workday(f"{YEARS[0] - 1}-06-01")


def test_a_site_adds_a_year_or_replaces_one() -> None:
    after = YEARS[-1] + 1
    own = WorkYear(after, days_of(after, ("01-01", "01-03")), days_of(after, ("01-09",)))
    workdays = standard_workdays({after: own})
    first = date(after, 1, 1)
    assert not any(workdays.is_workday((first + timedelta(days=offset)).isoformat()) for offset in range(3))
    assert workdays.is_workday(f"{after}-01-09")


@pytest.mark.parametrize(
    "run", [("13-01",), ("02-30",), ("02-05", "02-01"), ("a",), ("01-01", "01-02", "01-03")]
)
def test_what_is_no_run_of_days_is_refused(run: tuple[str, ...]) -> None:
    with pytest.raises(ValueError):
        days_of(2026, run)
