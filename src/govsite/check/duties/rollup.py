"""County roll-up (汇总): the tables of the county's annual report are the sums of its members' (条例第四十九条、第五十条)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from govsite.check.duties.inspection import Lines
from govsite.check.duties.tables import TablePlaces, check_tables
from govsite.model.details import ReportDetails
from govsite.model.document import Document
from govsite.model.report import AnnualRow, AnnualTables
from govsite.model.site import Site
from govsite.problems.problem import Problem
from govsite.vocab.annual import annual_table

LETTERS = ("a", "b", "c")


def sum_tables(members: Iterable[Document]) -> AnnualTables:
    """Row by row, cell by cell, every row of the rule in its order; a row that a member lacks counts as nothing."""
    details = [member.details for member in members if isinstance(member.details, ReportDetails)]
    return AnnualTables(*(tuple(_sums(letter, details)) for letter in LETTERS))


def _sums(letter: str, details: Sequence[ReportDetails]) -> Iterator[AnnualRow]:
    tables = [{row.name: row.numbers for row in getattr(one.tables, letter)} for one in details]
    for row in annual_table(letter).rows:
        cells = [table[row.name] for table in tables if row.name in table]
        sums = tuple(round(sum(column), 6) for column in zip(*cells, strict=True))
        yield AnnualRow(row.name, sums or (0.0,) * row.cells)


def check_rollup(site: Site, members: Mapping[int, Sequence[Document]], lines: Lines) -> Iterator[Problem]:
    """COL201-COL204 in the members' own tables · COL209 a row of the county's that is not their sum."""
    for documents in members.values():
        for member in documents:
            yield from check_tables(TablePlaces(member, lines(member.file)), None)
    for doc in site.documents.values():
        if isinstance(doc.details, ReportDetails) and doc.details.year in members:
            yield from _against(doc, doc.details, members[doc.details.year], lines)


def _against(
    doc: Document, details: ReportDetails, members: Sequence[Document], lines: Lines
) -> Iterator[Problem]:
    places = TablePlaces(doc, lines(doc.file))
    sums = sum_tables(members)
    for letter in LETTERS:
        expected = {row.name: row.numbers for row in getattr(sums, letter)}
        for row in getattr(details.tables, letter):
            if row.numbers != expected.get(row.name, row.numbers):
                yield Problem.at(
                    "COL209", places.row(f"table_{letter}", row.name), row=row.name, found=cells_text(row.numbers),
                    expected=cells_text(expected[row.name]), members=len(members), year=details.year,
                )  # fmt: skip


def cells_text(numbers: Sequence[float]) -> str:
    """The cells of a row as a source has them: `[8, 1, 0]`, one alone without brackets."""
    texts = [f"{number:.6f}".rstrip("0").rstrip(".") for number in numbers]
    return texts[0] if len(texts) == 1 else f"[{', '.join(texts)}]"
