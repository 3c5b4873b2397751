"""The first half of the road: sources to a linked site, everything judged that needs no page."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from govsite.assemble.assemble import assemble
from govsite.check.addresses import check_addresses
from govsite.check.duties.judge import check_duties
from govsite.check.duties.rollup import check_rollup
from govsite.check.history import check_history
from govsite.check.packs import check_packs
from govsite.check.privacy.document import check_lines_privacy, phones_in
from govsite.check.privacy.leak import PrivacyContext
from govsite.check.review.judge import check_reviews
from govsite.files.bodies import Stored
from govsite.link.link import link
from govsite.load.addresses import read_text_file, read_yaml_file
from govsite.load.history import read_history, with_first_dates
from govsite.load.read import read_source
from govsite.load.scan import scan_content
from govsite.model.address_book import AddressBook
from govsite.model.addresses import ADDRESSES_FILE, PUBLISHED_FILE
from govsite.model.catalog import CatalogDomain
from govsite.model.document import Document
from govsite.model.organisation import Organisation
from govsite.model.site import Site
from govsite.model.sources import Scanned
from govsite.pipeline.examine import Batch, ExamineTask, examine_batch, make_examiner, offered_files
from govsite.pipeline.ignoring import apply_ignored
from govsite.pipeline.members import read_members
from govsite.pipeline.parallel import chunked, map_chunks
from govsite.pipeline.prepare import Chunk, PrepareTask, make_preparer, prepare_chunk
from govsite.pipeline.reading import file_digester, open_bodies, source_reader
from govsite.problems.problem import Problem
from govsite.render.words import read_words
from govsite.settings.read import read_settings
from govsite.settings.settings import Settings
from govsite.source.span import Span
from govsite.validate.addresses import check_address_book
from govsite.validate.catalog import check_catalog
from govsite.validate.organisations import check_organisations
from govsite.vocab.terms import kinds

CHUNK = 100
BATCH = 20
CACHE = "build/cache"
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Request:
    """What to do. out: None to check only; as_of: ISO day by which the site is shown, or `""`; today: ISO day by which
    duties are judged, or `""` for the day the site is shown by; drafts: let drafts in; preview: show what can be shown
    whatever is wrong; strict: warnings fail as well; environ: for GOVSITE_*.
    """

    site: Path
    out: Path | None
    jobs: int = 1
    as_of: str = ""
    today: str = ""
    drafts: bool = False
    preview: bool = False
    strict: bool = False
    environ: Mapping[str, str] = field(default_factory=dict)
    progress: Progress = lambda stage, done, total: None


@dataclass(frozen=True, slots=True)
class Walked:
    """What the first half gives: the linked site, where bodies and texts of attachments lie in the store."""

    settings: Settings
    site: Site
    store: Path
    bodies: Mapping[str, Stored]
    texts: Mapping[str, Stored]


class Walk:
    """One walk down the road. Each method is a stretch of it; problems and timings gather as it goes."""

    def __init__(self, request: Request) -> None:
        self.request = request
        self.problems: list[Problem] = []
        self.timings: list[tuple[str, float]] = []
        self._since = time.perf_counter()

    def lap(self, stage: str) -> None:
        """End a stage."""
        now = time.perf_counter()
        self.timings.append((stage, now - self._since))
        self._since = now

    def theme(self, settings: Settings) -> Path | None:
        """The folder of the site's own theme, None where it uses the built-in one or the folder is not there."""
        folder = self.request.site / "themes" / settings.theme
        return folder if settings.theme and folder.is_dir() else None

    def walk(self, store: Path, *, judge: bool = True) -> Walked:
        """The whole first half. judge: look into attachments and at duties; not asked for by what only counts."""
        settings = self._settings()
        scanned, found = scan_content(self.request.site)
        self.problems += found
        domains, organisations = self._records(scanned)
        privacy = _privacy(settings, organisations, self.request.today or self.request.as_of)
        documents, bodies, unread = self._documents(scanned, store, privacy)
        self.lap("read")
        site = self._site(settings, scanned, documents, domains, organisations, unread)
        self.lap("link")
        texts = self._attachments(site, store, privacy) if judge else {}
        self.lap("attachments")
        if judge:
            self.problems += check_reviews(site, settings, file_digester(self.request.site))
            self.problems += check_addresses(site, settings)
            self.problems += check_packs(site, settings.rules, source_reader(self.request.site))
        if judge and not self.request.preview:  # what is owed is no news to somebody who is writing
            self._duties(site, settings, store, bodies)
        self.problems = apply_ignored(self.problems, documents)
        self.lap("duties")
        return Walked(settings, site, store, bodies, texts)

    def _settings(self) -> Settings:
        settings, found = read_settings(self.request.site, self.request.environ)
        self.problems += found
        theme = self.theme(settings)
        if settings.theme and theme is None:
            self.problems.append(Problem.at("THM103", Span.of_file("config.yaml"), theme=settings.theme))
        self.problems += read_words(theme)[1]
        return settings

    def _records(self, scanned: Scanned) -> tuple[list[CatalogDomain], list[Organisation]]:
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
            lines = source.text.split("\n")
            self.problems += check_lines_privacy(file.path, lines, PrivacyContext(phones=phones_in(lines)))
            if file.kind == "catalog":
                domain, found = check_catalog(source)
                domains += [domain] if domain else []
            else:
                known, found = check_organisations(source)
                organisations += known
            self.problems += found
        return domains, organisations

    def _documents(
        self, scanned: Scanned, store: Path, privacy: PrivacyContext
    ) -> tuple[list[Document], dict[str, Stored], list[str]]:
        files = [file for file in scanned.sources if file.kind in kinds()]
        chunks = [Chunk(f"{number:06d}", part) for number, part in enumerate(chunked(files, CHUNK))]
        task = PrepareTask(self.request.site, store, scanned.files, privacy)
        documents: list[Document] = []
        places: dict[str, Stored] = {}
        unread: list[str] = []
        for number, prepared in enumerate(
            map_chunks(make_preparer, task, prepare_chunk, chunks, self.request.jobs), 1
        ):
            for document, place in prepared.documents:
                documents.append(document)
                places.setdefault(document.key, place)
            self.problems += prepared.problems
            unread += prepared.unread
            self.request.progress("read", min(number * CHUNK, len(files)), len(files))
        return documents, places, unread

    def _site(
        self,
        settings: Settings,
        scanned: Scanned,
        documents: Iterable[Document],
        domains: Iterable[CatalogDomain],
        organisations: Iterable[Organisation],
        unread: Iterable[str],
    ) -> Site:
        request = self.request
        assembly, found = assemble(
            documents,
            domains,
            organisations,
            settings,
            scanned.files,
            as_of=request.as_of,
            drafts=request.drafts,
            addresses=self._addresses(settings),
        )
        self.problems += found
        site, found = link(assembly, unread, settings.footer)
        self.problems += found
        return site

    def _addresses(self, settings: Settings) -> AddressBook:
        """What was published once. A preview shows what is there now."""
        if self.request.preview:
            return AddressBook()
        node, found = read_yaml_file(self.request.site, ADDRESSES_FILE)
        published, more = read_text_file(self.request.site, PUBLISHED_FILE)
        self.problems += [*found, *more]
        return check_address_book(node, published, settings.site.path, self.problems)

    def _attachments(self, site: Site, store: Path, privacy: PrivacyContext) -> dict[str, Stored]:
        task = ExamineTask(self.request.site, store, self.request.site / CACHE / "attachments", privacy)
        parts = chunked(offered_files(site), BATCH)
        batches = [Batch(f"a{number:06d}", part) for number, part in enumerate(parts)]
        texts: dict[str, Stored] = {}
        for examined in map_chunks(make_examiner, task, examine_batch, batches, self.request.jobs):
            texts |= examined.texts
            self.problems += examined.problems
        return texts

    def _duties(self, site: Site, settings: Settings, store: Path, bodies: Mapping[str, Stored]) -> None:
        today = self.request.today or site.assembly.as_of
        with open_bodies(store, bodies) as body:
            self.problems += check_duties(
                site, settings, today, body=body, lines=source_reader(self.request.site)
            )
        self.problems += self._outside(site, settings)

    def _outside(self, site: Site, settings: Settings) -> list[Problem]:
        """Duties judged by what lies outside `content/`: dates by git (by the clock only where no day was named to judge
        by), the county's annual report by its members'.
        """
        duties, request = settings.duties, self.request
        if not duties.enabled:
            return []
        history = read_history(request.site, request.site / CACHE / "history")
        clock = "" if request.as_of else request.today
        found = list(check_history(site, settings, history, partial(with_first_dates, request.site), clock))
        members, faults = read_members(request.site)
        found += [*faults, *check_rollup(site, members, source_reader(request.site))]
        return [problem for problem in found if not duties.only or problem.code.startswith(duties.only)]


def _privacy(settings: Settings, organisations: Iterable[Organisation], as_of: str) -> PrivacyContext:
    """What the detectors may know: the telephones that the offices declare as their own."""
    numbers = [number for each in organisations for number in (each.phone, each.fax)]
    return PrivacyContext(phones=phones_in([*numbers, settings.site.phone]), as_of=as_of)
