"""Proposes masks (脱敏) for sources and csv files, and applies them."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import replace

from govsite.attachments.plain import decode_plain
from govsite.check.privacy.leak import PrivacyContext
from govsite.check.privacy.source import Lines, find_in_source
from govsite.check.privacy.tables import Cell, find_in_table
from govsite.frozen import dataclass

_ROUNDS = 3
"""A mask may bring a second finding to light that the first one covered."""


@dataclass(frozen=True, slots=True)
class Mask:
    """One proposal. place: `line:column`, a cell, or a part of a file; kind: of the leak; masked: what shall stand there."""

    place: str
    kind: str
    masked: str


@dataclass(frozen=True, slots=True)
class Masked:
    """A masked file. masks: in order; left: kinds and places that stay even so, which only people can mend."""

    data: bytes
    masks: tuple[Mask, ...]
    left: tuple[Mask, ...] = ()


def mask_source(
    lines: Sequence[str], body_line: int, context: PrivacyContext
) -> tuple[list[str], list[Mask]]:
    """The lines of a Markdown or YAML source with every leak masked, and the masks.

    body_line: lines that precede the Markdown body; stars are escaped behind it, where they would mean emphasis.
    """
    text = "\n".join(lines)
    masks: list[Mask] = []
    for _ in range(_ROUNDS):
        places = Lines(text.split("\n"))
        found = find_in_source(text.split("\n"), context)
        if not found:
            break
        pieces, done = [], 0
        for item in found:
            span = places.span("", item.leak.start, item.leak.end)
            masked = item.leak.masked or "*" * (item.leak.end - item.leak.start)
            shown = masked.replace("*", "\\*") if span.line > body_line else masked
            pieces += [text[done : item.leak.start], shown]
            done = item.leak.end
            if not item.follows:
                masks.append(Mask(f"{span.line}:{span.column}", item.leak.kind, masked))
        text = "".join((*pieces, text[done:]))
    return text.split("\n"), masks


def mask_csv(data: bytes, context: PrivacyContext) -> Masked:
    """A csv file with every leak masked, in its own encoding, delimiter and line ends.

    Raises `BrokenError` where the bytes are no text, csv.Error where they are no csv.
    """
    encoding = _encoding(data)
    text = decode_plain(data)
    end = "\r\n" if "\r\n" in text else "\n"
    first = text.split("\n", 1)[0]
    delimiter = max(",\t;|", key=first.count)
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    masks: list[Mask] = []
    for _ in range(_ROUNDS):
        cells = [
            Cell(number, column, value)
            for number, row in enumerate(rows, 1)
            for column, value in enumerate(row, 1)
            if value.strip()
        ]
        found = find_in_table(cells, context)
        if not found:
            break
        for item in reversed(found):
            cell = cells[item.cell]
            value = rows[cell.row - 1][cell.column - 1]
            masked = item.leak.masked or "*" * (item.leak.end - item.leak.start)
            rows[cell.row - 1][cell.column - 1] = value[: item.leak.start] + masked + value[item.leak.end :]
        masks += [
            _mask_of(cells[item.cell], item.leak.kind, item.leak.masked) for item in found if not item.follows
        ]
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator=end).writerows(rows)
    return Masked(out.getvalue().encode(encoding), tuple(masks)) if masks else Masked(data, ())


def _mask_of(cell: Cell, kind: str, masked: str) -> Mask:
    return Mask(f"{cell.row}:{cell.column}", kind, masked)


def _encoding(data: bytes) -> str:
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return "utf-16"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "utf-8"


def with_subject(context: PrivacyContext, subject: str) -> PrivacyContext:
    """`context` for a file that is about `subject`."""
    return replace(context, subject=f"{context.subject} {subject}".strip())
