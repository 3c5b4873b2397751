"""The words the index needs beside the records: names of ids, and the site's synonyms (同义词)."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from govsite.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping

    from govsite.model.search import SearchRecord

__all__ = ["IndexLabels"]


@dataclass(frozen=True, slots=True)
class IndexLabels:
    """Names shown for ids, by id; an id without a name is shown as it is.

    columns, topics and domains are also searched: a page is found by the name of its column. synonyms: groups of words
    that mean the same, as `(("医保", "基本医疗保险"),)`; a query for one finds the others.
    """

    kinds: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    topics: Mapping[str, str] = field(default_factory=dict)
    domains: Mapping[str, str] = field(default_factory=dict)
    validities: Mapping[str, str] = field(default_factory=dict)
    synonyms: tuple[tuple[str, ...], ...] = ()

    def name_classes(self, record: SearchRecord) -> tuple[str, ...]:
        """Return the names of a record's column, topic and domain: classes a visitor may search for."""
        named = (
            self.columns.get(record.column, record.column),
            self.topics.get(record.topic, record.topic),
            self.domains.get(record.domain, record.domain),
        )
        return tuple(name for name in named if name)
