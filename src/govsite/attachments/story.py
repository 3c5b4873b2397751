"""One story of a Word document (body, header, notes, comments) as pieces."""

from __future__ import annotations

from dataclasses import dataclass, field

from govsite.attachments.gather import Gatherer
from govsite.attachments.passage import DELETED, HIDDEN, INSERTED, Passage
from govsite.attachments.places import place_of
from govsite.attachments.xmlstream import attribute

_CHANGES = {"del": DELETED, "moveFrom": DELETED, "ins": INSERTED, "moveTo": INSERTED}
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_PROPERTIES = frozenset({"rPr", "pPr", "trPr", "tcPr", "tblPr", "sectPr"})
_MAX_BASES = 50
"""Styles that build on styles; Word writes a few, a ring of them would have no end."""
_OFF = frozenset({"0", "false", "off", "none"})


def _is_on(attributes: dict[str, str]) -> bool:
    return attribute(attributes, "val") not in _OFF


class HiddenStyles:
    """Reads a style sheet for styles that hide their text (w:vanish), by themselves or by the style they build on."""

    def __init__(self) -> None:
        self._base: dict[str, str] = {}
        self._hides: dict[str, bool] = {}
        self._style = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take a style, its base, or that it hides."""
        if name == "style":
            self._style = attribute(attributes, "styleId")
        elif name == "basedOn" and self._style:
            self._base[self._style] = attribute(attributes, "val")
        elif name == "vanish" and self._style:
            self._hides[self._style] = _is_on(attributes)

    def end(self, name: str) -> None:
        """Leave the style."""
        if name == "style":
            self._style = ""

    def text(self, data: str) -> None:
        """No text counts."""

    def hidden(self) -> frozenset[str]:
        """Ids of the styles that hide."""
        return frozenset(style for style in {*self._hides, *self._base} if self._is_hidden(style))

    def _is_hidden(self, style: str) -> bool:
        for _step in range(_MAX_BASES):
            if style in self._hides:
                return self._hides[style]
            style = self._base.get(style, "")
        return False


@dataclass(slots=True)
class _Table:
    number: int
    row: int = 0
    column: int = 0
    span: int = 1
    is_row_hidden: bool = False
    cell: Passage = field(default_factory=Passage)


@dataclass(slots=True)
class _Paragraph:
    passage: Passage = field(default_factory=Passage)
    is_hidden: bool = False


class Story:
    """Turns the elements of one part into pieces.

    key: place format of its paragraphs; unit: element of which each has a number of its own (`footnote`, `comment`),
    `""` for stories whose paragraphs are counted; role: of what a reader sees.
    """

    def __init__(
        self,
        gatherer: Gatherer,
        hidden_styles: frozenset[str],
        key: str,
        *,
        unit: str = "",
        role: str = "text",
    ) -> None:
        self._gatherer = gatherer
        self._hidden_styles = hidden_styles
        self._key = key
        self._unit = unit
        self._role = role
        self._number = 0
        self._tables: list[_Table] = []
        self._paragraphs: list[_Paragraph] = []
        self._changes: list[int] = []
        self._open: list[str] = []
        self._skip_depth = 0
        self._run_depth = 0
        self._is_run_hidden = False
        self._is_text = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if self._skip_depth or name == "Fallback" or name.endswith("PrChange"):
            if name.endswith("PrChange") and not self._skip_depth:
                self._fault("tracked_change", "format")
            self._skip_depth += 1
            return
        if name in _PROPERTIES:
            self._open.append(name)
        elif self._open:
            self._take_property(name, attributes)
        elif name == "p":
            self._paragraphs.append(_Paragraph())
        elif name == "r":
            self._run_depth += 1
            self._is_run_hidden = False
        elif name in {"t", "delText"}:
            self._is_text = True
        elif name in _SIGNS and self._run_depth:
            self._append(_SIGNS[name])
        else:
            self._begin_block(name, attributes)

    def end(self, name: str) -> None:
        """An element ends."""
        if self._skip_depth:
            self._skip_depth -= 1
        elif name in _PROPERTIES:
            if self._open:
                self._open.pop()
        elif self._open:
            return
        elif name in {"t", "delText"}:
            self._is_text = False
        elif name == "r":
            self._run_depth = max(0, self._run_depth - 1)
            self._is_run_hidden = False
        elif name == "p" and self._paragraphs:
            self._end_paragraph(self._paragraphs.pop())
        elif name in _CHANGES and self._changes:
            self._changes.pop()
        elif name == "tc" and self._tables:
            self._end_cell(self._tables[-1])
        elif name == "tbl" and self._tables:
            self._tables.pop()

    def text(self, data: str) -> None:
        """Character data; only that of text elements counts."""
        if self._is_text and not self._skip_depth:
            self._append(data)

    def _begin_block(self, name: str, attributes: dict[str, str]) -> None:
        if name in _CHANGES:
            self._changes.append(_CHANGES[name])
        elif name == "tbl":
            self._tables.append(_Table(self._gatherer.new_table()))
        elif name == "tr" and self._tables:
            table = self._tables[-1]
            table.row, table.column, table.span, table.is_row_hidden = table.row + 1, 0, 1, False
        elif name == "tc" and self._tables:
            table = self._tables[-1]
            self._gatherer.count_cell()
            table.column, table.span, table.cell = table.column + table.span, 1, Passage()
        elif name == self._unit:
            self._number += 1
            if name == "comment":
                self._fault("comment", attribute(attributes, "author"))

    def _take_property(self, name: str, attributes: dict[str, str]) -> None:
        """Take what the properties of a run, paragraph, row or cell say."""
        inside = self._open[-1]
        if name == "vanish" and inside == "rPr" and "pPr" not in self._open:
            self._is_run_hidden = _is_on(attributes)
        elif name == "rStyle" and "pPr" not in self._open:
            self._is_run_hidden = self._is_run_hidden or attribute(attributes, "val") in self._hidden_styles
        elif name == "pStyle" and self._paragraphs:
            self._paragraphs[-1].is_hidden = attribute(attributes, "val") in self._hidden_styles
        elif name in {"gridSpan", "gridBefore"} and self._tables:
            value = attribute(attributes, "val")
            span = min(int(value), 1000) if value.isdecimal() else 1
            self._tables[-1].span = span if name == "gridSpan" else span + 1
        elif name == "hidden" and inside == "trPr" and self._tables:
            self._tables[-1].is_row_hidden = _is_on(attributes)
        elif name in _CHANGES and inside in {"trPr", "rPr"}:
            self._fault("tracked_change", name)

    def _append(self, text: str) -> None:
        if not self._paragraphs:
            return
        paragraph = self._paragraphs[-1]
        is_row_hidden = any(table.is_row_hidden for table in self._tables)
        marks = HIDDEN if self._is_run_hidden or paragraph.is_hidden or is_row_hidden else 0
        for mark in self._changes:
            marks |= mark
        paragraph.passage.append(text, marks)

    def _end_paragraph(self, paragraph: _Paragraph) -> None:
        if not paragraph.passage.has_text:
            return
        if self._tables:
            self._tables[-1].cell.extend(paragraph.passage)
            return
        if not self._unit:
            self._number += 1
        self._keep(paragraph.passage, self._place())

    def _end_cell(self, table: _Table) -> None:
        if table.cell.has_text:
            place = place_of("table_cell", table=table.number, row=table.row, column=table.column)
            self._keep(table.cell, place, table)
            table.cell = Passage()

    def _keep(self, passage: Passage, place: str, table: _Table | None = None) -> None:
        row, column, number = (table.row, table.column, table.number) if table else (0, 0, 0)
        inserted = passage.marked(INSERTED)
        for text, role in (
            (passage.visible(), self._role),
            (passage.before_changes(), "deleted"),
            *((text, "inserted") for text in inserted),
            (passage.with_hidden(), "hidden"),
        ):
            self._gatherer.add(text, place, role, row=row, column=column, table=number)
        for mark, word in ((DELETED, "del"), (INSERTED, "ins")):
            for text in passage.marked(mark):
                self._gatherer.fault("tracked_change", place, f"{word} {text}")
        for text in passage.marked(HIDDEN):
            self._gatherer.fault("hidden_text", place, text)

    def _place(self) -> str:
        return place_of(self._key, number=self._number)

    def _fault(self, kind: str, detail: str) -> None:
        number = self._number + (self._key == "paragraph")  # the paragraph is counted when it ends
        self._gatherer.fault(kind, place_of(self._key, number=number), detail)
