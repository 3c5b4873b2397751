"""更新: the windows of 国办秘函〔2019〕19号, veto items first. An item without a date counts as not updated."""

from __future__ import annotations

from collections.abc import Iterator

from govsite.check.duties.inspection import CONFIG, Inspection, days_between
from govsite.frozen import dataclass
from govsite.model.column import Column
from govsite.model.details import PageDetails
from govsite.model.document import Document
from govsite.problems.problem import Problem
from govsite.vocab.columns import columns as known_columns
from govsite.vocab.limits import Freshness, freshness_classes, words_of

_LIST = "、"
_STANDING = "page"


@dataclass(frozen=True, slots=True)
class Stale:
    """A column past its window. days: since its newest document."""

    column: Column
    rule: Freshness
    newest: Document
    days: int
    limit: int


def check_freshness(inspection: Inspection) -> Iterator[Problem]:
    """TIM102 homepage · TIM103 a column · TIM104 and TIM105 too many of them · TIM106 guide not looked at again."""
    yield from _homepage(inspection)
    stale = list(stale_columns(inspection))
    for found in stale:
        yield Problem.at(
            "TIM103", found.newest.span_of("published"), name=found.column.name, id=found.column.id, days=found.days,
            limit=found.limit, newest=found.newest.published[:10],
        )  # fmt: skip
    family = [found for found in stale if found.rule.family]
    if len(family) >= inspection.limit("stale_together") and {found.rule.family for found in family} == {
        "news",
        "papers",
    }:
        yield Problem.at(
            "TIM104",
            CONFIG,
            names=_names(family),
            count=len(family),
            limit=inspection.limit("stale_together"),
        )
    if len(stale) >= inspection.limit("stale_total"):
        yield Problem.at(
            "TIM105", CONFIG, names=_names(stale), count=len(stale), limit=inspection.limit("stale_total")
        )
    yield from _reviews(inspection)


def _names(stale: list[Stale]) -> str:
    return _LIST.join(found.column.name for found in stale)


def _homepage(inspection: Inspection) -> Iterator[Problem]:
    """The homepage shows the newest of every kind but standing pages."""
    newest = next((doc for doc in inspection.of_kind(*_LISTED) if doc.published), None)
    limit = inspection.limit("homepage_days")
    if newest is None:
        return
    days = days_between(newest.published[:10], inspection.today)
    if days > limit:
        yield Problem.at(
            "TIM102",
            newest.span_of("published"),
            days=days,
            limit=limit,
            newest=newest.published[:10],
            title=newest.title,
        )


_LISTED = ("policy", "interpretation", "disclosure", "guide", "question", "consultation", "village", "report")


def freshness_of(column: Column) -> Freshness | None:
    """The update rule of a column: the vocabulary's, or for a column of the site's own that of its 47号 type."""
    if column.type in words_of("judged_elsewhere"):
        return None
    classes = freshness_classes()
    if column.id in known_columns() or column.freshness != "static":
        return classes.get(column.freshness)
    return next((rule for rule in classes.values() if column.type in rule.types), None)


def stale_columns(inspection: Inspection) -> Iterator[Stale]:
    """Columns whose newest document is past their window, in site order. Blank ones are another matter."""
    for column in inspection.site.columns.values():
        rule = freshness_of(column)
        newest = next(iter(inspection.out(inspection.site.members.get(column.id, ()))), None)
        if rule is None or newest is None or inspection.is_excused(column.id):
            continue
        days, limit = days_between(newest.published[:10], inspection.today), inspection.limit(rule.limit)
        if days > limit:
            yield Stale(column, rule, newest, days, limit)


def _reviews(inspection: Inspection) -> Iterator[Problem]:
    """TIM106: the disclosure guide must be kept up to date (条例第十二条)."""
    limit = inspection.limit("guide_review_days")
    for doc in inspection.out(inspection.site.members.get("zhinan", ())):
        if doc.kind != _STANDING or not isinstance(doc.details, PageDetails):
            continue
        looked = max(doc.details.reviewed_on, doc.published[:10])
        days = days_between(looked, inspection.today)
        if days > limit:
            yield Problem.at("TIM106", doc.span_of("reviewed_on"), reviewed=looked, days=days, limit=limit)
