"""The first half of the road, for commands that only look."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from govsite.frozen import dataclass
from govsite.model.body import Body
from govsite.model.site import Site
from govsite.pipeline.memory import open_memory
from govsite.pipeline.reading import open_bodies, source_reader
from govsite.pipeline.request import Request
from govsite.pipeline.roads import walk_road
from govsite.pipeline.walk import Walk
from govsite.pipeline.walked import Walked
from govsite.settings.settings import Settings


@dataclass(frozen=True, slots=True)
class Survey:
    """A site read and linked. body: of a document by key; lines: of a source by its path relative to the site."""

    settings: Settings
    site: Site
    body: Callable[[str], Body]
    lines: Callable[[str], tuple[str, ...]]


@contextmanager
def walked_site(request: Request, *, judge: bool) -> Iterator[tuple[Walk, Walked]]:
    """The first half of the road, walked; its packs are there while the context is open. judge: see `walk_road`."""
    with open_memory(request.site, None, "", clean=False) as (memory, _):
        walk = Walk(request, memory)
        try:
            walk.look()
            yield walk, walk_road(walk, judge=judge)
        finally:
            walk.close()


@contextmanager
def survey_site(request: Request) -> Iterator[Survey]:
    """Read, validate, assemble and link; the survey can be asked while the context is open."""
    with walked_site(request, judge=False) as (_, walked), open_bodies(walked.packs, walked.bodies) as body:
        yield Survey(walked.settings, walked.site, body, source_reader(request.site))
