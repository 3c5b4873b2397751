"""Personal data in a source file: front matter, text and tables, each with its place in the file."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import accumulate
from typing import Final, NamedTuple

from govsite.check.privacy.leak import Leak, PrivacyContext
from govsite.check.privacy.lists import find_personal_data
from govsite.check.privacy.tables import Cell, find_in_table
from govsite.frozen import dataclass
from govsite.source.span import Span

_DELIMITER: Final = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_PIPE: Final = re.compile(r"(?<!\\)\|")
_SUBJECT_LINES: Final = 3


class SourceLeak(NamedTuple):
    """Personal data in a source. leak: places count from the start of the whole file; table: number of the table, 0
    outside; column, label: of the table; follows: a further part of the one before.
    """

    leak: Leak
    table: int = 0
    column: int = 0
    label: str = ""
    follows: bool = False


@dataclass(frozen=True, slots=True)
class _Table:
    """A Markdown table. cells and the places of their texts; subject: heading and lines above it."""

    cells: tuple[Cell, ...]
    places: tuple[int, ...]
    first: int
    last: int
    subject: str


class Lines:
    """Where a place of a text stands: line and column. Counted when it is first asked for."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines

    @cached_property
    def starts(self) -> list[int]:
        """Where each line begins, and one more for the end."""
        return [0, *accumulate(len(line) + 1 for line in self._lines)]

    def span(self, file: str, start: int, end: int) -> Span:
        """The span of a stretch; lines and columns 1-based."""
        first, last = bisect_right(self.starts, start) - 1, bisect_right(self.starts, max(start, end - 1)) - 1
        return Span(file, first + 1, start - self.starts[first] + 1, last + 1, end - self.starts[last] + 1)


def find_in_source(lines: Sequence[str], context: PrivacyContext) -> tuple[SourceLeak, ...]:
    """Personal data in a Markdown or YAML source given by its lines, in the order of the file."""
    text = "\n".join(lines)
    if "|" not in text:
        return tuple(SourceLeak(found) for found in find_personal_data(text, context))
    found = []
    kept = list(lines)
    for number, table in enumerate(_tables(lines), 1):
        kept[table.first : table.last] = [" " * len(line) for line in lines[table.first : table.last]]
        about = replace(context, subject=f"{context.subject} {table.subject}")
        for item in find_in_table(table.cells, about):
            place = table.places[item.cell]
            moved = Leak(item.leak.kind, place + item.leak.start, place + item.leak.end, item.leak.masked)
            column = table.cells[item.cell].column
            found.append(SourceLeak(moved, number, column, item.label, item.follows))
    found += [SourceLeak(item) for item in find_personal_data("\n".join(kept), context)]
    return tuple(sorted(found, key=lambda item: item.leak.start))


def _tables(lines: Sequence[str]) -> Iterator[_Table]:
    """The tables of a Markdown text; a row ends where GFM lets it end."""
    positions = Lines(lines)
    index = 0
    heading = ""
    while index < len(lines):
        line = lines[index]
        if line.startswith("#"):
            heading = line
        has_rule = (
            index + 1 < len(lines) and "-" in lines[index + 1] and _DELIMITER.fullmatch(lines[index + 1])
        )
        if "|" not in line or not has_rule:
            index += 1
            continue
        first = index
        index += 2
        while index < len(lines) and lines[index].strip():
            index += 1
        cells: list[Cell] = []
        places: list[int] = []
        rows = [first, *range(first + 2, index)]
        for number, row in enumerate(rows, 1):
            for column, place, text in _cells(lines[row]):
                cells.append(Cell(number, column, text))
                places.append(positions.starts[row] + place)
        above = [text for text in lines[max(0, first - 2 * _SUBJECT_LINES) : first] if text.strip()]
        subject = " ".join((heading, *above[-_SUBJECT_LINES:]))
        yield _Table(tuple(cells), tuple(places), first, index, subject)


def _cells(line: str) -> Iterator[tuple[int, int, str]]:
    """Column, place in the line, text of each cell that is not blank."""
    body = line.strip()
    start = line.index(body) if body else 0
    if body.startswith("|"):
        start, body = start + 1, body[1:]
    if body.endswith("|") and not body.endswith("\\|"):
        body = body[:-1]
    place = 0
    for column, part in enumerate(_PIPE.split(body), 1):
        text = part.strip()
        if text:
            yield column, start + place + part.index(text), text
        place += len(part) + 1
