"""Personal data inside attachments (附件): every sheet, hidden part, comment, property and member of an archive."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from govsite.check.privacy.document import document_context
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
    Leak,
    PrivacyContext,
)
from govsite.check.privacy.lists import find_personal_data
from govsite.check.privacy.tables import Cell, find_in_table
from govsite.model.document import Document
from govsite.model.extracted import Extracted, Piece
from govsite.model.values import Attachment
from govsite.problems.problem import Problem

ATTACHMENT_CODES: Final = {
    ID_18: "PRV201",
    ID_15: "PRV201",
    MOBILE: "PRV202",
    BANK_CARD: "PRV203",
    ADDRESS: "PRV204",
    SENSITIVE_COLUMN: "PRV205",
    SENSITIVE_NAME: "PRV206",
    MINOR: "PRV207",
    RESIDUE: "PRV208",
}
_ROLES_OF_TEXT: Final = frozenset({"text", "header"})
_ABOVE: Final = 3


class PieceLeak(NamedTuple):
    """Personal data in an attachment. piece: its number among the pieces; leak: within the text of that piece."""

    piece: int
    leak: Leak
    label: str = ""


def check_attachment_privacy(
    attachment: Attachment, extracted: Extracted, document: Document, context: PrivacyContext
) -> list[Problem]:
    """PRV109 and PRV201 to PRV208 of one attachment; the place inside the file is a fact, the value is masked.

    One problem stands for a column of a table, or for all of a kind in running text.
    """
    about = document_context(document, context)
    name = attachment.path.rpartition("/")[2]
    about = replace(about, subject=f"{about.subject} {attachment.name} {name}")
    shown = hide(attachment.name or name, about)
    groups: dict[tuple[str, int, int], list[PieceLeak]] = {}
    for item in find_in_pieces(extracted.pieces, about):
        piece = extracted.pieces[item.piece]
        groups.setdefault((ATTACHMENT_CODES[item.leak.kind], piece.table, piece.column), []).append(item)
    problems = []
    for (code, _, _), group in groups.items():
        first = group[0]
        place = hide(extracted.pieces[first.piece].place, about)
        problems.append(
            Problem.at(code, attachment.span, file=shown, place=place, found=first.leak.masked, count=len(group),
                       header=first.label)
        )  # fmt: skip
    names = {name, attachment.name}
    masked = {found.masked for text in names for found in find_personal_data(text.replace("_", " "), about)}
    return problems + [
        Problem.at("PRV109", attachment.span, found=value, name=hide(name, about)) for value in sorted(masked)
    ]


def find_in_pieces(
    pieces: Sequence[Piece], context: PrivacyContext, *, parts: bool = False
) -> tuple[PieceLeak, ...]:
    """Personal data in the pieces of a file, in their order.

    parts: also the further cells of a number that is spread over several, whose masked form is `""`.
    """
    found = [*_in_tables(pieces, context, parts=parts), *_in_passages(pieces, context)]
    return tuple(sorted(found, key=lambda item: item.piece))


def _in_tables(pieces: Sequence[Piece], context: PrivacyContext, *, parts: bool) -> Iterator[PieceLeak]:
    """Tables and sheets, each with its name and the text above it as subject."""
    tables: dict[int, list[int]] = {}
    above: dict[int, str] = {}
    texts: list[str] = []
    for index, piece in enumerate(pieces):
        if piece.table and piece.column:
            if piece.table not in tables:
                above[piece.table] = " ".join((*texts[-_ABOVE:], piece.place))
            tables.setdefault(piece.table, []).append(index)
        elif piece.role in _ROLES_OF_TEXT:
            texts.append(piece.text[:200])
    for table, members in tables.items():
        cells = [Cell(pieces[index].row, pieces[index].column, pieces[index].text) for index in members]
        about = replace(context, subject=f"{context.subject} {above[table]}")
        for item in find_in_table(cells, about):
            if parts or not item.follows:
                yield PieceLeak(members[item.cell], item.leak, item.label)


def _in_passages(pieces: Sequence[Piece], context: PrivacyContext) -> Iterator[PieceLeak]:
    """Running text. Neighbours are read together: a line end may part a number, and a typed list has a header."""
    passage: list[int] = []
    for index, piece in enumerate(pieces):
        if piece.table and piece.column:
            continue
        if piece.role in _ROLES_OF_TEXT:
            passage.append(index)
        else:
            for found in find_personal_data(piece.text, context):
                yield PieceLeak(index, found)
    starts = [0]
    for index in passage:
        starts.append(starts[-1] + len(pieces[index].text) + 1)
    for found in find_personal_data("\n".join(pieces[index].text for index in passage), context):
        place = bisect_right(starts, found.start) - 1
        yield PieceLeak(
            passage[place],
            Leak(found.kind, found.start - starts[place], found.end - starts[place], found.masked),
        )
