"""重复发布: the same title and the same text published twice (19号检查常见问题)."""

from __future__ import annotations

from collections.abc import Iterator

from govsite.check.duties.inspection import Inspection
from govsite.files.digest import digest_of
from govsite.hanzi.fold import fold
from govsite.hanzi.title import folded_title
from govsite.model.document import Document
from govsite.problems.problem import Problem


def check_twice(inspection: Inspection) -> Iterator[Problem]:
    """COL110. Bodies are read only where title and length agree; the older publication is the one that stays."""
    shortest = inspection.limit("twice_length")
    titled: dict[tuple[str, str], list[Document]] = {}
    for doc in inspection.site.documents.values():
        if inspection.is_out(doc):
            titled.setdefault((doc.kind, folded_title(doc.title)), []).append(doc)
    for namesakes in titled.values():
        if len(namesakes) > 1:
            for group in _as_long(inspection, namesakes, shortest):
                yield from _same(inspection, group)


def _as_long(inspection: Inspection, documents: list[Document], shortest: int) -> list[list[Document]]:
    """Documents of one length together, those alone and the short ones left out."""
    groups: dict[int, list[Document]] = {}
    for doc in documents:
        groups.setdefault(inspection.length(doc), []).append(doc)
    return [group for length, group in groups.items() if length >= shortest and len(group) > 1]


def _same(inspection: Inspection, group: list[Document]) -> Iterator[Problem]:
    first: dict[str, Document] = {}
    for doc in sorted(group, key=lambda doc: (doc.published, doc.file)):
        digest = digest_of(fold("".join(inspection.body(doc.key).blocks)).encode())
        known = first.setdefault(digest, doc)
        if known is not doc:
            yield Problem.at(
                "COL110", doc.span_of("title"), (known.span_of("title"),), title=doc.title, other=known.file
            )
