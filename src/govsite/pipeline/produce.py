"""Second pass: jobs to files; every page is checked by whoever has it in hand."""

from __future__ import annotations

import re
from array import array
from collections.abc import ItemsView, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from pathlib import Path
from typing import NamedTuple

from govsite.check.pages import PageCheck
from govsite.files.bodies import RecordReader, Stored, store_records
from govsite.files.damage import DamagedCacheError
from govsite.files.digest import sha256_of
from govsite.index.extract import extract
from govsite.index.labels import IndexLabels
from govsite.messages.catalogue import translator
from govsite.model.body import Body
from govsite.model.body_text import body_from_bytes
from govsite.model.reads import Reads, traced_site
from govsite.model.search import SearchRecord
from govsite.pipeline.meter import METER, PAGE, TEMPLATE
from govsite.pipeline.prepare import bug_problem
from govsite.pipeline.walked import Walked
from govsite.problems.problem import Problem
from govsite.render.context import RenderContext
from govsite.render.listings import Listings
from govsite.render.make import Maker
from govsite.render.plan import Job
from govsite.render.records import document_record, item_record
from govsite.render.revising import Revision, listed_keys, revise_list
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
    """What the second pass needs to know. staging: None where nothing is to be written, only tried;
    names: numbers of the parts of the site that pages may read (`model/reads.py`); few: only some pages are made; revisions: by path, lists
    that need not be made as a whole.
    """

    walked: Walked
    listings: Listings
    theme: Path | None
    assets: Mapping[str, str]
    staging: Path | None
    paths: frozenset[str]
    labels: IndexLabels
    names: Mapping[str, int]
    preview: bool = False
    few: bool = False
    revisions: Mapping[str, Revision] = field(default_factory=dict)


class Lot(NamedTuple):
    """Some jobs. name: of the pack for their search extracts."""

    name: str
    jobs: Sequence[Job]


class Made(NamedTuple):
    """An output that was made. sha256: `""` where a template failed; extract: place of its search extract; reads: numbers
    of what it was made of, 32 bits each; unnumbered: names of parts that have no number yet.
    """

    path: str
    sha256: str
    size: int
    problems: tuple[Problem, ...]
    extract: Stored | None
    reads: bytes
    unnumbered: tuple[str, ...]


