"""Document numbers and 《titles》 in running text, and links between documents, to targets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from govsite.hanzi.numerals import read_numeral
from govsite.hanzi.title import title_key
from govsite.link.directory import Directory
from govsite.model.body import SlotFact
from govsite.model.document import Document
from govsite.model.inventory import ALONE, Neighbours
from govsite.model.site import Assembly, Citation
from govsite.problems.problem import Problem
from govsite.source.span import Span

# (kind of place, target as written, anchor as written) to where it leads.
Place = tuple[str, str, str]
Citations = Mapping[Place, Citation]

_ARTICLE = re.compile(r"第(.{1,9})条")


def resolve_citations(
    documents: Iterable[Document], assembly: Assembly, directory: Directory, problems: list[Problem],
    neighbours: Neighbours = ALONE,
) -> dict[str, Citations]:  # fmt: skip
    """For each document, where the open places of its body lead.

    A number or title that several documents answer to, that the site does not hold, or that stands in its own
    document stays text. A link to a source that is not there is LNK105, to one that is not public LNK103, to an
    anchor that the target does not have LNK106; it becomes text too. An address of another site of the workspace where there
    is no page is LNK214.
    """
    resolver = _Resolver(assembly, directory, problems, neighbours)
    citations: dict[str, Citations] = {}
    for doc in documents:
        found: dict[Place, Citation] = {}
        for slot in doc.body.slots:
            citation = resolver.resolve(doc, slot)
            if citation:
                found[(slot.kind, slot.target, slot.anchor)] = citation
        if found:
            citations[doc.key] = found
    return citations


class _Resolver:
    def __init__(
        self, assembly: Assembly, directory: Directory, problems: list[Problem], neighbours: Neighbours
    ) -> None:
        self._neighbours = neighbours
        self._assembly = assembly
        self._directory = directory
        self._problems = problems
        self._by_file = {doc.file.removeprefix("content/"): doc for doc in assembly.documents.values()}
        self._withheld = {doc.file.removeprefix("content/") for doc in assembly.withheld.values()}

    def resolve(self, doc: Document, slot: SlotFact) -> Citation | None:
        if slot.kind in {"number", "title"}:
            return self._cite(doc, slot)
        if slot.kind == "anchor":
            return self._to(doc, doc, slot)
        if slot.kind == "external":
            self._check_address(doc, slot)
        if slot.kind != "document":
            return None
        target = self._by_file.get(slot.target)
        if target is not None:
            return self._to(target, doc, slot)
        code = "LNK103" if slot.target in self._withheld else "LNK105"
        looked = f"content/{slot.target}"
        self._problems.append(
            Problem.at(code, _span(doc, slot), found=slot.written, target=slot.written, looked=looked)
        )
        return None

    def _cite(self, doc: Document, slot: SlotFact) -> Citation | None:
        if slot.kind == "number":
            keys, start = self._directory.find_number(slot.target)
        else:
            keys, start = self._directory.find_title(slot.target), 0
        if not keys:
            return self._cite_abroad(slot)
        public = [key for key in keys if key in self._assembly.documents]
        return Citation(public[0], start) if len(public) == 1 and public[0] != doc.key else None

    def _cite_abroad(self, slot: SlotFact) -> Citation | None:
        """A citation of a document that one other site alone holds."""
        start, found = self._neighbours.answer(slot.kind, slot.target)
        return Citation("", start, "", found[0].address, found[0].title) if len(found) == 1 else None

    def _check_address(self, doc: Document, slot: SlotFact) -> None:
        """LNK214 for an address below another site's that leads to no page of it."""
        bare = slot.target.partition("://")[2]
        for prefix, (site, pages) in self._neighbours.pages.items():
            if bare.startswith(prefix.partition("://")[2]):
                path = re.split(r"[?#]", bare[len(prefix.partition("://")[2]) :])[0]
                if path.endswith(".html") and path not in pages:
                    self._problems.append(
                        Problem.at("LNK214", _span(doc, slot), found=slot.target, site=site)
                    )

    def _to(self, target: Document, doc: Document, slot: SlotFact) -> Citation | None:
        """A link to a document, checked down to its anchor: an id, a heading's text, or an article (第三条)."""
        anchor = _anchor_of(target, slot.anchor)
        if anchor is None:
            self._problems.append(
                Problem.at("LNK106", _span(doc, slot), anchor=slot.anchor, file=target.file)
            )
            return None
        return Citation(target.key, 0, anchor)


def _span(doc: Document, slot: SlotFact) -> Span:
    return Span.of_line(doc.file, slot.line, slot.column, len(slot.written))


def _anchor_of(target: Document, written: str) -> str | None:
    if not written or written in target.body.anchors:
        return written
    article = _ARTICLE.fullmatch(written)
    number = read_numeral(article[1]) if article else None
    if number is not None and f"tiao-{number}" in target.body.anchors:
        return f"tiao-{number}"
    plain = title_key(written)
    return next((anchor for text, anchor in target.body.headings if title_key(text) == plain), None)
