"""Documents and catalog items as the search index sees them."""

from __future__ import annotations

from govsite.model.addresses import document_path, file_path, item_path
from govsite.model.catalog import CatalogItem
from govsite.model.details import GuideDetails, RecordDetails, ReportDetails, VillageDetails
from govsite.model.document import Document
from govsite.model.search import AttachmentText, SearchRecord
from govsite.render.context import RenderContext
from govsite.render.sheets import record_texts
from govsite.vocab.terms import term_list

ITEM_KIND = "catalog_item"


def document_record(context: RenderContext, key: str) -> SearchRecord:
    """The record of a published document. Once its display period is over only its title can be found."""
    document = context.site.documents[key]
    entry = context.entry(key)
    expired = key in context.site.assembly.expired
    validity = term_list("validity").find(entry.validity)
    items = context.site.fulfils.get(key, ())
    return SearchRecord(
        key=f"{document.kind}/{document.id}",
        url=document_path(document.kind, document.id),
        kind=document.kind,
        title=document.title,
        doc_no=entry.doc_no,
        index_no=document.index_no,
        issuer=entry.issuer,
        column=context.site.assembly.home[key],
        topic="/".join(document.topic),
        domain=context.site.assembly.items[items[0]].domain if items else "",
        published=document.published[:10],
        validity=validity.id if validity else "",
        in_force=entry.in_force,
        keywords=document.keywords,
        summary=document.summary if not expired else "",
        blocks=() if expired else (*context.body(key).blocks, *_values(context, document)),
        attachments=() if expired else _attachments(context, document),
        interpretations=tuple((link.text, link.path) for link in entry.interpretations),
    )


def _attachments(context: RenderContext, document: Document) -> tuple[AttachmentText, ...]:
    """Names and texts of what a document offers for download."""
    return tuple(
        AttachmentText(file.name, file_path(file.path), context.attachment_text(file.path))
        for file in document.attachments
    )


def _values(context: RenderContext, document: Document) -> tuple[str, ...]:
    """Text that stands in keys of the kind rather than in the body."""
    details = document.details
    if isinstance(details, GuideDetails):
        names = tuple(material.name for material in details.materials)
        return (
            *details.conditions,
            *details.legal_basis,
            *details.steps,
            *names,
            details.place,
            details.phone,
        )
    if isinstance(details, ReportDetails):
        return tuple(
            line for text in (details.overview, details.issues, details.other) for line in text.splitlines()
        )
    if isinstance(details, RecordDetails | VillageDetails):
        return record_texts(context, document)
    return ()


def item_record(context: RenderContext, item: CatalogItem) -> SearchRecord:
    """The record of a catalog item: its levels are its title, its elements its text."""
    levels = [level for level in (item.level1, item.level2, item.level3) if level]
    return SearchRecord(
        key=f"{ITEM_KIND}/{item.domain}/{item.id}",
        url=item_path(item.domain, item.id),
        kind=ITEM_KIND,
        title=" · ".join(dict.fromkeys(levels)) or item.id,
        issuer="、".join(item.subject),
        column=item.column if item.column in context.site.columns else "",
        domain=item.domain,
        published="",
        elements=tuple(element.text for element in item.content),
        blocks=(*item.basis, item.deadline_text, item.responsible_unit),
    )
