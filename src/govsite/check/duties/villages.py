"""村（居）务公开: every quarter, where money moves a lot every month (村民委员会组织法第三十条)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from govsite.check.duties.inspection import Inspection, add_days, add_months
from govsite.frozen import dataclass
from govsite.hanzi.periods import read_period
from govsite.model.details import VillageDetails
from govsite.model.document import Document
from govsite.problems.problem import Problem
from govsite.vocab.limits import words_of
from govsite.vocab.terms import label_of


@dataclass(frozen=True, slots=True)
class Standing:
    """How a village stands in one category. missing: periods over, grace included, and never disclosed;
    next: the oldest of them, else the period that comes after the newest held; due: its last day, ISO.
    """

    village: str
    category: str
    newest: Document
    documents: int
    missing: tuple[str, ...]
    next: str
    due: str

    @property
    def label(self) -> str:
        """The category as people read it."""
        return label_of("village_category", self.category)


def check_villages(inspection: Inspection) -> Iterator[Problem]:
    """TIM112: periods of a village and category that are over and were never disclosed."""
    for standing in standing_of_villages(inspection):
        if standing.missing:
            yield Problem.at(
                "TIM112",
                standing.newest.span_of("period"),
                village=standing.village,
                category=standing.label,
                periods="、".join(standing.missing),
                count=len(standing.missing),
            )


def standing_of_villages(inspection: Inspection) -> Iterator[Standing]:
    """One for each village and category that has a period at all, by name.

    Counted from the first period that the site holds, so that a new site does not owe its whole past; how often is
    what the newest period says.
    """
    for (village, category), documents in sorted(_groups(inspection).items()):
        newest = max(documents, key=_start)
        months = _months(newest)
        held = {_start(doc) + offset for doc in documents for offset in range(_months(doc))}
        first = min(_start(doc) for doc in documents)
        missing = [
            start
            for start in range(first, _last_due(inspection, months) + 1, months)
            if not held & set(range(start, start + months))
        ]
        following = missing[0] if missing else _start(newest) + months
        due = add_days(_end(following, months), inspection.limit("village_grace_days"))
        names = tuple(_name(start, months) for start in missing)
        yield Standing(village, category, newest, len(documents), names, _name(following, months), due)


def _groups(inspection: Inspection) -> dict[tuple[str, str], list[Document]]:
    groups: dict[tuple[str, str], list[Document]] = {}
    for doc in inspection.of_kind("village"):
        details = doc.details
        if (
            isinstance(details, VillageDetails)
            and details.category in words_of("village_categories")
            and read_period(details.period)
            and not inspection.is_excused(details.village)
        ):
            groups.setdefault((details.village, details.category), []).append(doc)
    return groups


def _period(doc: Document) -> tuple[int, int]:
    details = doc.details
    return (read_period(details.period) if isinstance(details, VillageDetails) else None) or (0, 3)


def _start(doc: Document) -> int:
    return _period(doc)[0]


def _months(doc: Document) -> int:
    return _period(doc)[1]


def _last_due(inspection: Inspection, months: int) -> int:
    """First month of the newest period whose time of grace is over."""
    today = date.fromisoformat(inspection.today)
    start = today.year * 12 + (today.month - 1) // months * months
    while add_days(_end(start, months), inspection.limit("village_grace_days")) >= inspection.today:
        start -= months
    return start


def _end(start: int, months: int) -> str:
    first = f"{start // 12:04d}-{start % 12 + 1:02d}-01"
    return add_days(add_months(first, months), -1)


def _name(start: int, months: int) -> str:
    """`2026-Q4` or `2026-10`."""
    year, month = divmod(start, 12)
    return f"{year}-Q{month // 3 + 1}" if months == 3 else f"{year}-{month + 1:02d}"
