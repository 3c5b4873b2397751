"""Sheets of an Excel workbook as grids: the text of their cells, and which of them are merged.

Texts come from the attachments' own reader: values as people see them, formulas never run.
"""

from __future__ import annotations

import re

from govsite.attachments.archive import Archive
from govsite.attachments.cells import split_address
from govsite.attachments.gather import Gatherer
from govsite.attachments.package import Package
from govsite.attachments.xmlstream import attribute
from govsite.intake.material import Cell, Grid
from govsite.model.extracted import Extracted

_MOST_MERGES = 20_000
_CALLS_OUT = re.compile(
    r"\b(WEBSERVICE|FILTERXML|HYPERLINK|IMPORTDATA|RTD|DDE|CALL|REGISTER\.ID)\s*\(|\|'|\[\d+\]|cmd\|",
    re.IGNORECASE,
)


def read_workbook(data: bytes, extracted: Extracted, gatherer: Gatherer) -> list[Grid]:
    """Visible sheets of an .xlsx file in the order of their tabs. Raises BrokenError, StopReadingError."""
    package = Package(Archive(data, gatherer), gatherer)
    main = package.main_part
    relations = {relation.id: relation.target for relation in package.relations(main)}
    tabs = _Tabs()
    package.parse(main, tabs)
    grids = []
    for number, (name, identity, is_hidden) in enumerate(tabs.found, 1):
        if is_hidden:
            continue
        merges = _Merges(gatherer, name)
        package.parse(relations.get(identity, ""), merges)
        grids.append(_grid(name, extracted, number, merges.found))
    return [grid for grid in grids if grid.cells]


def grids_of(extracted: Extracted) -> list[Grid]:
    """Grids of a file whose reader does not tell merged cells: csv, old workbooks."""
    numbers = dict.fromkeys(piece.table for piece in extracted.pieces if piece.table)
    grids = [_grid(_sheet_of(extracted, number), extracted, number, {}, is_exact=False) for number in numbers]
    return [grid for grid in grids if grid.cells]


def _sheet_of(extracted: Extracted, number: int) -> str:
    place = next(piece.place for piece in extracted.pieces if piece.table == number)
    return place.rpartition("!")[0]


def _grid(
    name: str,
    extracted: Extracted,
    number: int,
    merges: dict[tuple[int, int], tuple[int, int]],
    *,
    is_exact: bool = True,
) -> Grid:
    cells = []
    for piece in extracted.pieces:
        if piece.table == number and piece.row and piece.role in {"text", "header"}:
            rows, columns = merges.get((piece.row, piece.column), (1, 1))
            text = piece.text.replace("\r\n", "\n").replace("\r", "\n")
            cells.append(Cell(text, piece.row, piece.column, piece.place, rows, columns))
    return Grid(name, tuple(cells), name, is_exact)


class _Tabs:
    """Sheets in the order of their tabs: name, id of their relation, whether hidden."""

    def __init__(self) -> None:
        self.found: list[tuple[str, str, bool]] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            identity = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            is_hidden = attributes.get("state", "") in {"hidden", "veryHidden"}
            self.found.append((attributes.get("name", ""), identity, is_hidden))

    def end(self, name: str) -> None: ...

    def text(self, data: str) -> None: ...


class _Merges:
    """Merged ranges of a sheet: size by first cell. Formulas that would call out are reported and never run."""

    def __init__(self, gatherer: Gatherer, sheet: str) -> None:
        self.found: dict[tuple[int, int], tuple[int, int]] = {}
        self._gatherer = gatherer
        self._sheet = sheet
        self._cell = ""
        self._formula: list[str] | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self._cell = attribute(attributes, "r")
        elif name == "f":
            self._formula = []
        elif name == "mergeCell":
            self._gatherer.count_cell()
            first, _, last = attribute(attributes, "ref").partition(":")
            top, left = split_address(first)
            bottom, right = split_address(last)
            if top and bottom >= top and right >= left:
                if len(self.found) >= _MOST_MERGES:
                    raise self._gatherer.stop("too_large", "merged cells")
                self.found[top, left] = (bottom - top + 1, right - left + 1)

    def end(self, name: str) -> None:
        if name == "f" and self._formula is not None:
            text, self._formula = "".join(self._formula), None
            if _CALLS_OUT.search(text):
                self._gatherer.fault("external_link", f"{self._sheet}!{self._cell}", text[:80])

    def text(self, data: str) -> None:
        if self._formula is not None:
            self._formula.append(data)
