"""A build, from sources to the swap."""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from govsite import __version__
from govsite.assemble.assemble import assemble
from govsite.extend.samples import STYLEGUIDE
from govsite.files.bodies import Stored
from govsite.files.digest import sha256_of
from govsite.files.lock import FileLock, LockedError
from govsite.files.paths import path_key
from govsite.index.labels import IndexLabels
from govsite.index.merge import merge
from govsite.index.place import query_index
from govsite.link.link import link
from govsite.load.read import read_source
from govsite.load.scan import scan_content
from govsite.messages.catalogue import translator
from govsite.model.addresses import MANIFEST, file_path
from govsite.model.body import Body
from govsite.model.catalog import CatalogDomain
from govsite.model.document import Document
from govsite.model.organisation import Organisation
from govsite.model.site import Site
from govsite.model.sources import Scanned
from govsite.pipeline.ignoring import apply_ignored
from govsite.pipeline.parallel import chunked, map_chunks
from govsite.pipeline.prepare import Chunk, PrepareTask, bug_problem, make_preparer, prepare_chunk
from govsite.pipeline.produce import FileFact, ProduceTask, make_producer, produce_chunk
from govsite.problems.problem import Finding, Problem, Severity, grade
from govsite.problems.rules import severities
from govsite.render.assets import asset_paths
from govsite.render.context import RenderContext
from govsite.render.listings import build_listings
from govsite.render.plan import Job, plan_jobs
from govsite.render.records import ITEM_KIND
from govsite.render.templates import read_static
from govsite.render.words import read_words, site_words
from govsite.settings.read import read_settings
from govsite.settings.settings import Settings
from govsite.source.span import Span
from govsite.validate.catalog import check_catalog
from govsite.validate.organisations import check_organisations
from govsite.vocab.terms import kinds, term_list
from govsite.write.staging import Staging, Writer, check_output, write_problem

