"""The clocks (时限) that run for one document or one catalog item: what falls due when, as a reviewer asks it of a page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from govsite.check.duties.freshness import freshness_of
from govsite.check.duties.inspection import Inspection, add_days, days_between
from govsite.check.duties.interpretations import external_names, must_interpret
from govsite.check.duties.obligations import is_due_here, obligation_of
from govsite.model.catalog import CatalogItem
from govsite.model.column import Column
from govsite.model.details import ConsultationDetails, PageDetails, PolicyDetails
from govsite.model.document import Document
from govsite.model.site import INTERPRETS, RESULT_OF


class Clock(NamedTuple):
    """name: what runs: `interpretation`, `effective`, `expires`, `shown_until`, `closes`, `result`, `reviewed`, `reassessed`,
    `item`, `freshness`; day: the ISO day it ends; days: from today to that day, negative once it is past;
    state: `open`, `due_soon`, `overdue`, or `done` where nothing is owed any more.
    """

    name: str
    day: str
    days: int
    state: str


def clocks_of(inspection: Inspection, document: Document) -> Iterator[Clock]:
    """What runs for a document, in the order of the words above. Drafts are judged as if they went out today."""
    details = document.details
    if isinstance(details, PolicyDetails):
        yield from _policy(inspection, document, details)
    if document.shown_until:
        yield _clock(inspection, "shown_until", document.shown_until)
    if isinstance(details, ConsultationDetails) and details.closes and not details.result_of:
        if details.closes >= inspection.today:
            yield _clock(inspection, "closes", details.closes)
        done = bool(inspection.out(inspection.site.graph.sources(RESULT_OF, document.key)))
        yield _clock(
            inspection, "result", add_days(details.closes, inspection.limit("result_days")), done=done
        )
    if isinstance(details, PageDetails) and inspection.site.assembly.home.get(document.key) == "zhinan":
        looked = max(details.reviewed_on, document.published[:10])
        if looked:
            yield _clock(inspection, "reviewed", add_days(looked, inspection.limit("guide_review_days")))
    if document.reassessed:
        yield _clock(
            inspection, "reassessed", add_days(document.reassessed, inspection.limit("reassess_days"))
        )


def _policy(inspection: Inspection, policy: Document, details: PolicyDetails) -> Iterator[Clock]:
    if must_interpret(policy, details, external_names(inspection)):
        published = policy.published[:10]
        if policy.draft or not published:
            published = inspection.today
        due = inspection.add_workdays(published, inspection.limit("interpretation_workdays"))
        if due:
            done = bool(inspection.out(inspection.site.graph.sources(INTERPRETS, policy.key)))
            yield _clock(inspection, "interpretation", due, done=done)
    if details.effective > inspection.today:
        yield _clock(inspection, "effective", details.effective)
    if details.expires:
        yield _clock(inspection, "expires", details.expires)


def clock_of_item(inspection: Inspection, item: CatalogItem) -> Clock | None:
    """The clock of a catalog item that is due here and has a day of its own."""
    if not is_due_here(inspection, item):
        return None
    found = obligation_of(inspection, item, "")
    if not found.due:
        return None
    return _clock(inspection, "item", found.due, done=found.state in {"fulfilled", "late"})


def clock_of_column(inspection: Inspection, column: Column) -> Clock | None:
    """Until when a column counts as kept up; None where nobody asks that of it, or it is empty."""
    rule = freshness_of(column)
    documents = (inspection.site.documents[key] for key in inspection.site.members.get(column.id, ()))
    newest = next((document for document in documents if inspection.is_out(document)), None)
    if rule is None or newest is None or inspection.is_excused(column.id):
        return None
    return _clock(inspection, "freshness", add_days(newest.published[:10], inspection.limit(rule.limit)))


def _clock(inspection: Inspection, name: str, day: str, *, done: bool = False) -> Clock:
    days = days_between(inspection.today, day[:10])
    if done:
        state = "done"
    elif days < 0:
        state = "overdue"
    else:
        state = "due_soon" if days <= inspection.limit("soon_days") else "open"
    return Clock(name, day[:10], days, state)
