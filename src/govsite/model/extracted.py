"""What was found inside an attachment (附件): text with its place, what is hidden, what is wrong with the file."""

from __future__ import annotations

from govsite.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text of an attachment.

    place: where, in words a clerk finds it by (`清单!D17`, `第3段`, `第2页`, `docProps/core.xml creator`); role: `text` ·
    `header` (first row of a table) · `comment` · `deleted` (tracked) · `inserted` (tracked) · `hidden` · `property` ·
    `name` (of a member of an archive); row: table row it belongs to (0: none), 1-based, so that cells of one row can
    be seen together; column: 1-based column of the table (0: none); table: which table or sheet of the whole file,
    1-based (0: none), since rows of two sheets share their numbers.

    A `deleted` piece is its paragraph as it read before the tracked changes, a `hidden` one its paragraph with the
    hidden words in their place: a number half deleted or half hidden is whole only there.
    """

    text: str
    place: str
    role: str = "text"
    row: int = 0
    column: int = 0
    table: int = 0


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a file; place and detail as facts.

    kind: `encrypted` · `broken` · `too_large` · `too_deep` · `too_slow` (time, not content, ended the reading) ·
    `wrong_type` (detail: what the bytes are) · `macro` · `executable` · `external_link` · `embedded` (a file inside a
    document) · `hidden_sheet` · `hidden_row` · `hidden_column` · `hidden_text` · `hidden_slide` · `tracked_change` ·
    `comment` · `location` · `unsafe_name` (a member that would leave its folder) · `no_text` (pages that are only
    pictures, or whose letters cannot be told) · `unsupported`.
    """

    kind: str
    place: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Extracted:
    """An attachment's content. type: what the bytes are (`docx` `xlsx` `xls` `pdf` `csv` `txt` `zip` `image` …)."""

    type: str
    pieces: tuple[Piece, ...] = ()
    faults: tuple[Fault, ...] = ()

    @property
    def visible_text(self) -> str:
        """Text that a reader of the file sees, blocks on lines of their own."""
        return "\n".join(
            piece.text for piece in self.pieces if piece.role in {"text", "header"} and piece.text
        )
