"""Working days (工作日): weekends, statutory holidays, and the weekends worked in exchange (调休).

The State Council's office fixes each year by a notice of its own (国务院办公厅关于…年部分节假日安排的通知), usually in
November of the year before; no formula gives it. A year without a notice is unknown, never guessed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from importlib import resources
from typing import Any

from govsite.frozen import dataclass
from govsite.vocab.records import Basis, basis_of, read_data

_DAY = timedelta(days=1)


class UnknownYearError(LookupError):
    """There is no calendar for a year that was asked about. year: which."""

    def __init__(self, year: int) -> None:
        super().__init__(f"no working-day calendar for {year}")
        self.year = year


@dataclass(frozen=True, slots=True)
class WorkYear:
    """One year's notice. off: holidays that are no weekend, or are; work: weekend days worked. Both as dates."""

    year: int
    off: frozenset[date]
    work: frozenset[date]
    basis: Basis = Basis()


@dataclass(frozen=True, slots=True)
class Workdays:
    """Counts working days. Days are ISO text. Every method raises `UnknownYearError` where it must know a year it does not."""

    years: Mapping[int, WorkYear]

    def is_workday(self, day: str) -> bool:
        """Whether offices work on `day`."""
        return self._works(date.fromisoformat(day))

    def add_workdays(self, day: str, number: int) -> str:
        """The last day of a limit of `number` working days that starts to run on `day`.

        The day on which it starts is not counted (民法典第二百零一条). 0 gives `day` itself.
        """
        current = date.fromisoformat(day)
        left = number
        while left > 0:
            current += _DAY
            left -= self._works(current)
        return current.isoformat()

    def workdays_between(self, first: str, last: str) -> int:
        """Working days after `first` up to and with `last`; negative where `last` is earlier."""
        start, end = date.fromisoformat(first), date.fromisoformat(last)
        if end < start:
            return -self.workdays_between(last, first)
        return sum(self._works(start + _DAY * offset) for offset in range(1, (end - start).days + 1))

    def _works(self, day: date) -> bool:
        known = self.years.get(day.year)
        if known is None:
            raise UnknownYearError(day.year)
        return day not in known.off and (day.weekday() < 5 or day in known.work)


def days_of(year: int, off: tuple[str, ...]) -> frozenset[date]:
    """Days of `year` from `MM-DD` texts: one day, or the first and the last of a run.

    Raises ValueError for what is no day, or a run that ends before it begins.
    """
    first, last = (date.fromisoformat(f"{year}-{text}") for text in (off[0], off[-1]))
    if last < first or len(off) > 2:
        raise ValueError(f"{off!r} is no run of days")
    return frozenset(first + _DAY * offset for offset in range((last - first).days + 1))


def _year(raw: Mapping[str, Any]) -> WorkYear:
    year = int(raw["year"])
    off = (days_of(year, tuple(holiday["rest"])) for holiday in raw["holidays"])
    work = (days_of(year, (text,)) for holiday in raw["holidays"] for text in holiday.get("work", ()))
    return WorkYear(year, frozenset().union(*off), frozenset().union(*work), basis_of(raw["basis"]))


@cache
def known_years() -> Mapping[int, WorkYear]:
    """The years that ship with govsite, one file each in `data/workdays/`."""
    folder = resources.files("govsite.vocab").joinpath("data", "workdays")
    names = sorted(
        file.name.removesuffix(".yaml") for file in folder.iterdir() if file.name.endswith(".yaml")
    )
    return {int(name): _year(read_data(f"workdays/{name}")) for name in names}


def standard_workdays(own: Mapping[int, WorkYear] | None = None) -> Workdays:
    """The calendar that ships with govsite; `own` years (a site's) replace or add to it."""
    return Workdays({**known_years(), **(own or {})})
