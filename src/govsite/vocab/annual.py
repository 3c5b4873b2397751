"""The tables of the annual report (国办公开办函〔2021〕30号), from `annual.yaml`."""

from __future__ import annotations

from functools import cache

from govsite.frozen import dataclass
from govsite.vocab.records import read_data


@dataclass(frozen=True, slots=True)
class AnnualRowRecord:
    """A row of the rule: name (key in sources), label as printed, number of cells, heading above it, its columns."""

    name: str
    label: str
    cells: int
    group: str = ""
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AnnualTable:
    """A table of the rule: caption, columns (empty for table A, whose rows bring their own), rows in order,
    groups of columns as (heading, how many columns) where the header has two rows.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[AnnualRowRecord, ...]
    groups: tuple[tuple[str, int], ...] = ()

    def row(self, name: str) -> AnnualRowRecord | None:
        """The row called `name`, quotation marks of any kind."""
        plain = _plain(name)
        return next((row for row in self.rows if _plain(row.name) == plain), None)


def _plain(name: str) -> str:
    return "".join(character for character in name if character not in "“”\"'‘’ 、，")


@cache
def annual_table(letter: str) -> AnnualTable:
    """Table `a`, `b` or `c`."""
    raw = read_data("annual")[letter]
    rows = tuple(AnnualRowRecord(**{**row, "columns": tuple(row.get("columns", ()))}) for row in raw["rows"])
    groups = tuple((str(label), int(width)) for label, width in raw.get("groups", ()))
    return AnnualTable(raw["caption"], tuple(raw.get("columns", ())), rows, groups)