CHUNK = 100
_OUTPUT_CODES = frozenset({"OUT101", "OUT104"})
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Request:
    """What to build. out: None to check only; as_of: ISO day or `""`; drafts: let drafts in;
    preview: show what can be shown whatever is wrong; strict: warnings fail as well; environ: for GOVSITE_*.
    """

    site: Path
    out: Path | None
    jobs: int = 1
    as_of: str = ""
    drafts: bool = False
    preview: bool = False
    strict: bool = False
    environ: Mapping[str, str] = field(default_factory=dict)
    progress: Progress = lambda stage, done, total: None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a build gave. findings in report order; written: whether `out` now holds the new site.

    fail_on: severity from which on the build counts as failed; timings: (stage, seconds) in order.
    """

    findings: tuple[Finding, ...]
    documents: int
    pages: int
    written: bool
    fail_on: Severity
    timings: tuple[tuple[str, float], ...] = ()

    @property
    def failed(self) -> bool:
        """Whether anything reaches `fail_on`."""
        return any(finding.severity >= self.fail_on for finding in self.findings)

    @property
    def exit_code(self) -> int:
        """0 clean · 1 problems at or above `fail_on` · 2 where only settings (CFG) are wrong."""
        heavy = {finding.problem.code[:3] for finding in self.findings if finding.severity >= self.fail_on}
        return 2 if heavy == {"CFG"} else int(bool(heavy))


class _Build:
    """One walk down the road. Each method is a stretch of it and gives what the next one needs."""

    def __init__(self, request: Request) -> None:
        self.request = request
        self.problems: list[Problem] = []
        self.timings: list[tuple[str, float]] = []
        self._since = time.perf_counter()

    def lap(self, stage: str) -> None:
        now = time.perf_counter()
        self.timings.append((stage, now - self._since))
        self._since = now

    def settings(self) -> Settings:
        settings, found = read_settings(self.request.site, self.request.environ)
        self.problems += found
        if settings.theme and not self.theme(settings).is_dir():
            self.problems.append(Problem.at("THM103", Span.of_file("config.yaml"), theme=settings.theme))
        self.problems += read_words(self.theme(settings) if settings.theme else None)[1]
        return settings

    def theme(self, settings: Settings) -> Path:
        return self.request.site / "themes" / settings.theme

    def load(self, store: Path) -> tuple[Scanned, dict[str, Stored], list[Document], list[str]]:
        scanned, found = scan_content(self.request.site)
        self.problems += found
        files = [file for file in scanned.sources if file.kind in kinds()]
        chunks = [Chunk(f"{number:06d}", part) for number, part in enumerate(chunked(files, CHUNK))]
        task = PrepareTask(self.request.site, store, scanned.files)
        documents: list[Document] = []
        places: dict[str, Stored] = {}
        unread: list[str] = []
        done = 0
        for prepared in map_chunks(make_preparer, task, prepare_chunk, chunks, self.request.jobs):
            for document, place in prepared.documents:
                documents.append(document)
                places.setdefault(document.key, place)
            self.problems += prepared.problems
            unread += prepared.unread
            done += CHUNK
            self.request.progress("read", min(done, len(files)), len(files))
        return scanned, places, documents, unread

    def records(self, scanned: Scanned) -> tuple[list[CatalogDomain], list[Organisation]]:
        """Catalog and organisations: few files, read here."""
        domains: list[CatalogDomain] = []
        organisations: list[Organisation] = []
        for file in scanned.sources:
            if file.kind not in {"catalog", "organisations"}:
                continue
            source, found, _ = read_source(self.request.site, file)
            self.problems += found
            if source is None:
                continue
            if file.kind == "catalog":
                domain, found = check_catalog(source)
                domains += [domain] if domain else []
            else:
                known, found = check_organisations(source)
                organisations += known
            self.problems += found
        return domains, organisations

    def site(self, settings: Settings, store: Path) -> tuple[Site, dict[str, Stored]]:
        scanned, places, documents, unread = self.load(store)
        self.lap("read")
        domains, organisations = self.records(scanned)
        assembly, found = assemble(
            documents, domains, organisations, settings, scanned.files,
            as_of=self.request.as_of, drafts=self.request.drafts,
        )  # fmt: skip
        self.problems += found
        site, found = link(assembly, unread, settings.footer)
        self.problems += found
        self.problems = apply_ignored(self.problems, documents)
        self.lap("link")
        return site, places


def build_site(request: Request) -> Outcome:
    """Walk the whole road. Never raises for anything a user can cause; `out` changes only when all is well."""
    build = _Build(request)
    try:
        with tempfile.TemporaryDirectory(prefix="govsite-", ignore_cleanup_errors=True) as store:
            settings = build.settings()
            if request.strict:
                settings = replace(settings, fail_on=min(settings.fail_on, Severity.WARNING))
            site, places = build.site(settings, Path(store))
            return _produce(build, settings, site, places, Path(store))
    except OSError as error:  # no room for temporary files, or a source that went away while it was read
        build.problems.append(write_problem(error, Path(error.filename or tempfile.gettempdir()).name))
        return Outcome(grade(build.problems, severities()), 0, 0, False, Severity.ERROR, tuple(build.timings))


def _produce(
    build: _Build, settings: Settings, site: Site, places: dict[str, Stored], store: Path
) -> Outcome:
    request = build.request
    grades = severities(settings.severities)
    if request.out is not None:
        build.problems += check_output(request.out, request.site)
    if not request.preview and _blocks(build.problems, grades, settings.fail_on):
        request = replace(request, out=None)  # only tried, so that the report is whole
    if any(problem.code in _OUTPUT_CODES for problem in build.problems):
        request = replace(request, out=None)
    staging = Staging(request.out) if request.out else None
    pages = 0
    written = False
    try:
        if staging:
            with FileLock(staging.lock):
                staging.open()
                pages, extracts = _outputs(build, settings, site, places, store, staging)
                if not request.preview and _blocks(build.problems, grades, settings.fail_on):
                    staging.abandon()
                else:
                    _build_query_index(build, settings, staging, extracts, _labels(settings, site))
                    staging.commit()
                    written = True
        else:
            pages, _ = _outputs(build, settings, site, places, store, None)
    except LockedError:
        build.problems.append(Problem.at("OUT105", None, path=request.out.name if request.out else ""))
    except OSError as error:
        build.problems.append(write_problem(error, Path(error.filename or "").name))
        if staging:
            staging.abandon()
    build.lap("swap")
    if _blocks((found for found in build.problems if found.code.startswith("CFG")), grades, Severity.ERROR):
        # Every page would repeat what the settings lack.
        build.problems = [found for found in build.problems if not found.code.startswith("WEB")]
    findings = grade(build.problems, grades)
    return Outcome(findings, len(site.documents), pages, written, settings.fail_on, tuple(build.timings))


def _blocks(problems: Iterable[Problem], grades: Mapping[str, Severity], fail_on: Severity) -> bool:
    return any(grades.get(problem.code, Severity.ERROR) >= fail_on for problem in problems)


def _outputs(
    build: _Build,
    settings: Settings,
    site: Site,
    places: dict[str, Stored],
    store: Path,
    staging: Staging | None,
) -> tuple[int, list[bytes]]:
    """Make every file of the output; the number of pages, and what the pages bring to the search index."""
    request = build.request
    theme = build.theme(settings) if settings.theme else None
    static = read_static(theme if theme and theme.is_dir() else None)
    assets = asset_paths(static)
    context = RenderContext(site, settings, site_words(theme), _no_body, assets)
    jobs = plan_jobs(context, build_listings(context))
    if request.preview:
        jobs.append(Job(STYLEGUIDE, "styleguide"))
    copies = _copies(site)
    paths = frozenset([*(job.path for job in jobs), *assets.values(), *copies.values(), MANIFEST])
    build.problems += _collisions(jobs)
    labels = _labels(settings, site)
    task = ProduceTask(
        site,
        settings,
        store,
        places,
        theme,
        assets,
        staging.folder if staging else None,
        paths,
        labels,
        request.preview,
    )
    facts, extracts = _run_jobs(build, task, jobs)
    build.lap("render")
    merged = merge(extracts, labels)
    build.problems += [Problem.at("IDX101", None, page=key) for key in merged.unsearchable]
    if staging:
        writer = Writer(staging.folder)
        others = [(f"search/{path}", content) for path, content in merged.parts]
        others += [(assets[name], content) for name, content in static.items()]
        for path, content in others:
            writer.write(path, content)
            facts.append(FileFact(path, sha256_of(content), len(content)))
        build.lap("index")
        for source, path in copies.items():
            writer.copy(request.site / "content" / source, path)
            content = (staging.folder / path).read_bytes()
            facts.append(FileFact(path, sha256_of(content), len(content)))
        writer.write(MANIFEST, _manifest(site, facts))
        build.lap("write")
    return sum(1 for fact in facts if fact.path.endswith(".html")), extracts


def _build_query_index(
    build: _Build, settings: Settings, staging: Staging, extracts: list[bytes], labels: IndexLabels
) -> None:
    """The Whoosh index beside the site, where it is asked for. Its digest lies outside: it vouches for pickles."""
    if not settings.search.whoosh or build.request.preview:
        return
    from govsite.index.whoosh import build_index

    place = query_index(staging.out)
    place.digest.write_text(build_index(extracts, labels, place.folder) + "\n", encoding="ascii")
    build.lap("query")


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


def _run_jobs(build: _Build, task: ProduceTask, jobs: list[Job]) -> tuple[list[FileFact], list[bytes]]:
    facts: list[FileFact] = []
    extracts: list[bytes] = []
    done = 0
    for produced in map_chunks(make_producer, task, produce_chunk, chunked(jobs, CHUNK), build.request.jobs):
        done += CHUNK
        build.request.progress("render", min(done, len(jobs)), len(jobs))
        if isinstance(produced, Problem):
            build.problems.append(produced)
            continue
        facts += produced.files
        build.problems += produced.problems
        extracts.append(produced.extracts)
    return facts, extracts


def _copies(site: Site) -> dict[str, str]:
    """Files that public documents offer or show: path under `content/` to path in the output, in path order."""
    found = {
        file.path
        for key, document in site.documents.items()
        if key not in site.assembly.expired
        for file in (*document.attachments, *document.embedded)
    }
    return {path: file_path(path) for path in sorted(found)}


def _labels(settings: Settings, site: Site) -> IndexLabels:
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


__all__ = ["Outcome", "Progress", "Request", "bug_problem", "build_site"]
