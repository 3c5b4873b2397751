"""The site's columns: the profile's, changed by the site's settings, and one for each domain of the catalog."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import replace

from govsite.hanzi.nearest import nearest
from govsite.model.catalog import CatalogDomain
from govsite.model.column import Column
from govsite.problems.problem import Problem
from govsite.settings.settings import ColumnOption, Settings
from govsite.vocab.columns import ColumnRecord, columns, columns_of
from govsite.vocab.terms import domains as known_domains

DOMAIN_COLUMN = "zdly"


def assemble_columns(
    settings: Settings, domains: Iterable[CatalogDomain], problems: list[Problem], filled: Container[str] = ()
) -> dict[str, Column]:
    """Columns by id in site order, parents before children. filled: ids of columns that documents go to.

    Reports CFG111 (a new column without a name), CFG112 (unknown parent), CFG113 (one id twice), CFG114 (a
    statutory column renamed). A hidden column takes its children with it.
    """
    named = {option.id for option in settings.columns}
    drafts = {
        record.id: _from_record(record)
        for record in columns_of(settings.site.tier)
        if not record.when_filled or record.id in filled or record.id in named
    }
    order = {column_id: (index + 1) * 1000 for index, column_id in enumerate(drafts)}
    hidden: set[str] = set()
    seen: dict[str, ColumnOption] = {}
    for option in settings.columns:
        if option.id in seen:
            problems.append(Problem.at("CFG113", option.span, (seen[option.id].span,), id=option.id))
            continue
        seen[option.id] = option
        _apply(option, drafts, order, hidden, problems)
    if DOMAIN_COLUMN in drafts:
        for index, domain in enumerate(domains):
            column_id = f"{DOMAIN_COLUMN}/{domain.id}"
            drafts.setdefault(column_id, _domain_column(column_id, domain))
            order.setdefault(column_id, order[DOMAIN_COLUMN] + index + 1)
    kept = {
        column_id: column for column_id, column in drafts.items() if not _is_hidden(column, drafts, hidden)
    }
    _check_parents(kept, seen, problems)
    return _arranged(kept, order)


def _from_record(record: ColumnRecord) -> Column:
    return Column(
        id=record.id, name=record.name, en=record.en, type=record.type, layout=record.layout, parent=record.parent,
        description=record.description, description_en=record.description_en, statutory=record.statutory, article=record.article,
        freshness=record.freshness, collects=record.collects, basis=record.basis,
        form=record.form,
    )  # fmt: skip


def _domain_column(column_id: str, domain: CatalogDomain) -> Column:
    return Column(
        id=column_id, name=domain.label, en=_english(domain), type="重点领域信息公开", layout="list", parent=DOMAIN_COLUMN,
        description=domain.basis_document, domain=domain.id,
    )  # fmt: skip


def _english(domain: CatalogDomain) -> str:
    known = known_domains().get(domain.id)
    return known.term.en if known else ""


def _apply(
    option: ColumnOption,
    drafts: dict[str, Column],
    order: dict[str, int],
    hidden: set[str],
    problems: list[Problem],
) -> None:
    known = drafts.get(option.id)
    if option.hidden:
        hidden.add(option.id)
        if known is None and option.id not in columns():
            problems.append(
                Problem.at("CFG111", option.span, id=option.id, nearest=nearest(option.id, drafts))
            )
        return
    if known is None:
        if not option.name:
            problems.append(
                Problem.at("CFG111", option.span, id=option.id, nearest=nearest(option.id, drafts))
            )
            return
        known = Column(option.id, option.name, "", option.type or "工作动态", option.layout or "list")
        order[option.id] = max(order.values(), default=0) + 1000
    elif option.name and known.statutory and option.name != known.name:
        problems.append(Problem.at("CFG114", option.span, id=option.id, name=known.name, basis=known.basis))
        option = replace(option, name="")
    drafts[option.id] = replace(
        known,
        name=option.name or known.name,
        en=known.en if option.name in {"", known.name} else "",
        type=option.type or known.type,
        parent=option.parent or known.parent,
        description=option.description or known.description,
        description_en="" if option.description else known.description_en,
        layout=option.layout or known.layout,
    )
    if option.order is not None:
        order[option.id] = option.order


def _is_hidden(column: Column, drafts: dict[str, Column], hidden: set[str]) -> bool:
    walked: set[str] = set()
    current: Column | None = column
    while current is not None and current.id not in walked:
        if current.id in hidden:
            return True
        walked.add(current.id)
        current = drafts.get(current.parent)
    return False


def _check_parents(kept: dict[str, Column], seen: dict[str, ColumnOption], problems: list[Problem]) -> None:
    for column in list(kept.values()):
        walked = [column.id]
        parent = column.parent
        while parent and parent in kept and parent not in walked:
            walked.append(parent)
            parent = kept[parent].parent
        if parent:
            span = seen[column.id].span if column.id in seen else None
            if parent not in kept or parent in walked:
                problems.append(Problem.at("CFG112", span, id=column.id, parent=parent))
            kept[column.id] = replace(column, parent="")


def _arranged(kept: dict[str, Column], order: dict[str, int]) -> dict[str, Column]:
    """Depth first by order, with paths and children filled in."""
    children: dict[str, list[str]] = {}
    for column in sorted(kept.values(), key=lambda column: (order[column.id], column.id)):
        children.setdefault(column.parent, []).append(column.id)
    arranged: dict[str, Column] = {}

    def place(column_id: str, path: tuple[str, ...]) -> None:
        below = tuple(children.get(column_id, ()))
        here = (*path, kept[column_id].name)
        arranged[column_id] = replace(kept[column_id], path=here, children=below)
        for child in below:
            place(child, here)

    for top in children.get("", ()):
        place(top, ())
    return arranged
