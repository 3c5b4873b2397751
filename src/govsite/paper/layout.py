"""What is to be set on paper: lines of named kinds and tables. How each kind looks is data (`data/layout.yaml`)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from govsite.frozen import dataclass
from govsite.source.yaml import load_data


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph. kind: a name of `lines` in the data; strong: how many characters at its beginning stand out.

    level: of a heading in the outline of the document, 1-based; 0 for what its kind says.
    """

    text: str
    kind: str = "body"
    strong: int = 0
    level: int = 0


@dataclass(frozen=True, slots=True)
class PaperCell:
    """A cell. rows, columns: how many fields it covers; is_centred: short words and marks."""

    text: str
    rows: int = 1
    columns: int = 1
    is_centred: bool = False


@dataclass(frozen=True, slots=True)
class PaperTable:
    """A table. rows: cells of each row, None where a cell from above or from the left covers the field.

    head: rows of the head, repeated on every page; widths: of the columns, in any unit.
    """

    rows: tuple[tuple[PaperCell | None, ...], ...]
    head: int = 1
    widths: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """A document. title, author, day (ISO): its properties; is_landscape: A4 turned."""

    title: str
    author: str
    day: str
    parts: tuple[Line | PaperTable, ...]
    is_landscape: bool = False


@dataclass(frozen=True, slots=True)
class LineStyle:
    """How a kind of line looks. Sizes and spacings in points; indent and right in characters."""

    face: str
    size: float
    align: str = "left"
    indent: float = 0
    right: float = 0
    before: float = 0
    after: float = 0
    spacing: float = 0
    red: bool = False
    rule: bool = False
    bold: bool = False
    heading: int = 0


@dataclass(frozen=True, slots=True)
class Layout:
    """page: lengths in millimetres; faces: names for Word and PDF by face; lines by kind."""

    page: Mapping[str, float]
    faces: Mapping[str, Mapping[str, str]]
    lines: Mapping[str, LineStyle]
    cell: LineStyle
    head_cell: LineStyle
    page_number: LineStyle

    @property
    def spacing(self) -> float:
        """Points from line to line: 22 lines on a page."""
        return self.page["text_height"] / self.page["lines"] * 72 / 25.4


@cache
def layout() -> Layout:
    """The layout of official documents."""
    text = (files(__package__) / "data" / "layout.yaml").read_text("utf-8")
    data: dict[str, Any] = load_data(text)
    lines = {kind: _style(values) for kind, values in data["lines"].items()}
    page = {name: float(value) for name, value in data["page"].items()}
    return Layout(
        page,
        data["faces"],
        lines,
        _style(data["cell"]),
        _style(data["head_cell"]),
        _style(data["page_number"]),
    )


_FLAGS = frozenset({"red", "rule", "bold"})


def _style(values: Mapping[str, str]) -> LineStyle:
    read: dict[str, Any] = {}
    for name, value in values.items():
        if name in {"face", "align"}:
            read[name] = value
        elif name in _FLAGS:
            read[name] = str(value).lower() == "true"
        else:
            read[name] = int(value) if name == "heading" else float(value)
    return LineStyle(**read)
