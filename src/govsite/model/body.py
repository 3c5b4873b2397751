"""The body of a document: HTML in which late links are left open, and what was seen in it."""

from __future__ import annotations

from dataclasses import dataclass

from govsite.source.span import Span


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in the HTML that only the finished site can fill.

    kind: `link` (a link written by the author) · `image` · `number` (a 发文字号 in running text) · `title` (a
    《title》 in running text). target: path, number key or title. inner: HTML shown. extra: attributes (title, alt).
    """

    kind: str
    target: str
    inner: str
    line: int
    extra: str = ""


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


@dataclass(frozen=True, slots=True)
class BodyFacts:
    """What other stages need to know of a body without holding it.

    slots: open places without their HTML as (kind, target, line); anchors: ids in the page; length: characters.
    """

    slots: tuple[tuple[str, str, int], ...] = ()
    anchors: tuple[str, ...] = ()
    length: int = 0
    summary: str = ""
    first_line: int = 1

    def span_of(self, file: str, line: int) -> Span:
        """The span of a line of the body in its file."""
        return Span.of_line(file, line)
