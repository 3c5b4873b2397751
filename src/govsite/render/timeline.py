"""A policy's life as steps by date (文件沿革), and how to cite it (引用本文)."""

from __future__ import annotations

from govsite.extend.views import LinkView, TimelineView
from govsite.model.details import ConsultationDetails, PolicyDetails
from govsite.model.document import Document
from govsite.model.site import AMENDS, OUTCOME, REPEALS
from govsite.render.context import RenderContext

_INNER_MARKS = str.maketrans("《》", "〈〉")  # GB/T 15834: marks inside title marks
# On one day, steps stand in this order.
_ORDER = ("consulted", "written", "published", "effective", "amended", "expires", "repealed")


def timeline(context: RenderContext, document: Document) -> tuple[TimelineView, ...]:
    """Steps of a policy's life, oldest first; none for other kinds. Steps without a day are left out.

    A term that would run on after the policy was repealed is no step of its life.
    """
    details = document.details
    if not isinstance(details, PolicyDetails):
        return ()
    steps = _by_others(context, document)
    steps.append(("written", details.written, None))
    steps.append(("published", document.published[:10], None))
    steps.append(("effective", details.effective, None))
    ended = min((day for id_, day, _ in steps if id_ == "repealed" and day), default="")
    if not ended or details.expires <= ended:
        steps.append(("expires", details.expires, None))
    as_of = context.site.assembly.as_of
    known = sorted((day, _ORDER.index(id_), id_, link) for id_, day, link in steps if day)
    return tuple(
        TimelineView(id_, context.t(f"timeline.{id_}"), day, link, bool(as_of) and day > as_of)
        for day, _, id_, link in known
    )


def _by_others(context: RenderContext, document: Document) -> list[tuple[str, str, LinkView | None]]:
    """What consultations, amending and repealing documents did, with links to them."""
    graph = context.site.graph
    steps: list[tuple[str, str, LinkView | None]] = []
    for relation, id_ in ((OUTCOME, "consulted"), (AMENDS, "amended"), (REPEALS, "repealed")):
        for key in graph.sources(relation, document.key):
            source = context.site.documents[key]
            steps.append((id_, _day(source), context.document_link(key)))
    return steps


def _day(source: Document) -> str:
    """The day on which a document did what it does."""
    details = source.details
    if isinstance(details, PolicyDetails):
        return details.effective or details.written or source.published[:10]
    if isinstance(details, ConsultationDetails):
        return details.opens or source.published[:10]
    return source.published[:10]


def citation(context: RenderContext, document: Document) -> str:
    """How to name a document in writing: title first, then number (党政机关公文处理: 先引标题，后引发文字号)."""
    number = getattr(document.details, "doc_no", "")
    written = getattr(document.details, "written", "") or document.published[:10]
    return context.t(
        "document.citation_numbered" if number else "document.citation_plain",
        title=document.title.translate(_INNER_MARKS),
        number=number,
        issuer=context.t("page.comma").join(context.issuers(document)),
        day=context.day(written),
    )
