"""What YAML consists of, with positions. A scalar stays the text it was written as."""

from __future__ import annotations

from collections.abc import Iterator

from govsite.frozen import dataclass
from govsite.source.span import Span

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})


@dataclass(frozen=True, slots=True)
class Scalar:
    """A scalar as written. plain: without quotes, so that an empty one means "nothing"."""

    text: str
    span: Span
    plain: bool = True

    @property
    def is_nothing(self) -> bool:
        """Whether YAML calls this value null."""
        return self.plain and self.text in _NULLS


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list in source order."""

    items: tuple[Node, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys and values in source order. A key may stand twice: whoever reads it reports that."""

    entries: tuple[tuple[Scalar, Node], ...]
    span: Span

    def __iter__(self) -> Iterator[tuple[Scalar, Node]]:
        return iter(self.entries)


Node = Scalar | Sequence | Mapping
