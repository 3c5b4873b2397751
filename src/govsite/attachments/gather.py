"""The one place where what readers find is collected and what they spend is counted."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TypeAlias

from govsite.attachments.limits import ExtractLimits
from govsite.attachments.places import place_of
from govsite.model.extracted import Extracted, Fault, Piece

_ADDS_BETWEEN_CLOCKS = 256


class BrokenError(Exception):
    """A file or member is not what it says; the reading of others goes on. detail: a fact, not a sentence."""

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


class StopReadingError(BaseException):
    """A bound of the whole file is reached. No `Exception`, so that no library swallows it on its way out."""

    def __init__(self, kind: str, detail: str, place: str = "") -> None:
        super().__init__(kind, detail, place)
        self.found = Fault(kind, place, detail)


MemberReader: TypeAlias = "Callable[[bytes, str, Gatherer], str]"


class Gatherer:
    """Collects pieces and faults of one file and of all files inside it.

    Raises StopReadingError from whichever call goes over a bound; what was collected until then stays.
    read_member: reads a file found inside this one; isolated: whether this already is the helper process.
    """

    def __init__(
        self, limits: ExtractLimits, read_member: MemberReader, *, depth: int = 0, isolated: bool = False
    ) -> None:
        self.limits = limits
        self.isolated = isolated
        self.depth = depth
        self.pieces: list[Piece] = []
        self.faults: list[Fault] = []
        self._read_member = read_member
        self._prefix = ""
        self._tables = 0
        self._characters = 0
        self._cells = 0
        self._members = 0
        self._unpacked = 0
        self._calls = 0
        self._deadline = time.monotonic() + limits.seconds
        self._fault_counts: Counter[str] = Counter()

    def add(
        self, text: str, place: str, role: str = "text", *, row: int = 0, column: int = 0, table: int = 0
    ) -> None:
        """Keep a piece; blank text says nothing and is dropped."""
        self._calls += 1
        if not self._calls % _ADDS_BETWEEN_CLOCKS:
            self.check_time()
        if not text or text.isspace():
            return
        text = _without_surrogates(text)
        room = self.limits.characters - self._characters
        self.pieces.append(Piece(text[:room], self._full(place), role, row, column, table))
        self._characters += len(text)
        if len(text) > room:
            raise self.stop("too_large", "characters")

    def fault(self, kind: str, place: str = "", detail: str = "") -> None:
        """Keep a fault, the same one only once and not more of a kind than the limits say."""
        found = Fault(kind, self._full(place), _without_surrogates(detail)[:300])
        if self._fault_counts[kind] < self.limits.faults and found not in self.faults:
            self._fault_counts[kind] += 1
            self.faults.append(found)

    def stop(self, kind: str, detail: str) -> StopReadingError:
        """Make the error to raise where a bound of the whole file is reached; it knows the member being read."""
        return StopReadingError(kind, detail, self._prefix)

    def new_table(self) -> int:
        """Return the number of a table or sheet that begins."""
        self._tables += 1
        return self._tables

    def count_cell(self) -> None:
        """Count a cell that was met, with or without text."""
        self._cells += 1
        if self._cells > self.limits.cells:
            raise self.stop("too_large", "cells")
        if not self._cells % 4096:
            self.check_time()

    def count_member(self) -> None:
        """Count a member of an archive."""
        self._members += 1
        if self._members > self.limits.members:
            raise self.stop("too_large", "members")

    def count_unpacked(self, size: int) -> None:
        """Count decompressed bytes."""
        self._unpacked += size
        if self._unpacked > self.limits.unpacked_bytes:
            raise self.stop("too_large", "unpacked_bytes")
        self.check_time()

    def check_time(self) -> None:
        """Stop where the time is spent."""
        if time.monotonic() > self._deadline:
            raise self.stop("too_slow", "seconds")

    def read_member(self, data: bytes, name: str) -> None:
        """Read a file found inside this one; its places begin with its name."""
        with self.inside(name):
            if self.depth > self.limits.depth:
                self.fault("too_deep", detail="depth")
            else:
                self._read_member(data, name, self)

    @contextmanager
    def inside(self, name: str) -> Iterator[None]:
        """Put `name` before every place, one level deeper."""
        prefix = self._prefix
        self._prefix = self._full(name)
        self.depth += 1
        try:
            yield
        finally:
            self._prefix = prefix
            self.depth -= 1

    def remaining_limits(self) -> ExtractLimits:
        """Bounds for a reading that happens elsewhere and is merged afterwards."""
        return replace(
            self.limits,
            characters=max(0, self.limits.characters - self._characters),
            cells=max(0, self.limits.cells - self._cells),
            members=max(0, self.limits.members - self._members),
            unpacked_bytes=max(0, self.limits.unpacked_bytes - self._unpacked),
            seconds=max(0.1, self._deadline - time.monotonic()),
        )

    def merge(self, extracted: Extracted) -> None:
        """Take over what was read elsewhere, as if it had been found here."""
        offset = self._tables
        for piece in extracted.pieces:
            table = piece.table + offset if piece.table else 0
            self._tables = max(self._tables, table)
            self._cells += bool(piece.column)
            self.add(piece.text, piece.place, piece.role, row=piece.row, column=piece.column, table=table)
        for found in extracted.faults:
            self.fault(found.kind, found.place, found.detail)

    def _full(self, place: str) -> str:
        if not self._prefix:
            return place
        return place_of("member", member=self._prefix, place=place) if place else self._prefix


def _without_surrogates(text: str) -> str:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode("utf-8")
    return text
