"""Values that stand in documents: references, attachments, materials, review records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from decimal import Decimal

from govsite.frozen import dataclass
from govsite.source.span import Span


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference to another document or catalog item as written, with its place."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Attachment:
    """An attachment (附件). path: relative to `content/`; name: as shown; size: bytes, -1 where it is missing."""

    path: str
    name: str
    span: Span
    size: int = -1

    @property
    def suffix(self) -> str:
        """The file type in lower case without the dot (`xlsx`), `""` where there is none."""
        name = self.path.rsplit("/", 1)[-1]
        return name.rsplit(".", 1)[-1].lower() if "." in name else ""


@dataclass(frozen=True, slots=True)
class Media:
    """Media of an interpretation (媒体): file, transcript (文字稿, text), captions file or None."""

    file: Attachment
    transcript: str = ""
    captions: Attachment | None = None


@dataclass(frozen=True, slots=True)
class Material:
    """A required material of a service guide (办理材料)."""

    name: str
    copies: str = ""
    form: str = ""
    blank: Attachment | None = None
    sample: Attachment | None = None


@dataclass(frozen=True, slots=True)
class Opinion:
    """An opinion received in a consultation and what became of it. adopted: term id of `adoption`."""

    opinion: str
    adopted: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ReviewStage:
    """One stage of review (审核). Never in public output.

    stage: key id; by: person; on: ISO day; digest: of the content it was given for (`bound_digest`), `""` for a record
    written by hand; signature: base64 of Ed25519 over `approval_message`.
    """

    stage: str
    by: str
    on: str
    span: Span
    conclusion: str = ""
    digest: str = ""
    signature: str = ""


@dataclass(frozen=True, slots=True)
class Ignored:
    """A check silenced in one document: code, the reason given, where."""

    code: str
    reason: str
    span: Span


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table that a kind's key holds (`rows:PART`). values: by key id of the part, only those written;
    span: the row; places: where each value stands.
    """

    values: Mapping[str, Value]
    span: Span
    places: Mapping[str, Span] = field(default_factory=dict)

    def amount(self, key: str) -> Decimal | None:
        """The number of a cell, None where there is none."""
        value = self.values.get(key)
        return Decimal(value) if isinstance(value, int | Decimal) else None


# What one key may hold. None: a number that was not written, or could not be read.
Value = (
    str
    | int
    | bool
    | Decimal
    | Attachment
    | Media
    | tuple[str, ...]
    | tuple[Reference, ...]
    | tuple[Material, ...]
    | tuple[Opinion, ...]
    | tuple[Attachment, ...]
    | tuple[Row, ...]
    | None
)
