"""What goes on now: consultations still open, notice periods still running, policies soon in force."""

from __future__ import annotations

from govsite.extend.views import OngoingView
from govsite.model.outline import Outline, outlines_of
from govsite.model.site import RESULT_OF
from govsite.render.context import RenderContext

MOST = 5


def ongoing(context: RenderContext) -> tuple[OngoingView, ...]:
    """At most five, the first to end first; judged by the day of the site."""
    day = context.site.assembly.as_of
    found = [
        (until, key, kind)
        for key, outline in outlines_of(context.site.documents).items()
        for kind, until in (_kind(context, key, outline),)
        if until >= day and kind
    ]
    return tuple(_view(context, until, key, kind) for until, key, kind in sorted(found)[:MOST])


def _kind(context: RenderContext, key: str, outline: Outline) -> tuple[str, str]:
    """What a document is now, and until which ISO day; `""` for most."""
    day = context.site.assembly.as_of
    if outline.opens and outline.opens <= day <= outline.closes:
        has_result = context.site.graph.sources(RESULT_OF, key)
        return ("", "") if has_result else ("consultation", outline.closes)
    if outline.kind == "policy" and context.site.validity.get(key) == "not_yet":
        return "coming", outline.effective
    if outline.shown_until and key not in context.site.assembly.expired:
        return "notice", outline.shown_until
    return "", ""


def _view(context: RenderContext, until: str, key: str, kind: str) -> OngoingView:
    date = context.t(f"ongoing.{kind}_until", date=context.day(until))
    return OngoingView(kind, context.t(f"ongoing.{kind}"), context.document_link(key), date, until)
