"""The ledger of reviews (审核台账): every record of every document, public or not, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator

from govsite.check.review.standing import FileDigest, standing_of
from govsite.frozen import dataclass
from govsite.model.document import Document
from govsite.model.site import Site
from govsite.settings.review import ReviewSettings
from govsite.vocab.review import stage_labels

MISSING = "missing"


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One stage of one document. binding, signature: as `Standing` has them, or `missing` for a stage that is owed."""

    file: str
    title: str
    published: str
    stage: str
    by: str
    on: str
    conclusion: str
    binding: str
    signature: str
    digest: str


def ledger_entries(
    site: Site, review: ReviewSettings, file_digest: FileDigest, day: str
) -> Iterator[LedgerEntry]:
    """Entries up to the ISO day `day` (`""`: all), documents in file order, stages in the standard one."""
    public = site.assembly.documents
    for doc in sorted([*public.values(), *site.assembly.withheld.values()], key=lambda doc: doc.file):
        owed = review.required if doc.key in public and doc.published[:10] >= review.since else ()
        stands = {stand.stage.stage: stand for stand in standing_of(doc, review.keys, file_digest)}
        for name in stage_labels():
            if name in stands:
                stage = stands[name].stage
                if not day or stage.on <= day:
                    binding, signature = stands[name].binding, stands[name].signature
                    yield _entry(
                        doc, name, stage.by, stage.on, stage.conclusion, binding, signature, stage.digest
                    )
            elif name in owed:
                yield _entry(doc, name, "", "", "", MISSING, "none", "")


def _entry(doc: Document, stage: str, *rest: str) -> LedgerEntry:
    return LedgerEntry(doc.file, doc.title, doc.published[:10], stage, *rest)
