"""What a title decides beyond the pages that show it: who is called the same, and whom others mean by it.

Two readers of titles look further than one document: running text and catalog that name a policy by its 《title》 (`link/citations.py`,
`check/duties/citing.py`), and the search for what was published twice (`check/duties/twice.py`). A title that none of them asked
for, and that nobody else bears, may change without anything being linked or judged anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from govsite.hanzi.title import folded_title, quoted_titles, title_key
from govsite.model.document import Document


class KnownTitles:
    """Titles of the last build. facts: its section, empty where there is none."""

    def __init__(self, facts: Mapping[str, Any]) -> None:
        self._quoted = frozenset(facts.get("quoted", ()))
        self._looked_up = frozenset(facts.get("looked_up", ()))
        self._borne: dict[str, int] = dict(facts.get("borne", {}))

    def are_free(self, changes: Iterable[tuple[Document, Document]]) -> bool:
        """Whether nobody but the documents themselves had, or gets, anything from these changes (before, after) of titles."""
        renamed = list(changes)
        documents = [document for pair in renamed for document in pair]
        if any(self._is_asked(document.title) for document in documents):
            return False
        olds, news = ([_bearing(document) for document in side] for side in zip(*renamed, strict=True))
        return (
            all(self._borne.get(old) == 1 for old in olds)
            and all(new not in self._borne or new == old for old, new in zip(olds, news, strict=True))
            and len(set(news)) == len(news)
        )

    def _is_asked(self, title: str) -> bool:
        return folded_title(title) in self._looked_up or not self._quoted.isdisjoint(quoted_titles(title))

    def changed(self, changes: Iterable[tuple[Document, Document]]) -> dict[str, Any]:
        """The section once these changes, which are free, have been made."""
        borne = dict(self._borne)
        for before, after in changes:
            del borne[_bearing(before)]
            borne[_bearing(after)] = 1
        return _facts(self._quoted, self._looked_up, borne)


def titles_of(documents: Iterable[Document], looked_up: Iterable[str]) -> dict[str, Any]:
    """The section of a whole road; nothing of a withheld document is in it. looked_up: folded titles by which policies were
    sought (`PolicyNames`).
    """
    borne: dict[str, int] = {}
    quoted: set[str] = set()
    for document in documents:
        if not document.is_public:
            continue
        name = _bearing(document)
        borne[name] = borne.get(name, 0) + 1
        quoted.update(title_key(slot.target) for slot in document.body.slots if slot.kind == "title")
    return _facts(quoted, looked_up, borne)


def _facts(quoted: Iterable[str], looked_up: Iterable[str], borne: Mapping[str, int]) -> dict[str, Any]:
    return {"quoted": sorted(quoted), "looked_up": sorted(looked_up), "borne": borne}


def _bearing(document: Document) -> str:
    return f"{document.kind} {folded_title(document.title)}"
