"""Personal data in tables: what a cell alone does not tell, its header and its row do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Final, NamedTuple

from govsite.check.privacy.headers import is_header, plain_header
from govsite.check.privacy.labels import label_group
from govsite.check.privacy.leak import (
    ADDRESS,
    BANK_CARD,
    ID_18,
    MINOR,
    SENSITIVE_COLUMN,
    SENSITIVE_NAME,
    Leak,
    PrivacyContext,
    leak,
)
from govsite.check.privacy.names import is_full_name, is_likely_name
from govsite.check.privacy.text import find_in_text
from govsite.check.privacy.words import privacy_words
from govsite.frozen import dataclass
from govsite.hanzi.id_numbers import half_width, is_id18

_HEADER_ROWS: Final = 6
_LONGEST_LABEL: Final = 14
_ACCOUNT: Final = re.compile(r"\d[\d \-]{6,30}\d")
_DIGITS_ONLY: Final = re.compile(r"\s*[0-9０-９]+[xXｘＸ]?\s*|\s*[xXｘＸ]\s*")
_VALUE: Final = re.compile(r"[\d.,%\-/]+[xX]?|.{0,4}[*＊×].*")
_AGE: Final = re.compile(r"(\d{1,3})\s*(?:周?岁)?")
_BIRTH: Final = re.compile(r"((?:19|20)\d{2})\D?(\d{1,2})?")
_SAYS_NOTHING: Final = re.compile(r"[\s*＊×\-—–－/\\.·无否]*")


class Cell(NamedTuple):
    """A cell of a table. row, column: 1-based, gaps allowed."""

    row: int
    column: int
    text: str


class CellLeak(NamedTuple):
    """Personal data in a cell. cell: its place in the sequence given; leak: within its text; label: its header;
    follows: a further part of a number that begins in another cell.
    """

    cell: int
    leak: Leak
    label: str = ""
    follows: bool = False


def find_in_table(cells: Sequence[Cell], context: PrivacyContext) -> tuple[CellLeak, ...]:
    """Personal data in one table, in the order of its cells; the first rows may be titles and headers."""
    return _Table(cells, context).leaks()


@dataclass(frozen=True, slots=True)
class _Column:
    label: str
    header: str
    group: str
    names: bool


class _Table:
    def __init__(self, cells: Sequence[Cell], context: PrivacyContext) -> None:
        self._cells = cells
        self._context = context
        self._rows: dict[int, list[int]] = {}
        for index, cell in enumerate(cells):
            self._rows.setdefault(cell.row, []).append(index)
        self._header_rows = self._find_header_rows()
        self._columns = {column: self._column(column) for column in sorted({cell.column for cell in cells})}
        self._persons = [number for number, column in self._columns.items() if column.names]

    def leaks(self) -> tuple[CellLeak, ...]:
        """All of them; of two in one place the first kind in the order of this method."""
        found: dict[int, list[CellLeak]] = {}
        for item in (*self._split_numbers(), *self._in_cells(), *self._by_column(), *self._names()):
            known = found.setdefault(item.cell, [])
            if all(item.leak.start >= other.leak.end or item.leak.end <= other.leak.start for other in known):
                known.append(item)
        return tuple(item for index in sorted(found) for item in found[index])

    def _find_header_rows(self) -> frozenset[int]:
        """Rows at the top that hold words of headers, and those above them."""
        top = sorted(self._rows)[:_HEADER_ROWS]
        width = max((len(members) for members in self._rows.values()), default=0)
        last = 0
        for row in top:
            texts = [self._cells[index].text for index in self._rows[row]]
            if last and len(self._rows[last]) >= width:
                break  # no cell of the header was merged, so there is no second row to it
            if len(texts) > 1 and any(map(is_header, texts)) and not any(map(_is_value, texts)):
                last = row
            elif last:
                break
        return frozenset(row for row in top if row <= last)

    @cached_property
    def _data(self) -> list[int]:
        return [index for index, cell in enumerate(self._cells) if cell.row not in self._header_rows]

    def _column(self, number: int) -> _Column:
        headers = [self._cells[index].text for row in sorted(self._header_rows) for index in self._rows[row]
                   if self._cells[index].column == number and len(self._rows[row]) > 1]  # fmt: skip
        label = " ".join(text.strip() for text in headers)
        header = plain_header(headers[-1]) if headers else ""
        texts = [self._cells[index].text for index in self._data if self._cells[index].column == number]
        filled = [text for text in texts if text.strip()]
        is_person = any(plain_header(text) in privacy_words().person_headers for text in headers)
        alike = sum(is_likely_name(text) for text in filled)
        return _Column(label, header, self._group(label, filled), is_person and alike * 2 >= len(filled) > 0)

    @staticmethod
    def _group(label: str, texts: list[str]) -> str:
        """What the header announces; a column of serials (编号) that is identity numbers nearly all through is one of those."""
        group = label_group(label)
        if group == "serial" and len(texts) > 2:
            alike = sum(is_id18(half_width(text.strip())) for text in texts)
            return "" if alike * 10 >= len(texts) * 9 else group
        return group

    def _in_cells(self) -> Iterator[CellLeak]:
        """What a cell shows by itself, judged with its header or the field's name on its left."""
        for index, cell in enumerate(self._cells):
            column = self._columns[cell.column]
            is_data = cell.row not in self._header_rows
            label = column.label if is_data and label_group(column.label) else self._left_of(index)
            if column.group == "" and label_group(column.label) == "serial":
                label = ""
            for found in find_in_text(cell.text, self._context, label):
                yield CellLeak(index, found, column.header)

    def _left_of(self, index: int) -> str:
        cell = self._cells[index]
        row = self._rows[cell.row]
        place = row.index(index)
        text = self._cells[row[place - 1]].text if place else ""
        return text if len(text) <= _LONGEST_LABEL else ""

    def _split_numbers(self) -> Iterator[CellLeak]:
        """Identity numbers of which each cell holds a part."""
        for row in self._rows.values():
            digits = [index for index in row if _DIGITS_ONLY.fullmatch(self._cells[index].text)]
            start = 0
            while start < len(digits):
                used = self._split_at(digits, start)
                for place, index in enumerate(digits[start : start + used]):
                    text = self._cells[index].text
                    whole = "".join(self._cells[part].text.strip() for part in digits[start : start + used])
                    shown = leak(ID_18, whole, 0, len(whole)).masked if not place else ""
                    yield CellLeak(index, Leak(ID_18, 0, len(text), shown), follows=place > 0)
                start += used or 1

    def _split_at(self, digits: list[int], start: int) -> int:
        """How many neighbouring cells from `start` on make an identity number; 0 where none do."""
        joined = ""
        for used, index in enumerate(digits[start : start + 18], 1):
            if used > 1 and self._cells[index].column != self._cells[digits[start + used - 2]].column + 1:
                return 0
            joined += half_width(self._cells[index].text.strip())
            if len(joined) >= 18:
                return used if used > 1 and len(joined) == 18 and is_id18(joined) else 0
        return 0

    def _by_column(self) -> Iterator[CellLeak]:
        """Accounts, homes and sensitive matters in lists of persons."""
        if not self._persons:
            return
        words = privacy_words()
        for number, column in self._columns.items():
            is_account = column.group == "account"
            is_sensitive = bool(words.sensitive_headers.search(column.header)) and not words.counts.search(
                column.header
            )
            is_address = bool(words.labels["address"].search(column.label))
            is_office = bool(words.address.office.search(column.label))
            for index in self._data:
                text = self._cells[index].text
                if self._cells[index].column != number or column.names or _SAYS_NOTHING.fullmatch(text):
                    continue
                if is_account and (match := _ACCOUNT.search(half_width(text))):
                    yield CellLeak(index, leak(BANK_CARD, text, match.start(), match.end()), column.header)
                elif is_sensitive:
                    yield CellLeak(index, leak(SENSITIVE_COLUMN, text, 0, len(text)), column.header)
                elif not is_office and (words.address.fine if is_address else words.address.home).search(
                    text
                ):
                    yield CellLeak(index, leak(ADDRESS, text, 0, len(text)), column.header)

    def _names(self) -> Iterator[CellLeak]:
        """Full names of minors, and in lists whose subject is sensitive."""
        words = privacy_words()
        if not self._persons:
            return
        titles = [self._cells[index].text for row in self._header_rows for index in self._rows[row][:1]]
        is_official = any(words.official_headers.search(column.header) for column in self._columns.values())
        subject = " ".join((self._context.subject, *titles))
        is_sensitive = bool(words.sensitive_subjects.search(subject)) and not is_official
        has_guardian = any(words.guardian_headers.search(column.header) for column in self._columns.values())
        minors = self._rows_of_minors()
        for index in self._data:
            cell = self._cells[index]
            column = self._columns[cell.column]
            if not column.names or not is_full_name(cell.text):
                continue
            is_guardian = bool(words.guardian_headers.search(column.header))
            of_minors = column.header in words.minor_headers or (has_guardian and not is_guardian)
            if (cell.row in minors and not is_guardian) or of_minors:
                yield CellLeak(index, leak(MINOR, cell.text, 0, len(cell.text)), column.header)
            elif is_sensitive:
                yield CellLeak(index, leak(SENSITIVE_NAME, cell.text, 0, len(cell.text)), column.header)

    def _rows_of_minors(self) -> frozenset[int]:
        words = privacy_words()
        ages = {n for n, column in self._columns.items() if words.age_headers.search(column.header)}
        births = {n for n, column in self._columns.items() if words.birth_headers.search(column.header)}
        rows: set[int] = set()
        for index in self._data:
            cell = self._cells[index]
            text = cell.text.strip()
            age = _AGE.fullmatch(text) if cell.column in ages else None
            birth = _BIRTH.match(text) if cell.column in births else None
            is_young = age is not None and int(age[1]) < words.adult_from
            if is_young or (birth and self._is_minor_since(int(birth[1]), int(birth[2] or 1))):
                rows.add(cell.row)
        return frozenset(rows)

    def _is_minor_since(self, year: int, month: int) -> bool:
        as_of = self._context.as_of
        if not as_of:
            return False
        months = (int(as_of[:4]) - year) * 12 + int(as_of[5:7]) - month
        return 0 <= months < privacy_words().adult_from * 12


def _is_value(text: str) -> bool:
    """Whether a cell holds a number or something masked, as no header does."""
    return bool(_VALUE.fullmatch(text.strip()))
