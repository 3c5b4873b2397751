"""The obligations (公开义务) of the site: one for each catalog item that is due on the website, with its state.

国办发〔2019〕54号 "对照目录逐项公开": what is ticked 主动 and 政府网站 must be there, in time.
"""

from __future__ import annotations

from collections.abc import Iterator

from govsite.check.duties.inspection import Inspection, add_days, add_months
from govsite.frozen import dataclass
from govsite.model.catalog import CatalogItem
from govsite.model.document import Document

ACTIVE = "active"
WEBSITE = "website"
# States, worst first. open: owed, and time enough; late: fulfilled, but some of it came late.
STATES = ("unfulfilled", "overdue", "due_soon", "open", "late", "fulfilled", "not_applicable")


@dataclass(frozen=True, slots=True)
class Obligation:
    """One item and how it stands. state: one of `STATES`; newest: its newest document, None without;
    due: ISO day of the next or missed deadline, `""` where the deadline has no day of its own; late: its late documents.
    """

    item: CatalogItem
    domain: str
    unit: str
    state: str
    due: str
    newest: Document | None
    documents: int
    late: tuple[LateDocument, ...] = ()


@dataclass(frozen=True, slots=True)
class LateDocument:
    """A document that was published after the deadline of an item. due: ISO day."""

    document: Document
    formed: str
    due: str


def is_due_here(inspection: Inspection, item: CatalogItem) -> bool:
    """Whether the item is 主动 + 政府网站, public, and of this body's own level."""
    tier = inspection.settings.site.tier
    level = {"department": "county"}.get(tier, tier)
    known = {"county", "town", "village"} & set(item.tier)
    return (
        ACTIVE in item.mode
        and WEBSITE in item.channels
        and item.disclosure in {"", "public"}
        and (not known or level in known)
    )


def obligations(inspection: Inspection) -> Iterator[Obligation]:
    """One obligation for each item that is due here, in catalog order."""
    for domain in inspection.site.assembly.domains:
        for item in domain.items:
            if is_due_here(inspection, item) and inspection.site.assembly.items.get(item.id) is item:
                yield obligation_of(inspection, item, domain.label)


def obligation_of(inspection: Inspection, item: CatalogItem, domain: str) -> Obligation:
    """How one item that is due here stands. domain: label of its domain."""
    documents = inspection.out(inspection.site.fulfilled_by.get(item.id, ()))
    late = tuple(_late(inspection, item, documents))
    unit = item.responsible_unit or (item.subject[0] if item.subject else "")
    newest = documents[0] if documents else None
    if inspection.is_excused(item.id) or inspection.is_excused(item.column):
        return Obligation(item, domain, unit, "not_applicable", "", newest, len(documents))
    if not documents and not _column_lives(inspection, item):
        return Obligation(item, domain, unit, "unfulfilled", "", None, 0)
    state, due = _periodic(inspection, item, documents)
    if state == "fulfilled" and late:
        state, due = "late", late[0].due
    return Obligation(item, domain, unit, state, due, newest, len(documents), late)


def _column_lives(inspection: Inspection, item: CatalogItem) -> bool:
    """Whether the item's own column has content. A domain's column lists every item of the domain: it proves nothing."""
    column = inspection.site.columns.get(item.column)
    return (
        column is not None
        and not column.domain
        and bool(inspection.out(inspection.site.members.get(column.id, ())))
    )


def _late(inspection: Inspection, item: CatalogItem, documents: list[Document]) -> Iterator[LateDocument]:
    """Documents whose own clock says so: from 形成日期 (a policy's 成文日期) to 发布日期. Without, nothing can be said.

    实时 and 及时 name no number of days, so nobody is called late by them.
    """
    deadline = item.deadline
    for doc in documents:
        formed = doc.formed or getattr(doc.details, "written", "")
        if not formed or formed < _SINCE:
            continue
        if deadline.kind == "workdays":
            due = inspection.add_workdays(formed, deadline.number)
        elif deadline.kind == "days":
            due = add_days(formed, deadline.number)
        else:
            continue
        if due and doc.published[:10] > due:
            yield LateDocument(doc, formed, due)


_SINCE = "2019-05-15"  # 条例 as amended, 国务院令第711号


def _periodic(inspection: Inspection, item: CatalogItem, documents: list[Document]) -> tuple[str, str]:
    """State and day of an item that comes round: every year by a day, every so many months."""
    kind = item.deadline.kind
    if not documents or kind not in {"by_date", "interval"}:
        return "fulfilled", ""
    newest = documents[0].published[:10]
    today = inspection.today
    if kind == "interval":
        months = item.deadline.number if item.deadline.unit == "month" else 0
        due = add_months(newest, months) if months else add_days(newest, 7)
        last = add_days(due, inspection.limit("interval_grace_days") if months else 3)
    else:
        due = _day_after(newest, item.deadline.month_day)
        last = due
    if today > last:
        return "overdue", last
    return ("due_soon" if today >= add_days(due, -inspection.limit("soon_days")) else "fulfilled"), due


def _day_after(newest: str, month_day: str) -> str:
    """The yearly day that comes next after the one the newest document served.

    A document serves the day of its own year, even when it came late; one of December serves a day in January.
    """
    year = int(newest[:4]) + (newest[5:7] == "12" and month_day[:2] == "01")
    day = "28" if month_day == "02-29" else month_day[3:]
    return f"{year + 1:04d}-{month_day[:2]}-{day}"
