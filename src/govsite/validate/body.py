"""A document's Markdown to its `Body`: every link judged as far as its own file allows."""

from __future__ import annotations

import re
from html import escape

from govsite.files.paths import resolve_inside
from govsite.markup.markdown import OpenPlace, Rendered, render_markdown
from govsite.model.body import Body, BodyFacts, Heading, Slot, SlotFact
from govsite.model.values import Attachment
from govsite.problems.problem import Problem
from govsite.source.span import Span
from govsite.validate.context import Context, find_file, line_span

_SCHEME = re.compile(r"^([A-Za-z][A-Za-z0-9+.-]*):")
_OUTSIDE = frozenset({"http", "https", "mailto", "tel"})
_SALUTATION = re.compile(r"[：:]$")
_SUMMARY_LENGTH = 120


class BodyReader:
    """Reads one body. Problems: DOC118 (raw HTML), LNK105 (no such file), LNK107 (remote picture), LNK108 (scheme)."""

    def __init__(self, path: str, folder: str, first_line: int, text: str, context: Context) -> None:
        self._path = path
        self._folder = folder
        self._first_line = first_line
        self._lines = text.split("\n")
        self._context = context
        self.problems: list[Problem] = []
        self.files: list[Attachment] = []

    def read(self, rendered: Rendered) -> Body:
        """The body with every open place typed and placed."""
        for tag, line in rendered.raw_tags:
            row, column = self._locate(tag, line)
            self.problems.append(Problem.at("DOC118", line_span(self._path, row, column, len(tag)), tag=tag))
        parts = tuple(part if isinstance(part, str) else self._slot(part) for part in rendered.parts)
        headings = tuple(Heading(*heading) for heading in rendered.headings)
        return Body(parts, headings, rendered.blocks)

    def _locate(self, text: str, line: int) -> tuple[int, int]:
        """Line of the file and column where `text` stands, searched from the block's first line on."""
        for index in range(line - 1, min(len(self._lines), line + 199)):
            column = self._lines[index].find(text)
            if column >= 0:
                return index + 1 + self._first_line, column + 1
        return line + self._first_line, 1

    def _slot(self, place: OpenPlace) -> Slot:
        if place.kind == "table":
            return Slot("table", place.target)
        line, column = self._locate(place.target, place.line)
        if place.kind in {"number", "title"}:
            return Slot(place.kind, place.target, place.inner, "", "", line, column, place.target)
        span = line_span(self._path, line, column, len(place.target))
        return self._image(place, span) if place.kind == "image" else self._link(place, span)

    def _link(self, place: OpenPlace, span: Span) -> Slot:
        target = place.target.strip()
        scheme = _SCHEME.match(target)
        kind, anchor = "broken", ""
        if scheme or target.startswith("//"):
            if scheme and scheme[1].lower() in _OUTSIDE:
                kind = "external"
            else:
                self.problems.append(Problem.at("LNK108", span, target=target))
        elif target.startswith("#"):
            kind, target, anchor = "anchor", "", target[1:]
        else:
            name, _, anchor = target.partition("#")
            kind, target = self._inside(name, span)
        return Slot(
            kind,
            target,
            place.inner or escape(place.target),
            place.extra,
            anchor,
            span.line,
            span.column,
            place.target,
        )

    def _inside(self, name: str, span: Span) -> tuple[str, str]:
        """Kind and path of a link to something under `content/`."""
        if name.endswith((".md", ".markdown", ".yaml", ".yml")):
            path = resolve_inside(name.removeprefix("/"), "" if name.startswith("/") else self._folder)
            if path is not None:
                return "document", path
        path = find_file(name, self._folder, self._context)
        if path is None:
            self.problems.append(Problem.at("DOC113", span, path=name))
            return "broken", name
        if path not in self._context.files:
            self.problems.append(Problem.at("LNK105", span, target=name, looked=f"content/{path}"))
            return "broken", name
        self._keep(path, span)
        return "file", path

    def _image(self, place: OpenPlace, span: Span) -> Slot:
        target = place.target.strip()
        slot = Slot("broken", target, escape(place.extra), place.extra, "", span.line, span.column)
        if _SCHEME.match(target) or target.startswith("//"):
            self.problems.append(Problem.at("LNK107", span, target=target[:200]))
            return slot
        if not place.extra.strip():
            self.problems.append(Problem.at("DOC119", span, target=target))
        kind, path = self._inside(target, span)
        return Slot("image", path, "", place.extra, "", span.line, span.column) if kind == "file" else slot

    def _keep(self, path: str, span: Span) -> None:
        self.files.append(Attachment(path, path.rsplit("/", 1)[-1], span, self._context.files[path]))


def read_body(
    path: str, folder: str, first_line: int, text: str, context: Context
) -> tuple[Body, BodyFacts, tuple[Attachment, ...], list[Problem]]:
    """Body, its facts, the files it shows, and the problems found in it.

    first_line: lines of the file that precede `text`. A place that leads nowhere becomes plain text.
    """
    rendered = render_markdown(text)
    reader = BodyReader(path, folder, first_line, text, context)
    body = reader.read(rendered)
    slots = tuple(
        SlotFact(slot.kind, slot.target, slot.anchor, slot.line, slot.column, slot.written)
        for slot in body.slots
    )
    headings = tuple((heading.text, heading.anchor) for heading in body.headings)
    length = sum(len(block) for block in body.blocks)
    facts = BodyFacts(slots, headings, rendered.anchors, length, _summary(rendered.paragraphs))
    return body, facts, tuple(reader.files), reader.problems


def _summary(paragraphs: tuple[str, ...]) -> str:
    """The first sentences: no salutation, no heading-like scrap; cut at a sentence's end where one is near."""
    text = ""
    for paragraph in paragraphs:
        line = paragraph.replace("\n", "")
        if len(line) < 12 or (_SALUTATION.search(line) and not text):
            continue
        text += line
        if len(text) >= _SUMMARY_LENGTH:
            break
    if len(text) <= _SUMMARY_LENGTH:
        return text
    cut = text.rfind("。", 40, _SUMMARY_LENGTH)
    return text[: cut + 1] if cut > 0 else text[:_SUMMARY_LENGTH] + "…"
