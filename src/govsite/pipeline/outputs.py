"""The second half of the road: a linked site to the files of its output, in staging or only tried."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from govsite import __version__
from govsite.cache.linked import dump
from govsite.cache.pages import KnownPages, PageRow, pages_sections
from govsite.files.bodies import RecordReader
from govsite.files.digest import sha256_of
from govsite.files.paths import path_key
from govsite.index.labels import IndexLabels
from govsite.index.place import query_index
from govsite.messages.catalogue import translator
from govsite.model.addresses import MANIFEST, SEARCH_MANIFEST
from govsite.model.site import Site
from govsite.pipeline.manifest import FileFact, amend_manifest, write_manifest
from govsite.pipeline.parallel import chunked, map_chunks
from govsite.pipeline.planning import Plan, Planner
from govsite.pipeline.produce import Lot, Made, Producer, ProduceTask, make_producer, produce_lot
from govsite.pipeline.querying import has_query_index
from govsite.pipeline.walk import Walk
from govsite.pipeline.walked import Walked
from govsite.problems.problem import Problem
from govsite.render.plan import Job
from govsite.render.records import ITEM_KIND
from govsite.render.revising import REVISABLE, Revision
from govsite.settings.settings import Settings
from govsite.vocab.terms import kinds, term_list
from govsite.write.staging import Staging, Writer

CHUNK = 100
_FEW = 60  # outputs that are made faster here than in other processes
_BROKEN_LINK = "WEB106"
SEARCH_FOLDER = "search/"


class Outputs:
    """Makes the files of one site. pages: how many it has; problems go to the walk."""

    def __init__(self, walk: Walk, walked: Walked, staging: Staging | None) -> None:
        self._walk = walk
        self._memory = walk.memory
        self._walked = walked
        self._staging = staging
        self._facts: list[FileFact] = []
        self._written: set[str] = set()
        self._rows: list[PageRow] = []
        self._labels = index_labels(walked.settings, walked.site)
        self._has_new_extracts = True
        self._behind: frozenset[str] | None = None
        self._amended: _Amended | None = None
        self._is_whole = False  # whether what was made is all there is, and each file of it once
        self._gone: set[str] = set()

    @property
    def pages(self) -> int:
        """Pages of the site."""
        if self._amended:
            return self._amended.pages
        return sum(1 for row in self._rows if row.sha256 and row.path.endswith(".html"))

    def make(self) -> None:
        """Make every file that is not at hand. Raises OSError where staging cannot be written."""
        walk = self._walk
        theme = walk.theme(self._walked.settings)
        scene = {"scene": walk.scene, "mark": walk.mark}
        planner = Planner(self._memory, self._walked, theme, scene, preview=walk.request.preview)
        amending = planner.amending() if self._staging else None
        if amending is None or not self._amend(amending, theme):
            self._make_all(planner.plan(), theme)

    def _make_all(self, plan: Plan, theme: Path | None) -> None:
        walk = self._walk
        collisions = _collisions(plan.jobs)
        walk.problems += collisions
        kept = self._kept(plan)
        walk.lap("plan")
        stale = [job for job in plan.jobs if job.path not in kept]
        task = self._task(plan, theme, stale)
        made = self._run(stale, task)
        self._gather(plan, kept, made)
        self._remember(plan, task)
        walk.lap("render")
        self._index(plan)
        walk.lap("index")
        if self._staging:
            self._place(plan)
            walk.lap("write")
        paths = {fact.path for fact in self._facts}
        self._is_whole = (
            not collisions and len(paths) == len(self._facts) and all(row.sha256 for row in self._rows)
        )

    def _task(self, plan: Plan, theme: Path | None, stale: Sequence[Job]) -> ProduceTask:
        return ProduceTask(
            self._walked, plan.listings, theme, plan.assets, self._staging.folder if self._staging else None,
            plan.paths | self._walked.site.outside | {SEARCH_MANIFEST}, self._labels, plan.names.ids,
            self._walk.request.preview, len(stale) <= _FEW, self._revisions(plan, stale),
        )  # fmt: skip

    def _amend(self, plan: Plan, theme: Path | None) -> bool:
        """Make the touched pages anew where the site holds all others; whether that was all there was to do."""
        walk, staging, known = self._walk, self._staging, plan.known
        if staging is None or known is None:
            return False
        self._behind = behind = staging.follow()
        walk.lap("plan")
        if MANIFEST in behind:
            self._behind = None
            return False
        before = known.jobs(plan.touched | behind)
        stale = [Job(row.path, row.maker, row.args) for row in before]
        made = self._run(stale, self._task(plan, theme, stale))
        if not all(job.path in made and made[job.path].sha256 for job in stale):
            self._behind = None
            return False
        rows = [self._row(job, made[job.path], plan) for job in stale]
        self._amended = _Amended(known, {row.path: row for row in rows})
        self._has_new_extracts = any(row.extract for row in (*rows, *before))
        self._written |= {row.path for row in rows}
        self._facts = [FileFact(row.path, row.sha256, row.size) for row in rows]
        walk.problems += known.problems({row.path for row in rows})
        walk.problems += [problem for row in rows for problem in row.problems]
        self._memory.keep(known.amended(rows))
        walk.packs |= self._amended.packs
        walk.lap("render")
        self._index(plan)
        walk.lap("index")
        self._place(plan)
        self._is_whole = True
        walk.lap("write")
        return True

    def commit(self) -> None:
        """Swap staging in. Raises OSError."""
        if self._staging:
            digests = {fact.path: fact.sha256 for fact in self._facts}
            if self._amended is None:
                trees = self._staging.commit(digests, self._written)
            else:
                trees = self._staging.commit_amended(digests, self._gone)
            self._memory.keep_trees(trees)
            self._memory.keep_placed(is_placed=self._is_whole)

    def build_query_index(self) -> None:
        """The Whoosh index beside the site, where it is asked for. Its digest lies outside: it vouches for pickles."""
        if self._staging is None or not self._walked.settings.search.whoosh or self._walk.request.preview:
            return
        if not self._has_new_extracts and has_query_index(self._walk, self._staging.out):
            return
        from govsite.index.whoosh import build_index

        place = query_index(self._staging.out)
        digest = build_index(list(self._extracts(self._all_rows())), self._labels, place.folder)
        place.digest.write_text(digest + "\n", encoding="ascii")
        self._memory.keep({"query": dump({"digest": digest})})
        self._walk.lap("query")

    def _kept(self, plan: Plan) -> dict[str, PageRow]:
        """Outputs of before that are right today and at hand."""
        if plan.known is None:
            return {}
        moved = plan.came or bool(plan.gone)
        kept: dict[str, PageRow] = {}
        for job in plan.jobs:
            row = plan.known.row(job.path)
            if row is None or job.path in plan.touched or (row.maker, row.args) != (job.maker, job.args):
                continue
            if moved and any(found.code == _BROKEN_LINK for found in row.problems):
                continue
            if self._is_at_hand(row.path, row.sha256):
                kept[row.path] = row
        return self._without_dead_links(plan, kept)

    def _revisions(self, plan: Plan, stale: Sequence[Job]) -> dict[str, Revision]:
        """Lists whose documents are the same ones in the same order, some of which are not what they were."""
        known, walked = plan.known, self._walked
        if known is None or self._staging is None or not walked.is_same or len(stale) > _FEW:
            return {}
        found: dict[str, Revision] = {}
        for job in stale:
            row = known.row(job.path) if job.maker in REVISABLE else None
            if row is None or not row.sha256 or (row.maker, row.args) != (job.maker, job.args):
                continue
            names = known.reasons(job.path, walked.changed or ())
            if all(name.startswith("d:") for name in names):
                content = partial(self._staging.content, row.path, row.sha256)
                reads = array("I", row.reads).tobytes()
                found[job.path] = Revision(content, reads, {name[2:] for name in names})
        return found

    def _all_rows(self) -> Sequence[PageRow]:
        return self._amended.rows() if self._amended else self._rows

    def _is_at_hand(self, path: str, digest: str) -> bool:
        return bool(digest) and (self._staging is None or self._staging.keep(path, digest))

    def _without_dead_links(self, plan: Plan, kept: dict[str, PageRow]) -> dict[str, PageRow]:
        """Pages that may link to a file that is gone are checked anew, whatever made the link."""
        if not plan.gone:
            return kept
        if self._staging is None:
            return {}
        names = [path.rpartition("/")[2].encode() for path in plan.gone]
        folder = self._staging.folder
        return {
            path: row
            for path, row in kept.items()
            if not path.endswith(".html")
            or not any(name in content for content in [(folder / path).read_bytes()] for name in names)
        }

    def _run(self, jobs: list[Job], task: ProduceTask) -> dict[str, Made]:
        request = self._walk.request
        run = self._memory.run
        lots = [Lot(f"{run}e{number:06d}", part) for number, part in enumerate(chunked(jobs, CHUNK))]
        workers = 1 if len(jobs) <= _FEW else request.jobs
        made: dict[str, Made] = {}
        for number, produced in enumerate(map_chunks(make_producer, task, produce_lot, lots, workers), 1):
            request.progress("render", min(number * CHUNK, len(jobs)), len(jobs))
            if isinstance(produced, Problem):
                self._walk.problems.append(produced)
                continue
            made |= {one.path: one for one in produced}
        return made

    def _gather(self, plan: Plan, kept: dict[str, PageRow], made: dict[str, Made]) -> None:
        """Rows of all outputs in the order of the jobs; of two that want one path, the first."""
        taken: set[str] = set()
        for job in plan.jobs:
            if job.path in taken:
                continue
            taken.add(job.path)
            row = kept.get(job.path)
            one = made.get(job.path)
            if one is not None:
                row = self._row(job, one, plan)
                if one.sha256:
                    self._written.add(job.path)
            if row is not None:
                self._rows.append(row)
                self._walk.problems += row.problems
                if row.sha256:
                    self._facts.append(FileFact(row.path, row.sha256, row.size))
        self._has_new_extracts = (
            plan.known is None
            or any(row.extract for row in self._rows if row.path in made)
            or [row.path for row in self._rows if row.extract]
            != [row.path for row in plan.known.rows() if row.extract]
        )

    def _row(self, job: Job, one: Made, plan: Plan) -> PageRow:
        numbers = array("I", one.reads)
        numbers.extend(plan.names.number(name) for name in one.unnumbered)
        return PageRow(
            job.path, job.maker, job.args, one.sha256, one.size, one.problems, one.extract, numbers
        )

    def _remember(self, plan: Plan, task: ProduceTask) -> None:
        common = (
            plan.known.common
            if plan.known
            else [plan.names.number(name) for name in sorted(Producer(task).common)]
        )
        self._memory.keep(plan.sections)
        self._memory.keep(pages_sections(self._rows, common, plan.names))
        self._memory.keep({"files": self._memory.files.section(self._walked.scanned)})
        self._walk.packs |= {row.extract.file for row in self._rows if row.extract}

    def _extracts(self, rows: Iterable[PageRow]) -> Iterator[bytes]:
        """Search extracts of some outputs."""
        reader = RecordReader(self._walked.packs)
        try:
            for row in rows:
                if row.extract:
                    yield reader.read(row.extract)
        finally:
            reader.close()

    def _index(self, plan: Plan) -> None:
        """The browser's search index: as it was where no page has anything new to find, else revised, else merged."""
        facts = self._memory.facts("index")
        if not self._has_new_extracts and facts and self._keep_index(facts["parts"]):
            self._unsearchable(facts["unsearchable"])
            return
        if not (plan.known and facts and self._revise(plan, facts["parts"])):
            self._merge()
            now = {fact.path for fact in self._facts}
            self._gone = {path for path, _, _ in facts.get("parts", ()) if path not in now}

    def _merge(self) -> None:
        if (
            self._staging is None
        ):  # nobody will search: all that can be said of the index is what is not in it
            from govsite.index.extract import read_chunk

            records = (one for part in self._extracts(self._all_rows()) for one in read_chunk(part))
            self._unsearchable(sorted(one.key for one in records if not one.has_terms))
            return
        from govsite.index.merge import merge

        merged = merge(self._extracts(self._all_rows()), self._labels)
        parts = [self._part(path, content) for path, content in merged.parts]
        self._remember_index(merged.unsearchable, parts, merged.memory())

    def _revise(self, plan: Plan, known: Sequence[Sequence[object]]) -> bool:
        """Change the index of before; whether that was possible."""
        memory = self._memory.section("searching")
        if memory is None or self._staging is None or plan.known is None:
            return False
        from govsite.index.extract import read_chunk
        from govsite.index.revise import revise

        before, now = self._searched(plan.known)
        gone = [one.key for part in self._extracts(row for row in before if row.path not in now)
                for one in read_chunk(part)]  # fmt: skip
        old = {row.path: row.extract for row in before}
        came = self._extracts(row for path, row in now.items() if row.extract != old.get(path))
        parts = {fact.path: fact for fact in _facts_of(known)}
        revised = revise(memory, came, gone, self._labels, partial(self._known_part, parts))
        if revised is None:
            return False
        for path in revised.gone:
            del parts[f"{SEARCH_FOLDER}{path}"]
            self._gone.add(f"{SEARCH_FOLDER}{path}")
        if not self._are_at_hand(parts.values()):
            return False
        parts |= {fact.path: fact for fact in (self._part(*part) for part in revised.written.items())}
        if self._amended is None:
            self._facts = [fact for fact in self._facts if fact.path not in parts]
            self._facts += parts.values()
        self._remember_index(revised.unsearchable, list(parts.values()), revised.memory)
        return True

    def _searched(self, known: KnownPages) -> tuple[list[PageRow], dict[str, PageRow]]:
        """Outputs that may be found, of before, and now by path; where the site is amended, only those made anew."""
        if self._amended:
            before, now = known.jobs(self._amended.anew), iter(self._amended.anew.values())
        else:
            before, now = known.rows(), iter(self._rows)
        return [row for row in before if row.extract], {row.path: row for row in now if row.extract}

    def _are_at_hand(self, facts: Iterable[FileFact]) -> bool:
        if self._staging is None or self._behind is not None:
            return not self._behind or not any(fact.path in self._behind for fact in facts)
        return all(self._staging.keep(fact.path, fact.sha256) for fact in facts)

    def _known_part(self, parts: dict[str, FileFact], path: str) -> bytes:
        """A part of the index of before. Raises KeyError where it is not at hand."""
        fact = parts[f"{SEARCH_FOLDER}{path}"]
        if self._staging is None or not self._staging.keep(fact.path, fact.sha256):
            raise KeyError(path)
        return (self._staging.folder / fact.path).read_bytes()

    def _part(self, path: str, content: bytes) -> FileFact:
        """A part of the index, written where there is somewhere to write."""
        if self._staging is None:
            return FileFact(f"{SEARCH_FOLDER}{path}", sha256_of(content), len(content))
        return self._write(Writer(self._staging.folder), f"{SEARCH_FOLDER}{path}", content)

    def _remember_index(self, unsearchable: Iterable[str], parts: list[FileFact], memory: bytes) -> None:
        self._unsearchable(unsearchable)
        facts = {"unsearchable": list(unsearchable), "parts": sorted(parts)}
        self._memory.keep({"index": dump(facts), "searching": memory})

    def _keep_index(self, parts: Sequence[Sequence[object]]) -> bool:
        if self._amended and not self._behind:
            return True
        facts = _facts_of(parts)
        if not self._are_at_hand(facts):
            return False
        if self._amended is None:
            self._facts += facts
        return True

    def _unsearchable(self, keys: Iterable[str]) -> None:
        self._walk.problems += [Problem.at("IDX101", None, page=key) for key in keys]

    def _write(self, writer: Writer, path: str, content: bytes) -> FileFact:
        """Write a file unless the same bytes are at hand."""
        fact = FileFact(path, sha256_of(content), len(content))
        if not self._is_at_hand(path, fact.sha256):
            writer.write(path, content)
            self._written.add(path)
        self._facts.append(fact)
        return fact

    def _place(self, plan: Plan) -> None:
        """Static files, attachments, the manifest."""
        if self._staging is None:
            return
        writer = Writer(self._staging.folder)
        self._place_others(plan, writer)
        self._memory.keep({"files": self._memory.files.section(self._walked.scanned)})
        head = _manifest_head(self._walked.site)
        if self._amended is None:
            manifest = write_manifest(head, self._facts)
        else:
            before = self._staging.folder.joinpath(MANIFEST).read_bytes()
            manifest = amend_manifest(head, before, self._facts, self._gone)
        self._write(writer, MANIFEST, manifest)

    def _place_others(self, plan: Plan, writer: Writer) -> None:
        """Static files and attachments; those that staging holds already are left alone where the site is amended."""
        if self._staging is None:
            return
        behind = self._behind if self._amended else None
        for path, content in plan.static.items():
            if behind is not None and path not in behind:
                continue
            self._write(writer, path, content)
        content_folder = self._walk.request.site / "content"
        for source, path in plan.copies.items():
            if behind is not None and path not in behind:
                continue
            digest = self._memory.files.sha256(source, self._walked.scanned)
            if not self._is_at_hand(path, digest):
                writer.copy(content_folder / source, path)
                self._written.add(path)
                digest = sha256_of((self._staging.folder / path).read_bytes())
            self._facts.append(FileFact(path, digest, (self._staging.folder / path).stat().st_size))


