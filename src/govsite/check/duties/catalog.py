"""基层政务公开标准目录 against the site (国办发〔2019〕54号)."""

from __future__ import annotations

from collections.abc import Iterator

from govsite.check.duties.citing import PolicyNames
from govsite.check.duties.inspection import CONFIG, Inspection
from govsite.check.duties.obligations import ACTIVE, WEBSITE, Obligation, is_due_here, obligations
from govsite.model.catalog import CatalogItem
from govsite.model.lifespan import DEAD
from govsite.problems.problem import Problem
from govsite.vocab.limits import words_of

_SPECIFIC = "specific"


def check_catalog_duties(inspection: Inspection, names: PolicyNames) -> Iterator[Problem]:
    """CAT201-CAT209."""
    for obligation in obligations(inspection):
        yield from _state(obligation)
    for item in inspection.site.assembly.items.values():
        yield from _row(inspection, item, names)
    yield from _orphans(inspection)


def _state(obligation: Obligation) -> Iterator[Problem]:
    item, newest = obligation.item, obligation.newest
    related = (newest.span_of("published"),) if newest else ()
    if obligation.state == "unfulfilled":
        yield Problem.at("CAT201", item.span, item=item.name, id=item.id, unit=obligation.unit)
    for late in obligation.late:
        yield Problem.at(
            "CAT202", late.document.span_of("published"), (item.span,), item=item.name, id=item.id,
            deadline=item.deadline_text, formed=late.formed, due=late.due, published=late.document.published[:10],
        )  # fmt: skip
    last = newest.published[:10] if newest else ""
    if obligation.state == "overdue":
        yield Problem.at(
            "CAT203", item.span, related, item=item.name, id=item.id, unit=obligation.unit, due=obligation.due,
            deadline=item.deadline_text, newest=last,
        )  # fmt: skip
    elif obligation.state == "due_soon":
        yield Problem.at(
            "CAT204", item.span, related, item=item.name, id=item.id, unit=obligation.unit, due=obligation.due,
            deadline=item.deadline_text, newest=last,
        )  # fmt: skip


def _row(inspection: Inspection, item: CatalogItem, names: PolicyNames) -> Iterator[Problem]:
    for line in item.basis:
        for key in names.found_in(line):
            policy = inspection.site.documents[key]
            if inspection.site.validity.get(key) in DEAD:
                yield Problem.at(
                    "CAT206",
                    item.span,
                    (policy.span_of("title"),),
                    item=item.name,
                    basis=line,
                    title=policy.title,
                )
    if _SPECIFIC in item.audience and WEBSITE in item.channels and ACTIVE in item.mode:
        yield Problem.at("CAT207", item.span, item=item.name, note=item.audience_note)
    ceiling = inspection.limit("ceiling_workdays")
    if item.deadline.kind == "workdays" and item.deadline.number > ceiling and "《" not in item.deadline_text:
        yield Problem.at(
            "CAT208",
            item.span,
            item=item.name,
            deadline=item.deadline_text,
            days=item.deadline.number,
            limit=ceiling,
        )
    if item.column and item.column not in inspection.site.columns and is_due_here(inspection, item):
        yield Problem.at("CAT209", item.span, item=item.name, column=item.column)


def _orphans(inspection: Inspection) -> Iterator[Problem]:
    """CAT205: columns of the catalog's domains that no item leads to."""
    pointed = {item.column for item in inspection.site.assembly.items.values()}
    filled = {domain.id for domain in inspection.site.assembly.domains if domain.items}
    for column in inspection.site.columns.values():
        is_domain = column.type in words_of("needs_item") and not column.children and column.layout == "list"
        if is_domain and column.id not in pointed and column.domain not in filled:
            span = next(
                (option.span for option in inspection.settings.columns if option.id == column.id), CONFIG
            )
            yield Problem.at("CAT205", span, name=column.name, id=column.id)
