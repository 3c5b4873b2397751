"""What a file to be imported holds: paragraphs, grids and pictures, each with the place where it stood."""

from __future__ import annotations

from dataclasses import field

from govsite.frozen import dataclass
from govsite.model.extracted import Fault


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a grid. row, column: 1-based, of its first field; rows, columns: how many it covers; place: in words."""

    text: str
    row: int
    column: int
    place: str = ""
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """A table or sheet. name: the sheet's, `""` for a table in a text; cells in row order, empty ones may be absent.

    is_exact: whether the file says which cells are merged, so that an empty cell is known to be empty.
    """

    name: str
    cells: tuple[Cell, ...]
    place: str = ""
    is_exact: bool = True

    def rows(self) -> list[tuple[Cell, ...]]:
        """Rows that hold anything, in order, each in column order."""
        found: dict[int, list[Cell]] = {}
        for cell in self.cells:
            found.setdefault(cell.row, []).append(cell)
        return [tuple(sorted(cells, key=lambda cell: cell.column)) for _row, cells in sorted(found.items())]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph. label: number that Word made (`一、`), not part of the text; level: of a heading style, 0 for none.

    item: depth of a bulleted list, 0 for none.
    """

    text: str
    place: str
    label: str = ""
    level: int = 0
    item: int = 0
    is_centred: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that stood between the paragraphs. name: a file name that is safe anywhere."""

    name: str
    data: bytes = field(repr=False)
    place: str = ""


Block = Paragraph | Grid | Picture


@dataclass(frozen=True, slots=True)
class Material:
    """A file that was read. name: the file's own, without folders; embedded: files inside it, by safe names."""

    name: str
    type: str
    blocks: tuple[Block, ...] = ()
    embedded: tuple[Picture, ...] = ()
    faults: tuple[Fault, ...] = ()
    text: str = field(default="", repr=False)
