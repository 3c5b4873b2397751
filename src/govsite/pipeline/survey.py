"""The first half of the road, for commands that only look."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from govsite.model.body import Body
from govsite.model.site import Site
from govsite.pipeline.reading import open_bodies, source_reader
from govsite.pipeline.walk import Request, Walk
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
    with tempfile.TemporaryDirectory(prefix="govsite-") as folder:
        walked = Walk(request).walk(Path(folder), judge=False)
        with open_bodies(walked.store, walked.bodies) as body:
            yield Survey(walked.settings, walked.site, body, source_reader(request.site))
