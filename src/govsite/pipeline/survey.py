"""The first half of the road: sources to a linked site with its bodies, for commands that only look."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from govsite.model.body import Body
from govsite.model.site import Site
from govsite.pipeline.build import Request, _Build
from govsite.pipeline.reading import open_bodies, source_reader
from govsite.settings.settings import Settings


@dataclass(frozen=True, slots=True)
class Survey:
    """A site read and linked. body: of a document by key; lines: of a source by its path relative to the site."""

    settings: Settings
    site: Site
    body: Callable[[str], Body]
    lines: Callable[[str], tuple[str, ...]]


@contextmanager
def survey_site(request: Request) -> Iterator[Survey]:
    """Read, validate, assemble and link; the survey can be asked while the context is open."""
    build = _Build(request)
    with tempfile.TemporaryDirectory(prefix="govsite-") as folder:
        store = Path(folder)
        settings = build.settings()
        site, places = build.site(settings, store)
        with open_bodies(store, places) as body:
            yield Survey(settings, site, body, source_reader(request.site))
