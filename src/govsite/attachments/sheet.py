"""One worksheet (工作表), cell by cell, with what is hidden in it."""

from __future__ import annotations

from govsite.attachments.cells import (
    column_letters,
    date_text,
    number_text,
    ranges_of,
    split_address,
)
from govsite.attachments.gather import Gatherer
from govsite.attachments.places import place_of
from govsite.attachments.xmlstream import attribute
from govsite.frozen import dataclass

_MAX_COLUMN = 16_384
_ON = frozenset({"1", "true", "on"})
_PAGE_WORDS = frozenset({"oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"})


class HiddenCells:
    """Rows and columns that hold text but are not shown."""

    def __init__(self, sheet: str) -> None:
        self.rows: set[int] = set()
        self.columns: set[int] = set()
        self.cells: set[str] = set()
        self._sheet = sheet

    def report(self, gatherer: Gatherer) -> None:
        """Report each run of them once."""
        for first, last in ranges_of(self.rows):
            gatherer.fault("hidden_row", place_of("cell", sheet=self._sheet, cell=f"{first}:{last}"))
        for first, last in ranges_of(self.columns):
            cell = f"{column_letters(first)}:{column_letters(last)}"
            gatherer.fault("hidden_column", place_of("cell", sheet=self._sheet, cell=cell))
        for cell in sorted(self.cells):
            gatherer.fault("hidden_text", place_of("cell", sheet=self._sheet, cell=cell), ";;;")


@dataclass(frozen=True, slots=True)
class Workbook:
    """What all sheets of a workbook share. dates and blanks: cell styles that show dates, or nothing at all."""

    strings: list[str]
    dates: frozenset[str]
    blanks: frozenset[str]
    is_1904: bool


class Sheet:
    """Turns the elements of one worksheet into pieces. name: the sheet's; is_hidden: the whole sheet is."""

    def __init__(self, gatherer: Gatherer, workbook: Workbook, name: str, *, is_hidden: bool) -> None:
        self.hidden = HiddenCells(name)
        self._gatherer = gatherer
        self._workbook = workbook
        self._name = name
        self._is_hidden = is_hidden
        self._table = gatherer.new_table()
        self._hidden_columns = bytearray(_MAX_COLUMN + 1)
        self._rows_hidden_by_default = False
        self._row = 0
        self._column = 0
        self._is_row_hidden = False
        self._type = ""
        self._style = ""
        self._value: list[str] = []
        self._takes_text = False
        self._phonetic = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if name == "c":
            self._begin_cell(attributes)
        elif name in {"v", "t"} or name in _PAGE_WORDS:
            self._takes_text = not self._phonetic
        elif name == "row":
            number = attributes.get("r", "")
            self._row = int(number) if number.isdecimal() and len(number) < 8 else self._row + 1
            self._column = 0
            self._is_row_hidden = self._is_hidden_row(attributes)
        elif name == "rPh":
            self._phonetic += 1
        elif name == "col" and (attributes.get("hidden") in _ON or attributes.get("width") in {"0", "0.0"}):
            first, last = attributes.get("min", ""), attributes.get("max", "")
            if first.isdecimal() and last.isdecimal():
                start, end = int(first[:6]), min(int(last[:6]), _MAX_COLUMN)
                self._hidden_columns[start : end + 1] = b"\x01" * max(0, end + 1 - start)
        elif name == "sheetFormatPr":
            self._rows_hidden_by_default = attributes.get("zeroHeight") in _ON

    def end(self, name: str) -> None:
        """An element ends."""
        if name in {"v", "t"}:
            self._takes_text = False
        elif name == "c":
            self._end_cell()
        elif name == "rPh":
            self._phonetic -= 1
        elif name in _PAGE_WORDS:
            self._takes_text = False
            self._gatherer.add("".join(self._value), place_of("sheet_header", sheet=self._name))
            self._value = []

    def text(self, data: str) -> None:
        """Character data; only that of values counts."""
        if self._takes_text:
            self._value.append(data)

    def _is_hidden_row(self, attributes: dict[str, str]) -> bool:
        hidden = attributes.get("hidden")
        if hidden is None and self._rows_hidden_by_default:
            return attributes.get("customHeight") not in _ON
        return hidden in _ON or attributes.get("ht") in {"0", "0.0"}

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        self._gatherer.count_cell()
        row, column = split_address(attributes.get("r", ""))
        self._column = column or self._column + 1
        self._row = row or self._row
        self._type = attributes.get("t", "n")
        self._style = attributes.get("s", "0")
        self._value = []

    def _end_cell(self) -> None:
        if not self._value or self._column > _MAX_COLUMN:
            return
        text = self._shown("".join(self._value))
        self._value = []
        if not text or text.isspace():
            return
        address = f"{column_letters(self._column)}{self._row}"
        role = "hidden" if self._judge_hidden(address) else "text"
        place = place_of("cell", sheet=self._name, cell=address)
        self._gatherer.add(text, place, role, row=self._row, column=self._column, table=self._table)

    def _judge_hidden(self, address: str) -> bool:
        """Whether nobody sees the cell; what hides it is kept for the report, unless the whole sheet is hidden."""
        if self._is_hidden:
            return True
        is_column_hidden = bool(self._hidden_columns[self._column])
        is_blank = self._style in self._workbook.blanks
        if self._is_row_hidden:
            self.hidden.rows.add(self._row)
        if is_column_hidden:
            self.hidden.columns.add(self._column)
        if is_blank and len(self.hidden.cells) < self._gatherer.limits.faults:
            self.hidden.cells.add(address)
        return self._is_row_hidden or is_column_hidden or is_blank

    def _shown(self, raw: str) -> str:
        if self._type == "s":
            index = int(raw) if raw.strip().isdecimal() and len(raw) < 10 else -1
            return self._workbook.strings[index] if 0 <= index < len(self._workbook.strings) else ""
        if self._type == "n":
            if self._style in self._workbook.dates:
                return date_text(raw, is_1904=self._workbook.is_1904)
            return number_text(raw.strip())
        if self._type == "b":
            return "TRUE" if raw.strip() == "1" else "FALSE"
        return raw


class SheetComments:
    """Notes (批注) of a sheet, old and threaded."""

    def __init__(self, gatherer: Gatherer, sheet: str) -> None:
        self._gatherer = gatherer
        self._sheet = sheet
        self._authors: list[str] = []
        self._author = ""
        self._cell = ""
        self._buffer: list[str] = []
        self._element = ""
        self._phonetic = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if name in {"comment", "threadedComment"}:
            self._cell = attribute(attributes, "ref")[:20]
            self._buffer = []
            index = attribute(attributes, "authorId")
            known = index.isdecimal() and int(index) < len(self._authors)
            self._author = self._authors[int(index)] if known else ""
        elif name in {"t", "author", "text"}:
            self._element = "" if self._phonetic else name
            if name == "author":
                self._buffer = []
        elif name == "rPh":
            self._phonetic += 1

    def end(self, name: str) -> None:
        """An element ends."""
        if name == "author":
            self._authors.append("".join(self._buffer))
        elif name in {"comment", "threadedComment"}:
            place = place_of("cell", sheet=self._sheet, cell=self._cell)
            self._gatherer.add("".join(self._buffer).strip(), place, "comment")
            self._gatherer.fault("comment", place, self._author)
        elif name == "rPh":
            self._phonetic -= 1
        if name in {"t", "author", "text"}:
            self._element = ""

    def text(self, data: str) -> None:
        """Character data of texts and authors."""
        if self._element and (self._element != "text" or data.strip()):
            self._buffer.append(data)
