"""The page of figures (公开统计): what is published, by whom, where and when; forms of interpretation. Each chart is its own table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from govsite.extend.views import BarView, ChartView, FigureView, LinkView, StatisticsView
from govsite.model.addresses import STATISTICS, STATISTICS_CSV, STATISTICS_XLSX
from govsite.model.outline import outlines_of
from govsite.model.site import INTERPRETS
from govsite.render.context import RenderContext
from govsite.render.data import csv_line
from govsite.render.head import plain_head
from govsite.vocab.terms import kinds, term_list

_MONTHS = 12
_MOST = 30
Counts = list[tuple[str, int]]


def statistics_view(context: RenderContext) -> StatisticsView:
    """The page of figures."""
    t = context.t
    title = t("statistics.title")
    charts = tuple(_chart(t(f"statistics.{group}"), t("statistics.head"), t("statistics.number"), rows[:_MOST])
                   for group, rows in _groups(context) if rows)  # fmt: skip
    return StatisticsView(
        plain_head(context, STATISTICS, title, "statistics"),
        t("statistics.lead", date=context.site.assembly.as_of),
        _figures(context),
        charts,
        (LinkView(t("view.list_xlsx"), STATISTICS_XLSX), LinkView(t("view.data_csv"), STATISTICS_CSV)),
    )


def statistics_table(context: RenderContext) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Labels and rows of all figures: group, name, number; nothing is left out."""
    t = context.t
    rows = [(figure.label, "", figure.value.replace(",", "")) for figure in _figures(context)]
    for group, counts in _groups(context):
        rows += [(t(f"statistics.{group}"), name, str(number)) for name, number in counts]
    return (t("statistics.group"), t("statistics.head"), t("statistics.number")), list(rows)


def statistics_csv(context: RenderContext) -> bytes:
    """All figures as CSV."""
    labels, rows = statistics_table(context)
    return b"\xef\xbb\xbf" + "".join(csv_line(cells) for cells in (labels, *rows)).encode()


def _figures(context: RenderContext) -> tuple[FigureView, ...]:
    t, site = context.t, context.site
    outlines = outlines_of(site.documents)
    documents = outlines.values()
    policies = [key for key, doc in outlines.items() if doc.kind == "policy"]
    explained = sum(1 for key in policies if site.graph.sources(INTERPRETS, key))
    interpretations = [doc for doc in documents if doc.kind == "interpretation"]
    terms = term_list("interpretation_form")
    diverse = 0
    for doc in interpretations:
        found = [terms.find(form) for form in doc.forms]
        diverse += any(term is not None and not term.has("plain") for term in found)
    filled = sum(1 for item in site.assembly.items if site.fulfilled_by.get(item))
    year = site.assembly.as_of[:4]
    this_year = sum(1 for doc in documents if doc.published.startswith(year))
    return (
        FigureView(t("statistics.all"), f"{len(site.documents):,}", t("statistics.piece"), t("statistics.this_year", count=this_year)),
        FigureView(t("statistics.policies"), f"{len(policies):,}", t("statistics.file"), t("statistics.explained", count=explained)),
        FigureView(t("statistics.interpretations"), f"{len(interpretations):,}", t("statistics.piece"),
                   t("statistics.diverse", percent=diverse * 100 // len(interpretations)) if interpretations else ""),
        FigureView(t("statistics.items"), f"{len(site.assembly.items):,}", t("statistics.item"), t("statistics.filled", count=filled)),
    )  # fmt: skip


def _groups(context: RenderContext) -> Iterable[tuple[str, Counts]]:
    """Counts by kind, month, unit, column and form, each in its own order."""
    site = context.site
    documents = [doc for doc in outlines_of(site.documents).values() if doc.published]
    by_kind = Counter(doc.kind for doc in documents)
    yield "kind", [(kind.label, by_kind[kind.id]) for kind in kinds().values() if by_kind[kind.id]]
    by_month = Counter(doc.published[:7] for doc in documents)
    yield "month", sorted(by_month.items(), reverse=True)[:_MONTHS][::-1]
    by_unit = Counter(context.publisher(doc) for doc in documents)
    yield "unit", sorted(by_unit.items(), key=lambda pair: (-pair[1], pair[0]))
    columns = [(column.name, len(site.members.get(column.id, ()))) for column in site.columns.values()]
    yield "column", sorted([pair for pair in columns if pair[1]], key=lambda pair: (-pair[1], pair[0]))
    forms = Counter(form for doc in documents for form in doc.forms)
    yield (
        "form",
        [(term.label, forms[term.id]) for term in term_list("interpretation_form").terms if forms[term.id]],
    )


def _chart(caption: str, head: str, series: str, rows: Counts) -> ChartView:
    longest = max((number for _, number in rows), default=1) or 1
    bars = tuple(BarView(name, (f"{number:,}",), (number * 100 // longest,)) for name, number in rows)
    return ChartView(caption, "", head, (series,), bars)
