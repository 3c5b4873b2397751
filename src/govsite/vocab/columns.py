"""Columns (栏目) that each profile has, from `columns.yaml`."""

from __future__ import annotations

from functools import cache

from govsite.frozen import dataclass
from govsite.vocab.records import Basis, basis_of, read_data


@dataclass(frozen=True, slots=True)
class Collects:
    """Documents that a column lists besides those that name it: of `kind`, with `key` holding one of `terms`."""

    kind: str
    key: str = ""
    terms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ColumnRecord:
    """A column as the vocabulary knows it.

    type: one of the 47号 column types. layout: how its first page looks. article: key of the item of
    条例 art. 20 or 21 that it answers. freshness: class of update rule. profiles: who has it. form: the application (申请表) is filled in here.
    when_filled: there only where the site has something for it, or names it in its settings.
    """

    id: str
    name: str
    en: str
    type: str
    parent: str = ""
    layout: str = "list"
    statutory: bool = False
    description: str = ""
    description_en: str = ""
    article: str = ""
    freshness: str = "static"
    collects: tuple[Collects, ...] = ()
    basis: Basis = Basis()
    form: bool = False
    profiles: tuple[str, ...] = ("town", "county", "department", "village")
    when_filled: bool = False


@cache
def columns() -> dict[str, ColumnRecord]:
    """Every column of the vocabulary by id, in site order."""
    return {record["id"]: _column(record) for record in read_data("columns")}


def columns_of(profile: str) -> tuple[ColumnRecord, ...]:
    """The columns of `profile` (tier id: `town`, `county`, `department`, `village`), in site order."""
    return tuple(column for column in columns().values() if profile in column.profiles)


def _column(record: dict[str, object]) -> ColumnRecord:
    fields = dict(record)
    fields["basis"] = basis_of(fields.get("basis"))
    fields["collects"] = tuple(_collects(rule) for rule in record.get("collects", ()))  # type: ignore[attr-defined]
    if "profiles" in fields:
        fields["profiles"] = tuple(record["profiles"])  # type: ignore[arg-type]
    return ColumnRecord(**fields)  # type: ignore[arg-type]


def _collects(rule: dict[str, object]) -> Collects:
    terms = rule.get("term")
    if not isinstance(terms, dict):
        return Collects(str(rule["kind"]))
    ((key, words),) = terms.items()
    return Collects(str(rule["kind"]), key, tuple(words))
