"""重新评估: what is not public is judged anew every year (条例第十八条)."""

from __future__ import annotations

from collections.abc import Iterator

from govsite.check.duties.inspection import Inspection, days_between
from govsite.problems.problem import Problem


def check_reassessment(inspection: Inspection) -> Iterator[Problem]:
    """TIM205. Drafts are not judged: nobody has decided about them yet."""
    limit = inspection.limit("reassess_days")
    for doc in inspection.site.assembly.withheld.values():
        if doc.is_public or doc.draft or not doc.disclosure:
            continue
        judged = max(doc.reassessed, doc.published[:10])
        if judged and days_between(judged, inspection.today) > limit:
            days = days_between(judged, inspection.today)
            yield Problem.at(
                "TIM205", doc.span_of("reassessed", "disclosure"), judged=judged, days=days, limit=limit
            )
