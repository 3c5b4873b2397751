"""The national catalog table (标准目录表) as it is met in files: labels of columns, marks, looks of cells."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from govsite.frozen import dataclass
from govsite.hanzi.fold import fold
from govsite.vocab.records import read_data
from govsite.vocab.terms import term_list

TICK_GROUPS = ("audience", "mode", "tier")


@dataclass(frozen=True, slots=True)
class CatalogTable:
    """labels: folded label → key id (`group`, `domain`, `extra:…` among them); ticks: folded sub-label → (group, label as written).

    chosen, open: marks of channels; tick: what stands in a ticked cell; looks: patterns by name;
    extra_looks: which of them an extra column has; called: names of the catalog.
    """

    labels: Mapping[str, str]
    ticks: Mapping[str, tuple[str, str]]
    chosen: frozenset[str]
    open: frozenset[str]
    tick: frozenset[str]
    same: frozenset[str]
    nothing: frozenset[str]
    title: re.Pattern[str]
    furniture: re.Pattern[str]
    legend: re.Pattern[str]
    looks: Mapping[str, re.Pattern[str]]
    extra_looks: Mapping[str, str]
    called: frozenset[str]

    def label_of(self, text: str) -> str:
        """Key id of the column called `text`, `""` for anything else."""
        return self.labels.get(fold_label(text), "")

    def tick_of(self, text: str) -> tuple[str, str] | None:
        """Group and label of the tick column called `text`, None for anything else."""
        return self.ticks.get(fold_label(text))


def fold_label(text: str) -> str:
    """A label without spaces, line ends, brackets and signs, simplified."""
    return fold(text).replace("\n", "")


@cache
def catalog_table() -> CatalogTable:
    """The vocabulary of the table."""
    data: dict[str, Any] = read_data("catalog_table")
    labels = {fold_label(label): key for key, words in data["columns"].items() for label in words}
    labels |= {fold_label(label): name for name in ("group", "domain", "ignored") for label in data[name]}
    labels |= {fold_label(label): f"extra:{label}" for label in data["extra"]}
    ticks: dict[str, tuple[str, str]] = {}
    for group in TICK_GROUPS:
        for term in term_list(group).terms:
            ticks |= {fold_label(word): (group, term.label) for word in (term.label, *term.aliases)}
        for word in data["ticks"][group]:
            ticks.setdefault(fold_label(word), (group, word))
    return CatalogTable(
        labels,
        ticks,
        frozenset(data["chosen"]),
        frozenset(data["open"]),
        frozenset(data["tick"]),
        frozenset(data["same"]),
        frozenset(data["nothing"]),
        re.compile(data["title"]),
        re.compile("|".join(data["furniture"])),
        re.compile(data["legend"]),
        {name: re.compile(pattern) for name, pattern in data["looks"].items()},
        data["extra_looks"],
        frozenset(data["called"]),
    )
