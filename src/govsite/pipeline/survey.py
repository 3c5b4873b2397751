"""The first half of the road: sources to a linked site with its bodies, for commands that only look."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from govsite.files.bodies import RecordReader
from govsite.model.body import Body
from govsite.model.body_text import body_from_bytes
from govsite.model.site import Site
from govsite.pipeline.build import Request, _Build
from govsite.settings.settings import Settings
from govsite.source.text import decode_text


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
        reader = RecordReader(store)
        try:
            yield Survey(
                settings,
                site,
                lambda key: body_from_bytes(reader.read(places[key])),
                source_reader(request.site),
            )
        finally:
            reader.close()


def source_reader(site: Path) -> Callable[[str], tuple[str, ...]]:
    """Lines of sources below `site` by path; nothing for a file that cannot be read."""

    @cache
    def lines(file: str) -> tuple[str, ...]:
        try:
            text = decode_text((site / file).read_bytes())
        except OSError:
            return ()
        return tuple(text.split("\n")) if isinstance(text, str) else ()

    return lines
