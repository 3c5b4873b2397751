"""A paragraph with what was added, deleted and hidden in it, and the ways to read it."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from typing import Final

DELETED: Final = 1
INSERTED: Final = 2
HIDDEN: Final = 4


@dataclass(slots=True)
class Passage:
    """Stretches of text in order, each with its marks (DELETED, INSERTED, HIDDEN or their sum)."""

    stretches: list[tuple[str, int]] = field(default_factory=list)
    _marks: int = 0

    def append(self, text: str, marks: int) -> None:
        """Add a stretch at the end."""
        self.stretches.append((text, marks))
        self._marks |= marks

    def extend(self, other: Passage) -> None:
        """Add another passage on a line of its own."""
        if self.stretches:
            self.stretches.append(("\n", 0))
        self.stretches.extend(other.stretches)
        self._marks |= other._marks

    @property
    def has_text(self) -> bool:
        """Whether anything but blanks stands in it, visible or not."""
        return any(text.strip() for text, _marks in self.stretches)

    def visible(self) -> str:
        """As a reader sees it with all changes accepted."""
        return self._join(without=DELETED | HIDDEN)

    def before_changes(self) -> str:
        """As it read before the tracked changes; `""` if nothing was deleted."""
        return self._join(without=INSERTED) if self._marks & DELETED else ""

    def with_hidden(self) -> str:
        """With the hidden words in their place; `""` if there are none."""
        return self._join(without=DELETED) if self._marks & HIDDEN else ""

    def marked(self, mark: int) -> list[str]:
        """Stretches that bear `mark`, neighbours joined."""
        if not self._marks & mark:
            return []
        groups = groupby(self.stretches, key=lambda stretch: bool(stretch[1] & mark))
        joined = ("".join(text for text, _marks in group) for is_marked, group in groups if is_marked)
        return [text for text in joined if text.strip()]

    def _join(self, *, without: int) -> str:
        return "".join(text for text, marks in self.stretches if not marks & without).strip("\n")
