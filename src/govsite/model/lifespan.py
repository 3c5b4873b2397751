"""When a policy ended, and what leans on it."""

from __future__ import annotations

from govsite.model.details import PolicyDetails
from govsite.model.document import Document
from govsite.model.site import REPEALS, Site

DEAD = frozenset({"void", "repealed"})


def in_effect_from(document: Document) -> str:
    """ISO day from which what a document repeals or amends counts: its own effective day; `""` where nothing is said."""
    days = (getattr(document.details, name, "") for name in ("effective", "written", "cleaned_on"))
    return next((str(day) for day in days if day), "")


def died_on(site: Site, key: str) -> str:
    """ISO day on which a dead policy died; `""` where nobody says."""
    details = site.documents[key].details
    days = [
        in_effect_from(site.documents[source])
        for source in site.graph.sources(REPEALS, key)
        if source in site.documents
    ]
    if isinstance(details, PolicyDetails) and details.expires:
        days.append(details.expires)
    return min((day for day in days if day), default="")
