"""What the sites of a workspace (集约化平台) know of each other: inventories (清单), and what they come to for one of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import NamedTuple

from govsite.frozen import dataclass
from govsite.model.organisation import Organisation

FULFILS = "fulfils"
"""Relation of a document to a catalog item."""


class Listed(NamedTuple):
    """A document that other sites may link to, or that asks for one of theirs.

    address: page, relative to the root of its site; validity: state id, `""` where the kind has none; stated: whether the author
    wrote it; effective: ISO day from which the document takes effect, `""` from the beginning.
    """

    key: str
    kind: str
    id: str
    title: str
    address: str
    published: str
    doc_no: str
    index_no: str
    validity: str
    stated: bool
    effective: str


class ListedItem(NamedTuple):
    """A catalog item that documents of other sites may fulfil."""

    id: str
    name: str
    address: str


class Ask(NamedTuple):
    """Something that a site refers to and does not hold itself.

    how: `reference` (written in front matter), `number` or `title` (in running text), `item` (a catalog item); text: as written;
    kind: of the document meant, `""` for any; source: key of the document that asks; reverse: whether that is the relation's target.
    """

    how: str
    text: str
    kind: str
    relation: str
    source: str
    reverse: bool = False


@dataclass(frozen=True, slots=True)
class Inventory:
    """One site, as far as others may know it; a function of its sources alone.

    place: name of its folder among the others'; prefix: its address on the web, `""` without a domain; as_of: ISO day that
    validity is judged by; addresses: of all documents, columns and catalog pages, sorted.
    """

    place: str
    name: str
    prefix: str
    as_of: str
    documents: tuple[Listed, ...]
    items: tuple[ListedItem, ...]
    organisations: tuple[Organisation, ...]
    addresses: tuple[str, ...]
    asks: tuple[Ask, ...]


class Abroad(NamedTuple):
    """A link to a document or catalog item of another site, at either end. is_target: whether this site's document is the target;
    site: the other's name; address: from the root of this site (`../xian/policies/2024/1.html`).
    """

    relation: str
    is_target: bool
    site: str
    kind: str
    title: str
    address: str
    doc_no: str = ""
    date: str = ""
    validity: str = ""


class Answer(NamedTuple):
    """What other sites hold for something asked. start: characters before the number proper; found: one entry a document."""

    start: int
    found: tuple[Abroad, ...]


class Lost(NamedTuple):
    """A document that another site names by its id here and that is not there. title: of the one that names it."""

    site: str
    text: str
    title: str


Question = tuple[str, str, str]  # how, text, kind


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The other sites, as one site needs them.

    workspace: its name, `""` for a site on its own; places: of all others with their names; answers: to what this site asks;
    incoming: links from others by key of the document here; states: validity that others' documents give ours; organisations: shared
    ones; lost: what others miss here; pages: prefix of each other site with its addresses;
    is_asking: whether anything asked here is answered by nobody; digest: of all this.
    """

    workspace: str = ""
    places: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[Question, Answer] = field(default_factory=dict)
    incoming: Mapping[str, tuple[Abroad, ...]] = field(default_factory=dict)
    states: Mapping[str, str] = field(default_factory=dict)
    organisations: tuple[Organisation, ...] = ()
    lost: tuple[Lost, ...] = ()
    pages: Mapping[str, tuple[str, frozenset[str]]] = field(default_factory=dict)
    is_asking: bool = False
    digest: str = ""

    def answer(self, how: str, text: str, kind: str = "") -> Answer:
        """What others hold; nothing found where nobody does."""
        return self.answers.get((how, text, kind), _NOTHING)

    def site_of(self, text: str) -> str:
        """Name of the site that a reference such as `xian:2024/1` is to, `""` where it names none."""
        place, colon, _ = text.replace("：", ":").partition(":")
        return self.places.get(place.strip(), "") if colon else ""


_NOTHING = Answer(0, ())
ALONE = Neighbours()
