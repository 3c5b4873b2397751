"""What every duty check is given: the site, the day, the limits, the calendar."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import field
from datetime import date, timedelta
from functools import partial
from typing import TypeVar

from govsite.frozen import dataclass
from govsite.model.body import Body
from govsite.model.document import Document
from govsite.model.site import Site
from govsite.settings.settings import Settings
from govsite.source.span import Span
from govsite.vocab.calendar import UnknownYearError, Workdays, standard_workdays
from govsite.vocab.limits import limits

_Answer = TypeVar("_Answer", str, int)
CONFIG = Span.of_file("config.yaml")
Bodies = Callable[[str], Body]
Lines = Callable[[str], Sequence[str]]
Length = Callable[[Document], int]
Share = Callable[[Document, Document, Callable[[], int]], int]


def body_length(document: Document) -> int:
    """Characters of text in a document's body."""
    return document.body.length


def fresh_share(document: Document, source: Document, count: Callable[[], int]) -> int:
    """How much of a document stands in another, counted whenever it is asked."""
    return count()


@dataclass(frozen=True, slots=True)
class Inspection:
    """One judgement of a site. today: ISO day; body: of a document by key; lines: of a source file; length: of a body.

    share: given two documents and what counts how much of the first stands in the second, that figure, or the one of before.
    Whatever depends on a document's text asks for it here, so that who judges can say whose text mattered.
    unknown: years that were asked for and have no calendar, filled as the checks go.
    """

    site: Site
    settings: Settings
    today: str
    body: Bodies
    lines: Lines
    calendar: Workdays
    unknown: set[int] = field(default_factory=set)
    length: Length = body_length
    share: Share = fresh_share

    @classmethod
    def of(
        cls,
        site: Site,
        settings: Settings,
        today: str,
        body: Bodies,
        lines: Lines,
        length: Length = body_length,
        share: Share = fresh_share,
    ) -> Inspection:
        """An inspection with the calendar that the settings complete."""
        calendar = standard_workdays(settings.duties.calendar)
        return cls(site, settings, today, body, lines, calendar, length=length, share=share)

    def limit(self, name: str) -> int:
        """The site's own value of a limit, else the standard one."""
        return self.settings.duties.limits.get(name, limits()[name].value)

    def add_workdays(self, day: str, number: int) -> str:
        """Last day of a limit of working days; `""` where a year has no calendar."""
        return self._asked(partial(self.calendar.add_workdays, day, number), "")

    def workdays_between(self, first: str, last: str) -> int:
        """Working days after `first` up to and with `last`; 0 where a year has no calendar."""
        return self._asked(partial(self.calendar.workdays_between, first, last), 0)

    def _asked(self, ask: Callable[[], _Answer], otherwise: _Answer) -> _Answer:
        try:
            return ask()
        except UnknownYearError as error:
            self.unknown.add(error.year)
            return otherwise

    def of_kind(self, *kinds: str) -> Iterator[Document]:
        """Public documents of some kinds that are out by today, newest first."""
        return (doc for doc in self.site.documents.values() if doc.kind in kinds and self.is_out(doc))

    def is_out(self, document: Document) -> bool:
        """Whether a document is published by today and no draft. One without a date is not out."""
        return not document.draft and "" < document.published[:10] <= self.today

    def out(self, keys: Iterable[str]) -> list[Document]:
        """The documents of `keys` that are out by today, in the order given."""
        found = (self.site.documents[key] for key in keys if key in self.site.documents)
        return [doc for doc in found if self.is_out(doc)]

    def is_excused(self, name: str) -> bool:
        """Whether the site says 无此项 of a column or catalog item."""
        return name in self.settings.duties.not_applicable


def add_days(day: str, number: int) -> str:
    """The ISO day `number` days after `day`; the calendar's first or last day where it does not go that far."""
    try:
        return (date.fromisoformat(day) + timedelta(days=number)).isoformat()
    except OverflowError:
        return (date.max if number > 0 else date.min).isoformat()


def days_between(first: str, last: str) -> int:
    """Calendar days from `first` to `last`."""
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def add_months(day: str, number: int) -> str:
    """The same day of the month `number` months later, the month's last day where it has no such day."""
    given = date.fromisoformat(day)
    year, month = divmod(given.year * 12 + given.month - 1 + number, 12)
    if not date.min.year <= year < date.max.year:
        return (date.max if number > 0 else date.min).isoformat()
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    last = (following - timedelta(days=1)).day
    return date(year, month + 1, min(given.day, last)).isoformat()
