"""The folded text of all documents as one array of character numbers, two bytes a character as a rule."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    Ints: TypeAlias = NDArray[np.int64]
    Keys: TypeAlias = NDArray[np.uint64]
    Ranks: TypeAlias = NDArray[Any]

__all__ = ["CLASS_BITS", "Corpus", "Numbered"]

CLASS_BITS: Final = 2
_FIELD_CLASSES: Final = (3, 2, 0)
_CODE_POINTS: Final = 0x110000
_PLANE: Final = 0x10000
_BLOCK: Final = 4_000_000
"""Bytes of text that are looked at in one go: a table of all code points is gone through for each."""


class Corpus:
    """Collects texts as code points, a block of many documents at a time."""

    def __init__(self) -> None:
        self._waiting: list[bytes] = []
        self._bytes = 0
        self._texts: list[Ranks] = []
        self._lengths: list[int] = []

    def add(self, documents: Iterable[tuple[bytes, tuple[int, int, int]]]) -> None:
        """Append (folded text, lengths of its three fields) of some documents, each field with a line end behind."""
        for folded, lengths in documents:
            self._waiting.append(folded)
            self._bytes += len(folded)
            self._lengths += lengths
        if self._bytes > _BLOCK:
            self._close_block()

    def _close_block(self) -> None:
        text = b"".join(self._waiting).decode()
        self._waiting.clear()
        self._bytes = 0
        encoded = text.encode("utf-16-le")
        if len(encoded) == 2 * len(text):
            self._texts.append(np.frombuffer(encoded, dtype="<u2"))
        else:
            self._texts.append(np.frombuffer(text.encode("utf-32-le"), dtype="<u4"))

    def number(self, slots: Sequence[int]) -> Numbered:
        """Return the whole text. slots: of the documents in the order they were added. The corpus is empty then."""
        self._close_block()
        counts = np.zeros(_CODE_POINTS, dtype=np.int64)
        for text in self._texts:
            found = np.bincount(text)
            counts[: len(found)] += found
        counts[ord("\n")] = 0
        points = np.concatenate([np.zeros(1, dtype=np.int64), np.flatnonzero(counts)])
        kind = np.uint16 if len(points) <= _PLANE else np.uint32
        ranks = np.zeros(_CODE_POINTS, dtype=kind)
        ranks[points[1:]] = np.arange(1, len(points))
        whole = np.zeros(sum(map(len, self._texts)) + 2, dtype=kind)
        at = 0
        self._texts.reverse()
        while self._texts:
            text = self._texts.pop()
            whole[at : at + len(text)] = ranks[text]
            at += len(text)
        slot_of = np.repeat(np.asarray(slots, dtype=np.uint64), len(_FIELD_CLASSES))
        class_of = np.tile(np.array(_FIELD_CLASSES, dtype=np.uint64), len(slots))
        counts[0] = 0
        return Numbered(
            points,
            counts[points],
            whole,
            np.cumsum(np.array(self._lengths, dtype=np.int64)),
            slot_of << np.uint64(CLASS_BITS) | class_of,
        )


class Numbered:
    """A text of ranks: characters numbered in code-point order from 1, 0 for a line end.

    points: the code point of each rank; counts: how often each occurs. text: with two line ends behind. ends: where each
    field of each document ends; marks: slot and class of each field in one number.
    """

    def __init__(self, points: Ints, counts: Ints, text: Ranks, ends: Ints, marks: Keys) -> None:
        self.points = points
        self.counts = counts
        self.text = text
        self._ends = ends
        self._marks = marks

    def marks_at(self, positions: Ints) -> Keys:
        """Return slot and class of ascending positions of the text."""
        inside = np.diff(np.searchsorted(positions, self._ends), prepend=0)
        return np.repeat(self._marks, inside)
