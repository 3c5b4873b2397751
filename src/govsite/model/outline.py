"""A document in outline (轮廓): what is counted of it, and what decides whether it stands somewhere; nothing that it is called or says."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from typing import NamedTuple

from govsite.model.details import ConsultationDetails, PolicyDetails
from govsite.model.document import Document


class Outline(NamedTuple):
    """ISO days, `""` where there is none. forms: term ids of `interpretation_form`; opens, closes: of a consultation;
    effective: of a policy.
    """

    kind: str
    published: str
    publisher: str
    shown_until: str
    forms: tuple[str, ...] = ()
    opens: str = ""
    closes: str = ""
    effective: str = ""


class OutlinedDocuments(Mapping[str, Document]):
    """Documents that know their outlines without being looked at one by one."""

    @property
    @abstractmethod
    def outlines(self) -> Mapping[str, Outline]:
        """Of all documents by key, in the order of the site."""


def outline_of(document: Document) -> Outline:
    """The outline of one document."""
    details = document.details
    consultation = details if isinstance(details, ConsultationDetails) else None
    return Outline(
        document.kind,
        document.published,
        document.publisher,
        document.shown_until,
        tuple(form for form in getattr(details, "forms", ()) if isinstance(form, str)),
        consultation.opens if consultation else "",
        consultation.closes if consultation else "",
        details.effective if isinstance(details, PolicyDetails) else "",
    )


def outlines_of(documents: Mapping[str, Document]) -> Mapping[str, Outline]:
    """Outlines of all documents by key, in their order."""
    if isinstance(documents, OutlinedDocuments):
        return documents.outlines
    return {key: outline_of(document) for key, document in documents.items()}
