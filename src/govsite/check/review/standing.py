"""How each stage of a document's review stands, for judging and for the ledger."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Mapping

from govsite.files.signature import KeyFault, is_signed
from govsite.frozen import dataclass
from govsite.model.approval import approval_message, bound_digest
from govsite.model.document import Document
from govsite.model.values import ReviewStage
from govsite.vocab.review import stages_of

FileDigest = Callable[[str], str]
BINDINGS = ("bound", "superseded", "changed", "unbound")
SIGNATURES = ("valid", "wrong", "missing", "unknown", "none")


@dataclass(frozen=True, slots=True)
class Standing:
    """One stage, judged. binding: `bound` to what stands there now · `superseded` by a later stage that saw the change ·
    `changed` since · `unbound`, a record without digest. signature: `valid` · `wrong` · `missing` (the person has a key) ·
    `unknown` (signed, but the site knows no key of that person) · `none`.
    """

    stage: ReviewStage
    binding: str
    signature: str


def standing_of(
    document: Document, keys: Mapping[str, bytes], file_digest: FileDigest
) -> tuple[Standing, ...]:
    """The stages of a document in the standard order. keys: public key (PEM) by person."""
    stages = document.review
    now = ""
    if any(stage.digest for stage in stages):
        now = bound_digest(document.content, document, file_digest)
    decided = {
        stage.stage for stage in stages if stage.stage in stages_of("deciding") and stage.digest == now
    }
    return tuple(_stand(document, stage, now, bool(decided), keys) for stage in stages)


def _stand(
    document: Document, stage: ReviewStage, now: str, decided: bool, keys: Mapping[str, bytes]
) -> Standing:
    return Standing(stage, _binding(stage, now, decided), _signature(document, stage, keys))


def _binding(stage: ReviewStage, now: str, decided: bool) -> str:
    """Corrections between the first look and the last word are what reviewing is for: only the deciding stages must
    have seen the very content; an earlier one is let be once they have.
    """
    if not stage.digest:
        return "unbound"
    if stage.digest == now:
        return "bound"
    return "superseded" if decided and stage.stage not in stages_of("deciding") else "changed"


def _signature(document: Document, stage: ReviewStage, keys: Mapping[str, bytes]) -> str:
    key = keys.get(stage.by)
    if not stage.signature:
        return "missing" if key else "none"
    if not key:
        return "unknown"
    try:
        signature = base64.b64decode(stage.signature, validate=True)
        signed = is_signed(key, approval_message(document, stage), signature)
    except (binascii.Error, ValueError, KeyFault):
        return "wrong"
    return "valid" if signed else "wrong"
