"""Personal data in a document: in its source, its tables and its name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from govsite.check.privacy.hiding import hide
from govsite.check.privacy.leak import (
    ADDRESS,
    BANK_CARD,
    ID_15,
    ID_18,
    MINOR,
    MOBILE,
    RESIDUE,
    SENSITIVE_COLUMN,
    SENSITIVE_NAME,
    PrivacyContext,
)
from govsite.check.privacy.lists import find_personal_data
from govsite.check.privacy.source import Lines, SourceLeak, find_in_source
from govsite.model.document import Document
from govsite.problems.problem import Problem
from govsite.source.span import Span

DOCUMENT_CODES: Final = {
    ID_18: "PRV101",
    ID_15: "PRV101",
    MOBILE: "PRV102",
    BANK_CARD: "PRV103",
    ADDRESS: "PRV104",
    SENSITIVE_COLUMN: "PRV105",
    SENSITIVE_NAME: "PRV106",
    MINOR: "PRV107",
    RESIDUE: "PRV108",
}
_PHONE: Final = re.compile(r"\d[\d\-— ]{5,}\d")


def phones_in(texts: Iterable[str]) -> frozenset[str]:
    """Digits of every telephone number in `texts`: what an office declares as its own (organisations, settings)."""
    return frozenset(
        re.sub(r"\D", "", match.group())[-11:] for text in texts if text for match in _PHONE.finditer(text)
    )


def document_context(document: Document, context: PrivacyContext) -> PrivacyContext:
    """`context` with the document's title as subject and the phones that it declares for its own office."""
    details = document.details
    declared = phones_in(str(getattr(details, name, "")) for name in ("phone", "complaint", "contact"))
    return replace(context, subject=document.title, phones=context.phones | declared)


def check_document_privacy(
    document: Document, lines: Sequence[str], context: PrivacyContext
) -> list[Problem]:
    """PRV101 to PRV109 of one document. lines: of the whole source file, front matter included.

    A document that is not public never reaches the output; of it only what stands before the body is judged by others.
    In tables one problem stands for a column. Values are masked in every fact.
    """
    if not document.is_public:
        return []
    about = document_context(document, context)
    return check_lines_privacy(document.file, lines, about) + _in_name(document, about)


def check_lines_privacy(file: str, lines: Sequence[str], context: PrivacyContext) -> list[Problem]:
    """PRV101 to PRV108 of any source of text, catalog and settings included."""
    places = Lines(lines)
    return [_problem(file, places, group) for group in _groups(find_in_source(lines, context))]


def _groups(found: Iterable[SourceLeak]) -> list[list[SourceLeak]]:
    """Leaks that are reported together: in text each by itself, in a table by kind and column."""
    groups: dict[tuple[str, int, int], list[SourceLeak]] = {}
    for item in found:
        if item.follows:
            continue
        code = DOCUMENT_CODES[item.leak.kind]
        key = (code, item.table, item.column) if item.table else (code, 0, -item.leak.start)
        groups.setdefault(key, []).append(item)
    return list(groups.values())


def _problem(file: str, places: Lines, group: list[SourceLeak]) -> Problem:
    first = group[0]
    span = places.span(file, first.leak.start, first.leak.end)
    code = DOCUMENT_CODES[first.leak.kind]
    return Problem.at(code, span, found=first.leak.masked, count=len(group), header=first.label)


def _in_name(document: Document, context: PrivacyContext) -> list[Problem]:
    """PRV109: numbers in the file's own name, from which the address of the page is made."""
    name = document.file.rpartition("/")[2]
    return [
        Problem.at(
            "PRV109", Span.of_file(hide(document.file, context)), found=item.masked, name=hide(name, context)
        )
        for item in find_personal_data(name.replace("_", " "), replace(context, subject=""))
    ]
