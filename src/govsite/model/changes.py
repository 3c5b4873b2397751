"""What differs between two states of a site: data for people who approve, in the order it is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import NamedTuple

from govsite.frozen import dataclass
from govsite.model.catalog import CatalogDomain
from govsite.model.catalog_history import CatalogChange


@dataclass(frozen=True, slots=True)
class DocumentState:
    """A document in one state. url: of its page; fields: Chinese label to text, in the order of the source; key_ids:
    label to key id; text: paragraphs; links: (kind, target) that lead out of it.
    """

    key: str
    kind: str
    title: str
    file: str
    url: str
    fields: Mapping[str, str]
    key_ids: Mapping[str, str]
    text: tuple[str, ...]
    links: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class SiteState:
    """A site in one state. name: how it was asked for; documents: by key, newest first; pages: path to SHA-256 of every
    file of the output, none where it could not be built; problems: sentence to its severity; domains: its catalog.
    """

    name: str
    documents: Mapping[str, DocumentState]
    pages: Mapping[str, str] = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=dict)
    domains: tuple[CatalogDomain, ...] = ()


class Segment(NamedTuple):
    """A run of text. op: `same` · `gone` · `new`."""

    op: str
    text: str


class FieldChange(NamedTuple):
    """A key whose value changed. id: the key's, `""` where it has none; old or new `""`: was not or is no longer there."""

    label: str
    id: str
    old: str
    new: str
    segments: tuple[Segment, ...]


class ParagraphChange(NamedTuple):
    """A paragraph that changed. op: `changed` · `new` · `gone`; number: its place in the new text, or in the old one."""

    op: str
    number: int
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class DocumentChange:
    """A document that is new, changed or gone. marks: what an approver looks at first (ids: `disclosure`, `validity`,
    `deadline`, `contact`, `amount`); added, removed: characters of text.
    """

    op: str
    key: str
    kind: str
    title: str
    file: str
    url: str
    moved_from: str = ""
    fields: tuple[FieldChange, ...] = ()
    paragraphs: tuple[ParagraphChange, ...] = ()
    marks: tuple[str, ...] = ()
    added: int = 0
    removed: int = 0


class LinkChange(NamedTuple):
    """A link that appears or dies. op: `new` · `gone`; title: of the document it stands in."""

    op: str
    title: str
    kind: str
    target: str


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything that differs. documents: gone, changed, new, each in site order; pages: paths by `new`, `changed`,
    `gone`; lists: those of them that are lists; problems: sentences by `new`, `cured`; catalog: items and
    domains that came, changed or went.
    """

    old: str
    new: str
    documents: tuple[DocumentChange, ...]
    links: tuple[LinkChange, ...]
    pages: Mapping[str, tuple[str, ...]]
    lists: tuple[str, ...]
    problems: Mapping[str, tuple[tuple[str, str], ...]]
    catalog: tuple[CatalogChange, ...] = ()

    def count(self, op: str) -> int:
        """Documents that are `new`, `changed` or `gone`."""
        return sum(change.op == op for change in self.documents)
