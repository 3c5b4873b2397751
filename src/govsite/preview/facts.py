"""What a reviewer is told about one page (浮层): a plain record that the overlay shows as it stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from govsite.check.duties.clock import Clock, clock_of_column, clock_of_item, clocks_of
from govsite.check.duties.inspection import Inspection
from govsite.check.review.standing import standing_of
from govsite.markup.lines import placed_blocks
from govsite.messages.catalogue import Translate
from govsite.model.addresses import column_path, document_path, item_path
from govsite.model.catalog import CatalogItem
from govsite.model.column import Column
from govsite.model.document import Document
from govsite.model.site import ABOUT, AMENDS, CITES, INTERPRETS, OUTCOME, REPEALS, RESULT_OF, Site
from govsite.pipeline.reading import file_digester
from govsite.pipeline.survey import Survey
from govsite.problems.problem import Finding
from govsite.problems.rules import fill, rule_table
from govsite.report.summary import basis_of, message_of
from govsite.source.span import Span
from govsite.vocab.review import stage_labels
from govsite.vocab.terms import kind_by_folder, kinds, label_of

Record = dict[str, Any]
Own = Callable[[Span], bool]
_ITEM = re.compile(r"catalog/([^/]+)/([^/]+)\.html")
_COLUMN = re.compile(r"columns/([^/]+)/[^/]+\.html")
_SHOWN_PROBLEMS = 200
# relation, whether this document is the target, label
_RELATIONS = (
    (INTERPRETS, False, "preview.interprets"),
    (INTERPRETS, True, "preview.interpreted"),
    (REPEALS, False, "relation.repeals"),
    (REPEALS, True, "relation.repealed_by"),
    (AMENDS, False, "relation.amends"),
    (AMENDS, True, "relation.amended_by"),
    (RESULT_OF, False, "relation.result_of"),
    (RESULT_OF, True, "relation.results"),
    (OUTCOME, False, "relation.outcome"),
    (OUTCOME, True, "relation.consulted"),
    (ABOUT, False, "relation.about"),
    (ABOUT, True, "relation.asked"),
    (CITES, False, "relation.cites"),
    (CITES, True, "relation.cited_by"),
)
_TONES = {"open": "", "due_soon": "warning", "overdue": "error", "done": "good"}
_BINDING_TONES = {"bound": "good", "superseded": "good", "changed": "error", "unbound": "warning"}


class PageFacts:
    """Facts of pages of one built preview. today: ISO day by which clocks run; lang: of the words."""

    def __init__(
        self,
        folder: Path,
        survey: Survey | None,
        findings: Sequence[Finding],
        t: Translate,
        lang: str,
        today: str,
    ) -> None:
        self._folder = folder
        self._survey = survey
        self._findings = findings
        self._t = t
        self._lang = lang
        self._today = today

    def of(self, path: str, links: Iterable[str]) -> Record:
        """Facts of the page at `path`; links: paths of pages that it links to, of which drafts are named."""
        record: Record = {
            "page": path,
            "sections": [],
            "blocks": [],
            "problems": [],
            "drafts": [],
            "draft": False,
        }
        own: Own = _nowhere
        if self._survey is not None:
            site = self._survey.site
            document, item, column = _document(site, path), _item(site, path), _column(site, path)
            if document:
                own = _file_of(document)
                self._of_document(record, self._survey, document)
            elif item:
                own = _lines_of(site, item)
                self._of_item(record, self._survey, item)
            elif column:
                self._of_column(record, self._survey, column)
            drafts = (link for link in links if (found := _document(site, link)) and found.draft)
            record["drafts"] = sorted(drafts)
        self._problems(record, own)
        return record

    def _of_document(self, record: Record, survey: Survey, document: Document) -> None:
        site, t = survey.site, self._t
        inspection = self._inspection(survey)
        record |= {"title": document.title, "file": document.file, "draft": document.draft}
        record["blocks"] = _blocks(survey.lines(document.file))
        facts = [
            _row(t("preview.kind"), kinds()[document.kind].label),
            _row(
                t("preview.disclosure"),
                label_of("disclosure", document.disclosure),
                tone="good" if document.is_public else "error",
            ),
        ]
        if document.draft:
            facts.append(_row(t("preview.draft"), t("preview.draft_note"), tone="warning"))
        if document.published[:10] > self._today:
            facts.append(_row(t("preview.future", day=document.published[:10]), tone="warning"))
        column = site.columns.get(site.assembly.home.get(document.key, ""))
        if column:
            facts.append(
                _row(t("preview.column"), href=column_path(column.id)) | {"note": " › ".join(column.path)}
            )
        self._section(record, "attribute", facts)
        self._section(record, "clock", map(self._clock, clocks_of(inspection, document)), "preview.no_clock")
        self._section(record, "review", self._review(survey, document), "preview.no_review")
        items = (
            site.assembly.items[name]
            for name in site.fulfils.get(document.key, ())
            if name in site.assembly.items
        )
        self._section(record, "fulfils", map(_item_row, items), "preview.no_item")
        self._section(record, "links", self._links(site, document.key), "preview.no_links")

    def _of_item(self, record: Record, survey: Survey, item: CatalogItem) -> None:
        site = survey.site
        record |= {"title": item.name, "file": item.span.file}
        clock = clock_of_item(self._inspection(survey), item)
        self._section(record, "clock", [self._clock(clock)] if clock else [], "preview.no_clock")
        documents = (site.documents[key] for key in site.fulfilled_by.get(item.id, ()))
        self._section(record, "fulfilled", map(self._document_row, documents), "preview.nothing_fulfils")

    def _of_column(self, record: Record, survey: Survey, column: Column) -> None:
        record |= {"title": column.name, "file": ""}
        number = len(survey.site.members.get(column.id, ()))
        self._section(record, "column", [_row(self._t("preview.column_count", number=number))])
        clock = clock_of_column(self._inspection(survey), column)
        self._section(record, "clock", [self._clock(clock)] if clock else [], "preview.no_clock")

    def _inspection(self, survey: Survey) -> Inspection:
        return Inspection.of(survey.site, survey.settings, self._today, survey.body, survey.lines)

    def _section(self, record: Record, name: str, rows: Iterable[Record], none: str = "") -> None:
        """Add a section; one that is empty says so in words, or is left out where there are none."""
        found = list(rows)
        if found or none:
            record["sections"].append(
                {
                    "id": name,
                    "title": self._t(f"preview.section.{name}"),
                    "rows": found or [_row(self._t(none), tone="quiet")],
                }
            )

    def _clock(self, clock: Clock) -> Record:
        name = self._t(f"preview.clock.{clock.name}")
        if clock.state == "done":
            note = self._t("preview.days.done", day=clock.day)
        elif clock.days < 0:
            note = self._t("preview.days.past", day=clock.day, days=-clock.days)
        else:
            note = self._t("preview.days.left", day=clock.day, days=clock.days)
        return _row(name, note, tone=_TONES[clock.state])

    def _review(self, survey: Survey, document: Document) -> Iterator[Record]:
        t, review = self._t, survey.settings.review
        digest = file_digester(self._folder)
        stands = {stand.stage.stage: stand for stand in standing_of(document, review.keys, digest)}
        owed = review.required if document.published[:10] >= review.since else ()
        for name, label in stage_labels().items():
            if name in stands:
                stand = stands[name]
                words = [stand.stage.by, stand.stage.on, t(f"review.binding.{stand.binding}")]
                tone = _BINDING_TONES[stand.binding]
                if stand.signature != "none":
                    words.append(t("preview.signature", state=t(f"review.signature.{stand.signature}")))
                    tone = "error" if stand.signature in {"wrong", "missing"} else tone
                yield _row(label, "，".join(word for word in words if word), tone=tone)
            elif name in owed:
                yield _row(label, t("review.binding.missing"), tone="error")

    def _links(self, site: Site, key: str) -> Iterator[Record]:
        for relation, backward, label in _RELATIONS:
            ask = site.graph.sources if backward else site.graph.targets
            for other in ask(relation, key):
                if other in site.documents:
                    document = site.documents[other]
                    yield self._document_row(document) | {"label": self._t(label), "back": backward}

    def _document_row(self, document: Document) -> Record:
        note = self._t("preview.draft") if document.draft else document.published[:10]
        return _row(document.title, note, href=document_path(document.kind, document.id))

    def _problems(self, record: Record, own: Own) -> None:
        """Those of this page first, then what concerns every page (settings, theme), then all others by file."""
        counts = dict.fromkeys(("error", "warning", "notice"), 0)
        rows: list[tuple[int, Record]] = []
        for finding in self._findings:
            counts[finding.severity.word] += 1
            rank = self._rank(finding, own, record["page"])
            if len(rows) < _SHOWN_PROBLEMS or rank < 2:
                rows.append((rank, self._problem(finding, rank, own)))
        rows.sort(key=lambda row: row[0])
        record["problems"] = [row for _, row in rows]
        record["counts"] = [
            {
                "severity": name,
                "text": self._t("preview.count", number=number, severity=self._t(f"severity.{name}")),
            }
            for name, number in counts.items()
            if number
        ]
        record["here"] = sum(rank < 2 for rank, _ in rows)

    def _rank(self, finding: Finding, own: Own, page: str) -> int:
        span = finding.problem.span
        is_here = span is not None and (own(span) or span.file == page)
        if is_here or dict(finding.problem.facts).get("page") == page:
            return 0
        if span is None or not span.file.startswith("content/"):
            return 1
        return 2

    def _problem(self, finding: Finding, rank: int, own: Own) -> Record:
        problem, lang = finding.problem, self._lang
        span, rule = problem.span, rule_table().get(problem.code)
        place = f"{span.file}:{span.line}:{span.column}" if span and span.line else span.file if span else ""
        return {
            "code": problem.code,
            "severity": finding.severity.word,
            "word": self._t(f"severity.{finding.severity.word}"),
            "message": message_of(problem, lang),
            "why": fill(rule.why.in_language(lang), problem) if rule else "",
            "fix": fill(rule.fix.in_language(lang), problem) if rule else "",
            "basis": basis_of(rule) if rule else "",
            "place": place,
            "line": span.line if span and own(span) else 0,
            "rank": rank,
            "href": _page_of(self._survey.site, span.file) if self._survey and span and rank == 2 else "",
        }


def _row(text: str, note: str = "", *, href: str = "", tone: str = "") -> Record:
    return {"text": text, "note": note, "href": href, "tone": tone}


def _nowhere(span: Span) -> bool:
    """Of a page that has no source of its own."""
    return False


def _file_of(document: Document) -> Own:
    return lambda span: span.file == document.file


def _lines_of(site: Site, item: CatalogItem) -> Own:
    """The lines of an item: from its own to that of the next one."""
    starts = [one.span.line for one in site.assembly.items.values() if one.span.file == item.span.file]
    end = min((line for line in starts if line > item.span.line), default=1 << 30)
    return lambda span: span.file == item.span.file and item.span.line <= span.line < end


def _item_row(item: CatalogItem) -> Record:
    return _row(item.name, item.deadline_text, href=item_path(item.domain, item.id))


def _document(site: Site, path: str) -> Document | None:
    folder, _, name = path.partition("/")
    kind = kind_by_folder().get(folder)
    key = f"{kind.id}/{name.removesuffix('.html')}" if kind and name.endswith(".html") else ""
    return site.documents.get(key)


def _item(site: Site, path: str) -> CatalogItem | None:
    match = _ITEM.fullmatch(path)
    item = site.assembly.items.get(match[2]) if match else None
    return item if match and item and item.domain == match[1] else None


def _column(site: Site, path: str) -> Column | None:
    match = _COLUMN.fullmatch(path)
    return site.columns.get(match[1]) if match else None


def _page_of(site: Site, file: str) -> str:
    """Page of a source, where it has one."""
    find: Callable[[str], str | None] | None = getattr(site.documents, "key_of", None)
    key = find(file) if find else None
    if key is None:
        return ""
    kind, _, name = key.partition("/")
    return document_path(kind, name)


def _blocks(lines: Sequence[str]) -> list[list[object]]:
    """[first line, last line, kind, text] of the blocks of a Markdown source, lines as the file counts them."""
    if not lines or lines[0].strip() != "---":
        return []
    end = next((index for index, line in enumerate(lines[1:], 1) if line.strip() == "---"), None)
    if end is None:
        return []
    blocks = placed_blocks("\n".join(lines[end + 1 :]))
    return [[block.first + end + 1, block.last + end + 1, block.kind, block.text] for block in blocks]
