"""The second half of the road: a linked site to the files of its output, in staging or only tried."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from govsite import __version__
from govsite.extend.samples import STYLEGUIDE
from govsite.files.digest import sha256_of
from govsite.files.paths import path_key
from govsite.index.labels import IndexLabels
from govsite.index.place import query_index
from govsite.messages.catalogue import translator
from govsite.model.addresses import MANIFEST, file_path
from govsite.model.body import Body
from govsite.model.site import Site
from govsite.pipeline.examine import offered_files
from govsite.pipeline.parallel import chunked, map_chunks
from govsite.pipeline.produce import FileFact, ProduceTask, make_producer, produce_chunk
from govsite.pipeline.walk import CHUNK, Walk, Walked
from govsite.problems.problem import Problem
from govsite.render.assets import asset_paths
from govsite.render.context import RenderContext
from govsite.render.listings import build_listings
from govsite.render.plan import Job, plan_jobs
from govsite.render.records import ITEM_KIND
from govsite.render.templates import read_static
from govsite.render.words import site_words
from govsite.settings.settings import Settings
from govsite.vocab.terms import kinds, term_list
from govsite.write.staging import Staging, Writer


class Outputs:
    """Makes the files of one site. pages: how many it made; problems go to the walk."""

    def __init__(self, walk: Walk, walked: Walked, staging: Staging | None) -> None:
        self._walk = walk
        self._walked = walked
        self._staging = staging
        self._facts: list[FileFact] = []
        self._extracts: list[bytes] = []
        self._labels = index_labels(walked.settings, walked.site)

    @property
    def pages(self) -> int:
        """Pages made so far."""
        return sum(1 for fact in self._facts if fact.path.endswith(".html"))

    def make(self) -> None:
        """Make every file. Raises OSError where staging cannot be written."""
        site = self._walked.site
        theme = self._walk.theme(self._walked.settings)
        static = read_static(theme)
        assets = asset_paths(static)
        context = RenderContext(site, self._walked.settings, site_words(theme), _no_body, assets)
        jobs = plan_jobs(context, build_listings(context))
        if self._walk.request.preview:
            jobs.append(Job(STYLEGUIDE, "styleguide"))
        copies = {offered.path: file_path(offered.path) for offered in offered_files(site)}
        self._walk.problems += _collisions(jobs)
        paths = frozenset([*(job.path for job in jobs), *assets.values(), *copies.values(), MANIFEST])
        self._run(jobs, self._task(theme, assets, paths))
        self._walk.lap("render")
        self._index({assets[name]: content for name, content in static.items()})
        self._walk.lap("index")
        if self._staging:
            self._copy(copies)
            Writer(self._staging.folder).write(MANIFEST, _manifest(site, self._facts))
            self._walk.lap("write")

    def build_query_index(self) -> None:
        """The Whoosh index beside the site, where it is asked for. Its digest lies outside: it vouches for pickles."""
        if self._staging is None or not self._walked.settings.search.whoosh or self._walk.request.preview:
            return
        from govsite.index.whoosh import build_index

        place = query_index(self._staging.out)
        digest = build_index(self._extracts, self._labels, place.folder)
        place.digest.write_text(digest + "\n", encoding="ascii")
        self._walk.lap("query")

    def _task(self, theme: Path | None, assets: dict[str, str], paths: frozenset[str]) -> ProduceTask:
        return ProduceTask(
            walked=self._walked,
            theme=theme,
            assets=assets,
            staging=self._staging.folder if self._staging else None,
            paths=paths,
            labels=self._labels,
            preview=self._walk.request.preview,
        )

    def _run(self, jobs: list[Job], task: ProduceTask) -> None:
        request = self._walk.request
        runs = map_chunks(make_producer, task, produce_chunk, chunked(jobs, CHUNK), request.jobs)
        for number, produced in enumerate(runs, 1):
            request.progress("render", min(number * CHUNK, len(jobs)), len(jobs))
            if isinstance(produced, Problem):
                self._walk.problems.append(produced)
                continue
            self._facts += produced.files
            self._walk.problems += produced.problems
            self._extracts.append(produced.extracts)

    def _index(self, static: dict[str, bytes]) -> None:
        """The browser's search index, and the static files of the theme."""
        from govsite.index.merge import merge

        merged = merge(self._extracts, self._labels)
        self._walk.problems += [Problem.at("IDX101", None, page=key) for key in merged.unsearchable]
        if self._staging is None:
            return
        writer = Writer(self._staging.folder)
        for path, content in static.items():
            self._write(writer, path, content)
        for path, content in merged.parts:
            self._write(writer, f"search/{path}", content)

    def _write(self, writer: Writer, path: str, content: bytes) -> None:
        writer.write(path, content)
        self._facts.append(FileFact(path, sha256_of(content), len(content)))

    def _copy(self, copies: dict[str, str]) -> None:
        if self._staging is None:
            return
        writer = Writer(self._staging.folder)
        for source, path in copies.items():
            writer.copy(self._walk.request.site / "content" / source, path)
            content = (self._staging.folder / path).read_bytes()
            self._facts.append(FileFact(path, sha256_of(content), len(content)))


def _no_body(key: str) -> Body:
    """The plan needs no bodies; a maker that asks for one here has lost its way."""
    raise LookupError(key)


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


def _manifest(site: Site, facts: list[FileFact]) -> bytes:
    """Every file with its SHA-256 and size, by path; the data date; the tool's version."""
    files = [[fact.path, fact.sha256, fact.size] for fact in sorted(facts)]
    head = {
        "version": 1,
        "generator": f"govsite {__version__}",
        "data_date": site.assembly.as_of,
        "files": len(files),
    }
    lines = ",\n".join(json.dumps(file, ensure_ascii=False, separators=(",", ":")) for file in files)
    return f'{json.dumps(head, ensure_ascii=False)[:-1]}, "entries": [\n{lines}\n]}}\n'.encode()
