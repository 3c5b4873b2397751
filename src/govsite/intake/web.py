"""Web pages (old articles saved from a site) as blocks. Scripts, styles, navigation and forms are passed over."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

from govsite.attachments.gather import Gatherer
from govsite.attachments.places import place_of
from govsite.intake.material import Block, Cell, Grid, Paragraph

_SKIPPED = frozenset(
    {"script", "style", "nav", "form", "select", "noscript", "template", "svg", "iframe", "object"}
)
_BLOCKS = frozenset(
    {"p", "div", "li", "section", "article", "header", "footer", "ul", "ol", "dl", "dt", "dd", "body", "center",
     "blockquote", "pre", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "main"}
)  # fmt: skip
_MOST_SPAN = 1000


@dataclass(slots=True)
class _Table:
    number: int
    cells: list[Cell] = field(default_factory=list)
    row: int = 0
    taken: set[tuple[int, int]] = field(default_factory=set)
    texts: list[str] | None = None
    spans: tuple[int, int] = (1, 1)


class WebPage(HTMLParser):
    """Feed it a page, then take `blocks`; `meta` holds what the page's meta tags say."""

    def __init__(self, gatherer: Gatherer) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self.meta: dict[str, str] = {}
        self._gatherer = gatherer
        self._texts: list[str] = []
        self._skipped: list[str] = []
        self._tables: list[_Table] = []
        self._level = 0
        self._item = 0
        self._count = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag opens."""
        given = {name: value or "" for name, value in attrs}
        if tag == "meta" and given.get("name") and len(self.meta) < 200:
            self.meta[given["name"]] = given.get("content", "")
        if tag in _SKIPPED or tag == "head":
            self._skipped.append(tag)
        if self._skipped:
            return
        if tag in {"td", "th"} and self._tables:
            self._end_cell()
            self._gatherer.count_cell()
            self._tables[-1].texts = []
            self._tables[-1].spans = (_span(given.get("rowspan")), _span(given.get("colspan")))
        elif tag == "br":
            self._write("\n")
        elif tag in _BLOCKS:
            self._flush()
            if tag == "table":
                self._tables.append(_Table(self._gatherer.new_table()))
            elif tag == "tr" and self._tables:
                self._end_cell()
                self._tables[-1].row += 1
            elif tag == "li":
                self._item += 1
            self._level = int(tag[1]) if tag[0] == "h" and tag[1:].isdecimal() else 0

    def handle_endtag(self, tag: str) -> None:
        """A tag closes."""
        if self._skipped:
            if tag == self._skipped[-1]:
                self._skipped.pop()
            elif tag == "head" and "head" in self._skipped:
                self._skipped.clear()
            return
        if tag in {"td", "th"}:
            self._end_cell()
        elif tag == "table" and self._tables:
            self._end_cell()
            self._end_table(self._tables.pop())
        elif tag in _BLOCKS:
            self._flush()
            self._level = 0
            if tag == "li":
                self._item = max(0, self._item - 1)

    def handle_data(self, data: str) -> None:
        """Text."""
        if not self._skipped:
            self._write(data.replace("\r", "").replace("\n", " "))

    def finish(self) -> list[Block]:
        """Everything that was read."""
        self.close()
        self._flush()
        while self._tables:
            self._end_cell()
            self._end_table(self._tables.pop())
        return self.blocks

    def _write(self, text: str) -> None:
        if self._tables and self._tables[-1].texts is not None:
            self._tables[-1].texts.append(text)
        elif not self._tables:
            self._texts.append(text)

    def _flush(self) -> None:
        if self._tables and self._tables[-1].texts is not None:
            self._tables[-1].texts.append("\n")
            return
        text = _tidy("".join(self._texts))
        self._texts = []
        for line in text.split("\n"):
            if line:
                self._count += 1
                self._gatherer.count_unpacked(0)
                place = place_of("paragraph", number=self._count)
                self.blocks.append(Paragraph(line, place, "", self._level, self._item))

    def _end_cell(self) -> None:
        table = self._tables[-1] if self._tables else None
        if table is None or table.texts is None:
            return
        text, table.texts = _tidy("".join(table.texts)), None
        table.row = max(1, table.row)
        column = 1
        while (table.row, column) in table.taken:
            column += 1
        rows, columns = table.spans
        for row in range(table.row, table.row + rows):
            for other in range(column, column + columns):
                table.taken.add((row, other))
                self._gatherer.count_cell()
        place = place_of("table_cell", table=table.number, row=table.row, column=column)
        table.cells.append(Cell(text, table.row, column, place, rows, columns))

    def _end_table(self, table: _Table) -> None:
        if self._tables and self._tables[-1].texts is not None:
            self._tables[-1].texts += [f"{cell.text}\n" for cell in table.cells]
        elif len(table.cells) == 1:  # a table for layout only
            self._texts.append(table.cells[0].text)
            self._flush()
        elif table.cells:
            place = place_of("table_cell", table=table.number, row=1, column=1)
            self.blocks.append(Grid("", tuple(table.cells), place))


def _tidy(text: str) -> str:
    lines = (" ".join(line.split(" ")).strip(" \t\u00a0\u3000") for line in text.split("\n"))
    return "\n".join(" ".join(line.split()) if line.isascii() else line for line in lines if line)


def _span(text: str | None) -> int:
    return (
        min(int(text), _MOST_SPAN)
        if text and text.isascii() and text.isdecimal() and len(text) < 6 and int(text)
        else 1
    )
