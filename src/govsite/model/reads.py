"""Which parts of the site a page was made of (读取记录).

A page is a pure function of what it reads. A `Site` handed to `traced_site` notes every question a builder asks of it, so
nobody has to declare what a page depends on, and nobody can forget to: if no answer has changed, neither has the page.

A part has a name: `d:<key>` a document as others may see it; `r:<key>` its relations, validity, column and catalog items; `b:<key>` its body;
`x:<path>` text of an attachment; `m:<column>` members; `i:<item>` what fulfils an item; `l:<axis>/<value>` a list across columns;
`a:<axis>` all lists of an axis; `D` which documents there are, in order; `V` all of them with what they say; `O` all in outline
(`model/outline.py`); `G` the whole graph.
"""

from __future__ import annotations

from collections.abc import Callable, ItemsView, Iterator, Mapping, ValuesView
from dataclasses import replace
from typing import Any, TypeVar

from govsite.model.body import BodyFacts
from govsite.model.document import Document
from govsite.model.outline import Outline, OutlinedDocuments, outlines_of
from govsite.model.site import Graph, Site

V = TypeVar("V")
T = TypeVar("T")
ORDER = "D"
EVERYTHING = "V"
OUTLINES = "O"
GRAPH = "G"


class Reads:
    """Gathers names while a page is made. names: those read since the last `take`."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def take(self) -> set[str]:
        """The names gathered so far; gathering begins anew."""
        taken, self.names = self.names, set()
        return taken

    def within(self, make: Callable[[], T]) -> tuple[T, set[str]]:
        """What `make` gives and the names it read; they count as read by whoever asked, too."""
        outer, self.names = self.names, set()
        try:
            made = make()
        finally:
            inner, self.names = self.names, outer
            outer |= inner
        return made, inner


def seen_document(document: Document) -> Document:
    """A document as pages may see it: without what only problems and the linker need."""
    return replace(document, digest="", spans=(), body=BodyFacts(summary=document.body.summary))


class TracedMapping(Mapping[str, V]):
    """A mapping that notes the names of the values asked for. prefix: of those names; whole: name noted for a walk over all."""

    def __init__(self, values: Mapping[str, V], prefix: str, whole: str, reads: Reads) -> None:
        self._values = values
        self._prefix = prefix
        self._whole = whole
        self._reads = reads

    def __getitem__(self, key: str) -> V:
        self._reads.names.add(self._prefix + key)
        return self._values[key]

    def get(self, key: str, default: Any = None) -> Any:
        """The value, `default` where there is none: asked for in one step, as ten thousand pages do."""
        self._reads.names.add(self._prefix + key)
        return self._values.get(key, default)

    def __contains__(self, key: object) -> bool:
        self._reads.names.add(f"{self._prefix}{key}")
        return key in self._values

    def __iter__(self) -> Iterator[str]:
        self._reads.names.add(self._whole)
        return iter(self._values)

    def __len__(self) -> int:
        self._reads.names.add(self._whole)
        return len(self._values)


class _TracedDocuments(TracedMapping[Document], OutlinedDocuments):
    """Documents as pages may see them."""

    def __init__(self, values: Mapping[str, Document], reads: Reads) -> None:
        super().__init__(values, "d:", ORDER, reads)
        self._seen: dict[str, Document] = {}
        self._outlines: Mapping[str, Outline] | None = None

    def __getitem__(self, key: str) -> Document:
        self._reads.names.add("d:" + key)
        document = self._seen.get(key)
        if document is None:
            document = self._seen[key] = seen_document(self._values[key])
        return document

    def get(self, key: str, default: Any = None) -> Any:
        """The document as pages may see it, `default` where there is none."""
        try:
            return self[key]
        except KeyError:
            return default

    def __iter__(self) -> Iterator[str]:
        self._reads.names.add(ORDER)
        return iter(self._values)

    @property
    def outlines(self) -> Mapping[str, Outline]:
        """All documents in outline: whoever looks at one depends on all."""
        self._reads.names |= {ORDER, OUTLINES}
        if self._outlines is None:
            self._outlines = outlines_of(self._values)
        return self._outlines

    def items(self) -> ItemsView[str, Document]:
        """All documents: whoever looks at each depends on all."""
        self._reads.names |= {ORDER, EVERYTHING}
        return {key: self[key] for key in self._values}.items()

    def values(self) -> ValuesView[Document]:
        """All documents."""
        return dict(self.items()).values()


class _TracedSet(frozenset[str]):
    """Not used as a set of its own: only asked for members."""

    reads: Reads

    def __contains__(self, key: object) -> bool:
        self.reads.names.add(f"r:{key}")
        return super().__contains__(key)


class _TracedGraph(Graph):
    """A graph that notes whose links were asked for."""

    __slots__ = ("_reads",)
    _reads: Reads

    def __init__(self, graph: Graph, reads: Reads) -> None:
        super().__init__(graph.forward, graph.backward)
        object.__setattr__(self, "_reads", reads)

    def targets(self, relation: str, source: str) -> tuple[str, ...]:
        self._reads.names.add("r:" + source)
        return self.forward.get((relation, source), ())

    def sources(self, relation: str, target: str) -> tuple[str, ...]:
        self._reads.names.add("r:" + target)
        return self.backward.get((relation, target), ())


def traced_site(site: Site, reads: Reads) -> Site:
    """The same site; what is asked of it is noted in `reads`."""
    assembly = site.assembly
    expired = _TracedSet(assembly.expired)
    expired.reads = reads
    return replace(
        site,
        assembly=replace(
            assembly,
            documents=_TracedDocuments(assembly.documents, reads),
            withheld={},
            home=TracedMapping(assembly.home, "r:", GRAPH, reads),
            expired=expired,
            addresses=replace(assembly.addresses, published={}),
            files={},
        ),
        graph=_TracedGraph(site.graph, reads),
        validity=TracedMapping(site.validity, "r:", GRAPH, reads),
        members=TracedMapping(site.members, "m:", ORDER, reads),
        fulfils=TracedMapping(site.fulfils, "r:", GRAPH, reads),
        fulfilled_by=TracedMapping(site.fulfilled_by, "i:", GRAPH, reads),
        citations=TracedMapping(site.citations, "r:", GRAPH, reads),
        abroad=TracedMapping(site.abroad, "r:", GRAPH, reads),
    )
