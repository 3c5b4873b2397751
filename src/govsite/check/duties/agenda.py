"""The agenda (待办): everything that is owed with its day, from the catalog and from the laws beside it."""

from __future__ import annotations

from collections.abc import Iterator

from govsite.check.duties.inspection import Inspection, add_days
from govsite.check.duties.interpretations import external_names, must_interpret
from govsite.check.duties.obligations import Obligation, obligations
from govsite.check.duties.villages import standing_of_villages
from govsite.frozen import dataclass
from govsite.model.details import ConsultationDetails, PolicyDetails, ReportDetails
from govsite.model.site import INTERPRETS, RESULT_OF
from govsite.vocab.limits import annual_report_due, limits
from govsite.vocab.terms import kinds


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing owed. group: domain id, or document kind; domain, name, deadline: as people read them; state: one of
    `obligations.STATES`; due, newest: ISO days or `""`; documents: how many there are; column: id or `""`.
    """

    group: str
    domain: str
    id: str
    name: str
    unit: str
    deadline: str
    due: str
    state: str
    newest: str
    documents: int
    column: str


def agenda(inspection: Inspection) -> Iterator[Entry]:
    """The catalog's items in their order, then reports, interpretations, consultations, villages."""
    yield from (_of_item(obligation) for obligation in obligations(inspection))
    yield from _reports(inspection)
    yield from _interpretations(inspection)
    yield from _consultations(inspection)
    yield from _villages(inspection)


def _of_item(obligation: Obligation) -> Entry:
    item, newest = obligation.item, obligation.newest
    return Entry(
        item.domain, obligation.domain, item.id, item.name, obligation.unit, item.deadline_text, obligation.due,
        obligation.state, newest.published[:10] if newest else "", obligation.documents, item.column,
    )  # fmt: skip


def _other(
    kind: str,
    name: str,
    id_: str,
    unit: str,
    deadline: str,
    due: str,
    state: str,
    newest: str = "",
    documents: int = 0,
) -> Entry:
    return Entry(
        kind,
        kinds()[kind].label,
        id_,
        name,
        unit,
        deadline,
        due,
        state,
        newest,
        documents,
        kinds()[kind].column,
    )


def _state(inspection: Inspection, due: str) -> str:
    """How an open duty stands whose last day is `due`."""
    if inspection.today > due:
        return "overdue"
    return "due_soon" if inspection.today >= add_days(due, -inspection.limit("soon_days")) else "open"


def _limit_text(inspection: Inspection, name: str) -> str:
    known = limits()[name]
    return f"{known.label} {inspection.limit(name)} {known.unit}"


def _reports(inspection: Inspection) -> Iterator[Entry]:
    """Last year's report, and this year's, which is due next year."""
    month_day = annual_report_due(inspection.settings.site.tier)
    if not month_day:
        return
    reports = {
        doc.details.year: doc
        for doc in inspection.of_kind("report")
        if isinstance(doc.details, ReportDetails)
    }
    this = int(inspection.today[:4])
    for year in (this - 1, this):
        due = f"{year + 1:04d}-{month_day}"
        doc = reports.get(year)
        state = "fulfilled" if doc else _state(inspection, due)
        newest = doc.published[:10] if doc else ""
        publisher = inspection.settings.site.publisher
        yield _other(
            "report", str(year), f"report-{year}", publisher, month_day, due, state, newest, int(bool(doc))
        )


def _interpretations(inspection: Inspection) -> Iterator[Entry]:
    externals = external_names(inspection)
    for policy in inspection.of_kind("policy"):
        details = policy.details
        if not isinstance(details, PolicyDetails) or not must_interpret(policy, details, externals):
            continue
        if inspection.site.validity.get(policy.key) in {"repealed", "void"}:
            continue
        due = inspection.add_workdays(policy.published[:10], inspection.limit("interpretation_workdays"))
        if due and not inspection.out(inspection.site.graph.sources(INTERPRETS, policy.key)):
            unit = policy.publisher or (details.issuer[0] if details.issuer else "")
            deadline = _limit_text(inspection, "interpretation_workdays")
            yield _other(
                "interpretation", policy.title, policy.key, unit, deadline, due, _state(inspection, due)
            )


def _consultations(inspection: Inspection) -> Iterator[Entry]:
    for doc in inspection.of_kind("consultation"):
        details = doc.details
        if not isinstance(details, ConsultationDetails) or details.result_of or not details.closes:
            continue
        due = add_days(details.closes, inspection.limit("result_days"))
        if not inspection.out(inspection.site.graph.sources(RESULT_OF, doc.key)):
            unit = doc.publisher or inspection.settings.site.publisher
            deadline = _limit_text(inspection, "result_days")
            yield _other("consultation", doc.title, doc.key, unit, deadline, due, _state(inspection, due))


def _villages(inspection: Inspection) -> Iterator[Entry]:
    """The oldest period missing, else the next one, of each village and category."""
    for standing in standing_of_villages(inspection):
        name = f"{standing.village} {standing.label} {standing.next}"
        yield _other(
            "village", name, f"{standing.village}-{standing.category}-{standing.next}", standing.village,
            _limit_text(inspection, "village_grace_days"), standing.due, _state(inspection, standing.due),
            standing.newest.published[:10], standing.documents,
        )  # fmt: skip
