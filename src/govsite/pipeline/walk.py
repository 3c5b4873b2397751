"""The beginning of the road: settings, sources, and what of them has changed since the last build."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

from govsite.cache.linked import dump
from govsite.cache.tool import folder_digest
from govsite.files.digest import digest_of
from govsite.files.typed_json import encoder
from govsite.intake.origin import FOLDER as ORIGINS
from govsite.load.commit import history_mark
from govsite.load.scan import scan_content
from govsite.model.addresses import ADDRESSES_FILE, PUBLISHED_FILE
from govsite.model.inventory import ALONE, Neighbours
from govsite.model.sources import Scanned
from govsite.pipeline.members import MEMBERS
from govsite.pipeline.memory import Memory
from govsite.pipeline.request import Request
from govsite.pipeline.sourcing import Sourced, Sourcing, known_phones
from govsite.problems.problem import Problem
from govsite.render.words import read_words
from govsite.settings.names import CONFIG_FILE
from govsite.settings.read import read_settings
from govsite.settings.settings import Settings
from govsite.source.span import Span


class Walk:
    """One walk down the road, from its first look: problems and timings gather as it goes.

    packs: names of those that the next build needs; history: what is known of the repository's HEAD, None where nobody asks;
    begun: the clock, in nanoseconds, before anything was read.
    """

    settings: Settings
    scanned: Scanned
    sourcing: Sourcing
    sourced: Sourced
    scene: str
    mark: str

    def __init__(self, request: Request, memory: Memory) -> None:
        self.request = request
        self.memory = memory
        self.problems: list[Problem] = []
        self.timings: list[tuple[str, float]] = []
        self.packs: set[str] = set()
        self.neighbours = ALONE
        self._has_met = False
        self.begun = time.time_ns()
        self.history: str | None = None
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

    def look(self) -> None:
        """Read the settings, list the sources, read those that are not what they were.

        Raises `DamagedCacheError` where the memory fails.
        """
        self.settings = self._settings()
        self.scanned, found = scan_content(self.request.site, self.request.content)
        self.problems += found
        sourcing = self.sourcing = Sourcing(self.request.site, self.memory, self.scanned, self.request.jobs)
        records = sourcing.records()
        known = sourcing.load(records.values())
        day = self.request.today or self.request.as_of
        sourcing.privacy = known_phones(known, self.settings.site.phone, day)
        documents = sourcing.documents(self.request.progress)
        self.sourced = sourcing.compare(records | documents)
        self.scene = scene_of(self, self.settings)
        self.mark = self._mark()
        self.lap("read")

    def meet(self, neighbours: Neighbours) -> None:
        """Know the other sites of the workspace; after `look`, before anything is linked."""
        self.neighbours, self._has_met = neighbours, True
        self.mark = digest_of(self.mark.encode(), neighbours.digest.encode())
        self._since = time.perf_counter()

    def close(self) -> None:
        """Let go of files."""
        if hasattr(self, "sourcing"):
            self.sourcing.close()

    def _mark(self) -> str:
        """Digest of what is judged beside the site itself: the day on the clock, what was published once, the history of the sources."""
        site = self.request.site
        judged = self.settings.duties.enabled and not self.request.preview
        has_catalog = any(file.kind == "catalog" for file in self.scanned.sources)
        if judged or has_catalog:
            self.history = history_mark(site)
        beside = [_content(site / name) for name in (ADDRESSES_FILE, PUBLISHED_FILE)]
        members = folder_digest(site / MEMBERS)
        return digest_of(self.request.today.encode(), self.head.encode(), members.encode(), *beside)

    @property
    def head(self) -> str:
        """What is known of the repository's HEAD, `""` outside git, or where nobody asks."""
        return self.history or ""

    @property
    def is_alone(self) -> bool:
        """Whether the site is looked at on its own, not as one of a workspace."""
        return not self._has_met

    def is_withheld(self, file: str) -> bool:
        """Whether a file is a source that may not be public."""
        row = self.sourced.rows.get(file)
        return row is not None and row.prepared is None

    @property
    def files(self) -> list[str]:
        """Files beside `content/` that are read, by their path from the site's folder."""
        return [CONFIG_FILE, ADDRESSES_FILE, PUBLISHED_FILE, *self.settings.beside]

    @property
    def folders(self) -> list[str]:
        """The same for folders that are read whole."""
        return [MEMBERS, ORIGINS, *([f"themes/{self.settings.theme}"] if self.settings.theme else [])]

    @property
    def is_unchanged(self) -> bool:
        """Whether everything that a build begins with is what it was."""
        facts = self.memory.facts("scene")
        return (
            not self.sourced.changed
            and not self.sourced.gone
            and facts.get("scene") == self.scene
            and facts.get("mark") == self.mark
            and facts.get("files") == files_digest(self.scanned)
            and self.memory.files.are_same(self.scanned)
        )

    def _settings(self) -> Settings:
        settings, found = read_settings(self.request.site, self.request.environ)
        self.problems += found
        theme = self.theme(settings)
        if settings.theme and theme is None:
            self.problems.append(Problem.at("THM103", Span.of_file("config.yaml"), theme=settings.theme))
        self.problems += read_words(theme)[1]
        return settings


def scene_of(walk: Walk, settings: Settings) -> str:
    """Digest of what a site is made under, sources and tool aside. Raises OSError."""
    request = walk.request
    flags = [encoder(Settings)(replace(settings, digest="")), request.as_of, request.drafts, request.preview]
    return digest_of(dump(flags), folder_digest(walk.theme(settings)).encode())


def _content(file: Path) -> bytes:
    try:
        return b"1" + file.read_bytes()
    except OSError:
        return b""


def files_digest(scanned: Scanned) -> str:
    """Digest of the names, kinds and sizes of all that lies under `content/`: which files there are."""
    sources = "\0".join([part for file in scanned.sources for part in file[:2]])
    return digest_of(sources.encode("utf-8", "surrogatepass"), dump(scanned.files))
