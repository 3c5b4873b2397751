"""Marks in text: 密级, internal wordings, and the line that says whether a paper may be published."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from govsite.check.privacy.text import hinted
from govsite.check.secrecy.words import mark_words
from govsite.vocab.terms import label_of

MARK: Final = "mark"
INTERNAL: Final = "internal"
RELEASE: Final = "release"
_LONGEST_LINE: Final = 60
_QUOTE_PREFIX: Final = re.compile(r"^[\s>#*\-]+")


class Mark(NamedTuple):
    """A mark in a text. kind: `mark` · `internal` · `release`; start, end: code points; says: for a release line the
    attribute (term id) it states.
    """

    kind: str
    start: int
    end: int
    text: str
    says: str = ""


def find_marks(text: str) -> list[Mark]:
    """Marks in `text`, left to right: 密级 anywhere but in quotation marks, the others only as a line of their own."""
    words = mark_words()
    found: list[Mark] = []
    hints = hinted(text, words.hints)
    if hints:
        found += _anywhere(text)
        found += _in_lines(text, sorted({text.rfind("\n", 0, place) + 1 for place in hints}))
    return sorted(found, key=lambda item: item.start)


def _anywhere(text: str) -> Iterator[Mark]:
    words = mark_words()
    for match in words.anywhere.finditer(text):
        if not match.start() or text[match.start() - 1] not in words.quotes:
            yield Mark(MARK, match.start(), match.end(), match.group())


def _in_lines(text: str, starts: list[int]) -> Iterator[Mark]:
    """Marks that fill a line. starts: of the lines that may be one."""
    for start in starts:
        end = text.find("\n", start)
        line = text[start : end if end >= 0 else len(text)]
        if 2 <= len(line) <= _LONGEST_LINE:
            lead = _QUOTE_PREFIX.match(line)
            begin = lead.end() if lead else 0
            body = line[begin:].rstrip()
            kind, says = _kind(body)
            if kind:
                yield Mark(kind, start + begin, start + begin + len(body), body, says)


def _kind(line: str) -> tuple[str, str]:
    words = mark_words()
    release = words.release.fullmatch(line)
    if release:
        says = next((term for term, pattern in words.says if pattern.search(release["says"])), "")
        if says:
            return RELEASE, says
    if words.line.fullmatch(line):
        return MARK, ""
    return (INTERNAL, "") if words.internal.fullmatch(line) else ("", "")


def disclosure_label(term: str) -> str:
    """The attribute's label, as sources write it."""
    return label_of("disclosure", term)
