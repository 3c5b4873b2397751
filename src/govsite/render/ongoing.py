"""What goes on now: consultations still open, notice periods still running, policies soon in force."""

from __future__ import annotations

from govsite.extend.views import OngoingView
from govsite.model.details import ConsultationDetails, PolicyDetails
from govsite.model.document import Document
from govsite.model.site import RESULT_OF
from govsite.render.context import RenderContext

MOST = 5


def ongoing(context: RenderContext) -> tuple[OngoingView, ...]:
    """At most five, the first to end first; judged by the day of the site."""
    day = context.site.assembly.as_of
    found = [
        (until, key, kind)
        for key, document in context.site.documents.items()
        for kind, until in (_kind(context, document),)
        if until >= day and kind
    ]
    return tuple(_view(context, until, key, kind) for until, key, kind in sorted(found)[:MOST])


def _kind(context: RenderContext, document: Document) -> tuple[str, str]:
    """What a document is now, and until which ISO day; `""` for most."""
    details = document.details
    day = context.site.assembly.as_of
    if isinstance(details, ConsultationDetails) and details.opens and details.opens <= day <= details.closes:
        return (
            ("", "")
            if context.site.graph.sources(RESULT_OF, document.key)
            else ("consultation", details.closes)
        )
    if isinstance(details, PolicyDetails) and context.site.validity.get(document.key) == "not_yet":
        return "coming", details.effective
    if document.shown_until and document.key not in context.site.assembly.expired:
        return "notice", document.shown_until
    return "", ""


def _view(context: RenderContext, until: str, key: str, kind: str) -> OngoingView:
    date = context.t(f"ongoing.{kind}_until", date=context.day(until))
    return OngoingView(kind, context.t(f"ongoing.{kind}"), context.document_link(key), date, until)
