"""An approval (审核) recorded: the whole site judged, one stage written into one document."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from govsite.files.signature import sign
from govsite.frozen import dataclass
from govsite.load.read import read_source
from govsite.model.approval import approval_message, bound_digest
from govsite.model.document import Document
from govsite.model.sources import SourceFile
from govsite.model.values import ReviewStage
from govsite.pipeline.reading import file_digester
from govsite.pipeline.request import Request
from govsite.pipeline.survey import walked_site
from govsite.problems.problem import Finding, grade
from govsite.problems.rules import severities
from govsite.settings.settings import Settings
from govsite.source.entry import replace_entry
from govsite.source.text import decode_text
from govsite.validate.content import content_digest
from govsite.vocab.keys import keys_of, part_keys
from govsite.vocab.review import stage_labels

_RECORDED_ANEW = re.compile(r"REV10[1-9]")
_PLAIN = re.compile(r"[\w\u3400-\u9fff（）《》〔〕·—+/=-]+")
_BOM = b"\xef\xbb\xbf"


class NoDocumentError(LookupError):
    """The path names no document of the site."""


class StyleError(ValueError):
    """The front matter is written so that a record cannot be put into it."""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A document as the reviewer has it before them, None where its file cannot be read. findings: about its own file, but for its records of review;
    content: `content_digest` of its source.
    """

    document: Document | None
    settings: Settings
    findings: tuple[Finding, ...]
    content: str = ""

    @property
    def is_sound(self) -> bool:
        """Whether nothing in it fails the build."""
        return self.document is not None and not any(
            found.severity >= self.settings.fail_on for found in self.findings
        )


def examine_document(request: Request, path: str) -> Reviewed:
    """Judge the site and pick out one document. path: relative to the site. Raises `NoDocumentError`."""
    with walked_site(request, judge=True) as (walk, walked):
        assembly = walked.site.assembly
    everything = [*assembly.documents.values(), *assembly.withheld.values()]
    document = next((doc for doc in everything if doc.file == path), None)
    problems = [found for found in walk.problems if found.span and found.span.file == path]
    if document is None and not problems:
        raise NoDocumentError(path)
    findings = tuple(
        found
        for found in grade(problems, severities(walked.settings.severities))
        if not _RECORDED_ANEW.fullmatch(found.problem.code)
    )
    source = read_source(request.site, SourceFile(document.file, document.kind, 0))[0] if document else None
    return Reviewed(document, walked.settings, findings, content_digest(source) if source else "")


def record_approval(site: Path, document: Document, stage: ReviewStage, private: bytes | None) -> ReviewStage:
    """Bind `stage` to the document as it lies there now, sign it where a key is given, write it into its file.

    Raises `StyleError`, `KeyFault`, OSError.
    """
    source, _, _ = read_source(site, SourceFile(document.file, document.kind, 0))
    if source is None:
        raise NoDocumentError(document.file)
    digest = bound_digest(content_digest(source), document, file_digester(site))
    bound = replace(stage, digest=digest)
    if private is not None:
        signature = base64.b64encode(sign(private, approval_message(document, bound))).decode()
        bound = replace(bound, signature=signature)
    stages = {known.stage: known for known in document.review} | {bound.stage: bound}
    path = site / document.file
    data = path.read_bytes()
    text = decode_text(data)
    if not isinstance(text, str):
        raise NoDocumentError(document.file)
    lines = text.split("\n")
    end = source.body_line or len(lines) + (lines[-1] != "")
    key = keys_of(document.kind).by_word["review"]
    try:
        new = replace_entry(lines, source.front, {key.id, key.label}, _entry(key.label, stages), end)
    except ValueError as error:
        raise StyleError(document.file) from error
    mark = "\r\n" if b"\r\n" in data else "\n"
    encoded = mark.join(new).encode()
    path.write_bytes(_BOM + encoded if data.startswith(_BOM) else encoded)
    return bound


def _entry(label: str, stages: dict[str, ReviewStage]) -> Sequence[str]:
    """The record as lines of YAML, stages in the standard order, a line a fact where there is a digest."""
    keys = {key.id: key.label for key in part_keys("review_stage").keys}
    lines = [f"{label}:"]
    for name, title in stage_labels().items():
        if name not in stages:
            continue
        stage = stages[name]
        facts = {keys[key]: getattr(stage, key) for key in keys if getattr(stage, key)}
        if stage.digest:
            lines += [f"  {title}:", *(f"    {word}: {_scalar(value)}" for word, value in facts.items())]
        else:
            inside = ", ".join(f"{word}: {_scalar(value)}" for word, value in facts.items())
            lines.append(f"  {title}: {{{inside}}}")
    return lines


def _scalar(text: str) -> str:
    return (
        text if _PLAIN.fullmatch(text) and not text.startswith("-") else json.dumps(text, ensure_ascii=False)
    )
