"""Tables with rows and columns (Excel, Word, HTML, csv): header rows found, merged cells spread, rows taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from govsite.intake.catalog.rows import Found, Row, Section, Tick
from govsite.intake.material import Cell, Grid
from govsite.intake.notes import Note
from govsite.vocab.catalog_table import TICK_GROUPS, catalog_table

_FEWEST_LABELS = 3
_LEVELS = ("level1", "level2", "level3")
_TITLE_WIDTH = 60


@dataclass(slots=True)
class _Header:
    """fields: key id or (group, label) by column; last: last row of the header."""

    fields: dict[int, str | tuple[str, str]]
    last: int


@dataclass(slots=True)
class _Open:
    title: str
    place: str
    columns: set[str] = field(default_factory=set)
    rows: list[Row] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    waiting: list[Found] = field(default_factory=list)
    """Channels that stood alone in a row before the first item."""


def sections_of(grid: Grid, title: str = "") -> list[Section]:
    """Sections of a grid: a title or a header with another title begins a new one. title: what stood before the grid."""
    spread = _spread(grid)
    rows = sorted({row for row, _ in spread})
    sections = [_Open(title, grid.place)]
    header: _Header | None = None
    for row in rows:
        cells = {column: cell for (number, column), cell in spread.items() if number == row}
        if header and row <= header.last:
            continue
        found = _header(spread, row)
        if found:
            header = found
            sections[-1].columns |= {
                field if isinstance(field, str) else field[0] for field in found.fields.values()
            }
            sections[-1].notes += _extra_notes(spread, row, found)
            continue
        heading = _title(cells)
        if heading:
            if sections[-1].rows:
                sections.append(_Open(heading, next(iter(cells.values())).place))
                if header:
                    sections[-1].columns |= {
                        f if isinstance(f, str) else f[0] for f in header.fields.values()
                    }
            else:
                sections[-1].title = heading
            continue
        if header:
            _take(sections[-1], header, cells, row)
    return [
        Section(
            one.title, frozenset(one.columns), tuple(one.rows), tuple(one.notes), one.place, grid.is_exact
        )
        for one in sections
        if one.rows
    ]


def _spread(grid: Grid) -> dict[tuple[int, int], Cell]:
    """Every field of the grid with the cell that covers it."""
    spread: dict[tuple[int, int], Cell] = {}
    lowest = max((cell.row for cell in grid.cells), default=0)
    for cell in grid.cells:
        for row in range(cell.row, min(cell.row + cell.rows, lowest + cell.rows)):
            for column in range(cell.column, cell.column + cell.columns):
                if (row, column) not in spread or cell.row == row:
                    spread[row, column] = cell
    return spread


def _header(spread: dict[tuple[int, int], Cell], row: int) -> _Header | None:
    """The header that begins at `row`, if one does: one row of labels, and the row below where it names parts of them."""
    table = catalog_table()
    cells = {column: cell for (number, column), cell in spread.items() if number == row}
    labels = {column: table.label_of(cell.text) for column, cell in cells.items()}
    if len({label for label in labels.values() if label}) < _FEWEST_LABELS:
        return None
    below = {column: cell for (number, column), cell in spread.items() if number == row + 1}
    named = [column for column, cell in below.items() if _is_sub_label(cell.text)]
    has_two = len(named) >= 2 and not any(
        labels.get(column) == "no" and cell.text.strip().isdecimal() for column, cell in below.items()
    )
    fields: dict[int, str | tuple[str, str]] = {}
    for column, label in labels.items():
        part = below.get(column) if has_two else None
        text = part.text if part and part is not cells[column] else ""
        fields[column] = _field(label, text, cells[column].text)
    unnamed = sorted(column for column, name in fields.items() if name == "group")
    if "no" not in fields.values():  # 编号 is the only number there is
        fields = {column: "no" if name == "id" else name for column, name in fields.items()}
    fields.update(zip(unnamed, _LEVELS, strict=False))
    return _Header({column: name for column, name in fields.items() if name}, row + has_two)


def _is_sub_label(text: str) -> bool:
    table = catalog_table()
    return table.label_of(text) in _LEVELS or table.tick_of(text) is not None


def _field(label: str, part: str, own: str) -> str | tuple[str, str]:
    """What a column holds, by its label and the one below it."""
    table = catalog_table()
    if part and table.label_of(part) in _LEVELS:
        return table.label_of(part)
    if label in TICK_GROUPS:
        known = table.tick_of(part) if part else None
        if known and known[0] == label:
            return known
        return (label, part.replace("\n", "").strip()) if part else label
    tick = table.tick_of(part or own)
    if not label and tick:
        return tick
    return label


def _extra_notes(spread: dict[tuple[int, int], Cell], row: int, header: _Header) -> list[Note]:
    notes = []
    for column, name in header.fields.items():
        if isinstance(name, str) and name.startswith("extra:"):
            notes.append(
                Note.of("extra_column", spread[row, column].place, "lost", name=name.removeprefix("extra:"))
            )
    unknown = [
        cell for (number, column), cell in sorted(spread.items())
        if number == row and column not in header.fields and cell.text.strip() and cell.row == row and cell.column == column
    ]  # fmt: skip
    return notes + [Note.of("extra_column", cell.place, "lost", name=cell.text.strip()) for cell in unknown]


def _title(cells: dict[int, Cell]) -> str:
    """The title that a row is: one cell, or the same all over, with the words of a title."""
    texts = {cell.text.strip() for cell in cells.values() if cell.text.strip()}
    texts = {text for text in texts if catalog_table().label_of(text) != "domain"}
    if len(texts) != 1:
        return ""
    text = "".join(next(iter(texts)).split())
    return text if len(text) <= _TITLE_WIDTH and catalog_table().title.search(text) else ""


def _take(section: _Open, header: _Header, cells: dict[int, Cell], row: int) -> None:
    found: dict[str, Found] = {}
    ticks: list[Tick] = []
    for column, name in sorted(header.fields.items()):
        cell = cells.get(column)
        text = cell.text if cell else ""
        if isinstance(name, tuple):
            ticks.append(Tick(*name, Found(text.strip(), cell.place if cell else "")))
        elif cell and text.strip() and not (name in found and found[name].text == text):
            before = f"{found[name].text}\n" if name in found else ""
            found[name] = Found(before + text, found[name].place if name in found else cell.place)
    own = [cell for cell in cells.values() if cell.text.strip() and cell.row == row]
    if not own and not any(name in found for name in _LEVELS):
        return
    place = min(own or cells.values(), key=lambda cell: cell.column).place
    if own and {name for name in found if found[name].text.strip()} == {"channels"}:
        _append_channels(section, found["channels"])
        return
    if not found and not any(tick.cell.text for tick in ticks):
        return
    if section.waiting:
        waiting, section.waiting = section.waiting, []
        own_text = found["channels"].text if "channels" in found else ""
        text = "\n".join([*(one.text for one in waiting), own_text]).strip()
        found["channels"] = Found(text, waiting[0].place)
    section.rows.append(Row(place, found, tuple(ticks)))


def _append_channels(section: _Open, cell: Found) -> None:
    """Channels in a row of their own belong to the item above; before the first item, to the one below."""
    if not section.rows:
        section.waiting.append(cell)
        return
    last = section.rows[-1]
    before = last.found.get("channels", Found("", cell.place))
    joined = Found(f"{before.text}\n{cell.text}".strip(), before.place)
    section.rows[-1] = Row(last.place, {**last.found, "channels": joined}, last.ticks, last.lost)


def rows_in(sections: Sequence[Section]) -> int:
    """How many rows `sections` hold."""
    return sum(len(section.rows) for section in sections)
