"""意见征集: long enough, and answered (国务院令第713号第十五条、第三十二条)."""

from __future__ import annotations

from collections.abc import Iterator

from govsite.check.duties.inspection import Inspection, add_days, days_between
from govsite.model.details import ConsultationDetails
from govsite.model.site import RESULT_OF
from govsite.problems.problem import Problem


def check_consultations(inspection: Inspection) -> Iterator[Problem]:
    """TIM110 too short without a reason · TIM111 ended and not answered within the limit."""
    shortest, wait = inspection.limit("consultation_days"), inspection.limit("result_days")
    for doc in inspection.of_kind("consultation"):
        details = doc.details
        if not isinstance(details, ConsultationDetails) or details.result_of:
            continue
        if not details.opens or not details.closes or details.closes < details.opens:
            continue
        days = days_between(details.opens, details.closes) + 1
        if days < shortest and not details.short_reason:
            yield Problem.at("TIM110", doc.span_of("closes"), days=days, limit=shortest)
        due = add_days(details.closes, wait)
        if inspection.today > due and not inspection.out(inspection.site.graph.sources(RESULT_OF, doc.key)):
            yield Problem.at("TIM111", doc.span_of("closes"), title=doc.title, closed=details.closes, due=due)
