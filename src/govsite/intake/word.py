"""Word documents as blocks: paragraphs with their numbers, tables with merged cells, pictures, embedded files.

Tracked deletions, hidden text and the text of fields' instructions stay out; that there were some is a fault that
`attachments` reports.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field

from govsite.attachments.archive import Archive
from govsite.attachments.gather import BrokenError, Gatherer
from govsite.attachments.package import Package, Relation
from govsite.attachments.places import place_of
from govsite.attachments.xmlstream import attribute
from govsite.files.paths import is_portable_name
from govsite.intake.material import Block, Cell, Grid, Paragraph, Picture
from govsite.intake.word_marks import draw, symbol
from govsite.intake.word_notes import REFERENCES, WordNotes
from govsite.intake.word_numbers import Numbering
from govsite.intake.word_styles import Styles

_SKIPPED = frozenset(
    {"del", "moveFrom", "Fallback", "instrText", "delText", "rPrChange", "pPrChange", "tblPrChange"}
)
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_OFF = frozenset({"0", "false", "off", "none"})
_MAX_COLUMNS = 1000


@dataclass(slots=True)
class _Paragraph:
    texts: list[str] = field(default_factory=list)
    style: str = ""
    number: str | None = None
    depth: int | None = None
    level: int | None = None
    centred: bool | None = None
    relations: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Table:
    number: int
    cells: list[Cell] = field(default_factory=list)
    row: int = 0
    column: int = 0
    span: int = 1
    merge: str = ""
    texts: list[str] = field(default_factory=list)
    open: dict[int, int] = field(default_factory=dict)
    """Index of the cell that covers a column so far, for cells that go on downwards."""


def read_word(data: bytes, gatherer: Gatherer) -> tuple[list[Block], list[Picture]]:
    """Blocks of a document and the files embedded in it. Raises BrokenError, StopReadingError."""
    package = Package(Archive(data, gatherer), gatherer)
    main = package.main_part
    styles, numbering = Styles(), Numbering()
    for part in package.related(main, "styles"):
        package.parse(part, styles)
    for part in package.related(main, "numbering"):
        package.parse(part, numbering)
    notes = WordNotes(package, main, gatherer)
    story = _Body(package, gatherer, styles, numbering, package.relations(main), notes)
    package.parse(main, story)
    return [*story.blocks, *notes.paragraphs()], story.embedded


class _Body:
    """Handles the elements of the main part."""

    def __init__(
        self,
        package: Package,
        gatherer: Gatherer,
        styles: Styles,
        numbering: Numbering,
        relations: list[Relation],
        notes: WordNotes,
    ) -> None:
        self.blocks: list[Block] = []
        self.embedded: list[Picture] = []
        self._package = package
        self._gatherer = gatherer
        self._styles = styles
        self._numbering = numbering
        self._notes = notes
        self._relations = {relation.id: relation for relation in relations}
        self._paragraphs: list[_Paragraph] = []
        self._tables: list[_Table] = []
        self._open: list[str] = []
        self._skip = 0
        self._count = 0
        self._font = ""
        self._hidden = False
        self._is_text = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if self._skip or name in _SKIPPED:
            self._skip += 1
        elif name in {"rPr", "pPr", "tcPr", "trPr", "tblPr", "sectPr"}:
            self._open.append(name)
        elif self._open:
            self._take_property(name, attributes)
        elif name == "p":
            self._paragraphs.append(_Paragraph())
        elif name == "r":
            self._font, self._hidden = "", False
        elif name == "t":
            self._is_text = True
        elif name in _SIGNS:
            self._append("" if attribute(attributes, "type") == "page" else _SIGNS[name])
        elif name == "sym":
            code = attribute(attributes, "char")
            self._append(symbol(attribute(attributes, "font"), int(code, 16)) if _is_hex(code) else "")
        elif name in {"blip", "imagedata", "OLEObject"}:
            self._take_file(attributes)
        elif name in REFERENCES:
            place = place_of("paragraph", number=max(1, self._count + (not self._tables)))
            self._append(self._notes.call(name, attribute(attributes, "id"), place))
        else:
            self._begin_table(name)

    def end(self, name: str) -> None:
        """An element ends."""
        if self._skip:
            self._skip -= 1
        elif name in {"rPr", "pPr", "tcPr", "trPr", "tblPr", "sectPr"}:
            if self._open:
                self._open.pop()
        elif self._open:
            return
        elif name == "t":
            self._is_text = False
        elif name == "p" and self._paragraphs:
            self._end_paragraph(self._paragraphs.pop())
        elif name == "tc" and self._tables:
            self._end_cell(self._tables[-1])
        elif name == "tbl" and self._tables:
            self._end_table(self._tables.pop())

    def text(self, data: str) -> None:
        """Character data; only that of text elements counts."""
        if self._is_text and not self._skip:
            self._append(draw(self._font, data))

    def _append(self, text: str) -> None:
        if self._paragraphs and not self._hidden:
            self._paragraphs[-1].texts.append(text)

    def _take_property(self, name: str, attributes: dict[str, str]) -> None:
        value, inside = attribute(attributes, "val"), self._open[-1]
        if inside == "rPr" and "pPr" not in self._open:
            if name == "rFonts":
                self._font = attribute(attributes, "ascii") or attribute(attributes, "hAnsi")
            elif name == "vanish":
                self._hidden = value not in _OFF
        elif inside == "pPr" and self._paragraphs:
            _take_paragraph_property(self._paragraphs[-1], name, value)
        elif self._tables:
            _take_table_property(self._tables[-1], name, value)

    def _begin_table(self, name: str) -> None:
        if name == "tbl":
            self._tables.append(_Table(self._gatherer.new_table()))
        elif name == "tr" and self._tables:
            table = self._tables[-1]
            table.row, table.column, table.span = table.row + 1, 1, 1
        elif name == "tc" and self._tables:
            table = self._tables[-1]
            self._gatherer.count_cell()
            table.span, table.merge, table.texts = 1, "", []

    def _take_file(self, attributes: dict[str, str]) -> None:
        identity = attribute(attributes, "embed") or attribute(attributes, "id")
        if self._paragraphs and identity in self._relations:
            self._paragraphs[-1].relations.append(identity)

    def _end_paragraph(self, paragraph: _Paragraph) -> None:
        text = "".join(paragraph.texts).strip("\n \t")
        self._count += bool(text) and not self._tables
        style = self._styles.of(paragraph.style)
        if style.hidden and text:
            return
        if text:
            self._gatherer.count_unpacked(0)
        number = paragraph.number if paragraph.number is not None else style.number
        depth = paragraph.depth if paragraph.depth is not None else style.depth or 0
        label, bullet = self._numbering.label(number, depth) if number and text else ("", False)
        if self._tables:
            if text:
                self._tables[-1].texts.append(label + text)
        elif text:
            level = paragraph.level if paragraph.level is not None else style.level or 0
            centred = paragraph.centred if paragraph.centred is not None else bool(style.centred)
            place = place_of("paragraph", number=self._count)
            self.blocks.append(Paragraph(text, place, label, level, depth + 1 if bullet else 0, centred))
        for identity in paragraph.relations:
            self._keep_file(self._relations[identity])

    def _keep_file(self, relation: Relation) -> None:
        member = None if relation.is_external else self._package.archive.find(relation.target)
        if member is None:
            return
        name = posixpath.basename(relation.target)
        try:
            data = self._package.archive.read(member)
        except BrokenError as broken:
            self._gatherer.fault("broken", relation.target, broken.detail)
            return
        if not is_portable_name(name):
            self._gatherer.fault("unsafe_name", relation.target)
            return
        file = Picture(name, data, place_of("paragraph", number=max(1, self._count)))
        if relation.type == "image":
            self.blocks.append(file)
        else:
            self.embedded.append(file)

    def _end_cell(self, table: _Table) -> None:
        text = "\n".join(table.texts)
        above = table.open.get(table.column)
        if table.merge == "continue" and above is not None:
            cell = table.cells[above]
            joined = f"{cell.text}\n{text}" if text and text not in cell.text else cell.text
            table.cells[above] = Cell(
                joined, cell.row, cell.column, cell.place, table.row - cell.row + 1, cell.columns
            )
        else:
            place = place_of("table_cell", table=table.number, row=table.row, column=table.column)
            table.open[table.column] = len(table.cells)
            table.cells.append(Cell(text, table.row, table.column, place, 1, table.span))
        table.column += table.span
        table.texts = []

    def _end_table(self, table: _Table) -> None:
        if self._tables:  # a table inside a cell: its text goes into the cell
            self._tables[-1].texts += [cell.text for cell in table.cells if cell.text]
            return
        if table.cells:
            place = place_of("table_cell", table=table.number, row=1, column=1)
            self.blocks.append(Grid("", tuple(table.cells), place))


def _take_paragraph_property(paragraph: _Paragraph, name: str, value: str) -> None:
    if name == "pStyle":
        paragraph.style = value
    elif name == "numId":
        paragraph.number = value
    elif name == "ilvl" and value.isdecimal():
        paragraph.depth = int(value[:2])
    elif name == "outlineLvl" and value.isdecimal():
        paragraph.level = (int(value[:2]) + 1) % 10
    elif name == "jc":
        paragraph.centred = value == "center"


def _take_table_property(table: _Table, name: str, value: str) -> None:
    if name == "gridSpan":
        table.span = min(int(value), _MAX_COLUMNS) if value.isdecimal() else 1
    elif name == "vMerge":
        table.merge = value or "continue"
    elif name == "gridBefore" and value.isdecimal():
        table.column += min(int(value), _MAX_COLUMNS)


def _is_hex(text: str) -> bool:
    return bool(text) and len(text) <= 6 and all(char in "0123456789abcdefABCDEF" for char in text)
