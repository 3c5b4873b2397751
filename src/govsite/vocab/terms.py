"""Closed lists (词表): disclosure attributes, validity states, channels, domains …"""

from __future__ import annotations

from functools import cache

from govsite.frozen import dataclass
from govsite.vocab.records import Term, TermList, read_data, term_of

NORMATIVE_CLASSES = frozenset({"regulation", "normative"})


@cache
def term_list(group: str) -> TermList:
    """The closed list called `group` in `terms.yaml`; `kinds` and `domains` have files of their own."""
    if group in {"kinds", "domains"}:
        return TermList.of(term_of(record) for record in read_data(group))
    return TermList.of(term_of(record) for record in read_data("terms")[group])


def label_of(group: str, term_id: str) -> str:
    """The Chinese label of a term; the id itself where the list does not hold it, `""` for an empty id."""
    term = term_list(group).find(term_id) if term_id else None
    return term.label if term else term_id


@dataclass(frozen=True, slots=True)
class Kind:
    """A document kind (文件种类). folder: under `content/`; column: the default column id.

    register: keys that the kind's list shows as columns; facets: keys whose values may be chosen there; profiles: tiers that may
    publish the kind, empty for all.
    """

    id: str
    label: str
    en: str
    folder: str
    format: str
    column: str
    unit: str
    register: tuple[str, ...] = ()
    facets: tuple[str, ...] = ()
    profiles: tuple[str, ...] = ()


@cache
def kinds() -> dict[str, Kind]:
    """All document kinds by id, in their standard order."""
    lists = ("register", "facets", "profiles")
    return {
        record["id"]: Kind(**record | {name: tuple(record.get(name, ())) for name in lists})
        for record in read_data("kinds")
    }


@cache
def kind_by_folder() -> dict[str, Kind]:
    """Document kinds by their folder under `content/`."""
    return {kind.folder: kind for kind in kinds().values()}


@dataclass(frozen=True, slots=True)
class Domain:
    """A domain (领域) of the standard catalogs. guide: document number of the national guide, `""` if unknown."""

    term: Term
    lead: str
    guide: str


@cache
def domains() -> dict[str, Domain]:
    """The 26 domains of 国办发〔2019〕54号 and the four added ones, by id, in their standard order."""
    return {
        record["id"]: Domain(term_of(record), record["lead"], record.get("guide", ""))
        for record in read_data("domains")
    }
