"""A source to a typed document."""

from __future__ import annotations

import posixpath
import re
from dataclasses import replace

from govsite.expect.fields import Field, expect_fields, report_missing
from govsite.expect.values import (
    expect_day,
    expect_flag,
    expect_identifier,
    expect_moment,
    expect_prose,
    expect_term,
    expect_text,
    expect_words,
)
from govsite.frozen import dataclass
from govsite.model.body import Body, BodyFacts
from govsite.model.details import Details, RecordDetails
from govsite.model.document import PUBLIC, Document
from govsite.model.sources import Source
from govsite.model.values import Attachment, Row
from govsite.problems.problem import Problem
from govsite.source.span import Span
from govsite.validate.body import read_body
from govsite.validate.content import content_digest
from govsite.validate.context import Context, folder_of
from govsite.validate.details import read_details
from govsite.validate.parts import expect_attachments, expect_ignore, expect_references, expect_review
from govsite.validate.pending import with_pending
from govsite.vocab.keys import keys_of
from govsite.vocab.terms import kinds

_MARKDOWN = "markdown"
# No problem points at these by key; of a site with many documents every span counts.
_UNPLACED = frozenset(
    {
        "kind",
        "ignore",
        "draft",
        "editor",
        "author",
        "source",
        "keywords",
        "disclosure_reason",
        "formed",
    }
)
_TOPIC = re.compile(r"\s*[/\\>＞-]\s*")


@dataclass(frozen=True, slots=True)
class Checked:
    """What one source became. document: None where it cannot take part; body: for the store."""

    document: Document | None
    body: Body
    problems: tuple[Problem, ...]


def check_document(source: Source, context: Context) -> Checked:
    """The typed document of a source, with every problem its own file shows (FM, DOC, LNK)."""
    problems: list[Problem] = []
    kind = _kind(source, problems)
    keys = keys_of(kind)
    fields = expect_fields(source.front, keys, problems)
    draft = expect_flag(fields.get("draft"), problems)
    head = Span.of_line(source.path, 1, 1, len("---")) if source.body_line else Span.of_line(source.path, 1)
    report_missing(fields, keys, head, problems, draft=draft)
    folder = folder_of(source.path)
    details = read_details(kind, fields, folder, context, problems)
    body, facts, shown, found = read_body(source.path, folder, source.body_line, source.body, context)
    problems += found
    document = _document(source, kind, fields, details, facts, context, problems)
    content = content_digest(source) if document.review else ""
    document = replace(document, draft=draft, embedded=(*shown, *_files_of(details)), content=content)
    _check_disclosure(document, fields, head, problems)
    _check_dates(document, problems)
    return Checked(document, body, tuple(with_pending(source, problems)))


def _kind(source: Source, problems: list[Problem]) -> str:
    for word, value in source.front:
        if word.text in {"类型", "kind"}:
            named = expect_term(
                Field(keys_of(source.kind).by_word["kind"], value, word.span), "kinds", problems
            )
            return named if named and kinds()[named].format == _MARKDOWN else source.kind
    return source.kind


def _document(
    source: Source, kind: str, fields: dict[str, Field], details: Details, facts: BodyFacts, context: Context,
    problems: list[Problem],
) -> Document:  # fmt: skip
    topic = expect_text(fields.get("topic"), problems)

    document_id = expect_identifier(fields.get("id"), problems) or _id_from_path(source)

    def text(name: str) -> str:
        return expect_text(fields.get(name), problems)

    return Document(
        kind=kind,
        id=document_id,
        file=source.path,
        published=expect_moment(fields.get("published"), problems),
        disclosure=expect_term(fields.get("disclosure"), "disclosure", problems),
        details=details,
        body=facts,
        digest=source.digest,
        column=expect_identifier(fields.get("column"), problems),
        catalog_items=expect_references(fields.get("catalog_items"), problems),
        summary=expect_prose(fields.get("summary"), problems),
        keywords=expect_words(fields.get("keywords"), problems),
        topic=tuple(part for part in _TOPIC.split(topic) if part),
        formed=expect_day(fields.get("formed"), problems),
        attachments=expect_attachments(fields.get("attachments"), folder_of(source.path), context, problems),
        review=expect_review(fields.get("review"), problems),
        shown_until=expect_day(fields.get("shown_until"), problems),
        ignore=expect_ignore(fields.get("ignore"), problems),
        spans=_spans(fields),
        title=text("title") or document_id,
        disclosure_reason=text("disclosure_reason"),
        reassessed=expect_day(fields.get("reassessed"), problems),
        index_no=text("index_no"),
        publisher=text("publisher"),
        source=text("source"),
        author=text("author"),
        editor=text("editor"),
    )


def _spans(fields: dict[str, Field]) -> tuple[tuple[str, Span], ...]:
    return tuple((key, field.value.span) for key, field in fields.items() if key not in _UNPLACED)


def _id_from_path(source: Source) -> str:
    """The path under the kind's folder without the suffix."""
    below = source.path.removeprefix("content/")
    for kind in kinds().values():
        if below.startswith(kind.folder + "/"):
            below = below.removeprefix(kind.folder + "/")
            break
    return posixpath.splitext(below)[0]


def _files_of(details: Details) -> tuple[Attachment, ...]:
    """Files that a kind's own keys name."""
    media = getattr(details, "media", None)
    files = [media.file, media.captions] if media else []
    for material in getattr(details, "materials", ()):
        files += [material.blank, material.sample]
    if isinstance(details, RecordDetails):
        values = [*details.values.values()]
        values += [cell for value in values if isinstance(value, tuple) for row in value if isinstance(row, Row)
                   for cell in row.values.values()]  # fmt: skip
        files += [value for value in values if isinstance(value, Attachment)]
    return tuple(file for file in files if file is not None)


def _check_disclosure(
    document: Document, fields: dict[str, Field], head: Span, problems: list[Problem]
) -> None:
    if "disclosure" not in fields:
        problems.append(Problem.at("DOC101", head))
    elif document.disclosure and document.disclosure != PUBLIC and not document.disclosure_reason:
        problems.append(Problem.at("DOC102", fields["disclosure"].value.span))


def _check_dates(document: Document, problems: list[Problem]) -> None:
    """DOC107: published before written; DOC108: another year in the number; DOC116, DOC117: order of force."""
    details = document.details
    written = getattr(details, "written", "")
    if written and document.published and document.published[:10] < written:
        problems.append(
            Problem.at("DOC107", document.span_of("published"), (document.span_of("written"),),
                       published=document.published[:10], written=written)
        )  # fmt: skip
    number = getattr(details, "doc_no", "")
    if number and written and "〔" in number:
        year = number.partition("〔")[2][:4]
        if year != written[:4]:
            problems.append(Problem.at("DOC108", document.span_of("doc_no"), number=number, written=written))
    effective, expires = getattr(details, "effective", ""), getattr(details, "expires", "")
    if expires and (effective or written) and expires <= (effective or written):
        problems.append(
            Problem.at("DOC117", document.span_of("expires"), expires=expires, effective=effective or written)
        )
    opens, closes = getattr(details, "opens", ""), getattr(details, "closes", "")
    if opens and closes and closes < opens:
        problems.append(Problem.at("DOC116", document.span_of("closes"), opens=opens, closes=closes))
