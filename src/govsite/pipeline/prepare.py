"""First pass: sources to documents, a chunk of files at a time, bodies into a store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from govsite.check.privacy.document import check_document_privacy
from govsite.check.privacy.leak import PrivacyContext
from govsite.check.secrecy.document import check_document_secrecy
from govsite.files.bodies import Stored, store_records
from govsite.load.read import read_source
from govsite.model.body_text import body_to_bytes
from govsite.model.document import Document
from govsite.model.sources import SourceFile
from govsite.pipeline.meter import DOCUMENT, METER
from govsite.problems.problem import Problem
from govsite.source.span import Span
from govsite.validate.context import Context
from govsite.validate.document import check_document


@dataclass(frozen=True, slots=True)
class PrepareTask:
    """What the first pass needs to know. store: folder for bodies; files: what is no source, path to size;
    privacy: what detectors of personal data may know.
    """

    site: Path
    store: Path
    files: dict[str, int]
    privacy: PrivacyContext


class Chunk(NamedTuple):
    """A run of sources. name: of its file in the store."""

    name: str
    files: Sequence[SourceFile]


class Prepared(NamedTuple):
    """What a chunk became: documents with the places of their bodies, problems, names of unread documents."""

    documents: list[tuple[Document, Stored]]
    problems: list[Problem]
    unread: list[str]


class Preparer:
    """Reads and validates sources in one process."""

    def __init__(self, task: PrepareTask) -> None:
        self._task = task
        self._context = Context(task.files)

    def prepare(self, chunk: Chunk) -> Prepared:
        """Documents of a chunk. A failure of our own over one file is BUG001 and costs that file only."""
        documents: list[Document] = []
        bodies: list[bytes] = []
        problems: list[Problem] = []
        unread: list[str] = []
        for file in chunk.files:
            try:
                with METER.measured(DOCUMENT, file.path):
                    document, body, found, names = self._one(file)
            except Exception as error:  # noqa: BLE001 - the one place that stands between a bug and all other files
                bug = f"{type(error).__name__}: {error}"
                document, body, found, names = None, b"", [bug_problem(file.path, bug)], []
            problems += found
            unread += names
            if document is not None:
                documents.append(document)
                bodies.append(body)
        places = store_records(self._task.store, chunk.name, bodies)
        return Prepared(list(zip(documents, places, strict=True)), problems, unread)

    def _one(self, file: SourceFile) -> tuple[Document | None, bytes, list[Problem], list[str]]:
        source, problems, names = read_source(self._task.site, file)
        if source is None:
            return None, b"", problems, names
        checked = check_document(source, self._context)
        problems += checked.problems
        if checked.document is not None:
            lines = source.text.split("\n")
            head = source.body_line or len(lines)
            problems += check_document_privacy(checked.document, lines, self._task.privacy)
            problems += check_document_secrecy(checked.document, lines, head)
        return checked.document, body_to_bytes(checked.body), problems, []


def bug_problem(file: str, error: str) -> Problem:
    """BUG001: govsite failed over a file."""
    return Problem.at("BUG001", Span.of_file(file), file=file, error=error[:300])


def make_preparer(task: PrepareTask) -> Preparer:
    """For `map_chunks`."""
    return Preparer(task)


def prepare_chunk(preparer: Preparer, chunk: Chunk) -> Prepared:
    """For `map_chunks`."""
    return preparer.prepare(chunk)
