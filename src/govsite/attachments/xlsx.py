"""Excel workbooks: all sheets, shown and hidden, their notes, and the copies of data kept behind them."""

from __future__ import annotations

import posixpath
import re

from govsite.attachments.cells import hides_all, is_date_format
from govsite.attachments.gather import Gatherer
from govsite.attachments.headers import mark_headers
from govsite.attachments.package import Package
from govsite.attachments.places import place_of
from govsite.attachments.sheet import Sheet, SheetComments, Workbook
from govsite.attachments.xmlstream import LeafTexts, attribute

_HIDDEN_STATES = frozenset({"hidden", "veryHidden"})
_CACHES = re.compile(r"/(pivotCache\w*|externalLink\w*)\.xml$", re.IGNORECASE)
_DRAWN = frozenset({"t"})


def read_xlsx(package: Package, gatherer: Gatherer) -> None:
    """Read all sheets in the order of their tabs."""
    main = package.main_part
    start = len(gatherer.pieces)
    book = _Book()
    package.parse(main, book)
    relations = {relation.id: relation for relation in package.relations(main)}
    workbook = _read_shared(package, main, book, gatherer)
    for name, state, relation_id in book.sheets:
        relation = relations.get(relation_id)
        if state in _HIDDEN_STATES:
            gatherer.fault("hidden_sheet", name, state)
        gatherer.add(name, name, "name")
        if relation is not None and not relation.is_external:
            _read_sheet(package, gatherer, workbook, relation.target, name, is_hidden=state in _HIDDEN_STATES)
    mark_headers(gatherer, start)
    for member in package.archive.members:
        part = member.name.replace("\\", "/")
        if _CACHES.search(part):
            package.parse(part, _Cache(gatherer, part))


def _read_shared(package: Package, main: str, book: _Book, gatherer: Gatherer) -> Workbook:
    strings = _Strings(gatherer)
    for part in package.related(main, "sharedStrings"):
        package.parse(part, strings)
    styles = _Styles()
    for part in package.related(main, "styles"):
        package.parse(part, styles)
    return Workbook(strings.found, frozenset(styles.dates), frozenset(styles.blanks), book.is_1904)


def _read_sheet(
    package: Package, gatherer: Gatherer, workbook: Workbook, part: str, name: str, *, is_hidden: bool
) -> None:
    sheet = Sheet(gatherer, workbook, name, is_hidden=is_hidden)
    try:
        package.parse(part, sheet)
    finally:
        sheet.hidden.report(gatherer)
    for relation in package.relations(part):
        if relation.is_external:
            continue
        if relation.type in {"comments", "threadedComment"}:
            package.parse(relation.target, SheetComments(gatherer, name))
        elif relation.type == "drawing":
            drawn = LeafTexts(_DRAWN)
            package.parse(relation.target, drawn)
            for _element, text in drawn.found:
                gatherer.add(text, place_of("sheet_drawing", sheet=name), "hidden" if is_hidden else "text")


class _Book:
    """Sheets in the order of their tabs: name, state, id of their relation."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str, str]] = []
        self.is_1904 = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            relation = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            self.sheets.append((attributes.get("name", ""), attributes.get("state", ""), relation))
        elif name == "workbookPr":
            self.is_1904 = attributes.get("date1904") in {"1", "true"}

    def end(self, name: str) -> None: ...

    def text(self, data: str) -> None: ...


class _Strings:
    """The shared strings, without the reading aids (拼音) that Excel keeps beside them."""

    def __init__(self, gatherer: Gatherer) -> None:
        self.found: list[str] = []
        self._gatherer = gatherer
        self._characters = 0
        self._buffer: list[str] = []
        self._is_text = False
        self._phonetic = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "si":
            self._buffer = []
        elif name == "t":
            self._is_text = not self._phonetic
        elif name == "rPh":
            self._phonetic += 1

    def end(self, name: str) -> None:
        if name == "t":
            self._is_text = False
        elif name == "rPh":
            self._phonetic -= 1
        elif name == "si":
            text = "".join(self._buffer)
            self._characters += len(text)
            self.found.append(text)
            limits = self._gatherer.limits
            if self._characters > 2 * limits.characters or len(self.found) > limits.cells:
                raise self._gatherer.stop("too_large", "characters")

    def text(self, data: str) -> None:
        if self._is_text:
            self._buffer.append(data)


class _Styles:
    """Cell styles by their index, as text: those that show dates, those that show nothing."""

    def __init__(self) -> None:
        self.dates: set[str] = set()
        self.blanks: set[str] = set()
        self._codes: dict[str, str] = {}
        self._is_cell_styles = False
        self._index = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "numFmt":
            self._codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            self._is_cell_styles = True
        elif name == "xf" and self._is_cell_styles:
            number = attributes.get("numFmtId", "0")
            code = self._codes.get(number, "")
            if hides_all(code):
                self.blanks.add(str(self._index))
            elif is_date_format(int(number) if number.isdecimal() else 0, code):
                self.dates.add(str(self._index))
            self._index += 1

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self._is_cell_styles = False

    def text(self, data: str) -> None: ...


class _Cache:
    """Data a workbook keeps of a pivot table's source or of another workbook, even when that is long gone."""

    def __init__(self, gatherer: Gatherer, part: str) -> None:
        self._gatherer = gatherer
        self._place = posixpath.basename(part)
        self._cell = ""
        self._is_value = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name in {"s", "n", "d"} and "v" in attributes:
            self._gatherer.count_cell()
            self._gatherer.add(attributes["v"], self._place, "hidden")
        elif name in {"cell", "cacheField"}:
            self._cell = attribute(attributes, "r") or attribute(attributes, "name")
            if name == "cacheField":
                self._gatherer.add(self._cell, self._place, "hidden")
        elif name == "v":
            self._is_value = True

    def end(self, name: str) -> None:
        if name == "v":
            self._is_value = False

    def text(self, data: str) -> None:
        if self._is_value:
            self._gatherer.add(data, f"{self._place} {self._cell}", "hidden")
