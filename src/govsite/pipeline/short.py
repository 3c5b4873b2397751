"""The short road: only the text and the look of some documents have changed, and nothing by which others are linked or judged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from govsite.cache.linked import KnownSite, differs_in_view, dump
from govsite.cache.sources import BodyPlaces, SourceRow
from govsite.cache.titles import KnownTitles
from govsite.files.damage import DamagedCacheError
from govsite.files.typed_json import decoder, encoder
from govsite.model.document import Document
from govsite.model.site import Site
from govsite.pipeline.attaching import Results, known_results
from govsite.pipeline.ignoring import apply_ignored
from govsite.pipeline.road import PROBLEMS, Road, document_names
from govsite.pipeline.walk import files_digest
from govsite.pipeline.walked import Walked
from govsite.problems.problem import Problem


class ShortRoad(Road):
    """The short road, where all that has changed is the text of some documents and what pages show of them (title, summary): nothing
    by which another one is linked or judged.

    Links, duties and what was found elsewhere are then what they were; documents are read when somebody asks for one.
    """

    def walk(self) -> Walked | None:
        """The linked site of before with the new documents in it; None where the whole road must be walked."""
        known = self._known()
        if known is None:
            return None
        documents = self._documents()
        if documents is None:
            return None
        walk, rows = self.way, self.sourced.rows
        problems = self._problems(documents)
        site = known.site(lambda file: documents[file] if file in documents else self._load(rows[file]))
        changed = self._names(documents)
        walk.lap("link")
        results = self._attachments(site, documents)
        ignoring = [
            documents[file] if file in documents else self._load(rows[file]) for file in self._ignoring
        ]
        walk.problems = apply_ignored([*walk.problems, *problems], ignoring)
        walk.lap("duties")
        files = dict(zip(known.tables["keys"], known.tables["files"], strict=True))
        return Walked(
            self.settings, site, self.scanned, self.memory.packs, BodyPlaces(rows, files),
            {path: result.text for path, result in results.items()}, frozenset(changed), is_same=True,
        )  # fmt: skip

    def _known(self) -> KnownSite | None:
        """The linked site of before, where sources came and went nowhere and few have changed."""
        sourced, memory = self.sourced, self.memory
        if sourced.gone or not memory.sources or any(path not in memory.sources for path in sourced.changed):
            return None
        scene = memory.facts("scene")
        if (scene.get("scene"), scene.get("mark")) != (self.way.scene, self.way.mark):
            return None
        if memory.facts("scene").get("files") != files_digest(self.scanned):
            return None
        if not memory.files.are_same(self.scanned):
            return None
        self._findings = memory.facts("findings")
        if not self._findings or not self._stands(sourced.changed):
            return None
        return memory.site()

    def _stands(self, changed: Sequence[str]) -> bool:
        """Whether what was judged still stands: of sources whose text was looked at the text must be the same."""
        looked_at = set(self._findings["judged"]) & set(changed)
        return looked_at.isdisjoint(self._findings["told"]) and all(map(self.is_same_body, looked_at))

    def _documents(self) -> dict[str, Document] | None:
        """Changed documents by source, where each looks the same from outside."""
        memory, changed = self.memory, self.sourced.changed
        if any(
            not (memory.sources.row(path).prepared and self.sourced.rows[path].prepared) for path in changed
        ):
            return None  # of a withheld one nothing is kept that could be compared
        new = self.sourcing.load(self.sourced.rows[path] for path in changed)
        old = self.sourcing.load(memory.sources.row(path) for path in changed)
        documents: dict[str, Document] = {}
        self._new = dict(zip(changed, new, strict=True))
        self._old = dict(zip(changed, old, strict=True))
        for path in changed:
            before, after = self._old[path].document, self._new[path].document
            if before is None or after is None or self._new[path].names or not differs_in_view(before, after):
                return None
            documents[path] = after
        return documents if self._may_be_called_so(documents) else None

    def _may_be_called_so(self, documents: Mapping[str, Document]) -> bool:
        changes = [(self._old[path].document, after) for path, after in documents.items()]
        renamed = [(before, after) for before, after in changes if before and before.title != after.title]
        if not renamed:
            return True
        titles = KnownTitles(self.memory.section("titles"))
        if not titles.are_free(renamed):
            return False
        self.memory.keep({"titles": titles.changed(renamed)})
        return True

    def _load(self, row: SourceRow) -> Document:
        document = self.sourcing.load([row])[0].document
        if document is None:
            raise DamagedCacheError("sources")
        return document

    @property
    def _ignoring(self) -> list[str]:
        found: list[str] = self._findings["ignoring"]
        return found

    def _problems(self, documents: Mapping[str, Document]) -> list[Problem]:
        decode = decoder(PROBLEMS)
        encode = encoder(PROBLEMS)
        sources = dict(self._findings["sources"])
        for path in documents:
            sources.pop(path, None)
            if self._new[path].problems:
                sources[path] = encode(self._new[path].problems)
        self.memory.keep({"findings": dump(self._findings | {"sources": sources})})
        found = [decode(rows) for rows in sources.values()]
        return [problem for part in (*found, decode(self._findings["site"])) for problem in part]

    def _names(self, documents: Mapping[str, Document]) -> set[str]:
        names: set[str] = set()
        for path, document in documents.items():
            names |= document_names(self._old[path].document, document)
            if not self.is_same_body(path):
                names.add("b:" + document.key)
        return names

    def _attachments(self, site: Site, documents: Mapping[str, Document]) -> Results:
        """Files that changed documents offer are judged again, since it is these that offer them; so are those of which another
        look may find more.
        """
        results = known_results(self.memory)
        offering = [doc for doc in documents.values() if doc.attachments or doc.embedded]
        if offering or not all(result.key for result in results.values()):
            return self.attachments(site)
        self.keep_attachments(results)
        return results
