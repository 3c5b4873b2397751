"""Footnotes and endnotes (脚注、尾注): a mark where each is called, its text behind the document."""

from __future__ import annotations

import re
from collections.abc import Iterable

from govsite.attachments.gather import Gatherer
from govsite.attachments.package import Package
from govsite.attachments.xmlstream import attribute
from govsite.intake.material import Paragraph

_NOTES = {"footnotes": "footnote", "endnotes": "endnote"}
REFERENCES = {"footnoteReference": "footnote", "endnoteReference": "endnote"}
_MARK = re.compile(r"（注\d{1,4}）")


class WordNotes:
    """Notes of a document, numbered as they are called."""

    def __init__(self, package: Package, main: str, gatherer: Gatherer) -> None:
        self._gatherer = gatherer
        self._texts: dict[tuple[str, str], str] = {}
        self._called: list[tuple[str, str]] = []
        for kind, element in _NOTES.items():
            for part in package.related(main, kind):
                package.parse(part, _Reader(element, self._texts, gatherer))

    def call(self, reference: str, identity: str, place: str) -> str:
        """The mark to stand where a note is called; `""` for a note that is empty or not there."""
        text = self._texts.get((REFERENCES[reference], identity), "")
        if not text:
            return ""
        self._called.append((text, place))
        number = len(self._called)
        self._gatherer.fault("note", place, str(number))
        return f"（注{number}）"

    def paragraphs(self) -> Iterable[Paragraph]:
        """The notes that were called, each a paragraph with the place that called it."""
        for number, (text, place) in enumerate(self._called, 1):
            yield Paragraph(f"注{number}：{text}", place)


def without_marks(text: str) -> str:
    """A text without marks of notes: a title or a date is read without them."""
    return _MARK.sub("", text)


class _Reader:
    """Texts of one part by (element, id). The lines that separate notes from the text are none."""

    def __init__(self, element: str, texts: dict[tuple[str, str], str], gatherer: Gatherer) -> None:
        self._element = element
        self._texts = texts
        self._gatherer = gatherer
        self._id = ""
        self._parts: list[str] = []
        self._is_text = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if name == self._element:
            is_note = attribute(attributes, "type") in {"", "normal"}
            self._id, self._parts = attribute(attributes, "id") if is_note else "", []
        self._is_text = name == "t" and bool(self._id)

    def end(self, name: str) -> None:
        """An element ends."""
        if name == "t":
            self._is_text = False
        elif name == "p" and self._parts:
            self._parts.append(" ")
        elif name == self._element and self._id:
            text = " ".join("".join(self._parts).split())
            self._gatherer.count_unpacked(len(text))
            self._texts.setdefault((self._element, self._id), text)
            self._id = ""

    def text(self, data: str) -> None:
        """Character data; only that of text elements counts."""
        if self._is_text:
            self._parts.append(data)
