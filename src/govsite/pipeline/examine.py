"""What is inside the attachments: read once, judged for every document that offers them, kept for the search index."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from govsite.attachments.extract import extract
from govsite.attachments.limits import DEFAULT_LIMITS
from govsite.attachments.stored import extracted_from_bytes, extracted_to_bytes, extraction_key, is_settled
from govsite.check.privacy.attachment import check_attachment_privacy
from govsite.check.privacy.leak import PrivacyContext
from govsite.check.secrecy.attachment import check_attachment_secrecy
from govsite.files.bodies import Stored, store_records
from govsite.files.kept import KeptResults
from govsite.frozen import dataclass
from govsite.model.document import Document
from govsite.model.extracted import Extracted
from govsite.model.site import Site
from govsite.model.values import Attachment
from govsite.pipeline.prepare import bug_problem
from govsite.problems.problem import Problem

SEARCHED_CHARACTERS = 200_000


@dataclass(frozen=True, slots=True)
class ExamineTask:
    """packs: folder for texts; cache: folder of results kept between runs; privacy: what detectors may know."""

    site: Path
    packs: Path
    cache: Path
    privacy: PrivacyContext


class Offered(NamedTuple):
    """A file under `content/` and the public documents that offer or show it."""

    path: str
    by: tuple[tuple[Attachment, Document], ...]


class Batch(NamedTuple):
    """Some files. name: of their texts' pack."""

    name: str
    files: Sequence[Offered]


class Examined(NamedTuple):
    """What one file became. settled: whether another look would find the same."""

    path: str
    text: Stored
    problems: tuple[Problem, ...]
    settled: bool


def offered_files(site: Site) -> list[Offered]:
    """Files that the site is going to publish, in path order."""
    found: dict[str, list[tuple[Attachment, Document]]] = {}
    for key, document in site.documents.items():
        if key not in site.assembly.expired:
            for attachment in (*document.attachments, *document.embedded):
                found.setdefault(attachment.path, []).append((attachment, document))
    return [Offered(path, tuple(found[path])) for path in sorted(found)]


class Examiner:
    """Reads and judges attachments in one process."""

    def __init__(self, task: ExamineTask) -> None:
        self._task = task
        self._kept = KeptResults(task.cache)

    def examine(self, batch: Batch) -> list[Examined]:
        """Texts and problems of some files (PRV1xx, PRV2xx, SEC2xx). A bug over one file is BUG001 for that file."""
        found = [self._one(file) for file in batch.files]
        places = store_records(self._task.packs, batch.name, [text for text, _, _ in found])
        return [
            Examined(file.path, place, tuple(problems), is_settled)
            for file, place, (_, problems, is_settled) in zip(batch.files, places, found, strict=True)
        ]

    def _one(self, file: Offered) -> tuple[bytes, list[Problem], bool]:
        problems: list[Problem] = []
        try:
            extracted = self._extracted(file.path)
            for attachment, document in file.by:
                problems += check_attachment_privacy(attachment, extracted, document, self._task.privacy)
                problems += check_attachment_secrecy(attachment, extracted, document)
            text = extracted.visible_text[:SEARCHED_CHARACTERS].encode("utf-8", "replace")
            return text, problems, is_settled(extracted)
        except Exception as error:  # noqa: BLE001 - one file's bug must not take the others along
            problems.append(bug_problem(f"content/{file.path}", f"{type(error).__name__}: {error}"))
            return b"", problems, False

    def _extracted(self, path: str) -> Extracted:
        source = self._task.site / "content" / path
        if source.stat().st_size > DEFAULT_LIMITS.file_bytes:
            return extract(source, path)
        data = source.read_bytes()
        key = extraction_key(data, path, DEFAULT_LIMITS)
        kept = self._kept.get(key)
        extracted = extracted_from_bytes(kept) if kept is not None else None
        if extracted is None:
            extracted = extract(data, path)
            if is_settled(extracted):
                self._kept.put(key, extracted_to_bytes(extracted))
        return extracted


def make_examiner(task: ExamineTask) -> Examiner:
    """For `map_chunks`."""
    return Examiner(task)


def examine_batch(examiner: Examiner, batch: Batch) -> list[Examined]:
    """For `map_chunks`."""
    return examiner.examine(batch)
