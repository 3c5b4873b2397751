"""Marks and leftovers in the source of a document."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from govsite.check.privacy.hiding import hide
from govsite.check.privacy.leak import PrivacyContext
from govsite.check.privacy.source import Lines
from govsite.check.secrecy.leftovers import (
    ADVERTISEMENT,
    BRACKETS,
    PAGE,
    PINYIN,
    PUNCTUATION,
    TRADITIONAL,
    Leftover,
    find_leftovers,
)
from govsite.check.secrecy.marks import MARK, RELEASE, Mark, disclosure_label, find_marks
from govsite.model.document import PUBLIC, Document
from govsite.problems.problem import Problem
from govsite.source.span import Span

_LEFTOVER_CODES: Final = {
    ADVERTISEMENT: "SEC111",
    PAGE: "SEC112",
    PINYIN: "SEC113",
    PUNCTUATION: "SEC114",
    BRACKETS: "SEC115",
    TRADITIONAL: "SEC116",
}
_SHOWN: Final = 40


def check_document_secrecy(document: Document, lines: Sequence[str], body_line: int) -> list[Problem]:
    """SEC101 to SEC104 and SEC111 to SEC116 of one document.

    lines: of the whole source; body_line: how many of them precede the body, all of them where there is none. 密级 marks
    are looked for in documents that are not public as well: such a paper has no place here at all.
    """
    places = Lines(lines)
    head = "\n".join(lines[:body_line])
    start = len(head) + 1 if head else 0
    body = "\n".join(lines[body_line:])
    marks = [mark for mark in find_marks(head) if mark.kind == MARK]
    problems = [_mark(document, places, mark, 0) for mark in marks]
    problems += [
        _mark(document, places, mark, start) for mark in find_marks(body)
        if mark.kind == MARK or _matters(document, mark)
    ]  # fmt: skip
    if document.is_public and body:
        problems += [_leftover(document, places, item, start) for item in find_leftovers(body)]
    return problems


def _matters(document: Document, mark: Mark) -> bool:
    """Whether a line on publication, or an internal wording, is at odds with the attribute (公开属性)."""
    if mark.kind == RELEASE:
        return bool(document.disclosure) and (mark.says == PUBLIC) != document.is_public
    return document.is_public


def _mark(document: Document, places: Lines, mark: Mark, offset: int) -> Problem:
    span = places.span(document.file, offset + mark.start, offset + mark.end)
    found = mark.text.strip()[:_SHOWN]
    if mark.kind == MARK:
        return Problem.at("SEC101", span, found=found)
    if mark.kind == RELEASE:
        written = disclosure_label(document.disclosure)
        code = "SEC103" if document.is_public else "SEC104"
        return Problem.at(code, span, (document.span_of("disclosure"),), found=found, disclosure=written)
    return Problem.at("SEC102", span, found=found)


def _leftover(document: Document, places: Lines, item: Leftover, offset: int) -> Problem:
    span: Span = places.span(document.file, offset + item.start, offset + item.end)
    found = hide(item.found, PrivacyContext())[:_SHOWN]
    return Problem.at(_LEFTOVER_CODES[item.kind], span, found=found, count=item.times, instead=item.instead)
