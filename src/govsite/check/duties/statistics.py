"""Figures of disclosure: by kind, column, month, publisher; interpretations and their forms by unit and year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from govsite.check.duties.inspection import Inspection
from govsite.check.duties.interpretations import forms_by_unit
from govsite.vocab.terms import kinds


class Figure(NamedTuple):
    """One figure. group: `kind` · `column` · `month` · `unit` · `interpretation` · `diversified` · `ratio`;
    name: of what; year: for the last three.
    """

    group: str
    name: str
    year: str
    number: int


def figures(inspection: Inspection) -> Iterator[Figure]:
    """All figures in a fixed order. A share is cut to whole percent, never rounded up."""
    documents = [doc for doc in inspection.site.documents.values() if inspection.is_out(doc)]
    by_kind = Counter(doc.kind for doc in documents)
    yield from (
        Figure("kind", kind.label, "", by_kind[kind.id]) for kind in kinds().values() if by_kind[kind.id]
    )
    for column in inspection.site.columns.values():
        number = len(inspection.out(inspection.site.members.get(column.id, ())))
        yield Figure("column", "/".join(column.path), "", number)
    for month, number in sorted(Counter(doc.published[:7] for doc in documents).items()):
        yield Figure("month", month, "", number)
    publisher = inspection.settings.site.publisher
    for unit, number in Counter(doc.publisher or publisher for doc in documents).most_common():
        yield Figure("unit", unit, "", number)
    for (year, unit), (diversified, total) in forms_by_unit(inspection).items():
        yield Figure("interpretation", unit, year, total)
        yield Figure("diversified", unit, year, diversified)
        yield Figure("ratio", unit, year, diversified * 100 // total)
