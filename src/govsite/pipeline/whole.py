"""The whole road: every document in memory, everything linked and judged."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial

from govsite.assemble.assemble import assemble
from govsite.cache.linked import dump
from govsite.cache.prepared import Prepared
from govsite.cache.titles import titles_section
from govsite.check.addresses import check_addresses
from govsite.check.duties.judge import check_duties
from govsite.check.duties.rollup import check_rollup
from govsite.check.history import check_history
from govsite.check.packs import check_packs
from govsite.check.review.judge import check_reviews
from govsite.compare.catalog import since
from govsite.files.bodies import Stored
from govsite.files.typed_json import encoder
from govsite.link.link import link
from govsite.load.addresses import read_text_file, read_yaml_file
from govsite.load.history import read_history, with_first_dates
from govsite.model.address_book import AddressBook
from govsite.model.addresses import ADDRESSES_FILE, PUBLISHED_FILE
from govsite.model.body import Body
from govsite.model.document import Document
from govsite.model.site import Site
from govsite.pipeline.attaching import Results, changed_texts, known_results
from govsite.pipeline.catalog_history import read_catalog_history
from govsite.pipeline.ignoring import apply_ignored
from govsite.pipeline.members import read_members
from govsite.pipeline.reading import open_bodies, source_reader
from govsite.pipeline.request import CACHE
from govsite.pipeline.road import PROBLEMS, Road, document_names
from govsite.pipeline.walked import Walked
from govsite.problems.problem import Problem
from govsite.validate.addresses import check_address_book


class WholeRoad(Road):
    """The whole road: every document in memory, everything linked and judged."""

    def walk(self, *, judge: bool) -> Walked:
        """Assemble, link, examine, judge."""
        walk = self.way
        rows = self.sourced.rows
        loaded = dict(zip(rows, self.sourcing.load(rows.values()), strict=True))
        site, linked = self._site(loaded)
        walk.lap("link")
        results = self.attachments(site) if judge else {}
        walk.lap("attachments")
        places = {key: rows[doc.file].body for key, doc in _by_key(loaded).items()}
        bodies = {key: place for key, place in places.items() if place}
        judging = _Judging(self, site, bodies)
        duties = judging.problems() if judge else []
        documents = [one.document for one in loaded.values() if one.document]
        sources = {path: list(one.problems) for path, one in loaded.items() if one.problems}
        for found in (*sources.values(), linked, duties):
            walk.problems += found
        walk.problems = apply_ignored(walk.problems, documents)
        self._keep(sources, linked, duties, judging, documents)
        self.memory.keep({"titles": titles_section(documents, judging.titles)})
        walk.lap("duties")
        return Walked(
            self.settings, site, self.scanned, self.memory.packs, bodies,
            {path: result.text for path, result in results.items()}, self._changed(loaded, results),
        )  # fmt: skip

    def lone_site(self) -> Site:
        """The site linked on its own, as other sites may know it."""
        rows = self.sourced.rows
        return self._site(dict(zip(rows, self.sourcing.load(rows.values()), strict=True)))[0]

    def _site(self, loaded: Mapping[str, Prepared]) -> tuple[Site, list[Problem]]:
        results = loaded.values()
        unreadable: list[Problem] = []
        assembly, problems = assemble(
            (one.document for one in results if one.document),
            (one.domain for one in results if one.domain),
            (each for one in results for each in one.organisations),
            self.settings,
            self.scanned.files,
            as_of=self.request.as_of,
            drafts=self.request.drafts,
            addresses=self._addresses(unreadable),
            shared=self.way.neighbours.organisations,
        )
        problems += unreadable
        unread = [name for one in results for name in one.names]
        site, found = link(assembly, unread, self.settings.footer, self.way.neighbours)
        if assembly.domains:
            history = read_catalog_history(
                self.request.site, self.request.site / CACHE / "catalog", self.way.head
            )
            known = since(history, self.settings.catalog_since, assembly.withheld_items)
            site = replace(site, catalog_history=known)
        return site, [*problems, *found]

    def _addresses(self, problems: list[Problem]) -> AddressBook:
        """What was published once. A preview shows what is there now."""
        if self.request.preview:
            return AddressBook()
        node, found = read_yaml_file(self.request.site, ADDRESSES_FILE)
        published, more = read_text_file(self.request.site, PUBLISHED_FILE)
        problems += [*found, *more]
        return check_address_book(node, published, self.settings.site.path, problems)

    def _keep(
        self, sources: dict[str, list[Problem]], linked: list[Problem], duties: list[Problem], judging: _Judging,
        documents: Iterable[Document],
    ) -> None:  # fmt: skip
        encode = encoder(PROBLEMS)
        told = {span.file for found in (*linked, *duties) for span in (found.span, *found.related) if span}
        facts = {
            "sources": {path: encode(tuple(found)) for path, found in sources.items()},
            "site": encode((*linked, *duties)),
            "ignoring": [document.file for document in documents if document.ignore],
            "judged": sorted(judging.asked | told),
            "told": sorted(judging.quoted | told),
        }
        self.memory.keep({"findings": dump(facts)})

    def _changed(self, loaded: Mapping[str, Prepared], results: Results) -> frozenset[str] | None:
        """Names of documents, bodies and texts that are not what they were."""
        memory = self.memory
        if not memory.sources:
            return None
        names = changed_texts(known_results(memory), results)
        for path in (*self.sourced.changed, *self.sourced.gone):
            known = memory.sources.row(path) if path in memory.sources else None
            before = self.sourcing.load([known])[0].document if known and known.prepared else None
            after = loaded[path].document if path in loaded else None
            names |= document_names(before, after)
            if not self.is_same_body(path):
                names |= {"b:" + document.key for document in (before, after) if document}
        return frozenset(names)


class _Judging:
    """The linked site judged as a whole. asked: sources whose text decided anything; quoted: those of them
    that were read line by line, front matter and all; titles: by which policies were sought.
    """

    def __init__(self, road: WholeRoad, site: Site, bodies: Mapping[str, Stored]) -> None:
        self._road = road
        self._site = site
        self._bodies = bodies
        self._read = source_reader(road.request.site)
        self.asked: set[str] = set()
        self.quoted: set[str] = set()
        self.titles: set[str] = set()

    def problems(self) -> list[Problem]:
        """Reviews, addresses, rule packs, duties, dates against the history."""
        site, settings = self._site, self._road.settings
        found = [
            *check_reviews(site, settings, self._file_digest),
            *check_addresses(site, settings),
            *check_packs(site, settings.rules, self._lines),
        ]
        if not self._road.request.preview:  # what is owed is no news to somebody who is writing
            found += self._duties()
            found += self._outside()
        return found

    def _duties(self) -> list[Problem]:
        road, site = self._road, self._site
        today = road.request.today or site.assembly.as_of
        shares = _Shares(road, self.asked)
        with open_bodies(road.memory.packs, self._bodies) as stored:

            def body(key: str) -> Body:
                self.asked.add(site.documents[key].file)
                return stored(key)

            found = check_duties(
                site,
                road.settings,
                today,
                body=body,
                lines=self._lines,
                length=self._length,
                share=shares.of,
                titles=self.titles,
            )
            road.memory.keep({"shares": dump(shares.kept)})
            return found

    def _outside(self) -> list[Problem]:
        """Duties judged by what lies outside `content/`: dates by git (by the clock only where no day was named to judge
        by), the county's annual report by its members'.
        """
        request, settings = self._road.request, self._road.settings
        duties = settings.duties
        if not duties.enabled:
            return []
        history = read_history(request.site, request.site / CACHE / "history")
        clock = "" if request.as_of else request.today
        dates = partial(with_first_dates, request.site)
        found = list(check_history(self._site, settings, history, dates, clock))
        members, faults = read_members(request.site)
        found += [*faults, *check_rollup(self._site, members, self._lines)]
        return [problem for problem in found if not duties.only or problem.code.startswith(duties.only)]

    def _lines(self, file: str) -> tuple[str, ...]:
        self.asked.add(file)
        self.quoted.add(file)
        return self._read(file)

    def _length(self, document: Document) -> int:
        self.asked.add(document.file)
        return document.body.length

    def _file_digest(self, path: str) -> str:
        """SHA-256 of a file under `content/`, `""` where it cannot be read."""
        try:
            return self._road.memory.files.sha256(path, self._road.scanned)
        except OSError:
            return ""


class _Shares:
    """How much of one text stands in another, kept as long as neither source has changed. kept: by keys of both."""

    def __init__(self, road: WholeRoad, asked: set[str]) -> None:
        self._known = road.memory.facts("shares")
        self._rows = road.sourced.rows
        self._asked = asked
        self.kept: dict[str, list[object]] = {}

    def of(self, document: Document, source: Document, count: Callable[[], int]) -> int:
        """Percent; `count` counts it where it is not known."""
        files = (document.file, source.file)
        self._asked.update(files)
        name, *made_of = f"{document.key}\n{source.key}", *(self._rows[file].digest for file in files)
        known = self._known.get(name)
        if known is None or known[:-1] != made_of:
            known = [*made_of, count()]
        self.kept[name] = known
        share: int = known[-1]
        return share


def _by_key(loaded: Mapping[str, Prepared]) -> dict[str, Document]:
    """Documents by key, of two with one key the first in file order."""
    documents: dict[str, Document] = {}
    for one in loaded.values():
        if one.document:
            documents.setdefault(one.document.key, one.document)
    return documents