class Producer:
    """Makes outputs in one process. common: names of what every page shows."""

    def __init__(self, task: ProduceTask) -> None:
        self._task = task
        walked = task.walked
        self._reader = RecordReader(walked.packs)
        self._last = ("", Body())
        self._reads = Reads()
        t = site_words(task.theme)
        self._context = RenderContext(
            traced_site(walked.site, self._reads), walked.settings, t, self._body, task.assets, self._text,
            self._reads,
        )  # fmt: skip
        self._templates = Templates(task.theme, self._context.site_view, t, few=task.few)
        self.common = frozenset(self._reads.take())
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
    def _maker(self) -> Maker:
        listings = _TracedListings(self._task.listings, self._reads)
        return Maker(self._context, self._templates, listings)

    def _body(self, key: str) -> Body:
        """The body of a document; the last one is kept, since page and search record ask in turn."""
        self._reads.names.add("b:" + key)
        if self._last[0] != key:
            self._last = (key, body_from_bytes(self._reader.read(self._task.walked.bodies[key])))
        return self._last[1]

    def _text(self, path: str) -> str:
        """Text of an attachment by its path under `content/`, `""` where it has none."""
        self._reads.names.add("x:" + path)
        place = self._task.walked.texts.get(path)
        return self._reader.read(place).decode("utf-8", "replace") if place else ""

    def close(self) -> None:
        """Let go of the packs: Windows deletes no file that is open. The next lot opens them again."""
        self._reader.close()

    def produce(self, lot: Lot) -> list[Made]:
        """Make, check and write the files of some jobs. Raises OSError where writing fails."""
        made = [self._make(job) for job in lot.jobs]
        extracts = [content for _, content in made if content]
        places = iter(store_records(self._task.walked.packs, lot.name, extracts) if extracts else ())
        return [one._replace(extract=next(places)) if content else one for one, content in made]

    def _make(self, job: Job) -> tuple[Made, bytes]:
        """One output and its search extract. A bug over one page costs that page only."""
        self._reads.take()
        problems: list[Problem] = []
        content: bytes | None = None
        revised: bytes | None = None
        extracted = b""
        try:
            revised = self._revised(job)
            content = self._content(job) if revised is None else revised
            record = self._record(job)
            extracted = extract([record], self._task.labels) if record else b""
        except ThemeError as fault:
            problems.append(theme_problem(fault, job.path))
            content = _fault_page(fault) if self._task.preview else None
        except (OSError, DamagedCacheError):
            raise
        except Exception as error:  # noqa: BLE001 - one page's bug must not take the report of all others along
            problems.append(bug_problem(job.path, f"{type(error).__name__}: {error}"))
            content = None
        if content is None:
            return Made(job.path, "", 0, tuple(problems), None, b"", ()), b""
        if self._task.preview:
            content = _POLICY.sub(b"", content)
        if job.path.endswith(".html"):
            problems += self._check.check(job.path, content.decode(), _GROUPS.get(job.maker, _PAGE_GROUPS))
        if self._writer:
            self._writer.write(job.path, content)
        numbered, unnumbered = self._numbers()
        if revised is not None:
            numbered, unnumbered = self._task.revisions[job.path].reads, ()
        made = Made(job.path, sha256_of(content), len(content), tuple(problems), None, numbered, unnumbered)
        return made, extracted

    def _numbers(self) -> tuple[bytes, tuple[str, ...]]:
        """What the page has read: by number where there is one, by name otherwise."""
        known = self._task.names
        numbers: list[int] = []
        others: list[str] = []
        for name in self._reads.take():
            number = known.get(name)
            if number is None:
                others.append(name)
            else:
                numbers.append(number)
        numbers.sort()
        return array("I", numbers).tobytes(), tuple(sorted(others))

    def _revised(self, job: Job) -> bytes | None:
        """A list that is at hand with its changed lines made anew; it is then made of the same documents as before."""
        known = self._task.revisions.get(job.path)
        if known is None:
            return None
        keys = listed_keys(self._task.walked.site.members, self._task.listings, job.maker, job.args)
        return revise_list(self._context, job, keys, known)

    def _content(self, job: Job) -> bytes:
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
        if job.maker == "item" and job.args[1] == 1:
            return item_record(self._context, self._task.walked.site.assembly.items[str(job.args[0])])
        return None


def foot_marks(identity: SiteIdentity) -> dict[str, str]:
    """What the foot of every page has to say, as far as the settings know it, by the name of its setting."""
    labels = {key.id: key.label for key in config_keys("site").keys}
    return {labels[name]: getattr(identity, name) for name in _MARKS}


class _TracedValues(Mapping[str, tuple[str, ...]]):
    """The lists of one axis, noting which was asked for."""

    def __init__(self, axis: str, values: Mapping[str, tuple[str, ...]], reads: Reads) -> None:
        self._axis = axis
        self._values = values
        self._reads = reads

    def __getitem__(self, value: str) -> tuple[str, ...]:
        self._reads.names.add(f"l:{self._axis}/{value}")
        return self._values[value]

    def __iter__(self) -> Iterator[str]:
        self._reads.names.add("a:" + self._axis)
        return iter(self._values)

    def __len__(self) -> int:
        self._reads.names.add("a:" + self._axis)
        return len(self._values)

    def items(self) -> ItemsView[str, tuple[str, ...]]:
        """All lists of the axis."""
        self._reads.names.add("a:" + self._axis)
        return self._values.items()


class _TracedListings(Mapping[str, Mapping[str, tuple[str, ...]]]):
    """Lists across columns, noting which were asked for. Which axes there are never changes."""

    def __init__(self, listings: Listings, reads: Reads) -> None:
        self._axes = {axis: _TracedValues(axis, values, reads) for axis, values in listings.items()}

    def __getitem__(self, axis: str) -> Mapping[str, tuple[str, ...]]:
        return self._axes[axis]

    def __iter__(self) -> Iterator[str]:
        return iter(self._axes)

    def __len__(self) -> int:
        return len(self._axes)


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


def produce_lot(producer: Producer, lot: Lot) -> list[Made] | Problem:
    """For `map_chunks`. An error of the file system comes back as a problem: it concerns the whole build."""
    try:
        return producer.produce(lot)
    except OSError as error:
        return write_problem(error, error.filename.rpartition("/")[2] if error.filename else "")
    finally:
        producer.close()
