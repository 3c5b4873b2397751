"""Personal data in text as it is published, tables that were typed with blanks included.

A table pasted into Markdown or taken out of a PDF is lines of words; its header line still says what the words are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from govsite.check.privacy.headers import is_header, plain_header
from govsite.check.privacy.leak import Leak, PrivacyContext
from govsite.check.privacy.tables import Cell, find_in_table
from govsite.check.privacy.text import find_in_text, hinted, without_overlaps
from govsite.check.privacy.words import privacy_words

_WORD: Final = re.compile(r"[^\s,，;；\t|]+")
_LONGEST: Final = 200
_LONGEST_HEADER: Final = 14
_MOST_COLUMNS: Final = 20
_ABOVE: Final = 4


def find_personal_data(text: str, context: PrivacyContext, label: str = "") -> tuple[Leak, ...]:
    """Personal data in `text` of one or many lines, left to right, never overlapping.

    label: what the field or column is called that `text` stands in; it decides where a number alone does not.
    """
    found = find_in_text(text, context, label)
    if "\n" not in text:
        return found
    hints = hinted(text, privacy_words().list_hints)
    if found:  # what was found may be a column of serials
        hints += [match.start() for match in privacy_words().labels["serial"].finditer(text)]
    lists = tuple(_in_lists(text, hints, context)) if hints else ()
    if not lists:
        return found
    outside = [item for item in found if not any(start <= item.start < end for start, end, _ in lists)]
    return without_overlaps((*outside, *(item for _, _, leaks in lists for item in leaks)))


def _in_lists(
    text: str, hints: Sequence[int], context: PrivacyContext
) -> Iterator[tuple[int, int, list[Leak]]]:
    """Start, end and leaks of each typed table; its header says more than the numbers alone.

    hints: places in lines that may be headers.
    """
    done = 0
    for start in sorted({text.rfind("\n", 0, place) + 1 for place in hints}):
        header, end = _line(text, start)
        if start < done or not _is_list_header([word for _, word in header]):
            continue
        rows = [header]
        while end < len(text):
            row, done = _line(text, end + 1)
            if abs(len(row) - len(header)) > 1 or len(row) < 2:
                break
            rows.append(row)
            end = done
        if len(rows) > 1:
            above = " ".join(text[max(0, start - _LONGEST) : start].split("\n")[-_ABOVE:])
            about = replace(context, subject=f"{context.subject} {above}")
            yield start, end, list(_in_rows(rows, about))


def _line(text: str, start: int) -> tuple[list[tuple[int, str]], int]:
    """Words of the line that begins at `start`, with their places, and its end; a long line is no row."""
    end = text.find("\n", start)
    end = len(text) if end < 0 else end
    if end - start > _LONGEST:
        return [], end
    return [(match.start(), match.group()) for match in _WORD.finditer(text, start, end)], end


def _is_list_header(words: list[str]) -> bool:
    if not 2 <= len(words) <= _MOST_COLUMNS or max(map(len, words)) > _LONGEST_HEADER:
        return False
    if any(sign.isdigit() for word in words for sign in word):
        return False
    is_of_persons = any(plain_header(word) in privacy_words().person_headers for word in words)
    return is_of_persons or 2 * sum(map(is_header, words)) >= len(words)


def _in_rows(rows: list[list[tuple[int, str]]], context: PrivacyContext) -> Iterator[Leak]:
    cells: list[Cell] = []
    places: list[int] = []
    for number, row in enumerate(rows, 1):
        for column, (place, word) in enumerate(row, 1):
            cells.append(Cell(number, column, word))
            places.append(place)
    for item in find_in_table(cells, context):
        place = places[item.cell]
        yield Leak(item.leak.kind, place + item.leak.start, place + item.leak.end, item.leak.masked)
