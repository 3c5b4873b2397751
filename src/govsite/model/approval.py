"""What an approval (审核) is bound to, and what its signature covers."""

from __future__ import annotations

import json
from collections.abc import Callable

from govsite.files.digest import sha256_of
from govsite.model.document import Document
from govsite.model.values import ReviewStage


def bound_digest(content: str, document: Document, file_digest: Callable[[str], str]) -> str:
    """SHA-256 in hex of a document's content and of every file it offers or shows.

    content: `content_digest` of its source; file_digest: SHA-256 of a file by its path under `content/`.
    """
    paths = sorted({file.path for file in (*document.attachments, *document.embedded)})
    return _digest([content, *([path, file_digest(path)] for path in paths)])


def approval_message(document: Document, stage: ReviewStage) -> bytes:
    """The bytes that are signed: which document, which content, who, as what, when, with what conclusion."""
    facts = {
        "document": document.key,
        "content": stage.digest,
        "stage": stage.stage,
        "by": stage.by,
        "on": stage.on,
        "conclusion": stage.conclusion,
    }
    return b"govsite approval 1\n" + json.dumps(facts, ensure_ascii=False, sort_keys=True).encode()


def _digest(value: object) -> str:
    return sha256_of(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())
