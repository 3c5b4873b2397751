"""栏目: the statutory ones are there, in order and filled; none stands blank (国办公开办函〔2019〕61号, 国办秘函〔2019〕19号)."""

from __future__ import annotations

from collections.abc import Iterator

from govsite.check.duties.inspection import CONFIG, Inspection
from govsite.model.column import Column
from govsite.problems.problem import Problem
from govsite.vocab.columns import columns_of

_LIST = "、"


def check_columns(inspection: Inspection) -> Iterator[Problem]:
    """COL101-COL106. Columns that hold what the site says it has no function in (无此项) are left out."""
    yield from _hidden(inspection)
    yield from _order(inspection)
    blank = [column for column in inspection.site.columns.values() if is_blank(inspection, column)]
    statutory = [column for column in blank if column.statutory]
    articles = [column for column in blank if column.article and not column.statutory]
    others = [column for column in blank if not column.article and not column.statutory]
    for code, columns in (("COL101", statutory), ("COL106", articles), ("COL104", others)):
        if columns:
            yield Problem.at(code, CONFIG, names=_names(columns), ids=_ids(columns), count=len(columns))
    limit = inspection.limit("blank_total")
    if len(blank) >= limit:
        yield Problem.at("COL105", CONFIG, names=_names(blank), count=len(blank), limit=limit)


def is_blank(inspection: Inspection, column: Column) -> bool:
    """Whether a column of the site never had content. What shows its children is as full as they are."""
    if inspection.is_excused(column.id):
        return False
    assembly = inspection.site.assembly
    if column.layout in {"catalog", "domains"}:
        return not any(domain.items for domain in assembly.domains)
    if column.layout == "organisations" and any(not org.external for org in assembly.organisations.values()):
        return False
    if inspection.out(inspection.site.members.get(column.id, ())):
        return False
    children = [inspection.site.columns[child] for child in column.children]
    if column.layout == "overview" and children:
        return False  # its children are judged one by one
    return not any(not is_blank(inspection, child) for child in children)


def _names(columns: list[Column]) -> str:
    return _LIST.join(column.name for column in columns)


def _ids(columns: list[Column]) -> str:
    return _LIST.join(column.id for column in columns)


def _hidden(inspection: Inspection) -> Iterator[Problem]:
    spans = {option.id: option.span for option in inspection.settings.columns if option.hidden}
    for record in columns_of(inspection.settings.site.tier):
        if (
            record.statutory
            and record.id not in inspection.site.columns
            and not inspection.is_excused(record.id)
        ):
            yield Problem.at("COL102", spans.get(record.id, CONFIG), name=record.name, id=record.id)


def _order(inspection: Inspection) -> Iterator[Problem]:
    """COL103: statutory columns of one parent stand in the order of the rule."""
    wanted = [record.id for record in columns_of(inspection.settings.site.tier) if record.statutory]
    standing = [name for name in inspection.site.columns if name in wanted]
    expected = [name for name in wanted if name in standing]
    if standing != expected:
        names = (
            _LIST.join(inspection.site.columns[name].name for name in ids) for ids in (standing, expected)
        )
        found, right = names
        option = next((option for option in inspection.settings.columns if option.id in wanted), None)
        yield Problem.at("COL103", option.span if option else CONFIG, found=found, expected=right)
