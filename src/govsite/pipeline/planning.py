"""Which outputs the site has, and which of them must be made: those whose parts have changed since the last build."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from govsite.cache.linked import (
    KnownSite,
    Tables,
    changed_lists,
    changed_names,
    dump,
    frame_digest,
    frame_of,
    lists_of,
    outlines_section,
    tables_of,
)
from govsite.cache.pages import KnownPages, Names
from govsite.extend.samples import STYLEGUIDE
from govsite.model.addresses import MANIFEST, file_path
from govsite.model.body import Body
from govsite.pipeline.examine import offered_files
from govsite.pipeline.memory import Memory
from govsite.pipeline.walk import files_digest
from govsite.pipeline.walked import Walked
from govsite.render.assets import asset_paths
from govsite.render.context import RenderContext
from govsite.render.listings import AXES, Listings, build_listings
from govsite.render.plan import Job, plan_jobs
from govsite.render.templates import read_static
from govsite.render.words import site_words


@dataclass(frozen=True)
class Plan:
    """What is to be there. static: content of the theme's files by path; copies: path by source under `content/`;
    paths: of every file but those of the search index; names: numbers for parts of the site; known: outputs of the last build,
    None where none can be kept; touched: paths of those whose parts have changed; gone: paths that are no longer there;
    sections: what the next build needs of this one.
    """

    jobs: list[Job]
    listings: Listings
    assets: Mapping[str, str]
    static: Mapping[str, bytes]
    copies: Mapping[str, str]
    paths: frozenset[str]
    names: Names
    known: KnownPages | None
    touched: frozenset[str] = frozenset()
    gone: frozenset[str] = frozenset()
    came: bool = True
    sections: Mapping[str, bytes] = field(default_factory=dict)


class Planner:
    """Plans the outputs of one site."""

    def __init__(
        self, memory: Memory, walked: Walked, theme: Path | None, scene: Mapping[str, str], *, preview: bool
    ) -> None:
        self._memory = memory
        self._walked = walked
        self._theme = theme
        self._scene = scene
        self._preview = preview
        self._static = read_static(theme)
        self._assets = asset_paths(self._static)

    def plan(self) -> Plan:
        """The plan; short where the linked site is the remembered one."""
        known = self._memory.site() if self._walked.is_same else None
        pages = self._memory.pages() if known else None
        if known is not None and pages is not None:
            return self._same(known, pages)
        return self._anew()

    def amending(self) -> Plan | None:
        """The plan of a site that stands but for some pages, which `touched` names; it lists no jobs. None where it is not so."""
        known = self._memory.site() if self._walked.is_same and self._memory.is_placed else None
        pages = self._memory.pages() if known else None
        if known is None or pages is None:
            return None
        facts = self._memory.facts("scene")
        copies: dict[str, str] = facts["copies"]
        paths = frozenset([*pages.paths, *self._assets.values(), *copies.values(), MANIFEST])
        return Plan(
            [], _LazyListings(known), self._assets, self._content(), copies, paths, pages.names, pages,
            frozenset(pages.touched(self._walked.changed or ())), came=False,
        )  # fmt: skip

    def _same(self, known: KnownSite, pages: KnownPages) -> Plan:
        rows = pages.rows()
        jobs = [Job(row.path, row.maker, row.args) for row in rows]
        facts = self._memory.facts("scene")
        copies: dict[str, str] = facts["copies"]
        paths = frozenset([*(job.path for job in jobs), *self._assets.values(), *copies.values(), MANIFEST])
        return Plan(
            jobs, _LazyListings(known), self._assets, self._content(), copies, paths, pages.names, pages,
            frozenset(pages.touched(self._walked.changed or ())), came=False,
            sections={"scene": dump(facts | dict(self._scene))},
        )  # fmt: skip

    def _anew(self) -> Plan:
        site, memory = self._walked.site, self._memory
        context = RenderContext(site, self._walked.settings, site_words(self._theme), _no_body, self._assets)
        listings = build_listings(context)
        jobs = plan_jobs(context, listings)
        if self._preview:
            jobs.append(Job(STYLEGUIDE, "styleguide"))
        copies = {offered.path: file_path(offered.path) for offered in offered_files(site)}
        others = [*self._assets.values(), *copies.values(), MANIFEST]
        paths = frozenset([*(job.path for job in jobs), *others])
        frame, tables, lists = frame_of(site), tables_of(site), lists_of(site, listings)
        digest = frame_digest(frame)
        pages = self._known_pages(digest)
        names = pages.names if pages else Names()
        names.add_documents(tables["keys"])
        changed = self._changed(tables, lists) if pages else set()
        before = frozenset([*pages.paths, *memory.facts("scene")["others"]]) if pages else frozenset[str]()
        facts = {
            **self._scene, "frame": digest, "copies": copies, "others": others,
            "files": files_digest(self._walked.scanned),
        }  # fmt: skip
        return Plan(
            jobs, listings, self._assets, self._content(), copies, paths, names, pages,
            frozenset(pages.touched(changed)) if pages else frozenset(), before - paths, bool(paths - before),
            {"scene": dump(facts), "tables": dump(tables), "frame": dump(frame), "lists": dump(lists),
             "outlines": outlines_section(site.documents)},
        )  # fmt: skip

    def _content(self) -> dict[str, bytes]:
        return {self._assets[name]: content for name, content in self._static.items()}

    def _known_pages(self, frame: str) -> KnownPages | None:
        """Outputs of the last build, where what every page shows is what it was."""
        facts = self._memory.facts("scene")
        if (
            self._walked.changed is None
            or facts.get("scene") != self._scene["scene"]
            or facts.get("frame") != frame
        ):
            return None
        return self._memory.pages()

    def _changed(self, tables: Tables, lists: Tables) -> set[str]:
        known = self._memory.site()
        if known is None or self._walked.changed is None:
            return set()
        return (
            set(self._walked.changed)
            | changed_names(known.tables, tables)
            | changed_lists(known.lists, lists)
        )


class _LazyListings(Mapping[str, Mapping[str, tuple[str, ...]]]):
    """Lists across columns as the last build left them, read when one is asked for."""

    def __init__(self, known: KnownSite) -> None:
        self._known = known
        self._axes: dict[str, dict[str, tuple[str, ...]]] = {}

    def __getitem__(self, axis: str) -> Mapping[str, tuple[str, ...]]:
        if axis not in self._axes:
            values: dict[str, Any] = self._known.lists["listings"][axis]
            self._axes[axis] = {value: tuple(keys) for value, keys in values.items()}
        return self._axes[axis]

    def __iter__(self):  # type: ignore[no-untyped-def]
        return iter(AXES)

    def __len__(self) -> int:
        return len(AXES)


def _no_body(key: str) -> Body:
    """The plan needs no bodies; a maker that asks for one here has lost its way."""
    raise LookupError(key)
