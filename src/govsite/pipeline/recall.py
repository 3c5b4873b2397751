"""The site as the last build left it, out of its memory: nothing is read, linked or judged anew."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from govsite.cache.prepared import read_prepared
from govsite.cache.tool import tool_digest
from govsite.files.bodies import RecordReader
from govsite.files.damage import DamagedCacheError
from govsite.model.body import Body
from govsite.model.body_text import body_from_bytes
from govsite.model.document import Document
from govsite.pipeline.memory import open_memory
from govsite.pipeline.reading import source_reader
from govsite.pipeline.request import Request
from govsite.pipeline.survey import Survey
from govsite.settings.read import read_settings


@contextmanager
def recall_site(request: Request) -> Iterator[Survey | None]:
    """The survey of a build that has been made with the same `request`; None where nothing is remembered.

    Documents are read when they are asked for, while the context is open; asking raises `DamagedCacheError` where the
    memory fails. No build can use the memory meanwhile.
    """
    with open_memory(request.site, request.memory, tool_digest(), clean=False) as (memory, _):
        known = memory.site()
        if known is None:
            yield None
            return
        reader = RecordReader(memory.packs)

        def load(file: str) -> Document:
            row = memory.sources.row(file)
            if row.prepared is None:
                raise DamagedCacheError("sources")
            document = next(iter(read_prepared([reader.read(row.prepared)]))).document
            if document is None:
                raise DamagedCacheError("sources")
            return document

        site = known.site(load)

        def body(key: str) -> Body:
            row = memory.sources.row(site.documents[key].file)
            return body_from_bytes(reader.read(row.body)) if row.body else Body()

        try:
            settings, _ = read_settings(request.site, request.environ)
            yield Survey(settings, site, body, source_reader(request.site))
        finally:
            reader.close()
