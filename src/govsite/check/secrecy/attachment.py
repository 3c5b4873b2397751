"""Marks, traces and dangers inside attachments (附件), and what an attachment may be."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from govsite.check.privacy.hiding import hide
from govsite.check.privacy.leak import PrivacyContext
from govsite.check.privacy.words import privacy_words
from govsite.check.secrecy.marks import MARK, RELEASE, find_marks
from govsite.check.secrecy.words import file_words
from govsite.model.document import PUBLIC, Document
from govsite.model.extracted import Extracted, Fault, Piece
from govsite.model.values import Attachment
from govsite.problems.problem import Problem

_FAULT_CODES: Final = {
    "tracked_change": "SEC204",
    "comment": "SEC205",
    "hidden_sheet": "SEC206",
    "hidden_row": "SEC206",
    "hidden_column": "SEC206",
    "hidden_text": "SEC206",
    "hidden_slide": "SEC206",
    "macro": "SEC207",
    "executable": "SEC208",
    "wrong_type": "SEC209",
    "encrypted": "SEC210",
    "broken": "SEC211",
    "too_large": "SEC212",
    "too_deep": "SEC212",
    "too_slow": "SEC212",
    "unsafe_name": "SEC213",
    "external_link": "SEC214",
    "embedded": "SEC215",
    "location": "SEC217",
    "no_text": "SEC218",
    "unsupported": "SEC218",
}
_PROPERTY: Final = "property"
_SHOWN: Final = 40
_NAME_LENGTHS: Final = (2, 3, 4)


def check_attachment_secrecy(
    attachment: Attachment, extracted: Extracted, document: Document
) -> list[Problem]:
    """SEC201 to SEC220 of one attachment. Of a kind of trace one problem tells the first place and how many there are."""
    name = hide(attachment.name or attachment.path.rpartition("/")[2], PrivacyContext())
    problems = [*_marks(attachment, extracted.pieces, document, name), *_faults(attachment, extracted, name)]
    persons = [piece for piece in extracted.pieces if piece.role == _PROPERTY and _names_person(piece)]
    if persons:
        first = persons[0]
        problems.append(
            Problem.at(
                "SEC216",
                attachment.span,
                file=name,
                place=first.place or name,
                found=first.text.strip()[:1] + "*",
            )
        )
    return problems + _kind_and_size(attachment, name)


def _marks(attachment: Attachment, pieces: Iterable[Piece], document: Document, name: str) -> list[Problem]:
    problems: dict[str, Problem] = {}
    for piece in pieces:
        if len(piece.text) < 2:
            continue
        for mark in find_marks(piece.text):
            if mark.kind == MARK:
                code = "SEC201"
            elif not document.is_public or (mark.kind == RELEASE and mark.says == PUBLIC):
                continue
            else:
                code = "SEC203" if mark.kind == RELEASE else "SEC202"
            found = mark.text.strip()[:_SHOWN]
            where = hide(piece.place, PrivacyContext())
            problems.setdefault(code, Problem.at(code, attachment.span, file=name, place=where, found=found))
    return list(problems.values())


def _faults(attachment: Attachment, extracted: Extracted, name: str) -> list[Problem]:
    groups: dict[str, list[Fault]] = {}
    for fault in extracted.faults:
        code = _FAULT_CODES.get(fault.kind, "SEC211")
        if fault.kind == "unsupported" and not fault.place and attachment.suffix in file_words().opaque:
            continue  # sound, film and the like: nothing to be read in them, and nobody expects it
        groups.setdefault(code, []).append(fault)
    return [
        Problem.at(
            code, attachment.span, file=name, place=hide(group[0].place, PrivacyContext()) or name, detail=hide(group[0].detail, PrivacyContext()),
            count=len(group), suffix=attachment.suffix,
        )
        for code, group in groups.items()
    ]  # fmt: skip


def _names_person(piece: Piece) -> bool:
    """Whether a property says who made the file, and that is a person and no office (Chinese names only)."""
    words = file_words()
    field = piece.place.replace("/", " ").rpartition(" ")[2]
    text = piece.text.strip()
    return (
        field in words.properties
        and len(text) in _NAME_LENGTHS
        and all("\u3400" <= sign <= "\u9fff" for sign in text)
        and text[0] in privacy_words().surnames
        and not words.not_persons.search(text)
    )


def _kind_and_size(attachment: Attachment, name: str) -> list[Problem]:
    words = file_words()
    problems = []
    if attachment.suffix not in words.types:
        problems.append(Problem.at("SEC219", attachment.span, file=name, suffix=attachment.suffix or "?"))
    if attachment.size > words.largest:
        size, most = (round(number / 1024 / 1024) for number in (attachment.size, words.largest))
        problems.append(Problem.at("SEC220", attachment.span, file=name, size=size, most=most))
    return problems
