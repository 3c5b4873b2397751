"""The body of a document: HTML in which late links are left open, and what was seen in it."""

from __future__ import annotations

from typing import NamedTuple

from govsite.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in the HTML that only the finished site can fill.

    kind: `document` (a link to another source; target: path under `content/`) · `file` and `image` (path under
    `content/`) · `external` · `anchor` · `number` (a 发文字号 in running text; target: as written) · `title` (a
    《title》 in running text; target: without the marks) · `table` (start of a table; target: its number) ·
    `broken` (a link that leads nowhere; shown as text).
    inner: HTML shown; extra: title or alt text; line, column: place in the file, 1-based; written: the target as the author wrote it.
    """

    kind: str
    target: str
    inner: str = ""
    extra: str = ""
    anchor: str = ""
    line: int = 0
    column: int = 0
    written: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the body. level: 2 to 6, without jumps; anchor: id in the page."""

    level: int
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Body:
    """parts: HTML text and slots in turn; blocks: plain text by paragraph, heading or row, for search and summary."""

    parts: tuple[str | Slot, ...] = ()
    headings: tuple[Heading, ...] = ()
    blocks: tuple[str, ...] = ()

    @property
    def slots(self) -> tuple[Slot, ...]:
        """The open places, in reading order."""
        return tuple(part for part in self.parts if isinstance(part, Slot))


class SlotFact(NamedTuple):
    """An open place without its HTML. written: the target as the author wrote it, for carets."""

    kind: str
    target: str
    anchor: str
    line: int
    column: int
    written: str


@dataclass(frozen=True, slots=True)
class BodyFacts:
    """What other stages need to know of a body without holding it.

    slots: open places; headings: (text, anchor); anchors: ids in the page; length: characters of text; summary: the
    first sentences.
    """

    slots: tuple[SlotFact, ...] = ()
    headings: tuple[tuple[str, str], ...] = ()
    anchors: tuple[str, ...] = ()
    length: int = 0
    summary: str = ""
