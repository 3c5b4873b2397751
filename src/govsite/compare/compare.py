"""Two states of a site to their differences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from govsite.compare.catalog import compare_catalogs
from govsite.compare.marks import marks_of
from govsite.compare.redline import compare_text, redline
from govsite.model.changes import Changes, DocumentChange, DocumentState, FieldChange, LinkChange, SiteState

_LISTS = ("columns/", "lists/", "catalog/")


def compare_states(old: SiteState, new: SiteState) -> Changes:
    """Everything that differs, in a fixed order."""
    documents = tuple(_documents(old.documents, new.documents))
    pages = _pages(old.pages, new.pages)
    touched = [path for op in ("new", "changed", "gone") for path in pages[op]]
    lists = tuple(
        sorted(
            path for path in touched if path.endswith(".html") and path.startswith((*_LISTS, "index.html"))
        )
    )
    problems = {
        "new": tuple((text, word) for text, word in new.problems.items() if text not in old.problems),
        "cured": tuple((text, word) for text, word in old.problems.items() if text not in new.problems),
    }
    catalog = tuple(compare_catalogs(old.domains, new.domains, str))
    return Changes(old.name, new.name, documents, tuple(_links(old, new)), pages, lists, problems, catalog)


def _documents(
    old: Mapping[str, DocumentState], new: Mapping[str, DocumentState]
) -> Iterator[DocumentChange]:
    for key, state in old.items():
        if key not in new:
            yield _whole("gone", state)
    for key, state in new.items():
        if key in old:
            change = _changed(old[key], state)
            if change:
                yield change
    for key, state in new.items():
        if key not in old:
            yield _whole("new", state)


def _whole(op: str, state: DocumentState) -> DocumentChange:
    length = sum(len(text) for text in state.text)
    added, removed = (length, 0) if op == "new" else (0, length)
    return DocumentChange(
        op, state.key, state.kind, state.title, state.file, state.url, added=added, removed=removed
    )


def _changed(old: DocumentState, new: DocumentState) -> DocumentChange | None:
    fields = tuple(_fields(old, new))
    paragraphs = compare_text(old.text, new.text)
    moved = old.url if old.url != new.url else ""
    if not fields and not paragraphs and not moved:
        return None
    segments = [segment for paragraph in paragraphs for segment in paragraph.segments]
    return DocumentChange(
        "changed", new.key, new.kind, new.title, new.file, new.url, moved, fields, paragraphs,
        marks_of(fields, paragraphs),
        sum(len(part.text) for part in segments if part.op == "new"),
        sum(len(part.text) for part in segments if part.op == "gone"),
    )  # fmt: skip


def _fields(old: DocumentState, new: DocumentState) -> Iterator[FieldChange]:
    for label in dict.fromkeys([*new.fields, *old.fields]):
        before, after = old.fields.get(label, ""), new.fields.get(label, "")
        if before != after:
            key_id = new.key_ids.get(label) or old.key_ids.get(label, "")
            yield FieldChange(label, key_id, before, after, redline(before, after))


def _links(old: SiteState, new: SiteState) -> Iterator[LinkChange]:
    for key in dict.fromkeys([*old.documents, *new.documents]):
        before, after = old.documents.get(key), new.documents.get(key)
        title = (after or before).title if after or before else ""  # type: ignore[union-attr]
        had = before.links if before else frozenset()
        has = after.links if after else frozenset()
        for op, links in (("gone", had - has), ("new", has - had)):
            for kind, target in sorted(links):
                yield LinkChange(op, title, kind, target)


def _pages(old: Mapping[str, str], new: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    if not old or not new:
        return {"new": (), "changed": (), "gone": ()}
    return {
        "new": tuple(sorted(new.keys() - old.keys())),
        "changed": tuple(sorted(path for path in new.keys() & old.keys() if new[path] != old[path])),
        "gone": tuple(sorted(old.keys() - new.keys())),
    }
