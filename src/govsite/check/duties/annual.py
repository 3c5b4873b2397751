"""政府信息公开工作年度报告: there, in time, and adding up (条例第四十九条、第五十条; 国办公开办函〔2021〕30号)."""

from __future__ import annotations

from collections.abc import Iterator

from govsite.check.duties.inspection import CONFIG, Inspection, add_days
from govsite.check.duties.interpretations import external_names
from govsite.check.duties.tables import TablePlaces, check_tables, stock_of
from govsite.model.details import PolicyDetails, ReportDetails
from govsite.model.document import Document
from govsite.model.site import REPEALS
from govsite.problems.problem import Problem
from govsite.vocab.limits import annual_report_due, words_of

_FIRST_YEAR = 2008  # the regulation came into force on 2008-05-01; an earlier year is a slip
_YEARS_BACK = 9  # gaps further back are history, not a duty
_CLASSES = ("regulation", "normative")


def check_annual_reports(inspection: Inspection) -> Iterator[Problem]:
    """TIM107-TIM109 for the days, COL201-COL208 for the numbers."""
    reports = {
        doc.details.year: doc
        for doc in inspection.of_kind("report")
        if isinstance(doc.details, ReportDetails) and doc.details.year >= _FIRST_YEAR
    }
    yield from _days(inspection, reports)
    places = {year: TablePlaces(doc, inspection.lines(doc.file)) for year, doc in reports.items()}
    for year, doc in sorted(reports.items()):
        yield from check_tables(places[year], places.get(year - 1))
        yield from _topics(doc)
        yield from _against_site(inspection, doc, places[year])


def _days(inspection: Inspection, reports: dict[int, Document]) -> Iterator[Problem]:
    """The newest year that is due, and years missing between the ones that are there."""
    month_day = annual_report_due(inspection.settings.site.tier)
    if not month_day:
        return
    this = int(inspection.today[:4])
    due = f"{this:04d}-{month_day}"
    last_owed = this - 1 if inspection.today > due else this - 2
    first = max(min([*reports, last_owed]), last_owed - _YEARS_BACK)
    for year in range(first, last_owed + 1):
        if year not in reports:
            yield Problem.at("TIM107", CONFIG, year=year, due=f"{year + 1:04d}-{month_day}")
    if last_owed < this - 1 not in reports and inspection.today >= add_days(
        due, -inspection.limit("soon_days")
    ):
        yield Problem.at("TIM108", CONFIG, year=this - 1, due=due)
    for year, doc in sorted(reports.items()):
        if doc.published[:10] > f"{year + 1:04d}-{month_day}":
            yield Problem.at(
                "TIM109",
                doc.span_of("published"),
                year=year,
                due=f"{year + 1:04d}-{month_day}",
                published=doc.published[:10],
            )


def _topics(doc: Document) -> Iterator[Problem]:
    details = doc.details
    if not isinstance(details, ReportDetails) or not details.overview:
        return
    missing = [topic for topic in words_of("report_topics") if topic not in details.overview]
    if missing:
        yield Problem.at("COL208", doc.span_of("overview"), missing="、".join(missing))


def _against_site(inspection: Inspection, doc: Document, places: TablePlaces) -> Iterator[Problem]:
    """COL207: 现行有效 at the year's end, as the table says and as the site's own documents say.

    A site that holds more than the report counts is judged; one that holds fewer may simply not go back far enough.
    """
    details = doc.details
    if not isinstance(details, ReportDetails):
        return
    for row, counted in zip(stock_of(details), _in_force(inspection, f"{details.year}-12-31"), strict=True):
        if row and counted > row.numbers[2]:
            yield Problem.at(
                "COL207", places.row("table_a", row.name), row=row.name, year=details.year, reported=f"{row.numbers[2]:g}",
                counted=counted,
            )  # fmt: skip


def _in_force(inspection: Inspection, day: str) -> tuple[int, ...]:
    """How many 规章 and 行政规范性文件 of its own the site shows as published and not dead on `day`."""
    externals = external_names(inspection)
    counts = dict.fromkeys(_CLASSES, 0)
    for doc in inspection.of_kind("policy"):
        details = doc.details
        if not isinstance(details, PolicyDetails) or details.class_ not in counts:
            continue
        own = not details.issuer or details.issuer[0] not in externals
        counts[details.class_] += (
            own and details.written <= day and not _dead_on(inspection, doc, details, day)
        )
    return tuple(counts.values())


def _dead_on(inspection: Inspection, doc: Document, details: PolicyDetails, day: str) -> bool:
    if details.expires and details.expires < day:
        return True
    repealing = inspection.out(inspection.site.graph.sources(REPEALS, doc.key))
    days = [source.details.effective or source.details.written for source in repealing
            if isinstance(source.details, PolicyDetails)]  # fmt: skip
    return any(when <= day for when in days)
