"""Second pass: jobs to files, a chunk at a time; every page is checked by whoever has it in hand."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape
from pathlib import Path
from typing import NamedTuple

from govsite.check.pages import PageCheck
from govsite.files.bodies import RecordReader
from govsite.files.digest import sha256_of
from govsite.index.extract import extract
from govsite.index.labels import IndexLabels
from govsite.messages.catalogue import translator
from govsite.model.body import Body
from govsite.model.body_text import body_from_bytes
from govsite.model.search import SearchRecord
from govsite.pipeline.meter import METER, PAGE, TEMPLATE
from govsite.pipeline.prepare import bug_problem
from govsite.pipeline.walk import Walked
from govsite.problems.problem import Problem
from govsite.render.context import RenderContext
from govsite.render.listings import Listings, build_listings
from govsite.render.make import Maker
from govsite.render.plan import Job
from govsite.render.records import document_record, item_record
from govsite.render.templates import Templates, ThemeError
from govsite.render.words import site_words
from govsite.settings.settings import SiteIdentity
from govsite.source.span import Span
from govsite.vocab.keys import config_keys
from govsite.write.staging import Writer, write_problem

_GROUPS: Mapping[str, tuple[str, ...]] = {"document": ("site", "column", "content")}
_TEMPLATES: Mapping[str, str] = {"item": "catalog_item.html"}  # where the name is not that of the maker
_PAGE_GROUPS = ("site", "column")
_MARKS = ("sponsor", "operator", "id_code", "icp", "police", "address", "phone")
# The live-reload script of a preview is not one of the site's own: the policy of the page would refuse it.
_POLICY = re.compile(rb'<meta http-equiv="Content-Security-Policy"[^>]*>')
_THEME_FAULTS = {"syntax": "THM101", "render": "THM102", "encoding": "THM104"}


@dataclass(frozen=True)
class ProduceTask:
    """What the second pass needs to know. staging: None where nothing is to be written, only tried."""

    walked: Walked
    theme: Path | None
    assets: Mapping[str, str]
    staging: Path | None
    paths: frozenset[str]
    labels: IndexLabels
    preview: bool = False


class FileFact(NamedTuple):
    """A file of the output: path, SHA-256 in hex, bytes."""

    path: str
    sha256: str
    size: int


class Produced(NamedTuple):
    """What a chunk gave: files in job order, problems, search extracts of its documents."""

    files: list[FileFact]
    problems: list[Problem]
    extracts: bytes


class Producer:
    """Makes outputs in one process."""

    def __init__(self, task: ProduceTask) -> None:
        self._task = task
        self._reader = RecordReader(task.walked.store)
        self._last = ("", Body())
        t = site_words(task.theme)
        walked = task.walked
        self._context = RenderContext(walked.site, walked.settings, t, self._body, task.assets, self._text)
        self._templates = Templates(task.theme, self._context.site_view, t)
        self._writer = Writer(task.staging) if task.staging else None
        identity = walked.settings.site
        optional = {"SiteDomain": identity.domain, "SiteIDCode": identity.id_code}
        self._check = PageCheck(
            task.paths,
            [name for name, value in optional.items() if not value],
            identity.path,
            t("site.language"),
            foot_marks(identity),
        )

    @cached_property
    def _listings(self) -> Listings:
        return build_listings(self._context)

    @cached_property
    def _maker(self) -> Maker:
        return Maker(self._context, self._templates, self._listings)

    def _body(self, key: str) -> Body:
        """The body of a document; the last one is kept, since page and search record ask in turn."""
        if self._last[0] != key:
            self._last = (key, body_from_bytes(self._reader.read(self._task.walked.bodies[key])))
        return self._last[1]

    def _text(self, path: str) -> str:
        """Text of an attachment by its path under `content/`, `""` where it has none."""
        place = self._task.walked.texts.get(path)
        return self._reader.read(place).decode("utf-8", "replace") if place else ""

    def close(self) -> None:
        """Let go of the store: Windows deletes no file that is open. The next chunk opens it again."""
        self._reader.close()

    def produce(self, jobs: Sequence[Job]) -> Produced:
        """Make, check and write the files of some jobs. Raises OSError where writing fails."""
        files: list[FileFact] = []
        problems: list[Problem] = []
        records: list[SearchRecord] = []
        for job in jobs:
            try:
                content = self._made(job)
            except ThemeError as fault:
                problems.append(theme_problem(fault, job.path))
                if not self._task.preview:
                    continue
                content = _fault_page(fault)
            except Exception as error:  # noqa: BLE001 - one page's bug must not take the report of all others along
                problems.append(bug_problem(job.path, f"{type(error).__name__}: {error}"))
                continue
            if self._task.preview:
                content = _POLICY.sub(b"", content)
            if job.path.endswith(".html"):
                problems += self._check.check(
                    job.path, content.decode(), _GROUPS.get(job.maker, _PAGE_GROUPS)
                )
            if self._writer:
                self._writer.write(job.path, content)
            files.append(FileFact(job.path, sha256_of(content), len(content)))
            record = self._record(job)
            records += [record] if record else []
        return Produced(files, problems, extract(records, self._task.labels))

    def _made(self, job: Job) -> bytes:
        """The content of a job's file, with the time it took."""
        if not job.path.endswith(".html"):
            return self._maker.make(job)
        with (
            METER.measured(PAGE, job.path),
            METER.measured(TEMPLATE, _TEMPLATES.get(job.maker, job.maker + ".html")),
        ):
            return self._maker.make(job)

    def _record(self, job: Job) -> SearchRecord | None:
        """What a job's document or catalog item brings to the search index."""
        if job.maker == "document":
            return document_record(self._context, str(job.args[0]))
        if job.maker == "item":
            return item_record(self._context, self._task.walked.site.assembly.items[str(job.args[0])])
        return None


def foot_marks(identity: SiteIdentity) -> dict[str, str]:
    """What the foot of every page has to say, as far as the settings know it, by the name of its setting."""
    labels = {key.id: key.label for key in config_keys("site").keys}
    return {labels[name]: getattr(identity, name) for name in _MARKS}


def theme_problem(fault: ThemeError, page: str) -> Problem:
    """What is wrong with a template, met while making `page`."""
    span = Span.of_line(fault.template, fault.line) if fault.line else Span.of_file(fault.template)
    return Problem.at(
        _THEME_FAULTS[fault.kind], span, template=fault.template, page=page, line=fault.line, detail=fault.detail,
        file=fault.template,
    )  # fmt: skip


def _fault_page(fault: ThemeError) -> bytes:
    """What a preview shows in place of a page that its template could not make."""
    t = translator("zh")
    place = f"{fault.template}:{fault.line}" if fault.line else fault.template
    title = escape(t("preview.template_fault"))
    return (
        f'<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title></head>'
        f"<body><header></header><nav></nav><main><h1>{title}</h1><p>{escape(place)}</p>"
        f"<pre>{escape(fault.detail)}</pre></main><footer></footer></body></html>"
    ).encode()


def make_producer(task: ProduceTask) -> Producer:
    """For `map_chunks`."""
    return Producer(task)


def produce_chunk(producer: Producer, jobs: Sequence[Job]) -> Produced | Problem:
    """For `map_chunks`. An error of the file system comes back as a problem: it concerns the whole build."""
    try:
        return producer.produce(jobs)
    except OSError as error:
        return write_problem(error, error.filename.rpartition("/")[2] if error.filename else "")
    finally:
        producer.close()
