"""A site in one state, from its sources or from a build, for `govsite diff`."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

from govsite.check.privacy.hiding import hide
from govsite.check.privacy.leak import PrivacyContext
from govsite.load.read import read_source
from govsite.model.addresses import MANIFEST, document_path
from govsite.model.changes import DocumentState, SiteState
from govsite.model.document import Document
from govsite.model.site import RELATIONS, Site
from govsite.model.sources import SourceFile
from govsite.pipeline.build import Request, build_site
from govsite.pipeline.survey import survey_site
from govsite.report.summary import message_of
from govsite.source.nodes import Node, Scalar, Sequence
from govsite.vocab.keys import keys_of
from govsite.vocab.terms import kinds, label_of

_LINKS = {"document", "file", "image", "external"}


def state_of_sources(request: Request, name: str, lang: str) -> SiteState:
    """The state of a site's sources, built beside them. Never raises for what stands in them."""
    with tempfile.TemporaryDirectory(prefix="govsite-diff-") as folder:
        out = Path(folder) / "site"
        outcome = build_site(replace(request, out=out))
        pages = read_pages(out) if outcome.written else {}
    problems: dict[str, str] = {}
    nobody = PrivacyContext()
    for finding in outcome.findings:
        span = finding.problem.span
        place = f"{span.file} " if span else ""
        text = f"{finding.problem.code} {place}{message_of(finding.problem, lang)}"
        problems[hide(text, nobody)] = finding.severity.word
    with survey_site(replace(request, out=None)) as survey:
        documents = {
            key: _document_state(request.site, survey.site, key, document)
            for key, document in survey.site.documents.items()
        }
        domains = survey.site.assembly.domains
    return SiteState(name, documents, pages, problems, domains)


def _document_state(site: Path, linked: Site, key: str, document: Document) -> DocumentState:
    source, _, _ = read_source(site, SourceFile(document.file, document.kind, 0))
    fields: dict[str, str] = {}
    ids: dict[str, str] = {}
    if source is not None:
        words = keys_of(document.kind).by_word
        for name, node in source.front:
            known = words.get(name.text)
            label = known.label if known else name.text
            if known is None or known.id != "review":  # reviews are no part of what is published
                fields[label] = _text_of(node)
                ids[label] = known.id if known else ""
    if key in linked.validity:
        label = keys_of(document.kind).by_word["validity"].label
        fields[label] = label_of("validity", linked.validity[key])
        ids[label] = "validity"
    paragraphs = [part.strip() for part in (source.body if source else "").split("\n\n")]
    links = {(slot.kind, slot.target) for slot in document.body.slots if slot.kind in _LINKS}
    for relation in RELATIONS:
        links |= {(relation, _title(linked, target)) for target in linked.graph.targets(relation, key)}
    return DocumentState(
        key, kinds()[document.kind].label, document.title, document.file, document_path(document.kind, document.id),
        fields, ids, tuple(part for part in paragraphs if part), frozenset(links),
    )  # fmt: skip


def _title(site: Site, key: str) -> str:
    document = site.documents.get(key)
    return document.title if document else key


def _text_of(node: Node) -> str:
    """A value on one line, as people write it."""
    if isinstance(node, Scalar):
        return node.text.strip()
    if isinstance(node, Sequence):
        return "；".join(_text_of(item) for item in node.items)
    return "，".join(f"{name.text}：{_text_of(value)}" for name, value in node)


def read_pages(folder: Path) -> dict[str, str]:
    """Path to SHA-256 of every file that a built site's manifest lists."""
    manifest = json.loads((folder / MANIFEST).read_bytes())
    return {path: sha256 for path, sha256, _ in manifest["entries"]}


def state_of_build(folder: Path, name: str) -> SiteState:
    """The state of a built site. Raises OSError, ValueError where there is none."""
    if not (folder / MANIFEST).is_file():
        raise ValueError(folder.name)
    pages = read_pages(folder)
    labels = {kind.folder: kind.label for kind in kinds().values()}
    documents = {}
    for path in pages:
        top, _, rest = path.partition("/")
        if top in labels and rest.endswith(".html") and not path.endswith("/index.html"):
            reader = _PageReader()
            reader.feed((folder / path).read_text(encoding="utf-8"))
            documents[path] = DocumentState(
                path, labels[top], reader.title, path, path, reader.meta, {}, tuple(reader.blocks()),
                frozenset(("document", link) for link in reader.links),
            )  # fmt: skip
    return SiteState(name, documents, pages)


class _PageReader(HTMLParser):
    """Title, marks and the text of `main` of a built page."""

    _BLOCKS = frozenset(
        {"p", "li", "h1", "h2", "h3", "h4", "tr", "dd", "dt", "div", "section", "article", "table"}
    )
    _LEFT_OUT = frozenset({"script", "style", "nav", "svg"})

    def __init__(self) -> None:
        super().__init__()
        self.title = ""
        self.meta: dict[str, str] = {}
        self.links: set[str] = set()
        self._text: list[str] = []
        self._inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep what matters of a tag."""
        words = dict(attrs)
        if tag == "meta" and words.get("name", "") and str(words["name"])[:1].isupper():
            self.meta[str(words["name"])] = str(words.get("content") or "")
        if tag in {"main", "title", *self._LEFT_OUT}:
            self._inside.append(tag)
        if tag in self._BLOCKS:
            self._text.append("\n")
        if tag == "a" and "main" in self._inside and words.get("href"):
            self.links.add(str(words["href"]))

    def handle_endtag(self, tag: str) -> None:
        """Leave what was entered."""
        if self._inside and self._inside[-1] == tag:
            self._inside.pop()
        if tag in self._BLOCKS:
            self._text.append("\n")

    def handle_data(self, data: str) -> None:
        """Text of the title and of `main`."""
        if self._inside and self._inside[-1] == "title":
            self.title += data.strip()
        elif "main" in self._inside and not self._LEFT_OUT.intersection(self._inside):
            self._text.append(data)

    def blocks(self) -> Iterator[str]:
        """Paragraphs of the text."""
        for line in "".join(self._text).split("\n"):
            text = " ".join(line.split())
            if text:
                yield text
