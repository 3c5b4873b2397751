"""Limits (阈值) and lists by which duties are judged, from `thresholds.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from govsite.frozen import dataclass
from govsite.vocab.keys import Key, KeySet
from govsite.vocab.records import Basis, basis_of, read_data


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit. status: `national` · `local` · `tool`; since: ISO day from which documents are judged by it."""

    id: str
    label: str
    value: int
    unit: str
    status: str
    since: str = ""
    note: str = ""
    basis: Basis = Basis()


@dataclass(frozen=True, slots=True)
class Freshness:
    """A class of update rule. limit: id of the limit in days; family: `news`, `papers` or `""`."""

    limit: str
    types: tuple[str, ...]
    family: str = ""


@dataclass(frozen=True, slots=True)
class Sign:
    """Something that must be said. id: key of the document that holds it, `""` for none; words show it in a text."""

    id: str
    label: str
    words: tuple[str, ...]


@cache
def limits() -> Mapping[str, Limit]:
    """Every limit by id."""
    records = (
        Limit(**{**raw, "since": str(raw.get("since", "")), "basis": basis_of(raw.get("basis"))})
        for raw in read_data("thresholds")["limits"]
    )
    return {record.id: record for record in records}


@cache
def limit_keys() -> KeySet:
    """The limits as keys of config.yaml."""
    return KeySet.of(
        tuple(Key(limit.id, limit.label, "number", help=limit.note) for limit in limits().values())
    )


@cache
def freshness_classes() -> Mapping[str, Freshness]:
    """Classes of update rule by id."""
    return {
        name: Freshness(raw["limit"], tuple(raw["types"]), raw.get("family", ""))
        for name, raw in read_data("thresholds")["freshness"].items()
    }


@cache
def signs(name: str) -> tuple[Sign, ...]:
    """What must be said: `guide_elements`, `disclosure_guide`."""
    return tuple(
        Sign(raw.get("id", ""), raw.get("label", ""), tuple(raw["words"]))
        for raw in read_data("thresholds")[name]
    )


@cache
def words_of(name: str) -> tuple[str, ...]:
    """A plain list of the file: `report_topics`, `wordless_forms`, `village_categories`, `judged_elsewhere` …"""
    return tuple(read_data("thresholds")[name])


@cache
def guide_forms(part: str) -> tuple[str, ...]:
    """`endings` of names of forms, or the `given` words that say how else one gets the form."""
    return tuple(read_data("thresholds")["guide_forms"][part])


def annual_report_due(tier: str) -> str:
    """`MM-DD` by which a body of this profile publishes last year's report, `""` where it owes none."""
    return str(read_data("thresholds")["annual_report"].get(tier, ""))
