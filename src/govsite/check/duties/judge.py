"""All duties of a site, judged on one day."""

from __future__ import annotations

from govsite.check.duties.annual import check_annual_reports
from govsite.check.duties.catalog import check_catalog_duties
from govsite.check.duties.citing import PolicyNames
from govsite.check.duties.columns import check_columns
from govsite.check.duties.consultations import check_consultations
from govsite.check.duties.freshness import check_freshness
from govsite.check.duties.guides import check_guides
from govsite.check.duties.inspection import (
    CONFIG,
    Bodies,
    Inspection,
    Length,
    Lines,
    Share,
    body_length,
    fresh_share,
)
from govsite.check.duties.interpretations import check_interpretations
from govsite.check.duties.reassessment import check_reassessment
from govsite.check.duties.structured import check_structured
from govsite.check.duties.sums import check_sums
from govsite.check.duties.twice import check_twice
from govsite.check.duties.validity import check_validity
from govsite.check.duties.villages import check_villages
from govsite.check.duties.wording import check_wording
from govsite.model.site import Site
from govsite.problems.problem import Problem
from govsite.settings.settings import Settings


def check_duties(
    site: Site, settings: Settings, today: str, *, body: Bodies, lines: Lines = lambda file: (),
    length: Length = body_length, share: Share = fresh_share,
    titles: set[str] | None = None,
) -> list[Problem]:  # fmt: skip
    """What is owed on the ISO day `today` and not there, too late, or stale. Pure: the same site and day, the same list.

    body: of a document by key, asked for few of them; lines: of a source file, asked for only where the site has a
    word list or leaders; length: of a document's body, asked for where it decides; share: of one text in
    another, for who remembers it; titles: gathers the folded titles by which policies were sought. Reports TIM101 for each year without a working-day calendar that was
    needed, and for today's where the calendars end before it.
    """
    if not settings.duties.enabled:
        return []
    inspection = Inspection.of(site, settings, today, body, lines, length, share)
    names = PolicyNames(site, titles)
    problems = [
        *check_freshness(inspection),
        *check_columns(inspection),
        *check_guides(inspection),
        *check_sums(inspection),
        *check_structured(inspection),
        *check_catalog_duties(inspection, names),
        *check_interpretations(inspection),
        *check_annual_reports(inspection),
        *check_consultations(inspection),
        *check_villages(inspection),
        *check_validity(inspection, names),
        *check_reassessment(inspection),
        *check_twice(inspection),
        *check_wording(inspection),
    ]
    year = int(today[:4])
    if year > max(inspection.calendar.years):  # keeping the calendar up to date is itself a duty
        inspection.unknown.add(year)
    problems += [Problem.at("TIM101", CONFIG, year=year) for year in sorted(inspection.unknown)]
    only = settings.duties.only
    return [problem for problem in problems if not only or problem.code.startswith(only)]