def _facts_of(parts: Sequence[Sequence[object]]) -> list[FileFact]:
    return [FileFact(str(path), str(digest), int(str(size))) for path, digest, size in parts]


def _collisions(jobs: Iterable[Job]) -> list[Problem]:
    """OUT103 for two outputs that want one path, on a file system that ignores case too."""
    seen: dict[str, Job] = {}
    found = []
    for job in jobs:
        first = seen.setdefault(path_key(job.path), job)
        if first is not job:
            names = [" ".join(str(arg) for arg in (each.maker, *each.args[:2])) for each in (first, job)]
            found.append(Problem.at("OUT103", None, path=job.path, first=names[0], second=names[1]))
    return found


def index_labels(settings: Settings, site: Site) -> IndexLabels:
    """Names and synonyms for the search index."""
    names = {kind.id: kind.label for kind in kinds().values()}
    names[ITEM_KIND] = translator("zh")("view.catalog_item")
    return IndexLabels(
        kinds=names,
        columns={column.id: column.name for column in site.columns.values()},
        domains={domain.id: domain.label for domain in site.assembly.domains},
        validities={term.id: term.label for term in term_list("validity").terms},
        synonyms=settings.search.synonyms,
    )


def _manifest_head(site: Site) -> dict[str, object]:
    return {"version": 1, "generator": f"govsite {__version__}", "data_date": site.assembly.as_of}


class _Amended:
    """Outputs of before with some made anew. anew: by path."""

    def __init__(self, known: KnownPages, anew: Mapping[str, PageRow]) -> None:
        self._known = known
        self.anew = anew

    @property
    def pages(self) -> int:
        """How many pages there are: as many as before, since those made anew are there too."""
        return self._known.number

    @property
    def packs(self) -> set[str]:
        """Packs that hold search extracts."""
        return self._known.packs(self.anew) | {row.extract.file for row in self.anew.values() if row.extract}

    def rows(self) -> list[PageRow]:
        """All of them, in the order of the jobs."""
        return [self.anew.get(row.path, row) for row in self._known.rows()]
