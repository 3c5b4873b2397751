"""有效性: whether a policy is in force, from its dates and from what repeals or amends it."""

from __future__ import annotations

from collections.abc import Mapping

from govsite.model.details import PolicyDetails
from govsite.model.document import Document
from govsite.model.lifespan import in_effect_from
from govsite.model.site import AMENDS, REPEALS, Graph


def compute_validity(documents: Mapping[str, Document], graph: Graph, as_of: str) -> dict[str, str]:
    """State id of every policy on the ISO day `as_of`. What the author wrote wins over what is computed."""
    return {
        key: doc.details.validity or _computed(key, doc.details, documents, graph, as_of)
        for key, doc in documents.items()
        if isinstance(doc.details, PolicyDetails)
    }


def _computed(
    key: str, details: PolicyDetails, documents: Mapping[str, Document], graph: Graph, as_of: str
) -> str:
    if any(_in_effect(documents[source], as_of) for source in graph.sources(REPEALS, key)):
        return "repealed"
    if details.expires and details.expires < as_of:
        return "void"
    if details.effective and details.effective > as_of:
        return "not_yet"
    if any(_in_effect(documents[source], as_of) for source in graph.sources(AMENDS, key)):
        return "amended"
    return "in_force"


def _in_effect(document: Document, as_of: str) -> bool:
    """Whether a repealing or amending document has itself come into force."""
    effective = in_effect_from(document)
    return not effective or effective <= as_of
