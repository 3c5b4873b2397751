"""What a title decides beyond the pages that show it: who is called the same, and whom others mean by it.

Two readers of titles look further than one document: running text and catalog that name a policy by its 《title》 (`link/citations.py`,
`check/duties/citing.py`), and the search for what was published twice (`check/duties/twice.py`). A title that none of them asked
for, and that nobody else bears, may change without anything being linked or judged anew.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from govsite.hanzi.title import folded_title, quoted_titles, title_key
from govsite.model.document import Document


class KnownTitles:
    """Titles of the last build. section: what `titles_section` or `changed` gave, None where there is none.

    Its first line is JSON; below it stands a line for each title that is borne, looked for as bytes: a dictionary of ten thousand
    would cost more than what it is asked.
    """

    def __init__(self, section: bytes | None) -> None:
        self._head, _, self._borne = (section or b"[[],[]]\n").partition(b"\n")
        quoted, looked_up = json.loads(self._head)
        self._quoted = frozenset(quoted)
        self._looked_up = frozenset(looked_up)

    def are_free(self, changes: Iterable[tuple[Document, Document]]) -> bool:
        """Whether nobody but the documents themselves had, or gets, anything from these changes (before, after) of titles."""
        renamed = list(changes)
        documents = [document for pair in renamed for document in pair]
        if any(self._is_asked(document.title) for document in documents):
            return False
        olds, news = ([_bearing(document) for document in side] for side in zip(*renamed, strict=True))
        return (
            all(self._borne.count(old) == 1 for old in olds)
            and all(new not in self._borne or new == old for old, new in zip(olds, news, strict=True))
            and len(set(news)) == len(news)
        )

    def _is_asked(self, title: str) -> bool:
        return folded_title(title) in self._looked_up or not self._quoted.isdisjoint(quoted_titles(title))

    def changed(self, changes: Iterable[tuple[Document, Document]]) -> bytes:
        """The section once these changes, which are free, have been made."""
        borne = self._borne
        for before, after in changes:
            borne = borne.replace(_bearing(before), _bearing(after))
        return self._head + b"\n" + borne


def titles_section(documents: Iterable[Document], looked_up: Iterable[str]) -> bytes:
    """The section of a whole road; nothing of a withheld document is in it. looked_up: folded titles by which policies were
    sought (`PolicyNames`).
    """
    public = [document for document in documents if document.is_public]
    quoted = {
        title_key(slot.target) for document in public for slot in document.body.slots if slot.kind == "title"
    }
    head = json.dumps([sorted(quoted), sorted(looked_up)], ensure_ascii=False)
    return head.encode("utf-8", "surrogatepass") + b"\n" + b"".join(map(_bearing, public))


def _bearing(document: Document) -> bytes:
    """A line that no part of another one equals: no folded title holds a tab."""
    title = folded_title(document.title).replace("\n", " ")
    return f"\t{document.kind} {title}\n".encode("utf-8", "surrogatepass")
