"""Disclosure deadlines (公开时限) as rules."""

from __future__ import annotations

from govsite.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Deadline:
    """kind: `workdays` · `days` · `realtime` · `prompt` · `by_date` · `before_event` · `period` · `interval` · `long_term` · `statute` · `unread`.

    number: how many (workdays, days, months for `interval`); unit: `day`, `week`, `workday`, `month`; month_day:
    `01-31` for `by_date`.
    """

    kind: str
    number: int = 0
    unit: str = ""
    month_day: str = ""


UNREAD = Deadline("unread")
