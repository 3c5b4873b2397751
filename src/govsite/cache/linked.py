"""The linked site as the last build saw it: what is compared with today's, and what stands in for it where nothing
that other documents can see has changed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, replace
from functools import cached_property
from typing import Any, TypeVar, get_type_hints

from govsite.files.digest import digest_of
from govsite.files.typed_json import decoder, encoder
from govsite.model.document import Document
from govsite.model.inventory import Abroad
from govsite.model.outline import Outline, OutlinedDocuments, outlines_of
from govsite.model.reads import GRAPH, ORDER
from govsite.model.site import Assembly, Citation, Graph, Site

# Parts of a site whose reads are noted one by one. All others are its frame: a change of it concerns every page.
TRACED_SITE = frozenset(
    {"assembly", "graph", "validity", "members", "fulfils", "fulfilled_by", "citations", "abroad"}
)
TRACED_ASSEMBLY = frozenset({"documents", "withheld", "home", "expired", "files"})

V = TypeVar("V")
Lists = Mapping[str, Mapping[str, tuple[str, ...]]]
Tables = dict[str, Any]


def frame_of(site: Site) -> dict[str, Any]:
    """The parts of a site that every page may show, as JSON values."""
    shown = replace(site.assembly.addresses, published={})  # the record of what was published is on no page
    site = replace(site, assembly=replace(site.assembly, addresses=shown))
    frame = {name: encode(getattr(site, name)) for name, encode, _ in _frame(Site, TRACED_SITE)}
    frame |= {
        f"assembly.{name}": encode(getattr(site.assembly, name))
        for name, encode, _ in _frame(Assembly, TRACED_ASSEMBLY)
    }
    return frame


def _frame(
    kind: type, traced: frozenset[str]
) -> Iterator[tuple[str, Callable[[Any], Any], Callable[[Any], Any]]]:
    hints = get_type_hints(kind)
    for field in fields(kind):
        if field.name not in traced:
            yield field.name, encoder(hints[field.name]), decoder(hints[field.name])


def tables_of(site: Site) -> Tables:
    """Everything else but the documents themselves, as JSON values."""
    assembly = site.assembly
    return {
        "keys": list(assembly.documents),
        "files": [document.file for document in assembly.documents.values()],
        "home": dict(assembly.home),
        "expired": sorted(assembly.expired),
        "validity": dict(site.validity),
        "fulfils": _lists(site.fulfils),
        "citations": {
            key: [[*place, *citation] for place, citation in found.items()]
            for key, found in site.citations.items()
        },
        "abroad": {key: [list(link) for link in links] for key, links in site.abroad.items()},
        "forward": {" ".join(name): list(keys) for name, keys in site.graph.forward.items()},
        "backward": {" ".join(name): list(keys) for name, keys in site.graph.backward.items()},
    }


def lists_of(site: Site, listings: Lists) -> Tables:
    """Lists of documents: members of columns, what fulfils an item, lists across columns."""
    return {
        "members": _lists(site.members),
        "fulfilled_by": _lists(site.fulfilled_by),
        "listings": {axis: _lists(values) for axis, values in listings.items()},
    }


def outlines_section(documents: Mapping[str, Document]) -> bytes:
    """Outlines of all documents in the order of their keys."""
    return dump(list(outlines_of(documents).values()))


def _lists(values: Mapping[str, tuple[str, ...]]) -> dict[str, list[str]]:
    return {name: list(keys) for name, keys in values.items()}


def dump(value: object) -> bytes:
    """JSON for a section."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def frame_digest(frame: Mapping[str, Any]) -> str:
    """One digest for all that every page may show."""
    return digest_of(json.dumps(frame, ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass"))


def changed_names(old: Tables, new: Tables) -> set[str]:
    """Names (`model/reads.py`) of the parts of two sites that differ, documents and bodies aside."""
    names = {
        "r:" + key
        for part in ("home", "validity", "fulfils", "citations", "abroad")
        for key in _unlike(old[part], new[part])
    }
    names |= {"r:" + key for key in set(old["expired"]) ^ set(new["expired"])}
    for part in ("forward", "backward"):
        names |= {"r:" + key.partition(" ")[2] for key in _unlike(old[part], new[part])}
    if names:
        names.add(GRAPH)
    if old["keys"] != new["keys"]:
        names.add(ORDER)
    return names


def changed_lists(old: Tables, new: Tables) -> set[str]:
    """Names of the lists that differ."""
    names = {"m:" + key for key in _unlike(old["members"], new["members"])}
    names |= {"i:" + key for key in _unlike(old["fulfilled_by"], new["fulfilled_by"])}
    for axis in old["listings"].keys() | new["listings"].keys():
        before, after = old["listings"].get(axis, {}), new["listings"].get(axis, {})
        names |= {f"l:{axis}/{value}" for value in _unlike(before, after)}
        if before != after or list(before) != list(after):
            names.add(f"a:{axis}")
    return names


def _unlike(old: Mapping[str, Any], new: Mapping[str, Any]) -> set[str]:
    if old == new:
        return set()
    return {key for key in old.keys() | new.keys() if old.get(key) != new.get(key)}


class LazyDocuments(OutlinedDocuments):
    """Documents in site order, each read when it is asked for. load: the document of a source by its path; outlines: section of them."""

    def __init__(
        self, places: Mapping[str, str], load: Callable[[str], Document], outlines: Callable[[], bytes]
    ) -> None:
        self._places = places
        self._load = load
        self._outlines = outlines
        self._loaded: dict[str, Document] = {}
        self._keys: dict[str, str] = {}

    def key_of(self, file: str) -> str | None:
        """Key of the document whose source is `file`."""
        if not self._keys:
            self._keys = {path: key for key, path in self._places.items()}
        return self._keys.get(file)

    @cached_property
    def outlines(self) -> Mapping[str, Outline]:
        """Of all documents, without reading any."""
        rows = json.loads(self._outlines())
        return {
            key: Outline(kind, published, publisher, until, tuple(forms), *days)
            for key, (kind, published, publisher, until, forms, *days) in zip(self._places, rows, strict=True)
        }

    def __getitem__(self, key: str) -> Document:
        document = self._loaded.get(key)
        if document is None:
            document = self._loaded[key] = self._load(self._places[key])
        return document

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def __contains__(self, key: object) -> bool:
        return key in self._places


class KnownSite:
    """The site of the last build, out of its sections."""

    def __init__(
        self, tables: bytes, frame: bytes, lists: Callable[[], bytes], outlines: Callable[[], bytes]
    ) -> None:
        self.tables: Tables = json.loads(tables)
        self.frame: dict[str, Any] = json.loads(frame)
        self._lists = lists
        self._outlines = outlines

    @cached_property
    def lists(self) -> Tables:
        """Lists of documents, read when asked for: they are the larger half."""
        read: Tables = json.loads(self._lists())
        return read

    def site(self, load: Callable[[str], Document]) -> Site:
        """The same site again; documents are read when they are asked for."""
        tables = self.tables
        frame = {
            name: decode(self.frame[f"assembly.{name}"])
            for name, _, decode in _frame(Assembly, TRACED_ASSEMBLY)
        }
        assembly = Assembly(
            documents=LazyDocuments(
                dict(zip(tables["keys"], tables["files"], strict=True)), load, self._outlines
            ),
            withheld={},
            home=tables["home"],
            expired=frozenset(tables["expired"]),
            files={},
            **frame,
        )
        return Site(
            assembly=assembly,
            graph=Graph(_Edges(tables["forward"]), _Edges(tables["backward"])),
            validity=tables["validity"],
            members=_Later(lambda: self.lists["members"]),
            fulfils=_Later(lambda: tables["fulfils"]),
            fulfilled_by=_Later(lambda: self.lists["fulfilled_by"]),
            citations=_Made(
                tables["citations"],
                lambda rows: {(row[0], row[1], row[2]): Citation(*row[3:]) for row in rows},
            ),
            abroad=_Made(tables["abroad"], lambda links: tuple(Abroad(*link) for link in links)),
            **{name: decode(self.frame[name]) for name, _, decode in _frame(Site, TRACED_SITE)},
        )


class _Later(Mapping[str, tuple[str, ...]]):
    """A table of lists that is read when it is first asked."""

    def __init__(self, read: Callable[[], Mapping[str, list[str]]]) -> None:
        self._read = read
        self._table: dict[str, tuple[str, ...]] | None = None

    def _known(self) -> dict[str, tuple[str, ...]]:
        if self._table is None:
            self._table = _tuples(self._read())
        return self._table

    def __getitem__(self, key: str) -> tuple[str, ...]:
        return self._known()[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._known())

    def __len__(self) -> int:
        return len(self._known())


def _tuples(table: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(values) for key, values in table.items()}


class _Made(Mapping[str, V]):
    """A table whose values are made of their JSON when they are asked for."""

    def __init__(self, table: Mapping[str, Any], make: Callable[[Any], V]) -> None:
        self._table = table
        self._make = make

    def __getitem__(self, key: str) -> V:
        return self._make(self._table[key])

    def __contains__(self, key: object) -> bool:
        return key in self._table

    def __iter__(self) -> Iterator[str]:
        return iter(self._table)

    def __len__(self) -> int:
        return len(self._table)


class _Edges(Mapping[tuple[str, str], tuple[str, ...]]):
    """Edges of a graph by relation and document."""

    def __init__(self, table: Mapping[str, list[str]]) -> None:
        self._table = table

    def __getitem__(self, name: tuple[str, str]) -> tuple[str, ...]:
        return tuple(self._table[" ".join(name)])

    def __iter__(self) -> Iterator[tuple[str, str]]:
        for name in self._table:
            relation, _, key = name.partition(" ")
            yield relation, key

    def __len__(self) -> int:
        return len(self._table)


def looks_the_same(old: Document, new: Document) -> bool:
    """Whether nothing has changed in a document that linking it, or judging another one, could notice.

    What may change is the body, as long as it cites and links the same things under the same headings: lines of places in it move,
    its length and the sentences taken for a summary may differ.
    """
    return _outer(old) == _outer(new)


# Of a document, what only its pages show; `cache/titles.py` knows who else looks at a title.
SHOWN = ("title", "summary", "keywords", "source", "author", "editor")


def differs_in_view(old: Document, new: Document) -> bool:
    """Whether all that has changed, beside what `looks_the_same` lets pass, is what pages show of a document: whether there is a
    title, a summary and so on is the same (rule packs ask), what it says may be another.
    """
    if any(bool(getattr(old, name)) != bool(getattr(new, name)) for name in SHOWN):
        return False
    return _inner(old) == _inner(new)


def _inner(document: Document) -> Document:
    nothing: dict[str, Any] = {name: type(getattr(document, name))() for name in SHOWN}
    return replace(_outer(document), spans=(), **nothing)


def _outer(document: Document) -> Document:
    body = document.body
    slots = tuple(slot._replace(line=0, column=0) for slot in body.slots)
    return replace(document, digest="", body=replace(body, slots=slots, length=0, summary=""))
