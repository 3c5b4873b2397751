"""A row of a catalog table as found, before anybody says what it means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from govsite.frozen import dataclass
from govsite.intake.notes import Note


@dataclass(frozen=True, slots=True)
class Found:
    """Text of a cell. doubt: why it is not certain that it belongs here (key of words), `""` where it is."""

    text: str
    place: str = ""
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Tick:
    """A cell under one of the tick columns. group: `audience` · `mode` · `tier`; label: of the column, as written."""

    group: str
    label: str
    cell: Found


@dataclass(frozen=True, slots=True)
class Row:
    """found: cells by key id; ticks: of the groups that could be read; lost: groups whose ticks are not to be told."""

    place: str
    found: Mapping[str, Found]
    ticks: tuple[Tick, ...] = ()
    lost: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Section:
    """Rows under one title. columns: key ids that the table has; title: as found, `""` where there was none.

    is_exact: whether empty cells are known to be empty.
    """

    title: str
    columns: frozenset[str]
    rows: tuple[Row, ...]
    notes: tuple[Note, ...] = ()
    place: str = ""
    is_exact: bool = True
