"""First pass: sources to documents, a chunk of files at a time; what each became goes into packs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from govsite.cache.prepared import AskedFiles, Prepared, prepared_to_bytes
from govsite.check.privacy.document import check_document_privacy, check_lines_privacy, phones_in
from govsite.check.privacy.leak import PrivacyContext
from govsite.check.secrecy.document import check_document_secrecy
from govsite.files.bodies import Stored, store_records
from govsite.frozen import dataclass
from govsite.load.read import read_source
from govsite.model.body import Body
from govsite.model.body_text import body_to_bytes
from govsite.model.catalog import WITHHELD
from govsite.model.sources import Source, SourceFile
from govsite.pipeline.meter import DOCUMENT, METER
from govsite.problems.problem import Problem
from govsite.source.span import Span
from govsite.validate.catalog import check_catalog
from govsite.validate.context import Context
from govsite.validate.document import check_document
from govsite.validate.organisations import check_organisations


@dataclass(frozen=True, slots=True)
class PrepareTask:
    """What the first pass needs to know. packs: folder for results; files: what is no source, path to size;
    privacy: what detectors of personal data may know.
    """

    site: Path
    packs: Path
    files: Mapping[str, int]
    privacy: PrivacyContext


class Chunk(NamedTuple):
    """A run of sources. name: of its pack."""

    name: str
    files: Sequence[SourceFile]


class Place(NamedTuple):
    """Where a source's result and its body lie. digest: of the bytes that were read, `""` where they must be read again;
    withheld: the result itself where the source may not be public, since packs are kept and carried about.
    """

    digest: str
    prepared: Stored | None
    body: Stored | None
    asked: tuple[tuple[str, int], ...]
    withheld: bytes = b""


class Preparer:
    """Reads and validates sources in one process."""

    def __init__(self, task: PrepareTask) -> None:
        self._task = task
        self._asked = AskedFiles(task.files)
        self._context = Context(self._asked)

    def prepare(self, chunk: Chunk) -> list[Place]:
        """Places of the results, in the order of the files. A failure of our own over one file is BUG001 and costs that file only."""
        found: list[Place] = []
        records: list[bytes] = []
        for file in chunk.files:
            with METER.measured(DOCUMENT, file.path):
                digest, prepared, body = self.one(file)
            result, asked = prepared_to_bytes(prepared), self._asked.take()
            if may_be_kept(prepared):
                records += [result, body_to_bytes(body)]
                found.append(Place(digest, None, None, asked))
            else:
                found.append(Place(digest, None, None, asked, result))
        places = iter(store_records(self._task.packs, chunk.name, records))
        return [
            one if one.withheld else one._replace(prepared=next(places), body=next(places)) for one in found
        ]

    def one(self, file: SourceFile) -> tuple[str, Prepared, Body]:
        """Digest, result and body of one source."""
        try:
            source, problems, names = read_source(self._task.site, file)
            if source is None:
                return "", Prepared(problems=tuple(problems), names=tuple(names)), Body()
            prepared, body = self._checked(source, problems)
        except Exception as error:  # noqa: BLE001 - the one place that stands between a bug and all other files
            bug = f"{type(error).__name__}: {error}"
            return "", Prepared(problems=(bug_problem(file.path, bug),)), Body()
        return source.digest, prepared, body

    def _checked(self, source: Source, problems: list[Problem]) -> tuple[Prepared, Body]:
        lines = source.text.split("\n")
        if source.kind in {"catalog", "organisations"}:
            problems += check_lines_privacy(source.path, lines, PrivacyContext(phones=phones_in(lines)))
        if source.kind == "catalog":
            domain, found = check_catalog(source)
            return Prepared(problems=(*problems, *found), domain=domain), Body()
        if source.kind == "organisations":
            organisations, found = check_organisations(source)
            return Prepared(problems=(*problems, *found), organisations=tuple(organisations)), Body()
        checked = check_document(source, self._context)
        problems += checked.problems
        if checked.document is not None:
            head = source.body_line or len(lines)
            problems += check_document_privacy(checked.document, lines, self._task.privacy)
            problems += check_document_secrecy(checked.document, lines, head)
        return Prepared(checked.document, tuple(problems)), checked.body


def may_be_kept(prepared: Prepared) -> bool:
    """Whether a result may lie in a cache: nothing of a document or catalog item that is withheld leaves its source."""
    if prepared.domain is not None and any(item.disclosure == WITHHELD for item in prepared.domain.items):
        return False
    return prepared.document is None or prepared.document.is_public


def bug_problem(file: str, error: str) -> Problem:
    """BUG001: govsite failed over a file."""
    return Problem.at("BUG001", Span.of_file(file), file=file, error=error[:300])


def make_preparer(task: PrepareTask) -> Preparer:
    """For `map_chunks`."""
    return Preparer(task)


def prepare_chunk(preparer: Preparer, chunk: Chunk) -> list[Place]:
    """For `map_chunks`."""
    return preparer.prepare(chunk)
