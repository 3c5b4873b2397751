"""The facts of 信息发布审核表 for one document, as it lies there now."""

from __future__ import annotations

from govsite.check.review.standing import standing_of
from govsite.model.approval import bound_digest
from govsite.pipeline.approval import NoDocumentError, examine_document
from govsite.pipeline.reading import file_digester
from govsite.pipeline.request import Request
from govsite.problems.problem import Severity
from govsite.report.approval_form import Form, FormFile, FormStage
from govsite.vocab.review import stage_labels
from govsite.vocab.terms import kinds, label_of


def approval_form(request: Request, path: str) -> Form:
    """Judge the document again and gather what the form shows. Raises `NoDocumentError`."""
    reviewed = examine_document(request, path)
    doc = reviewed.document
    if doc is None:
        raise NoDocumentError(path)
    digest = file_digester(request.site)
    stands = {stand.stage.stage: stand for stand in standing_of(doc, reviewed.settings.review.keys, digest)}
    owed = reviewed.settings.review.required or ("first", "second", "final", "secrecy")
    stages = []
    for name, label in stage_labels().items():
        if name in stands:
            stage = stands[name].stage
            binding, signature = stands[name].binding, stands[name].signature
            stages.append(FormStage(label, stage.by, stage.on, stage.conclusion, binding, signature))
        elif name in owed:
            stages.append(FormStage(label))
    files = {file.path: file for file in (*doc.attachments, *doc.embedded)}
    return Form(
        site=reviewed.settings.site.name,
        title=doc.title,
        file=doc.file,
        kind=kinds()[doc.kind].label,
        number=getattr(doc.details, "doc_no", ""),
        index_no=doc.index_no,
        publisher=doc.publisher or reviewed.settings.site.publisher,
        published=doc.published,
        disclosure=label_of("disclosure", doc.disclosure),
        reason=doc.disclosure_reason,
        digest=bound_digest(reviewed.content, doc, digest),
        files=tuple(FormFile(file.name, file.size, digest(path)) for path, file in sorted(files.items())),
        counts=tuple(
            (severity.word, sum(found.severity is severity for found in reviewed.findings))
            for severity in sorted(Severity, reverse=True)
        ),
        stages=tuple(stages),
    )
